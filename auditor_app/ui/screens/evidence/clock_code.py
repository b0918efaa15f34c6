"""The code of the moment, painted as large as the room allows, black on white in every look; and alone over the whole window."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.translation import _
from auditor_app.ui.theme import Theme


class CodeView(QWidget):
    """Paints the code in whole pixels, so that a camera sees sharp edges, with the time below it in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin without a code."""
        super().__init__(parent)
        self._theme, self._code, self._words = theme, QImage(), ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Code of the time, to be photographed"))

    def show_code(self, code: QImage, words: str) -> None:
        """Show another code, one pixel for each of its squares."""
        self._code, self._words = code, words
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Ask for enough that a camera can read it."""
        return QSize(self._theme.look.px(260), self._theme.look.px(290))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint code and words."""
        painter, look = QPainter(self), self._theme.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        line = look.px(56)
        room = self.rect().adjusted(0, 0, 0, -line)
        if not self._code.isNull():
            scale = max(1, min(room.width(), room.height()) // self._code.width())
            side = self._code.width() * scale
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(QRectF((room.width() - side) // 2, (room.height() - side) // 2, side, side), self._code)
        painter.setPen(QColor("black"))
        painter.setFont(self._theme.font("section", bold=True))
        words = self.rect().adjusted(look.px(8), self.height() - line, -look.px(8), -look.px(4))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)


class CodeOverWindow(CodeView):
    """The code over the whole window; any press or key closes it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Lie over a window, and follow its size."""
        super().__init__(theme, window)
        self._window = window
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Code of the time over the whole window; any key closes it"))
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close."""
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close."""
        self.close()
