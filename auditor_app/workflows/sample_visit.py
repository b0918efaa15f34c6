"""Plays the sample visit from beginning to end with the same workflows as the window and the command line use."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from auditor_app.clock import SystemClock, moment_text
from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import DEMANDED, YES, reviewable
from auditor_app.domain.photos import NO_OBJECTION, REVIEW
from auditor_app.domain.visit import CRITERION, FINDING
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.install_paths import resources
from auditor_app.progress import Progress, silent
from auditor_app.sample.pieces import SamplePiece, make_evidence
from auditor_app.sample.story import RatedCriterion, Story, StoryFinding, StoryReview, story
from auditor_app.store.records import BundleRecord
from auditor_app.workflows import office_mail, sending, workspaces
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.evidence import describe_evidence, link_evidence
from auditor_app.workflows.findings import note_limit, raise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.photo_review import note_shown, object_to
from auditor_app.workflows.reports import export_report, make_report
from auditor_app.workflows.sample_closing import hold_closing, sign_sheet
from auditor_app.workflows.sample_plan import plan_and_hear, profile
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Workspace, open_workspace

PASSPHRASE = "demo"  # noqa: S105 - everyone may open the sample
FINISHED = "sample-visit.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What playing the sample made, and where; `anew` is False when it was all there before."""

    folder: Path
    anew: bool
    text: str


def play(folder: Path, progress: Progress = silent) -> Played:
    """Play the sample visit into a new folder: office, workspace, evidence, report, bundle, mailbox, receipt.

    A folder in which it was played before is left as it is. Raises NotAllowed("sample_exists") for one that holds anything else.
    """
    finished = folder / FINISHED
    if finished.is_file():
        return Played(folder=folder, anew=False, text=finished.read_text("utf-8"))
    if folder.exists() and any(folder.iterdir()):
        raise NotAllowed("sample_exists", path=str(folder))
    try:
        text = _play(folder, progress)
        write_file(folder / "evidence" / "ORIGIN.txt", (resources() / "sample" / "ORIGIN.txt").read_bytes())
        write_file(finished, text.encode())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Played(folder=folder, anew=True, text=text)


def told(played: Played) -> list[str]:
    """Tell what was made and how to check it."""
    head = "The sample visit is ready." if played.anew else "The sample visit is here already; nothing was changed."
    return [head, *played.text.splitlines()]


def fill_visit(workspace: Workspace, files: Path, progress: Progress = silent) -> VisitId:
    """Begin the sample visit in a workspace and do all of its work on site: evidence, answers, ratings, findings, limits."""
    tale = story()
    visit, _changes = begin_visit(workspace, tale.visit.form, _facts(tale))
    evidence = _take_in(workspace, visit, make_evidence(files, progress), progress)
    for done, criterion in enumerate(tale.criteria):
        progress("rating", done, len(tale.criteria))
        _work_through(workspace, visit, criterion, evidence)
    findings = {finding.key: _raise(workspace, visit, finding, evidence, tale) for finding in tale.findings}
    plan_and_hear(workspace, visit, tale)
    for limit in tale.limits:
        note_limit(workspace, visit, limit.what, limit.why, tuple(str(number) for number in limit.criteria))
    hold_closing(workspace, visit, tale, findings)
    _show_photos(workspace, visit, tale.photo_review, evidence)
    return visit


def _play(folder: Path, progress: Progress) -> str:
    office = found_office(folder / "office", story().assignment.office, SystemClock(), mailbox=str((folder / "mailbox").resolve()))
    with disk_errors(folder):
        (folder / "mailbox").mkdir()
    lead = next(member.name for member in story().visit.team if member.role == "lead")
    secret = workspaces.create(folder / "workspace", PASSPHRASE, lead, "Andes Field Audits")
    with open_workspace(folder / "workspace", secret=secret) as workspace:
        answer_letter, _facts = enrol(office, enrolment_request(workspace))
        import_enrolment(workspace, answer_letter)
        visit = fill_visit(workspace, folder / "evidence", progress)
        sign_sheet(workspace, visit, story(), folder / "preliminary.pdf", progress)
        report = make_report(workspace, visit, sign=True, progress=progress)
        export_report(workspace, report, folder / "findings.pdf")
        bundle = make_bundle(workspace, visit, out=folder / "bundle", progress=progress)
        return _hand_over(workspace, office, bundle, visit, progress)


