"""The lists of the plan, as tables: which cells each has, what a click fills in, and what an empty one teaches."""

from typing import Any

from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, QUOTA, WORKFORCE, Area, DocumentRequest
from auditor_app.translation import N_
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, WAITING
from auditor_app.ui.lines.cell import CHOICE, CRITERIA, DATE, NUMBER, TEXT, Cell, Here, ListPlan, Option

WALKED = (Option(key="", words=N_("To walk"), mark=OPEN), Option(key="walked", words=N_("Walked"), mark=GOOD))

STATES = (
    Option(key="asked", words=N_("Asked"), mark=WAITING),
    Option(key="received", words=N_("Received"), mark=GOOD),
    Option(key="partly_received", words=N_("In part"), mark=PARTLY),
    Option(key="not_received", words=N_("Not received"), mark=BAD),
    Option(key="does_not_exist", words=N_("Does not exist"), mark=OUTSIDE),
)

HAS_COME = ("received", "partly_received")


def _walked(area: Area, key: str, here: Here) -> dict[str, Any]:
    if not key:
        return {"walked_on": "", "walked_by": ""}
    return {"walked_on": area.walked_on or here.today, "walked_by": area.walked_by or here.me}


def _state(request: DocumentRequest, key: str, here: Here) -> dict[str, Any]:
    return {"state": key, "received_on": (request.received_on or here.today) if key in HAS_COME else ""}


AREAS = ListPlan(
    kind=AREA,
    name=N_("Areas to walk"),
    cells=(
        Cell(field="name", title=N_("Area"), width=180, stretch=3),
        Cell(field="why", title=N_("Why"), kind=TEXT, width=200, stretch=4),
        Cell(field="criteria", title=N_("Criteria"), kind=CRITERIA, width=92, stretch=1),
        Cell(
            field="walked",
            title=N_("Walked"),
            kind=CHOICE,
            width=124,
            options=WALKED,
            read=lambda area: "walked" if area.walked_on else "",
            chosen=_walked,
        ),
        Cell(field="walked_on", title=N_("On"), kind=DATE, width=108),
        Cell(field="walked_by", title=N_("Walked by"), width=150, stretch=1),
    ),
    ask=N_("Add an area: tankhouse, acid plant …"),
    teach=N_(
        "List the places that you want to see with your own eyes, and why. Each stands in “Before sign-off” until it was walked;"
        " one click on Walked notes the day and your name."
    ),
    with_note=True,
)

DOCUMENTS = ListPlan(
    kind=DOCUMENT,
    name=N_("Documents asked for"),
    cells=(
        Cell(field="title", title=N_("Document"), width=176, stretch=6),
        Cell(field="asked_of", title=N_("Asked of"), width=104, stretch=2),
        Cell(field="asked_on", title=N_("Asked on"), kind=DATE, width=108),
        Cell(
            field="state",
            title=N_("State"),
            kind=CHOICE,
            width=170,
            options=STATES,
            read=lambda request: str(request.state),
            chosen=_state,
        ),
        Cell(field="received_on", title=N_("Received on"), kind=DATE, width=108),
        Cell(field="criteria", title=N_("Criteria"), kind=CRITERIA, width=80, stretch=1),
    ),
    ask=N_("Add a document: payroll of one month …"),
    teach=N_(
        "List what the site is asked to show, of whom and since when. One click says what became of it; what has not come stands in"
        " “Before sign-off”, and a document that does not exist is a fact for the report."
    ),
    begins=lambda here: {"asked_on": here.today, "state": "asked"},
    with_note=True,
)

INTERVIEWS = ListPlan(
    kind=QUOTA,
    name=N_("Interview plan"),
    cells=(
        Cell(field="group", title=N_("Group"), width=170, stretch=3, suggests=True),
        Cell(field="planned", title=N_("People"), kind=NUMBER, width=64),
        Cell(field="employer", title=N_("Employer"), width=104, stretch=2),
        Cell(field="gender", title=N_("Gender"), width=84, stretch=1),
        Cell(field="shift", title=N_("Shift"), width=84, stretch=1),
        Cell(field="union", title=N_("Union"), width=84, stretch=1),
        Cell(field="community", title=N_("Community"), width=104, stretch=2),
        Cell(field="language", title=N_("Language"), width=84, stretch=1),
    ),
    ask=N_("Add a group: night shift, contractors …"),
    teach=N_(
        "Say how many people of which group to hear, so that nobody is forgotten who sees the site from another side. Tell groups"
        " apart by employer, gender, shift, union, community or language; names are never written here."
    ),
    begins=lambda _here: {"planned": 1},
    with_note=True,
)

DAYS = ListPlan(
    kind=DAY,
    name=N_("Days"),
    cells=(
        Cell(field="date", title=N_("Day"), kind=DATE, width=120),
        Cell(field="plan", title=N_("What is planned"), kind=TEXT, width=320, stretch=1),
    ),
    ask=N_("YYYY-MM-DD"),
    teach=N_("Say for each day on site what is planned: who opens, what is walked, who is heard, when the closing meeting is."),
)

PEOPLE = ListPlan(
    kind=WORKFORCE,
    name=N_("Workforce"),
    cells=(
        Cell(field="group", title=N_("Group"), width=240, stretch=3, suggests=True),
        Cell(field="people", title=N_("People"), kind=NUMBER, width=90),
    ),
    ask=N_("Add a group: employees, contractors …"),
    teach=N_(
        "Say how many people of which group work at the site: employees, contractors, agency workers, women, migrants, young workers."
        " The interview plan is judged against it."
    ),
    with_note=True,
)

CREDITS = (
    Option(key="", words=N_("Open"), mark=OPEN),
    Option(key="credited", words=N_("Credited"), mark=GOOD),
    Option(key="credited_in_part", words=N_("In part"), mark=PARTLY),
    Option(key="not_credited", words=N_("Not credited"), mark=BAD),
)

EQUIVALENCES = ListPlan(
    kind=EQUIVALENCE,
    name=N_("Equivalences"),
    cells=(
        Cell(field="system", title=N_("System"), width=120, stretch=2),
        Cell(field="number", title=N_("Certificate no."), width=96, stretch=1),
        Cell(field="expires", title=N_("Expires"), kind=DATE, width=108),
        Cell(field="scope", title=N_("What it covers"), kind=TEXT, width=120, stretch=2),
        Cell(field="criteria", title=N_("Criteria"), kind=CRITERIA, width=80, stretch=1),
        Cell(field="decision", title=N_("Decision"), kind=CHOICE, width=164, options=CREDITS),
        Cell(field="because", title=N_("Because"), kind=TEXT, width=120, stretch=2),
    ),
    ask=N_("ISO 45001, RMAP …"),
    teach=N_(
        "List certificates and other standards that the site offers in place of checks. Look whether they cover this site and this"
        " activity, until when they are valid, and what their last audit left open; then say what you credit, and why."
    ),
)
