"""Taking out of the mailbox what nobody needs there any more: visits that are done with, and what killed senders left."""

from collections import Counter
from collections.abc import Set
from datetime import datetime

from auditor_app.sync.mailbox import OBJECTS, inbox, waiting
from auditor_app.sync.storage import UNFINISHED, Storage


def remove_bundles(storage: Storage, bundles: Set[str], *, beside: Set[str] = frozenset()) -> tuple[str, ...]:
    """Take bundles out of the inbox, for the office, after their receipts are in the outbox; gives the ids of those that are gone.

    A bundle goes with the others of its visit and the parts that they share, or stays: where a bundle is there that is neither one of
    these nor among `beside`, or one whose list cannot be read. The lists go last, so that what was broken off is done the next time.
    """
    there = waiting(storage)
    visits = {cargo: {one for one in there.ready if there.cargo[one] == cargo} for cargo in set(there.cargo.values())}
    folders = Counter(folder for cargo in visits for folder in {cargo, *visits[cargo]})
    alone = [one for one in visits if all(folders[folder] == 1 for folder in (one, *visits[one]))]  # a hostile list may name another's
    going = [] if there.refused else [one for one in alone if visits[one] & bundles and visits[one] <= bundles | beside]
    for cargo in going:
        storage.delete_folder(inbox(cargo) + OBJECTS)
        for bundle in visits[cargo]:
            storage.delete_folder(inbox(bundle))
        storage.delete_folder(inbox(cargo))
    return tuple(sorted(bundle for cargo in going for bundle in visits[cargo]))


def sweep(storage: Storage, before: datetime) -> None:
    """Remove what a sender left half written that was killed, where the place tells that it is from before a moment."""
    for path, (_size, changed) in storage.changes(f"{UNFINISHED}/").items():
        if changed and datetime.fromisoformat(changed) < before:
            storage.delete(path)
