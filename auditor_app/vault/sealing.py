"""Seals a stream to age recipients in one pass and flat memory, and opens it again."""

import hashlib
import io
from collections.abc import Callable, Sequence
from typing import Protocol

import pyrage

from auditor_app.digests import CHUNK
from auditor_app.errors import Corrupted
from auditor_app.ids import Digest
from auditor_app.vault.keys import Secret, read_recipient


class Reader(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Give up to `size` bytes; empty at the end."""
        ...


class Writer(Protocol):
    """Anything that takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""
        ...


class MeasuredReader:
    """Passes a source on while digesting it, telling progress, and keeping its head for a look inside.

    It reads in blocks of its own, because the sealing library asks for a few kilobytes at a time. Errors of the source are kept
    in `error`, because that library passes them on without their type.
    """

    def __init__(self, source: Reader, *, keep: int = 0, told: Callable[[int], None] = lambda _size: None) -> None:
        """Read from `source`; keep the first `keep` bytes in `head`, read at once; call `told` with the bytes so far."""
        self.head = b""
        self.size = 0
        self.error: Exception | None = None
        self._source, self._keep, self._told, self._digest = source, keep, told, hashlib.sha256()
        self._block, self._at = b"", 0

    def read(self, size: int = -1) -> bytes:
        """Read on: up to `size` bytes, or what is left of the block."""
        if self._at == len(self._block):
            self._block, self._at = self._next_block(), 0
        data = self._block[self._at :] if size < 0 else self._block[self._at : self._at + size]
        self._at += len(data)
        return data

    def _next_block(self) -> bytes:
        try:
            block = self._source.read(max(CHUNK, 0 if self.size else self._keep))
            self._told(self.size + len(block))
        except Exception as error:
            self.error = error
            raise
        self._digest.update(block)
        if not self.size:
            self.head = block[: self._keep]  # the block itself when all of it is kept, so that it is in memory once
        self.size += len(block)
        return block

    @property
    def digest(self) -> Digest:
        """Give the SHA-256 of what was read so far."""
        return Digest(self._digest.hexdigest())


class MeasuredWriter:
    """Passes bytes on to a target while digesting them; errors of the target are kept in `error`."""

    def __init__(self, target: Writer | None = None) -> None:
        """Write to `target`, or only measure when there is none."""
        self.size = 0
        self.error: Exception | None = None
        self._target, self._digest = target, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write on."""
        try:
            if self._target is not None:
                self._target.write(data)
        except Exception as error:
            self.error = error
            raise
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the file's owner flushes it."""

    @property
    def digest(self) -> Digest:
        """Give the SHA-256 of what was written so far."""
        return Digest(self._digest.hexdigest())


def seal(source: MeasuredReader, target: MeasuredWriter, recipients: Sequence[str]) -> None:
    """Encrypt a whole source to all recipients. Raises the source's or the target's own error."""
    public = [read_recipient(recipient) for recipient in recipients]
    try:
        # Always the `_io` call: the whole-file calls hold the interpreter and freeze the window.
        pyrage.encrypt_io(source, target, public)
    except (pyrage.EncryptError, OSError) as error:
        raise source.error or target.error or error from error


def unseal(sealed: Reader, target: Writer, secret: Secret, place: str) -> tuple[Digest, int]:
    """Decrypt a whole stream into a target and give digest and size of the original.

    Raises Corrupted for damage, which may show only at the end: a target that outlives the call is to be thrown away then.
    """
    measured = MeasuredWriter(target)
    try:
        pyrage.decrypt_io(sealed, measured, secret.identities)
    except (pyrage.DecryptError, OSError) as error:
        if measured.error is not None:
            raise measured.error from error
        raise Corrupted("sealed_file_damaged", place=place) from error
    return measured.digest, measured.size


class _Nowhere:
    """Takes bytes and keeps none."""

    def write(self, data: bytes, /) -> int:
        return len(data)


def digest_of_sealed(sealed: Reader, secret: Secret, place: str) -> tuple[Digest, int]:
    """Give digest and size of the original inside a sealed stream, in flat memory. Raises Corrupted."""
    return unseal(sealed, _Nowhere(), secret, place)


def seal_bytes(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal bytes in memory."""
    return bytes(pyrage.encrypt(data, [read_recipient(recipient) for recipient in recipients]))


def unseal_bytes(sealed: bytes, secret: Secret, place: str) -> bytes:
    """Open sealed bytes in memory. Raises Corrupted."""
    target = io.BytesIO()
    unseal(io.BytesIO(sealed), target, secret, place)
    return target.getvalue()
