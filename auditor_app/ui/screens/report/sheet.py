"""One page of a report as it is looked at: what the pointer or the keys are on is framed, and leads to its place in the visit."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from auditor_app.domain.journal import Subject
from auditor_app.ui.theme import Theme
from auditor_app.workflows.report_places import Place, place_at

PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
"""A4 in points: the size of every page that the program makes."""


class Sheet(QWidget):
    """`wanted` carries what a click is on; `pointed` what the pointer or the keys are on, None for nothing."""

    wanted = Signal(object)
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Begin without a page."""
        super().__init__()
        self._theme = theme
        self.image = QImage()
        self.places: tuple[Place, ...] = ()
        self.page = 0
        self.at: Subject | None = None
        self.setMouseTracking(True)

    def show_image(self, image: QImage, ratio: float) -> None:
        """Show a page's image at its own size."""
        self.image = image
        self.image.setDevicePixelRatio(ratio)
        self.resize(image.deviceIndependentSize().toSize())
        self.update()

    def show_places(self, places: Sequence[Place], page: int) -> None:
        """Know what the parts of the page are about; nothing is framed yet."""
        self.places, self.page = tuple(places), page
        self.point_at(None)

    def here(self) -> list[Subject]:
        """List what is on the page, from top to bottom, each thing once."""
        there = sorted((one for one in self.places if one.page == self.page), key=lambda one: (-one.top, one.left))
        return list(dict.fromkeys(Subject(one.kind, one.id) for one in there))

    def step(self, by: int) -> None:
        """Go on to the next thing on the page, or back."""
        found = self.here()
        if not found:
            return
        place = found.index(self.at) + by if self.at in found else (0 if by > 0 else len(found) - 1)
        self.point_at(found[max(0, min(len(found) - 1, place))])

    def point_at(self, subject: Subject | None) -> None:
        """Frame what is pointed at."""
        if subject != self.at:
            self.at = subject
            self.pointed.emit(subject)
        self.setCursor(Qt.CursorShape.PointingHandCursor if subject else Qt.CursorShape.ArrowCursor)
        self.update()

    def rect_of(self, place: Place) -> QRectF:
        """Tell where a place is on the sheet, in pixels."""
        scale = self.width() / PAGE_WIDTH
        left, top = place.left * scale, (PAGE_HEIGHT - place.top) * scale
        return QRectF(left, top, (place.right - place.left) * scale, (place.top - place.bottom) * scale)

    def subject_at(self, point: QPointF) -> Subject | None:
        """Tell what a point of the sheet is about."""
        if not self.width() or self.image.isNull():
            return None
        scale = self.width() / PAGE_WIDTH
        return place_at(self.places, self.page, point.x() / scale, PAGE_HEIGHT - point.y() / scale)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame what the pointer is on."""
        self.point_at(self.subject_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to what was clicked."""
        subject = self.subject_at(event.position())
        if subject is not None and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(subject)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, and a frame around what is pointed at."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self.image)
        found = [one for one in self.places if one.page == self.page and self.at == Subject(one.kind, one.id)]
        if found:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.look.colour("copper"), 2))
            for one in found:
                painter.drawRoundedRect(self.rect_of(one).adjusted(-3, -2, 3, 2), 4, 4)
