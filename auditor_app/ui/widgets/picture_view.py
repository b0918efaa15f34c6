"""A picture shown whole in the room that there is, with words in its place while there is none."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.sheet import paint_sheet


class PictureView(QAbstractButton):
    """A click on it means to look closer; `words` stand where no picture is."""

    def __init__(self, theme: Theme, *, name: str, height: int = 0) -> None:
        """Begin without a picture; `height` in pixels at 100 % text fixes it, otherwise it takes the room."""
        super().__init__()
        self._theme, self._height = theme, height
        self.image, self.words, self.kind = QImage(), "", ""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        vertical = QSizePolicy.Policy.Fixed if height else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        theme.changed.connect(self.updateGeometry)

    def show_image(self, image: QImage, words: str = "", kind: str = "") -> None:
        """Show another picture, or words instead of one; `kind`, such as XLSX, draws a sheet above the words."""
        self.image, self.words, self.kind = image, words, kind
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the fixed height, and for little otherwise."""
        return QSize(self._theme.look.px(160), self._theme.look.px(self._height or 160))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Space or Enter; arrows and Escape are for the place around it."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture in the middle."""
        look, painter = self._theme.look, QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.fillPath(frame, look.colour("raised"))
        if self.image.isNull():
            self._paint_words(painter)
        else:
            painter.setClipPath(frame)
            painter.drawImage(self._place(), self.image)
            painter.setClipping(False)
        if self.hasFocus():
            painter.strokePath(frame, QPen(look.colour("copper"), 2.4))

    def _paint_words(self, painter: QPainter) -> None:
        look = self._theme.look
        room = self.rect().adjusted(look.px(16), look.px(8), -look.px(16), -look.px(12))
        painter.setFont(self._theme.font())
        wrapped = painter.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.words).height() if self.words else 0
        if self.kind:
            beside = max(0, room.height() - wrapped - look.px(220)) // 2  # sheet and words stay together in a large room
            room.adjust(0, beside, 0, -beside)
            paint_sheet(painter, room.adjusted(0, 0, 0, -wrapped), self.kind, self._theme)
            painter.setFont(self._theme.font())
        painter.setPen(look.colour("muted"))
        place = Qt.AlignmentFlag.AlignHCenter | (Qt.AlignmentFlag.AlignBottom if self.kind else Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(room, int(place | Qt.TextFlag.TextWordWrap), self.words)

    def _place(self) -> QRectF:
        """Fit the picture in; a small one is not blown up beyond twice its size."""
        room, own = QSizeF(self.size()), QSizeF(self.image.size())
        size = own.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > own.width() * 2:
            size = own * 2
        return QRectF((room.width() - size.width()) / 2, (room.height() - size.height()) / 2, size.width(), size.height())
