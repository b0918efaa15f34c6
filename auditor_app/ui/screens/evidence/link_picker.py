"""Linking pieces of evidence to many criteria, checks and findings at once: tick them, say whether it supports or contradicts, done."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK
from auditor_app.translation import _, plural
from auditor_app.ui.names import names_of
from auditor_app.ui.screens.evidence.view_state import target_choices
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.form_lines import text_line
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit

SUBJECT = Qt.ItemDataRole.UserRole
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LinkPicker(QFrame):
    """`wanted` carries what was ticked and a stance ("" takes these links away); `left` asks to go back."""

    wanted = Signal(tuple, str)
    left = Signal()

    def __init__(self) -> None:
        """Begin without anything to link to."""
        super().__init__()
        self.setObjectName("guide")
        self._offered: object = None
        self.title, self.hint = label("", "section", wrap=True), label("", "tiny", wrap=True)
        self.words = text_line(_("Find a criterion, check or finding"))
        self.words.setAccessibleName(_("Find a criterion, check or finding"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _text: self._narrow())
        self.list = QListWidget()
        self.list.setProperty("framed", "true")
        self.list.setProperty("rows", "tall")
        self.list.setAccessibleName(_("What to link to; Space ticks"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self._allow())
        self.acts = [
            button(_("Supports"), lambda: self._do("supports"), role="first", key="Ctrl+Return", name=_("It supports what is ticked")),
            button(_("Contradicts"), lambda: self._do("contradicts"), name=_("It contradicts what is ticked")),
            button(_("Unlink"), lambda: self._do(""), name=_("Take the links to what is ticked away")),
        ]
        self.back = button(_("Back"), self.left.emit, role="link", name=_("Back without linking (Escape)"))
        self.words.installEventFilter(self)
        self.list.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        for widget in (self.title, self.words, self.list, self.hint):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        for pair in (self.acts[:2], (self.acts[2], self.back)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for act in pair:
                line.addWidget(act, 1)
            layout.addLayout(line)

    @property
    def ticked(self) -> tuple[Subject, ...]:
        """Give what is ticked."""
        return tuple(Subject(*item.data(SUBJECT)) for item in self._items if item.checkState() == Qt.CheckState.Checked)

    def begin(self, opened: OpenVisit, count: int, linked: Mapping[Subject, int]) -> None:
        """Offer everything for some pieces, of which `linked` tells how many each thing is linked to already; nothing is ticked."""
        self.title.setText(plural("Link {count} piece to", "Link {count} pieces to", count))
        self.list.blockSignals(True)
        self.list.clear()
        for subject, words in _targets(opened):
            there = linked.get(subject, 0)
            known = _("linked: {there} of {count}").format(there=there, count=count) if there else ""
            item = QListWidgetItem(f"{words}\n{known}" if known else words)
            item.setData(SUBJECT, tuple(subject))
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.words.clear()
        self._narrow()
        self._allow()
        self.words.setFocus()

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _narrow(self) -> None:
        """Show what has all the words; checks only when words are given, for there are hundreds; what is ticked is always shown."""
        words, first = self.words.text().casefold().split(), None
        for item in self._items:
            fits = all(word in item.text().casefold() for word in words) and (bool(words) or item.data(SUBJECT)[0] != CHECK)
            item.setHidden(not fits and item.checkState() != Qt.CheckState.Checked)
            first = item if fits and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)

    def _allow(self) -> None:
        count = len(self.ticked)
        ticked = plural("{count} ticked.", "{count} ticked.", count) if count else _("Tick with Space or Enter, as many as fit.")
        self.hint.setText(ticked)
        for act in self.acts:
            act.setEnabled(count > 0)

    def _do(self, stance: str) -> None:
        if ticked := self.ticked:
            self.wanted.emit(ticked, stance)

    def _tick(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            was = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if was else Qt.CheckState.Checked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick with Enter from the words and the list, and go from the words into the list with the arrows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, plain = Qt.Key(event.key()), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if key in ENTER and plain:
                self._tick()
                self.words.selectAll()
                return True
            if watched is self.words and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _targets(opened: OpenVisit) -> list[tuple[Subject, str]]:
    """List criteria, each followed by its checks, then findings."""
    names, found = names_of(opened), list[tuple[Subject, str]]()
    checks = {str(one.number): [Subject(CHECK, check.id) for check in one.checks] for one in opened.form.criteria}
    for subject, words in target_choices(opened):
        found.append((subject, words))
        if subject.kind == "criterion":
            found += [(check, names.long(check)) for check in checks[subject.id]]
    return found
