"""The to-do list as a table."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from auditor_app.domain.planning import TODO, Todo
from auditor_app.translation import N_, _
from auditor_app.ui.lines.cell import DATE, TEXT, TICK, WORDS, Cell, ListPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoLine(Todo):
    """One thing to do as the list shows it: `settled` when the gap that it came from is closed and nobody ticked it yet."""

    settled: bool = False

    @classmethod
    def of(cls, todo: Todo, gaps: Iterable[str]) -> Self:
        """Look whether the gap is still among those that are open, by their keys."""
        known = {one.name: getattr(todo, one.name) for one in fields(todo)}
        return cls(**known, settled=bool(todo.about) and not todo.done and todo.about not in gaps)


TODOS = ListPlan(
    kind=TODO,
    name=N_("To do"),
    cells=(
        Cell(
            field="done",
            title=N_("Done"),
            kind=TICK,
            width=40,
            read=lambda todo: "yes" if todo.done else "",
            chosen=lambda _todo, key, _here: {"done": bool(key)},
        ),
        Cell(field="text", title=N_("What"), kind=TEXT, width=240, stretch=1),
        Cell(field="settled", title="", kind=WORDS, width=130, read=lambda todo: _("settled meanwhile") if todo.settled else ""),
        Cell(field="day", title=N_("Day"), kind=DATE, width=108),
    ),
    ask=N_("Add something to do …"),
    teach=N_("Write down what you must not forget, or put everything that is missing here with the button above."),
    begins=lambda here: {"day": here.today},
    way=lambda todo: str(todo.about),
)
