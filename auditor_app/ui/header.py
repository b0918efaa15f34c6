"""The header: which site, how far, what is saved, the search, and the look."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout

from auditor_app.clock import SystemClock, parse_moment
from auditor_app.translation import _
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE, WAITING
from auditor_app.ui.moments import local_words
from auditor_app.ui.progress_words import hand_over_words
from auditor_app.ui.theme import MODE_NAMES, TEXT_SIZES, Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.pill import Pill
from auditor_app.ui.widgets.progress_ring import ProgressRing
from auditor_app.workflows.custody import HandOverState


class Header(QFrame):
    """Shows site and progress on one side, search, saved state and look on the other."""

    jump_wanted = Signal()
    look_wanted = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        """Build it for no visit."""
        super().__init__()
        self.setObjectName("header")
        self._theme = theme
        self._saved_at, self._of_visit = "", False
        self._reading = tuple[str, ...]()
        self.ring = ProgressRing(theme)
        self.site, self.about = Elided("", "section"), Elided("", "tiny")
        self.saved, self.handed = Pill(theme, "", OPEN), Pill(theme, "", OPEN)
        self.handed.hide()
        self.jump = button(_("Search or run a command    Ctrl+K"), self.jump_wanted.emit, role="jump", name=_("Search or run a command"))
        self.look = QToolButton()
        self._fill_look()
        self._lay_out()
        theme.changed.connect(self._fit)

    def show_visit(self, site: str, about: str) -> None:
        """Show which site and which visit."""
        self.site.setText(site)
        self.about.setText(about)
        self.about.setVisible(bool(about))

    def show_waiting(self, count: int) -> None:
        """Say that something is being saved, or when the last thing was."""
        if count:
            self.saved.say(_("Saving…"), WAITING, "muted")
        elif self._saved_at:
            self.show_saved(self._saved_at)
        else:
            self.saved.say(_("Everything is saved"), GOOD, "muted")

    def show_saved(self, saved_at: str) -> None:
        """Say when the last change was committed, in local time; never called before the commit."""
        self._saved_at = saved_at
        local = parse_moment(saved_at).astimezone()
        today = local.date() == SystemClock().now().date()
        self.saved.say(_("Saved {time}").format(time=local.strftime("%H:%M:%S") if today else local_words(saved_at)), GOOD, "fully")

    def show_not_saved(self) -> None:
        """Say that the last change was not saved; the banner tells why."""
        self._saved_at = ""
        self.saved.say(_("Not saved"), WAITING, "error")

    def show_reading(self, *words: str) -> None:
        """Say, in place of what is saved, that this is read only; the later words are left out where there is no room for them."""
        self._reading = words
        self._fit()

    def show_hand_over(self, state: HandOverState) -> None:
        """Say how far the hand-over is."""
        words, mark, role = hand_over_words(state)
        self.handed.say(words, mark, role)
        self._fit()

    def for_visit(self, there: bool) -> None:
        """Show or hide what belongs to an open visit."""
        for widget in (self.ring, self.jump, self.saved):
            widget.setVisible(there)
        self._of_visit = there
        self.handed.say("", OPEN)
        self._fit()

    def _fit(self) -> None:
        """Shorten the search where the width is wanted for the site's name."""
        wide = self.width() >= self._theme.look.px(860)
        self.jump.setText(_("Search or run a command    Ctrl+K") if wide else "Ctrl+K")
        self.handed.setVisible(wide and self._of_visit and bool(self.handed.text))
        if self._reading:
            room = 3 if self.width() >= self._theme.look.px(1180) else 2 if wide else 1
            self.saved.say(" · ".join(self._reading[:room]), OUTSIDE, "strong")

    def _fill_look(self) -> None:
        menu = QMenu(self)
        modes, sizes = QActionGroup(self), QActionGroup(self)
        for mode, name in MODE_NAMES.items():
            action = _choice(menu, modes, _(name), mode == self._theme.look.mode)
            action.triggered.connect(lambda _checked=False, mode=mode: self.look_wanted.emit(mode, self._theme.text_size))
        menu.addSeparator()
        for size in TEXT_SIZES:
            action = _choice(menu, sizes, _("Text {size} %").format(size=size), size == self._theme.text_size)
            action.triggered.connect(lambda _checked=False, size=size: self.look_wanted.emit(self._theme.look.mode, size))
        self.look.setMenu(menu)
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.look.setText(_("Look"))
        self.look.setAccessibleName(_("Light, dark or field mode, and text size"))

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self.site)
        names.addWidget(self.about)
        names.addStretch(1)
        self.jump.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 10, 20, 10)
        layout.setSpacing(14)
        layout.addWidget(self.ring)
        layout.addLayout(names, 1)
        for widget in (self.jump, self.handed, self.saved, self.look):
            layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()


def _choice(menu: QMenu, group: QActionGroup, name: str, checked: bool) -> QAction:
    action = menu.addAction(name)
    action.setCheckable(True)
    action.setChecked(checked)
    group.addAction(action)
    return action
