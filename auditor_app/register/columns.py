"""What tables and columns are made of: the kinds of what a column holds."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. A day is as in 2026-11-19, a moment as in 2026-11-19T18:30:00.000000Z; both may be unknown (NULL)."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes or no"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what it holds, what it means, and whether it is part of the row's key."""

    name: str
    kind: Kind
    words: str
    is_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: what one row of it is, and its columns. A `is_count` table holds counts of another, kept in step by triggers."""

    name: str
    words: str
    columns: tuple[Column, ...]
    is_count: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Name the columns that tell a row from all others."""
        return tuple(column.name for column in self.columns if column.is_key)


def text(name: str, words: str) -> Column:
    """Describe a column of text."""
    return Column(name=name, kind=Kind.TEXT, words=words)


def key(name: str, words: str) -> Column:
    """Describe a column of text that is part of the key."""
    return Column(name=name, kind=Kind.TEXT, words=words, is_key=True)


def day(name: str, words: str) -> Column:
    """Describe a day."""
    return Column(name=name, kind=Kind.DAY, words=words)


def moment(name: str, words: str) -> Column:
    """Describe a moment."""
    return Column(name=name, kind=Kind.MOMENT, words=words)


def count(name: str, words: str) -> Column:
    """Describe a number."""
    return Column(name=name, kind=Kind.COUNT, words=words)


def yes_no(name: str, words: str) -> Column:
    """Describe a yes or no."""
    return Column(name=name, kind=Kind.YES_NO, words=words)
