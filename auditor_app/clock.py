"""The time: one protocol, the system's clock, and the one text form of a moment."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware datetime that carries the device's local offset."""

    def now(self) -> datetime:
        """Return the current moment."""
        ...


class SystemClock:
    """The device's own clock; field clocks lie, so order never comes from it."""

    def now(self) -> datetime:
        """Return the current moment with the local offset."""
        return datetime.now(UTC).astimezone()


def moment_text(moment: datetime) -> str:
    """Give the fixed-width UTC form, so that text order is time order: 2026-05-04T09:08:07.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def offset_text(moment: datetime) -> str:
    """Give the local offset of a moment as +HH:MM."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def parse_moment(text: str, offset: str = "+00:00") -> datetime:
    """Read the fixed-width form back, shown at the given local offset. Raises ValueError for anything else."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    sign = -1 if offset.startswith("-") else 1
    hours, minutes = offset[1:].split(":")
    return moment.astimezone(timezone(sign * timedelta(hours=int(hours), minutes=int(minutes))))
