"""SHA-256 of bytes, streams and files."""

import hashlib
import re
from pathlib import Path
from typing import IO

from auditor_app.ids import Digest

CHUNK = 1 << 20
"""Bytes read at a time: large enough for speed, small enough for flat memory."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def sha256_of(data: bytes) -> Digest:
    """Digest bytes that are already in memory."""
    return Digest(hashlib.sha256(data).hexdigest())


def sha256_of_stream(stream: IO[bytes]) -> Digest:
    """Digest a stream to its end, in flat memory."""
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return Digest(digest.hexdigest())


def sha256_of_file(path: Path) -> Digest:
    """Digest a file. Raises OSError."""
    with path.open("rb") as stream:
        return sha256_of_stream(stream)


def is_digest(text: str) -> bool:
    """Say whether a text from outside has the form of a digest."""
    return _DIGEST.fullmatch(text) is not None
