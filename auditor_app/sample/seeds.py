"""Chance that comes out the same every time: the sample's digests can be written down."""

import random

from auditor_app.digests import sha256_of


def seed_of(key: str) -> int:
    """Derive a number from a key, the same on every machine."""
    return int(sha256_of(key.encode())[:8], 16)


def seeded(seed: int) -> random.Random:
    """Give a source of repeatable chance."""
    return random.Random(seed)  # noqa: S311 - decides where stones lie, guards nothing
