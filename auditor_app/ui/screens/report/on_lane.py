"""What the report screen does with the workspace, on the lane. Signing and laying out load slowly, so they load here when first wanted."""

from pathlib import Path

from auditor_app.disk import disk_errors, write_file
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.ui.screens.report.view_state import ReportLine, SignerLine
from auditor_app.workflows.report_places import Place
from auditor_app.workspace import Workspace

MAX_LETTER = 1 << 20


def load(workspace: Workspace, visit: VisitId) -> tuple[SignerLine | None, tuple[ReportLine, ...]]:
    """Tell who signs, and list the reports of a visit, newest first."""
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415

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
    return _signer(workspace), reports


def _signer(workspace: Workspace) -> SignerLine | None:
    from auditor_app.workflows.identity import own_signer, refusal, signer  # noqa: PLC0415

    found = signer(workspace)
    if found is None:
        return None
    refused = refusal(workspace)
    names = ("name", "organisation", "office", "fingerprint", "valid_until", "valid_since", "issuer", "card", "is_own")
    return SignerLine(
        **{name: getattr(found, name) for name in names},
        has_office_key=own_signer(workspace) is not None,
        days_left=(found.valid_until - workspace.clock.now()).days,
        refusal=refused.code if refused else "",
    )


def make(workspace: Workspace, visit: VisitId, how: tuple[str, str, str, bool], pin: str | None, progress: Progress) -> str:
    """Make a document of a kind in a language, with photos of a quality, signed (a card's `pin` is used once) or not; gives its id."""
    from auditor_app.workflows.reports import make_report  # noqa: PLC0415

    kind, language, photos, sign = how
    return make_report(workspace, visit, kind=kind, language=language, photos=photos, sign=sign, pin=pin, progress=progress).id


def open_report(workspace: Workspace, visit: VisitId, report: str) -> tuple[bytes, list[Place]]:
    """Open a kept report in memory, with what each part of its pages is about."""
    from auditor_app.workflows.reports import list_reports, report_bytes, report_places  # noqa: PLC0415

    found = next(one for one in list_reports(workspace, visit) if one.id == report)
    return report_bytes(workspace, found), report_places(workspace, found)


def export(workspace: Workspace, visit: VisitId, report: str, target: Path) -> None:
    """Write a kept report to a file."""
    from auditor_app.workflows.reports import export_report, list_reports  # noqa: PLC0415

    export_report(workspace, next(one for one in list_reports(workspace, visit) if one.id == report), target)


def save_request(workspace: Workspace, target: Path, pin: str | None) -> None:
    """Write the file that asks the office for a certificate, or introduces a key of one's own (a card signs it with its `pin`)."""
    from auditor_app.workflows.identity import enrolment_request  # noqa: PLC0415

    write_file(target, enrolment_request(workspace, pin=pin))


def take_answer(workspace: Workspace, source: Path) -> bool:
    """Take the office's answer in from a file, or its profile alone; says whether somebody can sign then."""
    from auditor_app.workflows.identity import import_letter, signer  # noqa: PLC0415

    with disk_errors(source), source.open("rb") as stream:
        data = stream.read(MAX_LETTER)
    import_letter(workspace, data)
    return signer(workspace) is not None
