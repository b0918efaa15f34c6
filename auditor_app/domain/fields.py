"""Every field that an entry may set, with the form of its value: one table for what we write and what we accept from outside."""

from typing import Annotated, Any

import msgspec

from auditor_app.domain.closing import ATTENDEE, CLOSING
from auditor_app.domain.earlier import EARLIER
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import DELETED, Entry
from auditor_app.domain.photos import CAMERA, OBJECTION, REVIEW, SHOWN
from auditor_app.domain.planning import AREA, DAY, DOCUMENT, QUOTA, TODO, TRAITS, WORKFORCE
from auditor_app.domain.reviews import QUESTION
from auditor_app.domain.reviews import REVIEW as OFFICE_REVIEW
from auditor_app.domain.visit import AUDITOR, CHECK, CRITERION, EVIDENCE, FINDING, INTAKE, LIMIT, LINK, OFFICE, VISIT
from auditor_app.errors import Corrupted
from auditor_app.plain_text import LONGEST_LINE, LONGEST_TEXT

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Line = Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]
Names = list[Line]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]  # "$" would let a line end through


PROFILE = (
    "owner",
    "aliases",
    "public_ids",
    "address",
    "languages",
    "lifecycle",
    "products",
    "inputs",
    "processes_in",
    "processes_out",
    "associated_facilities",
    "communities",
    "indigenous_peoples",
    "protected_areas",
    "tailings",
    "security",
    "certificates",
    "previous_results",
    "period",
)
"""The site profile beside the few facts that every visit needs."""


