"""Quotes: the words as they were said and, beside them, as they were interpreted. Each saves itself, a new one with its first words."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.interviews import Quote
from auditor_app.translation import _, plural
from auditor_app.ui.background import Done
from auditor_app.ui.desk import Desk
from auditor_app.ui.glyphs import mark_icon
from auditor_app.ui.reading import for_writing, shown_only
from auditor_app.ui.screens.findings.withdrawing import Withdrawing
from auditor_app.ui.screens.interviews.criteria_chips import CriteriaChips
from auditor_app.ui.screens.interviews.field_grid import HALF, FieldGrid
from auditor_app.ui.screens.interviews.view_state import STANCE_MARKS, STANCE_WORDS, quotes_of
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.card import Card, section_title
from auditor_app.ui.widgets.form_lines import named
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.ui.widgets.text_editor import TextEditor
from auditor_app.workflows.visits import OpenVisit

DRAFT = "new quote"
TEXTS = ("original", "interpreted")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteWays:
    """How quotes are kept: `add` with interview and original words (answers with the id), `revise` one field, `remove` with a reason."""

    add: Callable[[str, str, Done, Done], object]
    revise: Callable[[str, str, object, Done, Done], object]
    remove: Callable[[str, str], object]


class QuoteCard(Card):
    """Edits one quote; one without an id is a draft, which becomes a quote with its first original words."""

    def __init__(self, desk: Desk, ways: QuoteWays, interview: str, visit: str) -> None:
        """Begin as the draft of an interview."""
        super().__init__(margin=16, spacing=10)
        self._desk, self._ways, self._interview, self._visit = desk, ways, interview, visit
        self.quote, self._being_made = "", False
        self.number = label("", "field")
        self.stance = shown_only(SteadyCombo())
        self.stance.setMinimumContentsLength(12)
        self.stance.setAccessibleName(_("Whether it supports or contradicts"))
        self.stance.activated.connect(lambda _row: self._set("stance", self.stance.currentData()))
        self.original = self._editor(_("In the original words"), _("As it was said, in the language in which it was said"))
        self.interpreted = self._editor(_("As interpreted"), _("What the interpreter said; empty when nothing was interpreted"))
        self.criteria = CriteriaChips(_("quote"))
        self.criteria.changed.connect(lambda numbers: self._set("criteria", list(numbers)))
        self.withdrawing = Withdrawing(_("Take it out…"), _("Take it out"), _("Why? What was said stays in the history."))
        self.withdrawing.withdrawn.connect(lambda reason: self._ways.remove(self.quote, reason))
        self._lay_out()
        self._offer_stances()
        desk.theme.changed.connect(self._offer_stances)

    def show_draft(self) -> None:
        """Show the draft as it was left."""
        self.number.setText(_("New quote"))
        for field in TEXTS:
            getattr(self, field).show_text(self._key("", field), "")
        for widget in (self.stance, self.criteria, self.withdrawing):
            widget.hide()

    def show_quote(self, opened: OpenVisit, number: int, quote: Quote) -> None:
        """Show a quote; what was typed and is not saved yet stays."""
        if not self.quote:
            self._adopt(quote.id)
        self.number.setText(_("Quote {number}").format(number=number))
        for field in TEXTS:
            getattr(self, field).show_text(self._key(quote.id, field), getattr(quote, field))
        self.stance.setCurrentIndex(max(0, self.stance.findData(quote.stance)))
        self.criteria.show_criteria(opened.form, quote.criteria)
        for widget in (self.stance, self.criteria, self.withdrawing):
            widget.show()

    def commit(self) -> None:
        """Save what is typed."""
        self.original.commit()
        self.interpreted.commit()

    def _adopt(self, quote: str) -> None:
        """Go on as a quote that is kept; what was typed into the draft meanwhile is its unsaved text."""
        self.quote = quote
        for field in TEXTS:
            waiting = self._desk.unsaved.pop(self._key("", field), None)
            if waiting is not None:
                self._desk.unsaved[self._key(quote, field)] = waiting

    def _made(self, made: tuple[str, object], done: Done) -> None:
        """Take the id of what was just added, and save what was typed since."""
        done(made)
        self._being_made = False
        texts = {field: getattr(self, field).toPlainText() for field in TEXTS}
        self._adopt(made[0])
        for field in TEXTS:
            getattr(self, field).show_text(self._key(self.quote, field), texts[field])
        self.commit()

    def _not_made(self, error: BaseException, failed: Done) -> None:
        self._being_made = False
        failed(error)

    def _save(self, key: str, text: str, done: Done, failed: Done) -> None:
        field = key.rpartition("/")[2]
        if self.quote:
            self._ways.revise(self.quote, field, text, done, failed)
        elif field == "original" and text.strip() and not self._being_made:
            self._being_made = True
            self._ways.add(self._interview, text, lambda made: self._made(made, done), lambda error: self._not_made(error, failed))
        else:
            failed(None)  # it waits for the quote to be there

    def _set(self, field: str, value: object) -> None:
        if self.quote:
            self._ways.revise(self.quote, field, value, lambda _changes: None, lambda _error: None)

    def _key(self, quote: str, field: str) -> str:
        return f"{self._visit}/{quote or f'{self._interview}/{DRAFT}'}/{field}"

    def _editor(self, name: str, placeholder: str) -> TextEditor:
        return TextEditor(self._save, name=name, placeholder=placeholder, lines=2, unsaved=self._desk.unsaved)

    def _offer_stances(self) -> None:
        chosen = self.stance.currentIndex()
        self.stance.clear()
        for key, words in STANCE_WORDS.items():
            self.stance.addItem(mark_icon(STANCE_MARKS[key], self._desk.theme.look), _(words), key)
        self.stance.setCurrentIndex(max(0, chosen))

    def _lay_out(self) -> None:
        head, texts = QHBoxLayout(), FieldGrid(self._desk.theme)
        head.setSpacing(12)
        head.addWidget(self.number)
        head.addStretch(1)
        head.addWidget(self.stance)
        for editor in (self.original, self.interpreted):
            field = named(editor.accessibleName(), editor)
            field.addStretch(1)
            texts.add(field, HALF)
        texts.add(self.criteria, HALF)
        self.content.addLayout(head)
        self.content.addWidget(texts)
        self.content.addWidget(self.withdrawing)


class QuotesPart(QWidget):
    """All quotes of one interview, and the way to write one more."""

    def __init__(self, desk: Desk, ways: QuoteWays) -> None:
        """Begin without quotes."""
        super().__init__()
        self._desk, self._ways, self._interview = desk, ways, ""
        self._opened: OpenVisit | None = None
        self.cards: list[QuoteCard] = []
        title, self.count = section_title(_("Quotes"))
        self.add = for_writing(button(_("Write a quote"), self.write, key="Ctrl+Shift+Q"))
        title.addWidget(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(title)
        layout.addLayout(self._rows)

    def show_quotes(self, opened: OpenVisit, interview: str) -> None:
        """Show the quotes of an interview; cards stay where they are, so that typing goes on."""
        quotes = quotes_of(opened, interview)
        if interview != self._interview:
            self._clear()
        self._opened, self._interview = opened, interview
        for card in [card for card in self.cards if card.quote and card.quote not in {quote.id for quote in quotes}]:
            self._drop(card)
        for number, quote in enumerate(quotes, start=1):
            self._card_of(quote.id).show_quote(opened, number, quote)
        if self._has_draft(opened):
            self._draft()
        self.count.setText(plural("{count} quote", "{count} quotes", len(quotes)) if quotes else _("none yet"))

    def write(self) -> None:
        """Begin a quote, or go on with the one that is begun."""
        if self._opened is not None:
            self._draft().original.setFocus()

    def commit(self) -> None:
        """Save what is typed."""
        for card in self.cards:
            card.commit()

    def _card_of(self, quote: str) -> QuoteCard:
        found = next((card for card in self.cards if card.quote == quote), None)
        return found or self._new_card()

    def _draft(self) -> QuoteCard:
        draft = next((card for card in self.cards if not card.quote), None)
        if draft is None:
            draft = self._new_card()
            draft.show_draft()
        return draft

    def _has_draft(self, opened: OpenVisit) -> bool:
        """Say whether words of a draft wait, from before the interview was left."""
        start = f"{opened.state.id}/{self._interview}/{DRAFT}/"
        return any(key.startswith(start) for key in self._desk.unsaved)

    def _new_card(self) -> QuoteCard:
        assert self._opened is not None  # noqa: S101 - no card is made before a visit is shown
        card = QuoteCard(self._desk, self._ways, self._interview, self._opened.state.id)
        self.cards.append(card)
        self._rows.addWidget(card)
        return card

    def _drop(self, card: QuoteCard) -> None:
        self.cards.remove(card)
        card.hide()
        card.deleteLater()

    def _clear(self) -> None:
        for card in list(self.cards):
            card.commit()
            self._drop(card)
