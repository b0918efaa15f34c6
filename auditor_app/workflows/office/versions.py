"""The versions of a visit: its bundles in the order in which each goes on from the one before, read again, and what they differ in."""

from dataclasses import dataclass
from typing import Any

from auditor_app.bundle import names
from auditor_app.bundle.record import Record, read_record
from auditor_app.disk import disk_errors
from auditor_app.domain.differences import differences as differences_between
from auditor_app.domain.differences import only_in
from auditor_app.domain.journal import fold
from auditor_app.domain.provisional import Change
from auditor_app.domain.visit import VisitState, read_visit
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.definition import Form
from auditor_app.ids import VisitId
from auditor_app.register.register import open_register
from auditor_app.register.reviews import bundles_named, reviews_of, versions_of, visit_of
from auditor_app.sqlite_driver import Database
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.forms import form_of_record
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.record_checks import checked_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One bundle of a visit, numbered from 1, with what was decided of it; `decision` is empty while nothing is returned."""

    number: int
    bundle: str
    received_at: str
    auditor: str
    """Fingerprint of the certificate that signed it."""
    auditor_name: str
    entries: int
    round: int = 0
    decision: str = ""
    words: str = ""
    by: str = ""
    decided_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVersion:
    """A received bundle, opened: its record and the visit as it tells it; `form` is None where its form is not at hand."""

    bundle: str
    record: Record
    state: VisitState
    form: Form | None


def find_received(office: Office, name: str) -> str:
    """Find a received bundle by the beginning of its id. Raises NotAllowed("bundle_not_received")."""
    with open_register(office.register) as db:
        fits = bundles_named(db, name) if name else []
    if len(fits) != 1:
        raise NotAllowed("bundle_not_received", bundle=name)
    return fits[0]


def versions(office: Office, bundle: str) -> tuple[Version, ...]:
    """List all versions of the visit of a bundle, oldest first. Raises NotAllowed("bundle_not_received")."""
    with open_register(office.register) as db:
        return versions_in(db, bundle)


def versions_in(db: Database, bundle: str) -> tuple[Version, ...]:
    """List the versions of the visit of a bundle in an open register."""
    if not (visit := visit_of(db, bundle)):
        raise NotAllowed("bundle_not_received", bundle=bundle)
    decided = {row["bundle"]: row for row in reviews_of(db, visit) if row["returned_at"]}
    return tuple(_version(number, row, decided.get(row["bundle"])) for number, row in enumerate(versions_of(db, visit), start=1))


def read_version(office: Office, bundle: str) -> ReadVersion:
    """Open the record of a received bundle with the office's key. Raises NotAllowed("bundle_not_received"), Corrupted for a damaged one."""
    with open_register(office.register) as db:
        if not visit_of(db, bundle):
            raise NotAllowed("bundle_not_received", bundle=bundle)
    path = office.received / bundle / names.RECORD
    with disk_errors(path):
        sealed = path.read_bytes()
    record = read_record(unseal_bytes(sealed, office.secret, str(path)).splitlines())
    visit = VisitId(record.head.visit)
    state = read_visit(visit, fold(checked_entries(record.entries, visit)))
    compiled = form_of_record(record)
    return ReadVersion(bundle=bundle, record=record, state=state, form=compiled.form if compiled else None)


def differences(office: Office, older: str, newer: str) -> tuple[Change, ...]:
    """List what a newer bundle says otherwise than an older one of the same visit, with who, when and why.

    Raises NotAllowed("bundles_of_two_visits"), "bundle_not_received".
    """
    before, after = read_version(office, older), read_version(office, newer)
    return differences_of(before, after)


def differences_of(before: ReadVersion, after: ReadVersion) -> tuple[Change, ...]:
    """The same of two versions that are open already."""
    if before.state.id != after.state.id:
        raise NotAllowed("bundles_of_two_visits")
    return differences_between(before.state, after.state, only_in(after.record.entries, before.record.entries))


def _version(number: int, row: dict[str, Any], review: dict[str, Any] | None) -> Version:
    version = {name: row[name] for name in ("bundle", "received_at", "auditor", "auditor_name", "entries")}
    said = {name: review[name] for name in ("round", "decision", "words")} if review else {}
    more = {"by": review["by_whom"], "decided_at": review["returned_at"]} if review else {}
    return Version(number=number, **version, **said, **more)