class Captured(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the camera wrote into the file: its own clock, place in millionths of a degree, device, and what is missing.

    Of a PDF the number of pages, and whether it is a scan: pictures of pages, without any text.
    """

    at: Line = ""
    offset: Line = ""
    latitude: int | None = None
    longitude: int | None = None
    device: Line = ""
    width: int = 0
    height: int = 0
    pages: int = 0
    scan: bool = False


class Original(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is told by the bytes alone, so that it is the same on every laptop."""

    size: int
    media_type: Line
    captured: Captured


class Intake(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One taking-in: which evidence, under which file name, when by this device's clock."""

    evidence: Sha256
    name: Line
    at: Line
    offset: Line
    lost: tuple[Line, ...] = ()


class Earlier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How an earlier visit rated a criterion (see `earlier.EarlierRating`)."""

    criterion: Line
    name: Line = ""
    rating: Line = ""
    label: Line = ""
    because: Text = ""


class EarlierVisit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The visit before: its id where the office has it, its form and kind in words, and its last day."""

    visit: Line = ""
    form: Line = ""
    title: Line = ""
    kind: Line = ""
    day: Line = ""


FIELDS: dict[str, dict[str, Any]] = {
    VISIT: {
        **dict.fromkeys(
            ("site", "company", "country", "location", "site_type", "kind", "form", "starts_on", "ends_on", "office", "state"), Line
        ),
        **dict.fromkeys(("metals", "scope", "exclusions", "team", "note", *PROFILE), Text),
        "form_digest": Sha256,
        "photo_review": Line,
        "assignment": dict[str, str],
        "earlier": EarlierVisit,
    },
    CRITERION: {
        **dict.fromkeys(("rating", "assigned", "applies", "site_rating"), Line),
        **dict.fromkeys(("because", "departs", "applies_because", "site_says"), Text),
        "earlier": Annotated[list[Earlier], msgspec.Meta(max_length=100)],
    },
    CHECK: {**dict.fromkeys(("answer", "site_answer"), Line), **dict.fromkeys(("note", "site_says"), Text)},
    EVIDENCE: {
        "original": Original,
        "caption": Text,
        "derived_from": Sha256,
        **dict.fromkeys(("happened_at", "provided_by", "derived_by", "area"), Line),
    },
    INTAKE: {"what": Intake},
    LINK: {"stance": Line, "settled": Text},
    FINDING: {
        **dict.fromkeys(("criterion", "check", "title", "grade", "owner", "due", "position", "state", "closed_on"), Line),
        **dict.fromkeys(("statement", "objective_evidence", "requirement", "action", "site_reply", "closed_because"), Text),
        "systemic": bool,
    },
    LIMIT: {"what": Text, "why": Text, "criteria": Names},
    AUDITOR: dict.fromkeys(("name", "organisation"), Line),
    OFFICE: {"name": Line},
    EARLIER: {
        **dict.fromkeys(("was", "title", "grade", "owner", "due", "state", "closed_on"), Line),
        **dict.fromkeys(("statement", "action"), Text),
        "criteria": Names,
    },
    AREA: {**dict.fromkeys(("name", "walked_on", "walked_by"), Line), "why": Text, "note": Text, "criteria": Names},
    DOCUMENT: {**dict.fromkeys(("title", "asked_of", "asked_on", "state", "received_on"), Line), "note": Text, "criteria": Names},
    QUOTA: {**dict.fromkeys(("group", *TRAITS), Line), "planned": Count, "note": Text},
    DAY: {"date": Line, "plan": Text},
    WORKFORCE: {"group": Line, "people": Count, "note": Text},
    TODO: {"text": Text, **dict.fromkeys(("day", "about"), Line), "done": bool},
    INTERVIEW: {
        **dict.fromkeys(("form", "quota", "group", *TRAITS, "interpreter", "consent", "held_at", "place"), Line),
        "people": Count,
        "minutes": Count,
        "summary": Text,
        "criteria": Names,
    },
    QUOTE: {
        **dict.fromkeys(("interview", "stance"), Line),
        **dict.fromkeys(("original", "interpreted", "settled"), Text),
        "criteria": Names,
    },
    CAMERA: {"offset_seconds": int, **dict.fromkeys(("utc_offset", "evidence", "learnt_at"), Line)},
    REVIEW: {"held_at": Line, "present": Line, "note": Text},
    SHOWN: {"said": Line},
    OBJECTION: {**dict.fromkeys(("review", "evidence", "by", "decision", "instead"), Line), "why": Text, "because": Text},
    CLOSING: {**dict.fromkeys(("held_at", "place", "frozen_at", "ended_at"), Line), "note": Text, "frozen": dict[Line, Sha256]},
    EQUIVALENCE: {
        **dict.fromkeys(("system", "version", "number", "issuer", "accreditation", "issued", "expires", "audited", "decision"), Line),
        **dict.fromkeys(("scope", "nonconformities", "checks", "because"), Text),
        "criteria": Names,
    },
    OFFICE_REVIEW: {
        **dict.fromkeys(("office", "by", "made_at", "decision"), Line),
        "bundle": Sha256,
        "round": Count,
        "words": Text,
        "heads": dict[Line, Sha256],
    },
    QUESTION: {
        **dict.fromkeys(("review", "about", "subject", "asked_by", "asked_at"), Line),
        "round": Count,
        **dict.fromkeys(("text", "reply"), Text),
    },
    ATTENDEE: {**dict.fromkeys(("name", "role", "organisation", "side"), Line), "opening": bool, "closing": bool},
}


def check_value(entry: Entry) -> None:
    """Demand that an entry sets a known field to a value of its form. Raises Corrupted naming the entry and the place in the value."""
    known = FIELDS.get(entry.subject_kind)
    if known is None or (entry.field not in known and entry.field != DELETED):
        raise Corrupted("entry_field_unknown", entry=entry.id, field=f"{entry.subject_kind}.{entry.field}")
    try:
        msgspec.convert(entry.value, known.get(entry.field, bool))
    except msgspec.ValidationError as error:
        raise Corrupted("entry_value_wrong", entry=entry.id, field=f"{entry.subject_kind}.{entry.field}", detail=str(error)) from error
