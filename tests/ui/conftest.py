"""A real window over a real workspace, offscreen. The workspace is made once and copied for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from auditor_app.ids import VisitId
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.theme import Theme
from auditor_app.vault.keys import Secret
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import create_workspace, open_workspace
from auditor_app.workspace.opening import say_who_i_am

FACTS = {"site": "Quebrada Honda smelter", "company": "Andina Metales", "site_type": "smelter", "kind": "initial"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the offscreen platform, and sound without a sound server, say of themselves; any other Qt warning fails a test."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "PulseAudioService", "pipewire", extend=True))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Secret, VisitId]:
    """Make a workspace with one visit."""
    folder, secret = tmp_path_factory.mktemp("made") / "workspace", Secret.new()
    create_workspace(folder, "correct horse battery staple", secret=secret)
    with open_workspace(folder, secret=secret, installation=folder.parent / "installation") as workspace:
        say_who_i_am(workspace, "0198f000-0000-7000-8000-000000000001", "Rosa Vidal", "Cordillera Assurance")
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", FACTS)
    return folder, secret, visit


@pytest.fixture(scope="session")
def theme(qapp: object) -> Theme:
    """Put the light look on, once for all tests."""
    worn = Theme(qapp)
    worn.wear("light")
    return worn


@pytest.fixture
def settled(qtbot: object) -> Callable[[MainWindow], None]:
    """Wait until nothing is under way in a window."""

    def wait(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: not window.background.busy and not window.navigation.intake.at_work, timeout=10_000)

    return wait


@pytest.fixture
def empty_window(qtbot: object, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """Show a window without a workspace."""
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(tmp_path / "installation"))
    window = MainWindow(theme, Preferences(workspace=str(tmp_path / "workspace")))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.background.close()


@pytest.fixture
def window(
    qtbot: object, empty_window: MainWindow, made: tuple[Path, Secret, VisitId], tmp_path: Path, settled: Callable[[MainWindow], None]
) -> MainWindow:
    """Open the visit of a copied workspace, at its criteria."""
    folder, secret, visit = made
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    opened: list[object] = []
    empty_window.background.open(
        lambda: open_workspace(copy, secret=secret, installation=tmp_path / "installation"), owner=empty_window, done=opened.append
    )
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    empty_window.open_visit(visit)
    settled(empty_window)
    return empty_window
