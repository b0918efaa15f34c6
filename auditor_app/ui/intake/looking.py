"""Looking a folder, card or phone through before anything is taken in: what is in it, of which day, and what of it is new."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from auditor_app.errors import Cancelled
from auditor_app.ids import VisitId
from auditor_app.progress import Progress
from auditor_app.translation import _, current_language, plural
from auditor_app.ui.background import Background, Job
from auditor_app.ui.error_presenter import notice_of
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.sizes import size_text
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import empty_layout, scrolled
from auditor_app.ui.widgets.elided import Elided
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from auditor_app.workflows.folders import Day, Folder
    from auditor_app.workflows.intake import IntakePlan
    from auditor_app.workflows.intake_batches import Source
    from auditor_app.workspace import Workspace

MOST_DAYS = 14
"""Days that are offered one by one; older ones are offered together."""

SPACE = 8
SHARE = 0.36
"""Part of the window's height that it takes at most; the rest is scrolled to, so that the page above stays in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A folder that was looked through, with its files by day."""

    folder: "Folder"
    days: "tuple[Day, ...]"


class Choice(QPushButton):
    """A pill that is on or off, as wide as its words are when it is on: bold."""

    def __init__(self, words: str = "") -> None:
        """Begin off."""
        super().__init__(words)
        self.setProperty("role", "pill")
        self.setCheckable(True)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Make room for bold words."""
        bold = QFont(self.font())
        bold.setBold(True)
        size = super().sizeHint()
        return QSize(max(size.width(), QFontMetrics(bold).horizontalAdvance(self.text()) + size.height()), size.height())


class LookThrough(QWidget):
    """Shows one folder at a time; `wanted` carries a wish and the sources that a person chose, `told` a Notice."""

    wanted = Signal(object, object)
    told = Signal(object)
    closed = Signal()

    def __init__(self, background: Background) -> None:
        """Begin hidden."""
        super().__init__()
        self._background = background
        self._job: Job | None = None
        self._wish: Wish | None = None
        self._looked: Looked | None = None
        self.title, self.counts, self.news = Elided("", "strong"), label("", "muted", wrap=True), label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Looking the folder through"))
        self.days: list[tuple[Choice, tuple[Day, ...]]] = []
        self._flow = Flow(spacing=SPACE)
        self.also_elsewhere, self.also_known = Choice(), Choice()
        self.take = button("", self._take, role="first", name=_("Take in what is new"))
        self.leave = button(_("Close"), self.close_folder, name=_("Close without taking anything in"))
        self._lay_out()
        self.hide()

    def look_through(self, wish: Wish, place: Path) -> None:
        """Look a folder through beside the window, then offer what is in it."""
        if self._job is not None:
            self._job.cancel()
        self._wish, self._looked = wish, None
        self.title.setText(_("Looking {folder} through…").format(folder=place))
        self._show_parts(looking=True)
        self.show()
        visit = wish.visit
        self._background.run(
            lambda workspace: _plan(workspace, visit), owner=self, done=lambda plan: self._look(plan, place), failed=self._not_looked
        )

    def close_folder(self) -> None:
        """Go away; nothing is taken in."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._wish, self._looked = None, None, None
        self.hide()
        self.closed.emit()

    def _look(self, plan: "IntakePlan", place: Path) -> None:
        if self._wish is None:
            return  # closed meanwhile
        self.bar.setRange(0, 0)
        self._job = self._background.work(
            lambda progress: _look(plan, place, progress),
            owner=self,
            done=self._show_looked,
            failed=self._not_looked,
            progress=self._show_progress,
        )

    def _show_progress(self, _step: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _not_looked(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self.close_folder()
            self.told.emit(notice_of(error))

    def _show_looked(self, looked: Looked) -> None:
        self._job = None
        if self._wish is None:
            return
        self._looked = looked
        self._show_parts(looking=False)
        self.title.setText(str(looked.folder.place))
        self.counts.setText(_counts_words(looked.folder))
        self.news.setText(_news_words(looked))
        self._offer_days(looked.days)
        elsewhere, known = sum(len(day.elsewhere) for day in looked.days), sum(len(day.known) for day in looked.days)
        self._days.setVisible(bool(self.days))
        self.also_elsewhere.setText(plural("Also {count} of another visit", "Also {count} of another visit", elsewhere))
        self.also_known.setText(plural("Link {count} that is here already, too", "Link {count} that are here already, too", known))
        for box in (self.also_elsewhere, self.also_known):
            box.setAccessibleName(box.text())
        self.also_elsewhere.setVisible(elsewhere > 0)
        self.also_known.setVisible(known > 0 and bool(self._wish.targets))
        self._count_chosen()
        QTimer.singleShot(0, self, self._fit)  # once the widths are known
        (self.take if self.take.isEnabled() else self.leave).setFocus()

    def _offer_days(self, days: "tuple[Day, ...]") -> None:
        """Offer the latest days that have anything new one by one, all older ones together."""
        empty_layout(self._flow)
        fresh = [day for day in days if day.new]
        older, latest = fresh[:-MOST_DAYS], fresh[-MOST_DAYS:]
        self.days = [(self._day_box(_day_words(day)), (day,)) for day in reversed(latest)]
        if older:
            count = sum(len(day.new) for day in older)
            self.days.append((self._day_box(_("before: {count} new").format(count=count)), tuple(older)))

    def _fit(self) -> None:
        """Take as much room as there is to say and to choose, up to a share of the window."""
        column, width = self._column, self._area.viewport().width()
        needed = column.heightForWidth(width) if column.hasHeightForWidth() else column.totalSizeHint().height()
        self._area.setFixedHeight(min(needed, round(self.window().height() * SHARE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit it anew."""
        super().resizeEvent(event)
        self._fit()

    def _day_box(self, words: str) -> Choice:
        box = Choice(words)
        box.setChecked(True)
        box.toggled.connect(lambda _checked: self._count_chosen())
        self._flow.addWidget(box)
        return box

    def _chosen(self) -> "list[Source]":
        if self._looked is None:
            return []
        chosen = [source for box, days in self.days if box.isChecked() for day in days for source in day.new]
        for box, of_day in ((self.also_elsewhere, "elsewhere"), (self.also_known, "known")):
            if box.isChecked() and box.isVisibleTo(self):
                chosen += [source for day in self._looked.days for source in getattr(day, of_day)]
        order = {source.path: place for place, source in enumerate(self._looked.folder.files)}
        return sorted(chosen, key=lambda source: order[source.path])

    def _count_chosen(self) -> None:
        chosen = self._chosen()
        size = size_text(sum(source.size for source in chosen))
        words = plural("Take in {count} file", "Take in {count} files", len(chosen))
        self.take.setText(f"{words} ({size})" if chosen else _("Nothing new to take in"))
        self.take.setEnabled(bool(chosen))

    def _take(self) -> None:
        wish, chosen = self._wish, self._chosen()
        if wish is None or not chosen:
            return
        others = any(box.isChecked() and box.isVisibleTo(self) for box in (self.also_elsewhere, self.also_known))
        self.close_folder()
        self.wanted.emit(replace(wish, only_new=not others), chosen)

    def _show_parts(self, *, looking: bool) -> None:
        self.bar.setVisible(looking)
        self.bar.setRange(0, 0)
        for widget in (self.counts, self.news, self.take, self._days, self.also_elsewhere, self.also_known):
            widget.setVisible(not looking)
        if looking:
            empty_layout(self._flow)
            self.days = []
        for box in (self.also_elsewhere, self.also_known):
            box.setChecked(False)
        self.leave.setText(_("Stop") if looking else _("Close"))
        self._fit()

    def _lay_out(self) -> None:
        for box in (self.also_elsewhere, self.also_known):
            box.toggled.connect(lambda _checked: self._count_chosen())
        inside, self._days = QWidget(), QWidget()
        words = self._column = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(SPACE)
        for widget in (self.title, self.bar, self.counts, self.news):
            words.addWidget(widget)
        self._days.setLayout(self._flow)
        words.addWidget(self._days)
        others = Flow(spacing=SPACE)
        for box in (self.also_elsewhere, self.also_known):
            others.addWidget(box)
        words.addLayout(others)
        self._area = scrolled(inside, ground="surface")
        acts = QVBoxLayout()
        acts.addWidget(self.take)
        acts.addWidget(self.leave)
        acts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(16)
        layout.addWidget(self._area, 1)
        layout.addLayout(acts)


def _counts_words(folder: "Folder") -> str:
    """Tell what is in a folder: "412 files: 398 Photo, 12 Video · 5.1 GB"."""
    files = plural("{count} file", "{count} files", len(folder.files))
    kinds = ", ".join(_("{kind}: {count}").format(kind=kind, count=count) for kind, count in folder.kinds)
    size = size_text(sum(source.size for source in folder.files))
    passed = ""
    if folder.passed_over:
        passed = plural("{count} hidden or system file passed over", "{count} hidden or system files passed over", folder.passed_over)
    return " · ".join(part for part in (files, kinds, size if folder.files else "", passed) if part)


def _news_words(looked: Looked) -> str:
    new, known, elsewhere = (sum(len(getattr(day, name)) for day in looked.days) for name in ("new", "known", "elsewhere"))
    parts = [plural("{count} is new", "{count} are new", new)]
    if known:
        parts.append(plural("{count} is here already", "{count} are here already", known))
    if elsewhere:
        parts.append(plural("{count} is in another visit", "{count} are in another visit", elsewhere))
    return " · ".join(parts)


def _day_words(day: "Day") -> str:
    """Name a day and what is new of it: "Mon 4 May 2026: 38 new"."""
    count = len(day.new)
    try:
        when = format_date(date.fromisoformat(day.day), format="EEE d MMM y", locale=current_language().replace("-", "_"))
    except ValueError:
        when = _("No date")
    return _("{day}: {count} new").format(day=when, count=count)


def _plan(workspace: "Workspace", visit: VisitId) -> "IntakePlan":
    from auditor_app.workflows.intake import plan_intake  # noqa: PLC0415 - the first window does not wait for the vault

    return plan_intake(workspace, visit)


def _look(plan: "IntakePlan", place: Path, progress: Progress) -> Looked:
    from auditor_app.workflows.folders import read_folder, sort_by_day  # noqa: PLC0415

    folder = read_folder(place, progress)
    return Looked(folder=folder, days=sort_by_day(plan, folder, progress))
