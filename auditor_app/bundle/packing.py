"""Writes a bundle: payload, manifests, signature; complete under its name or not there at all."""

import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auditor_app.bundle import names
from auditor_app.bundle.how_to_check import HOW_TO_CHECK_TEXT
from auditor_app.digests import CHUNK, sha256_of
from auditor_app.disk import disk_errors, link_or_copy, sync_folder, write_file
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest
from auditor_app.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One sealed file of a bundle: its name, digest and size, and where its bytes are (in memory, or a file of the vault)."""

    name: str
    digest: Digest
    size: int
    data: bytes | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was written: the bundle's id (digest of its tag manifest) and every file with digest and size."""

    id: Digest
    files: tuple[tuple[str, Digest, int], ...]


Signer = Callable[[bytes], bytes]
"""Signs the tag manifest's bytes; gives a detached CMS signature (DER)."""


def pack(
    target: Path, payload: Iterable[Payload], *, date: str, sign: Signer, may_link: bool = False, progress: Progress = silent
) -> Packed:
    """Write a bundle as a folder, or as one zip when `target` ends in .zip. Raises NotAllowed("file_exists").

    `may_link` lets a folder share the vault's files instead of copying them, where the disk can: only for folders of ours.
    Interrupted or failed writing leaves nothing under the target's name.
    """
    payload = sorted(payload, key=lambda one: one.name)
    if target.exists():
        raise NotAllowed("file_exists", path=str(target))
    tags = _tag_files(payload, date)
    tag_manifest = _manifest((name, sha256_of(data)) for name, data in tags.items())
    tags |= {names.TAG_MANIFEST: tag_manifest, names.SIGNATURE: sign(tag_manifest)}
    if target.suffix == ".zip":
        _write_zip(target, tags, payload, progress)
    else:
        _write_folder(target, tags, payload, may_link, progress)
    files = [(one.name, one.digest, one.size) for one in payload] + [(name, sha256_of(data), len(data)) for name, data in tags.items()]
    return Packed(id=sha256_of(tag_manifest), files=tuple(sorted(files)))


def _tag_files(payload: list[Payload], date: str) -> dict[str, bytes]:
    octets = sum(one.size for one in payload)
    info = f"Bagging-Date: {date}\nBag-Software-Agent: Auditor App\nPayload-Oxum: {octets}.{len(payload)}\n"
    return {
        names.DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        names.INFO: info.encode(),
        names.MANIFEST: _manifest((one.name, one.digest) for one in payload),
        names.HOW_TO_CHECK: HOW_TO_CHECK_TEXT.encode(),
    }


def _manifest(lines: Iterable[tuple[str, Digest]]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines)).encode()


def _write_folder(target: Path, tags: dict[str, bytes], payload: list[Payload], may_link: bool, progress: Progress) -> None:
    temporary = target.with_name(target.name + ".part")
    with disk_errors(target):
        shutil.rmtree(temporary, ignore_errors=True)
        try:
            _fill_folder(temporary, tags, payload, may_link, progress)
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _fill_folder(folder: Path, tags: dict[str, bytes], payload: list[Payload], may_link: bool, progress: Progress) -> None:
    for done, one in enumerate(payload):
        progress("packing", done, len(payload))
        place = folder / one.name
        if one.file is None:
            write_file(place, one.data or b"")
        elif may_link:
            link_or_copy(one.file, place)
        else:
            _copy(one.file, place)
    for name, data in tags.items():
        write_file(folder / name, data)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _opened(source) as stream, target.open("xb") as copy:
        shutil.copyfileobj(stream, copy, CHUNK)


def _write_zip(target: Path, tags: dict[str, bytes], payload: list[Payload], progress: Progress) -> None:
    temporary = target.with_name(target.name + ".part")
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                for name, data in tags.items():
                    archive.writestr(zipfile.ZipInfo(name), data)
                for done, one in enumerate(payload):
                    progress("packing", done, len(payload))
                    _add(archive, one)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, one: Payload) -> None:
    entry = zipfile.ZipInfo(one.name)
    entry.file_size = one.size
    with archive.open(entry, "w", force_zip64=one.size > 1 << 31) as target:
        if one.file is None:
            target.write(one.data or b"")
            return
        with _opened(one.file) as source:
            shutil.copyfileobj(source, target, CHUNK)


def _opened(source: Path) -> BinaryIO:
    with disk_errors(source):
        return source.open("rb")
