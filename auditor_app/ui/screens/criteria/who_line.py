"""How far a criterion is, and who works on it: said in place, so that two people do not do the same work."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.screens.criteria.list_state import state_mark, state_words
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button, show_arrow
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.triangulation import Conclusion, works_on
from auditor_app.workflows.visits import OpenVisit


class WhoLine(QWidget):
    """`assigned` carries the name of who works on it from now on, "" for nobody."""

    assigned = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Begin without a criterion."""
        super().__init__()
        self._theme, self._me, self._team = theme, "", tuple[str, ...]()
        self.sign, self.state = MarkSign(theme, size=15), label("", "muted")
        self._stands = QWidget()
        stands = QHBoxLayout(self._stands)
        stands.setContentsMargins(2, 0, 4, 0)
        stands.addWidget(self.sign)
        stands.addWidget(self.state)
        self.who = shown_only(button("", self._offer, role="quiet"))
        self.take = for_writing(button(_("I take this"), self._take, role="link"))
        line = Flow(spacing=4)
        for widget in (self._stands, self.who, self.take):
            line.addWidget(widget)
        self.setLayout(line)
        theme.changed.connect(self._fit)
        self._fit()

    def show_conclusion(self, opened: OpenVisit, one: Conclusion, me: str, team: tuple[str, ...]) -> None:
        """Show how far a criterion is and whose it is; `me` is the workspace's own person."""
        self._me, self._team = me, team
        self.sign.show_mark(state_mark(opened, one))
        self.state.setText(state_words(one))
        who, own = one.page.state.assigned, works_on(one.page, me)
        works = _("{name} worked on it") if only_reads() else _("{name} works on it")
        words = _("You work on it") if own else works.format(name=who) if who else _("Nobody's yet")
        self.who.setText(words)
        self.who.setAccessibleName(words if only_reads() else _("{who}; change who works on it").format(who=words))
        dress(self.who, whose="other" if who and not own else "")
        self.take.setVisible(bool(me) and not own)

    def menu(self) -> QMenu:
        """Make the menu of the people who could work on it."""
        menu = QMenu(self)
        for name in dict.fromkeys((self._me, *self._team)):
            if name:
                menu.addAction(name.replace("&", "&&")).triggered.connect(lambda _checked=False, name=name: self.assigned.emit(name))
        menu.addSeparator()
        menu.addAction(_("Nobody")).triggered.connect(lambda _checked=False: self.assigned.emit(""))
        return menu

    def _take(self) -> None:
        self.assigned.emit(self._me)

    def _offer(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.who.mapToGlobal(QPoint(0, self.who.height())))

    def _fit(self) -> None:
        if not only_reads():
            show_arrow(self.who, self._theme.look)
        self._stands.setMinimumHeight(self._theme.look.measures["control"] + 2)
