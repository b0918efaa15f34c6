"""Draws every screen to PNG, in each look and size, offscreen, on the sample visit, so that a person can judge how it looks.

    python packaging/screens.py --out DIR [--only NAME] [--sample DIR]

Playing the sample takes half a minute; with --sample it is kept there for the next time.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.errors import Unavailable
from auditor_app.ids import VisitId
from auditor_app.sample.story import story
from auditor_app.ui.app import start
from auditor_app.ui.main_window import MainWindow
from auditor_app.workflows.lists import add_line, revise_line
from auditor_app.workflows.sample_visit import PASSPHRASE, play
from auditor_app.workflows.visits import begin_visit, list_visits
from auditor_app.workflows.workspaces import open_existing
from auditor_app.workspace import Workspace

SIZES = ((1280, 720), (1480, 900))
LOOKS = (("light", 100), ("dark", 100), ("field", 100), ("light", 200))
NEW = {"site": "Los Alerces refinery", "company": "Metalúrgica del Sur", "site_type": "refinery", "starts_on": "2026-12-07"}

PLAN = (
    ("line workers", "women", "", 4),
    ("line workers", "men", "night", 6),
    ("contractors", "", "", 6),
    ("migrant workers", "", "", 4),
    ("women workers", "women", "", 6),
    ("worker representatives", "", "", 3),
    ("community", "", "", 8),
)
SAID = {
    "original": "我们的护照都在自己手里，没有付过任何费用。宿舍可以随时离开。",
    "interpreted": "We keep our passports ourselves and never paid anyone. We may leave the camp whenever we like.",
    "stance": "supports",
    "criteria": ["12"],
}


@dataclass(frozen=True)
class Scene:
    """A window over a copy of the sample: the visit that is done, one that has just begun, and a large file."""

    window: MainWindow
    done: VisitId
    begun: VisitId
    film: Path


Show = Callable[[Scene], object]


def stage(key: str, item: str = "", then: Show | None = None, *, begun: bool = False) -> Show:
    """Show a stage of the visit that is done, or of the one just begun, at an item, and do something there."""

    def show(scene: Scene) -> None:
        window = scene.window
        window.open_visit(scene.begun if begun else scene.done, key)
        settle(window)
        window.go_to(key, item)
        settle(window)
        if then is not None:
            then(scene)

    return show


def _welcome(scene: Scene) -> None:
    scene.window.show_first_start()
    scene.window.first_start.turn_to_create()


def _open_workspace(scene: Scene) -> None:
    scene.window.show_first_start()
    scene.window.first_start.turn_to_open()


def _new_visit(scene: Scene) -> None:
    scene.window.show_visits()
    settle(scene.window)
    scene.window.visits.show_new()


def _scroll_to_end(scene: Scene) -> None:
    settle(scene.window)
    scene.window.current_screen.page.scroll_to_end()


def _disk_full(scene: Scene) -> None:
    scene.window.tell_error(Unavailable("disk_full_for_file", path="IMG_0412.jpg", size=4 << 30))


def _show_talk(scene: Scene, *, to_end: bool = False) -> None:
    """Show the interview with quotes, at its beginning or its end with the name's place open."""
    screen = scene.window.current_screen
    screen.show_item(screen.opened.state.quotes[0].interview)
    settle(scene.window)
    if to_end:
        screen.name.opener.click()
        settle(scene.window)
        bar = screen.editor.parentWidget().parentWidget().verticalScrollBar()
        bar.setValue(bar.maximum())


def _search(scene: Scene) -> None:
    scene.window.quick_jump.open()
    scene.window.quick_jump.findChild(QLineEdit).setText("furnace")
    _wait(lambda: scene.window.quick_jump.found_count > 0, 3_000)


def _draw_on_a_copy(scene: Scene) -> None:
    """Open a photo for copying and do a little of everything."""
    screen = scene.window.current_screen
    screen.show_item(next(one.digest for one in screen.opened.state.evidence.values() if one.media_type == "image/jpeg"))
    settle(scene.window)
    screen.tools.make_copy()
    settle(scene.window)
    page = screen.tools.copying
    for tool, box in (("blur", (0.1, 0.15, 0.3, 0.4)), ("boxes", (0.45, 0.3, 0.7, 0.6)), ("arrows", (0.2, 0.85, 0.44, 0.62))):
        page.choose(tool)
        page.canvas.mark(*box)
    page.choose("texts")
    page.words.setText("no guard here")
    page.canvas.mark(0.12, 0.86, 0.12, 0.86)
    page.choose("crop")
    page.canvas.mark(0.04, 0.06, 0.9, 0.96)


