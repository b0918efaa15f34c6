"""What is known to be right in the mailbox, noted part by part in files: after a kill nothing need be read back over a thin line.

Names of parts are digests of sealed bytes and tell nothing; the place stands in the file's name as a digest.
"""

from collections.abc import Iterable
from pathlib import Path

from auditor_app.digests import sha256_of
from auditor_app.disk import disk_errors

_ENDING = ".confirmed"


class Noted(set[str]):
    """A set of names that also writes down what is added."""

    def __init__(self, known: Iterable[str], file: Path) -> None:
        """Begin with what is known; `file` takes what comes."""
        super().__init__(known)
        self._file = file

    def add(self, name: str) -> None:
        """Add a name and write it down. Raises Unavailable."""
        if name not in self:
            super().add(name)
            with disk_errors(self._file):
                self._file.parent.mkdir(exist_ok=True)
                with self._file.open("a", encoding="ascii", newline="\n") as stream:
                    stream.write(f"{name}\n")


def notes_file(folder: Path, cargo: str, place: str) -> Path:
    """Name the file of one visit's parts at one place (its address)."""
    return folder / f"{cargo}.{sha256_of(place.encode())[:16]}{_ENDING}"


def read_notes(file: Path) -> set[str]:
    """Read what was written down; the last line counts only when it is whole."""
    if not file.is_file():
        return set()
    with disk_errors(file):
        return {
            line.strip() for line in file.read_text(encoding="ascii", errors="replace").splitlines(keepends=True) if line.endswith("\n")
        }


def drop_notes(folder: Path, cargo: str) -> None:
    """Remove the files of a visit once the database knows what they say."""
    with disk_errors(folder):
        for file in folder.glob(f"{cargo}.*{_ENDING}"):
            file.unlink()
