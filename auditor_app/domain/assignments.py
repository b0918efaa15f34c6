"""The office's assignment of a visit to a team: the letter, what it may say, and its check. Pure.

What the office says of the visit is the beginning of the visit's journal: a chain of its own, under a device of its own. So every
laptop that opens the assignment has the very same entries, a changed assignment goes on in the same chain, and where an auditor has
said something else meanwhile, that is a clash like any other.
"""

from typing import Annotated, Literal

import msgspec

from auditor_app.domain.earlier import EARLIER
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.fields import FIELDS, Line, Sha256, check_value
from auditor_app.domain.journal import DELETED, Entry, chain_heads, check_replacements, fold, merge
from auditor_app.domain.planning import AREA, DAY, DOCUMENT
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, INTAKE, LINK, OFFICE, VISIT, VisitState, read_visit
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import AuditorId, DeviceId, Digest, VisitId
from auditor_app.plain_text import one_line

FORM: Literal["form"] = "form"
PIECE: Literal["document"] = "document"
MOST_ENTRIES, MOST_ATTACHMENTS, MOST_MEMBERS, MOST_CHANGES = 50_000, 1_000, 100, 10_000
LARGEST_ATTACHMENT = 256_000_000
"""Bytes of a document, and of its sealed form: it passes through memory."""

_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
_Size = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ATTACHMENT)]
_Digest = Annotated[Digest, Sha256.__metadata__[0]]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the letter: every key must be known."""


class Member(_Part, frozen=True, kw_only=True):
    """One of the team: the fingerprint of the certificate, the name in it, the age key to seal to, and the role."""

    auditor: Line
    name: Line
    recipient: Line
    role: Line = ""


class Attachment(_Part, frozen=True, kw_only=True):
    """A sealed file that belongs to the letter: the form, or a document that is to be evidence of the visit."""

    what: Literal["form", "document"]
    sealed: _Digest
    sealed_size: _Size
    original: _Digest
    size: _Size


class Assignment(_Part, frozen=True, kw_only=True, tag="auditor-app-assignment-1", tag_field="format"):
    """What the office hands to a team before a visit. Of one id the highest `version` counts; its `entries` begin with all before.

    `recipient` is the office's age key, to which the attachments are sealed beside the team's; `profile` is the office's signed
    profile as a letter, or empty.
    """

    id: _Id
    version: Annotated[int, msgspec.Meta(ge=1, le=MOST_CHANGES)]
    visit: Annotated[VisitId, _Id.__metadata__[0]]
    device: Annotated[DeviceId, _Id.__metadata__[0]]
    author: Annotated[AuditorId, _Id.__metadata__[0]]
    office: Line
    made_at: Line
    form: Line
    form_digest: _Digest
    recipient: Line
    team: Annotated[tuple[Member, ...], msgspec.Meta(min_length=1, max_length=MOST_MEMBERS)]
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=MOST_ENTRIES)]
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(max_length=MOST_ATTACHMENTS)]
    profile: str = ""

    @property
    def documents(self) -> tuple[Attachment, ...]:
        """Give the attachments that are to be evidence."""
        return tuple(one for one in self.attachments if one.what == PIECE)

    @property
    def form_file(self) -> Attachment:
        """Give the attachment that is the form. Raises Corrupted where it is missing."""
        found = [one for one in self.attachments if one.what == FORM and one.original == self.form_digest]
        if len(found) != 1:
            raise Corrupted("assignment_wrong", place="form")
        return found[0]


_OFFICES: dict[str, frozenset[str]] = {
    VISIT: frozenset(FIELDS[VISIT]),
    CRITERION: frozenset({"assigned", "applies", "applies_because", "site_rating", "site_says", "earlier"}),
    CHECK: frozenset({"site_answer", "site_says"}),
    EARLIER: frozenset(FIELDS[EARLIER]),
    EQUIVALENCE: frozenset(FIELDS[EQUIVALENCE]) - {"decision", "because"},
    DOCUMENT: frozenset(FIELDS[DOCUMENT]),
    AREA: frozenset({"name", "why", "note", "criteria"}),
    DAY: frozenset(FIELDS[DAY]),
    EVIDENCE: frozenset({"original", "caption", "provided_by", "happened_at"}),
    INTAKE: frozenset({"what"}),
    LINK: frozenset({"stance"}),
    OFFICE: frozenset({"name"}),
}
"""What an office may say of a visit: nothing that is for the auditors to judge."""


def check_assignment(assignment: Assignment) -> VisitState:
    """Demand that an assignment is whole and says only what an office may say; gives the visit as it begins. Raises Corrupted."""
    _check_entries(assignment)
    state = read_visit(assignment.visit, fold(assignment.entries))
    facts = state.facts
    if (facts.get("form"), facts.get("form_digest")) != (assignment.form, assignment.form_digest) or state.clashes:
        raise Corrupted("assignment_wrong", place="visit")
    _check_documents(assignment, state)
    return state


def goes_on(before: Assignment, after: Assignment) -> bool:
    """Say whether an assignment is a later version of another: the same visit, and everything that was said before."""
    same = (before.visit, before.device, before.author) == (after.visit, after.device, after.author)
    return same and after.version > before.version and after.entries[: len(before.entries)] == before.entries


def _check_entries(assignment: Assignment) -> None:
    entries = assignment.entries
    wanted = {(assignment.visit, assignment.device, assignment.author)}
    if {(one.visit, one.device, one.author) for one in entries} != wanted or len(merge(entries)) != len(entries):
        raise Corrupted("assignment_wrong", place="entries")
    chain_heads(entries)
    check_replacements(entries)
    for entry in entries:
        if entry.field not in {*_OFFICES.get(entry.subject_kind, ()), DELETED}:
            raise Corrupted("assignment_wrong", place=f"{entry.subject_kind}.{entry.field}")
        check_value(entry)


def _check_documents(assignment: Assignment, state: VisitState) -> None:
    """Demand that evidence is what is attached, under names that are names."""
    attached = {(one.original, one.size) for one in assignment.documents}
    digests = {one.original for one in assignment.attachments}
    if {(one.digest, one.size) for one in state.evidence.values()} != attached or len(digests) != len(assignment.attachments):
        raise Corrupted("assignment_wrong", place="documents")
    told = {where.subject.id for where in fold(assignment.entries) if where.subject.kind == EVIDENCE and where.name != DELETED}
    if (told | {link.evidence for link in state.links}) - set(state.evidence):
        raise Corrupted("assignment_wrong", place="documents")
    for one in state.evidence.values():
        if not is_plain_name(one.name):
            raise Corrupted("assignment_wrong", place="documents")


def is_plain_name(name: str) -> bool:
    """Say whether a text is the name of a file and nothing else: no path, no invisible characters."""
    try:
        plain = one_line(name, "name")
    except NotAllowed:
        return False
    return plain == name and bool(name.strip(". ")) and not set(name) & set("/\\")