def _take_film_in(scene: Scene) -> None:
    """Take a large file in and wait until a good part of it is sealed; what is not sealed when the picture is drawn is given up."""
    scene.window.current_screen.take_files([scene.film])
    bar = scene.window.intake.findChild(QProgressBar)
    _wait(lambda: bar.value() > 250)


def _show_photo(scene: Scene, *, closer: bool) -> None:
    """Show only photos, one of them chosen or as large as the screen allows."""
    screen = scene.window.current_screen
    screen.look_back()
    screen.filter.kind.setCurrentIndex(screen.filter.kind.findData("Photo"))
    screen.filter.changed.emit()
    screen.grid.go_to(screen.grid.tiles.pieces[8].digest)
    if closer:
        screen.look_closer()


def _look_at_report(scene: Scene) -> None:
    screen = scene.window.current_screen
    screen.look_at(screen.made.reports[0])


def _differ(scene: Scene) -> None:
    """Let somebody else rate a criterion without having seen the rating that is there."""
    if scene.window.opened.state.clashes:
        return

    def elsewhere(workspace: Workspace) -> Changes:
        with workspace.recording(scene.done) as recorder:
            recorder.add(Subject("criterion", "17"), "rating", "fully", replaces=(), reason="")
        return recorder.changes

    scene.window.background.change(elsewhere, owner=scene.window)


SHOTS: dict[str, Show] = {
    "welcome": _welcome,
    "open": _open_workspace,
    "visits": lambda scene: scene.window.show_visits(),
    "new-visit": _new_visit,
    "plan": stage("plan", "site"),
    "plan-areas": stage("plan", "areas"),
    "plan-documents": stage("plan", "documents"),
    "plan-interviews": stage("plan", "interviews"),
    "plan-applicability": stage("plan", "applicability"),
    "plan-begun": stage("plan", "days", begun=True),
    "criteria": stage("criteria", "17"),
    "criteria-end": stage("criteria", "17", _scroll_to_end),
    "criteria-long-name": stage("criteria", "13"),
    "criteria-begun": stage("criteria", "27", begun=True),
    "say-why": stage("criteria", "4", lambda scene: scene.window.current_screen.page.rating.choose(1), begun=True),
    "banner": stage("criteria", "18", _disk_full),
    "intake": stage("criteria", "17", _take_film_in, begun=True),
    "quick-jump": stage("criteria", "17", lambda scene: scene.window.quick_jump.open()),
    "evidence": stage("evidence"),
    "evidence-photos": stage("evidence", "", lambda scene: _show_photo(scene, closer=False)),
    "evidence-closer": stage("evidence", "", lambda scene: _show_photo(scene, closer=True)),
    "evidence-many": stage("evidence", "", lambda scene: scene.window.current_screen.grid.selectAll()),
    "evidence-empty": stage("evidence", begun=True),
    "coverage": stage("coverage"),
    "coverage-gaps": stage("coverage", "gaps"),
    "coverage-begun": stage("coverage", begun=True),
    "findings": stage("findings"),
    "findings-end": stage("findings", "", lambda scene: scene.window.current_screen.scroll_to_end()),
    "findings-empty": stage("findings", begun=True),
    "finding-new": stage("findings", "new:17"),
    "finding-evidence": stage("findings", "", lambda scene: scene.window.current_screen.pick()),
    "report": stage("report"),
    "report-begun": stage("report", begun=True),
    "report-page": stage("report", "", _look_at_report),
    "hand-over": stage("hand_over"),
    "hand-over-begun": stage("hand_over", begun=True),
    "hand-over-mailbox": stage("hand_over", "", lambda scene: scene.window.current_screen.mailbox.open_form()),
    "history": stage("history"),
    "history-clash": stage("history", "", _differ),
    "copy": stage("evidence", "", lambda scene: _draw_on_a_copy(scene)),
    "clock": stage("evidence", "clock"),
    "interviews": stage("interviews", "", lambda scene: _show_talk(scene)),
    "interviews-end": stage("interviews", "", lambda scene: _show_talk(scene, to_end=True)),
    "interviews-begun": stage("interviews", begun=True),
    "interview-new": stage("interviews", "", lambda scene: scene.window.current_screen.begin()),
    "search": stage("criteria", "17", lambda scene: _search(scene)),
}
"""Every picture: its name and how the window comes to show it. Add a line for a new screen."""


