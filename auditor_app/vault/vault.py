"""The folder of sealed objects: `ab/ab12….age`, named by the SHA-256 of the sealed bytes."""

import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from auditor_app.digests import CHUNK, sha256_of_file
from auditor_app.disk import TEMPORARY, disk_errors, new_file, sync_folder
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.ids import Digest
from auditor_app.vault.sealing import MeasuredReader, MeasuredWriter, Reader, seal


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedObject:
    """What sealing one source gave: digests and sizes of original and sealed bytes, and the first bytes of the original."""

    original: Digest
    size: int
    sealed: Digest
    sealed_size: int
    head: bytes

    def without_head(self) -> "SealedObject":
        """Give the same without the bytes, once they were looked into."""
        return replace(self, head=b"")


class Vault:
    """The sealed objects of one workspace."""

    def __init__(self, folder: Path, *, only_reads: bool = False) -> None:
        """Use a folder, which is made when first needed; one that `only_reads` refuses to seal anything."""
        self.folder, self._only_reads = folder, only_reads

    def path(self, sealed: Digest) -> Path:
        """Tell where an object is or would be."""
        return self.folder / sealed[:2] / f"{sealed}.age"

    def seal(
        self,
        source: Reader,
        recipients: Sequence[str],
        *,
        keep: int = 0,
        told: Callable[[int], None] = lambda _size: None,
        wanted: Callable[[Digest], bool] = lambda _original: True,
        one_of_many: bool = False,
    ) -> SealedObject:
        """Seal a source in one pass; the object is on the disk for good when this returns.

        `keep` bytes of the original's head come back for a look inside. When `wanted` says no to the original's digest (it is
        already there), no object is left. `one_of_many` leaves it to the caller to call `make_last` for all of them, before
        anything is said to be kept. Raises the source's OSError, Unavailable("disk_full") or NotAllowed("reading_copy"); then nothing
        is left either.
        """
        if self._only_reads:
            raise NotAllowed("reading_copy")
        reader = MeasuredReader(source, keep=keep, told=told)
        temporary = self.folder / f"intake.{os.getpid()}.{id(reader):x}"
        try:
            with disk_errors(temporary):
                self.folder.mkdir(parents=True, exist_ok=True)
                made = self._seal(reader, temporary, recipients, wanted)
                if not one_of_many:
                    self.make_last([made.sealed])
        except Unavailable as error:
            raise reader.error or error from None  # a failing source is not the vault's failure
        finally:
            temporary.unlink(missing_ok=True)
        return made

    def _seal(self, reader: MeasuredReader, temporary: Path, recipients: Sequence[str], wanted: Callable[[Digest], bool]) -> SealedObject:
        with temporary.open("xb") as stream:
            writer = MeasuredWriter(stream)
            seal(reader, writer, recipients)
            keeping = wanted(reader.digest)
            if keeping:
                stream.flush()
                os.fsync(stream.fileno())
        if keeping:
            self.path(writer.digest).parent.mkdir(exist_ok=True)
            temporary.replace(self.path(writer.digest))
        return SealedObject(original=reader.digest, size=reader.size, sealed=writer.digest, sealed_size=writer.size, head=reader.head)

    def make_last(self, objects: Iterable[Digest]) -> None:
        """Make the names of objects last, whose bytes are on the disk already: one call for many costs little more than for one."""
        folders = {self.path(sealed).parent for sealed in objects}
        with disk_errors(self.folder):
            for folder in sorted(folder for folder in folders if folder.exists()):
                sync_folder(folder)
            if folders:
                sync_folder(self.folder)

    def adopt(self, source: Path, sealed: Digest) -> None:
        """Copy an object that another vault holds, after checking its digest. Raises Corrupted."""
        with disk_errors(source):
            if sha256_of_file(source) != sealed:
                raise Corrupted("object_differs", place=source.name)
            if not self.path(sealed).exists():  # never a second name of the same bytes: a bad sector would take both
                with source.open("rb") as stream, new_file(self.path(sealed)) as copy:
                    shutil.copyfileobj(stream, copy, CHUNK)

    def open(self, sealed: Digest) -> BinaryIO:
        """Open an object for reading its sealed bytes. Raises Unavailable("file_missing")."""
        with disk_errors(self.path(sealed)):
            return self.path(sealed).open("rb")

    def digest_now(self, sealed: Digest) -> Digest | None:
        """Digest an object's bytes as they are on the disk now; None when it is missing."""
        path = self.path(sealed)
        with disk_errors(path):
            return sha256_of_file(path) if path.exists() else None

    def objects(self) -> Iterator[Digest]:
        """List the names of all objects on the disk."""
        with disk_errors(self.folder):
            for path in sorted(self.folder.glob("??/*.age")):
                yield Digest(path.stem)

    def sweep(self) -> int:
        """Remove what interrupted writing left behind; returns how many files. No object is touched."""
        with disk_errors(self.folder):
            left = {path for pattern in (f"*{TEMPORARY}", "intake.*", f"??/*{TEMPORARY}") for path in self.folder.glob(pattern)}
            for path in left:
                path.unlink(missing_ok=True)
        return len(left)

    def set_aside(self, known: Container[Digest]) -> int:
        """Move objects that are not known into `aside/`, where they stay: an intake was interrupted before it was recorded."""
        unknown = [sealed for sealed in self.objects() if sealed not in known]
        with disk_errors(self.folder):
            for sealed in unknown:
                (self.folder / "aside").mkdir(exist_ok=True)
                self.path(sealed).replace(self.folder / "aside" / f"{sealed}.age")
        return len(unknown)
