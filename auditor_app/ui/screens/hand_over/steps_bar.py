"""The way of a bundle in three steps, each with its mark, its word and its time."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.glyphs import OPEN, MarkSign
from auditor_app.ui.screens.hand_over.view_state import STEPS, BundleLine, Step, way_of
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import dress, label


class StepsBar(Card):
    """Shows how far the newest bundle is."""

    def __init__(self, theme: Theme) -> None:
        """Build the three steps."""
        super().__init__(margin=18, spacing=0)
        self.shown: tuple[Step, ...] = ()
        self._signs: list[MarkSign] = []
        self._names: list[QLabel] = []
        self._times: list[QLabel] = []
        line = Beside(spacing=12)
        for position, name in enumerate(STEPS):
            if position:
                line.add(_hairline(), 1)
            line.add(self._step(theme, f"{position + 1}  {_(name)}"))
        self.content.addWidget(line)

    def show_bundle(self, bundle: BundleLine | None) -> None:
        """Show how far a bundle is; None before there is one."""
        self.shown = way_of(bundle)
        for step, sign, name, when in zip(self.shown, self._signs, self._names, self._times, strict=True):
            sign.show_mark(step.mark)
            dress(name, role="muted" if step.mark == OPEN else "strong")
            when.setText(step.when)

    def _step(self, theme: Theme, name: str) -> QHBoxLayout:
        sign, title, time = MarkSign(theme, OPEN, size=24), label(name), label("", "tiny")
        self._signs.append(sign)
        self._names.append(title)
        self._times.append(time)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(time)
        step = QHBoxLayout()
        step.setSpacing(10)
        step.addWidget(sign)
        step.addLayout(words, 1)
        return step


def _hairline() -> QFrame:
    made = QFrame()
    made.setProperty("line", "across")
    made.setMinimumWidth(16)
    return made
