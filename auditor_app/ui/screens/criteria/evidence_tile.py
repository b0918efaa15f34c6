"""A tile for one piece of evidence: its small picture, its words, and a sign when it contradicts."""

from pathlib import PurePath

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from auditor_app.translation import _
from auditor_app.ui.screens.criteria.view_state import Linked
from auditor_app.ui.theme import Theme


class _Tile(QAbstractButton):
    """A rounded tile of the strip's size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        height = self.theme.look.measures["tile"]
        return QSize(round(height * 1.45), height)

    def frame(self) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        return path


class EvidenceTile(_Tile):
    """Shows one piece of evidence; a click offers what can be done with it."""

    def __init__(self, theme: Theme, linked: Linked) -> None:
        """Show the evidence, until its small picture is there by its kind."""
        super().__init__(theme)
        self.linked = linked
        self._image = QImage()
        stance = _("contradicts") if linked.contradicts else _("supports")
        self.setAccessibleName(_("Evidence {title}, {stance}").format(title=linked.title, stance=stance))
        self.setToolTip(f"{linked.title} · {stance}")

    def show_image(self, image: QImage) -> None:
        """Show the small picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, words and sign."""
        look, painter, box = self.theme.look, QPainter(self), self.rect()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setClipPath(self.frame())
        if self._image.isNull():
            self._paint_kind(painter)
        else:
            painter.drawImage(box, self._image, _middle(self._image, box.size()))
        self._paint_words(painter)
        painter.restore()
        if self.linked.contradicts:
            self._paint_against(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("copper"), 3.0) if self.hasFocus() or self.underMouse() else QPen(look.colour("line"), 1.0))
        painter.drawPath(self.frame())

    def _paint_kind(self, painter: QPainter) -> None:
        look = self.theme.look
        painter.fillRect(self.rect(), look.colour("rail_active"))
        kind = PurePath(self.linked.title).suffix.lstrip(".").upper()[:5] or self.linked.media_type.split("/")[0].upper()[:5]
        painter.setPen(look.colour("rail_text"))
        painter.setFont(self.theme.font("section", bold=True))
        painter.drawText(self.rect().adjusted(0, 0, 0, -look.px(18)), Qt.AlignmentFlag.AlignCenter, kind)

    def _paint_words(self, painter: QPainter) -> None:
        look = self.theme.look
        box = QRect(0, self.height() - look.px(30), self.width(), look.px(30))
        shade = QLinearGradient(box.topLeft(), box.bottomLeft())
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(0.45, QColor(0, 0, 0, 150))
        shade.setColorAt(1, QColor(0, 0, 0, 190))
        painter.fillRect(box, shade)
        painter.setFont(self.theme.font("tiny"))
        painter.setPen(QColor("white"))
        inner = box.adjusted(look.px(7), 0, -look.px(7), -look.px(5))
        words = painter.fontMetrics().elidedText(self.linked.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, words)

    def _paint_against(self, painter: QPainter) -> None:
        look = self.theme.look
        box = QRectF(self.width() - look.px(24), look.px(6), look.px(18), look.px(14))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#B3261E"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(QColor("white")))
        painter.setFont(self.theme.font("tiny", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "≠")


class AddTile(_Tile):
    """The tile that adds evidence."""

    def __init__(self, theme: Theme, *, with_key: bool = True) -> None:
        """Show a plus, and the key where that is what the key does."""
        super().__init__(theme)
        self._words = "Ctrl+E" if with_key else _("Files…")
        self.setAccessibleName(_("Add evidence, Ctrl+E") if with_key else _("Add files here"))
        told = _("Add evidence: choose files (Ctrl+E), drop them here, or paste (Ctrl+V)")
        self.setToolTip(told if with_key else _("Choose files that show it"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dotted frame with a plus."""
        look, painter = self.theme.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.hasFocus() or self.underMouse()
        style = Qt.PenStyle.SolidLine if inside else Qt.PenStyle.DotLine
        painter.setPen(QPen(look.colour("copper" if inside else "strong_line"), 2.0 if inside else 1.2, style))
        painter.drawPath(self.frame())
        painter.setPen(QPen(look.colour("copper"), look.px(2)))
        middle, arm = self.rect().center(), look.px(6)
        top = middle.y() - look.px(9)
        painter.drawLine(middle.x() - arm, top, middle.x() + arm, top)
        painter.drawLine(middle.x(), top - arm, middle.x(), top + arm)
        painter.setPen(look.colour("muted"))
        painter.setFont(self.theme.font("tiny"))
        painter.drawText(self.rect().adjusted(0, self.height() // 2, 0, -look.px(4)), Qt.AlignmentFlag.AlignCenter, self._words)


def _middle(image: QImage, size: QSize) -> QRect:
    """Cut the middle of an image to the proportions of a size."""
    wide = min(image.width(), image.height() * size.width() // max(1, size.height()))
    high = min(image.height(), image.width() * size.height() // max(1, size.width()))
    return QRect((image.width() - wide) // 2, (image.height() - high) // 2, wide, high)
