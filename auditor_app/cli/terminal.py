"""What commands share: the opened workspace, output as words or JSON, progress on a terminal, errors as sentences and exit codes."""

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from auditor_app.diagnostics import note_crash
from auditor_app.disk import disk_errors
from auditor_app.domain.reviews import REVIEW
from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, Cancelled, NotAllowed
from auditor_app.progress import Progress
from auditor_app.translation import _
from auditor_app.workflows.review_words import late_words
from auditor_app.workspace import Workspace, open_workspace

BUG = 70

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What was said before the command's name: where the workspace is and how to open it."""

    folder: Path
    passphrase_file: Path | None

    def passphrase(self) -> str:
        """Read the passphrase from its file or the environment, or ask on a terminal. Raises NotAllowed("passphrase_missing")."""
        if self.passphrase_file is not None:
            return read_words(self.passphrase_file)
        if "AUDITOR_PASSPHRASE" in os.environ:
            return os.environ["AUDITOR_PASSPHRASE"]
        if sys.stdin.isatty():
            return str(click.prompt(_("Passphrase"), hide_input=True, err=True))
        raise NotAllowed("passphrase_missing")

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        """Open the workspace for the time of a command, and warn of a change to a visit that the office has closed for good."""
        with open_workspace(self.folder, self.passphrase()) as workspace:
            yield workspace
            for visit, subjects in workspace.changed.items():
                is_the_offices = any(subject.kind == REVIEW for subject in subjects)  # its decision was taken in
                if subjects and not is_the_offices and (warning := late_words(workspace.visit(visit))):
                    say(warning)


session = click.make_pass_decorator(Session)

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
path_argument = click.Path(path_type=Path)


def read_words(path: Path) -> str:
    """Read a passphrase or password from a file, without the end of its line. Raises NotAllowed, Unavailable."""
    if not path.is_file():
        raise NotAllowed("file_not_there", path=str(path))
    with disk_errors(path):
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise NotAllowed("file_not_text", path=str(path)) from error


def read_pem(path: Path) -> str:
    """Read a file that should hold certificates; whether it does is seen by whoever uses it. Raises NotAllowed, Unavailable."""
    if not path.is_file():
        raise NotAllowed("file_not_there", path=str(path))
    with disk_errors(path):
        return path.read_text(encoding="utf-8", errors="replace")


def show(value: Any, *, as_json: bool, lines: Iterable[str]) -> None:
    """Print a result: as one JSON document, or as lines for people."""
    if as_json:
        click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo(line)


def say(message: str) -> None:
    """Tell the person something, beside the result."""
    click.echo(message, err=True)


def plain(value: Any) -> Any:
    """Turn values into plain JSON."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, msgspec.Struct):
        return plain(msgspec.to_builtins(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, bytes | Path | date):
        return value.hex() if isinstance(value, bytes) else str(value)
    return value


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show how far long work is, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    shown = ""

    def tell(step: str, done: int, total: int) -> None:
        nonlocal shown
        part = f"{done * 100 // total} %" if total else ""
        line = f"{step.replace('_', ' ')} {part}"
        if line != shown:
            click.echo(f"\r\033[K{line}", err=True, nl=False)
            shown = line

    try:
        yield tell
    finally:
        click.echo("\r\033[K", err=True, nl=False)


def run(command: click.Command) -> None:
    """Run a command line; every failure ends in a sentence and its exit code, a bug in 70."""
    try:
        ended = command.main(standalone_mode=False)
        code = ended if isinstance(ended, int) else 0
    except (Cancelled, click.exceptions.Abort, KeyboardInterrupt):
        say(_("Cancelled. Nothing was changed."))
        code = Cancelled.exit_code
    except AuditorAppError as error:
        say(_("Error: {words}").format(words=words(error)))
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes an exit code
        place = note_crash(error)
        say(_("This is a bug in the program, not in your work; nothing that was saved is lost. A report is in {place}").format(place=place))
        code = BUG
    sys.exit(code)
