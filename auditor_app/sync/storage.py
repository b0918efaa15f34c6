"""Objects at a storage place: five verbs over OpenDAL, whose errors are turned into ours here and nowhere else.

Paths are relative to the place, with `/`, and already checked by the caller. Objects pass through memory, so they are parts or small.
"""

import secrets
from collections.abc import Callable

from opendal import Operator
from opendal.file import File

from auditor_app.errors import Corrupted
from auditor_app.sync.place_errors import place_errors
from auditor_app.sync.waiting import answer_of

UNFINISHED = ".unfinished"
"""Folder at the place for what is being written; what a crash leaves there may be swept."""

Connect = Callable[[], Operator]


class Storage:
    """A place that is open. Every method raises Unavailable or NotAllowed with a place_… code (see `place_errors`)."""

    def __init__(self, place: str, *, reading: Connect, writing: Connect, many_at_once: bool) -> None:
        """Take the place's address, for errors, and how to come by an operator: a stick may have been pulled since the last use.

        `many_at_once` says that several writes at a time may be faster than one: over a network, not on a stick.
        """
        self.place = place
        self.many_at_once = many_at_once
        self._reading = reading
        self._writing = writing

    def read(self, path: str, limit: int) -> bytes:
        """Read an object of at most `limit` bytes, whatever its server says about it.

        Raises Unavailable("place_object_missing") and Corrupted("place_object_too_large").
        """
        with place_errors(self.place, path), self._reading().open(path, "rb") as stream:
            data = _read_up_to(stream, limit + 1)
        if len(data) > limit:
            raise Corrupted("place_object_too_large", place=self.place, path=path, limit=limit)
        return data

    def make_folder(self, folder: str) -> None:
        """Make a folder (ending in `/`) and those above it: once, because looking at every write would double the waiting."""
        with place_errors(self.place, folder):
            operator = self._writing()
            if operator.capability().rename:  # object stores have no folders
                operator.create_dir(folder)

    def write(self, path: str, data: bytes) -> None:
        """Write an object into a folder that is there; the previous one is replaced.

        On a disk all or nothing, and on it for good; a server may keep a torn object after a cut.
        """
        with place_errors(self.place, path):
            self._writing().write(path, data)
            self._writing()  # a stick that was pulled meanwhile: the system's disk may have taken it

    def publish(self, path: str, data: bytes) -> None:
        """Write a small object that others wait for: they see all of it or nothing, also when the connection is cut."""
        with place_errors(self.place, path):
            operator = self._writing()
            if not operator.capability().rename:  # object stores: a put is all or nothing there
                operator.write(path, data)
                return
            unfinished = f"{UNFINISHED}/{secrets.token_hex(8)}"
            operator.create_dir(f"{UNFINISHED}/")
            operator.write(unfinished, data)
            operator.rename(unfinished, path)  # makes the folder

    def list(self, folder: str) -> list[tuple[str, int]]:
        """List one folder (ending in `/`) as (path, size in bytes), in order; folders in it end in `/`. A missing folder is empty."""
        with place_errors(self.place, folder):
            return sorted((path, size) for path, size, _changed in answer_of(_entries(self._reading(), folder)))

    def changes(self, folder: str) -> dict[str, tuple[int, str]]:
        """Tell size and time of the last change of every object in a folder (ending in `/`); "" for a time that the place does not tell."""
        with place_errors(self.place, folder):
            return {path: (size, changed) for path, size, changed in answer_of(_entries(self._reading(), folder))}

    def delete(self, path: str) -> None:
        """Delete an object; a missing one is no error."""
        with place_errors(self.place, path):
            self._writing().delete(path)

    def delete_folder(self, folder: str) -> None:
        """Delete a folder (ending in `/`) and everything in it; a missing one is no error."""
        with place_errors(self.place, folder):
            self._writing().remove_all(folder)


def probe(storage: Storage, done: Callable[[str], object] = str) -> None:
    """Try a place out: write, read, list and delete an object, telling each step that went well.

    Raises what the place refuses, and Corrupted("place_returned_other_bytes").
    """
    path, data = f"{UNFINISHED}/probe-{secrets.token_hex(8)}", secrets.token_bytes(1024)
    storage.publish(path, data)
    done("write")
    if storage.read(path, len(data)) != data:
        raise Corrupted("place_returned_other_bytes", place=storage.place, path=path)
    done("read")
    if (path, len(data)) not in storage.list(f"{UNFINISHED}/"):
        raise Corrupted("place_returned_other_bytes", place=storage.place, path=path)
    done("list")
    storage.delete(path)
    done("delete")


def _read_up_to(stream: File, size: int) -> bytes:
    """Read as a stream: asking for a range fails when the object is shorter, and a server may ignore it and send everything."""
    chunks = []
    while size > 0 and (chunk := stream.read(size)):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


async def _entries(operator: Operator, folder: str) -> list[tuple[str, int, str]]:
    """List through the asynchronous operator: the blocking one stops all of Python while it waits for the server."""
    found = await operator.to_async_operator().list(folder)
    entries = [(entry.path, entry.metadata) async for entry in found if entry.path not in (folder, "/")]
    return [(path, said.content_length, said.last_modified.isoformat() if said.last_modified else "") for path, said in entries]
