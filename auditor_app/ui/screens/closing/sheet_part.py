"""The preliminary findings sheet: made and signed by the lead auditor, acknowledged by the site, and checked before everyone's eyes."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from auditor_app.ids import VisitId
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, WAITING, MarkSign
from auditor_app.ui.moments import local_words
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.closing import on_lane
from auditor_app.ui.screens.closing.on_lane import Acknowledging, Checked, SheetLine, Signing
from auditor_app.ui.screens.closing.part import ClosingPart, Shown
from auditor_app.ui.screens.closing.sign_card import SignCard
from auditor_app.ui.screens.report.language_choice import LanguageChoice
from auditor_app.ui.screens.report.on_lane import export
from auditor_app.ui.signing.pin_question import PinQuestion
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import dress, label


class SheetPart(ClosingPart):
    """`look_wanted` carries the id of a sheet to look at and its title."""

    look_wanted = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        """Build the steps."""
        super().__init__(desk, _("Every page of the sheet says that it is preliminary. You sign it, then the site acknowledges it."))
        self._visit, self._site = VisitId(""), ""
        self.signing = Signing()
        self.sign, self.told = MarkSign(desk.theme, OPEN, size=20), label("", "section", wrap=True)
        self.about = label("", "muted", wrap=True)
        self.language = for_writing(LanguageChoice(desk.background, _("Language of the sheet")))
        self.pin = PinQuestion(desk)
        self.make = for_writing(button(_("Make and sign"), self.make_sheet, role="first"))
        self.look = button(_("Look at it"), self._look)
        self.export = button(_("Export PDF…"), self._export)
        self.job = JobLine(desk.background, name=_("Making the sheet"))
        self.card = for_writing(SignCard(desk))
        self.card.filled.connect(self.acknowledge)
        self.verdict = Card(margin=18, spacing=8)
        self._lines = QVBoxLayout()
        self.checked: tuple[Checked, ...] = ()
        self._lay_out()

    def show_all(self, shown: Shown) -> None:
        """Show how far the sheet is."""
        if shown.opened.state.id != self._visit:
            self.card.clear()
            self._show_checked(())
        self._visit, self.signing = shown.opened.state.id, shown.signing
        self._site = str(shown.opened.state.facts.get("site", ""))
        sheet = self.signing.sheet
        self.card.show_visit(shown.opened, self.signing.card)
        self.card.setVisible(sheet is not None and not sheet.acknowledged)
        self._tell(sheet, has_findings=bool(shown.opened.state.findings))
        if sheet is None or not (sheet.acknowledged or only_reads()):
            self._show_checked(())
        elif not self.checked:
            self._check(sheet.latest)

    def make_sheet(self) -> None:
        """Make the sheet and sign it; a smart card asks for its PIN first."""
        self.pin.ask_if(self.signing.card, self._make_sheet)

    def _make_sheet(self, pin: str | None) -> None:
        visit, language = self._visit, self.language.code
        self.make.setEnabled(False)
        self._show_checked(())
        self.job.run(
            lambda workspace, progress: on_lane.make(workspace, visit, language, pin, progress),
            first=_("Gathering the findings"),
            done=lambda _made: self._made(_("The preliminary sheet is made and signed. Now the site can acknowledge it.")),
            failed=self.desk.tell_error,
            ended=lambda: self.make.setEnabled(True),
        )

    def acknowledge(self, filled: Acknowledging) -> None:
        """Let the site acknowledge the sheet."""
        visit = self._visit
        self.card.act.setEnabled(False)
        self.desk.background.run(
            lambda workspace: on_lane.acknowledge(workspace, visit, filled),
            owner=self,
            done=lambda _made: self._acknowledged(filled.name),
            failed=self._not_acknowledged,
        )

    def _acknowledged(self, name: str) -> None:
        self.card.act.setEnabled(True)
        self.card.clear()
        self._made(_("{name} has acknowledged the sheet. Both signatures were checked.").format(name=name))

    def _not_acknowledged(self, error: BaseException) -> None:
        self.card.act.setEnabled(True)
        self.desk.tell_error(error)

    def _made(self, words: str) -> None:
        self.desk.tell(Notice(tone="good", text=words))
        visit = self._visit
        self.desk.background.run(lambda workspace: on_lane.load(workspace, visit), owner=self, done=self._loaded)

    def _loaded(self, signing: Signing) -> None:
        self.signing = signing
        sheet = signing.sheet
        self.card.setVisible(sheet is not None and not sheet.acknowledged)
        self._tell(sheet, has_findings=True)
        if sheet is not None and sheet.acknowledged:
            self._check(sheet.acknowledged)

    def _tell(self, sheet: SheetLine | None, *, has_findings: bool) -> None:
        self.sign.show_mark(OPEN if sheet is None else GOOD if sheet.acknowledged else WAITING)
        self.told.setText(_none_yet() if sheet is None else sheet.words)
        self.about.setText(self._about(sheet))
        can_sign = bool(self.signing.name) and has_findings and not self.job.at_work
        self.make.setEnabled(can_sign)
        self.make.setText(_("Make and sign") if sheet is None else _("Make it anew"))
        dress(self.make, role="first" if sheet is None else "plain")
        for act in (self.look, self.export):
            act.setVisible(sheet is not None)

    def _about(self, sheet: SheetLine | None) -> str:
        if sheet is None and only_reads():
            return _("Not recorded.")
        if not (self.signing.name or only_reads()):
            return _("Signing needs a certificate of the office: see Report & sign.")
        if sheet is None:
            return _("It holds the findings as they stand now, with what the site said of each. {name} signs.").format(
                name=self.signing.name
            )
        pages = plural("{count} page", "{count} pages", sheet.pages)
        if sheet.acknowledged:
            who = _("acknowledged by {name} {when}").format(name=sheet.acknowledged_by, when=local_words(sheet.acknowledged_at))
            return f"{pages} · {who}"
        if not sheet.signed_by:
            return pages
        return _("{pages} · signed by {name} · not acknowledged yet").format(pages=pages, name=sheet.signed_by)

    def _check(self, report: str) -> None:
        visit = self._visit
        self.desk.background.run(lambda workspace: on_lane.check(workspace, visit, report), owner=self, done=self._show_checked)

    def _show_checked(self, checked: tuple[Checked, ...]) -> None:
        self.checked = checked
        empty_layout(self._lines)
        for one in checked:
            row, words = QHBoxLayout(), QVBoxLayout()
            row.setSpacing(10)
            words.setSpacing(0)
            mark = GOOD if one.holds else BAD if one.holds is False else WAITING
            row.addWidget(MarkSign(self.desk.theme, mark, size=16), 0, Qt.AlignmentFlag.AlignTop)
            state = "" if one.holds else _("No: ") if one.holds is False else _("Not checked: ")
            words.addWidget(label(state + one.words, wrap=True))
            if one.detail:
                words.addWidget(label(one.detail, "tiny", wrap=True))
            row.addLayout(words, 1)
            self._lines.addLayout(row)
        self.verdict.setVisible(bool(checked))

    def _look(self) -> None:
        if self.signing.sheet is not None:
            self.look_wanted.emit(self.signing.sheet.latest, _("Preliminary findings sheet"))

    def _export(self) -> None:
        sheet, visit = self.signing.sheet, self._visit
        if sheet is None:
            return
        proposed = f"{self._site} {sheet.made_at[:10]} {_('preliminary')}.pdf".strip()
        name, _kind = QFileDialog.getSaveFileName(self, _("Export PDF"), proposed, "PDF (*.pdf)")
        if name:
            target, told = Path(name), Notice(tone="good", text=_("{name} was written.").format(name=name))
            self.desk.background.run(
                lambda workspace: export(workspace, visit, sheet.latest, target), owner=self, done=lambda _none: self.desk.tell(told)
            )

    def _lay_out(self) -> None:
        card, line, acts, words, told = Card(margin=18, spacing=12), Beside(spacing=12), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.told)
        words.addWidget(self.about)
        told.setSpacing(12)
        told.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(words, 1)
        for act in (self.look, self.export, self.language, self.make):
            acts.addWidget(act)
        line.add(told, 1)
        line.add(acts)
        card.content.addWidget(line)
        card.content.addWidget(self.pin)
        self.verdict.content.addWidget(label(_("What a check of the signatures says"), "section"))
        self.verdict.content.addLayout(self._lines)
        for widget in (card, self.job, self.verdict, self.card):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.verdict.hide()


def _none_yet() -> str:
    return _("Preliminary findings sheet") if only_reads() else _("1  Make and sign the sheet")
