"""What is planned and asked for: workforce, days, areas to walk, documents, the interview sampling plan, today's to-do list."""

from dataclasses import dataclass

AREA, DOCUMENT, QUOTA, DAY, WORKFORCE, TODO = "area", "document", "quota", "day", "workforce", "todo"

IN_PART = "partly_received"
DOCUMENT_STATES = ("asked", "received", IN_PART, "not_received", "does_not_exist")
MISSING_DOCUMENT_STATES = ("asked", IN_PART, "not_received")

TRAITS = ("employer", "gender", "shift", "union", "community", "language")
"""What an interview plan may tell people apart by; never a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place to walk: why, and once walked, when and by whom."""

    id: str
    name: str = ""
    why: str = ""
    criteria: tuple[str, ...] = ()
    walked_on: str = ""
    walked_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A document asked for: of whom, when, for which criteria, and what became of it (one of DOCUMENT_STATES)."""

    id: str
    title: str = ""
    asked_of: str = ""
    asked_on: str = ""
    state: str = "asked"
    received_on: str = ""
    note: str = ""
    criteria: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Say whether it is still to come."""
        return self.state in MISSING_DOCUMENT_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One line of the interview sampling plan: a group, what it is told apart by, and how many people to hear."""

    id: str
    group: str = ""
    employer: str = ""
    gender: str = ""
    shift: str = ""
    union: str = ""
    community: str = ""
    language: str = ""
    planned: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day on site and what is planned for it."""

    id: str
    date: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """How many people of a group work at the site."""

    id: str
    group: str = ""
    people: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing to do; `about` names what it came from (kind and id), empty when it was written by hand."""

    id: str
    text: str = ""
    day: str = ""
    about: str = ""
    done: bool = False
