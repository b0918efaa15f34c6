"""Handing a visit over: bundle made and verified, sent over the mailbox, receipt fetched, evidence released."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor_app import __version__
from auditor_app.bundle import names
from auditor_app.bundle.packing import Packed, Payload, pack
from auditor_app.bundle.record import EvidenceLine, Record, RecordHead, ReportLine, record_lines
from auditor_app.clock import moment_text
from auditor_app.digests import sha256_of
from auditor_app.disk import disk_errors
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.plain_text import LONGEST_LINE
from auditor_app.progress import Progress, silent
from auditor_app.signing.cms import sign_detached
from auditor_app.store.journal import entries_of_visit
from auditor_app.store.records import BundleRecord, ReportRecord, Sealed, add_bundle, add_sealed, bundles, reports, sealed
from auditor_app.vault.resealing import reseal
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.bundle_copies import copy_bundle
from auditor_app.workflows.identity import office_profile, signing_identity
from auditor_app.workflows.verifying import Trust, verify_bundle
from auditor_app.workflows.visits import OpenVisit, open_visit
from auditor_app.workspace import Workspace


def make_bundle(
    workspace: Workspace, visit: VisitId, *, out: Path | None = None, pin: str | None = None, progress: Progress = silent
) -> BundleRecord:
    """Make the bundle of a visit in the workspace's outgoing folder, and a copy at `out` (a folder, or one zip) if asked.

    Each is read again and verified before it counts, the copy from its own disk. Evidence that the office cannot open yet is sealed
    anew to it first.
    `pin` opens the smart card of whoever signs with one. Raises NotAllowed: no certificate, no signed report, a clash open,
    evidence not on this laptop; `out` exists; what the card refuses.
    """
    opened = open_visit(workspace, visit)
    if out is not None and out.exists():
        raise NotAllowed("file_exists", path=str(out))
    if opened.state.clashes:
        raise NotAllowed("clashes_open", count=len(opened.state.clashes))
    identity, now = signing_identity(workspace, pin=pin), workspace.clock.now()
    payload = list(_payload(workspace, opened, progress))

    def sign(data: bytes) -> bytes:
        return sign_detached(data, identity, now)

    _sweep_outgoing(workspace)
    draft = workspace.outgoing / "draft"
    packed = pack(draft, payload, date=now.date().isoformat(), sign=sign, may_link=True, progress=progress)
    with _removed_on_failure(draft):
        verify_written(workspace, draft, progress)
        if out is not None:
            copy_bundle(draft, out, lambda path: verify_written(workspace, path, progress), progress)
        with disk_errors(draft):
            draft.replace(workspace.outgoing / packed.id)
    return _keep(workspace, visit, packed, moment_text(now))


def hand_overs(workspace: Workspace, visit: VisitId | None = None) -> list[BundleRecord]:
    """List the bundles of a visit, or of all, newest first."""
    return bundles(workspace.db, visit)


def find_bundle(workspace: Workspace, name: str) -> BundleRecord:
    """Find a bundle by the beginning of its id. Raises NotAllowed."""
    fits = [bundle for bundle in bundles(workspace.db) if name and bundle.id.startswith(name)]
    if len(fits) != 1:
        raise NotAllowed("bundle_unknown", bundle=name)
    return fits[0]


def verify_written(workspace: Workspace, path: Path, progress: Progress = silent) -> None:
    """Read a bundle again as its receiver would, with this workspace's own key. Raises Corrupted naming the questions answered no."""
    trust = Trust(at=workspace.clock.now(), profile=office_profile(workspace), secret=workspace.secret)
    found = verify_bundle(path, trust, progress)
    if wrong := [answer.question for answer in found.answers if answer.answer == "no"]:
        raise Corrupted("bundle_not_verified", path=str(path), questions=", ".join(wrong))


