"""One kind of checks on the criterion page: its title with the count, and the card of its rows."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.ui.widgets.card import Card, section_title


class Section(QWidget):
    """Rows go into `card.content`; `count` says how many are answered."""

    def __init__(self, title: str) -> None:
        """Begin without rows."""
        super().__init__()
        line, self.count = section_title(title)
        self.card = Card(margin=0, spacing=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(12)
        layout.addLayout(line)
        layout.addWidget(self.card)
