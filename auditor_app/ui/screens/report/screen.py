"""The report screen: what is missing at the side; who signs, making a report, and the reports made in front."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.journal import Subject
from auditor_app.translation import _
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.glyphs import GOOD, PARTLY, MarkSign
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.screens.coverage.view_state import way_of
from auditor_app.ui.screens.report import on_lane
from auditor_app.ui.screens.report.jumping import place_of, words_of
from auditor_app.ui.screens.report.language_choice import LanguageChoice
from auditor_app.ui.screens.report.made_list import MadeList
from auditor_app.ui.screens.report.preview import Preview
from auditor_app.ui.screens.report.quality_part import QualityPart
from auditor_app.ui.screens.report.signer_card import SignerCard
from auditor_app.ui.screens.report.view_state import KINDS, PHOTOS, ReportLine, SignerLine, missing_rows, missing_words
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.screens.verification.dropping import check_what_is_dropped
from auditor_app.ui.signing.pin_question import PinQuestion
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, scrolled
from auditor_app.ui.widgets.job_line import JobLine
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.report_kinds import UNSIGNED
from auditor_app.workflows.report_places import Place
from auditor_app.workflows.visits import OpenVisit


class ReportScreen(Screen):
    """Makes reports, signs them, shows and exports them."""

    def __init__(self, desk: Desk) -> None:
        """Build the list of what is missing, the cards and the preview."""
        super().__init__(desk)
        self._looked_at: ReportLine | None = None
        self._signer: SignerLine | None = None
        self.missing = RowList(desk.theme, name=_("What is still missing"))
        self.missing_sign, self.missing_count = MarkSign(desk.theme, GOOD, size=18), label("", "section", wrap=True)
        self.missing_hint = label("", "muted", wrap=True)
        self.signer, self.made = SignerCard(desk), MadeList(desk.theme)
        self.language = LanguageChoice(desk.background, _("Language of the report"))
        self.kind = SteadyCombo()
        self.kind.setAccessibleName(_("Kind of document"))
        self.kind.setMinimumContentsLength(18)
        for key, kind in KINDS.items():
            self.kind.addItem(_(kind.name), key)
        self.kind.currentIndexChanged.connect(self._choose_kind)
        self.purpose = label("", "muted", wrap=True)
        self.photos = SteadyCombo()
        self.photos.setAccessibleName(_("Photos in the report"))
        self.photos.setMinimumContentsLength(14)
        for quality, words in PHOTOS:
            self.photos.addItem(_(words), quality)
        self.sign = button(_("Make and sign"), self.sign_if_sure, role="first")
        self.draft = button(_("Make a draft"), partial(self.make, False))
        self.why_not = label("", "tiny", wrap=True)
        self.quality, self.pin = QualityPart(desk.theme), PinQuestion(desk)
        self.job = JobLine(desk.background, name=_("Making the report"))
        self.preview = Preview(desk)
        self._lay_out()
        self._connect()

    def show_visit(self, opened: OpenVisit) -> None:
        """Show what is missing at once; signer and reports follow."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self._look_back()
            self.made.show_reports(())
            QTimer.singleShot(0, self, self.missing.setFocus)
        self.opened = opened
        now = standing(opened)
        rows = missing_rows(opened, now)
        self.missing.show_rows(rows, "")
        self.missing.setVisible(bool(rows))
        self.missing_sign.show_mark(PARTLY if rows else GOOD)
        self.missing_count.setText(missing_words(rows))
        self.missing_hint.setText(
            _("Enter goes there. A report can be made all the same; it says what was not rated.")
            if rows
            else _("Every criterion has its rating, with a reason and a finding where it needs one.")
        )
        self.quality.show_gaps(now.gaps)
        self._load()

    def sign_if_sure(self) -> None:
        """Sign, or ask first where something stops sign-off."""
        if self.quality.asks:
            self.quality.ask()
        else:
            self.sign_it()

    def sign_it(self) -> None:
        """Sign; a smart card asks for its PIN first."""
        self.quality.put_away()
        self.pin.ask_if(self._signer.card if self._signer else "", lambda pin: self.make(True, pin))

    def make(self, sign: bool, pin: str | None = None) -> None:
        """Make a report, signed or as a draft."""
        self.quality.put_away()
        self.pin.put_away()
        visit, chosen = self._visit, (self.kind, self.language, self.photos)
        kind, language, photos = (str(box.currentData()) for box in chosen)
        self._allow(False)
        self.job.run(
            lambda workspace, progress: on_lane.make(workspace, visit, (kind, language, photos, sign), pin, progress),
            first=_("Gathering what the visit says"),
            done=lambda _report: self._is_made(sign),
            failed=self.desk.tell_error,
            ended=lambda: self._allow(True),
        )

    def _load(self) -> None:
        visit = self._visit
        self.desk.background.run(lambda workspace: on_lane.load(workspace, visit), owner=self, done=self._loaded)

    def _loaded(self, found: tuple[SignerLine | None, tuple[ReportLine, ...]]) -> None:
        self._signer, reports = found
        self.signer.show_signer(self._signer)
        self.made.show_reports(reports)
        self._allow(not self.job.at_work)

    def _allow(self, allowed: bool) -> None:
        kind = str(self.kind.currentData())
        signable = kind not in UNSIGNED
        self.purpose.setText(_(KINDS[kind].purpose))
        self.draft.setText(_("Make a draft") if signable else _("Make it"))
        self.draft.setEnabled(allowed)
        self.sign.setEnabled(allowed and self._signer is not None and signable)
        needs_signer = signable and self._signer is None
        self.why_not.setText(_("Signing needs a certificate of the office; see above.") if needs_signer else "")
        self.why_not.setVisible(needs_signer)

    def _choose_kind(self, _row: int) -> None:
        self._allow(not self.job.at_work)

    def _is_made(self, signed: bool) -> None:
        words = _("The report is made and signed; a second reader checked the signature.") if signed else _("The document is made.")
        self.desk.tell(Notice(tone="good", text=words))
        self._load()

    def look_at(self, report: ReportLine) -> None:
        """Open a report page by page."""
        visit = self._visit
        self._looked_at = report
        self.desk.background.run(
            lambda workspace: on_lane.open_report(workspace, visit, report.id), owner=self, done=lambda found: self._opened(report, *found)
        )

    def _opened(self, report: ReportLine, data: bytes, places: list[Place]) -> None:
        opened = self.opened
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_report(
            f"{report.title} · {report.state}", data, places, lambda subject: words_of(opened, subject) if opened else ""
        )

    def _jump(self, subject: Subject) -> None:
        """Go to the place in the visit that a line of the preview is about; the report is still open on the way back."""
        self.desk.go_to(*place_of(subject))

    def show_first_page(self) -> None:
        """Close the report that is looked at."""
        self._look_back()

    def _mend(self, gap: str) -> None:
        """Go where a gap is mended; a heading leads nowhere."""
        if self.opened is not None and " " in gap:
            self.desk.go_to(*way_of(self.opened.form, gap))

    def _look_back(self) -> None:
        self.preview.forget()
        self._pages.setCurrentIndex(0)

    def _export(self, report: ReportLine | None) -> None:
        if report is None:
            return
        visit, site = self._visit, str(self.opened.state.facts.get("site", "")) if self.opened else ""
        proposed = f"{site} {report.made_at[:10]} {'' if report.signed else _('draft') + ' '}{report.language}.{report.ending}".strip()
        ending = report.ending.upper()
        title = _("Export {format}").format(format=ending)
        name, _kind = QFileDialog.getSaveFileName(self, title, proposed, f"{ending} (*.{report.ending})")
        if name:
            target, told = Path(name), Notice(tone="good", text=_("{name} was written.").format(name=name))
            self.desk.background.run(
                lambda workspace: on_lane.export(workspace, visit, report.id, target), owner=self, done=lambda _none: self.desk.tell(told)
            )

    def _signed_by(self, words: str) -> None:
        self.desk.tell(Notice(tone="good", text=words))
        self._load()

    def _connect(self) -> None:
        self.missing.opened.connect(self._mend)
        self.missing.clicked.connect(lambda index: self._mend(self.missing.key_at(index)))
        self.quality.coverage_wanted.connect(lambda: self.desk.go_to("coverage", "gaps"))
        self.quality.sure.connect(self.sign_it)
        self.signer.changed.connect(self._signed_by)
        self.made.check_wanted.connect(partial(self.desk.go_to, "verification"))
        check_what_is_dropped(self, lambda path: self.desk.go_to("verification", f"file:{path}"))
        self.made.looked.connect(self.look_at)
        self.made.exported.connect(self._export)
        self.preview.left.connect(self._look_back)
        self.preview.jumped.connect(self._jump)
        self.preview.exported.connect(lambda: self._export(self._looked_at))
        self.desk.theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._side = for_writing(QFrame())
        self._side.setObjectName("side")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.missing_sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.missing_count, 1)
        words = QVBoxLayout()
        words.setContentsMargins(16, 18, 14, 8)
        words.setSpacing(6)
        words.addLayout(head)
        words.addWidget(self.missing_hint)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 1, 0)
        side.setSpacing(0)
        side.addLayout(words)
        side.addWidget(self.missing, 1)
        side.addStretch(0)
        work = QWidget()
        line = QHBoxLayout(work)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._side)
        line.addWidget(scrolled(self._inside()), 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(work)
        self._pages.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _inside(self) -> QWidget:
        card, line, language, acts = Card(margin=16, spacing=10), Beside(), Beside(spacing=14), QHBoxLayout()
        kind = QHBoxLayout()
        kind.addWidget(label(_("Document"), "field"))
        kind.addWidget(self.kind)
        kind.addStretch(1)
        for title, box, stretch in ((_("Language"), self.language, 0), (_("Photos"), self.photos, 1)):
            pair = QHBoxLayout()
            pair.addWidget(label(title, "field"))
            pair.addWidget(box)
            pair.addStretch(1)
            language.add(pair, stretch)
        acts.addStretch(1)
        acts.addWidget(self.draft)
        acts.addWidget(self.sign)
        line.add(language, 1)
        line.add(acts)
        card.content.addWidget(self.quality)
        card.content.addWidget(self.pin)
        card.content.addLayout(kind)
        card.content.addWidget(self.purpose)
        card.content.addWidget(line)
        card.content.addWidget(self.why_not)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 18, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(_("Reports") if only_reads() else _("Report & sign"), "title"))
        for widget in (for_writing(self.signer), for_writing(card), self.job, self.made):
            layout.addWidget(widget)
        layout.addStretch(1)
        return inside

    def _fit(self) -> None:
        self._side.setFixedWidth(min(self.desk.theme.look.px(290), self.width() * 34 // 100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()
