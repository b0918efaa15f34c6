"""The reports that were made, newest first, with what can be done with each."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.names import in_groups
from auditor_app.ui.screens.report.view_state import MARKS, ReportLine
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.pill import Pill


class MadeList(QWidget):
    """`looked` and `exported` carry a report, `check_wanted` what to check: "report:" and its id, or "" for a file to be chosen."""

    looked = Signal(object)
    exported = Signal(object)
    check_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Begin without reports."""
        super().__init__()
        self._theme = theme
        self.reports: tuple[ReportLine, ...] | None = None
        line, self.count = section_title(_("Reports made"))
        head, act = Beside(), QHBoxLayout()
        act.addStretch(1)
        act.addWidget(button(_("Check a signed PDF…"), lambda: self.check_wanted.emit("")))
        head.add(line, 1)
        head.add(act)
        self._rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addLayout(self._rows)

    def show_reports(self, reports: tuple[ReportLine, ...]) -> None:
        """Show the reports."""
        self.count.setText(str(len(reports)) if reports else _("none yet"))
        if reports == self.reports:
            return
        self.reports = reports
        empty_layout(self._rows)
        if not reports:
            return
        card = RowCard()
        for one in reports:
            card.add_row(self._row(one))
        self._rows.addWidget(card)

    def _row(self, one: ReportLine) -> QHBoxLayout:
        words, spoken = QVBoxLayout(), f"{one.title}, {one.facts}"
        words.setSpacing(3)
        words.addWidget(label(one.title, "strong", wrap=True))
        words.addWidget(label(one.facts, "muted", wrap=True))
        digest = label(f"SHA-256 {in_groups(one.digest[:16], 4)} …", "tiny", selectable=True)
        digest.setToolTip(in_groups(one.digest))
        digest.setAccessibleName(_("Digest {digest}").format(digest=one.digest))
        words.addWidget(digest)
        row, parts, acts = QHBoxLayout(), Beside(least=self._theme.look.px(480)), Beside(spacing=8)
        row.setContentsMargins(16, 12, 12, 12)
        parts.add(words, 1)
        state = Pill(self._theme, one.state, MARKS[one.signed], "fully" if one.signed else "muted")
        state.setMinimumHeight(28)  # its corners need that much
        words_of_export = _("Export {format}…").format(format=one.ending.upper())
        export = button(words_of_export, lambda: self.exported.emit(one), name=_("Export: {report}").format(report=spoken))
        look = button(_("Look at it"), lambda: self.looked.emit(one), name=_("Look at: {report}").format(report=spoken))
        check = button(_("Check it"), lambda: self.check_wanted.emit(f"report:{one.id}"), name=_("Check: {report}").format(report=spoken))
        tools = (state, *([check] if one.signed else []), *([look] if one.ending == "pdf" else []), export)
        for pair in (tools[:2], tools[2:]):
            side = QHBoxLayout()
            side.setSpacing(8)
            side.addStretch(1)
            for widget in pair:
                side.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            if pair:
                acts.add(side)
        parts.add(acts)
        row.addWidget(parts)
        return row
