"""Reading copies: a received bundle as a workspace that can be looked at and not changed.

A copy is encrypted under a key of its own, which is wrapped to the office's key. Its journal is the record's, checked as when it was
received; its sealed files are further names of those that were received. The newest bundle of a visit has its copy under the visit's
id and renews it; an older one gets a copy of its own when somebody looks at it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from auditor_app.bundle import names
from auditor_app.bundle.record import Record, ReportLine
from auditor_app.digests import sha256_of, sha256_of_file
from auditor_app.disk import disk_errors, link_or_copy
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import AuditorId, Digest, VisitId
from auditor_app.plain_text import visible
from auditor_app.register.register import files_of, open_register, receipt_of, received
from auditor_app.reporting.page_count import page_count
from auditor_app.signing.pdf_signature import signed_by
from auditor_app.sqlite_driver import Database, sqlite_errors
from auditor_app.store.journal import add_entries
from auditor_app.store.records import BundleRecord, ReportRecord, Sealed, add_bundle, add_form, add_report, add_sealed, reports, set_fact
from auditor_app.vault.keys import OFFICE_FILE, Secret, read_key_file, unwrap_with_secret, wrap_for_recipient
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.forms import form_of_record
from auditor_app.workflows.office.folder import PROFILE, Office
from auditor_app.workflows.office.review_state import DRAFT, OPEN, Reviewing, reviewing_in
from auditor_app.workflows.office.versions import read_version
from auditor_app.workspace import Me, Workspace, open_workspace
from auditor_app.workspace.layout import DESCRIPTION, KEYS, READING
from auditor_app.workspace.opening import make_workspace

READER = AuditorId("office")
"""Who looks into a reading copy; no entry is ever by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedBundle:
    """A received bundle as a list shows it: of the versions of its visit, which one it is, counted from 1, and how far its review is.

    `decision` is what was returned last of this version, "" before; `is_begun` says that a review of it is in the making, with so many
    `drafts`; of the questions of its round so many were `asked`, and so many are `answered` (or need no reply any more).
    """

    bundle: str
    visit: VisitId
    site: str
    company: str
    auditor: str
    received_at: str
    version: int
    versions: int
    decision: str = ""
    is_begun: bool = False
    drafts: int = 0
    asked: int = 0
    answered: int = 0

    @property
    def is_newest(self) -> bool:
        """Say whether the visit was not handed over again since."""
        return self.version == self.versions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    """What was received: its line, its folder, its listing as the receipt gives it, its receipt, and its record, checked."""

    line: ReceivedBundle
    folder: Path
    listing: tuple[dict[str, Any], ...]
    receipt: bytes | None
    record: Record


def received_bundles(office: Office) -> list[ReceivedBundle]:
    """List what was received, newest first, each with its version and how far its review is."""
    with open_register(office.register) as db:
        return [_line(row, reviewing_in(db, row["bundle"])) for row in received(db)]


