"""A visit as it stands: the typed reading of the journal's heads.

Each `read_…` takes heads and gives frozen values. A field in clash shows its latest head (by id) and is listed among the clashes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from auditor_app.domain import photos
from auditor_app.domain.closing import ATTENDEE, CLOSING, Attendee, ClosingMeeting
from auditor_app.domain.earlier import EARLIER, EarlierFinding, EarlierRating, earlier_ratings
from auditor_app.domain.equivalence import EQUIVALENCE, Equivalence
from auditor_app.domain.findings import CLOSES
from auditor_app.domain.findings import FINDING as FINDING
from auditor_app.domain.findings import LIMIT as LIMIT
from auditor_app.domain.findings import Finding as Finding
from auditor_app.domain.findings import Limit as Limit
from auditor_app.domain.interviews import INTERVIEW, QUOTE, Interview, Quote
from auditor_app.domain.journal import DELETED, Entry, Heads, Subject, is_clash
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, QUOTA, TODO, WORKFORCE, Area, Day, DocumentRequest, Quota, Todo, Workforce
from auditor_app.domain.reviews import QUESTION, REVIEW, Decision, Question, read_decisions, read_questions
from auditor_app.ids import Digest, VisitId

VISIT, CHECK, CRITERION, EVIDENCE, INTAKE = "visit", "check", "criterion", "evidence", "intake"
LINK, AUDITOR, OFFICE = "link", "auditor", "office"

T = TypeVar("T")

STANCES = ("supports", "contradicts")
SAID_OF_EVIDENCE = ("caption", "happened_at", "provided_by", "derived_from", "derived_by", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that two people set differently without seeing each other's value; both are kept until someone chooses."""

    subject: Subject
    field: str
    heads: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """The proposed rating of a criterion (key of the form's scale) and the reason for it.

    `departs` says why it is not what the answers suggest; `assigned` is who works on it; `applies` ("yes", "no" or "" for what the
    form says) with `applies_because` is the plan's word on whether the criterion applies here. `site_rating` (key of the scale) and
    `site_says` are the site's self-assessment, `earlier` what the visit before said; both come with the office's assignment.
    """

    rating: str = ""
    because: str = ""
    departs: str = ""
    assigned: str = ""
    applies: str = ""
    applies_because: str = ""
    site_rating: str = ""
    site_says: str = ""
    earlier: tuple[dict[str, Any], ...] = ()

    @property
    def earlier_ratings(self) -> tuple[EarlierRating, ...]:
        """Give how the visit before rated it: several where its form had several criteria for it."""
        return earlier_ratings(self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """The answer to one check (key of the form's answers) and its note; `site_answer` and `site_says` are the site's own."""

    answer: str = ""
    note: str = ""
    site_answer: str = ""
    site_says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence, known by the digest of its original bytes.

    `captured` is what the camera wrote (at, offset, latitude, longitude in millionths of a degree, device); `happened_at`
    is what the auditor says; `taken_in_at` is the first intake; the office adds when it was received.
    """

    digest: Digest
    name: str
    size: int
    media_type: str
    taken_in_at: str
    taken_in_offset: str
    captured: dict[str, Any]
    caption: str = ""
    happened_at: str = ""
    provided_by: str = ""
    lost: tuple[str, ...] = ()
    """What was lost before it came to us (keys of `vault.losses`): no camera time, recompressed by a messenger, …"""
    corrected_at: str = ""
    """The camera's time put right by its known clock offset, as a canonical moment; empty while the offset is not known."""
    derived_from: str = ""
    """Digest of the original that this is a rotated, cropped, annotated or blurred copy of."""
    derived_by: str = ""
    area: str = ""
    """Id of the area of the plan where it was found; empty while nobody said."""
    taken_in_by: str = ""
    """Id of the auditor who took it in first."""

    @property
    def title(self) -> str:
        """Give the words that a person knows it by."""
        return self.caption or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Evidence that supports or contradicts what is said of a criterion, a check or a finding, or closes a finding.

    `settled` says how a contradiction was settled.
    """

    evidence: Digest
    target: Subject
    stance: str
    settled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """Everything that is said of one visit, as it stands now."""

    id: VisitId
    facts: dict[str, Any]
    criteria: dict[str, CriterionState]
    checks: dict[str, CheckState]
    evidence: dict[Digest, Evidence]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]
    auditors: dict[str, str]
    clashes: tuple[Clash, ...]
    areas: tuple[Area, ...] = ()
    documents: tuple[DocumentRequest, ...] = ()
    quotas: tuple[Quota, ...] = ()
    days: tuple[Day, ...] = ()
    workforce: tuple[Workforce, ...] = ()
    todos: tuple[Todo, ...] = ()
    interviews: tuple[Interview, ...] = ()
    quotes: tuple[Quote, ...] = ()
    cameras: tuple[photos.CameraClock, ...] = ()
    reviews: tuple[photos.PhotoReview, ...] = ()
    shown: tuple[photos.Showing, ...] = ()
    objections: tuple[photos.Objection, ...] = ()
    closings: tuple[ClosingMeeting, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    earlier: tuple[EarlierFinding, ...] = ()
    offices: dict[str, str] = field(default_factory=dict)

    def writer(self, author: str) -> str:
        """Name who wrote an entry: an auditor, or the office; empty for somebody unknown."""
        return self.auditors.get(author) or self.offices.get(author, "")

    def links_to(self, target: Subject) -> tuple[Link, ...]:
        """List the links of evidence to one criterion, check or finding."""
        return tuple(link for link in self.links if link.target == target)


def stances_of(kind: str) -> tuple[str, ...]:
    """List how evidence may stand to a kind of subject."""
    return (*STANCES, CLOSES) if kind == FINDING else STANCES


def link_id(evidence: Digest, target: Subject) -> str:
    """Name a link so that two laptops that link the same things name it alike."""
    return f"{evidence}/{target.kind}/{target.id}"


def read_visit(visit: VisitId, heads: Heads) -> VisitState:
    """Read a whole visit from its heads."""
    of = _by_kind(_subjects(heads))
    authors = {where.subject.id: str(found[-1].author) for where, found in heads.items() if where.subject.kind == INTAKE}
    cameras = _all(photos.CameraClock, of[photos.CAMERA])
    return VisitState(
        id=visit,
        facts=of[VISIT].get(visit, {}),
        criteria={i: _known(CriterionState, fields) for i, fields in of[CRITERION].items()},
        checks={i: _known(CheckState, fields) for i, fields in of[CHECK].items()},
        evidence=_corrected(_read_evidence(of[EVIDENCE], of[INTAKE], authors), cameras),
        links=tuple(_read_links(of[LINK])),
        findings=_all(Finding, of[FINDING]),
        limits=_all(Limit, of[LIMIT]),
        auditors={i: str(fields.get("name", "")) for i, fields in of[AUDITOR].items()},
        clashes=tuple(read_clashes(heads)),
        areas=_all(Area, of[AREA]),
        documents=_all(DocumentRequest, of[DOCUMENT]),
        quotas=_all(Quota, of[QUOTA]),
        days=_all(Day, of[DAY]),
        workforce=_all(Workforce, of[WORKFORCE]),
        todos=_all(Todo, of[TODO]),
        interviews=_all(Interview, of[INTERVIEW]),
        quotes=_all(Quote, of[QUOTE]),
        cameras=cameras,
        reviews=_all(photos.PhotoReview, of[photos.REVIEW]),
        shown=tuple(photos.read_showings(of[photos.SHOWN])),
        objections=_all(photos.Objection, of[photos.OBJECTION]),
        closings=_all(ClosingMeeting, of[CLOSING]),
        attendees=_all(Attendee, of[ATTENDEE]),
        equivalences=_all(Equivalence, of[EQUIVALENCE]),
        earlier=_all(EarlierFinding, of[EARLIER]),
        offices={i: str(fields.get("name", "")) for i, fields in of[OFFICE].items()},
        decisions=read_decisions(of[REVIEW]),
        questions=read_questions(of[QUESTION], heads),
    )


def read_clashes(heads: Heads) -> Iterable[Clash]:
    """List the fields in clash, and deleted subjects on which someone went on working."""
    deleted = {where.subject: found for where, found in heads.items() if where.name == DELETED}
    doubtful = [(where, found) for where, found in heads.items() if len(found) > 1 or where.subject in deleted]
    for where, found in sorted(doubtful):  # few of many thousands
        against = deleted.get(where.subject, ()) if where.name != DELETED else ()
        if is_clash(found) or against:
            yield Clash(subject=where.subject, field=where.name, heads=(*found, *against))


def _by_kind(subjects: dict[Subject, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for subject, fields in subjects.items():
        found[subject.kind][subject.id] = fields
    return found


def _all(kind: type[T], subjects: dict[str, dict[str, Any]]) -> tuple[T, ...]:
    """Read all subjects of a kind, in the order in which they were made (ids grow with time)."""
    return tuple(_known(kind, fields, id=i) for i, fields in sorted(subjects.items()))


def _subjects(heads: Heads) -> dict[Subject, dict[str, Any]]:
    """Gather values by subject; a deleted subject shows only if someone went on working on it meanwhile."""
    subjects: dict[Subject, dict[str, Any]] = {}
    for where, found in heads.items():
        if where.name != DELETED:
            subjects.setdefault(where.subject, {})[where.name] = found[-1].value
    return subjects


def _known(kind: type[T], fields: dict[str, Any], **more: Any) -> T:
    """Make a value from the fields it knows; fields of a newer version are left in the journal."""
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items() if name in names}
    return kind(**plain, **more)


def _corrected(evidence: dict[Digest, Evidence], cameras: tuple[photos.CameraClock, ...]) -> dict[Digest, Evidence]:
    """Put the times of known cameras right, beside what they say themselves."""
    clocks = {camera.id: camera for camera in cameras}
    return {
        digest: replace(one, corrected_at=photos.true_moment(clocks[one.captured["device"]], one.captured["at"]))
        if one.captured.get("device") in clocks and one.captured.get("at")
        else one
        for digest, one in evidence.items()
    }


def _read_evidence(items: dict[str, dict[str, Any]], intakes: dict[str, dict[str, Any]], authors: dict[str, str]) -> dict[Digest, Evidence]:
    first: dict[str, dict[str, Any]] = {}
    for intake_id, fields in sorted(intakes.items()):
        first.setdefault(fields["what"]["evidence"], fields["what"] | {"by": authors[intake_id]})
    evidence: dict[Digest, Evidence] = {}
    for digest, fields in items.items():
        intake = first.get(digest)
        if intake is not None and "original" in fields:
            evidence[Digest(digest)] = _one_evidence(Digest(digest), fields, intake)
    return evidence


def _one_evidence(digest: Digest, fields: dict[str, Any], intake: dict[str, Any]) -> Evidence:
    return Evidence(
        digest=digest,
        name=intake["name"],
        size=fields["original"]["size"],
        media_type=fields["original"]["media_type"],
        captured=fields["original"]["captured"],
        taken_in_at=intake["at"],
        taken_in_offset=intake["offset"],
        lost=tuple(intake.get("lost", ())),
        taken_in_by=intake["by"],
        **{name: fields.get(name, "") for name in SAID_OF_EVIDENCE},
    )


def _read_links(links: dict[str, dict[str, Any]]) -> Iterable[Link]:
    for link, fields in sorted(links.items()):
        digest, _, target = link.partition("/")
        kind, _, name = target.partition("/")
        if fields.get("stance") in stances_of(kind):
            yield Link(evidence=Digest(digest), target=Subject(kind, name), stance=fields["stance"], settled=fields.get("settled", ""))
