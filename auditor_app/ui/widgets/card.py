"""Cards, rows within cards, and section titles: the frame of every screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.ui.widgets.labels import label


class Card(QFrame):
    """A white sheet with a hairline; put things into `content`. Kinds: plain, soft (copper ground)."""

    def __init__(self, kind: str = "plain", *, margin: int = 16, spacing: int = 8) -> None:
        """Make an empty card."""
        super().__init__()
        self.setProperty("card", kind)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(margin, margin, margin, margin)
        self.content.setSpacing(spacing)


class RowCard(Card):
    """A card of rows divided by hairlines."""

    def __init__(self) -> None:
        """Make a card without rows."""
        super().__init__(margin=0, spacing=0)

    def add_row(self, content: QLayout) -> QFrame:
        """Put a layout into the card as its next row."""
        row = QFrame()
        row.setProperty("card", "row" if self.content.count() else "first_row")
        row.setLayout(content)
        self.content.addWidget(row)
        return row


def section_title(text: str, count: str = "") -> tuple[QHBoxLayout, QLabel]:
    """Make a section's title line; gives the layout and the muted label after the title, which counts."""
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(label(text, "section"))
    counter = label(count, "muted")
    line.addWidget(counter)
    line.addStretch(1)
    return line, counter


def across() -> QFrame:
    """Make a hairline."""
    line = QFrame()
    line.setProperty("line", "across")
    return line


def scrolled(content: QWidget, *, ground: str = "background") -> QScrollArea:
    """Put a widget into an area that scrolls down only and follows the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setProperty("ground", ground)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_layout(inner)
            inner.deleteLater()
