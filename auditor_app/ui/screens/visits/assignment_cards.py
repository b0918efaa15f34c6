"""The office's assignments that wait, as cards above the visits."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.visits.assignment_words import Assigned
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout, scrolled
from auditor_app.ui.widgets.labels import label


class AssignmentCards(QWidget):
    """One card for each; `wanted` carries the assignment to open. It takes up to half of the window, and scrolls beyond that."""

    wanted = Signal(str)

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.opens: dict[str, QPushButton] = {}
        self._shown: tuple[Assigned, ...] = ()
        self._inside = QWidget()
        self._cards = QVBoxLayout(self._inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self._area = scrolled(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_all(self, assigned: Sequence[Assigned]) -> None:
        """Show these; none hides it."""
        self.setVisible(bool(assigned))
        if tuple(assigned) != self._shown:
            self._shown = tuple(assigned)
            empty_layout(self._cards)
            self.opens = {}
            for one in assigned:
                self._cards.addWidget(card := self._card(one))
                card.show()  # at once, so that its button can have the focus
        for opening in self.opens.values():
            opening.setEnabled(True)
        self.updateGeometry()

    def wait(self) -> None:
        """Take no second click until there is an answer."""
        for opening in self.opens.values():
            opening.setEnabled(False)

    def _card(self, one: Assigned) -> Card:
        card = Card("soft", margin=18, spacing=4)
        line, words = QHBoxLayout(), QVBoxLayout()
        line.setSpacing(20)
        words.setSpacing(4)
        words.addWidget(label(_("From the office") if one.is_new else _("Changed by the office"), "copper"))
        words.addWidget(label(one.site, "section", wrap=True))
        for text, role in ((one.about, "body"), (one.work, "muted"), (one.instructions, "body")):
            if text:
                words.addWidget(label(text, role, wrap=True))
        if one.changes:
            words.addWidget(label(_("What changed: {changes}").format(changes=one.changes), wrap=True))
        line.addLayout(words, 1)
        line.addWidget(self._opening(one))
        card.content.addLayout(line)
        return card

    def _opening(self, one: Assigned) -> QPushButton:
        """Make the button; of several cards each says in its name which site it is for."""
        text = _("Open the visit") if one.is_new else _("Bring it into the visit")
        made = button(text, lambda: self.wanted.emit(one.id), role="first", name=f"{text}: {one.site}")
        self.opens[one.id] = made
        return made

    def sizeHint(self) -> QSize:
        """Be as high as the cards at this width, up to half of the window; the layout may take some of it back for the visits."""
        cards = self._cards.heightForWidth(self.width()) if self._cards.hasHeightForWidth() else self._inside.sizeHint().height()
        return QSize(super().sizeHint().width(), min(cards, self.window().height() // 2))

    def minimumSizeHint(self) -> QSize:
        """Ask for enough to see that something is there."""
        return QSize(super().minimumSizeHint().width(), min(self.sizeHint().height(), 5 * self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
