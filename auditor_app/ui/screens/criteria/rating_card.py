"""The proposed rating of a criterion: one button for each step of the form's scale, and the reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from auditor_app.form_engine.definition import Form
from auditor_app.translation import _
from auditor_app.ui.background import Done
from auditor_app.ui.marks import rating_label, rating_mark
from auditor_app.ui.reading import for_writing, only_reads, shown_only
from auditor_app.ui.screens.criteria.quote_menu import quote_menu
from auditor_app.ui.screens.criteria.rating_button import RatingButton
from auditor_app.ui.screens.criteria.view_state import suggestion_text
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, empty_layout
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.criteria import CriterionPage
from auditor_app.workflows.triangulation import Conclusion, Said
from auditor_app.workflows.visits import OpenVisit

Rate = Callable[[str, str, str | None, Done, Done], object]
"""Called with a criterion's number, a rating, its reason if it is to be saved with it, and what to call afterwards."""

Explain = Callable[[str, str, Done, Done], object]
Kept = dict[str, str]


class RatingCard(Card):
    """Proposes a rating. A rating that needs a reason waits, visibly, until there is one; then both are saved together."""

    finding_wanted = Signal()

    def __init__(self, theme: Theme, rate: Rate, explain: Explain, depart: Explain, unsaved: Kept, waiting: Kept) -> None:
        """Build the card; `rate` saves a rating, `explain` its reason, `depart` why it is not what the answers suggest.

        `waiting` keeps the ratings that wait for their reasons, by "visit/criterion".
        """
        super().__init__(margin=16, spacing=10)
        self._theme, self._rate, self._explain = theme, rate, explain
        self._form: Form | None = None
        self._page: CriterionPage | None = None
        self._key, self._waiting = "", waiting
        self.buttons: list[RatingButton] = []
        self.suggestion = label("", "muted")
        self.suggestion.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.suggestion.setWordWrap(True)
        placeholder = _("What you saw, heard and read that leads to this rating")
        self.because = TextEditor(self._save_reason, name=_("Because"), placeholder=placeholder, lines=3, unsaved=unsaved)
        self.said = label("", "warning", wrap=True)
        self._quotes: tuple[Said, ...] = ()
        self.quote = for_writing(button(_("Insert a quote…"), self._offer_quotes, role="link", key="Ctrl+I"))
        self.departs_title = label("", "warning", wrap=True)
        why = _("Why the answers alone would mislead")
        self.departs = TextEditor(depart, name=_("Why not as the answers suggest"), placeholder=why, lines=1, unsaved=unsaved)
        self._grid = QGridLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        self._grid.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(label(_("Proposed rating"), "field"))
        top.addWidget(self.suggestion, 1)
        self.content.addLayout(top)
        self.content.addLayout(self._grid)
        reason = QVBoxLayout()
        reason.setSpacing(2)
        reason.addLayout(self._because_title())
        reason.addWidget(self.because)
        self.content.addLayout(reason)
        for widget in (self.said, self.departs_title, self.departs):
            self.content.addWidget(widget)

    def show_conclusion(self, opened: OpenVisit, one: Conclusion) -> None:
        """Show the rating and the reasons of a criterion."""
        page, self._quotes = one.page, one.said
        if self._form is not opened.form:
            self._form = opened.form
            self._make_buttons(opened.form)
        self._page = page
        self._key = f"{opened.state.id}/{page.criterion.number}"
        self.suggestion.setText(suggestion_text(opened, page))
        self.because.show_text(self._key, page.state.because)
        self.departs.show_text(f"{self._key}/departs", page.state.departs)
        self.quote.setVisible(bool(one.said))
        self._show_rating()

    def choose(self, position: int) -> None:
        """Choose the rating at a position of the scale, from 0; the one that is chosen already is taken back."""
        if self._page is None or self._form is None or position >= len(self.buttons) or only_reads():
            return
        key = self.buttons[position].key
        if key == (self._waiting.get(self._key) or self._page.state.rating):
            key = ""
        text = self.because.toPlainText().strip()
        level = self._form.level(key)
        if level is not None and "reason" in level.needs and not text:
            self._waiting[self._key] = key
            self._show_rating()
            self.because.setFocus()
            return
        self._waiting.pop(self._key, None)
        typed = text if text != self._page.state.because else None
        self._rate(self._number, key, typed, lambda _changes: None, lambda _error: self._show_rating())
        self._show_rating(key)

    def focus_rating(self) -> None:
        """Go to the rating that is chosen, or to the first one."""
        for one in [one for one in self.buttons if one.isChecked()][:1] or self.buttons[:1]:
            one.setFocus()

    def insert(self, text: str) -> None:
        """Write a text into the reason where the cursor is, apart from the words around it."""
        cursor = self.because.textCursor()
        before = self.because.toPlainText()[: cursor.selectionStart()]
        cursor.insertText((" " if before and not before[-1].isspace() else "") + text)
        self.because.setFocus()

    def commit(self) -> None:
        """Save what is typed."""
        self.because.commit()
        self.departs.commit()

    def _offer_quotes(self) -> None:
        menu = quote_menu(self, self._quotes, self.insert)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.quote.mapToGlobal(QPoint(0, self.quote.height())))

    @property
    def _number(self) -> str:
        return str(self._page.criterion.number) if self._page else ""

    def _save_reason(self, key: str, text: str, done: Done, failed: Done) -> None:
        """Save the reason: with the rating that waits for it, or alone."""
        waiting, number = self._waiting.get(key), key.rpartition("/")[2]
        if waiting and text.strip():
            del self._waiting[key]
            self._rate(number, waiting, text, done, failed)
        elif waiting:
            done(None)
        else:
            self._explain(number, text, done, partial(self._not_explained, failed))

    def _not_explained(self, failed: Done, error: BaseException) -> None:
        failed(error)
        self._show_rating()

    def _show_rating(self, chosen: str | None = None) -> None:
        """Mark the rating that holds or waits, and say what it lacks."""
        if self._page is None or self._form is None:
            return
        waiting = self._waiting.get(self._key, "")
        current = chosen if chosen is not None else waiting or self._page.state.rating
        for one in self.buttons:
            one.setChecked(one.key == current)
        self._show_departure(current)
        level = self._form.level(waiting)
        lacks_finding = "finding" in self._page.missing and chosen is None and not waiting
        reason_gone = bool(self._page.state.rating) and not waiting and self.because.has_unsaved and not self.because.toPlainText().strip()
        words = ""
        if level is not None:
            words = _("Say why first: “{rating}” is kept together with its reason, as soon as there is one.").format(rating=level.label)
        elif reason_gone:
            words = _("This rating needs its reason: say why, or take the rating back first. The reason before is still saved.")
        elif lacks_finding:
            words = _("A finding is still missing: this rating needs at least one.")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        dress(self.because, state="wrong" if level is not None or reason_gone else "")

    def _show_departure(self, rating: str) -> None:
        """Ask why a rating is not what the answers suggest, where it is not; a reason given before stays in sight."""
        if self._page is None or self._form is None:
            return
        proposed = self._page.proposal.rating
        departs = bool(rating) and proposed not in {None, rating}
        there = departs or bool(rating and self.departs.toPlainText().strip())
        self.departs_title.setText(_("Why not {rating}, as the answers suggest").format(rating=rating_label(self._form, proposed or "")))
        self.departs_title.setVisible(departs)
        self.departs.setVisible(there)
        dress(self.departs_title, role="field" if self._page.state.departs.strip() else "warning")

    def _make_buttons(self, form: Form) -> None:
        empty_layout(self._grid)
        self.buttons = [
            shown_only(RatingButton(self._theme, level.key, level.label, rating_mark(form, level.key), number))
            for number, level in enumerate(form.rating.scale, 1)
        ]
        for position, one in enumerate(self.buttons):
            one.clicked.connect(lambda _checked=False, position=position: self.choose(position))
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons beside one another, or in two lines or more where they would not fit."""
        if not self.buttons:
            return
        widest = max(one.sizeHint().width() for one in self.buttons)
        room = max(1, (self.width() - 34 + 8) // (widest + 8))
        columns = len(self.buttons) if room >= len(self.buttons) else 2 if room >= 2 else 1
        for position, one in enumerate(self.buttons):
            self._grid.addWidget(one, position // columns, position % columns)
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _because_title(self) -> QHBoxLayout:
        title, line = label(_("Because"), "field"), QHBoxLayout()
        title.setBuddy(self.because)
        title.setContentsMargins(0, 4, 0, 4)
        line.addWidget(title, 1)
        line.addWidget(self.quote)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the buttons anew."""
        super().resizeEvent(event)
        self._arrange()
