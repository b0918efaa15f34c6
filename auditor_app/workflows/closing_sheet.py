"""The preliminary findings sheet: made and signed at the closing meeting, acknowledged by the site, and checked again."""

from dataclasses import dataclass

import msgspec

from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId
from auditor_app.progress import Progress, silent
from auditor_app.signing.pdf_appearance import Stroke
from auditor_app.store.records import ReportRecord
from auditor_app.workflows.acknowledging import Representative, acknowledge, own_certificate
from auditor_app.workflows.identity import office_profile
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from auditor_app.workflows.verifying import Trust, Verification, verify_report
from auditor_app.workspace import Workspace

MOST_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The latest preliminary sheet that the lead auditor signed, and the same as acknowledged by the site, once it is."""

    signed: ReportRecord
    acknowledged: ReportRecord | None = None

    @property
    def latest(self) -> ReportRecord:
        """Give what there is."""
        return self.acknowledged or self.signed


def make_sheet(
    workspace: Workspace, visit: VisitId, *, language: str = "en", pin: str | None = None, progress: Progress = silent
) -> ReportRecord:
    """Make the preliminary findings sheet and sign it. Raises like `make_report`."""
    return make_report(workspace, visit, language=language, sign=True, pin=pin, preliminary=True, progress=progress)


def find_sheet(workspace: Workspace, visit: VisitId) -> Sheet | None:
    """Find the latest signed sheet of a visit, and its acknowledgement."""
    sheets = [one for one in list_reports(workspace, visit) if one.signed and one.details.get("preliminary")]
    signed = next((one for one in sheets if "acknowledges" not in one.details), None)
    if signed is None:
        return None
    return Sheet(signed=signed, acknowledged=next((one for one in sheets if one.details.get("acknowledges") == signed.id), None))


def acknowledge_sheet(
    workspace: Workspace, visit: VisitId, who: Representative, *, certificate: tuple[bytes, str] | None = None, pin: str | None = None
) -> ReportRecord:
    """Let the site's representative acknowledge the latest sheet: drawn, or with their own `certificate` (PKCS#12 and password).

    Neither file nor password is kept. Raises NotAllowed("sheet_missing") before it is made and signed, and what `acknowledge` and
    `own_certificate` raise.
    """
    sheet = find_sheet(workspace, visit)
    if sheet is None:
        raise NotAllowed("sheet_missing")
    own = own_certificate(*certificate, workspace.clock.now()) if certificate else None
    return acknowledge(workspace, sheet.latest, who, own=own, pin=pin)


def check_sheet(workspace: Workspace, report: ReportRecord) -> Verification:
    """Verify a kept sheet as its receiver would: question by question, with every signature that is in it."""
    trust = Trust(at=workspace.clock.now(), profile=office_profile(workspace))
    return verify_report(report_bytes(workspace, report), report.id, trust)


def read_drawing(data: bytes) -> tuple[Stroke, ...]:
    """Read a drawn signature: a JSON list of strokes, each a list of points [right, down, pressure]. Raises NotAllowed."""
    try:
        if len(data) > MOST_BYTES:
            raise msgspec.ValidationError("too long")
        return msgspec.json.decode(data, type=tuple[tuple[tuple[float, float, float], ...], ...])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotAllowed("value_wrong", field="drawing", detail=str(error)) from error
