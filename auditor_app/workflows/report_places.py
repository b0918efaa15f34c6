"""From a line of a report to its place in the visit: what each part of a page is about, in the visit's own names. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from auditor_app.domain.interviews import INTERVIEW
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION, EVIDENCE, FINDING, LIMIT
from auditor_app.reporting.spots import Spot
from auditor_app.workflows.report_content import in_order
from auditor_app.workflows.visits import OpenVisit

SECTIONS = {
    "scope": "plan",
    "team": "plan",
    "profile": "plan",
    "equivalences": "plan",
    "method": "coverage",
    "coverage": "coverage",
    "glance": "criteria",
    "criteria": "criteria",
    "reasons": "criteria",
    "details": "criteria",
    "findings": "findings",
    "plan": "findings",
    "disagreements": "findings",
    "limits": "findings",
    "evidence": "evidence",
    "photographs": "evidence",
    "photo-review": "photo_review",
    "attendance": "closing",
}
"""The kind or stage that a section of a report is about, by the section's name."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A part of a page, from 0, with left, bottom, right and top in points, and the kind and id of what it is about.

    A section has the stage where its things are as its kind, and no id.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
    kind: str
    id: str = ""


def spot_places(opened: OpenVisit, spots: Iterable[Spot]) -> list[Place]:
    """Name what the spots of a report are about; what is in no stage of the visit is left out."""
    state = opened.state
    ids: dict[str, tuple[str, list[str]]] = {
        "criterion": (CRITERION, [str(one.number) for one in opened.form.criteria]),
        "finding": (FINDING, [one.id for one in state.findings]),
        "evidence": (EVIDENCE, [one.digest for one in in_order(state)]),
        "limit": (LIMIT, [one.id for one in state.limits]),
        "interview": (INTERVIEW, [one.id for one in state.interviews]),
    }
    found: list[Place] = []
    for spot in spots:
        if subject := _subject(spot.key, ids):
            left, bottom, right, top = (round(edge, 1) for edge in spot.box)
            found.append(Place(spot.page, left, bottom, right, top, subject.kind, subject.id))
    return found


def place_at(places: Sequence[Place], page: int, across: float, up: float) -> Subject | None:
    """Tell what a point of a page is about: the smallest part that it lies in, or the nearest one above it."""
    there = [one for one in places if one.page == page]
    around = [one for one in there if one.left <= across <= one.right and one.bottom <= up <= one.top]
    if around:
        best = min(around, key=lambda one: (one.right - one.left) * (one.top - one.bottom))
        return Subject(best.kind, best.id)
    above = [one for one in places if one.page < page or (one.page == page and one.bottom >= up)]
    last = max(above, key=lambda one: (one.page, -one.bottom), default=None)
    return Subject(last.kind, last.id) if last else None


def _subject(key: str, ids: dict[str, tuple[str, list[str]]]) -> Subject | None:
    name, _dash, order = key.rpartition("-")
    if name in ids and order.isdigit() and int(order) < len(ids[name][1]):
        return Subject(ids[name][0], ids[name][1][int(order)])
    return Subject(SECTIONS[key], "") if key in SECTIONS else None
