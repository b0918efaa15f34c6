"""The to-do list as a table."""

from auditor_app.domain.planning import TODO
from auditor_app.translation import N_
from auditor_app.ui.lines.cell import DATE, TEXT, TICK, Cell, ListPlan

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
        Cell(field="day", title=N_("Day"), kind=DATE, width=108),
    ),
    ask=N_("Add something to do …"),
    teach=N_("Write down what you must not forget, or put everything that is missing here with the button above."),
    begins=lambda here: {"day": here.today},
    way=lambda todo: str(todo.about),
)
