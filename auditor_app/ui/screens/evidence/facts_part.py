"""Facts about one piece of evidence, a name above each value; digests can be copied. Labels are used again from piece to piece."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.names import in_groups
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label


class FactsPart(QWidget):
    """Lines of facts, then lines of digests."""

    def __init__(self) -> None:
        """Begin without facts."""
        super().__init__()
        self._facts: list[_Fact] = []
        self._digests: list[_Fact] = []
        self._first, self._second = QVBoxLayout(), QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self._first, self._second):
            part.setSpacing(8)
            layout.addLayout(part)

    def show_facts(self, facts: Sequence[tuple[str, str]], digests: Sequence[tuple[str, str]]) -> None:
        """Show names and values."""
        for lines, shown, layout in ((self._facts, facts, self._first), (self._digests, digests, self._second)):
            while len(lines) < len(shown):
                lines.append(_Fact(copied=lines is self._digests))
                layout.addWidget(lines[-1])
            for at, line in enumerate(lines):
                line.show_fact(*shown[at] if at < len(shown) else ("", ""))


class _Fact(QWidget):
    """One name and its value; with `copied`, the value is a digest, shown in groups and copied whole."""

    def __init__(self, *, copied: bool) -> None:
        super().__init__()
        self._shown, self._copied = ("", ""), copied
        self._name, self._value = label("", "tiny"), label("", wrap=True, selectable=True)
        self._copy = button(_("Copy"), self._to_clipboard, role="link")
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addLayout(head)
        layout.addWidget(self._value)
        self._copy.setVisible(copied)  # not before it has its place: it would be a window

    def show_fact(self, name: str, value: str) -> None:
        """Show a fact, or nothing."""
        if (name, value) != self._shown:
            self._shown = (name, value)
            self._name.setText(name)
            self._value.setText(in_groups(value) if self._copied else value)
            self._value.setAccessibleName(f"{name}: {value}")
            self._copy.setAccessibleName(_("Copy: {what}").format(what=name))
            self.setVisible(bool(value))

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self._shown[1])
