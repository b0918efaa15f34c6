"""Reports: made from the visit, checked as PDF/A, signed on the spot, kept sealed, exported."""

import io
from datetime import datetime
from pathlib import Path

from auditor_app.clock import moment_text, offset_text
from auditor_app.digests import sha256_of
from auditor_app.disk import write_file
from auditor_app.domain.journal import chain_heads
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.install_paths import resources
from auditor_app.progress import Progress, silent
from auditor_app.reporting.findings_report import MadeReport, make_findings_report
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_signature import check_pdf, sign_pdf
from auditor_app.store.journal import entries_of_visit
from auditor_app.store.records import ReportRecord, Sealed, add_report, add_sealed, reports, thumbnail
from auditor_app.translation import _
from auditor_app.translation import language as speaking
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.identity import Signer, office_profile, signer, signing_identity
from auditor_app.workflows.report_content import findings_content
from auditor_app.workflows.visits import open_visit
from auditor_app.workflows.wording import moment_words
from auditor_app.workspace import Workspace

KINDS = ("findings",)
MAX_REPORT = 1 << 30
FONTS = ("NotoSans-Regular.ttf", "NotoSansSC-Regular.ttf")


def make_report(
    workspace: Workspace,
    visit: VisitId,
    *,
    kind: str = "findings",
    language: str = "en",
    sign: bool = False,
    progress: Progress = silent,
) -> ReportRecord:
    """Make a report, sign it if asked, check the result with a second reader, and keep it sealed in the vault.

    Raises NotAllowed when it cannot be printed or signed (missing glyphs, no certificate, expired). Nothing is kept then.
    """
    if kind not in KINDS:
        raise NotAllowed("choice_unknown", field="kind", value=kind, choices=", ".join(KINDS))
    now, report_id = workspace.clock.now(), new_id(workspace.clock)
    if sign:
        signing_identity(workspace)  # refuse before the work, not after it
    made = _made(workspace, visit, report_id, now, language, progress)
    pdf = _signed(workspace, made, now, language, progress) if sign else made.pdf
    record = ReportRecord(
        id=report_id,
        visit=visit,
        kind=kind,
        language=language,
        made_at=moment_text(now),
        digest=sha256_of(pdf),
        signed=sign,
        details={"pages": made.pages, "size": len(pdf)},
    )
    return _keep(workspace, record, pdf)


def list_reports(workspace: Workspace, visit: VisitId) -> list[ReportRecord]:
    """List the reports of a visit, newest first."""
    return reports(workspace.db, visit)


def report_bytes(workspace: Workspace, report: ReportRecord) -> bytes:
    """Open a kept report. Raises Corrupted when it is not what was kept."""
    return original_bytes(workspace, report.digest, limit=MAX_REPORT)


def export_report(workspace: Workspace, report: ReportRecord, target: Path) -> None:
    """Write a kept report to a file, in place of an older one of that name."""
    write_file(target, report_bytes(workspace, report))


def _made(workspace: Workspace, visit: VisitId, report_id: str, now: datetime, code: str, progress: Progress) -> MadeReport:
    opened, who = open_visit(workspace, visit), signer(workspace)
    heads = {str(device): str(digest) for device, (_last, digest) in chain_heads(entries_of_visit(workspace.db, visit)).items()}
    with speaking(code):
        content = findings_content(
            opened,
            report_id=report_id,
            made_at=now,
            lead=who.name if who else workspace.me.name,
            heads=heads,
            thumbnails=lambda digest: thumbnail(workspace.db, digest),
        )
        return make_findings_report(content, progress)


def _signed(workspace: Workspace, made: MadeReport, now: datetime, code: str, progress: Progress) -> bytes:
    progress("signing", 0, 1)
    who, profile = signer(workspace), office_profile(workspace)
    left, bottom, right, top = (round(edge) for edge in made.signature_box)
    with speaking(code):
        appearance = Appearance(
            page=made.signature_page,
            box=(left, bottom, right, top),
            caption=_("Signed by the lead auditor"),
            lines=_signature_lines(who, now) if who else (),
            fonts=tuple(resources() / "fonts" / name for name in FONTS),
        )
    pdf = sign_pdf(made.pdf, signing_identity(workspace), appearance, now)
    found = check_pdf(pdf, [profile.authority.encode()], now, purpose="auditor")
    verdicts = (found.intact, found.valid, found.trusted, found.covers_whole_file, found.unchanged_since)
    if wrong := [verdict.reason or "" for verdict in verdicts if not verdict.holds]:
        raise Corrupted("signature_not_verified", reason=", ".join(wrong))
    return pdf


def _signature_lines(who: Signer, now: datetime) -> tuple[str, ...]:
    certificate = _("Certificate of {office}").format(office=who.office)
    lines = (who.name, who.organisation, moment_words(moment_text(now), offset_text(now)), certificate)
    return tuple(line for line in lines if line)


def _keep(workspace: Workspace, record: ReportRecord, pdf: bytes) -> ReportRecord:
    recipients = tuple(workspace.recipients())
    made = workspace.vault.seal(io.BytesIO(pdf), recipients)
    sealed = Sealed(original=made.original, sealed=made.sealed, size=made.size, sealed_size=made.sealed_size, recipients=recipients)
    with workspace.transaction() as db:
        add_sealed(db, sealed)
        add_report(db, record)
    return record
