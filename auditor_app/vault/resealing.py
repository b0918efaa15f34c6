"""Seals an object anew to other recipients without its plain bytes ever touching the disk."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from auditor_app.errors import Corrupted
from auditor_app.ids import Digest
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import unseal
from auditor_app.vault.vault import SealedObject, Vault


def reseal(vault: Vault, sealed: Digest, original: Digest, secret: Secret, recipients: Sequence[str]) -> SealedObject:
    """Seal an object anew; the old one stays until the caller removes it. Raises Corrupted when it does not hold the original."""
    with vault.open(sealed) as stream, _opened(stream, secret, f"{sealed}.age") as plain:
        made = vault.seal(plain, recipients, wanted=lambda digest: digest == original)
    if made.original != original:
        raise Corrupted("object_differs", place=f"{sealed}.age")
    return made


@contextmanager
def _opened(sealed: IO[bytes], secret: Secret, place: str) -> Iterator[IO[bytes]]:
    """Give the plain bytes of a sealed stream to read.

    The age library pushes what it opens and pulls what it seals, so the two meet in a pipe, with a thread of its own for the
    pushing side; it ends with the block. Damage shows as an early end, which the digest tells.
    """
    outlet, inlet = os.pipe()

    def push() -> None:
        with os.fdopen(inlet, "wb") as target:
            try:
                unseal(sealed, target, secret, place)
            except (Corrupted, OSError):
                return  # the reader sees the early end

    pushing = threading.Thread(target=push, name="resealing")
    with os.fdopen(outlet, "rb") as source:
        pushing.start()
        try:
            yield source
        finally:
            source.close()
            pushing.join()