def _sweep_outgoing(workspace: Workspace) -> None:
    """Remove what an interrupted making of a bundle left."""
    known = {bundle.id for bundle in bundles(workspace.db)}
    for left in workspace.outgoing.glob("*"):
        if left.name not in known:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _removed_on_failure(target: Path) -> Iterator[None]:
    """Remove a bundle that was written, when what follows fails."""
    try:
        yield
    except BaseException:
        if target.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        else:
            target.unlink(missing_ok=True)
        raise


def _payload(workspace: Workspace, opened: OpenVisit, progress: Progress) -> Iterator[Payload]:
    recipients = workspace.recipients()
    evidence = list(_sealed_evidence(workspace, opened, progress))
    signed = [report for report in reports(workspace.db, opened.state.id) if report.signed]
    if not signed:
        raise NotAllowed("report_missing")
    findings = [(report, sealed_to_office(workspace, report.digest)) for report in signed]
    record = b"".join(record_lines(_record(workspace, opened, evidence, findings)))
    wrapped = seal_bytes(record, recipients)
    yield Payload(name=names.RECORD, digest=sha256_of(wrapped), size=len(wrapped), data=wrapped)
    for one in evidence:
        yield _file(workspace, names.evidence_name(one.sealed), one)
    for _report, one in findings:
        yield _file(workspace, names.findings_name(one.sealed), one)


def _file(workspace: Workspace, name: str, one: Sealed) -> Payload:
    return Payload(name=name, digest=one.sealed, size=one.sealed_size, file=workspace.vault.path(one.sealed))


def _sealed_evidence(workspace: Workspace, opened: OpenVisit, progress: Progress) -> Iterator[Sealed]:
    for done, digest in enumerate(sorted(opened.state.evidence)):
        progress("sealing", done, len(opened.state.evidence))
        yield sealed_to_office(workspace, digest)


def sealed_to_office(workspace: Workspace, original: Digest) -> Sealed:
    """Give an original sealed to the office too, sealing it anew if it came in before the office was known."""
    found, recipients = sealed(workspace.db, original), tuple(workspace.recipients())
    if found is None or found.released_at:
        raise NotAllowed("evidence_not_here", evidence=original)
    if set(recipients) <= set(found.recipients):
        return found
    made = reseal(workspace.vault, found.sealed, original, workspace.secret, recipients)
    anew = Sealed(original=original, sealed=made.sealed, size=made.size, sealed_size=made.sealed_size, recipients=recipients)
    with workspace.transaction() as db:
        add_sealed(db, anew)
    workspace.vault.path(found.sealed).unlink(missing_ok=True)
    return anew


def _record(workspace: Workspace, opened: OpenVisit, evidence: list[Sealed], findings: list[tuple[ReportRecord, Sealed]]) -> Record:
    head = RecordHead(
        visit=opened.state.id,
        form=opened.form.form,
        form_digest=opened.compiled.digest,
        reply_to=workspace.secret.recipient,
        program=f"Auditor App {__version__}",
    )
    return Record(
        entries=tuple(entries_of_visit(workspace.db, opened.state.id)),
        head=head,
        evidence=tuple(EvidenceLine(original=one.original, sealed=one.sealed, size=one.size) for one in evidence),
        reports=tuple(_report_line(report, one) for report, one in findings),
        form=opened.compiled.canonical,
    )


def _report_line(report: ReportRecord, one: Sealed) -> ReportLine:
    said = report.details
    return ReportLine(
        id=report.id,
        kind=report.kind,
        language=report.language,
        made_at=report.made_at,
        digest=report.digest,
        sealed=one.sealed,
        signed_digest=str(said.get("signed_digest", "")),
        preliminary=bool(said.get("preliminary")),
        acknowledges=str(said.get("acknowledges", "")),
        acknowledged_by=str(said.get("acknowledged_by", ""))[:LONGEST_LINE],
    )


def _keep(workspace: Workspace, visit: VisitId, packed: Packed, made_at: str) -> BundleRecord:
    listing = tuple({"name": name, "digest": digest, "size": size} for name, digest, size in packed.files)
    record = BundleRecord(id=packed.id, visit=visit, made_at=made_at, listing=listing)
    with workspace.transaction() as db:
        add_bundle(db, record)
    return record
