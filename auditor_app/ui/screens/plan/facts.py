"""Facts of a visit as fields that save themselves, in cards whose columns give way to large text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.errors import NotAllowed
from auditor_app.form_engine.definition import Choice
from auditor_app.ids import VisitId
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import CHOICE, LINE, TEXT, Cell, typed
from auditor_app.ui.lines.editors import restrict
from auditor_app.ui.reading import only_reads, read_value
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.visits import describe_visit

HALF, WHOLE = 300, 620
"""Least widths of a field in pixels at 100 % text: two in a line, or one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: its name in the visit, its title, how it is filled in, a hint, and its room."""

    name: str
    title: str
    kind: str = TEXT
    hint: str = ""
    width: int = HALF
    words: Callable[[str], str] = str
    """Puts the code that the fact holds into words."""


class FactsCard(Card):
    """A card of facts; each is saved as it is changed, and no other ever is."""

    def __init__(self, desk: Desk, title: str, facts: tuple[Fact, ...]) -> None:
        """Make a field for each fact."""
        super().__init__(margin=18, spacing=12)
        self._desk, self._visit = desk, VisitId("")
        self._labels: dict[str, dict[str, str]] = {}
        self._facts = {fact.name: fact for fact in facts}
        self.fields = {fact.name: self._field(fact) for fact in facts}
        self.titles = {fact.name: label(_(fact.title), "field") for fact in facts}
        columns = Columns(desk.theme, spacing=14, across=TOP)
        for fact in facts:
            room = QWidget()
            layout = QVBoxLayout(room)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addLayout(named(self.titles[fact.name], self.fields[fact.name]))
            layout.setAlignment(Qt.AlignmentFlag.AlignTop)
            columns.add(room, fact.width, 1)
        self.content.addWidget(label(title, "section"))
        self.content.addLayout(columns)

    def show_facts(self, visit: VisitId, facts: Mapping[str, object]) -> None:
        """Show the facts of a visit; what was typed and is not saved yet stays."""
        self._visit = visit
        for name, field in self.fields.items():
            value = str(facts.get(name, ""))
            if isinstance(field, SteadyCombo):
                field.setCurrentIndex(field.findData(value))
            else:
                fact, said = self._facts[name], self._labels.get(name, {}).get(value, value)
                field.show_text(f"{visit}/{name}", read_value(said, fact.words(said), self.titles[name], _(fact.title)))

    def offer(self, name: str, choices: tuple[Choice, ...]) -> None:
        """Offer the choices of a form for a fact."""
        field, self._labels[name] = self.fields[name], {one.key: one.label for one in choices if one.key}
        if isinstance(field, SteadyCombo) and [field.itemData(at) for at in range(field.count())] != [one.key for one in choices]:
            field.clear()
            for one in choices:
                field.addItem(one.label, one.key)

    def commit(self) -> None:
        """Save what is typed."""
        for field in self.fields.values():
            if not isinstance(field, SteadyCombo):
                field.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether something could not be saved."""
        return any(isinstance(field, LineEditor) and field.has_unsaved for field in self.fields.values())

    def _field(self, fact: Fact) -> LineEditor | TextEditor | SteadyCombo:
        if fact.kind == CHOICE and not only_reads():
            box = SteadyCombo()
            box.activated.connect(lambda _row: self._choose(fact.name, str(box.currentData())))
            return box
        hint = _(fact.hint) if fact.hint else ""
        if fact.kind in {TEXT, LINE} or only_reads():
            name, unsaved, one_line = _(fact.title), self._desk.unsaved, fact.kind == LINE
            return TextEditor(self._save, name=name, placeholder=hint, lines=1, unsaved=unsaved, one_line=one_line)
        cell = Cell(field=fact.name, title=fact.title, kind=fact.kind)
        line = LineEditor(partial(self._save_line, cell), name=_(fact.title), placeholder=hint)
        restrict(line, cell)
        return line

    def _choose(self, name: str, value: str) -> None:
        self._save(f"{self._visit}/{name}", value, lambda _changes: None, lambda _error: None)

    def _save_line(self, cell: Cell, key: str, text: str, done: Done, failed: Done) -> None:
        """Save a line; a day that is half typed waits until the field is left."""
        try:
            self._save(key, str(typed(cell, text)), done, failed)
        except NotAllowed as error:
            if not self.fields[cell.field].hasFocus():
                failed(error)
                self._desk.tell_error(error)

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        visit, _slash, name = key.partition("/")

        self._desk.save(lambda workspace: describe_visit(workspace, VisitId(visit), {name: text}), owner=self, done=done, failed=failed)
