"""Starts the window."""

import argparse
import logging
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from auditor_app.translation import _
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import Preferences, read_preferences
from auditor_app.ui.reading import let_only_read
from auditor_app.ui.sweeping import Sweeper
from auditor_app.ui.theme import Theme

if TYPE_CHECKING:
    from auditor_app.ui.office.window import OfficeWindow

WARM = tuple(f"auditor_app.workflows.{name}" for name in ("sessions", "criteria", "evidence", "findings"))
"""Modules loaded on a worker while the passphrase is typed, so that neither the window nor the first visit waits for them."""

TURN = 0.001
"""Seconds after which a busy worker lets the window have its turn; Python's own five add up to a stall when several are busy."""

PAINTED_MS = 50
"""Milliseconds after which the first window is painted and the rest may begin."""


def start(application: QApplication, workspace: Path | None = None) -> MainWindow:
    """Put on the look that was chosen last and show the window; the rest loads behind it."""
    preferences = read_preferences()
    if workspace is not None:
        preferences = replace(preferences, workspace=str(workspace.resolve()))
    theme = _dressed(application, preferences)
    window = MainWindow(theme, preferences)
    window.show()
    QTimer.singleShot(PAINTED_MS, window, lambda: _go_on(window, theme))
    return window


def start_office(application: QApplication, folder: Path, bundle: str = "") -> "OfficeWindow":
    """Show the office's window over its folder, which only reads, at a bundle if one is named."""
    from auditor_app.ui.office.window import OfficeWindow  # noqa: PLC0415 - an auditor's window does without

    let_only_read(application)
    preferences = read_preferences()
    theme = _dressed(application, preferences)
    window = OfficeWindow(theme, preferences, folder.resolve())
    window.show()
    window.begin(bundle)
    QTimer.singleShot(PAINTED_MS, window, lambda: _go_on(window, theme))
    return window


def _dressed(application: QApplication, preferences: Preferences) -> Theme:
    theme = Theme(application)
    theme.wear(preferences.mode, preferences.text_size)
    sys.setswitchinterval(TURN)
    return theme


def _go_on(window: MainWindow, theme: Theme) -> None:
    """Load what the first window does not need."""
    theme.register_large_fonts()
    Sweeper(window, window.background)
    window.background.work(lambda _progress: [import_module(name) for name in WARM], owner=window)


def main() -> None:
    """Open the window of Auditor App."""
    parser = argparse.ArgumentParser(prog="auditor-app", description=_("Auditor App: site audits that work without a network."))
    parser.add_argument("--workspace", type=Path, metavar="DIR", help=_("the folder of the workspace to open"))
    parser.add_argument("--office", type=Path, metavar="DIR", help=_("the folder of an office: read and review what was received"))
    parser.add_argument("--bundle", default="", help=_("with --office: the received bundle to open"))
    chosen, for_qt = parser.parse_known_args()
    logging.basicConfig(level=logging.WARNING)
    application = QApplication([sys.argv[0], *for_qt])
    application.setApplicationName("auditor-app")
    application.setApplicationDisplayName(_("Auditor App"))
    window = start_office(application, chosen.office, chosen.bundle) if chosen.office else start(application, chosen.workspace)
    sys.excepthook = lambda _kind, error, _trace: window.tell_error(error)
    code = application.exec()
    window.background.close()
    sys.exit(code)
