"""Who is at the opening and at the closing meeting, as a table."""

from auditor_app.domain.closing import ATTENDEE, OBSERVER, SITE, TEAM, WORKERS
from auditor_app.translation import N_
from auditor_app.ui.lines.cell import CHOICE, TICK, Cell, ListPlan, Option

SIDES = (
    Option(key=SITE, words=N_("Site")),
    Option(key=WORKERS, words=N_("Workers")),
    Option(key=TEAM, words=N_("Audit team")),
    Option(key=OBSERVER, words=N_("Observer")),
)
"""Words without marks: nobody is good or bad here."""

ATTENDANCE = ListPlan(
    kind=ATTENDEE,
    name=N_("Attendance"),
    cells=(
        Cell(field="name", title=N_("Name"), width=170, stretch=3),
        Cell(field="role", title=N_("Function"), width=150, stretch=3),
        Cell(field="organisation", title=N_("Company"), width=130, stretch=2, suggests=True),
        Cell(
            field="side",
            title=N_("Speaks for"),
            kind=CHOICE,
            width=140,
            options=SIDES,
            read=lambda one: str(one.side),
            chosen=lambda _one, key, _here: {"side": key},
        ),
        Cell(
            field="opening",
            title=N_("Opening"),
            kind=TICK,
            width=60,
            read=lambda one: "yes" if one.opening else "",
            chosen=lambda _one, key, _here: {"opening": bool(key)},
        ),
        Cell(
            field="closing",
            title=N_("Closing"),
            kind=TICK,
            width=60,
            read=lambda one: "yes" if one.closing else "",
            chosen=lambda _one, key, _here: {"closing": bool(key)},
        ),
    ),
    ask=N_("Add somebody who is here …"),
    teach=N_(
        "Who is at the meeting, by name and function: it is printed in the sheet and in the full report, never in the public summary."
        " People who were interviewed are not listed as such."
    ),
    begins=lambda _here: {"side": SITE, "closing": True},
)
