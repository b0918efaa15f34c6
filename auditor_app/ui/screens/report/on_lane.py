"""What the report screen does with the workspace, on the lane. Signing and laying out load slowly, so they load here when first wanted."""

from pathlib import Path

from auditor_app.disk import disk_errors, write_file
from auditor_app.ids import VisitId
from auditor_app.install_paths import resources
from auditor_app.progress import Progress
from auditor_app.ui.screens.report.view_state import ReportLine, SignerLine
from auditor_app.workspace import Workspace

MAX_LETTER = 1 << 20


def load(workspace: Workspace, visit: VisitId) -> tuple[SignerLine | None, tuple[ReportLine, ...]]:
    """Tell who signs, and list the reports of a visit, newest first."""
    from auditor_app.workflows.identity import signer  # noqa: PLC0415
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415

    found = signer(workspace)
    names = ("name", "organisation", "office", "fingerprint", "valid_until")
    line = SignerLine(**{name: getattr(found, name) for name in names}) if found else None
    reports = tuple(
        ReportLine(
            id=one.id,
            kind=one.kind,
            language=one.language,
            made_at=one.made_at,
            digest=one.digest,
            signed=one.signed,
            pages=one.details.get("pages", 0),
            size=one.details.get("size", 0),
        )
        for one in list_reports(workspace, visit)
    )
    return line, reports


def make(workspace: Workspace, visit: VisitId, language: str, sign: bool, progress: Progress) -> str:
    """Make a report; gives its id."""
    from auditor_app.workflows.reports import make_report  # noqa: PLC0415

    return make_report(workspace, visit, language=language, sign=sign, progress=progress).id


def open_report(workspace: Workspace, visit: VisitId, report: str) -> bytes:
    """Open a kept report in memory."""
    from auditor_app.workflows.reports import list_reports, report_bytes  # noqa: PLC0415

    return report_bytes(workspace, next(one for one in list_reports(workspace, visit) if one.id == report))


def export(workspace: Workspace, visit: VisitId, report: str, target: Path) -> None:
    """Write a kept report to a file."""
    from auditor_app.workflows.reports import export_report, list_reports  # noqa: PLC0415

    export_report(workspace, next(one for one in list_reports(workspace, visit) if one.id == report), target)


def save_request(workspace: Workspace, target: Path) -> None:
    """Write the file that asks the office for a certificate."""
    from auditor_app.workflows.identity import enrolment_request  # noqa: PLC0415

    write_file(target, enrolment_request(workspace))


def take_answer(workspace: Workspace, source: Path) -> None:
    """Take the office's answer in from a file."""
    from auditor_app.workflows.identity import import_enrolment  # noqa: PLC0415

    with disk_errors(source), source.open("rb") as stream:
        data = stream.read(MAX_LETTER)
    import_enrolment(workspace, data)


def languages() -> tuple[str, ...]:
    """List the languages in which reports can be written: English, and those with a catalogue."""
    folder = resources() / "locale"
    codes = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/auditor_app.mo")) if folder.is_dir() else []
    return ("en", *(code for code in codes if code != "en"))
