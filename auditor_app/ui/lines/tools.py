"""The room for tools at the end of a line, the same for every line of a list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor_app.ui.theme import Theme

TOOL = 36
"""Width of a tool in pixels at 100 % text."""


class Tools(QWidget):
    """Keeps room for a number of tools and holds those that are there."""

    def __init__(self, theme: Theme, room: int, *tools: QWidget) -> None:
        """Hold tools at the end of the room."""
        super().__init__()
        self._theme, self._room = theme, room
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addStretch(1)
        for tool in tools:
            line.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = self._theme.look
        self.setFixedWidth(max(look.px(TOOL), look.measures["least"] + 4) * self._room)
