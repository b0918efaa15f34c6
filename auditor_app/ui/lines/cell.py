"""What a list is made of: its cells, how their values are shown and typed, and what a choice sets. Free of Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor_app.errors import NotAllowed
from auditor_app.translation import N_, _
from auditor_app.ui.glyphs import Mark

LINE, TEXT, NUMBER, DATE, CRITERIA, CHOICE, TICK, WORDS = "line", "text", "number", "date", "criteria", "choice", "tick", "words"

TYPING = {NUMBER: "[0-9]{0,7}", DATE: "[0-9-]{0,10}", CRITERIA: "[0-9, ]{0,200}"}
"""What may be typed at all, by kind, as regular expressions."""

HINTS = {DATE: N_("YYYY-MM-DD"), CRITERIA: N_("4, 17")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Who is at work on which day: what a click fills in by itself."""

    today: str
    me: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of a few states that are chosen by one click."""

    key: str
    words: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One column: the field it shows, its title, and its room: least width at 100 % text and share of what is left.

    Choices and ticks say by `read` which option a line stands at, and by `chosen` which fields an option sets. Words are only
    shown, as `read` gives them.
    """

    field: str
    title: str
    kind: str = LINE
    width: int = 120
    stretch: int = 0
    suggests: bool = False
    options: tuple[Option, ...] = ()
    read: Callable[[Any], str] = str
    chosen: Callable[[Any, str, Here], dict[str, Any]] = lambda _line, _key, _here: {}

    @property
    def wraps(self) -> bool:
        """Say whether it may hold more than fits one line of its column."""
        return self.kind in {TEXT, LINE}

    @property
    def is_typed(self) -> bool:
        """Say whether it is filled in by typing."""
        return self.kind not in {CHOICE, TICK, WORDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """One list: the kind of its lines, its name, its cells (the first is the one without which a line says nothing).

    `ask` invites to the next line, `teach` says what the list is for while it is empty, `begins` gives fields that a new line
    has by itself, `with_note` offers a note under each line, and `way` tells what a line leads to, "" for nowhere.
    """

    kind: str
    name: str
    cells: tuple[Cell, ...]
    ask: str
    teach: str
    begins: Callable[[Here], Mapping[str, Any]] = field(default=lambda _here: {})
    with_note: bool = False
    way: Callable[[Any], str] | None = None

    @property
    def first(self) -> Cell:
        """Give the cell that names a line."""
        return next(cell for cell in self.cells if cell.is_typed)

    @property
    def tools(self) -> int:
        """Count the tools at the end of each line."""
        return 1 + self.with_note + (self.way is not None)


def shown(value: Any) -> str:
    """Write a value as it is typed; nothing for nought."""
    if isinstance(value, (tuple, list)):
        return ", ".join(str(one) for one in value)
    return str(value) if value else ""


def typed(cell: Cell, text: str) -> Any:
    """Read what was typed into a cell. Raises NotAllowed for a day that is none."""
    text = text.strip()
    if cell.kind == NUMBER:
        return int(text or 0)
    if cell.kind == CRITERIA:
        return [str(int(one)) for one in text.replace(",", " ").split()]
    if cell.kind == DATE and text:
        return _day(cell, text)
    return text


def _day(cell: Cell, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise NotAllowed("value_wrong", field=_(cell.title), detail=_("a day is written like 2026-11-16")) from error
