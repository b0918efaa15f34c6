"""Sending to the office's mailbox: a plan taken from the workspace, the long part without it, and a note in it.

What is sent is a frozen copy, so the auditor goes on working; after a kill, a cut or a night the next sending goes on where it was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from auditor_app.bundle.names import evidence_name
from auditor_app.clock import moment_text
from auditor_app.disk import disk_errors
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.ids import Digest, VisitId, new_id
from auditor_app.progress import Progress, silent
from auditor_app.store.records import BundleRecord, all_sealed, bundles, mark_sent
from auditor_app.sync import mailbox as post
from auditor_app.sync.listing import Listing, SealedObject
from auditor_app.sync.mailbox import SendResult
from auditor_app.sync.pace import FIRST, Pace
from auditor_app.sync.places import Place, open_place
from auditor_app.workflows.custody import since_receipt
from auditor_app.workflows.hand_over import find_bundle
from auditor_app.workflows.mailboxes import mailbox_place, mailbox_places, open_first
from auditor_app.workflows.refusals import refused_bundles
from auditor_app.workflows.sending_notes import Noted, drop_notes, notes_file, read_notes
from auditor_app.workflows.sending_rules import sending_rules
from auditor_app.workspace import Workspace

_SENT_TO = "sent to"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSummary:
    """What one sending did: parts sent, parts that were there already, bytes sent. `bundle` is empty for evidence that went ahead."""

    bundle: str
    sent: int
    skipped: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What sending needs: no database, only files by their path in the bundle, the listing, the places to try in their order.

    `confirmed` holds what is known to be right, by the address of the place; `notes` is the folder where it is written down meanwhile.
    """

    places: tuple[Place, ...]
    files: Mapping[str, Path]
    listing: Listing
    confirmed: dict[str, set[str]]
    notes: Path
    pace: Pace
    ahead: bool = False

    @property
    def cargo(self) -> str:
        """Name the folder of the inbox where the parts are."""
        return self.listing.objects_in or self.listing.bundle_id


def send(workspace: Workspace, bundle: str, progress: Progress = silent, *, metered: bool = False) -> SentSummary:
    """Send a bundle; what is in the mailbox already is not sent again. *Sent* is not *received*: only a receipt says that."""
    return _send(workspace, plan_sending(workspace, bundle, metered=metered), progress)


def send_ahead(workspace: Workspace, visit: VisitId, progress: Progress = silent, *, metered: bool = False) -> SentSummary:
    """Send the evidence of a visit that is sealed to the office already, ahead of the record: nothing that is sent then is sent again."""
    return _send(workspace, plan_sending_ahead(workspace, visit, metered=metered), progress)


def look_again(workspace: Workspace, *, but: Collection[str] = ()) -> list[str]:
    """Put bundles back into the queue of which the mailbox no longer has everything, while there is no receipt; gives their ids.

    A server may lose or spoil what it was given, and what the office found damaged it has taken out. `but` names bundles that were sent
    only just now. Where one was sent to a place that does not answer now, nothing can be said.
    """
    settled = {*refused_bundles(workspace), *but}
    waiting = [one for one in since_receipt(bundles(workspace.db)) if one.sent_at and one.id not in settled]
    back = [one.id for one in waiting if _is_lost(workspace, one)]
    with workspace.transaction() as db:
        for bundle in back:
            mark_sent(db, bundle, "")
    return back


def _is_lost(workspace: Workspace, record: BundleRecord) -> bool:
    sent_to = (workspace.fact(_SENT_TO) or {}).get(record.id)
    place = next((one for one in mailbox_places(workspace) if one.url == sent_to), None)
    try:
        return place is not None and not post.is_whole(open_place(place), _listing(workspace, record))
    except (Unavailable, NotAllowed):
        return False


def plan_sending(workspace: Workspace, bundle: str, *, metered: bool = False) -> Sending:
    """Take a snapshot for sending beside the workspace. Raises NotAllowed. `metered` says that the network is paid by the amount."""
    record = find_bundle(workspace, bundle)
    folder = workspace.outgoing / record.id
    if not folder.is_dir():
        raise NotAllowed("bundle_not_here", bundle=record.id)
    listing = _listing(workspace, record)
    return _plan(workspace, listing, {one.path: folder / one.path for one in listing.objects}, metered=metered)


