"""Clearing the mailbox: a visit of which the office has said its last word leaves it, with all its bundles and their parts.

While a visit may come again its parts stay: the next bundle then sends only what is new. One that comes again after all sends everything.
"""

from collections.abc import Set
from datetime import timedelta

from auditor_app.disk import disk_errors
from auditor_app.domain.reviews import ACCEPTED, WITHDRAWN
from auditor_app.register.register import files_of, open_register
from auditor_app.sqlite_driver import Database
from auditor_app.sync.removing import remove_bundles, sweep
from auditor_app.sync.storage import Storage
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.versions import versions_in

_SWEPT_AFTER = timedelta(days=7)


def clear_place(office: Office, storage: Storage, receipted: Set[str], refused: Set[str]) -> tuple[str, ...]:
    """Take out of a place what is done with, and what killed senders left there long ago; gives the ids of the bundles that are gone.

    `receipted` names bundles whose receipts are in the outbox of this very place; each is looked for on the office's disk first.
    `refused` ones stay in quarantine and need not stay here. Raises what the place refuses.
    """
    with open_register(office.register) as db:
        done = {bundle for bundle in receipted if _is_done(db, bundle) and _is_held(office, db, bundle)}
    sweep(storage, office.clock.now() - _SWEPT_AFTER)
    return remove_bundles(storage, done, beside=refused) if done else ()


def _is_done(db: Database, bundle: str) -> bool:
    """Say whether the newest version of a bundle's visit was accepted, or the office goes no further with it."""
    return versions_in(db, bundle)[-1].decision in {ACCEPTED, WITHDRAWN}


def _is_held(office: Office, db: Database, bundle: str) -> bool:
    """Say whether every file of a bundle is where the office keeps it, in its size."""
    folder = office.received / bundle
    with disk_errors(folder):
        kept = [(folder / file["name"], file["size"]) for file in files_of(db, bundle)]
        return all(path.is_file() and path.stat().st_size == size for path, size in kept)
