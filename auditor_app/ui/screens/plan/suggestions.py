"""Words that a click adds to a list."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.reading import for_writing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label

MOST = 14


class Suggestions(QWidget):
    """A line of small buttons; hidden while there is nothing to suggest."""

    def __init__(self, title: str, take: Callable[[str], object]) -> None:
        """Call `take` with a word that is clicked."""
        super().__init__()
        self._take, self._words = take, tuple[str, ...]()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(title, "field"))
        self._flow = Flow(spacing=6)
        layout.addLayout(self._flow)
        self.hide()
        for_writing(self)

    @property
    def words(self) -> tuple[str, ...]:
        """Give the words that are offered."""
        return self._words

    def show_words(self, words: tuple[str, ...]) -> None:
        """Offer words, not more than a person reads at a glance."""
        words = words[:MOST]
        if words != self._words:
            self._words = words
            empty_layout(self._flow)
            for word in words:
                self._flow.addWidget(button(f"+ {word}", partial(self._take, word), role="link", name=_("Add {word}").format(word=word)))
        self.setVisible(bool(words))
