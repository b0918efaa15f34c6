"""The queue of bundles that wait for sending: their order, those that are paused, and those set aside with the reason."""

from dataclasses import dataclass
from typing import Any

from auditor_app.errors import AuditorAppError, Cancelled
from auditor_app.progress import Progress, silent
from auditor_app.store.records import bundles
from auditor_app.workflows.custody import since_receipt
from auditor_app.workflows.hand_over import find_bundle
from auditor_app.workflows.refusals import refused_bundles
from auditor_app.workflows.sending import SentSummary, send
from auditor_app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One bundle that is not in the mailbox yet. `set_aside` is the code of what is wrong with it, empty when nothing is."""

    bundle: str
    visit: str
    made_at: str
    paused: bool = False
    set_aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueResult:
    """What sending the queue did."""

    sent: tuple[SentSummary, ...]
    set_aside: tuple[tuple[str, AuditorAppError], ...]

    def and_then(self, later: "QueueResult") -> "QueueResult":
        """Give what two sendings did, one after the other."""
        return QueueResult(sent=self.sent + later.sent, set_aside=self.set_aside + later.set_aside)


def queue(workspace: Workspace) -> tuple[Queued, ...]:
    """List what waits, in the order of sending: the oldest first unless somebody put another first.

    What was refused waits no more, nor what is older than a bundle of its visit that was received.
    """
    kept = _kept(workspace)
    first = {bundle: place for place, bundle in enumerate(kept["first"])}
    refused = refused_bundles(workspace)
    waiting = [one for one in reversed(since_receipt(bundles(workspace.db))) if not one.sent_at and one.id not in refused]
    waiting.sort(key=lambda one: first.get(one.id, len(first)))
    return tuple(
        Queued(
            bundle=one.id, visit=one.visit, made_at=one.made_at, paused=one.id in kept["paused"], set_aside=kept["aside"].get(one.id, "")
        )
        for one in waiting
    )


def pause(workspace: Workspace, bundle: str) -> str:
    """Leave a bundle out until it is resumed; gives its id. Raises NotAllowed("bundle_unknown")."""
    kept, found = _kept(workspace), find_bundle(workspace, bundle).id
    _keep(workspace, kept | {"paused": [*(one for one in kept["paused"] if one != found), found]})
    return found


def resume(workspace: Workspace, bundle: str) -> str:
    """Let a bundle go that was paused or set aside; gives its id. Raises NotAllowed("bundle_unknown")."""
    kept, found = _kept(workspace), find_bundle(workspace, bundle).id
    aside = {one: code for one, code in kept["aside"].items() if one != found}
    _keep(workspace, kept | {"paused": [one for one in kept["paused"] if one != found], "aside": aside})
    return found


def put_first(workspace: Workspace, bundle: str) -> str:
    """Send a bundle before all others; gives its id. Raises NotAllowed("bundle_unknown")."""
    kept, found = _kept(workspace), find_bundle(workspace, bundle).id
    _keep(workspace, kept | {"first": [found, *(one for one in kept["first"] if one != found)]})
    return found


def send_queue(workspace: Workspace, progress: Progress = silent, *, metered: bool = False) -> QueueResult:
    """Send what waits. A bundle that is bad is set aside with its reason and the rest goes on; what is wrong with the place stops all.

    Raises what the place refuses, NotAllowed("sending_waits_for_night") and the like, and Cancelled.
    """
    sent: list[SentSummary] = []
    aside: list[tuple[str, AuditorAppError]] = []
    for one in queue(workspace):
        if one.paused or one.set_aside:
            continue
        try:
            sent.append(send(workspace, one.bundle, progress, metered=metered))
        except AuditorAppError as error:
            if not is_of_the_bundle(error):
                raise
            set_aside(workspace, one.bundle, error)
            aside.append((one.bundle, error))
    return QueueResult(sent=tuple(sent), set_aside=tuple(aside))


def set_aside(workspace: Workspace, bundle: str, error: AuditorAppError) -> None:
    """Note what is wrong with a bundle; it waits until somebody resumes it."""
    kept = _kept(workspace)
    _keep(workspace, kept | {"aside": kept["aside"] | {bundle: error.code}})


def is_of_the_bundle(error: AuditorAppError) -> bool:
    """Say whether an error is about one bundle, so that others may go on."""
    others = ("place_", "mailbox_unknown", "sending_")
    return not isinstance(error, Cancelled) and (error.code == "place_returned_other_bytes" or not error.code.startswith(others))


def _kept(workspace: Workspace) -> dict[str, Any]:
    return {"first": [], "paused": [], "aside": {}} | (workspace.fact("sending queue") or {})


def _keep(workspace: Workspace, kept: dict[str, Any]) -> None:
    workspace.set_fact("sending queue", kept)
