"""Reads a bundle from outside, folder or zip: names, sizes and counts are judged before a byte is believed."""

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

from auditor_app.bundle import names
from auditor_app.disk import disk_errors
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.plain_text import visible

MAX_FILES = 200_000
MAX_TAG_BYTES = 64 << 20
"""The largest tag file: a manifest of 200,000 lines has 28 MB."""

_MAX_DIRECTORY = 200 * MAX_FILES
"""Bytes that the directory of a zip may have; a line of ours has about 160."""

_FOLDERS = ("data", "data/evidence", "data/findings")

_HOSTILE_ZIP = (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError)
"""What the library raises, also late, for archives that nobody honest makes."""


class BundleFiles(Protocol):
    """The files of a bundle, wherever they are."""

    @property
    def sizes(self) -> dict[str, int]:
        """Give the files that belong into a bundle, with their sizes in bytes."""
        ...

    @property
    def strangers(self) -> tuple[str, ...]:
        """Give the names that do not belong into a bundle, links and folders included, with invisible characters as codes."""
        ...

    def open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """Open one of the files listed in `sizes` for a with-block; raises there, too, Corrupted or Unavailable for what cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """A bundle that is a folder."""

    folder: Path
    sizes: dict[str, int]
    strangers: tuple[str, ...]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the folder."""
        with disk_errors(self.folder / name), (self.folder / name).open("rb") as stream:
            yield stream


@dataclass(frozen=True, slots=True)
class ZipFiles:
    """A bundle that is a zip; only stored files are read, so that no small file can grow large."""

    archive: zipfile.ZipFile
    sizes: dict[str, int]
    strangers: tuple[str, ...]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the archive."""
        try:
            with disk_errors(Path(name)), self.archive.open(name) as stream:
                yield stream
        except _HOSTILE_ZIP as error:
            raise Corrupted("zip_unreadable", place=name) from error


@contextmanager
def open_bundle(path: Path) -> Iterator[BundleFiles]:
    """Open a bundle for reading. Raises NotAllowed("bundle_missing"), Corrupted when it is no bundle at all."""
    if path.is_dir():
        yield _folder_files(path)
        return
    if not path.is_file():
        raise NotAllowed("bundle_missing", path=str(path))
    with disk_errors(path):
        stream = _Measured(path, "rb")
    with stream, _archive(path, stream) as archive:
        yield _zip_files(archive)


class _Measured(io.FileIO):
    """A file that is never read into memory by hundreds of megabytes because of what a zip says of itself."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on; raises BadZipFile for more than a zip of ours would ask for."""
        if size is not None and size > max(_MAX_DIRECTORY, MAX_TAG_BYTES):
            raise zipfile.BadZipFile("its directory is too large")
        return super().read(size) or b""


def _archive(path: Path, stream: _Measured) -> zipfile.ZipFile:
    try:
        with disk_errors(path):
            return zipfile.ZipFile(stream)
    except _HOSTILE_ZIP as error:
        raise Corrupted("bundle_unreadable", path=str(path), detail=str(error)) from error


def read_small(files: BundleFiles, name: str) -> bytes | None:
    """Read a tag file whole; None when it is missing, damaged in its zip, or too large to be one."""
    if name not in files.sizes or files.sizes[name] > MAX_TAG_BYTES:
        return None
    try:
        with files.open(name) as stream:
            return stream.read()
    except Corrupted:
        return None


def _folder_files(folder: Path) -> FolderFiles:
    sizes: dict[str, int] = {}
    strangers: list[str] = []
    with disk_errors(folder):
        for path in sorted(islice(folder.rglob("*"), MAX_FILES + len(_FOLDERS) + 1)):
            name, kind = path.relative_to(folder).as_posix(), path.lstat()
            if stat.S_ISREG(kind.st_mode) and names.is_known(name):
                sizes[name] = kind.st_size
            elif not stat.S_ISDIR(kind.st_mode) or name not in _FOLDERS:
                strangers.append(visible(name))
            _limit(len(sizes) + len(strangers))
    return FolderFiles(folder, sizes, tuple(strangers))


def _zip_files(archive: zipfile.ZipFile) -> ZipFiles:
    sizes: dict[str, int] = {}
    strangers: list[str] = []
    _limit(len(archive.infolist()))
    for entry in archive.infolist():
        plain = entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits & 1 and entry.file_size == entry.compress_size
        plain = plain and stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG)
        if plain and names.is_known(entry.filename) and entry.filename not in sizes:
            sizes[entry.filename] = entry.file_size
        else:
            strangers.append(visible(entry.filename))
    return ZipFiles(archive, sizes, tuple(strangers))


def _limit(count: int) -> None:
    if count > MAX_FILES:
        raise Corrupted("bundle_too_many_files", limit=MAX_FILES)