def plan_sending_ahead(workspace: Workspace, visit: VisitId, *, metered: bool = False) -> Sending:
    """Take a snapshot of a visit's evidence that the office can open already. Raises NotAllowed("nothing_to_send_ahead")."""
    evidence, recipients = workspace.visit(visit).evidence, set(workspace.recipients())
    here = [one for one in all_sealed(workspace.db) if one.original in evidence and not one.released_at]
    fit = [one for one in here if recipients <= set(one.recipients)]
    if len(recipients) < 2 or not fit:  # sealed to nobody but this workspace
        raise NotAllowed("nothing_to_send_ahead")
    cargo = _cargo(workspace, visit)
    objects = tuple(SealedObject(path=evidence_name(one.sealed), sha256=one.sealed, size=one.sealed_size) for one in fit)
    files = {evidence_name(one.sealed): workspace.vault.path(one.sealed) for one in fit}
    return replace(_plan(workspace, Listing(bundle_id=cargo, objects=objects), files, metered=metered), ahead=True)


def carry_out(sending: Sending, progress: Progress = silent) -> SendResult:
    """Put everything that is missing into the first place that answers; needs no workspace. `sending.confirmed` grows, also when cut."""

    def open_object(one: SealedObject) -> BinaryIO:
        with disk_errors(sending.files[one.path]):
            return sending.files[one.path].open("rb")

    sending.pace.allow()
    storage = open_first(sending.places)
    file = notes_file(sending.notes, sending.cargo, storage.place)
    confirmed = sending.confirmed[storage.place] = Noted(sending.confirmed.get(storage.place, set()) | read_notes(file), file)
    if not sending.ahead:
        return post.send(storage, sending.listing, open_object, progress, confirmed, sending.pace)
    put = post.send_ahead(storage, sending.listing, open_object, progress, confirmed, sending.pace)
    return SendResult(sent_parts=len(put), skipped_parts=len(confirmed) - len(put), sent_bytes=0)


def note_sent(workspace: Workspace, sending: Sending, result: SendResult) -> SentSummary:
    """Note that a bundle is in the mailbox as a whole, or its evidence ahead of it."""
    note_cut(workspace, sending)
    bundle = "" if sending.ahead else sending.listing.bundle_id
    if bundle:
        with workspace.transaction() as db:
            mark_sent(db, bundle, moment_text(workspace.clock.now()))
        workspace.set_fact(_SENT_TO, {**(workspace.fact(_SENT_TO) or {}), bundle: result.place})
    return SentSummary(bundle=bundle, sent=result.sent_parts, skipped=result.skipped_parts, size=result.sent_bytes)


def note_cut(workspace: Workspace, sending: Sending) -> None:
    """Note which parts are known to be right in the mailbox, so that the next sending need not read them back, and how the line was."""
    workspace.set_fact(f"confirmed {sending.cargo}", {place: sorted(names) for place, names in sending.confirmed.items()})
    drop_notes(sending.notes, sending.cargo)
    workspace.set_fact("line", {"size": sending.pace.size, "slow": sending.pace.slow})


def _send(workspace: Workspace, sending: Sending, progress: Progress) -> SentSummary:
    try:
        result = carry_out(sending, progress)
    except BaseException:
        note_cut(workspace, sending)
        raise
    return note_sent(workspace, sending, result)


def _plan(workspace: Workspace, listing: Listing, files: Mapping[str, Path], *, metered: bool) -> Sending:
    rules, clock, line = sending_rules(workspace), workspace.clock, workspace.fact("line") or {}
    pace = Pace(
        size=line.get("size", FIRST),
        slow=line.get("slow", False),
        rate=rules.bytes_a_second(metered=metered),
        allow=lambda: rules.allow(clock.now(), metered=metered),
    )
    confirmed = _known_there(workspace.fact(f"confirmed {listing.objects_in or listing.bundle_id}"), mailbox_place(workspace))
    places, notes = mailbox_places(workspace), workspace.outgoing
    return Sending(places=places, files=files, listing=listing, confirmed=confirmed, notes=notes, pace=pace)


def _known_there(kept: dict[str, list[str]] | list[str] | None, first: Place) -> dict[str, set[str]]:
    """Read what is known to be right at each place; former versions knew one place and kept a plain list."""
    by_place = {first.url: kept} if isinstance(kept, list) else kept or {}
    return {place: set(names) for place, names in by_place.items()}


def _listing(workspace: Workspace, record: BundleRecord) -> Listing:
    objects = tuple(SealedObject(path=one["name"], sha256=Digest(one["digest"]), size=one["size"]) for one in record.listing)
    return Listing(bundle_id=record.id, objects=objects, objects_in=_cargo(workspace, record.visit))


def _cargo(workspace: Workspace, visit: VisitId) -> str:
    """Name the folder of the inbox for the parts of a visit's bundles: chance, so that it tells nothing of the visit."""
    known = workspace.fact(f"cargo {visit}")
    if known is None:
        known = new_id(workspace.clock)
        workspace.set_fact(f"cargo {visit}", known)
    return str(known)
