"""The name of an interviewee, kept apart: closed until it is asked for, and cleared as soon as anything else is shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from auditor_app.plain_text import forbidden_characters
from auditor_app.translation import N_, _
from auditor_app.ui.background import Done
from auditor_app.ui.reading import for_writing
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label, say

Keep = Callable[[str, str, Done, Done], object]
"""Called with the interview, the name, and what to call when it is kept or not."""

WHERE = N_(
    "It is sealed by itself in this workspace and in backups of it, and nowhere else: no report, bundle, list, search or log has it;"
    " whoever can open this workspace can read it, and a correction does not erase what was kept before."
)


class KeptName(Card):
    """`asked` carries the interview whose name is wanted; answer with `show_kept`."""

    asked = Signal(str)

    def __init__(self, keep: Keep) -> None:
        """Begin closed."""
        super().__init__(margin=16, spacing=8)
        self._keep_it, self._interview, self._kept = keep, "", ""
        self.opener = button(_("Name, kept apart…"), self._turn, role="quiet")
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(_("Name, kept apart"))
        self.field.setPlaceholderText(_("Name, and how to reach the person; only if it must be kept at all"))
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._changed)
        self.show_it = button(_("Show what is kept"), self._ask)
        self.keep = button(_("Keep this name"), self.commit, role="first")
        self.hide_it = button(_("Close and clear"), self.close_up, role="link")
        self.said = label("", "muted", wrap=True)
        self._lay_out()
        self.close_up()
        for_writing(self)

    def show_interview(self, interview: str) -> None:
        """Belong to an interview; what was shown of another one goes."""
        if interview != self._interview:
            self.commit()
            self.close_up()
            self._interview = interview

    def show_kept(self, interview: str, name: str) -> None:
        """Show what is kept, if it is still wanted."""
        if interview != self._interview or self._inside.isHidden():
            return
        self._kept = name
        say(self.said, "" if name else _("No name is kept for this interview."))
        self._fill(name)
        self.field.setFocus()

    def commit(self) -> None:
        """Keep what was typed, if it is not what is kept already."""
        name = plainly(self.field.toPlainText())
        if name and name != self._kept and self._interview:
            self.keep.setEnabled(False)
            self._keep_it(self._interview, name, lambda _none: self._is_kept(name), lambda _error: self._changed())

    def close_up(self) -> None:
        """Close and clear the field, with what it remembers."""
        self._kept = ""
        self._fill("")
        say(self.said, "")
        self._inside.hide()
        self.opener.setText(_("Name, kept apart…"))

    def _is_kept(self, name: str) -> None:
        if plainly(self.field.toPlainText()) == name:
            self._kept = name
            say(self.said, _("It is kept, sealed."))
        self._changed()

    def _fill(self, text: str) -> None:
        self.field.setPlainText(text)
        self.field.document().clearUndoRedoStacks()
        self._changed()

    def _changed(self) -> None:
        name = plainly(self.field.toPlainText())
        self.keep.setEnabled(bool(name) and name != self._kept)

    def _turn(self) -> None:
        if self._inside.isHidden():
            self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * 3 + 24)
            self._inside.show()
            self.opener.setText(_("Name, kept apart"))
            self.show_it.setFocus()
        else:
            self.commit()
            self.close_up()

    def _ask(self) -> None:
        self.asked.emit(self._interview)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        acts = Flow(spacing=8)
        for widget in (self.keep, self.show_it, self.hide_it):
            acts.addWidget(widget)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(label(_(WHERE), "muted", wrap=True))
        inside.addWidget(self.field)
        inside.addLayout(acts)
        inside.addWidget(self.said)
        self.content.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeading)
        self.content.addWidget(self._inside)


def plainly(text: str) -> str:
    """Leave out the invisible marks that telephone numbers bring along from address books, and space at the ends."""
    marks = {chr(int(code.removeprefix("U+"), 16)) for code in forbidden_characters(text, allowed="\n\t")}
    return "".join(letter for letter in text if letter not in marks).strip()
