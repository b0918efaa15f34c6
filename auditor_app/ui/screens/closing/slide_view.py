"""One finding, large enough to be read from the other end of a table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import OPEN, MarkSign
from auditor_app.ui.screens.closing.view_state import Slide
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.labels import dress, label

LARGE_TEXT = 1.4
"""From this scale on the title needs no letters of its own."""

SPACE, TIGHT = 8, 4
"""Pixels between the parts, and where a finding would just not fit."""

WORDS = ("statement", "requirement", "objective_evidence", "action")


class SlideView(QWidget):
    """Shows a finding as it was frozen; nothing in it can be changed."""

    def __init__(self, theme: Theme) -> None:
        """Begin without a finding."""
        super().__init__()
        self._theme = theme
        self.sign, self.grade = MarkSign(theme, OPEN, size=26), label("", "show", wrap=True)
        self.number, self.title = label("", "large_number"), label("", "large", wrap=True)
        self.criterion = label("", "show_field", wrap=True)
        self.statement = label("", "show", wrap=True)
        self.fields = {field: label("", "show", wrap=True) for field in WORDS[1:]}
        names = {"requirement": _("What is required"), "objective_evidence": _("Objective evidence"), "action": _("Proposed action")}
        self.names = {field: label(name, "show_field") for field, name in names.items()}
        self.who = label("", "show_field", wrap=True)
        self.changes = label("", "body", wrap=True)
        self.changed = Card("soft", margin=12, spacing=4)
        self.changed.content.addWidget(label(_("Changed since the meeting began"), "strong"))
        self.changed.content.addWidget(self.changes)
        self._lay_out()
        theme.changed.connect(self._roomy)
        self._roomy()

    def show_slide(self, slide: Slide) -> None:
        """Show a finding."""
        finding = slide.finding
        self.sign.show_mark(slide.mark)
        self.grade.setText(slide.grade)
        self.number.setText(str(slide.number))
        self.title.setText(finding.title)
        self.criterion.setText(_("Criterion {criterion}").format(criterion=slide.criterion))
        self.statement.setText(finding.statement)
        self.statement.setVisible(bool(finding.statement.strip()))
        for field, shown in self.fields.items():
            text = str(getattr(finding, field)).strip()
            shown.setText(text)
            for widget in (shown, self.names[field]):
                widget.setVisible(bool(text))
        due = _("due {day}").format(day=slide.due) if slide.due else ""
        self.who.setText(" · ".join(part for part in (finding.owner, due) if part))
        self.who.setVisible(bool(self.who.text()))
        lines = slide.changes if slide.is_there else (_("It was withdrawn."), *slide.changes)
        self.changes.setText("\n".join(lines))
        self.changed.setVisible(bool(lines))

    def fit_into(self, height: int) -> None:
        """Move closer together where that shows a finding whole that just does not fit; a longer one keeps its room and scrolls."""
        large = self._theme.look.scale < LARGE_TEXT
        for large_title, space in ((large, SPACE), (large, TIGHT), (False, TIGHT)):
            self._dress(large=large_title, space=space)
            if self._height() <= height:
                return
        self._roomy()

    def _height(self) -> int:
        return self._lines.heightForWidth(self.width())

    def _roomy(self) -> None:
        """Leave room for the words where all text is large already."""
        self._dress(large=self._theme.look.scale < LARGE_TEXT, space=SPACE)

    def _dress(self, *, large: bool, space: int) -> None:
        dress(self.title, role="large" if large else "title")
        dress(self.number, role="large_number" if large else "number")
        self._lines.setSpacing(space)
        for widget in (self.statement, *self.names.values()):
            widget.setContentsMargins(0, space, 0, 0)
        for layout in (self._title_line, self._lines):
            layout.invalidate()  # else they keep what they measured of another size of the title

    def _lay_out(self) -> None:
        head, title = QHBoxLayout(), QHBoxLayout()
        self._title_line = title
        head.setSpacing(10)
        head.addWidget(self.sign)
        head.addWidget(self.grade, 1)
        title.setSpacing(14)
        title.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self.title, 1)
        layout = self._lines = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 16, 12)
        layout.addLayout(head)
        layout.addLayout(title)
        layout.addWidget(self.criterion)
        layout.addWidget(self.changed)
        layout.addWidget(self.statement)
        for field, name in self.names.items():
            layout.addWidget(name)
            layout.addWidget(self.fields[field])
        layout.addWidget(self.who)
        layout.addStretch(1)