def settle(window: MainWindow) -> None:
    """Let the window work until nothing is under way."""
    calm = [0]

    def is_calm() -> bool:
        calm[0] = 0 if window.background.busy or window.intake.at_work else calm[0] + 1
        return calm[0] > 3

    _wait(is_calm)


def _wait(until: Callable[[], bool], most_ms: int = 20_000) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=15)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(most_ms, loop.quit)
    loop.exec()


def _open_copy(sample: Path, folder: Path) -> Workspace:
    """Copy the sample's workspace, so that the sample stays as it was played, and open it with one more visit begun."""
    play(sample)
    shutil.copytree(sample / "workspace", folder)
    workspace = open_existing(folder, PASSPHRASE)
    _hear_people(workspace, list_visits(workspace)[-1].id)
    begin_visit(workspace, "copper-mark-rra-3.0", NEW)
    return workspace


def _hear_people(workspace: Workspace, visit: VisitId) -> None:
    """Give the visit a sampling plan and interviews, if it has none yet."""
    if workspace.visit(visit).interviews:
        return
    for group, gender, shift, planned in PLAN:
        add_line(workspace, visit, "quota", group=group, gender=gender, shift=shift, planned=planned)
    for number, talk in enumerate(story().interviews):
        fields = {"people": talk.people, "language": talk.language, "minutes": talk.minutes, "summary": talk.summary}
        begun = {"held_at": f"{talk.held}T1{number % 8}:30:00.000000Z", "group": talk.group.replace("_", " "), "place": "Canteen 2"}
        consent = ("given", "given", "given_in_part", "given", "", "given", "refused", "given")[number % 8]
        about = [str(one) for one in talk.about]
        form = "group" if talk.people > 1 else "individual"
        line, _changes = add_line(workspace, visit, "interview", **fields, **begun, consent=consent, criteria=about, form=form)
        if talk.language == "zh":
            add_line(workspace, visit, "quote", interview=line, **SAID)
            add_line(workspace, visit, "quote", interview=line, original="有一次。", interpreted="Once.", stance="contradicts")
    quotas = {one.group: one.id for one in workspace.visit(visit).quotas}
    for one in workspace.visit(visit).interviews:
        if one.group in quotas:
            revise_line(workspace, visit, "interview", one.id, quota=quotas[one.group])


def _set_scene(window: MainWindow, sample: Path, folder: Path) -> Scene:
    visits: list[VisitId] = []
    window.background.open(lambda: _open_copy(sample, folder / "workspace"), owner=window, done=lambda _none: None)
    window.background.run(lambda workspace: [one.id for one in list_visits(workspace)], owner=window, done=visits.extend)
    _wait(lambda: len(visits) > 0, 120_000)
    film = folder / "tankhouse-walk.mp4"
    with film.open("wb") as stream:
        stream.truncate(1_500_000_000)
    return Scene(window, done=visits[-1], begun=visits[0], film=film)


def _draw_all(scene: Scene, out: Path, only: str) -> None:
    window = scene.window
    for mode, text_size in LOOKS:
        window.theme.wear(mode, text_size)
        for width, height in SIZES:
            window.resize(width, height)
            for name, show in SHOTS.items():
                file = f"{name}-{mode}{'' if text_size == 100 else text_size}-{width}.png"
                if only in file:
                    _draw(scene, show, out / file)


def _draw(scene: Scene, show: Show, file: Path) -> None:
    window = scene.window
    show(scene)
    if not window.intake.at_work:
        settle(window)
    window.grab().save(str(file))
    print(file)
    window.intake.stop()
    settle(window)
    window.quick_jump.hide()
    window.banner.clear()


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="draw only pictures whose name contains this, such as criteria or dark-1280")
    parser.add_argument("--sample", type=Path, help="keep the sample visit in this folder")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["AUDITOR_INSTALLATION"] = str(folder / "installation")
        window = start(QApplication([]))
        scene = _set_scene(window, chosen.sample or folder / "sample", folder)
        _draw_all(scene, chosen.out, chosen.only)
        window.background.close()


if __name__ == "__main__":
    main()
