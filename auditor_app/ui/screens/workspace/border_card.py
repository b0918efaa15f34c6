"""Before a border: what leaves this laptop, visit by visit, and what the next days need."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout

from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.sizes import size_text
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import label, say
from auditor_app.workspace import Workspace

if TYPE_CHECKING:
    from auditor_app.workflows.border import AtBorder, Crossing


class BorderCard(Card):
    """Shows every visit with a tick for those that stay; removing is asked for twice, since only the office can give the rest back."""

    def __init__(self, desk: Desk) -> None:
        """Begin without visits."""
        super().__init__(margin=16, spacing=10)
        self._desk = desk
        self.visits: dict[VisitId, QCheckBox] = {}
        self.lines: dict[VisitId, QLabel] = {}
        """What a visit is called and what leaves with it; its own label, since the words of a tick do not wrap."""
        self.words = label("", "muted", wrap=True)
        self._rows = QVBoxLayout()
        self.begin = button(_("Remove the rest…"), self._ask)
        self.sure, self.said = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.act = button(_("Remove them"), self._act, name=_("Remove from this laptop what the next days do not need"))
        self._asking = Beside()
        self.job = JobLine(desk.background, name=_("Making the laptop ready for a border"))
        self._lay_out()

    def show_workspace(self) -> None:
        """Load what would leave, with the visits of the next days staying."""
        self._desk.background.run(_planned, owner=self, done=self._show)

    @property
    def staying(self) -> set[VisitId]:
        """Tell which visits are to stay."""
        return {visit for visit, tick in self.visits.items() if tick.isChecked()}

    def _show(self, planned: "tuple[AtBorder, ...]") -> None:
        if set(self.visits) != {one.visit for one in planned}:
            self.visits, self.lines = {}, {}
            empty_layout(self._rows)
            for one in planned:
                self._rows.addLayout(self._row(one))
        for one in planned:
            self.lines[one.visit].setText(_line(one))
        self._asking.hide()
        files, size = sum(one.leaving for one in planned), sum(one.size for one in planned)
        self.begin.setEnabled(files > 0 and not self.job.at_work)
        nothing = _("Nothing can leave: there is nothing that the office has signed for, or the next days need it.")
        can = plural("{count} file can leave this laptop", "{count} files can leave this laptop", files)
        self.words.setText(f"{can} ({size_text(size)})." if files else nothing)
        asked = plural("Remove {count} file from this laptop?", "Remove {count} files from this laptop?", files)
        self.sure.setText(f"{asked} {_('Only the office can give them back.')}")

    def _row(self, one: "AtBorder") -> QHBoxLayout:
        row, tick, line = QHBoxLayout(), QCheckBox(), label("", wrap=True)
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(line, 1)
        tick.setAccessibleName(_("Keep {site} as it is").format(site=one.site))
        tick.setChecked(one.stays)
        tick.toggled.connect(lambda _on: self._plan_again())
        self.visits[one.visit], self.lines[one.visit] = tick, line
        return row

    def _plan_again(self) -> None:
        self._desk.background.run(partial(_planned, keep=self.staying), owner=self, done=self._show)

    def _ask(self) -> None:
        self._asking.show()
        self.act.setFocus()

    def _act(self) -> None:
        self._asking.hide()
        self.begin.setEnabled(False)
        self.said.hide()
        keep = self.staying
        self.job.run(
            lambda workspace, progress: _crossed(workspace, keep, progress),
            first=_("Removing"),
            done=self._crossed,
            failed=lambda error: say(self.said, notice_of(error).text, "error"),
            ended=self._plan_again,
        )

    def _crossed(self, gone: "Crossing") -> None:
        words = plural("{count} file was removed from this laptop.", "{count} files were removed from this laptop.", gone.files)
        say(self.said, f"{words} {_('Journal, answers and digests stay, encrypted.')}", "fully")
        self._desk.handed_over()

    def _lay_out(self) -> None:
        about = _(
            "Before you cross a border, leave on this laptop only what the next days need: ticked visits stay as they are. Of the others,"
            " photos, sound, documents, their small pictures and reports leave, where the office has signed for them."
            " Files that you exported yourself are not among them."
        )
        self._asking.add(self.sure, 1)
        self._asking.add(self.act)
        self._asking.add(button(_("Keep them"), self._asking.hide, role="link"))
        self._asking.hide()
        head = Beside()
        head.add(label(_("Crossing a border"), "section", wrap=True), 1)
        head.add(self.begin)
        self.content.addWidget(head)
        self.content.addWidget(label(about, "muted", wrap=True))
        self.content.addLayout(self._rows)
        for one in (self.words, self._asking, self.job, self.said):
            self.content.addWidget(one)
        self.said.hide()


def _line(one: "AtBorder") -> str:
    days = " – ".join(day for day in dict.fromkeys((one.starts_on, one.ends_on)) if day)
    name = f"{one.site} ({days})" if days else one.site
    return f"{name}: {_state(one)}"


def _state(one: "AtBorder") -> str:
    if one.stays:
        return _("stays as it is")
    leaves = plural("{count} file leaves", "{count} files leave", one.leaving)
    if not one.without_receipt:
        return leaves
    waits = plural("{count} file stays without receipt", "{count} files stay without receipt", one.without_receipt)
    return f"{leaves}, {waits}"


def _planned(workspace: Workspace, keep: set[VisitId] | None = None) -> "tuple[AtBorder, ...]":
    from auditor_app.workflows.border import before_border  # noqa: PLC0415

    return before_border(workspace, keep=keep)


def _crossed(workspace: Workspace, keep: set[VisitId], progress: Progress) -> "Crossing":
    from auditor_app.workflows.border import cross_border  # noqa: PLC0415

    return cross_border(workspace, keep, progress)
