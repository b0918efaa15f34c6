"""The commands as a person calls them: arguments in, exit code and both outputs out, on a real workspace."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from auditor_app.cli import main as auditor_module
from auditor_app.cli import office as office_module
from tests.quick_key import quick_key

PASSPHRASE = "pass"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document."""
        return json.loads(self.out)


def leaves(command: click.Command, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """List all commands below a group, by the words that call them."""
    if not isinstance(command, click.Group):
        return [path]
    return [leaf for name, one in command.commands.items() for leaf in leaves(one, (*path, name))]


ALL_COMMANDS = [*leaves(auditor_module.auditor, ("auditor",)), *leaves(office_module.office, ("auditor-office",))]


@pytest.fixture
def called() -> set[tuple[str, ...]]:
    """The commands that were called in a test, by their words."""
    return set()


@pytest.fixture
def call(monkeypatch, capsys, called) -> Callable[..., Ended]:
    """Call a program as the shell does; a code other than the expected one fails the test with what was said."""

    def run(program: str, *words: object, code: int | None = 0) -> Ended:
        module = {"auditor": auditor_module, "auditor-office": office_module}[program]
        line = [program, *map(str, words)]
        called.update(leaf for leaf in ALL_COMMANDS if leaf[0] == program and is_in(leaf[1:], line[1:]))
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as ended:
            module.main()
        out, err = capsys.readouterr()
        result = Ended(ended.value.code, out, err)
        assert code is None or result.code == code, f"{line}\n{out}\n{err}"
        assert "Traceback" not in out + err
        return result

    return run


def is_in(words: tuple[str, ...], line: list[str]) -> bool:
    """Say whether words stand one after another in a line."""
    return any(tuple(line[at : at + len(words)]) == words for at in range(len(line)))


@pytest.fixture
def surroundings(tmp_path, laptop, monkeypatch) -> None:
    """Keep marks, logs and everything else of the programs within the test's own folder."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(laptop.installation))
    monkeypatch.setenv("AUDITOR_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def folder(laptop, secret, surroundings) -> Path:
    """Ana Núñez's workspace, closed, opening in a moment with the passphrase of the environment."""
    with laptop.workspace() as workspace:
        quick_key(workspace.folder, secret, PASSPHRASE)
        return workspace.folder


@pytest.fixture
def auditor(call, folder) -> Callable[..., Ended]:
    """Call `auditor` on that workspace."""
    return lambda *words, code=0: call("auditor", "--workspace", folder, *words, code=code)


@pytest.fixture
def begun(auditor) -> str:
    """A visit begun by the command; gives its id."""
    words = ("visit", "new", "--form", "copper-mark-rra-3.0", "--site", "Río Seco", "--site-type", "smelter")
    return auditor(*words).out.strip()
