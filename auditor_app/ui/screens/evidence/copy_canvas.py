"""The picture that is marked: drag with the mouse, or move the cross with the arrows and set both corners with Enter."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor_app.translation import _
from auditor_app.ui.screens.evidence.copy_plan import ARROW, BLUR, BOX, CROP, TEXT, CopyPlan, Mark, turned, with_mark, without_last
from auditor_app.ui.theme import Theme
from auditor_app.workflows.copies import MARK_COLOUR

STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
COARSE, FINE = 1 / 40, 1 / 400
"""Parts of the picture's longer side that the cross moves at a key, and with Shift."""


class CopyCanvas(QWidget):
    """Shows the copy as it will be; `changed` tells that the plan is another one."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without a picture."""
        super().__init__()
        self._theme = theme
        self.plan = CopyPlan(width=1, height=1)
        self.tool, self.words = BLUR, ""
        self._image, self._shown = QImage(), QImage()
        self._from: QPointF | None = None
        self._cross = QPointF(0.5, 0.5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("The picture: drag to mark; or move the cross with the arrow keys and press Enter at both corners"))
        theme.changed.connect(self.update)

    def show_image(self, image: QImage, width: int, height: int) -> None:
        """Begin with a picture, perhaps smaller than the original, whose size in pixels as it is seen is given."""
        self._image, self.plan, self._from, self._cross = image, CopyPlan(width=width, height=height), None, QPointF(0.5, 0.5)
        self._take(self.plan)

    def mark(self, left: float, top: float, right: float, bottom: float) -> None:
        """Mark with the tool in hand, between two points given as parts of the picture's width and height."""
        width, height = self.plan.width, self.plan.height
        box = round(left * width), round(top * height), round(right * width), round(bottom * height)
        self._take(with_mark(self.plan, self.tool, box, self.words))

    def turn(self) -> None:
        """Turn a quarter clockwise."""
        self._take(turned(self.plan))

    def take_back(self) -> None:
        """Take the last step back."""
        self._take(without_last(self.plan))

    def sizeHint(self) -> QSize:
        """Ask for some room; it takes what there is."""
        return QSize(self._theme.look.px(320), self._theme.look.px(200))

    def _take(self, plan: CopyPlan) -> None:
        self.plan = plan
        self._shown = self._image.transformed(QTransform().rotate(90 * plan.turns)) if plan.turns else self._image
        self.update()
        self.changed.emit()

    def _place(self) -> QRectF:
        """Fit the picture into the middle."""
        room = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        scale = min(room.width() / self.plan.width, room.height() / self.plan.height)
        size = self.plan.width * scale, self.plan.height * scale
        return QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)

    def _part(self, at: QPointF) -> QPointF:
        """Turn a point of the widget into parts of the picture."""
        place = self._place()
        return QPointF((at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height())

    def _finish(self, to: QPointF) -> None:
        start, self._from = self._from, None
        if start is not None:
            self.mark(start.x(), start.y(), to.x(), to.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a mark."""
        self.setFocus()
        if event.button() == Qt.MouseButton.LeftButton and not self._image.isNull():
            self._from = self._cross = self._part(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the mark as it grows."""
        if self._from is not None:
            self._cross = self._part(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Make the mark."""
        self._finish(self._part(event.position()))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for the marks: it is the window's key for the last change of the visit."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross, set a corner, give a begun mark up, take the last one back."""
        step, key = STEPS.get(Qt.Key(event.key())), event.key()
        if step is not None:
            self._move(step, FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else COARSE)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._set_corner()
        elif key == Qt.Key.Key_Escape and self._from is not None:
            self._from = None
        elif _is_undo(event) or key == Qt.Key.Key_Backspace:
            self.take_back()
        else:
            super().keyPressEvent(event)
        self.update()

    def _move(self, step: tuple[int, int], part: float) -> None:
        longer = max(self.plan.width, self.plan.height)
        x = self._cross.x() + step[0] * part * longer / self.plan.width
        y = self._cross.y() + step[1] * part * longer / self.plan.height
        self._cross = QPointF(max(0.0, min(1.0, x)), max(0.0, min(1.0, y)))

    def _set_corner(self) -> None:
        if self._from is None and self.tool != TEXT:
            self._from = QPointF(self._cross)
        else:
            self._from = self._from or QPointF(self._cross)
            self._finish(self._cross)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and, in its own pixels, all marks."""
        painter, place = QPainter(self), self._place()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not self._shown.isNull():
            painter.drawImage(place, self._shown)
            painter.save()
            painter.translate(place.topLeft())
            painter.scale(place.width() / self.plan.width, place.height() / self.plan.height)
            self._paint_marks(painter, self.plan)
            painter.restore()
            self._paint_cross(painter, place)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.look.colour("copper"), 2.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_marks(self, painter: QPainter, plan: CopyPlan) -> None:
        if self._from is not None and self.tool != TEXT:
            a, b = self._from, self._cross
            box = round(a.x() * plan.width), round(a.y() * plan.height), round(b.x() * plan.width), round(b.y() * plan.height)
            plan = with_mark(plan, self.tool, box)
        for kind in (BLUR, BOX, ARROW, TEXT, CROP):
            for mark in plan.marks:
                if mark.kind == kind:
                    self._paint_mark(painter, mark)

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        left, top, right, bottom = mark.box
        area, width = QRectF(QPointF(left, top), QPointF(right, bottom)), max(3, max(self.plan.width, self.plan.height) // 250)
        painter.setPen(QPen(QColor(MARK_COLOUR), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.kind == BLUR:
            painter.drawImage(area, self._blurred(area))
        elif mark.kind == BOX:
            painter.drawRect(area)
        elif mark.kind == ARROW:
            _paint_arrow(painter, area, width * 5)
        elif mark.kind == TEXT:
            self._paint_text(painter, mark, width)
        else:
            self._paint_crop(painter, area)

    def _blurred(self, area: QRectF) -> QImage:
        """Reduce a part to a few squares, as the copy will have it."""
        scale = self._shown.width() / self.plan.width
        part = QRect(round(area.left() * scale), round(area.top() * scale), round(area.width() * scale), round(area.height() * scale))
        few = QSize(max(1, min(6, int(area.width()) // 8)), max(1, min(6, int(area.height()) // 8)))
        smooth = Qt.TransformationMode.SmoothTransformation
        return (
            self._shown.copy(part)
            .scaled(few, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            .scaled(QSize(96, 96), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        )

    def _paint_text(self, painter: QPainter, mark: Mark, width: int) -> None:
        font = self._theme.font(bold=True)
        font.setPixelSize(max(18, max(self.plan.width, self.plan.height) // 45))
        painter.setFont(font)
        at, around = QPointF(mark.box[0], mark.box[1] + painter.fontMetrics().ascent()), max(2, width // 2)
        painter.setPen(QColor("white"))
        for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, -1), (0, 1), (-1, 0), (1, 0)):
            painter.drawText(at + QPointF(x * around, y * around), mark.text)
        painter.setPen(QColor(MARK_COLOUR))
        painter.drawText(at, mark.text)

    def _paint_crop(self, painter: QPainter, area: QRectF) -> None:
        """Dim what goes."""
        veil = QColor(0, 0, 0, 150)
        width, height = self.plan.width, self.plan.height
        painter.fillRect(QRectF(0, 0, width, area.top()), veil)
        painter.fillRect(QRectF(0, area.bottom(), width, height - area.bottom()), veil)
        painter.fillRect(QRectF(0, area.top(), area.left(), area.height()), veil)
        painter.fillRect(QRectF(area.right(), area.top(), width - area.right(), area.height()), veil)
        painter.setPen(QPen(QColor("white"), max(2, max(width, height) // 400), Qt.PenStyle.DashLine))
        painter.drawRect(area)

    def _paint_cross(self, painter: QPainter, place: QRectF) -> None:
        """Paint the keyboard's cross, dark and light, so that it is seen on any picture."""
        if not self.hasFocus():
            return
        at = QPointF(place.left() + self._cross.x() * place.width(), place.top() + self._cross.y() * place.height())
        for colour, width in (("black", 3.6), ("white", 1.6)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(at - QPointF(9, 0), at + QPointF(9, 0))
            painter.drawLine(at - QPointF(0, 9), at + QPointF(0, 9))


def _paint_arrow(painter: QPainter, area: QRectF, size: float) -> None:
    start, end = area.topLeft(), area.bottomRight()
    length = max(1.0, ((end.x() - start.x()) ** 2 + (end.y() - start.y()) ** 2) ** 0.5)
    along = (end - start) / length * size
    across, base = QPointF(-along.y(), along.x()) / 2, end - along
    painter.drawLine(start, base)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(MARK_COLOUR))
    painter.drawPolygon(QPolygonF([end, base + across, base - across]))


def _is_undo(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
