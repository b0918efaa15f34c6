"""The closing meeting's last act: the site's representative acknowledges the signed findings, by a drawn signature or with a certificate.

A drawn signature proves nothing by itself, so it is bound by a further signature under the auditor's own key, which says whose
drawing it is and how it came about. With a certificate of their own the representative signs, and may draw as well.
"""

from dataclasses import dataclass
from datetime import datetime

from auditor_app.clock import moment_text, offset_text
from auditor_app.digests import sha256_of
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import new_id
from auditor_app.reporting.fonts import files_for
from auditor_app.signing.keys import CanSign, certificate_facts, check_fits, read_pkcs12
from auditor_app.signing.pdf_appearance import Appearance, Stroke
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import ACKNOWLEDGEMENT, countersign_pdf, signed_digest
from auditor_app.store.records import ReportRecord
from auditor_app.translation import _
from auditor_app.translation import language as speaking
from auditor_app.workflows.identity import office_profile, signing_identity
from auditor_app.workflows.letters import trusted_by
from auditor_app.workflows.reports import keep_report, report_bytes
from auditor_app.workflows.wording import moment_words
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who acknowledges for the site: name and role, and the signature as drawn on the screen (see `Point`), which may be empty."""

    name: str
    role: str = ""
    strokes: tuple[Stroke, ...] = ()


def own_certificate(data: bytes, password: str, at: datetime) -> CanSign:
    """Open a representative's own key (PKCS#12) for one signature; nothing of it is kept.

    Raises NotAllowed `pkcs12_not_opened`, `key_not_accepted`, `certificate_expired`, `certificate_not_yet_valid` or
    `certificate_may_not_sign`; Corrupted `pkcs12_incomplete`.
    """
    identity = read_pkcs12(data, password)
    check_fits(identity, at)
    return identity


def acknowledge(
    workspace: Workspace, report: ReportRecord, who: Representative, *, own: CanSign | None = None, pin: str | None = None
) -> ReportRecord:
    """Let the site's representative acknowledge a signed report; the result is kept as a report of its own, the one before stays.

    Without a certificate (`own`) the drawn signature is bound with the auditor's key (a card needs its `pin`). Raises NotAllowed
    `text_missing`, `drawing_missing`, `pdf_not_signed_yet`, `signature_field_filled` or what signing refuses; nothing is kept then.
    """
    if not who.name.strip():
        raise NotAllowed("text_missing", place=_("Name"))
    if own is None and not who.strokes:
        raise NotAllowed("drawing_missing")
    now = workspace.clock.now()
    signer = own or signing_identity(workspace, pin=pin)
    before = report_bytes(workspace, report)
    with speaking(report.language):
        pdf = countersign_pdf(before, signer, _look(who, own, now), now, reason=_reason(who, own))
    _demand_both(workspace, before, pdf, now)
    made = ReportRecord(
        id=new_id(workspace.clock),
        visit=report.visit,
        kind=report.kind,
        language=report.language,
        made_at=moment_text(now),
        digest=sha256_of(pdf),
        signed=True,
        details={**report.details, "size": len(pdf), "acknowledges": report.id, "acknowledged_by": who.name},
    )
    return keep_report(workspace, made, pdf)


def _reason(who: Representative, own: CanSign | None) -> str:
    person = ", ".join(part for part in (who.name, who.role) if part)
    if own is not None:
        return _("Acknowledged by {person}. This confirms receipt, not agreement.").format(person=person)
    return _("Acknowledged by {person} by drawn signature on this screen. This confirms receipt, not agreement.").format(person=person)


def _look(who: Representative, own: CanSign | None, now: datetime) -> Appearance:
    how = _("Signed with their own certificate") if own else _("Drawn on the auditor's screen")
    holder = certificate_facts(own.certificate).name if own else ""
    caption = _("Acknowledged for the site")
    said = (who.name, who.role, moment_words(moment_text(now), offset_text(now)), how, holder if holder != who.name else "")
    lines = tuple(line for line in said if line)
    return Appearance(caption=caption, lines=lines, fonts=files_for((caption, *lines)), strokes=who.strokes)


def _demand_both(workspace: Workspace, before: bytes, pdf: bytes, now: datetime) -> None:
    """Read what was made again: the first signature must hold as before, and the second must hold too."""
    found = check_pdf(pdf, trusted_by(office_profile(workspace)), now, purpose="auditor")
    verdicts = (
        found.intact,
        found.valid,
        found.trusted,
        found.covers_whole_file,
        found.unchanged_since,
        *(one.valid for one in found.later),
    )
    wrong = [verdict.reason or "" for verdict in verdicts if not verdict.holds]
    if wrong or not found.later or found.signed_digest != signed_digest(before) or not pdf.startswith(before):
        raise Corrupted("signature_not_verified", reason=", ".join(wrong) or ACKNOWLEDGEMENT)
