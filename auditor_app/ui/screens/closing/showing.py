"""The window of the closing meeting: one finding at a time, as large as the screen, with what the site says of it.

What is shown is the provisional state, as it was frozen when the meeting began; what the site says is recorded at once.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor_app.domain.findings import AGREES, DISAGREES, PARTLY
from auditor_app.errors import Cancelled
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice, notice_of
from auditor_app.ui.screens.closing.answer_bar import AnswerBar
from auditor_app.ui.screens.closing.part import Shown
from auditor_app.ui.screens.closing.photos_view import PhotosView
from auditor_app.ui.screens.closing.slide_view import SlideView
from auditor_app.ui.screens.closing.view_state import Slide, tally
from auditor_app.ui.widgets.banner import Banner
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import scrolled
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.findings import revise_finding


class ShowWindow(QWidget):
    """Shows the findings of a meeting. `left` tells that it is closed for now."""

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Build the window without findings."""
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        self._visit = VisitId("")
        self.slides: tuple[Slide, ...] = ()
        self.at = 0
        self.banner = Banner(desk.theme)
        self.site, self.place, self.counts = Elided("", "section"), label("", "section"), label("", "muted")
        self.pause = button(_("Pause"), self.close, name=_("Leave the large view (Escape)"))
        self.slide, self.photos = SlideView(desk.theme), PhotosView(desk)
        self._fit_soon = QTimer(self, interval=0, singleShot=True)
        self._fit_soon.timeout.connect(lambda: self.slide.fit_into(self._area.viewport().height()))
        self.answer = AnswerBar(desk, self._save)
        self.answer.said.connect(self.say)
        self.answer.stepped.connect(self.step)
        self._lay_out()
        for keys, act in (
            ("Left", partial(self.step, -1)),
            ("Right", partial(self.step, 1)),
            ("PgUp", partial(self.step, -1)),
            ("PgDown", partial(self.step, 1)),
            ("A", partial(self.answer.choose, AGREES)),
            ("P", partial(self.answer.choose, PARTLY)),
            ("D", partial(self.answer.choose, DISAGREES)),
            ("W", self.answer.words.setFocus),
            ("N", self.photos.step),
            ("Escape", self.escape),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def begin(self, shown: Shown, finding: str = "") -> None:
        """Show the findings of the meeting, from one of them on if it is named."""
        self.banner.clear()
        self._take(shown)
        self.at = next((place for place, one in enumerate(self.slides) if one.finding.id == finding), 0)
        self._show()
        self.answer.next.setFocus()

    def show_all(self, shown: Shown) -> None:
        """Show what changed; the finding in front stays in front."""
        in_front = self.shown.finding.id if self.slides else ""
        self._take(shown)
        self.at = next((place for place, one in enumerate(self.slides) if one.finding.id == in_front), 0)
        self._show()

    @property
    def shown(self) -> Slide:
        """Give the finding in front."""
        return self.slides[self.at]

    def step(self, by: int) -> None:
        """Go to a neighbour; what was typed is saved first."""
        self.answer.words.commit()
        if 0 <= self.at + by < len(self.slides):
            self.at += by
            self._area.verticalScrollBar().setValue(0)
            self._show()
        elif by > 0 and self.slides:
            self.banner.tell(Notice(tone="note", text=_("That was the last finding. Press Escape to leave the large view.")))

    def say(self, position: str) -> None:
        """Record what the site says of the finding in front."""
        finding, visit = self.shown.finding.id, self._visit
        self._desk.background.change(
            lambda workspace: revise_finding(workspace, visit, finding, position=position), owner=self, failed=self._failed
        )

    def escape(self) -> None:
        """Leave the site's words first, then the window."""
        if self.answer.words.hasFocus():
            self.answer.next.setFocus()
        else:
            self.close()

    def _take(self, shown: Shown) -> None:
        self._visit, self.slides = shown.opened.state.id, shown.slides
        self._state = shown.opened.state
        self.site.setText(_("Closing meeting · {site}").format(site=shown.opened.state.facts.get("site", "")))

    def _show(self) -> None:
        if not self.slides:
            return
        slide = self.shown
        self.place.setText(_("{at} of {count}").format(at=self.at + 1, count=len(self.slides)))
        self.counts.setText(tally(self.slides).words)
        self.slide.show_slide(slide)
        self.photos.show_photos(self._state, slide.photos)
        self.answer.show_answer(f"{self._visit}/{slide.finding.id}/site_reply", slide.position, slide.reply)
        self.answer.allow(before=self.at > 0, after=self.at + 1 < len(self.slides), answers=slide.is_there)
        self._share()
        self._fit_soon.start()

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, finding, _field = key.split("/")

        def not_saved(error: BaseException) -> None:
            failed(error)
            self._failed(error)

        self._desk.background.change(
            lambda workspace: revise_finding(workspace, VisitId(visit), finding, site_reply=text), owner=self, done=done, failed=not_saved
        )

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.banner.tell(notice_of(error))

    def _lay_out(self) -> None:
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Closing meeting"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumSize(800, 500)
        head = QFrame()
        head.setObjectName("header")
        line = QHBoxLayout(head)
        line.setContentsMargins(20, 8, 16, 8)
        line.setSpacing(16)
        line.addWidget(self.site, 1)
        line.addWidget(self.counts)
        line.addWidget(self.place)
        line.addWidget(self.pause)
        self._area: QScrollArea = scrolled(self.slide, ground="surface")
        middle = QHBoxLayout()
        middle.setContentsMargins(20, 16, 16, 8)
        middle.setSpacing(20)
        middle.addWidget(self._area, 1)
        middle.addWidget(self.photos)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addWidget(self.answer)

    def _share(self) -> None:
        self.photos.setFixedWidth(self.width() * 40 // 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()
        self._fit_soon.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed and leave."""
        self.answer.words.commit()
        super().closeEvent(event)
        QTimer.singleShot(0, self, self.left.emit)
