"""Typed ids and the only place that makes them.

Ids are made by the device (UUIDv7), never by the database, because records merge between devices.
"""

import secrets
import uuid
from collections.abc import Callable
from typing import NewType

from auditor_app.clock import Clock

VisitId = NewType("VisitId", str)
EntryId = NewType("EntryId", str)
DeviceId = NewType("DeviceId", str)
AuditorId = NewType("AuditorId", str)
Digest = NewType("Digest", str)
"""SHA-256 as 64 lower-case hexadecimal digits."""

Entropy = Callable[[int], bytes]


def new_id(clock: Clock, entropy: Entropy = secrets.token_bytes) -> str:
    """Make a UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 of the fraction within it, then 62 random bits."""
    milliseconds, microseconds = divmod(int(clock.now().timestamp() * 1_000_000), 1000)
    value = (milliseconds << 80) | (0x7 << 76) | ((microseconds * 4096 // 1000) << 64)
    value |= (0x2 << 62) | (int.from_bytes(entropy(8), "big") >> 2)
    return str(uuid.UUID(int=value))
