"""What checking does with the workspace: taking whom the office trusts from it, then the long part beside it. Signing loads slowly."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.workflows.answers import NO, YES
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.ui.screens.verification.view_state import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be checked: a file or folder, or a kept report (`data`), perhaps against a bundle; and whom to trust."""

    name: str
    trust: Any
    path: Path | None = None
    data: bytes = b""
    bundle: Path | None = None


def plan_file(workspace: Workspace, path: Path, bundle: Path | None = None) -> Wanted:
    """Make ready to check a PDF or a bundle."""
    return Wanted(name=path.name, trust=_trust(workspace), path=path, bundle=bundle)


def plan_report(workspace: Workspace, visit: VisitId, report: str) -> Wanted:
    """Make ready to check a kept report; it is opened in memory."""
    from auditor_app.ui.screens.report.on_lane import load  # noqa: PLC0415
    from auditor_app.workflows.reports import list_reports, report_bytes  # noqa: PLC0415

    line = next(one for one in load(workspace, visit)[1] if one.id == report)
    kept = next(one for one in list_reports(workspace, visit) if one.id == report)
    return Wanted(name=f"{line.title} · {line.facts}", trust=_trust(workspace), data=report_bytes(workspace, kept))


def carry_out(wanted: Wanted, progress: Progress) -> "Result":
    """Check it, on a worker."""
    from auditor_app.ui.screens.verification.view_state import result_of  # noqa: PLC0415
    from auditor_app.workflows.verifying import verify, verify_report  # noqa: PLC0415

    progress("checking_signatures", 0, 0)
    if wanted.path is None:
        return result_of(wanted.name, verify_report(wanted.data, wanted.name, wanted.trust))
    found = verify(wanted.path, wanted.trust, progress, bundle=wanted.bundle)
    if found.pdf is None and _is_sealed_to_others({one.question: one.answer for one in found.answers}):
        from auditor_app.workflows.verifying import Trust, verify_bundle  # noqa: PLC0415

        found = verify_bundle(wanted.path, Trust(at=wanted.trust.at, profile=wanted.trust.profile), progress)
    return result_of(wanted.name, found)


def give(_workspace: Workspace, _wanted: Wanted, result: "Result | None") -> "Result | None":
    """Give what was found back; nothing is noted in the workspace."""
    return result


def _is_sealed_to_others(answers: dict[str, str]) -> bool:
    """Say whether a record does not open although every byte is as it was signed: then it was never meant for our key."""
    return answers.get("bag_intact") == answers.get("signature_valid") == YES and answers.get("record_opens") == NO


def _trust(workspace: Workspace) -> Any:
    from auditor_app.workflows.identity import office_profile  # noqa: PLC0415
    from auditor_app.workflows.verifying import Trust  # noqa: PLC0415

    try:
        profile = office_profile(workspace)
    except NotAllowed:
        profile = None  # trust is then answered "not checked", with what to do about it
    return Trust(at=workspace.clock.now(), profile=profile, secret=workspace.secret)
