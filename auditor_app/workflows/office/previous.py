"""The results of the visit before, for an assignment: from the register or from its file, carried over to the form of now."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from auditor_app.domain.earlier import CLOSED, EARLIER
from auditor_app.domain.fields import Earlier, EarlierVisit
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.form_engine.carrying import carried_to
from auditor_app.form_engine.definition import Form
from auditor_app.register.assignments import Row, findings_left, ratings_of, visits_named
from auditor_app.register.register import open_register
from auditor_app.translation import _, plural
from auditor_app.workflows.office.assignment_file import PreviousPart, RatingLine, former_form
from auditor_app.workflows.office.assignment_journal import Said
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.versions import read_version

SITE = ("site", "company", "country", "location", "site_type")
"""Facts that hold for the next visit too, unless its file says otherwise."""

_OF_FINDING = ("title", "grade", "statement", "action", "owner", "due", "state", "closed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """A visit before: what it was, its ratings by its own criteria, its findings, facts of the site, and its form where it is at hand."""

    visit: EarlierVisit
    ratings: tuple[Earlier, ...]
    findings: tuple[Mapping[str, str], ...]
    """Fields of an earlier finding; `criterion` is a number of the form of then."""
    site: Mapping[str, str]
    form: Form | None


def from_register(office: Office, name: str) -> Previous:
    """Find a visit in the register by its id or the beginning of it. Raises NotAllowed("register_visit_unknown")."""
    with open_register(office.register) as db:
        found = visits_named(db, name) if name else []
        if len(found) != 1:
            raise NotAllowed("register_visit_unknown", visit=name)
        row = found[0]
        ratings, findings = ratings_of(db, row["visit"]), findings_left(db, row["visit"])
    former = _handed_over_with(office, row["bundle"]) or former_form(row["form"])
    return Previous(
        visit=EarlierVisit(
            visit=row["visit"],
            form=row["form"],
            title=former.title if former else row["form"],
            kind=_kind(former, str(row["kind"])),
            day=row["ends_on"] or row["starts_on"] or "",
        ),
        ratings=tuple(_rating(one) for one in ratings),
        findings=tuple({name: str(one[name] or "") for name in ("criterion", *_OF_FINDING)} for one in findings),
        site={name: row[name] for name in SITE if row[name]},
        form=former,
    )


def _handed_over_with(office: Office, bundle: str) -> Form | None:
    """Give the very form of a bundle; nothing where the bundle lies elsewhere by now, or its form is not at hand."""
    with suppress(Corrupted, Unavailable):
        return read_version(office, bundle).form
    return None


def from_file(part: PreviousPart) -> Previous:
    """Read a visit before that the register does not have from an assignment's file."""
    former = former_form(part.form)
    said = {number: RatingLine(rating=one) if isinstance(one, str) else one for number, one in part.criteria.items()}
    ratings = []
    for number, one in said.items():
        criterion, level = (former.criterion(number), former.level(one.rating)) if former else (None, None)
        name, label = criterion.name if criterion else "", level.label if level else one.rating
        ratings.append(Earlier(criterion=number, name=name, rating=one.rating, label=label, because=one.words))
    lines = tuple({name: getattr(one, name) for name in ("criterion", *_OF_FINDING)} for one in part.findings)
    title = former.title if former else part.form
    kind = _kind(former, part.kind)
    visit = EarlierVisit(form=part.form, title=title, kind=kind, day=part.day)
    return Previous(visit=visit, ratings=tuple(ratings), findings=lines, site={}, form=former)


def said_of_previous(previous: Previous, form: Form) -> Iterator[Said]:
    """Say what the visit before said, at the criteria of the form of now that it belongs to."""
    former = previous.form
    at: dict[str, list[Earlier]] = {}
    for one in previous.ratings:
        for number in carried_to(one.criterion, previous.visit.form, form, former):
            at.setdefault(number, []).append(one)
    for number, ratings in at.items():
        yield Said(kind=CRITERION, id=number, fields={"earlier": ratings})
    for line in previous.findings:
        was = former.criterion(line["criterion"]) if former else None
        fields: dict[str, Any] = {name: line[name] for name in _OF_FINDING}
        fields["was"] = f"{line['criterion']} {was.name}" if was else line["criterion"]
        fields["criteria"] = list(carried_to(line["criterion"], previous.visit.form, form, former))
        yield Said(kind=EARLIER, fields=fields, key=("was", "title"))


def in_words(previous: Previous) -> str:
    """Tell the visit before in one line."""
    counted: dict[str, int] = {}
    for one in previous.ratings:
        if one.label:
            counted[one.label] = counted.get(one.label, 0) + 1
    left = sum(line["state"] != CLOSED for line in previous.findings)
    parts = [f"{count} × {label}" for label, count in counted.items()]
    parts += [plural("{count} finding left open", "{count} findings left open", left)] if left else []
    what = " · ".join(part for part in (previous.visit.title, previous.visit.kind, previous.visit.day) if part)
    return _("{visit}: {results}").format(visit=what, results=", ".join(parts)) if parts else what


def _rating(row: Row) -> Earlier:
    return Earlier(
        criterion=row["criterion"],
        name=row["name"],
        rating=row["rating"],
        label=row["rating_label"] or row["rating"],
        because=row["because"],
    )


def _kind(form: Form | None, key: str) -> str:
    """Word the kind of a visit; one that its form does not know stays as it is."""
    return next((one.label for one in form.visit_kinds if one.key == key), key) if form else key
