"""Before the meeting: what is worth mending first, and who is there."""

from PySide6.QtWidgets import QHBoxLayout

from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD, PARTLY, MarkSign
from auditor_app.ui.lines.line_list import LineList
from auditor_app.ui.screens.closing.attendance import ATTENDANCE
from auditor_app.ui.screens.closing.part import ClosingPart, Shown
from auditor_app.ui.screens.closing.view_state import gap_rows
from auditor_app.ui.widgets.card import section_title
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList


class PreparePart(ClosingPart):
    """Lists what the findings still lack, and the attendance."""

    def __init__(self, desk: Desk) -> None:
        """Build both lists."""
        super().__init__(desk, _("Mend what the site would stumble over, then write down who has come."))
        self.sign, self.told = MarkSign(desk.theme, GOOD, size=18), label("", "strong", wrap=True)
        self.missing = RowList(desk.theme, name=_("What the findings still lack; Enter goes there"))
        self.missing.setProperty("framed", "true")
        self.missing.fit_rows()
        self.missing.opened.connect(self.desk.go_to_place)
        self.missing.clicked.connect(lambda index: self.desk.go_to_place(self.missing.key_at(index)))
        self.attendance = LineList(desk, ATTENDANCE)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.sign)
        line.addWidget(self.told, 1)
        title, self.count = section_title(_("Attendance"))
        self.content.addLayout(line)
        self.content.addWidget(self.missing)
        self.content.addLayout(title)
        self.content.addWidget(self.attendance)
        self.content.addStretch(1)

    def show_all(self, shown: Shown) -> None:
        """Show what is missing and who is there."""
        rows = gap_rows(shown.opened, shown.gaps)
        self.missing.show_rows(rows, "")
        self.missing.setVisible(bool(rows))
        self.sign.show_mark(PARTLY if rows else GOOD)
        words = plural(
            "{count} thing is worth mending before the site sees it",
            "{count} things are worth mending before the site sees them",
            len(rows),
        )
        self.told.setText(words if rows else _("Nothing is missing in findings, ratings and photos."))
        state = shown.opened.state
        self.count.setText(_("{count} at the closing meeting").format(count=sum(one.closing for one in state.attendees)))
        known = (str(state.facts.get("company", "")), *(one.organisation for one in state.attendees))
        self.attendance.suggest(dict.fromkeys(word for word in known if word))
        self.attendance.show_lines(state.id, state.attendees)

    def commit(self) -> None:
        """Save what is typed."""
        self.attendance.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether somebody could not be saved."""
        return self.attendance.unsaved
