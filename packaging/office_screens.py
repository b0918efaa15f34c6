"""The pictures of the office's window: a visit handed over twice, with questions, replies and a decision in between."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from auditor_app.clock import SystemClock
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION, FINDING
from auditor_app.ui.office.window import OfficeWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.theme import Theme
from auditor_app.workflows.criteria import explain
from auditor_app.workflows.findings import revise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.office.folder import Office, open_office
from auditor_app.workflows.office.reading import received_bundles
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.review_state import WHOLE
from auditor_app.workflows.office.reviewing import ask, decide
from auditor_app.workflows.office_mail import take
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.reviews import reply
from auditor_app.workflows.sample_visit import PASSPHRASE
from auditor_app.workflows.visits import list_visits
from auditor_app.workflows.workspaces import open_existing

REVIEWER = "Inés Sala"
ASKED = (
    (Subject(CRITERION, "10"), "Which of the five supplier files lacked the sanction check, and who is to see to it?"),
    (Subject(CRITERION, "17"), "The arsenic results of contractors: from which quarter are they?"),
    (WHOLE, "Please say in the scope whether the tailings facility was seen."),
)
REPLIED = "Files 2, 4 and 5. The procurement manager has them since 20 November."


@dataclass(frozen=True)
class OfficeScene:
    """The office's window over its own copy of the folder, and the two bundles of the visit, the newer one first."""

    window: OfficeWindow
    settle: Callable[[OfficeWindow], object]
    bundles: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What every picture begins with: the folder of an office that has reviewed, and the bundles."""

    office: Path
    bundles: tuple[str, ...]


Show = Callable[[OfficeScene], object]


def stage(key: str, item: str = "", then: Show | None = None, *, older: bool = False) -> Show:
    """Show a stage of a bundle at an item, and do something there."""

    def show(scene: OfficeScene) -> None:
        scene.window.navigation.open_bundle(scene.bundles[1 if older else 0], key, item)
        scene.settle(scene.window)
        if then is not None:
            then(scene)

    return show


def _received(scene: OfficeScene) -> None:
    scene.window.show_visits()


def _look(scene: OfficeScene) -> None:
    _received(scene)
    scene.window.navigation.received.look_in_mailbox()


def _ask(scene: OfficeScene) -> None:
    part = scene.window.current_screen.page.questions
    part.write()
    part.text.setPlainText("Were the minutes of the July review seen, or only spoken of?")


def _refused(scene: OfficeScene) -> None:
    scene.window.current_screen.decision.by.setText(REVIEWER)
    scene.window.current_screen.decision.choices["accepted"].click()


def _show(scene: OfficeScene, item: str) -> None:
    scene.window.current_screen.show_item(item)


def _show_findings(scene: OfficeScene) -> None:
    screen = scene.window.current_screen
    screen.window_shown.resize(scene.window.size())
    screen.window_shown.begin(screen.shown)
    screen.window_shown.show()


SHOTS: dict[str, Show] = {
    "office-received": _received,
    "office-mailbox": _look,
    "office-review": stage("review"),
    "office-review-refused": stage("review", "", _refused),
    "office-review-returned": stage("review", older=True),
    "office-plan": stage("plan", "site"),
    "office-plan-days": stage("plan", "days"),
    "office-plan-areas": stage("plan", "areas"),
    "office-plan-documents": stage("plan", "documents"),
    "office-plan-interviews": stage("plan", "interviews"),
    "office-plan-workforce": stage("plan", "workforce"),
    "office-plan-equivalences": stage("plan", "equivalences"),
    "office-plan-applicability": stage("plan", "applicability"),
    "office-criteria": stage("criteria", "17"),
    "office-ask": stage("criteria", "1", _ask),
    "office-evidence": stage("evidence"),
    "office-interviews": stage("interviews"),
    "office-findings": stage("findings", "", lambda scene: _show(scene, scene.window.opened.state.findings[0].id)),
    "office-limit": stage("findings", "", lambda scene: _show(scene, scene.window.opened.state.limits[0].id)),
    "office-improvements": stage("findings", "improvement plan"),
    "office-coverage": stage("coverage"),
    "office-coverage-gaps": stage("coverage", "gaps"),
    "office-closing-prepare": stage("closing", "prepare"),
    "office-closing-meeting": stage("closing", "meeting"),
    "office-closing-show": stage("closing", "", _show_findings),
    "office-closing-changes": stage("closing", "changes"),
    "office-closing-sheet": stage("closing", "sheet"),
    "office-report": stage("report"),
    "office-history": stage("history"),
}
"""Every picture of the office's window: its name and how the window comes to show it."""


def lay_ground(sample: Path, folder: Path) -> Ground:
    """Play the review on copies of the sample's office and workspace."""
    shutil.copytree(sample / "office", folder / "office")
    office = open_office(folder / "office", SystemClock())
    first = received_bundles(office)[0].bundle
    for about, text in ASKED:
        ask(office, first, about, text)
    decide(office, first, "returned", "A thorough visit. Three things are to be said more exactly.", REVIEWER)
    return_review(office, first, mailbox=False, out=folder / "letters")
    _answer(office, sample, folder)
    newer = received_bundles(office)[0]
    ask(office, newer.bundle, Subject(FINDING, _first_finding(folder)), "By when will the two traders have sent their files?")
    return Ground(office.folder, (newer.bundle, first))


def set_scene(ground: Ground, theme: Theme, folder: Path, settle: Callable[[OfficeWindow], object]) -> OfficeScene:
    """Open the office's window over a copy of its folder."""
    window = OfficeWindow(theme, Preferences(), shutil.copytree(ground.office, folder / "office"))
    window.show()
    window.begin()
    settle(window)
    return OfficeScene(window, settle, ground.bundles)


def _answer(office: Office, sample: Path, folder: Path) -> None:
    """Let the auditor take the letter in, reply to a question, change two things and hand over again."""
    shutil.copytree(sample / "workspace", folder / "auditor")
    with open_existing(folder / "auditor", PASSPHRASE) as workspace:
        visit = list_visits(workspace)[-1].id
        take(workspace, folder / "letters")
        state = workspace.visit(visit)
        reply(workspace, visit, state.questions[0].id, REPLIED)
        explain(workspace, visit, "17", f"{state.criteria['17'].because} The arsenic results are of the third quarter of 2026.")
        revise_finding(workspace, visit, state.findings[0].id, owner="Head of procurement")
        (folder / "first finding").write_text(state.findings[0].id)
        make_report(workspace, visit, sign=True)
        make_bundle(workspace, visit, out=folder / "stick")
    receive_path(office, folder / "stick")


def _first_finding(folder: Path) -> str:
    return (folder / "first finding").read_text()
