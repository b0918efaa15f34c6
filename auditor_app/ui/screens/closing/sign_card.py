"""The site's representative acknowledges: by drawing a signature, or with a certificate of their own."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor_app.domain.closing import SITE
from auditor_app.translation import N_, _
from auditor_app.ui.desk import Desk
from auditor_app.ui.lines.cell import Option
from auditor_app.ui.lines.editors import suggest
from auditor_app.ui.lines.mark_choice import MarkChoice
from auditor_app.ui.screens.closing.on_lane import Acknowledging
from auditor_app.ui.signing.pin_question import PinQuestion
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card
from auditor_app.ui.widgets.columns import TOP, Columns
from auditor_app.ui.widgets.form_lines import PassphraseLine, named, text_line
from auditor_app.ui.widgets.ink import Ink
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.workflows.visits import OpenVisit

DRAW, OWN = "draw", "own"
WAYS = (
    Option(key=DRAW, words=N_("Draw it here")),
    Option(key=OWN, words=N_("With a certificate of their own")),
)


class SignCard(Card):
    """`filled` carries an Acknowledging; PIN, password and the file's bytes are never kept."""

    filled = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Begin empty, for a drawn signature."""
        super().__init__(margin=20, spacing=12)
        self.name, self.role = text_line(_("First and last name")), text_line(_("Plant manager"))
        self.name.editingFinished.connect(self._guess_role)
        self.way = MarkChoice(desk.theme, WAYS)
        self.way.name_for(_("how the site acknowledges"))
        self.way.chosen.connect(self._turn)
        self.ink = Ink(desk.theme)
        self.ink.changed.connect(self._tell)
        self.undo = button(_("Undo the last stroke"), self.ink.undo)
        self.wipe = button(_("Start anew"), self.ink.clear)
        self.file = button(_("Choose the file (.p12 or .pfx)…"), self._choose)
        self.chosen = label("", "body", wrap=True)
        self.password, self.pin = PassphraseLine(), PinQuestion(desk)
        self.certificate: Path | None = None
        self.act = button(_("Acknowledge"), self._act, role="first")
        self.wrong = label("", "error", wrap=True)
        self._roles: dict[str, str] = {}
        self._smart_card = ""
        self._lay_out(desk)
        self._turn(DRAW)

    def show_visit(self, opened: OpenVisit, card: str) -> None:
        """Suggest those of the site who are at the meeting; a smart card (`card`) asks for the auditor's PIN."""
        people = [one for one in opened.state.attendees if one.closing and one.side == SITE] or list(opened.state.attendees)
        self._roles = {one.name: one.role for one in people}
        suggest(self.name, self._roles)
        self._smart_card = card

    def choose_file(self, path: Path) -> None:
        """Take a certificate's file."""
        self.certificate = path
        self.chosen.setText(path.name)
        self._tell()

    def clear(self) -> None:
        """Forget what was filled in and drawn."""
        self.ink.clear()
        for line in (self.name, self.role, self.password.field):
            line.clear()
        self.pin.put_away()
        self.certificate = None
        self.chosen.setText("")
        self._tell()

    def _act(self) -> None:
        name, drawn = self.name.text().strip(), self.way.key == DRAW
        dress(self.name, state="" if name else "wrong")
        missing = self.ink.strokes == () if drawn else self.certificate is None
        words = _("There is no signature yet.") if drawn else _("Choose the file with the certificate first.")
        self.wrong.setText("" if name and not missing else words if name else _("Who signs? Write the name first."))
        self.wrong.setVisible(bool(self.wrong.text()))
        if name and not missing:
            filled = Acknowledging(
                name=name,
                role=self.role.text().strip(),
                strokes=self.ink.strokes,
                certificate=None if drawn else self.certificate,
                password="" if drawn else self.password.text,
            )
            self.password.field.clear()
            self.pin.ask_if(self._smart_card if drawn else "", lambda pin: self.filled.emit(replace(filled, pin=pin)))

    def _guess_role(self) -> None:
        if not self.role.text() and (role := self._roles.get(self.name.text().strip())):
            self.role.setText(role)

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Certificate of the site's representative"), "", _("Keys (*.p12 *.pfx);;All files (*)")
        )
        if name:
            self.choose_file(Path(name))

    def _turn(self, way: str) -> None:
        self.way.show_key(way)
        self._pages.setCurrentIndex(0 if way == DRAW else 1)
        self.pin.put_away()
        self.wrong.hide()

    def _tell(self) -> None:
        drawn = bool(self.ink.strokes)
        self.undo.setEnabled(drawn)
        self.wipe.setEnabled(drawn)
        self.wrong.hide()

    def _lay_out(self, desk: Desk) -> None:
        means = _("With this signature I confirm that I have seen these findings. It does not mean that I agree with them.")
        people = Columns(desk.theme, spacing=14, across=TOP)
        for title, field, width in ((_("Name"), self.name, 220), (_("Function at the site"), self.role, 220)):
            room = QWidget()
            inside = named(title, field)
            inside.setContentsMargins(0, 0, 0, 0)
            room.setLayout(inside)
            people.add(room, width, 1)
        self._pages = QStackedWidget()
        for page in (self._draw_page(), self._own_page()):
            self._pages.addWidget(page)
        acts = QHBoxLayout()
        acts.addWidget(self.act)
        acts.addStretch(1)
        self.content.addWidget(label(_("2  The site acknowledges"), "section"))
        self.content.addWidget(label(means, "strong", wrap=True))
        self.content.addLayout(people)
        for widget in (self.way, self._pages, self.pin, self.wrong):
            self.content.addWidget(widget)
        self.content.addLayout(acts)
        self.wrong.hide()
        self._tell()

    def _draw_page(self) -> QWidget:
        page, tools = QWidget(), QHBoxLayout()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        tools.addWidget(self.undo)
        tools.addWidget(self.wipe)
        tools.addStretch(1)
        layout.addWidget(self.ink)
        layout.addLayout(tools)
        words = _("Your own key binds the drawing to the sheet, and says whose it is and that it was drawn on this screen.")
        layout.addWidget(label(words, "tiny", wrap=True))
        return page

    def _own_page(self) -> QWidget:
        page, line = QWidget(), QHBoxLayout()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        line.addWidget(self.file)
        line.addWidget(self.chosen, 1)
        layout.addLayout(line)
        layout.addLayout(named(_("Password of the file"), self.password))
        layout.addWidget(label(_("File and password are used once for this signature and kept nowhere."), "tiny", wrap=True))
        layout.addStretch(1)
        return page
