"""One of a few states by one click: a row of marks and words."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QStyle, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import paint_mark
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.reading import only_reads, shown_only
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.flow import Flow


class MarkChoice(QWidget):
    """Shows the state of a line; `chosen` carries the key of the option that a person clicks. One stop of the Tab key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, options: tuple[Option, ...]) -> None:
        """Make a button for each option."""
        super().__init__()
        self.buttons = {option.key: _MarkButton(theme, option, self._step) for option in options}
        layout = Flow(spacing=2)  # words may need a second line
        layout.setContentsMargins(0, 0, 0, 0)
        for key, one in self.buttons.items():
            one.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            layout.addWidget(one)
        self.setLayout(layout)
        shown_only(self)
        self.show_key(options[0].key)

    @property
    def key(self) -> str:
        """Tell which option is shown as chosen; "" when none is."""
        return next((key for key, one in self.buttons.items() if one.isChecked()), "")

    def show_key(self, key: str) -> None:
        """Show an option as chosen, without telling."""
        for name, one in self.buttons.items():
            one.setChecked(name == key)
            one.setVisible(name == key or not only_reads())
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)
            one.updateGeometry()
        if all(not one.isChecked() for one in self.buttons.values()):
            next(iter(self.buttons.values())).setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def name_for(self, what: str) -> None:
        """Say to screen readers what the states are of."""
        for one in self.buttons.values():
            one.setAccessibleName(_("{state}: {what}").format(state=one.words, what=what))

    def _choose(self, key: str) -> None:
        self.show_key(key)
        self.chosen.emit(key)

    def _step(self, one: QAbstractButton, step: int) -> None:
        """Go to the neighbour without choosing it."""
        known: list[QAbstractButton] = list(self.buttons.values())
        forward = step if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -step
        known[max(0, min(len(known) - 1, known.index(one) + forward))].setFocus()


class _MarkButton(QAbstractButton):
    """A mark with its word, or the word alone."""

    def __init__(self, theme: Theme, option: Option, step: Callable[[QAbstractButton, int], None]) -> None:
        super().__init__()
        self._theme, self._mark, self._step = theme, option.mark, step
        self.words = _(option.words)
        self.setCheckable(True)
        self.setToolTip(self.words)
        self.setAccessibleName(self.words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        look = self._theme.look
        wanted = self._start + self.fontMetrics().horizontalAdvance(self.words) + look.px(14)
        return QSize(max(wanted, look.measures["least"]), look.measures["control"] - 2)

    @property
    def _start(self) -> int:
        """Give the place where the words begin."""
        return self._theme.look.px(12 if self._mark is None else 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._theme.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = "copper" if self.isChecked() or self.hasFocus() else "strong_line" if self.underMouse() else ""
        ground = "copper_soft" if self.isChecked() else "raised" if self.underMouse() else "surface"
        painter.setPen(QPen(look.colour(colour), 2.0 if self.hasFocus() else 1.0) if colour else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)
        side = look.px(16)
        direction, box = self.layoutDirection(), self.rect()
        if self._mark is not None:
            sign = QRect(look.px(8), (self.height() - side) // 2, side, side)
            paint_mark(painter, QRectF(QStyle.visualRect(direction, box, sign)), self._mark, look, ground=look.colour(ground))
        painter.setPen(look.colour("text"))
        words = QStyle.visualRect(direction, box, box.adjusted(self._start, 0, 0, 0))
        where = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, where, self.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)
