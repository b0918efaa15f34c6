"""The choice of a document's language, independent of the window's."""

from auditor_app.translation import languages
from auditor_app.ui.background import Background
from auditor_app.ui.screens.report.view_state import language_name
from auditor_app.ui.widgets.steady import SteadyCombo


class LanguageChoice(SteadyCombo):
    """Offers English at once, and the languages that have a catalogue once they are looked up."""

    def __init__(self, background: Background, name: str) -> None:
        """Offer the languages; `name` is the accessible name."""
        super().__init__()
        self.setAccessibleName(name)
        self.addItem(language_name("en"), "en")
        background.work(lambda _progress: languages(), owner=self, done=self._offer)

    @property
    def code(self) -> str:
        """Give the language chosen, as catalogues name it."""
        return str(self.currentData())

    def _offer(self, codes: tuple[str, ...]) -> None:
        for code in codes[1:]:
            self.addItem(language_name(code), code)
