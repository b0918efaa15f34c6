"""Starts the window."""

import argparse
import logging
import sys
from importlib import import_module
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from auditor_app.translation import _
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import read_preferences
from auditor_app.ui.theme import Theme

WARM = ("auditor_app.workflows.criteria", "auditor_app.workflows.evidence", "auditor_app.workflows.findings")
"""Modules loaded on a worker while the passphrase is typed, so that neither the window nor the first visit waits for them."""


def start(application: QApplication, workspace: Path | None = None) -> MainWindow:
    """Put on the look that was chosen last and show the window; the rest loads behind it."""
    preferences = read_preferences()
    if workspace is not None:
        preferences = msgspec.structs.replace(preferences, workspace=str(workspace.resolve()))
    theme = Theme(application)
    theme.wear(preferences.mode, preferences.text_size)
    window = MainWindow(theme, preferences)
    window.show()
    QTimer.singleShot(0, theme.register_large_fonts)
    window.background.work(lambda _progress: [import_module(name) for name in WARM], owner=window)
    return window


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
