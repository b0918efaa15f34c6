"""The coverage screen: the plan as far as it is done, what every criterion rests on, the gaps, and what to do about them."""

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.quality import SEVERITIES
from auditor_app.translation import _, plural
from auditor_app.ui.desk import Desk
from auditor_app.ui.error_presenter import Notice
from auditor_app.ui.glyphs import BAD, GOOD, PARTLY, MarkSign
from auditor_app.ui.lines.line_list import LineList, today
from auditor_app.ui.reading import for_writing
from auditor_app.ui.screens.coverage.matrix import MatrixTable
from auditor_app.ui.screens.coverage.stand_list import StandCard
from auditor_app.ui.screens.coverage.todo_plan import TODOS, TodoLine
from auditor_app.ui.screens.coverage.view_state import (
    MORE,
    fresh_gaps,
    gap_key,
    gap_rows,
    heard,
    in_columns,
    in_order,
    matrix,
    received,
    totals,
    walked,
    way_of,
)
from auditor_app.ui.screens.screen import Screen
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout, scrolled, section_title
from auditor_app.ui.widgets.columns import FILL, TOP, Columns
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import RowList
from auditor_app.workflows.coverage import Standing, standing, todo_from_gaps
from auditor_app.workflows.visits import OpenVisit


class CoverageScreen(Screen):
    """Measures the visit each time it changes; every line is a way to its place."""

    def __init__(self, desk: Desk) -> None:
        """Build all parts."""
        super().__init__(desk)
        self._unfolded: set[str] = set()
        self._digest = ""
        self.tables: dict[str, MatrixTable] = {}
        self.heard, self.walked, self.received = self._make_cards()
        self._blocks = Columns(desk.theme, spacing=14, across=TOP)
        self.gaps = RowList(desk.theme, name=_("What is missing before sign-off"))
        self.gaps.setProperty("framed", "true")
        self.gaps.fit_rows()
        self.gaps.opened.connect(self._go)
        self.gaps.clicked.connect(lambda index: self._go(self.gaps.key_at(index)))
        self.put = for_writing(button("", self._put_on_list, role="first"))
        self.nothing_missing = label(_("Nothing is missing. The visit can be signed off."), "muted", wrap=True)
        self.todos = LineList(desk, TODOS)
        self.todos.wanted.connect(self._go_to_todo)
        self.to_gaps, self.to_todos = (button("", partial(self.show_item, part), role="link") for part in ("gaps", "todo"))
        self._lay_out()

    def show_visit(self, opened: OpenVisit) -> None:
        """Measure a visit and show how it stands."""
        if self.opened is None or self.opened.state.id != opened.state.id:
            self._unfolded = set()
            self.area.verticalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self.to_gaps.setFocus)
        self.opened = opened
        now = standing(opened)
        people, areas, documents = totals(now.coverage)
        self.heard.show_stands(heard(now.coverage), people)
        self.walked.show_stands(walked(now.coverage), areas)
        self.received.show_stands(received(now.coverage), documents)
        self._show_matrix(opened, now)
        self._show_gaps(opened, now)
        gaps = {gap_key(gap) for gap in now.gaps}
        self.todos.show_lines(opened.state.id, [TodoLine.of(todo, gaps) for todo in in_order(opened.state.todos)])
        done = sum(todo.done for todo in opened.state.todos)
        total = len(opened.state.todos)
        self.todo_count.setText(_("{done} of {total} done").format(done=done, total=total) if total else "")
        _say(self.to_todos, plural("{count} to do", "{count} to do", total - done))

    def refresh(self, opened: OpenVisit, changes: Changes) -> None:
        """Measure anew; what is being typed stays."""
        self.show_visit(opened)

    def show_item(self, item: str) -> None:
        """Go to the gaps ("gaps") or to the to-do list ("todo")."""
        target: QWidget = self.todos if item == "todo" else self.gaps
        self.area.verticalScrollBar().setValue(max(0, target.mapTo(self._inside, QPoint()).y() - self.desk.theme.look.px(90)))
        target.setFocus()

    def leave(self) -> None:
        """Save what is typed."""
        self.todos.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether a to-do could not be saved, or is no line yet."""
        return self.todos.unsaved

    def _show_matrix(self, opened: OpenVisit, now: Standing) -> None:
        blocks = matrix(opened, now.coverage)
        if self._digest != opened.compiled.digest:
            self._digest = opened.compiled.digest
            self._make_tables(in_columns({name: len(rows) for name, rows in blocks.items()}))
        for name, rows in blocks.items():
            self.tables[name].show_rows(rows)

    def _show_gaps(self, opened: OpenVisit, now: Standing) -> None:
        counted = {severity: sum(gap.severity == severity for gap in now.gaps) for severity in SEVERITIES}
        words = (
            plural("{count} stops sign-off", "{count} stop sign-off", counted["error"]),
            plural("{count} to ask yourself", "{count} to ask yourself", counted["warning"]),
            plural("{count} worth a look", "{count} worth a look", counted["hint"]),
        )
        self.gap_count.setText(" · ".join(one for one, count in zip(words, counted.values(), strict=True) if count))
        _say(self.to_gaps, self.gap_count.text() or _("Nothing is missing"))
        self.gaps.show_rows(gap_rows(opened, now, self._unfolded), self.gaps.key_at(self.gaps.currentIndex()))
        self.gaps.setVisible(bool(now.gaps))
        self.nothing_missing.setVisible(not now.gaps)
        fresh = fresh_gaps(now, opened.state.todos)
        self.put.setVisible(bool(now.gaps))
        self.put.setEnabled(bool(fresh))
        text = _("Put what is missing on today's list") if fresh else _("All of it is on the list")
        self.put.setText(f"{text}  {fresh}" if fresh else text)
        self.put.setAccessibleName(text)

    def _go(self, key: str) -> None:
        """Go where a gap belongs, or unfold a rule."""
        if self.opened is None or not key:
            return
        if key.startswith(MORE):
            self._unfolded.add(key.removeprefix(MORE))
            self._show_gaps(self.opened, standing(self.opened))
            return
        stage, item = way_of(self.opened.form, key)
        if stage:
            self.desk.go_to(stage, item)

    def _go_to_todo(self, line: str) -> None:
        about = next((todo.about for todo in self.opened.state.todos if todo.id == line), "") if self.opened else ""
        if about.count(" ") == 2:
            self._go(about)

    def _put_on_list(self) -> None:
        if self.opened is None:
            return
        visit, day = self.opened.state.id, today()
        self.desk.background.change(
            lambda workspace: todo_from_gaps(workspace, visit, day), owner=self, done=lambda made: self._told(made[0])
        )

    def _told(self, count: int) -> None:
        text = plural("{count} thing was put on today's list.", "{count} things were put on today's list.", count)
        self.desk.tell(Notice(tone="good", text=text), _("Show the list"), partial(self.show_item, "todo"))

    def _make_cards(self) -> tuple[StandCard, StandCard, StandCard]:
        texts = (
            (_("Interviews"), _("Plan whom to hear, and each interview counts here."), _("Plan interviews"), "interviews"),
            (_("Areas"), _("Plan what to walk, and what was walked is ticked here."), _("Plan areas"), "areas"),
            (_("Documents"), _("List what the site is asked to show, and what came is ticked here."), _("Ask for documents"), "documents"),
        )
        made = []
        for title, teach, begin, part in texts:
            card = StandCard(self.desk.theme, title, teach, button(begin, partial(self.desk.go_to, "plan", part)))
            card.chosen.connect(partial(self._go_to_plan, part))
            made.append(card)
        return made[0], made[1], made[2]

    def _go_to_plan(self, part: str, line: str) -> None:
        self.desk.go_to("plan", line or part)

    def _make_tables(self, columns: tuple[tuple[str, ...], ...]) -> None:
        empty_layout(self._blocks)
        self.tables = {}
        for names in columns:
            column = QWidget()
            cards = QVBoxLayout(column)
            cards.setContentsMargins(0, 0, 0, 0)
            cards.setSpacing(14)
            for name in names:
                cards.addWidget(self._table(name))
            self._blocks.add(column, 450, 1)

    def _table(self, name: str) -> Card:
        card = Card(margin=0, spacing=0)
        title = label(name, "strong")
        title.setContentsMargins(14, 12, 14, 0)
        self.tables[name] = MatrixTable(self.desk.theme, _("What the criteria rest on: {pillar}").format(pillar=name))
        self.tables[name].wanted.connect(partial(self.desk.go_to, "criteria"))
        card.content.addWidget(title)
        card.content.addWidget(self.tables[name])
        card.content.addSpacing(8)
        return card

    def _lay_out(self) -> None:
        self._inside = QWidget()
        page = QVBoxLayout(self._inside)
        page.setContentsMargins(32, 20, 32, 28)
        page.setSpacing(12)
        cards = Columns(self.desk.theme, spacing=14, across=FILL)
        for card in (self.heard, self.walked, self.received):
            cards.add(card, 300, 1)
        title, self.gap_count = section_title(_("Before sign-off"))
        below, self.todo_count = section_title(_("To do"))
        for part in (self._top(), cards, self._legend(), self._blocks, self._beside(title, self.put, 300)):
            page.addLayout(part)
        for widget in (self.nothing_missing, self.gaps):
            page.addWidget(widget)
        page.addLayout(below)
        page.addWidget(self.todos)
        page.addStretch(1)
        self.area = scrolled(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def _top(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(label(_("Coverage"), "title"))
        line.addStretch(1)
        for jump in (self.to_gaps, self.to_todos):
            line.addWidget(jump)
        return line

    def _beside(self, title: QHBoxLayout, widget: QWidget, width: int) -> Columns:
        """Put something beside a section's title, or below it where there is no room."""
        words, line = QWidget(), Columns(self.desk.theme)
        title.setContentsMargins(0, 6, 0, 0)
        words.setLayout(title)
        line.add(words, 320, 1)
        line.add(widget, width)
        return line

    def _legend(self) -> Columns:
        """Say what the marks of the matrix mean."""
        marks = QWidget()
        line = QHBoxLayout(marks)
        line.setContentsMargins(0, 6, 0, 0)
        line.addStretch(1)
        for mark, words in ((GOOD, _("there")), (PARTLY, _("the only kind of source")), (BAD, _("contradicts"))):
            line.addWidget(MarkSign(self.desk.theme, mark, size=13))
            line.addWidget(label(words, "tiny"))
            line.addSpacing(8)
        title, _count = section_title(_("What each criterion rests on"))
        return self._beside(title, marks, 330)


def _say(jump: QPushButton, words: str) -> None:
    """Word a button that goes to a part of the screen."""
    jump.setText(f"{words} ↓")
    jump.setAccessibleName(words)
