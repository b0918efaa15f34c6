"""What is written of the commands: help for each, and each in the README."""

import re
from pathlib import Path

import click
import pytest

from auditor_app.cli.main import auditor
from auditor_app.cli.office import office
from tests.cli.conftest import ALL_COMMANDS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
ROOTS = {"auditor": auditor, "auditor-office": office}


def command_of(path: tuple[str, ...]) -> click.Command:
    found = ROOTS[path[0]]
    for name in path[1:]:
        found = found.commands[name]
    return found


def told_in_readme() -> set[tuple[str, ...]]:
    """Read the README's list: commands stand apart by two spaces, names that share the rest by |, subcommands by ·."""
    told: set[tuple[str, ...]] = set()
    for line in README.splitlines():
        groups: list[tuple[str, ...]] = []
        for item in re.split(r"\s{2,}|·", line.removeprefix("    ")) if line.startswith("    auditor") else ():
            words = re.match(r"(?:[a-z|-]+(?: --office DIR)?\s*)*", item.strip())[0].replace(" --office DIR", "").split()
            if words and words[0] in ROOTS:
                groups = [(words[0], name) for name in words[1].split("|")] if len(words) > 1 else []
                told |= {(*group, *words[2:3]) for group in groups} | set(groups)
            elif words:
                told |= {(*group, words[0]) for group in groups}
    return told


@pytest.mark.parametrize("path", ALL_COMMANDS, ids=" ".join)
def test_every_command_has_help_that_is_a_sentence_and_stands_in_the_readme(path):
    command = command_of(path)
    assert re.fullmatch(r"[A-Z`].*[.!]", (command.help or "").splitlines()[0]), command.help
    assert path in told_in_readme(), "missing in README.md"
    with click.Context(command, info_name=path[-1]) as context:
        assert context.command.get_help(context).startswith("Usage: ")


def test_help_is_shown_without_a_workspace(call, surroundings):
    for words in (("--help",), ("-h",), ("visit", "--help"), ("evidence", "add", "--help"), ("--version",)):
        assert call("auditor", *words).out
    assert "enrol" in call("auditor-office", "--help").out
