"""Starts the window."""

import argparse
import logging
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from auditor_app.translation import _
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import read_preferences
from auditor_app.ui.sweeping import Sweeper
from auditor_app.ui.theme import Theme

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
    theme = Theme(application)
    theme.wear(preferences.mode, preferences.text_size)
    sys.setswitchinterval(TURN)
    window = MainWindow(theme, preferences)
    window.show()
    QTimer.singleShot(PAINTED_MS, window, lambda: _go_on(window, theme))
    return window


def _go_on(window: MainWindow, theme: Theme) -> None:
    """Load what the first window does not need."""
    theme.register_large_fonts()
    Sweeper(window, window.background)
    window.background.work(lambda _progress: [import_module(name) for name in WARM], owner=window)


def main() -> None:
    """Open the window of Auditor App."""
    parser = argparse.ArgumentParser(prog="auditor-app", description=_("Auditor App: site audits that work without a network."))
    parser.add_argument("--workspace", type=Path, metavar="DIR", help=_("the folder of the workspace to open"))
    chosen, for_qt = parser.parse_known_args()
    logging.basicConfig(level=logging.WARNING)
    application = QApplication([sys.argv[0], *for_qt])
    application.setApplicationName("auditor-app")
    application.setApplicationDisplayName(_("Auditor App"))
    window = start(application, chosen.workspace)
    sys.excepthook = lambda _kind, error, _trace: window.tell_error(error)
    code = application.exec()
    window.background.close()
    sys.exit(code)
