"""Things beside one another, or below one another where they would not fit: for narrow windows and large text."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget, QWidgetItem


class Beside(QWidget):
    """A line of parts that becomes a column when its width is less than the parts ask for, or less than `least`."""

    def __init__(self, *, spacing: int = 10, least: int = 0) -> None:
        """Begin without parts; `least` is a width in pixels under which the parts always stand below one another."""
        super().__init__()
        self._least = least
        self._parts: list[QWidget | QLayout] = []
        self._stretches: list[int] = []
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a part at the end; `stretch` shares the room while they stand beside one another."""
        self._parts.append(part)
        self._stretches.append(stretch)
        if isinstance(part, QWidget):
            self._box.addWidget(part, stretch)
        else:
            self._box.addLayout(part, stretch)

    @property
    def line_width(self) -> int:
        """Tell the least width at which everything stands in one line, lines within this one too."""
        widths = (part.line_width if isinstance(part, Beside) else _measured(part).width() for part in self._parts)
        return max(self._least, sum(widths) + self._box.spacing() * (len(self._parts) - 1))

    def minimumSizeHint(self) -> QSize:
        """Ask for the widest part only."""
        width = max((_measured(part).width() for part in self._parts), default=0)
        return QSize(width, self._box.totalMinimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn to a line or a column."""
        super().resizeEvent(event)
        line = self.width() >= self.line_width
        direction = QBoxLayout.Direction.LeftToRight if line else QBoxLayout.Direction.TopToBottom
        if direction != self._box.direction():
            self._box.setDirection(direction)
            for at, stretch in enumerate(self._stretches):
                self._box.setStretch(at, stretch if line else 0)
            self.updateGeometry()


def _measured(part: QWidget | QLayout) -> QSize:
    """Measure what a part needs at least, as a layout does, which cares for what is hidden and for the part's policies."""
    item: QLayoutItem = QWidgetItem(part) if isinstance(part, QWidget) else part
    return item.minimumSize()
