"""A list that is edited in place: rows, the empty line for the next one, and taking out with the way back."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.ids import EntryId, VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import Here, ListPlan
from auditor_app.ui.lines.draft_row import DraftRow
from auditor_app.ui.lines.line_row import LineRow
from auditor_app.ui.lines.removed_row import RemovedRow
from auditor_app.ui.lines.tools import Tools
from auditor_app.ui.reading import for_writing, only_reads
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.focus import hand_focus_on
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.history import history, undo
from auditor_app.workflows.lists import add_line, remove_line, revise_line
from auditor_app.workspace import Workspace

FIXED = 2
"""What stands above the rows: the words for an empty list, and the titles."""


def today() -> str:
    """Give this day by the laptop's clock."""
    return QDate.currentDate().toString("yyyy-MM-dd")


class LineList(QWidget):
    """Edits the lines of one kind; every cell saves by itself. `rows` are the rows by the ids of their lines.

    `wanted` carries the id of a line whose way is taken.
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, plan: ListPlan) -> None:
        """Begin empty, without a visit."""
        super().__init__()
        self._desk, self.plan, self._visit = desk, plan, VisitId("")
        self._words: tuple[str, ...] = ()
        self._removed_place, self._brought_back = 0, ""
        self.rows: dict[str, LineRow] = {}
        self.removed = RemovedRow(self._bring_back)
        self.teach = label(_("Not recorded.") if only_reads() else _(plan.teach), "muted", wrap=True)
        self.teach.setContentsMargins(16, 14, 16, 14 if only_reads() else 6)
        self.draft = for_writing(DraftRow(desk, plan, self._add))
        self._head = self._make_head()
        self._card = Card(margin=0, spacing=0)
        for widget in (self.teach, self._head, self.removed, self.draft):
            self._card.content.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)
        hand_focus_on(self, self.draft)

    def show_lines(self, visit: VisitId, lines: Sequence[Any]) -> None:
        """Show the lines of a visit; focus, typed text and the way back stay."""
        if visit != self._visit:
            self.removed.hide()
        self._visit = visit
        before = list(self.rows)
        self._drop([line for line in self.rows if line not in {one.id for one in lines}])
        self.rows = {line.id: self.rows.get(line.id) or self._begin(line.id) for line in lines}
        for line in lines:
            self.rows[line.id].show_line(line)
        if before != list(self.rows):
            self._put_in_order()
        self.teach.setVisible(not lines)
        self._head.setVisible(bool(lines) or not only_reads())
        if self._brought_back in self.rows:
            self.rows[self._brought_back].focus_on()
            self._brought_back = ""

    def suggest(self, words: Iterable[str]) -> None:
        """Offer words for the next line."""
        words = tuple(words)
        if words != self._words:
            self._words = words
            self.draft.suggest(words)

    def add(self, **fields: Any) -> None:
        """Add a line from a suggestion."""
        self._add(fields, lambda _made: None, self._desk.tell_error)

    def focus_line(self, line: str) -> None:
        """Go to a line, or to the empty one when it is not there."""
        if line in self.rows:
            self.rows[line].focus_on()
        else:
            self.draft.setFocus()

    def commit(self) -> None:
        """Save what is typed."""
        for row in self._all():
            row.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved, or is no line yet."""
        return any(row.unsaved for row in self._all())

    def _all(self) -> tuple[LineRow | DraftRow, ...]:
        return (*self.rows.values(), self.draft)

    def _begin(self, line: str) -> LineRow:
        row = LineRow(self._desk, self.plan, self._revise)
        row.entered.connect(self.draft.setFocus)
        row.stepped.connect(partial(self._step, line))
        row.removed.connect(self._remove)
        row.chosen.connect(self._choose)
        row.wanted.connect(self.wanted)
        return row

    def _put_in_order(self) -> None:
        """Put rows where they belong, and the way back in the place of the line that was taken out."""
        wanted: list[QWidget] = list(self.rows.values())
        wanted.insert(self._removed_place, self.removed)
        for place, row in enumerate(wanted, start=FIXED):
            if self._card.content.indexOf(row) != place:
                self._card.content.insertWidget(place, row)

    def _drop(self, gone: list[str]) -> None:
        for line in gone:
            row = self.rows.pop(line)
            self._card.content.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _step(self, line: str, field: str, step: int) -> None:
        """Go to the same cell of the line above or below."""
        ids = list(self.rows)
        at = ids.index(line) + step
        if at >= len(ids):
            self.draft.setFocus()
        elif at >= 0:
            self.rows[ids[at]].focus_on(field)

    def _add(self, fields: dict[str, Any], done: Done, failed: Done) -> None:
        visit, plan, day = self._visit, self.plan, today()

        def add(workspace: Workspace) -> tuple[str, Changes]:
            begins = plan.begins(Here(today=day, me=workspace.me.name))
            return add_line(workspace, visit, plan.kind, **{**begins, **fields})

        self._desk.background.change(add, owner=self, done=done, failed=failed)

    def _revise(self, line: str, field: str, value: Any, done: Done, failed: Done) -> None:
        visit, kind = self._visit, self.plan.kind

        self._desk.save(lambda workspace: revise_line(workspace, visit, kind, line, **{field: value}), owner=self, done=done, failed=failed)

    def _choose(self, line: str, field: str, key: str) -> None:
        """Set what a choice sets."""
        visit, kind, day = self._visit, self.plan.kind, today()
        cell = next(cell for cell in self.plan.cells if cell.field == field)
        row = self.rows[line]

        def choose(workspace: Workspace) -> Changes:
            fields = cell.chosen(row.line, key, Here(today=day, me=workspace.me.name))
            return revise_line(workspace, visit, kind, line, **fields)

        def not_chosen(error: BaseException) -> None:
            row.show_line(row.line)
            self._desk.tell_error(error)

        row.commit()
        self._desk.background.change(choose, owner=row, failed=not_chosen)

    def _remove(self, line: str) -> None:
        visit, subject, name = self._visit, Subject(self.plan.kind, line), self.rows[line].name
        self.rows[line].commit()

        def offer_back(made: tuple[EntryId, Changes]) -> None:
            self._removed_place = list(self.rows).index(line) if line in self.rows else 0
            self.removed.offer(name, line, made[0])

        self._desk.background.change(lambda workspace: removed(workspace, visit, subject), owner=self, done=offer_back)

    def _bring_back(self, line: str, entry: EntryId) -> None:
        visit, self._brought_back = self._visit, line
        self._desk.background.change(lambda workspace: undo(workspace, visit, entry), owner=self)

    def _make_head(self) -> QFrame:
        head, columns = QFrame(), Columns(self._desk.theme)
        head.setAccessibleName(_(self.plan.name))
        head.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop of the Tab key, but Qt orders rows only after what can have the focus
        for cell in self.plan.cells:
            title = label(_(cell.title), "group")
            title.setContentsMargins(8 if cell.is_typed and not only_reads() else 0, 0, 0, 0)
            columns.add(title, cell.width, cell.stretch)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 10, 8, 4)
        line.setSpacing(8)
        line.addLayout(columns, 1)
        line.addWidget(Tools(self._desk.theme, self.plan.tools))
        return head


def removed(workspace: Workspace, visit: VisitId, subject: Subject) -> tuple[EntryId, Changes]:
    """Take a line out; gives the entry that did it, so that it can be taken back."""
    changes = remove_line(workspace, visit, subject.kind, subject.id, reason=_("taken out of the list"))
    return history(workspace, visit, subject)[-1].id, changes
