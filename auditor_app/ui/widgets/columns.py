"""A layout of columns that share the width and go on in the next line where it is too narrow: tables that survive large text."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QLineEdit, QStyle, QWidget

from auditor_app.ui.theme import Theme

MIDDLE, TOP, FILL = "middle", "top", "fill"


class Columns(QLayout):
    """Each thing has a least width in pixels at 100 % text and a share of what is left; rows of the same columns stand in line."""

    def __init__(self, theme: Theme, *, spacing: int = 8, across: str = MIDDLE) -> None:
        """Begin empty; `across` says whether things stand in the middle of their line, at its top, or fill it."""
        super().__init__()
        self._theme, self._space, self._across = theme, spacing, across
        self._items: list[QLayoutItem] = []
        self._wants: list[tuple[int, int]] = []
        self._heights: dict[tuple[int, float], int] = {}
        self.setContentsMargins(QMargins())

    def add(self, widget: QWidget, width: int, stretch: int = 0) -> None:
        """Put a widget at the end."""
        self.addWidget(widget)
        self._wants[-1] = (width, stretch)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item at the end."""
        self._items.append(item)
        self._wants.append((80, 0))

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        if not 0 <= index < len(self._items):
            return None
        del self._wants[index]
        return self._items.pop(index)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Measure the height for a width; asked many times over for the same, so it is kept until something changes."""
        asked = width, self._theme.look.scale
        if asked not in self._heights:
            self._heights[asked] = self._arrange(QRect(0, 0, width, 0), only_measure=True)
        return self._heights[asked]

    def invalidate(self) -> None:
        """Measure anew from now on."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        """Ask for all columns side by side."""
        widths = [self._theme.look.px(width) for width, _stretch in self._wants]
        return QSize(sum(widths) + self._space * max(0, len(widths) - 1), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        """Ask for no width: where even one column is too wide, it takes what there is."""
        return QSize(0, max((item.minimumSize().height() for item in self._items), default=0))

    def _arrange(self, box: QRect, *, only_measure: bool) -> int:
        """Place the items within the width of a box; gives the height that they take."""
        top = box.top()
        for line in self._lines(box.width()):
            widths = self._shared(line, box.width())
            heights = [_height(self._items[at], width) for at, width in zip(line, widths, strict=True)]
            if not only_measure:
                self._place(line, widths, heights, QRect(box.left(), top, box.width(), max(heights)))
            top += max(heights) + self._space
        return max(0, top - self._space - box.top())

    def _lines(self, width: int) -> list[list[int]]:
        """Break the shown items into as few lines as possible, and those as even as possible."""
        lines, step = self._broken(width), self._theme.look.px(24)
        while len(lines) > 1 and width > step and len(narrower := self._broken(width - step)) == len(lines):
            lines, width = narrower, width - step
        return lines

    def _broken(self, width: int) -> list[list[int]]:
        """Fill one line after the other."""
        lines: list[list[int]] = []
        left = -1
        for at, item in enumerate(self._items):
            if item.isEmpty():
                continue
            wanted = self._theme.look.px(self._wants[at][0])
            if not lines or wanted + self._space > left:
                lines.append([])
                left = width + self._space
            lines[-1].append(at)
            left -= wanted + self._space
        return lines

    def _shared(self, line: list[int], width: int) -> list[int]:
        """Share what is left of a line by the stretches; a line that nobody stretches keeps its widths."""
        widths = [self._theme.look.px(self._wants[at][0]) for at in line]
        left = width - sum(widths) - self._space * (len(line) - 1)
        parts = sum(self._wants[at][1] for at in line)
        if left <= 0 or not parts:
            return [min(one, width) for one in widths]
        return [one + left * self._wants[at][1] // parts for at, one in zip(line, widths, strict=True)]

    def _place(self, line: list[int], widths: list[int], heights: list[int], box: QRect) -> None:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        start = box.left()
        for at, width, height in zip(line, widths, heights, strict=True):
            evened = isinstance(self._items[at].widget(), QLineEdit) and box.height() * 10 <= height * 13
            if self._across == FILL or (evened and self._across == MIDDLE):
                height = box.height()  # fields of nearly one height look better with one
            above = 0 if self._across == TOP else (box.height() - height) // 2
            place = QRect(start, box.top() + above, width, height)
            self._items[at].setGeometry(QStyle.visualRect(direction, box, place))
            start += width + self._space


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
