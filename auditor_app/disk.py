"""Writing files so that a reader finds the old bytes or the new ones, never half; and the disk's errors in our families."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable

TEMPORARY = ".part"
"""The ending of files being written; what is left of them after a crash may be swept."""


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the system's file errors into Unavailable with the path and what the system says."""
    try:
        yield
    except OSError as error:
        raise _translated(error, path) from error


def _translated(error: OSError, path: Path) -> AuditorAppError:
    full = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if error.errno in full or getattr(error, "winerror", None) in {39, 112}:
        return Unavailable("disk_full", path=str(path))
    if isinstance(error, FileNotFoundError):
        return Unavailable("file_missing", path=str(path))
    if isinstance(error, IsADirectoryError):
        return NotAllowed("file_is_a_folder", path=str(path))
    return Unavailable("file_unreadable", path=str(path), detail=error.strerror or str(error))


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """Write a file under a temporary name; on success it is on the disk for good under its own, else nothing is left.

    Raises Unavailable("disk_full" …).
    """
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(4)}{TEMPORARY}")
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def write_file(target: Path, data: bytes) -> None:
    """Write a whole file at once, all or nothing."""
    with new_file(target) as stream:
        stream.write(data)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name without a second copy where the disk can, else copy it. The bytes must never be changed in place."""
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            with disk_errors(source), source.open("rb") as stream, new_file(target) as copy:
                shutil.copyfileobj(stream, copy, 1 << 20)


def free_bytes(folder: Path) -> int:
    """Tell the room left where a folder is."""
    with disk_errors(folder):
        return shutil.disk_usage(folder).free
