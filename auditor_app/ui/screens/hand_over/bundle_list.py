"""The bundles of a visit, newest first: what is in each, how far it is, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from auditor_app.translation import _
from auditor_app.ui.glyphs import MarkSign
from auditor_app.ui.names import in_groups
from auditor_app.ui.screens.hand_over.view_state import MADE, RECEIVED, SENT, BundleLine
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import RowCard, empty_layout, section_title
from auditor_app.ui.widgets.labels import label

ROLES = {RECEIVED: "fully", SENT: "copper", MADE: "strong"}


class BundleList(QWidget):
    """`send_wanted` and `copy_wanted` carry the id of a bundle, `arranged` an act on the queue and the id."""

    send_wanted = Signal(str)
    copy_wanted = Signal(str)
    arranged = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        """Begin without bundles."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[BundleLine, ...] | None = None
        self.sends: list[QPushButton] = []
        line, self.count = section_title(_("Bundles"))
        self._rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addLayout(self._rows)

    def show_bundles(self, bundles: tuple[BundleLine, ...]) -> None:
        """Show the bundles."""
        self.count.setText(str(len(bundles)) if bundles else _("none yet"))
        if bundles == self._shown:
            return
        self._shown, self.sends = bundles, []
        empty_layout(self._rows)
        if not bundles:
            return
        card = RowCard()
        for one in bundles:
            card.add_row(self._row(one))
        self._rows.addWidget(card)

    def _row(self, one: BundleLine) -> QHBoxLayout:
        name = label(_("Bundle {id}").format(id=f"{in_groups(one.id[:16], 4)} …"), "tiny", selectable=True)
        name.setToolTip(in_groups(one.id))
        name.setAccessibleName(_("Bundle {id}").format(id=one.id[:16]))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(one.state, "error" if one.refused else ROLES[one.stage], wrap=True))
        words.addWidget(label(f"{one.facts} · {one.times}", "muted", wrap=True))
        words.addWidget(name)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(MarkSign(self._theme, one.mark, size=20), 0, Qt.AlignmentFlag.AlignTop)
        parts = Beside(least=self._theme.look.px(440))
        parts.add(words, 1)
        row.addWidget(parts, 1)
        if one.stage != RECEIVED and not one.refused:
            again = one.stage == SENT
            send = button(
                _("Check the mailbox") if again else _("Put into the mailbox"),
                lambda: self.send_wanted.emit(one.id),
                role="plain" if again else "first",
                name=_("Put bundle {id} into the mailbox; what is there is not sent again").format(id=one.id[:8]),
            )
            self.sends.append(send)
            parts.add(send)
        more = button(_("More…"), name=_("More for bundle {id}").format(id=one.id[:8]))
        more.setMenu(self._more(one))
        self.sends.append(more)
        parts.add(more)
        return row

    def _more(self, one: BundleLine) -> QMenu:
        menu = QMenu(self)
        acts = [(_("Copy to a stick…"), lambda: self.copy_wanted.emit(one.id))]
        if one.stage == MADE:
            held = one.paused or bool(one.set_aside)
            act, words = ("resume", _("Let it go again")) if held else ("pause", _("Leave it out for now"))
            acts.append((words, lambda: self.arranged.emit(act, one.id)))
            acts.append((_("Send it before the others"), lambda: self.arranged.emit("put_first", one.id)))
        for words, do in acts:
            menu.addAction(words).triggered.connect(lambda _checked=False, do=do: do())
        return menu
