"""Reports: made from the visit, checked as PDF/A, signed on the spot, kept sealed, exported."""

import io
from datetime import datetime
from pathlib import Path

import msgspec

from auditor_app.clock import moment_text, offset_text
from auditor_app.digests import sha256_of
from auditor_app.disk import write_file
from auditor_app.errors import Corrupted
from auditor_app.ids import VisitId, new_id
from auditor_app.progress import Progress, silent
from auditor_app.reporting.fonts import files_for
from auditor_app.reporting.making import MadeReport
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import EmptyField, sign_pdf, signed_by, signed_digest
from auditor_app.store.records import ReportRecord, Sealed, add_places, add_report, add_sealed, places_of, reports
from auditor_app.translation import _, known_language
from auditor_app.translation import language as speaking
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.identity import Signer, office_profile, signer, signing_identity
from auditor_app.workflows.letters import trusted_by
from auditor_app.workflows.report_kinds import KINDS as KINDS
from auditor_app.workflows.report_kinds import check_asked
from auditor_app.workflows.report_making import Asked, make
from auditor_app.workflows.report_pictures import USUAL
from auditor_app.workflows.report_places import Place, spot_places
from auditor_app.workflows.visits import open_visit
from auditor_app.workflows.wording import moment_words
from auditor_app.workspace import Workspace

MAX_REPORT = 1 << 30


def make_report(  # noqa: PLR0913 - each is a choice of the person who makes it
    workspace: Workspace,
    visit: VisitId,
    *,
    kind: str = "findings",
    language: str = "en",
    sign: bool = False,
    pin: str | None = None,
    preliminary: bool = False,
    photos: str = USUAL,
    progress: Progress = silent,
) -> ReportRecord:
    """Make a report, sign it if asked (a smart card needs its `pin`), check it with a second reader, keep it sealed in the vault.

    A `preliminary` one is for the closing meeting: each of its pages says so. `photos` is one of PHOTO_QUALITIES.
    Raises NotAllowed when it cannot be printed or signed (missing glyphs, no certificate, expired). Nothing is kept then.
    """
    check_asked(kind, sign=sign, preliminary=preliminary)
    language = known_language(language)
    now = workspace.clock.now()
    asked = Asked(id=new_id(workspace.clock), visit=visit, kind=kind, language=language, photos=photos, at=now, preliminary=preliminary)
    if sign:
        signing_identity(workspace, pin=pin)  # refuse before the work, not after it
    made = make(workspace, asked, progress)
    pdf = _signed(workspace, made, (now, language, pin), progress) if sign else made.pdf
    record = ReportRecord(
        id=asked.id,
        visit=visit,
        kind=kind,
        language=language,
        made_at=moment_text(now),
        digest=sha256_of(pdf),
        signed=sign,
        details={
            "pages": made.pages,
            "size": len(pdf),
            **({"signed_digest": signed_digest(pdf), "signed_by": signed_by(pdf)} if sign else {}),
            **({"preliminary": True} if preliminary else {}),
        },
    )
    return keep_report(workspace, record, pdf, spot_places(open_visit(workspace, visit), made.spots))


def list_reports(workspace: Workspace, visit: VisitId) -> list[ReportRecord]:
    """List the reports of a visit, newest first."""
    return reports(workspace.db, visit)


def report_bytes(workspace: Workspace, report: ReportRecord) -> bytes:
    """Open a kept report. Raises Corrupted when it is not what was kept."""
    return original_bytes(workspace, report.digest, limit=MAX_REPORT)


def report_places(workspace: Workspace, report: ReportRecord) -> list[Place]:
    """Tell what each part of a report's pages is about; of an acknowledged one by the sheet that it was made from."""
    found = places_of(workspace.db, report.id) or places_of(workspace.db, str(report.details.get("acknowledges", "")))
    return [msgspec.convert(one, Place) for one in found]


def export_report(workspace: Workspace, report: ReportRecord, target: Path) -> None:
    """Write a kept report to a file, in place of an older one of that name."""
    write_file(target, report_bytes(workspace, report))


def _signed(workspace: Workspace, made: MadeReport, how: tuple[datetime, str, str | None], progress: Progress) -> bytes:
    now, code, pin = how
    progress("signing", 0, 1)
    who, profile = signer(workspace), office_profile(workspace)
    with speaking(code):
        for_site = [EmptyField(page=made.site_page, box=_whole(made.site_box), caption=_("For the site"))] if made.site_page >= 0 else []
        caption, lines = _("Signed by the lead auditor"), _signature_lines(who, now) if who else ()
        appearance = Appearance(
            page=made.signature_page,
            box=_whole(made.signature_box),
            caption=caption,
            lines=lines,
            fonts=files_for((caption, *lines)),
        )
    pdf = sign_pdf(made.pdf, signing_identity(workspace, pin=pin), appearance, now, prepared=for_site)
    found = check_pdf(pdf, trusted_by(profile), now, purpose="auditor")
    verdicts = (found.intact, found.valid, found.trusted, found.covers_whole_file, found.unchanged_since)
    if wrong := [verdict.reason or "" for verdict in verdicts if not verdict.holds]:
        raise Corrupted("signature_not_verified", reason=", ".join(wrong))
    return pdf


def _whole(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, bottom, right, top = (round(edge) for edge in box)
    return left, bottom, right, top


def _signature_lines(who: Signer, now: datetime) -> tuple[str, ...]:
    certificate = _("Certificate of {office}").format(office=who.office)
    lines = (who.name, who.organisation, moment_words(moment_text(now), offset_text(now)), certificate)
    return tuple(line for line in lines if line)


def keep_report(workspace: Workspace, record: ReportRecord, pdf: bytes, places: list[Place] | None = None) -> ReportRecord:
    """Keep a finished report sealed in the vault, and its record with what its pages are about."""
    recipients = tuple(workspace.recipients())
    made = workspace.vault.seal(io.BytesIO(pdf), recipients)
    sealed = Sealed(original=made.original, sealed=made.sealed, size=made.size, sealed_size=made.sealed_size, recipients=recipients)
    with workspace.transaction() as db:
        add_sealed(db, sealed)
        add_report(db, record)
        if places:
            add_places(db, record.id, msgspec.to_builtins(places))
    return record
