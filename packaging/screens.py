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
from PySide6.QtWidgets import QApplication, QProgressBar

from auditor_app.errors import Unavailable
from auditor_app.ids import VisitId
from auditor_app.ui.app import start
from auditor_app.ui.main_window import MainWindow
from auditor_app.workflows.sample_visit import PASSPHRASE, play
from auditor_app.workflows.visits import begin_visit, list_visits
from auditor_app.workflows.workspaces import open_existing
from auditor_app.workspace import Workspace

SIZES = ((1280, 720), (1480, 900))
LOOKS = (("light", 100), ("dark", 100), ("field", 100), ("light", 200))
NEW = {"site": "Los Alerces refinery", "company": "Metalúrgica del Sur", "site_type": "refinery", "starts_on": "2026-12-07"}


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


def _take_film_in(scene: Scene) -> None:
    """Take a large file in and wait until a good part of it is sealed; what is not sealed when the picture is drawn is given up."""
    scene.window.current_screen.take_files([scene.film])
    bar = scene.window.intake.findChild(QProgressBar)
    _wait(lambda: bar.value() > 250)


SHOTS: dict[str, Show] = {
    "welcome": _welcome,
    "open": _open_workspace,
    "visits": lambda scene: scene.window.show_visits(),
    "new-visit": _new_visit,
    "plan": stage("plan"),
    "criteria": stage("criteria", "17"),
    "criteria-end": stage("criteria", "17", _scroll_to_end),
    "criteria-long-name": stage("criteria", "13"),
    "criteria-begun": stage("criteria", "27", begun=True),
    "say-why": stage("criteria", "4", lambda scene: scene.window.current_screen.page.rating.choose(1), begun=True),
    "banner": stage("criteria", "18", _disk_full),
    "intake": stage("criteria", "17", _take_film_in, begun=True),
    "quick-jump": stage("criteria", "17", lambda scene: scene.window.quick_jump.open()),
    "evidence": stage("evidence"),
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
    begin_visit(workspace, "copper-mark-rra-3.0", NEW)
    return workspace


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