def received_bundle(office: Office, name: str) -> ReceivedBundle:
    """Find a received bundle by the beginning of its id. Raises NotAllowed("bundle_not_received") unless exactly one fits."""
    fits = [one for one in received_bundles(office) if name and one.bundle.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("bundle_not_received", bundle=name)
    return fits[0]


def open_reading_copy(office: Office, bundle: str) -> Workspace:
    """Open the reading copy of a received bundle, which is made or brought up to the bundle first where it is not yet.

    Raises NotAllowed("bundle_not_received") or ("form_unknown"), Corrupted for a record that is not what was received; a copy that
    was not finished is finished the next time.
    """
    line = received_bundle(office, bundle)
    folder = office.reading / (line.visit if line.is_newest else line.bundle)
    if not (folder / DESCRIPTION).exists():
        _make(office, folder)
    own = unwrap_with_secret(read_key_file(folder / KEYS / OFFICE_FILE), office.secret)
    both = Secret(own.identity, tuple(office.secret.identities))  # the evidence is sealed to the office, not to this copy
    workspace = open_workspace(folder, secret=both, clock=office.clock, installation=office.reading)
    try:
        if workspace.fact(READING) != line.bundle:
            _bring_up_to(workspace, office, line)
        _tell_profile(workspace, office)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _line(row: dict[str, Any], found: Reviewing) -> ReceivedBundle:
    decided, draft = found.decided, found.draft
    asked = [one for one in found.questions if decided is not None and one.round == decided.round and one.state != DRAFT]
    is_begun = draft is not None and draft.bundle == row["bundle"]
    return ReceivedBundle(
        bundle=row["bundle"],
        visit=VisitId(row["visit"]),
        site=row["site"],
        company=row["company"],
        auditor=row["auditor_name"],
        received_at=row["received_at"],
        version=found.version.number,
        versions=len(found.versions),
        decision=decided.decision if decided else "",
        is_begun=is_begun,
        drafts=len(found.in_state(DRAFT)) if is_begun else 0,
        asked=len(asked),
        answered=sum(one.state != OPEN for one in asked),
    )


def _make(office: Office, folder: Path) -> None:
    secret = Secret.new()
    me = Me(id=READER, name=office.profile.office)
    facts = {READING: "", "me": asdict(me)}
    make_workspace(folder, secret, {OFFICE_FILE: wrap_for_recipient(secret, office.secret.recipient)}, facts=facts)


def _bring_up_to(workspace: Workspace, office: Office, line: ReceivedBundle) -> None:
    """Add what the bundle has and the copy has not: sealed files first, then everything that speaks of them, in one transaction."""
    got = _read(office, line)
    evidence = [_linked(workspace, got, names.evidence_name(one.sealed), one.sealed) for one in got.record.evidence]
    papers = [_linked(workspace, got, names.findings_name(one.sealed), one.sealed) for one in got.record.reports]
    kept = list(_reports(workspace, office, got))
    recipients = (office.secret.recipient,)
    with sqlite_errors(workspace.folder), workspace.db.atomic():
        db = workspace.db
        add_entries(db, got.record.entries)
        _keep_form(db, got.record)
        for item, size in zip(got.record.evidence, evidence, strict=True):
            add_sealed(db, Sealed(original=item.original, sealed=item.sealed, size=item.size, sealed_size=size, recipients=recipients))
        for paper, (report, length), size in zip(got.record.reports, kept, papers, strict=True):
            add_sealed(db, Sealed(original=paper.digest, sealed=paper.sealed, size=length, sealed_size=size, recipients=recipients))
            if report.id not in {one.id for one in reports(db, line.visit)}:
                add_report(db, report)
        add_bundle(db, _bundle(got))
        set_fact(db, READING, line.bundle)


def _read(office: Office, line: ReceivedBundle) -> _Received:
    """Read the record of a received bundle, which must be what the receipt names, its journal checked as at receiving."""
    folder = office.received / line.bundle
    with open_register(office.register) as db:
        listing, receipt = tuple(files_of(db, line.bundle)), receipt_of(db, line.bundle)
    with disk_errors(folder / names.RECORD):
        digest = sha256_of_file(folder / names.RECORD)
    if digest not in {file["digest"] for file in listing if file["name"] == names.RECORD}:
        raise Corrupted("object_differs", place=names.RECORD)
    return _Received(line=line, folder=folder, listing=listing, receipt=receipt, record=read_version(office, line.bundle).record)


def _linked(workspace: Workspace, got: _Received, name: str, sealed: Digest) -> int:
    """Give a received file its further name in the copy's vault; tells its size."""
    source, target = got.folder / name, workspace.vault.path(sealed)
    with disk_errors(source):
        if not target.exists():
            link_or_copy(source, target)
        return source.stat().st_size


def _reports(workspace: Workspace, office: Office, got: _Received) -> Iterator[tuple[ReportRecord, int]]:
    """Give the record of each report and the size of its PDF."""
    for one in got.record.reports:
        with workspace.vault.open(one.sealed) as stream:
            pdf = unseal_bytes(stream.read(), office.secret, names.findings_name(one.sealed))
        if sha256_of(pdf) != one.digest:
            raise Corrupted("object_differs", place=names.findings_name(one.sealed))
        yield _report(one, got.line.visit, pdf), len(pdf)


def _report(one: ReportLine, visit: VisitId, pdf: bytes) -> ReportRecord:
    sheet = {"preliminary": True} if one.preliminary else {}
    acknowledged = {"acknowledges": one.acknowledges, "acknowledged_by": visible(one.acknowledged_by)} if one.acknowledges else {}
    pages = page_count(pdf, names.findings_name(one.sealed))
    signed = {"signed_digest": one.signed_digest, "signed_by": visible(signed_by(pdf))}
    return ReportRecord(
        id=one.id,
        visit=visit,
        kind=one.kind,
        language=one.language,
        made_at=one.made_at,
        digest=one.digest,
        signed=True,
        details={"pages": pages, "size": len(pdf), **signed, **sheet, **acknowledged},
    )


def _bundle(got: _Received) -> BundleRecord:
    at = got.line.received_at
    return BundleRecord(
        id=got.line.bundle, visit=got.line.visit, made_at=at, listing=got.listing, sent_at=at, received_at=at, receipt=got.receipt
    )


def _keep_form(db: Database, record: Record) -> None:
    """Keep the form in this copy, for reading this visit alone."""
    compiled = form_of_record(record)
    if compiled is None:
        raise NotAllowed("form_unknown", form=record.head.form)
    add_form(db, compiled.digest, compiled.form.form, compiled.canonical)


def _tell_profile(workspace: Workspace, office: Office) -> None:
    """Note the office's profile as it is now, by which the signatures of reports are judged."""
    with disk_errors(office.folder):
        profile = (office.folder / PROFILE).read_text("utf-8")
    if workspace.fact("office_profile") != profile:
        workspace.set_fact("office_profile", profile)
