"""A small rounded sign with a mark and a few words, such as "Saved 09:14:03"."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from auditor_app.ui.glyphs import OPEN, Mark, MarkSign
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.labels import dress, label


class Pill(QFrame):
    """A state in a word, with its shape and colour."""

    def __init__(self, theme: Theme, text: str = "", mark: Mark = OPEN, role: str = "muted") -> None:
        """Show a text with a mark."""
        super().__init__()
        self.setProperty("pill", "plain")
        self._sign, self._text = MarkSign(theme, mark, size=14), label(text, role)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 12, 4)
        layout.setSpacing(7)
        layout.addWidget(self._sign)
        layout.addWidget(self._text)
        self.say(text, mark, role)

    @property
    def text(self) -> str:
        """Give the words shown."""
        return self._text.text()

    def say(self, text: str, mark: Mark, role: str = "muted") -> None:
        """Show another state."""
        self._sign.show_mark(mark)
        self._text.setText(text)
        dress(self._text, role=role)
        self.setAccessibleName(text)
