"""Receiving bundles: fetched into quarantine, judged there, then accepted or refused. One bad bundle never stops the others."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from auditor_app.bundle import names
from auditor_app.bundle.checking import bag_faults, bundle_id
from auditor_app.bundle.reading import BundleFiles, open_bundle
from auditor_app.clock import moment_text
from auditor_app.digests import CHUNK, sha256_of
from auditor_app.disk import new_file
from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.plain_text import visible
from auditor_app.progress import Progress, silent
from auditor_app.register.register import is_entered, open_register
from auditor_app.sync import mailbox as post
from auditor_app.sync.listing import LIMITS, Listing
from auditor_app.sync.receiving import receive as fetch
from auditor_app.sync.storage import Storage
from auditor_app.workflows.answers import NO, Answer
from auditor_app.workflows.office.accepting import accept, receipt_letter, registered, sealed_receipt
from auditor_app.workflows.office.clearing import clear_place
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.judging import judge, signer_of
from auditor_app.workflows.office.limits import OfficeLimits, Wanted, check_bundle, check_room, office_limits
from auditor_app.workflows.office.places import OpenPlaces, open_places
from auditor_app.workflows.office.quarantine import (
    BEING_RECEIVED,
    DAMAGED,
    REFUSED,
    Note,
    folder_of,
    keep_note,
    letter_of,
    note_of,
    receiving,
)
from auditor_app.workflows.office.refusing import MAILBOX, STICK, Case, Received, forget, from_note, post_letters, refuse, state_now

__all__ = ["Received", "receipt_letter", "receive_mailbox", "receive_path", "registered", "sealed_receipt"]

RECEIVED, KNOWN, WAITS, UNREACHABLE = "received", "known", "waits", "unreachable"

_FIRST = (names.TAG_MANIFEST, names.SIGNATURE)
"""The two small files that say whose a bundle is; they are fetched before anything else of it."""
_LARGEST_FIRST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One look into all places of the mailbox."""

    office: Office
    limits: OfficeLimits
    places: OpenPlaces
    progress: Progress
    answered: set[tuple[str, str]]
    failed: dict[str, AuditorAppError]
    taken_out: set[str]


def receive_mailbox(
    office: Office,
    progress: Progress = silent,
    *,
    url: str = "",
    user: str = "",
    password: str = "",
    answered: set[tuple[str, str]] | None = None,
) -> list[Received]:
    """Receive every complete bundle that waits in the mailbox, by default in all places of the profile; a bad one does not stop the rest.

    Receipts and letters about refused bundles go to the outbox, sealed to the auditor. A bundle that is known is fetched no more, but its
    receipt is put again, unless `answered` says that it was since: whoever looks again and again gives the same set. A bundle that was
    refused is looked at again only when something of it has changed in the mailbox, or the office has. What is done with is taken out.
    Raises NotAllowed("mailbox_unknown"), Unavailable("office_receives_already"), and what the places refuse where none can be used.
    """
    limits = office_limits(office)
    with receiving(office):
        places = open_places(office, url=url, user=user, password=password)
        answered = set() if answered is None else answered
        failed, results = dict(places.unanswered), list[Received]()
        turn = _Round(office=office, limits=limits, places=places, progress=progress, answered=answered, failed=failed, taken_out=set())
        for storage in places.storages:
            with _noting_failures(turn, storage):
                _receive_from(turn, storage, results.append)
        if not results and not {storage.place for storage in places.storages} - set(turn.failed):
            raise next(iter(turn.failed.values()))
        results = [replace(one, taken_out=one.bundle in turn.taken_out) for one in results]
        return results + [Received(bundle="", outcome=UNREACHABLE, reason=str(one), words=words(one)) for one in turn.failed.values()]


def receive_path(office: Office, path: Path, progress: Progress = silent) -> Received:
    """Receive a bundle from a stick: a folder or a zip. The bag is judged where it is, copied into quarantine, and judged there in full.

    Raises NotAllowed("bundle_missing"), Unavailable where there is no room ("quarantine_full" …) or the disk refuses.
    """
    limits = office_limits(office)
    with receiving(office), ExitStack() as stack:
        try:
            files = stack.enter_context(open_bundle(path))
        except Corrupted as error:
            return refuse(office, Case(bundle=_unnamed(path), came_from=STICK, problem=error))
        return _receive_files(office, limits, path, files, progress)


# From a mailbox


