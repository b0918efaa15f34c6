"""From a verified record to the rows of the register: pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from auditor_app.bundle.record import Record
from auditor_app.domain.office import Receipt
from auditor_app.domain.visit import VisitState
from auditor_app.ids import DeviceId, Digest
from auditor_app.register.register import Reception


def reception(
    receipt: Receipt, letter: bytes, record: Record, visit: VisitState, auditor: str, chains: Mapping[DeviceId, tuple[int, Digest]]
) -> Reception:
    """Turn a received bundle into rows, its receipt included."""
    bundle = {"bundle": receipt.bundle}
    facts = {name: str(visit.facts.get(name, "")) for name in ("site", "company", "country", "kind", "form", "starts_on", "ends_on")}
    head: dict[str, Any] = {
        **bundle,
        **facts,
        "visit": receipt.visit,
        "form_digest": record.head.form_digest,
        "auditor": receipt.auditor,
        "auditor_name": auditor,
        "received_at": receipt.received_at,
        "entries": len(record.entries),
    }
    return Reception(
        bundle=receipt.bundle,
        rows={
            "bundles": [head],
            "ratings": [
                {**bundle, "criterion": number, "rating": one.rating, "because": one.because} for number, one in visit.criteria.items()
            ],
            "findings": [{**bundle, **_finding(one)} for one in visit.findings],
            "evidence": [{**bundle, **_evidence(one.original, one.sealed, one.size, visit)} for one in record.evidence],
            "files": [{**bundle, **msgspec.to_builtins(file)} for file in receipt.files],
            "chains": [
                {**bundle, "visit": receipt.visit, "device": device, "sequence": last, "digest": digest}
                for device, (last, digest) in chains.items()
            ],
            "receipts": [{**bundle, "letter": letter, "made_at": receipt.received_at}],
        },
    )


def _finding(finding: Any) -> dict[str, str]:
    names = ("criterion", "title", "grade", "statement", "action", "owner", "due")
    return {"finding": finding.id, **{name: getattr(finding, name) for name in names}}


def _evidence(original: Digest, sealed: Digest, size: int, visit: VisitState) -> dict[str, Any]:
    known = visit.evidence[original]
    return {"original": original, "sealed": sealed, "size": size, "name": known.name, "media_type": known.media_type}
