"""What letters from the office have in common: where they lie, what is taken, and what is told of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auditor_app.disk import disk_errors
from auditor_app.errors import Corrupted
from auditor_app.sync import mailbox as post
from auditor_app.sync.storage import Storage
from auditor_app.workspace import Workspace

ATTACHMENT = "attachment-"
"""How the names of files begin that belong to a letter: sealed, and named by the digest of the sealed bytes."""


class Mail(Protocol):
    """Where letters lie: an auditor's outbox in the mailbox, or a folder of a stick."""

    def list(self) -> list[str]:
        """Give the names of what is there."""

    def read(self, name: str, limit: int) -> bytes:
        """Read one of them, of at most `limit` bytes. Raises Corrupted for a larger one, and what the place refuses."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What the office has put into the mailbox for the auditor of one certificate."""

    storage: Storage
    fingerprint: str

    def list(self) -> list[str]:
        """Give the names of what is there."""
        return post.list_outbox(self.storage, self.fingerprint)

    def read(self, name: str, limit: int) -> bytes:
        """Read one of them."""
        return post.read_outbox(self.storage, self.fingerprint, name, limit)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the office has written letters into."""

    path: Path

    def list(self) -> list[str]:
        """Give the names of the files that may be letters: sealed, or in clear."""
        with disk_errors(self.path):
            return sorted(one.name for one in self.path.iterdir() if one.suffix in {".age", ".json", ".profile"} and one.is_file())

    def read(self, name: str, limit: int) -> bytes:
        """Read one of them."""
        path = self.path / Path(name).name
        with disk_errors(path), path.open("rb") as stream:
            if len(data := stream.read(limit + 1)) > limit:
                raise Corrupted("letter_unreadable", place=name, detail="too large")
            return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A letter that is being taken in: its name, for people; its bytes, unsealed; and where its attachments lie, if it may have some."""

    name: str
    letter: bytes
    mail: Mail | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a letter brought: its kind ("receipt", "profile", …), what it is about (id of a bundle or visit, an office's name), and more."""

    kind: str
    about: str
    detail: str = ""


Taker = Callable[[Workspace, Taking], News | None]
"""Judges a letter of its kind and keeps it, all of it or nothing; None when it says nothing new. Raises Corrupted, NotAllowed."""
