"""One criterion in the plan: whether it applies here, why where that is not what the form says, and who works on it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.translation import N_, _
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import GOOD, OUTSIDE
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.lines.editors import focus_on, suggest
from auditor_app.ui.lines.mark_choice import MarkChoice
from auditor_app.ui.screens.plan.view_state import Scoped
from auditor_app.ui.widgets.columns import Columns
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.line_editor import LineEditor
from auditor_app.ui.widgets.text_editor import TextEditor

WORDS = (Option(key="yes", words=N_("Applies"), mark=GOOD), Option(key="no", words=N_("Does not apply"), mark=OUTSIDE))

Apply = Callable[[str, str, str, Done, Done], object]
"""Called with the number of a criterion, "yes", "no" or "" for what the form says, the reason, and what to call afterwards."""
Assign = Callable[[str, str, Done, Done], object]
"""Called with the number of a criterion, who works on it, and what to call afterwards."""


WIDTHS = ((26, 0), (220, 3), (250, 0), (150, 2))
"""Room of the columns: least width at 100 % text, and share of what is left."""


class ScopeHead(QWidget):
    """What the columns are; left out where they would not stand in one line."""

    def __init__(self, desk: Desk) -> None:
        """Name the columns."""
        super().__init__()
        columns, self._theme = Columns(desk.theme, spacing=10), desk.theme
        titles = ("", _("Criterion"), _("Applicability"), _("Who works on it"))
        for title, (width, stretch) in zip(titles, WIDTHS, strict=True):
            columns.add(label(title, "group"), width, stretch)
        self._titles = QWidget()
        line = QHBoxLayout(self._titles)
        line.setContentsMargins(14, 0, 14, 0)
        line.addLayout(columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._titles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the titles out where there is little room."""
        super().resizeEvent(event)
        wanted = self._theme.look.px(sum(width for width, _stretch in WIDTHS)) + 3 * 10 + 28
        self._titles.setVisible(self.width() >= wanted)


class ScopeRow(QFrame):
    """A word against the form waits for its reason, and both are saved together."""

    stepped = Signal(str, int)

    def __init__(self, desk: Desk, apply: Apply, assign: Assign) -> None:
        """Make the fields; `apply` and `assign` save."""
        super().__init__()
        self.setProperty("card", "row")
        self._theme, self._apply, self._assign = desk.theme, apply, assign
        self.scoped: Scoped | None = None
        self.pending = ""
        self.number, self.name = label("", "muted"), label("", wrap=True)
        self.by_form = label("", "tiny", wrap=True)
        self.choice = MarkChoice(desk.theme, WORDS)
        self.choice.chosen.connect(self.choose)
        self.assigned = LineEditor(self._save_assigned, name=_("Who works on it"), placeholder=_("Who works on it"))
        self.assigned.returnPressed.connect(lambda: self.stepped.emit(self._number, 1))
        self.because = TextEditor(self._save_because, name=_("Why"), placeholder=_("Why?"), lines=1, unsaved=desk.unsaved)
        self.said, self.hint = label("", "error", wrap=True), label("", "tiny", wrap=True)
        self._lay_out()

    def show_scoped(self, visit: str, one: Scoped) -> None:
        """Show a criterion; a choice that waits for its reason goes on waiting."""
        self.scoped = one
        if one.override == self.pending:
            self._wait_for("")
        self.number.setText(one.number)
        self.name.setText(one.criterion.name)
        self.choice.show_key(self.pending or ("yes" if one.applies else "no"))
        self.choice.name_for(one.criterion.name)
        self.assigned.show_text(f"{visit}/{one.number}/assigned", one.assigned)
        self.assigned.setAccessibleName(_("Who works on {criterion}").format(criterion=one.criterion.name))
        self.because.show_text(f"{visit}/{one.number}/applies_because", one.because)
        self.because.setAccessibleName(_("Why it applies or not: {criterion}").format(criterion=one.criterion.name))
        self._say_by_form()

    def suggest(self, names: Iterable[str]) -> None:
        """Offer the names of the team."""
        suggest(self.assigned, names)

    def choose(self, key: str) -> None:
        """Choose a word: what the form says is saved at once, the other with its reason."""
        assert self.scoped is not None  # noqa: S101 - a row is clicked after it was shown
        if (key == "yes") == self.scoped.by_form:
            self._wait_for("")
            self._apply(self._number, "", "", lambda _changes: None, lambda _error: None)
        elif self.because.toPlainText().strip():
            self._apply(self._number, key, self.because.toPlainText(), lambda _changes: None, lambda _error: None)
        else:
            self._wait_for(key)
        self._say_by_form()
        if self.pending:
            self.because.setFocus()

    def focus_on(self) -> None:
        """Go to who works on it."""
        focus_on(self.assigned)

    def commit(self) -> None:
        """Save what is typed."""
        self.assigned.commit()
        self.because.commit()

    @property
    def unsaved(self) -> bool:
        """Say whether a choice waits for its reason, or a name could not be saved."""
        return bool(self.pending) or self.assigned.has_unsaved

    @property
    def _number(self) -> str:
        return self.scoped.number if self.scoped else ""

    def _wait_for(self, key: str) -> None:
        """Keep a choice until its reason is there; "" waits for nothing."""
        self.pending = key
        self.said.setText(_("Say why first; until then the plan stays as it was.") if key else "")
        self.said.setVisible(bool(key))
        dress(self.because, state="wrong" if key else "")

    def _save_assigned(self, key: str, text: str, done: Done, failed: Done) -> None:
        self._assign(key.split("/")[-2], text, done, failed)

    def _save_because(self, key: str, text: str, done: Done, failed: Done) -> None:
        """Save the reason, and the choice that waited for it; without one nothing is saved."""
        word = self.pending or (self.scoped.override if self.scoped else "")
        if word and text.strip():
            self._apply(key.split("/")[-2], word, text, done, failed)
        elif word:
            failed(None)
            self.said.setText(_("It needs its reason; the last one stays saved."))
            self.said.show()
        else:
            done(None)

    def _say_by_form(self) -> None:
        """Say what the form says, and ask for the reason where the plan says otherwise."""
        if self.scoped is None:
            return
        usual = _("usually applies here") if self.scoped.by_form else _("usually not applicable here")
        own = bool(self.pending or self.scoped.override)
        self.by_form.setText(_("by the form: {usual}").format(usual=usual))
        self.by_form.setVisible(own or not self.scoped.by_form)
        self.because.setVisible(own)
        self.hint.setText(self.scoped.criterion.not_applicable_hint or "")
        self.hint.setVisible(own and bool(self.hint.text()))

    def _lay_out(self) -> None:
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.by_form)
        columns = Columns(self._theme, spacing=10)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget, (width, stretch) in zip((self.number, words, self.choice, self.assigned), WIDTHS, strict=True):
            columns.add(widget, width, stretch)
        below = QVBoxLayout()
        below.setSpacing(4)
        for shown in (self.said, self.because, self.hint):
            below.addWidget(shown)
            shown.hide()
        indented = QHBoxLayout()
        indented.addSpacing(36)
        indented.addLayout(below, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 5, 14, 5)
        layout.setSpacing(4)
        layout.addLayout(columns)
        layout.addLayout(indented)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the criteria above and below; Escape gives a choice up that waits for its reason."""
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        if event.key() in steps:
            self.stepped.emit(self._number, steps[event.key()])
        elif event.key() == Qt.Key.Key_Escape and self.pending and self.scoped is not None:
            self._wait_for("")
            self.choice.show_key("yes" if self.scoped.applies else "no")
            self._say_by_form()
        else:
            super().keyPressEvent(event)
