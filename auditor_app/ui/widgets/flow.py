"""A layout that puts things one after the other and goes on in the next line, in the direction of reading."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle


class Flow(QLayout):
    """Lines of things of their own size."""

    def __init__(self, *, spacing: int = 10) -> None:
        """Begin empty."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._space = spacing
        self._heights: dict[int, int] = {}
        self.setContentsMargins(QMargins())

    def _arrange(self, box: QRect, *, only_measure: bool) -> int:
        """Place the items within the width of a box; gives the height that they take."""
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        top = box.top()
        for line in self._lines(box.width()):
            start, height = box.left(), max(size.height() for _item, size in line)
            for item, size in line:
                place = QRect(QPoint(start, top + (height - size.height()) // 2), size)
                if not only_measure:
                    item.setGeometry(QStyle.visualRect(direction, box, place))
                start += size.width() + self._space
            top += height + self._space
        return max(0, top - self._space - box.top())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Break the items into lines."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + self._space
        return lines

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Measure the height for a width; asked many times over for the same, so it is kept until something changes."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), only_measure=True)
        return self._heights[width]

    def invalidate(self) -> None:
        """Measure anew from now on."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        """Ask for the largest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Ask for the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size