def _receive_from(turn: _Round, storage: Storage, tell: Callable[[Received], object]) -> None:
    """Receive what waits at one place, telling of each bundle as soon as it is settled."""
    waiting, refused = post.waiting(storage), set()
    for bundle, error in waiting.refused:
        tell(_not_understood(turn, storage, bundle, error))
    for bundle in waiting.ready:
        result = _receive_one(turn, storage, bundle)
        if result.outcome in (RECEIVED, KNOWN):
            _put_receipt(turn, bundle)
        elif result.outcome == REFUSED:
            refused.add(bundle)
        tell(result)
    for each in turn.places.storages:
        with _noting_failures(turn, each):
            post_letters(turn.office, each)
    receipted = {bundle for bundle in waiting.ready if (storage.place, bundle) in turn.answered}
    turn.taken_out.update(clear_place(turn.office, storage, receipted, refused))


@contextmanager
def _noting_failures(turn: _Round, storage: Storage) -> Iterator[None]:
    """Let the other places go on when one refuses."""
    try:
        yield
    except (Unavailable, NotAllowed, Unsupported) as error:
        if not _is_of_place(error):
            raise
        turn.failed.setdefault(storage.place, error)


def _is_of_place(error: AuditorAppError) -> bool:
    return error.code.startswith("place_") and error.code != "place_object_missing"


def _put_receipt(turn: _Round, bundle: str) -> None:
    for storage in turn.places.storages:
        if (storage.place, bundle) not in turn.answered:
            with _noting_failures(turn, storage):
                fingerprint, letter = sealed_receipt(turn.office, bundle)
                post.put_outbox(storage, fingerprint, f"receipt-{bundle}.age", letter)
                turn.answered.add((storage.place, bundle))


def _not_understood(turn: _Round, storage: Storage, bundle: str, error: AuditorAppError) -> Received:
    """Note a bundle whose list in the mailbox is damaged, or made by a newer version."""
    seen = (storage.place, state_now(turn.office, post.state_of(storage, bundle)))
    return _as_before(turn.office, bundle, seen) or refuse(turn.office, _broken(bundle, seen, error))


def _broken(bundle: str, seen: tuple[str, str], error: AuditorAppError) -> Case:
    outcome = DAMAGED if isinstance(error, Corrupted) else REFUSED
    return Case(bundle=bundle, came_from=MAILBOX, seen=seen, problem=error, outcome=outcome)


def _as_before(office: Office, bundle: str, seen: tuple[str, str]) -> Received | None:
    """Give what was said of a bundle when nothing has changed since, or None."""
    place, state = seen
    note = note_of(office, bundle)
    if note is None or note.outcome in (BEING_RECEIVED, DAMAGED) or note.seen.get(place) != state:
        return None  # what was damaged may have been put right between its damage and the look at its state
    return from_note(note, has_letter=letter_of(office, bundle).is_file(), again=True)


def _receive_one(turn: _Round, storage: Storage, bundle: str) -> Received:
    office = turn.office
    with open_register(office.register) as db:
        if is_entered(db, bundle):
            return Received(bundle=bundle, outcome=KNOWN)
    seen = (storage.place, state_now(office, post.state_of(storage, bundle)))
    if before := _as_before(office, bundle, seen):
        return before
    try:
        return _fetch_and_judge(turn, storage, Case(bundle=bundle, came_from=MAILBOX, seen=seen))
    except (Corrupted, Unsupported) as error:
        if not error.code.startswith(("mailbox_", "place_")):
            raise  # something of the office's own
        # a part that was damaged is taken away, so the bundle's state is another now
        return refuse(office, _broken(bundle, (storage.place, state_now(office, post.state_of(storage, bundle))), error))
    except Unavailable as error:
        if _is_of_place(error):
            raise
        return Received(bundle=bundle, outcome=WAITS, reason=str(error), words=words(error))


