"""What the hand-over screen does with the workspace, on the lane. Signing and storage load slowly, so they load here when first wanted."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError
from auditor_app.ids import Digest, VisitId
from auditor_app.progress import Progress
from auditor_app.ui.screens.hand_over.view_state import BundleLine, ItemLine, Standing
from auditor_app.ui.screens.report.view_state import report_title
from auditor_app.workflows.custody import Custody, custody
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.office_mail import Fetched
    from auditor_app.workflows.sending_rules import SendingRules
    from auditor_app.workflows.stick import StickContent, StickCopy


def load(workspace: Workspace, visit: VisitId) -> Standing:
    """Tell how far the hand-over of a visit is."""
    from auditor_app.workflows.hand_over import hand_overs  # noqa: PLC0415
    from auditor_app.workflows.identity import signer  # noqa: PLC0415
    from auditor_app.workflows.mailboxes import mailbox  # noqa: PLC0415
    from auditor_app.workflows.receipts import releasable  # noqa: PLC0415
    from auditor_app.workflows.refusals import refused_bundles  # noqa: PLC0415
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415
    from auditor_app.workflows.retention import leave_by  # noqa: PLC0415
    from auditor_app.workflows.sending_queue import queue  # noqa: PLC0415
    from auditor_app.workflows.sending_rules import sending_rules  # noqa: PLC0415

    waiting, refused = {one.bundle: one for one in queue(workspace)}, refused_bundles(workspace)
    place, known = mailbox(workspace), custody(workspace, visit)
    signed = releasable(workspace, visit)
    own = [known[digest] for digest in workspace.visit(visit).evidence if digest in known]
    bundles = tuple(
        BundleLine(
            id=one.id,
            files=len(one.listing),
            size=sum(file["size"] for file in one.listing),
            made_at=one.made_at,
            sent_at=one.sent_at,
            received_at=one.received_at,
            paused=one.id in waiting and waiting[one.id].paused,
            set_aside=waiting[one.id].set_aside if one.id in waiting else "",
            refused=refused[one.id].words if one.id in refused else "",
        )
        for one in hand_overs(workspace, visit)
    )
    return Standing(
        bundles=bundles,
        items=_items(workspace, visit, known),
        signer=(who := signer(workspace)) is not None,
        card=who.card if who else "",
        signed_report=any(report.signed for report in list_reports(workspace, visit)),
        url=place.url if place else "",
        user=place.user if place else "",
        queue=tuple(one.bundle for one in waiting.values() if not one.paused and not one.set_aside),
        rules=sending_rules(workspace),
        releasable=sum(one.sealed in signed and not one.released_at for one in own),
        released=sum(bool(one.released_at) for one in own),
        leave_by=str(leave_by(workspace, visit) or ""),
    )


def _items(workspace: Workspace, visit: VisitId, known: Mapping[Digest, Custody]) -> tuple[ItemLine, ...]:
    from auditor_app.workflows.reports import list_reports  # noqa: PLC0415

    titles = {digest: one.title for digest, one in workspace.visit(visit).evidence.items()}
    signed = {one.digest: report_title(one.kind, one.language) for one in list_reports(workspace, visit) if one.signed}
    both = {digest: title for digest, title in (titles | signed).items() if digest in known}
    found = (ItemLine(title=title, size=known[digest].size, way=known[digest]) for digest, title in both.items())
    return tuple(sorted(found, key=lambda one: one.title.casefold()))


def make(workspace: Workspace, visit: VisitId, out: Path | None, pin: str | None, progress: Progress) -> str:
    """Make a bundle, and a copy at `out` if asked; gives its id. A smart card's `pin` is used once."""
    from auditor_app.workflows.hand_over import make_bundle  # noqa: PLC0415

    return make_bundle(workspace, visit, out=out, pin=pin, progress=progress).id


def keep_if_it_works(workspace: Workspace, place: Any, found: Any) -> Any:
    """Keep a place as the office's mailbox after it was tried out; gives what trying it found."""
    from auditor_app.workflows import mailboxes  # noqa: PLC0415

    if found is not None and (found.problem is None or found.problem.code == mailboxes.AFTER_RESTART):
        mailboxes.keep_mailbox(workspace, place)
    return found


