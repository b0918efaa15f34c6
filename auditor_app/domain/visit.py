"""A visit as it stands: the typed reading of the journal's heads.

Each `read_…` takes heads and gives frozen values. A field in clash shows its latest head (by id) and is listed among the clashes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from auditor_app.domain.journal import DELETED, Entry, Heads, Subject, is_clash
from auditor_app.ids import Digest, VisitId

VISIT, CHECK, CRITERION, EVIDENCE, INTAKE, LINK, FINDING, LIMIT, AUDITOR = (
    "visit",
    "check",
    "criterion",
    "evidence",
    "intake",
    "link",
    "finding",
    "limit",
    "auditor",
)

T = TypeVar("T")

STANCES = ("supports", "contradicts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that two people set differently without seeing each other's value; both are kept until someone chooses."""

    subject: Subject
    field: str
    heads: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """The proposed rating of a criterion (key of the form's scale) and the reason for it."""

    rating: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """The answer to one check (key of the form's answers) and its note."""

    answer: str = ""
    note: str = ""


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

    @property
    def title(self) -> str:
        """Give the words that a person knows it by."""
        return self.caption or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Evidence that supports or contradicts what is said of a criterion, a check or a finding."""

    evidence: Digest
    target: Subject
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding as raised; texts are the auditor's, keys are the form's.

    One that was deleted while another went on with it has only what the other wrote, perhaps no criterion, until someone chooses.
    """

    id: str
    criterion: str = ""
    title: str = ""
    statement: str = ""
    objective_evidence: str = ""
    requirement: str = ""
    grade: str = ""
    systemic: bool = False
    action: str = ""
    owner: str = ""
    due: str = ""
    site_reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What was not seen, why, and which criteria it touches."""

    id: str
    what: str = ""
    why: str = ""
    criteria: tuple[str, ...] = ()


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

    def links_to(self, target: Subject) -> tuple[Link, ...]:
        """List the links of evidence to one criterion, check or finding."""
        return tuple(link for link in self.links if link.target == target)


def link_id(evidence: Digest, target: Subject) -> str:
    """Name a link so that two laptops that link the same things name it alike."""
    return f"{evidence}/{target.kind}/{target.id}"


def read_visit(visit: VisitId, heads: Heads) -> VisitState:
    """Read a whole visit from its heads."""
    subjects = _subjects(heads)
    of = {kind: {s.id: fields for s, fields in subjects.items() if s.kind == kind} for kind in _kinds(subjects)}
    return VisitState(
        id=visit,
        facts=of[VISIT].get(visit, {}),
        criteria={i: _known(CriterionState, fields) for i, fields in of[CRITERION].items()},
        checks={i: _known(CheckState, fields) for i, fields in of[CHECK].items()},
        evidence=_read_evidence(of[EVIDENCE], of[INTAKE]),
        links=tuple(_read_links(of[LINK])),
        findings=tuple(_known(Finding, fields, id=i) for i, fields in sorted(of[FINDING].items())),
        limits=tuple(_known(Limit, {**f, "criteria": tuple(f.get("criteria", ()))}, id=i) for i, f in sorted(of[LIMIT].items())),
        auditors={i: str(fields.get("name", "")) for i, fields in of[AUDITOR].items()},
        clashes=tuple(read_clashes(heads)),
    )


def read_clashes(heads: Heads) -> Iterable[Clash]:
    """List the fields in clash, and deleted subjects on which someone went on working."""
    deleted = {where.subject: found for where, found in heads.items() if where.name == DELETED}
    for where, found in sorted(heads.items()):
        against = deleted.get(where.subject, ()) if where.name != DELETED else ()
        if is_clash(found) or against:
            yield Clash(subject=where.subject, field=where.name, heads=(*found, *against))


def _kinds(subjects: dict[Subject, dict[str, Any]]) -> set[str]:
    return {s.kind for s in subjects} | {VISIT, CHECK, CRITERION, EVIDENCE, INTAKE, LINK, FINDING, LIMIT, AUDITOR}


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
    return kind(**{name: value for name, value in fields.items() if name in names}, **more)


def _read_evidence(items: dict[str, dict[str, Any]], intakes: dict[str, dict[str, Any]]) -> dict[Digest, Evidence]:
    first: dict[str, dict[str, Any]] = {}
    for _intake_id, fields in sorted(intakes.items()):
        first.setdefault(fields["what"]["evidence"], fields["what"])
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
        caption=fields.get("caption", ""),
        happened_at=fields.get("happened_at", ""),
        provided_by=fields.get("provided_by", ""),
    )


def _read_links(links: dict[str, dict[str, Any]]) -> Iterable[Link]:
    for link, fields in sorted(links.items()):
        digest, _, target = link.partition("/")
        kind, _, name = target.partition("/")
        if fields.get("stance") in STANCES:
            yield Link(evidence=Digest(digest), target=Subject(kind, name), stance=fields["stance"])
