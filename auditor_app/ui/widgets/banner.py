"""The banner at the top of the window: tells in place what happened, what it means and what to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from auditor_app.errors import Cancelled
from auditor_app.translation import _
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.glyphs import BAD, GOOD, PARTLY, WAITING, MarkSign
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import dress, label

_MARKS = {"error": BAD, "warning": PARTLY, "good": GOOD, "note": WAITING}


class Banner(QFrame):
    """One notice at a time, until it is closed or another one comes; an action may stand beside it."""

    def __init__(self, theme: Theme) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("banner")
        self._act: Callable[[], object] | None = None
        self._sign = MarkSign(theme, WAITING, size=18)
        self._text = label("", wrap=True, selectable=True)
        self._action = button("", self._do, role="link")
        self._close = button("✕", self.clear, role="quiet", name=_("Close this notice"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """Give the words shown, empty while there are none."""
        return self._text.text() if not self.isHidden() else ""

    def tell(self, notice: Notice, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a notice, with an action when there is one thing to do about it."""
        self._act = act
        self._sign.show_mark(_MARKS[notice.tone])
        self._text.setText(notice.text)
        self._action.setText(action)
        self._action.setAccessibleName(action or _("No action"))
        self._action.setVisible(bool(action))
        self.setAccessibleName(notice.text)
        dress(self, tone=notice.tone)
        self.show()

    def tell_error(self, error: BaseException) -> None:
        """Show an error; what a person cancelled needs no words."""
        if not isinstance(error, Cancelled):
            self.tell(notice_of(error))

    def clear(self) -> None:
        """Take the notice away."""
        self._text.setText("")
        self.hide()

    def _do(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
