"""Copying a bundle to another disk: room first, then written past the system's memory, read back from there, and only then named."""

import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor_app.bundle import names
from auditor_app.bundle.checking import bundle_id
from auditor_app.bundle.reading import open_bundle
from auditor_app.digests import CHUNK
from auditor_app.disk import TEMPORARY, disk_errors, free_bytes, sync_folder
from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.progress import Progress, silent

_MARGIN = 4 << 20
"""Bytes that a file system wants for itself."""
_MACS_NO_CACHE = 48


@dataclass(frozen=True, slots=True)
class BundleThere:
    """A bundle that lies somewhere: its id, and its size in bytes."""

    id: str
    size: int


def bundle_at(path: Path) -> BundleThere | None:
    """Read of a folder or a file whether it is a bundle, from names and manifests alone; what is none, or cannot be read, gives None."""
    is_zip = path.suffix == ".zip" and path.is_file()
    if path.name.endswith(TEMPORARY) or (not is_zip and not (path / names.TAG_MANIFEST).is_file()):
        return None
    try:
        with open_bundle(path) as files:
            found, size = bundle_id(files), sum(files.sizes.values())
    except AuditorAppError:
        return None
    return BundleThere(found, size) if found else None


def copy_bundle(source: Path, target: Path, verify: Callable[[Path], object], progress: Progress = silent) -> None:
    """Copy a bundle's folder to another disk, as a folder or one zip; it gets its name once `verify` has read it back from there.

    Raises NotAllowed("stick_too_small"), what `verify` raises, and what the disk refuses; what was written is removed then.
    """
    files = sorted(path for path in source.rglob("*") if path.is_file())
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    needed, free = sum(path.stat().st_size for path in files) + _MARGIN, free_bytes(target.parent)
    if needed > free:
        raise NotAllowed("stick_too_small", path=str(target.parent), needed=_megabytes(needed), free=_megabytes(free))
    unfinished = target.with_name(target.name + TEMPORARY)
    try:
        with disk_errors(target):
            _remove(unfinished)  # what a pulled stick left
            (_write_zip if target.suffix == ".zip" else _write_folder)(unfinished, source, files, progress)
        forget_cached(unfinished)
        verify(unfinished)
        with disk_errors(target):
            unfinished.replace(target)
            sync_folder(target.parent)
    except BaseException:
        _remove(unfinished)
        raise


def forget_cached(path: Path) -> None:
    """Make the system read a file, or a folder's files, from the disk the next time, where it knows how."""
    if hasattr(os, "posix_fadvise"):
        with disk_errors(path):
            for one in path.rglob("*") if path.is_dir() else [path]:
                if one.is_file():
                    with one.open("rb") as stream:
                        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _write_folder(target: Path, source: Path, files: list[Path], progress: Progress) -> None:
    for done, path in enumerate(files):
        progress("copying", done, len(files))
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as stream, place.open("xb") as copy:
            _past_the_cache(copy)
            shutil.copyfileobj(stream, copy, CHUNK)
            _settle(copy)
    for folder in {path.parent for path in target.rglob("*")}:
        sync_folder(folder)


def _write_zip(target: Path, source: Path, files: list[Path], progress: Progress) -> None:
    with target.open("xb") as copy:
        _past_the_cache(copy)
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for done, path in enumerate(files):
                progress("copying", done, len(files))
                entry = zipfile.ZipInfo(path.relative_to(source).as_posix())
                entry.file_size = path.stat().st_size
                with path.open("rb") as stream, archive.open(entry, "w", force_zip64=entry.file_size > 1 << 31) as inside:
                    shutil.copyfileobj(stream, inside, CHUNK)
        _settle(copy)


def _past_the_cache(copy: BinaryIO) -> None:
    """Write to the disk itself on macOS, so that it is read from there."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.fcntl(copy.fileno(), _MACS_NO_CACHE, 1)


def _settle(copy: BinaryIO) -> None:
    copy.flush()
    os.fsync(copy.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    elif path.is_file():
        path.unlink()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
