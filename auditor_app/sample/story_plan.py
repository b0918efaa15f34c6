"""The planned part of the sample story: whom to hear, which documents to ask for, which areas to walk, on which days."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuote:
    """What somebody said, in the own words and as it was interpreted."""

    original: str
    interpreted: str
    about: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInterview:
    """A talk: group, number of people and what was said; never a name."""

    key: str
    group: str
    people: int
    held: date
    language: str
    minutes: int
    about: tuple[int, ...]
    summary: str
    evidence: tuple[str, ...] = ()
    quotes: tuple[StoryQuote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument:
    """A document that was asked for."""

    key: str
    what: str
    source: str
    state: Literal["received", "partly_received", "not_received"]
    criteria: tuple[int, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArea:
    """A place that was walked: why, when and by whom."""

    name: str
    why: str
    walked: date
    by: str
    criteria: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDay:
    """A day on site and its plan."""

    date: date
    plan: str
