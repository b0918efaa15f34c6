"""From a verified record to the rows of the register: pure. Nothing of interviews, and no file names, which may name a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from auditor_app.bundle.record import EvidenceLine, Record
from auditor_app.clock import parse_moment
from auditor_app.domain.findings import Finding
from auditor_app.domain.journal import chain_heads
from auditor_app.domain.office import Receipt
from auditor_app.domain.visit import VisitState
from auditor_app.form_engine.definition import Form
from auditor_app.register.register import Reception

SAID_OF_SITE = ("site", "company", "country", "location", "site_type", "kind", "form", "state")
SAID_OF_FINDING = (
    *("criterion", "title", "grade", "statement", "objective_evidence", "requirement", "position", "site_reply", "state"),
    "closed_because",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A bundle that was verified and receipted; `form` is None where its form is not at hand, then keys stand for labels."""

    receipt: Receipt
    letter: bytes
    record: Record
    visit: VisitState
    auditor_name: str
    form: Form | None


def reception(accepted: Accepted) -> Reception:
    """Turn a received bundle into rows, its receipt included."""
    receipt, visit = accepted.receipt, accepted.visit
    of_bundle, of_visit = {"bundle": receipt.bundle}, {"visit": receipt.visit}
    head = {**of_bundle, **of_visit, "auditor": receipt.auditor, "auditor_name": accepted.auditor_name, "received_at": receipt.received_at}
    return Reception(
        bundle=receipt.bundle,
        visit=receipt.visit,
        rows={
            "bundle": [{**head, "entries": len(accepted.record.entries)}],
            "visit": [{**head, **_visit(accepted)}],
            "criterion": [{**of_visit, **row} for row in _criteria(visit, accepted.form)],
            "finding": [{**of_visit, **row} for row in _findings(visit, accepted.form)],
            "improvement_item": [{**of_visit, **row} for row in _improvement_items(visit, accepted.form)],
            "evidence": [{**of_visit, **_evidence(one, visit)} for one in accepted.record.evidence],
            "file": [{**of_bundle, **msgspec.to_builtins(file)} for file in receipt.files],
            "chain": [{**of_bundle, **of_visit, **row} for row in _chains(accepted.record)],
            "receipt": [{**of_bundle, **of_visit, **_receipt(receipt, accepted.letter)}],
        },
        replies=tuple(_replies(visit)),
    )


def _visit(accepted: Accepted) -> dict[str, Any]:
    facts = accepted.visit.facts
    reported_at = min((one.made_at for one in accepted.record.reports if _moment(one.made_at)), default=None)
    left, reported = _day(facts.get("ends_on") or facts.get("starts_on")), _moment(reported_at)
    return {
        **{name: str(facts.get(name, "")) for name in SAID_OF_SITE},
        "form_digest": accepted.record.head.form_digest,
        **{name: _day(facts.get(name)) for name in ("starts_on", "ends_on")},
        "reported_at": reported_at,
        "days_to_report": (reported.date() - date.fromisoformat(left)).days if reported and left else None,
    }


def _criteria(visit: VisitState, form: Form | None) -> Iterator[dict[str, Any]]:
    for number, one in visit.criteria.items():
        known = form.criterion(number) if form else None
        scale = [level.key for level in form.rating.scale] if form else []
        level = form.level(one.rating) if form else None
        yield {
            "criterion": number,
            "form": str(visit.facts.get("form", "")),
            "name": known.name if known else "",
            "rating": one.rating,
            "rating_label": level.label if level else one.rating,
            "level": scale.index(one.rating) + 1 if level else None,
            "because": one.because,
            "departs": one.departs,
            "applies": one.applies,
        }


def _findings(visit: VisitState, form: Form | None) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(visit.findings, start=1):
        yield {
            **{name: getattr(one, name) for name in SAID_OF_FINDING},
            "finding": one.id,
            "number": number,
            "check_id": one.check,
            "grade_label": _grade(one, form),
            "nature": _nature(one, form),
            "systemic": int(one.systemic),
            "closed_on": _day(one.closed_on),
        }


def _improvement_items(visit: VisitState, form: Form | None) -> Iterator[dict[str, Any]]:
    for one in visit.findings:
        if _nature(one, form) != "good_practice":
            yield {
                **{name: getattr(one, name) for name in ("criterion", "title", "action", "owner", "state")},
                "finding": one.id,
                "grade_label": _grade(one, form),
                "due": _day(one.due),
                "closed_on": _day(one.closed_on),
            }


def _grade(finding: Finding, form: Form | None) -> str:
    known = form.grade(finding.grade) if form else None
    return known.label if known else finding.grade


def _nature(finding: Finding, form: Form | None) -> str:
    known = form.grade(finding.grade) if form else None
    return known.nature if known else "gap"


def _replies(visit: VisitState) -> Iterator[dict[str, Any]]:
    for one in visit.questions:
        yield {
            "question": one.id,
            "reply": one.reply if one.is_answered else "",
            "replied_by": visit.auditors.get(one.replied_by, ""),
            "replied_at": one.replied_at if _moment(one.replied_at) else None,
        }


def _evidence(line: EvidenceLine, visit: VisitState) -> dict[str, Any]:
    known = visit.evidence[line.original]
    return {
        "original": line.original,
        "sealed": line.sealed,
        "size": line.size,
        "media_type": known.media_type,
        "captured_at": str(known.captured.get("at", "")),
        "happened_at": known.happened_at,
        "taken_in_at": known.taken_in_at if _moment(known.taken_in_at) else None,
        "is_copy": int(bool(known.derived_from)),
    }


def _chains(record: Record) -> Iterator[dict[str, Any]]:
    for device, (last, digest) in chain_heads(record.entries).items():
        yield {"device": device, "sequence": last, "digest": digest}


def _receipt(receipt: Receipt, letter: bytes) -> Mapping[str, Any]:
    size = sum(file.size for file in receipt.files)
    return {"made_at": receipt.received_at, "files": len(receipt.files), "size": size, "letter": letter}


def _day(text: object) -> str | None:
    """Give a day as 2026-11-19, or None for anything else, which a bundle from outside may have."""
    try:
        return date.fromisoformat(str(text or "")).isoformat()
    except ValueError:
        return None


def _moment(text: str | None) -> datetime | None:
    try:
        return parse_moment(text or "")
    except ValueError:
        return None
