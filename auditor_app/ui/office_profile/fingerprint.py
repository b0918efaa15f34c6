"""The fingerprint of an office's key: digits in two lines of groups, large enough to read out."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.labels import label

_IN_LINE = 4


def side_by_side(*fingerprints: "Fingerprint") -> QWidget:
    """Put fingerprints beside one another, or below one another where there is no room."""
    room = Beside(spacing=28)
    for one in fingerprints:
        room.add(one)
    room.add(QWidget(), 1)
    return room


class Fingerprint(QWidget):
    """A title with digits below it; hidden without digits."""

    def __init__(self, title: str) -> None:
        """Begin hidden."""
        super().__init__()
        self._title, self.title = title, label(title, "field")
        self.digits = label("", "section", selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.digits)
        self.hide()

    def show_digits(self, digits: str, title: str = "") -> None:
        """Show other digits, under another title if one is given."""
        groups = digits.split()
        lines = [groups[at : at + _IN_LINE] for at in range(0, len(groups), _IN_LINE)]
        self.title.setText(title or self._title)
        self.digits.setText("\n".join("  ".join(line) for line in lines))
        self.digits.setAccessibleName(f"{self.title.text()}: {digits}")
        self.setVisible(bool(digits))
