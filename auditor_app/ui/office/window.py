"""The office's window: it begins with what was received instead of a passphrase."""

from functools import cached_property
from pathlib import Path

from auditor_app.translation import _
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.office.navigation import OfficeNavigation
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.theme import Theme


class OfficeWindow(MainWindow):
    """The window over an office's folder; it is built once the application has said that it only reads."""

    def __init__(self, theme: Theme, preferences: Preferences, folder: Path) -> None:
        """Build the frame over an office's folder."""
        self._folder = folder
        super().__init__(theme, preferences)
        self.setWindowTitle(_("Auditor App: the office"))

    @cached_property
    def navigation(self) -> OfficeNavigation:
        """Build what is around what was received, and put it into its place."""
        return self._placed(OfficeNavigation(self, self.theme, self.background, self.banner, self.stack, self._folder))

    def begin(self, bundle: str = "") -> None:
        """Show what was received, and open a bundle that is named by the beginning of its id."""
        self.show_visits()
        if bundle:
            self.navigation.open_bundle(bundle)