def _fetch_and_judge(turn: _Round, storage: Storage, case: Case) -> Received:
    """Fetch a bundle and settle it: its list and whose it is are judged before the bulk is fetched."""
    office, folder = turn.office, folder_of(turn.office, case.bundle)
    listing = post.read_listing(storage, case.bundle)
    if problem := _wrong_names(listing):
        return refuse(office, replace(case, problem=problem))
    fetch(storage, case.bundle, folder, LIMITS, turn.progress, only=_FIRST)
    with open_bundle(folder) as files:
        signer, found = signer_of(office, files), bundle_id(files)
    case = replace(case, signer=signer, answers=signer.wrong)
    problem = signer.problem() or (Corrupted("bundle_id_differs", bundle=case.bundle) if found != case.bundle else None)
    sizes = tuple(each.size for each in listing.objects)
    problem = problem or _too_large(turn.limits, sizes)
    if problem or case.answers:
        return refuse(office, replace(case, problem=problem))
    _make_room(office, turn.limits, case, sizes)
    fetch(storage, case.bundle, folder, LIMITS, turn.progress)
    return _settle(office, case, turn.progress)


def _wrong_names(listing: Listing) -> AuditorAppError | None:
    """Say that a list names files that belong into no bundle, or that the two which are fetched first are not small."""
    strangers = [visible(each.path) for each in listing.objects if not names.is_known(each.path)]
    if strangers:
        return Corrupted("bundle_names_refused", names=", ".join(strangers[:5]))
    largest = max((each.size for each in listing.objects if each.path in _FIRST), default=0)
    return Corrupted("bundle_too_large", what="bytes", has=largest, most=_LARGEST_FIRST) if largest > _LARGEST_FIRST else None


# From a stick


def _receive_files(office: Office, limits: OfficeLimits, path: Path, files: BundleFiles, progress: Progress) -> Received:
    bundle, signer = bundle_id(files) or _unnamed(path), signer_of(office, files)
    case = Case(bundle=bundle, came_from=STICK, signer=signer)
    sizes = tuple(files.sizes.values())
    if problem := _too_large(limits, sizes):
        return refuse(office, replace(case, problem=problem))
    faults = bag_faults(files, progress)
    with open_register(office.register) as db:
        if not faults and is_entered(db, bundle):
            return Received(bundle=bundle, outcome=KNOWN)
    is_ours = not signer.wrong and signer.problem() is None
    _make_room(office, limits, case, sizes)
    _copy_in(files, folder_of(office, bundle), files.sizes if is_ours else [name for name in files.sizes if not names.is_payload(name)])
    places = tuple(dict.fromkeys(fault.place for fault in faults))
    broken = (Answer(question="bag_intact", answer=NO, reason=faults[0].code, places=places),) if faults else ()
    if broken or not is_ours:
        return refuse(office, replace(case, answers=(*broken, *signer.wrong), problem=signer.problem()))
    return _settle(office, case, progress)


def _copy_in(files: BundleFiles, folder: Path, wanted: Iterable[str]) -> None:
    """Copy a bundle's files into quarantine; their names were judged when the bundle was opened. What cannot be read is left out."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in wanted:
        try:
            with files.open(name) as source, new_file(folder / name) as target:
                shutil.copyfileobj(source, target, CHUNK)
        except Corrupted:
            continue


def _unnamed(path: Path) -> str:
    """Name what has no id of a bundle, by where it lay."""
    return f"no-id-{sha256_of(str(path.absolute()).encode(errors='replace'))[:16]}"


# From either


def _too_large(limits: OfficeLimits, sizes: tuple[int, ...]) -> AuditorAppError | None:
    try:
        check_bundle(limits, sizes)
    except Corrupted as error:
        return error
    return None


def _make_room(office: Office, limits: OfficeLimits, case: Case, sizes: tuple[int, ...]) -> None:
    """See that there is room for a bundle, and note whose it is. Raises Unavailable."""
    auditor = case.signer.fingerprint if case.signer else ""
    check_room(office, limits, Wanted(bundle=case.bundle, auditor=auditor, sizes=sizes))
    name = case.signer.enrolled.name if case.signer and case.signer.enrolled else ""
    at = moment_text(office.clock.now())
    keep_note(office, Note(bundle=case.bundle, at=at, outcome=BEING_RECEIVED, came_from=case.came_from, auditor=auditor, auditor_name=name))


def _settle(office: Office, case: Case, progress: Progress) -> Received:
    """Judge a bundle that is whole in quarantine; accept it, or leave it there."""
    judged = judge(office, case.bundle, folder_of(office, case.bundle), progress)
    if judged.wrong or judged.problem:
        return refuse(office, replace(case, signer=judged.signer, answers=judged.wrong, problem=judged.problem))
    site = accept(office, judged)
    forget(office, case.bundle)
    return Received(bundle=case.bundle, outcome=RECEIVED, site=site, answers=judged.answers)