def _hand_over(workspace: Workspace, office: Office, bundle: BundleRecord, visit: VisitId, progress: Progress) -> str:
    sent = sending.send(workspace, bundle.id, progress)
    results = receive_mailbox(office, progress)
    received = office_mail.fetch(workspace, progress).about("receipt")
    state = workspace.visit(visit)
    files, asked = len(bundle.listing), state.facts["assignment"]
    return "\n".join(
        [
            f"  assignment {asked['number']} of {asked['office']}, due {asked['due']}",
            f"  visit      {state.facts['site']}: {len(state.criteria)} criteria rated, {len(state.findings)} findings,"
            f" {len(state.evidence)} pieces of evidence",
            f"  closing    preliminary.pdf, signed, and acknowledged by {story().closing_meeting.acknowledged_by}",
            "  report     findings.pdf, PDF/A-2b, signed",
            f"  bundle     bundle/, {files} files, id {bundle.id}",
            f"  mailbox    {sent.sent} parts sent, {sent.size} bytes",
            *(f"  office     {result.outcome}: {result.site}" for result in results),
            f"  receipt    {'the office has signed for every digest' if bundle.id in received else 'NOT THERE'}",
            "Passphrase of the workspace: demo. How to check it, in this folder:",
            "  pdfsig -nocert findings.pdf",
            "  python3 -m bagit --validate bundle",
            "  openssl cms -verify -inform DER -in bundle/tagmanifest-sha256.txt.p7s -content bundle/tagmanifest-sha256.txt"
            " -CAfile office/ca.pem -binary -purpose any -out /dev/null",
            "  age -d -i office/identity.txt bundle/data/record.age | head -1",
            "  auditor verify bundle --office office/office.profile",
            "",
        ]
    )


def _facts(tale: Story) -> dict[str, Any]:
    visit, asked = tale.visit, tale.assignment
    return {
        "assignment": {
            "number": asked.number,
            "office": asked.office,
            "issued": asked.issued.isoformat(),
            "due": asked.due.isoformat(),
            "instructions": asked.instructions,
        },
        "site": visit.site,
        "company": visit.company,
        "country": visit.country,
        "location": f"{visit.region}, {visit.latitude}, {visit.longitude}",
        "site_type": visit.site_types[0],
        "kind": visit.kind,
        "starts_on": visit.first_day.isoformat(),
        "ends_on": visit.last_day.isoformat(),
        "metals": ", ".join(visit.metals),
        "scope": visit.scope,
        "exclusions": "\n".join(visit.exclusions),
        "team": "\n".join(f"{member.name} ({member.role})" for member in visit.team),
        "office": tale.assignment.office,
        DEMANDED: YES,
        **profile(tale),
    }


def _take_in(workspace: Workspace, visit: VisitId, pieces: list[SamplePiece], progress: Progress) -> dict[str, Digest]:
    evidence = {}
    for done, piece in enumerate(pieces):
        progress("taking_in", done, len(pieces))
        evidence[piece.key], _changes = take_in(workspace, visit, piece.path, provided_by=piece.provided_by)
        happened = moment_text(piece.happened_at) if piece.happened_at else None
        describe_evidence(workspace, visit, evidence[piece.key], caption=piece.caption, happened_at=happened)
    return evidence


def _work_through(workspace: Workspace, visit: VisitId, criterion: RatedCriterion, evidence: dict[str, Digest]) -> None:
    number = str(criterion.number)
    for one in criterion.answers:
        answer(workspace, visit, one.check, one.answer, note=one.note or None)
    rate(workspace, visit, number, criterion.rating, because=criterion.because, departs=criterion.departs or None)
    for link in criterion.evidence:
        link_evidence(workspace, visit, evidence[link.key], Subject(CRITERION, number), link.stance, settled=link.note or None)


def _show_photos(workspace: Workspace, visit: VisitId, told: StoryReview, evidence: dict[str, Digest]) -> None:
    """Show the site all photos, and do what it and the team agreed on where it objects."""
    facts = {"held_at": told.held, "present": told.present, "note": told.note}
    review, _changes = add_line(workspace, visit, REVIEW, **facts)
    note_shown(workspace, visit, review, [one.digest for one in reviewable(workspace.visit(visit))], NO_OBJECTION)
    for one in told.objections:
        copy = _blurred(workspace, visit, evidence[one.evidence], one.blur) if one.blur else ""
        said = {"by": one.by, "why": one.why, "decision": one.decision, "because": one.because, "instead": copy}
        object_to(workspace, visit, review, evidence[one.evidence], **said)


def _blurred(workspace: Workspace, visit: VisitId, digest: Digest, part: tuple[int, int, int, int]) -> Digest:
    """Blur a part of a photo, given in percent."""
    seen = workspace.visit(visit).evidence[digest].captured
    left, top, right, bottom = (percent * seen[side] // 100 for percent, side in zip(part, ("width", "height") * 2, strict=True))
    copy, _changes = make_copy(workspace, visit, digest, Editing(blur=((left, top, right, bottom),)))
    return copy


def _raise(workspace: Workspace, visit: VisitId, told: StoryFinding, evidence: dict[str, Digest], tale: Story) -> str:
    due = tale.visit.last_day + timedelta(days=round(told.due_months * 30.44)) if told.due_months else None
    finding, _changes = raise_finding(
        workspace,
        visit,
        str(told.criterion),
        told.title,
        statement=told.statement,
        objective_evidence=told.objective_evidence,
        requirement=told.requirement,
        grade=told.grade,
        systemic=told.reach == "systemic",
        action=told.proposed_action,
        owner=told.owner_role,
        due=due.isoformat() if due else "",
    )
    for key in told.evidence:
        link_evidence(workspace, visit, evidence[key], Subject(FINDING, finding), "supports")
    return finding
