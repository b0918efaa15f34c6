"""Choosing what to check, checking it beside the workspace with progress and a way to stop, and the answers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Beside
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.screens.verification import on_lane
from auditor_app.ui.screens.verification.dropping import check_what_is_dropped
from auditor_app.ui.screens.verification.result_part import ResultPart
from auditor_app.ui.screens.verification.view_state import Result
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workspace import Workspace


class VerificationView(QWidget):
    """One check at a time; a result stays until the next one. Whatever is read is read only, and nothing is taken into the workspace."""

    def __init__(self, desk: Desk, back_words: str, back: Callable[[], object]) -> None:
        """Begin without a result."""
        super().__init__()
        self.setProperty("ground", "background")
        self._desk = desk
        self._checked: Path | None = None
        self.back = button(f"‹ {back_words}".replace("&", "&&"), back, role="link", name=_("Back to {place}").format(place=back_words))
        self.choose = button(_("Check a signed PDF…"), self._choose, role="first")
        self.choose_bundle = button(_("Check a bundle…"), self._choose_bundle)
        self.hold = button(_("Hold it against a bundle…"), self._hold)
        self.job = JobLine(desk.background, name=_("Checking signatures"))
        self.wrong = label("", "error", wrap=True)
        self.answers = ResultPart(desk.theme)
        self._lay_out()
        check_what_is_dropped(self, self.check_file)

    def check_file(self, path: Path, bundle: Path | None = None) -> None:
        """Check a PDF, or a bundle as a folder or a zip; a PDF may be held against a bundle."""
        self._check(lambda workspace: on_lane.plan_file(workspace, path, bundle), path)

    def check_report(self, visit: VisitId, report: str) -> None:
        """Check a report of the workspace."""
        self._check(lambda workspace: on_lane.plan_report(workspace, visit, report), None)

    def clear(self) -> None:
        """Forget the last result."""
        self.answers.show_result(None)
        self.wrong.hide()
        self.hold.hide()

    def _check(self, plan: Callable[[Workspace], on_lane.Wanted], path: Path | None) -> None:
        if self.job.at_work:
            self._desk.tell(Notice(tone="note", text=_("Another check is under way. Stop it first, or wait for it.")))
            return
        self.clear()
        self._checked = path
        self._allow(False)
        self.job.run(
            Beside(plan, on_lane.carry_out, on_lane.give),
            first=_("Opening it"),
            done=self._show,
            failed=self._tell,
            ended=lambda: self._allow(True),
        )

    def _show(self, result: Result) -> None:
        self.answers.show_result(result)
        self.hold.setVisible(result.is_pdf and bool(result.signer) and self._checked is not None)

    def _tell(self, error: BaseException) -> None:
        notice = notice_of(error)
        self.wrong.setText(notice.text)
        dress(self.wrong, role="warning" if isinstance(error, NotAllowed) else "error")
        self.wrong.show()

    def _allow(self, allowed: bool) -> None:
        for act in (self.choose, self.choose_bundle, self.hold):
            act.setEnabled(allowed)
        if allowed and self.isVisible():
            self.choose.setFocus()  # where it was before the buttons were shut off

    def _choose(self) -> None:
        kinds = _("Signed PDF") + " (*.pdf);;" + _("All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Check a signed PDF"), "", kinds)
        if name:
            self.check_file(Path(name))

    def _choose_bundle(self) -> None:
        self._ask_bundle(_("Check a bundle"), self.check_file)

    def _hold(self) -> None:
        if self._checked is not None:
            self._ask_bundle(_("The bundle that it was handed over in"), partial(self.check_file, self._checked))

    def _ask_bundle(self, title: str, then: Callable[[Path], object]) -> None:
        """Ask for a bundle by the zip, or by the one file that every bundle folder has at its top."""
        kinds = _("Bundle: its zip, or bagit.txt in its folder") + " (*.zip bagit.txt)"
        name, _kind = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            path = Path(name)
            then(path.parent if path.name == "bagit.txt" else path)

    def _lay_out(self) -> None:
        inside, card, acts = QWidget(), Card(margin=16, spacing=10), Flow()
        words = _("A signed PDF or a bundle, from anywhere: drop it here or choose it. Each question has its own answer. It works offline.")
        card.content.addWidget(label(words, "muted", wrap=True))
        for act in (self.choose, self.choose_bundle, self.hold):
            acts.addWidget(act)
        card.content.addLayout(acts)
        card.content.addWidget(self.wrong)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.back)
        head.addWidget(label(_("Check a signature"), "title"), 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 12, 24, 20)
        column.setSpacing(14)
        column.addLayout(head)
        for part in (card, self.job, self.answers):
            column.addWidget(part)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))
        self.clear()
