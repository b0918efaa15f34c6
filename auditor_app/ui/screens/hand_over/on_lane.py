"""What the hand-over screen does with the workspace, on the lane. Signing and storage load slowly, so they load here when first wanted."""

from pathlib import Path
from typing import Any

from auditor_app.disk import disk_errors
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.ui.screens.hand_over.view_state import BundleLine, Standing
from auditor_app.workflows.custody import custody
from auditor_app.workspace import Workspace

MAX_LETTER = 64 << 20


def load(workspace: Workspace, visit: VisitId) -> Standing:
    """Tell how far the hand-over of a visit is."""
    from auditor_app.workflows.exchange import mailbox, releasable  # noqa: PLC0415
    from auditor_app.workflows.hand_over import hand_overs  # noqa: PLC0415
    from auditor_app.workflows.identity import signer  # noqa: PLC0415
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415

    place, held, known = mailbox(workspace), releasable(workspace, visit), custody(workspace, visit)
    own = [known[digest] for digest in workspace.visit(visit).evidence if digest in known]
    bundles = tuple(
        BundleLine(
            id=one.id,
            files=len(one.listing),
            size=sum(file["size"] for file in one.listing),
            made_at=one.made_at,
            sent_at=one.sent_at,
            received_at=one.received_at,
        )
        for one in hand_overs(workspace, visit)
    )
    return Standing(
        bundles=bundles,
        signer=signer(workspace) is not None,
        signed_report=any(report.signed for report in list_reports(workspace, visit)),
        url=place.url if place else "",
        user=place.user if place else "",
        releasable=sum(one.sealed in held and not one.released_at for one in own),
        released=sum(bool(one.released_at) for one in own),
    )


def make(workspace: Workspace, visit: VisitId, out: Path | None, progress: Progress) -> str:
    """Make a bundle, and a copy at `out` if asked; gives its id."""
    from auditor_app.workflows.hand_over import make_bundle  # noqa: PLC0415

    return make_bundle(workspace, visit, out=out, progress=progress).id


def name_mailbox(workspace: Workspace, url: str, user: str, password: str) -> None:
    """Say where bundles go, after seeing that it is there."""
    from auditor_app.workflows.exchange import set_mailbox  # noqa: PLC0415

    set_mailbox(workspace, url, user, password)


def plan_sending(workspace: Workspace, bundle: str) -> Any:
    """Take from the workspace what sending a bundle needs."""
    from auditor_app.workflows import exchange  # noqa: PLC0415

    return exchange.plan_sending(workspace, bundle)


def carry_out(sending: Any, progress: Progress) -> Any:
    """Put a bundle into the mailbox, on a worker; what is there already is not sent again."""
    from auditor_app.workflows import exchange  # noqa: PLC0415

    return exchange.carry_out(sending, progress)


def note_sent(workspace: Workspace, sending: Any, result: Any) -> None:
    """Note that a bundle is in the mailbox, or how far it came."""
    from auditor_app.workflows import exchange  # noqa: PLC0415

    if result is None:
        exchange.note_cut(workspace, sending)
    else:
        exchange.note_sent(workspace, sending, result)


def look_for_receipts(workspace: Workspace, progress: Progress) -> int:
    """Fetch receipts; gives how many came."""
    from auditor_app.workflows.exchange import fetch_receipts  # noqa: PLC0415

    return len(fetch_receipts(workspace, progress))


def take_receipt(workspace: Workspace, source: Path) -> str:
    """Take a receipt in from a file; gives the office's name."""
    from auditor_app.workflows import exchange  # noqa: PLC0415

    with disk_errors(source), source.open("rb") as stream:
        letter = stream.read(MAX_LETTER)
    return exchange.take_receipt(workspace, letter, source.name).office


def release(workspace: Workspace, visit: VisitId) -> int:
    """Remove the originals that the office has signed for; gives how many."""
    from auditor_app.workflows import exchange  # noqa: PLC0415

    return exchange.release(workspace, visit)
