"""How the lines of a part of the plan stand: a mark, a name, a small bar and the number, each line a way to its place."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QSizePolicy, QStyle, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.glyphs import paint_mark
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.coverage.view_state import Stand
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import Card, section_title
from auditor_app.ui.widgets.labels import label


class StandCard(Card):
    """A card of standings; `chosen` carries the key of a line. Empty, it teaches and offers to begin."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, title: str, teach: str, begin: QPushButton) -> None:
        """Make an empty card."""
        super().__init__(margin=0, spacing=0)
        self._theme = theme
        self.lines: dict[str, StandLine] = {}
        self._shown: tuple[Stand, ...] | None = None
        head, self.total = section_title(title)
        head.setContentsMargins(16, 14, 16, 6)
        self._teach: tuple[QLabel, QPushButton] = (
            label(_("Not recorded.") if only_reads() else teach, "muted", wrap=True),
            for_writing(begin),
        )
        empty, self._list = QVBoxLayout(), QVBoxLayout()
        empty.setContentsMargins(16, 2, 16, 0)
        empty.setSpacing(8)
        empty.addWidget(self._teach[0])
        empty.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeading)
        self._list.setSpacing(0)
        self.content.addLayout(head)
        self.content.addLayout(empty)
        self.content.addLayout(self._list)
        self.content.addSpacing(10)
        self.content.addStretch(1)

    def show_stands(self, stands: tuple[Stand, ...], total: str) -> None:
        """Show how the lines stand."""
        self.total.setText(total)
        for widget in self._teach:
            widget.setVisible(not stands)
        if stands == self._shown:
            return
        if [one.key for one in stands] != [one.key for one in self._shown or ()]:
            self._make_lines(stands)
        self._shown = stands
        for one in stands:
            self.lines[one.key].show_stand(one)

    def _make_lines(self, stands: tuple[Stand, ...]) -> None:
        for line in self.lines.values():
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {one.key: StandLine(self._theme) for one in stands}
        for key, line in self.lines.items():
            line.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._list.addWidget(line)


class StandLine(QAbstractButton):
    """One line, painted."""

    def __init__(self, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._theme = theme
        self._stand: Stand | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_stand(self, stand: Stand) -> None:
        """Show how a line stands."""
        self._stand = stand
        self.setAccessibleName(f"{stand.title}: {stand.side}")
        self.setToolTip(stand.title)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a target that a finger hits."""
        return QSize(self._theme.look.px(200), max(self._theme.look.px(32), self._theme.look.measures["control"] - 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, name, bar and number."""
        if self._stand is None:
            return
        look, painter, box = self._theme.look, QPainter(self), self.rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(look.colour("copper"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(QRectF(box).adjusted(5, 1, -5, -1), 6, 6)
        side, start = look.px(15), look.px(16)
        paint_mark(painter, QRectF(self._mirrored(QRect(start, (box.height() - side) // 2, side, side))), self._stand.mark, look)
        number = QFontMetrics(self._theme.font("tiny")).horizontalAdvance(self._stand.side)
        bar = look.px(64) if self._stand.total and box.width() > look.px(230) else 0
        words = box.adjusted(start + side + look.px(8), 0, -(number + bar + look.px(34)), 0)
        self._words(painter, words, self._stand.title, "body", "text", at_end=False)
        self._words(painter, box.adjusted(0, 0, -look.px(14), 0), self._stand.side, "tiny", "muted", at_end=True)
        if bar:
            place = QRect(box.right() - look.px(22) - number - bar, box.center().y() - look.px(3), bar, look.px(7))
            self._bar(painter, QRectF(self._mirrored(place)))

    def _words(self, painter: QPainter, box: QRect, text: str, size: str, colour: str, *, at_end: bool) -> None:
        font = self._theme.font(size)
        painter.setFont(font)
        painter.setPen(self._theme.look.colour(colour))
        where = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        alignment = QStyle.visualAlignment(self.layoutDirection(), where) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._mirrored(box), alignment, shown)

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        """Draw how much of the whole is done."""
        assert self._stand is not None  # noqa: S101 - nothing is painted before a line is shown
        look, round_ = self._theme.look, box.height() / 2
        painter.setPen(QPen(look.colour("strong_line"), 1))
        painter.setBrush(look.colour("background"))
        painter.drawRoundedRect(box, round_, round_)
        part = min(1.0, self._stand.done / self._stand.total)
        if part:
            done = QRectF(box.left(), box.top(), max(box.height(), box.width() * part), box.height())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                done.moveRight(box.right())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(self._stand.mark.colour))
            painter.drawRoundedRect(done, round_, round_)

    def _mirrored(self, box: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)