def place_of(url: str, user: str, password: str, authority: str) -> Any:
    """Give a place as it was typed; `authority` is the path of a certificate, or empty. Raises what the disk refuses."""
    from auditor_app.workflows.mailboxes import Place  # noqa: PLC0415

    pem = ""
    if authority:
        with disk_errors(Path(authority)):
            pem = Path(authority).read_text(encoding="utf-8", errors="replace")
    return Place(url=url, user=user, password=password, authority=pem)


def kept_place(workspace: Workspace) -> Any:
    """Give the mailbox that is kept."""
    from auditor_app.workflows.mailboxes import mailbox_place  # noqa: PLC0415

    return mailbox_place(workspace)


def try_place(place: Any, _progress: Progress) -> Any:
    """Try a place out, on a worker."""
    from auditor_app.workflows import mailboxes  # noqa: PLC0415

    return mailboxes.try_place(place)


def plan_sending(workspace: Workspace, bundle: str, metered: bool) -> Any:
    """Take from the workspace what sending a bundle needs."""
    from auditor_app.workflows import sending as post  # noqa: PLC0415

    return post.plan_sending(workspace, bundle, metered=metered)


def plan_sending_ahead(workspace: Workspace, visit: VisitId, metered: bool) -> Any:
    """Take from the workspace what sending a visit's evidence ahead needs."""
    from auditor_app.workflows import sending as post  # noqa: PLC0415

    return post.plan_sending_ahead(workspace, visit, metered=metered)


def carry_out(sending: Any, progress: Progress) -> Any:
    """Put a bundle into the mailbox, on a worker; what is there already is not sent again."""
    from auditor_app.workflows import sending as post  # noqa: PLC0415

    return post.carry_out(sending, progress)


def note_sent(workspace: Workspace, sending: Any, result: Any) -> None:
    """Note that a bundle is in the mailbox, or how far it came."""
    from auditor_app.workflows import sending as post  # noqa: PLC0415

    if result is None:
        post.note_cut(workspace, sending)
    else:
        post.note_sent(workspace, sending, result)


def set_aside(workspace: Workspace, bundle: str, error: AuditorAppError) -> None:
    """Note what is wrong with a bundle."""
    from auditor_app.workflows import sending_queue  # noqa: PLC0415

    sending_queue.set_aside(workspace, bundle, error)


def is_of_the_bundle(error: AuditorAppError) -> bool:
    """Say whether others may go on."""
    from auditor_app.workflows import sending_queue  # noqa: PLC0415

    return sending_queue.is_of_the_bundle(error)


def arrange(workspace: Workspace, act: str, bundle: str) -> None:
    """Change the queue: `act` is "pause", "resume" or "put_first"."""
    from auditor_app.workflows import sending_queue  # noqa: PLC0415

    acts = {"pause": sending_queue.pause, "resume": sending_queue.resume, "put_first": sending_queue.put_first}
    acts[act](workspace, bundle)


def keep_rules(workspace: Workspace, rules: "SendingRules") -> None:
    """Keep the rules for sending."""
    from auditor_app.workflows.sending_rules import set_sending_rules  # noqa: PLC0415

    set_sending_rules(workspace, rules)


def copy_to_stick(workspace: Workspace, bundle: str, folder: Path, as_zip: bool, progress: Progress) -> "StickCopy":
    """Put a bundle on a stick and read it back from there."""
    from auditor_app.workflows import stick  # noqa: PLC0415

    return stick.copy_to_stick(workspace, bundle, folder, as_zip=as_zip, progress=progress)


def look_at_stick(workspace: Workspace, folder: Path) -> "StickContent":
    """Tell what is on a stick."""
    from auditor_app.workflows import stick  # noqa: PLC0415

    return stick.look_at_stick(workspace, folder)


def look_for_letters(workspace: Workspace, progress: Progress) -> "Fetched":
    """Fetch what the office has put into the mailbox; a bundle that is no longer whole there waits for sending again."""
    from auditor_app.workflows import office_mail, sending  # noqa: PLC0415

    fetched = office_mail.fetch(workspace, progress)
    sending.look_again(workspace)
    return fetched


def take_letters(workspace: Workspace, source: Path) -> "Fetched":
    """Take the office's letters in from a stick: one file, or a folder."""
    from auditor_app.workflows import office_mail  # noqa: PLC0415

    return office_mail.take(workspace, source)


def release(workspace: Workspace, visit: VisitId) -> int:
    """Remove the originals that the office has signed for; gives how many."""
    from auditor_app.workflows import receipts  # noqa: PLC0415

    return receipts.release(workspace, visit)
