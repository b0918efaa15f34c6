"""The findings raised on a criterion, and the line that raises another."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.visit import Finding
from auditor_app.form_engine.definition import Form
from auditor_app.translation import _, plural
from auditor_app.ui.reading import for_writing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.steady import SteadyCombo


class FindingsPart(QWidget):
    """`raised` carries title and grade of a new finding, `opened` the id of one that is there."""

    raised = Signal(str, str)
    opened = Signal(str)

    def __init__(self) -> None:
        """Begin without findings, the line for a new one hidden."""
        super().__init__()
        self._shown: tuple[Finding, ...] | None = None
        line, self.count = section_title(_("Findings"))
        self.begin = for_writing(button(_("Raise a finding"), self.write, role="link", key="Ctrl+R"))
        line.addWidget(self.begin)
        self._rows = QVBoxLayout()
        self.title, self.grade = text_line(_("What is wrong, or notably good, in one line")), SteadyCombo()
        self.title.setAccessibleName(_("Title of the finding"))
        self.title.returnPressed.connect(self._raise)
        self.grade.setAccessibleName(_("Grade of the finding"))
        self._writing = for_writing(self._make_line())
        self._writing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addLayout(self._rows)
        layout.addWidget(self._writing)

    def show_findings(self, form: Form, findings: tuple[Finding, ...]) -> None:
        """Show the findings of a criterion."""
        self.count.setText(plural("{count} raised", "{count} raised", len(findings)) if findings else _("none"))
        if self.grade.count() != len(form.finding_grades):
            self.grade.clear()
            for grade in form.finding_grades:
                self.grade.addItem(grade.label, grade.key)
        if findings == self._shown:
            return
        self._shown = findings
        empty_layout(self._rows)
        if findings:
            self._rows.addWidget(self._make_rows(form, findings))

    def write(self) -> None:
        """Open the line for a new finding and go there."""
        self._writing.show()
        self.title.setFocus()

    def close_line(self) -> None:
        """Put the line for a new finding away, empty."""
        self.title.clear()
        self._writing.hide()

    def _raise(self) -> None:
        text = self.title.text().strip()
        dress(self.title, state="" if text else "wrong")
        if text:
            self.raised.emit(text, str(self.grade.currentData()))

    def _make_line(self) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.grade)
        layout.addWidget(button(_("Raise"), self._raise, role="first", name=_("Raise the finding")))
        layout.addWidget(button(_("Not now"), self.close_line, role="quiet"))
        return line

    def _make_rows(self, form: Form, findings: tuple[Finding, ...]) -> RowCard:
        card = RowCard()
        for finding in findings:
            grade = next((one.label for one in form.finding_grades if one.key == finding.grade), "")
            line = QHBoxLayout()
            line.setContentsMargins(16, 8, 8, 8)
            line.addWidget(label(finding.title, wrap=True), 1)
            line.addWidget(label(grade, "muted"))
            name = _("Open the finding {title}").format(title=finding.title)
            line.addWidget(button(_("Show"), partial(self.opened.emit, finding.id), role="link", name=name))
            card.add_row(line)
        return card
