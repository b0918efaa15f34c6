"""The guide beside a criterion: what it asks, what was said before, how the ratings differ, whom to ask, what to bring away, the trap."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.form_engine.definition import Criterion, Form
from auditor_app.translation import _
from auditor_app.ui.glyphs import BAD, GOOD, PARTLY, Mark, MarkSign
from auditor_app.ui.screens.criteria.known_before import KnownBefore, Saying, known_before
from auditor_app.ui.screens.criteria.view_state import group_names
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.card import Card, empty_layout, scrolled
from auditor_app.ui.widgets.labels import label
from auditor_app.workflows.visits import OpenVisit


class Guide(QFrame):
    """Words from the form, the visit before and the site; nothing here is the auditor's."""

    def __init__(self, theme: Theme) -> None:
        """Begin without a criterion."""
        super().__init__()
        self.setObjectName("guide")
        self._theme = theme
        self._shown: tuple[Criterion, KnownBefore] | None = None
        self._inside = QWidget()
        self._words = QVBoxLayout(self._inside)
        self._words.setContentsMargins(18, 16, 16, 16)
        self._words.setSpacing(6)
        self._area = scrolled(self._inside, ground="surface")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._area)

    def show_criterion(self, opened: OpenVisit, criterion: Criterion) -> None:
        """Show the guidance for a criterion, and what was said of it before."""
        form, known = opened.form, known_before(opened, criterion)
        if self._shown == (criterion, known):
            return
        self._shown = criterion, known
        empty_layout(self._words)
        self._part(_("What it asks"), criterion.asks)
        self._trap(criterion.traps)
        self._said(_("Last visit said"), known.visit if known.last else "", known.last)
        self._said(_("Site says"), "", known.site)
        self._levels(form, criterion)
        if groups := group_names(criterion):
            self._part(_("Ask"), " · ".join(groups))
        self._part(_("Bring away"), " · ".join(criterion.evidence))
        if criterion.not_applicable_hint:
            self._part(_("When it does not apply"), criterion.not_applicable_hint)
        self._equivalence(criterion)
        self._related(form, criterion)
        self._words.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def _part(self, title: str, text: str) -> None:
        self._words.addWidget(label(title, "field"))
        self._words.addWidget(label(text, wrap=True, selectable=False))
        self._words.addSpacing(8)

    def _levels(self, form: Form, criterion: Criterion) -> None:
        """Tell the ratings apart, each with its mark and its word."""
        labels = [level.label for level in form.rating.scale if not level.outside_scale]
        texts = (criterion.levels.fully, criterion.levels.partially, criterion.levels.does_not)
        self._words.addWidget(label(_("Telling the ratings apart"), "field"))
        for mark, word, text in zip((GOOD, PARTLY, BAD), labels, texts, strict=False):
            self._words.addLayout(self._level(mark, word))
            self._words.addWidget(label(text, wrap=True))
            self._words.addSpacing(4)
        self._words.addSpacing(4)

    def _said(self, title: str, about: str, sayings: tuple[Saying, ...]) -> None:
        """Show what was said before the visit; nothing where nothing was."""
        if not sayings:
            return
        self._words.addWidget(label(title, "field"))
        if about:
            self._words.addWidget(label(about, "tiny", wrap=True))
        for one in sayings:
            self._words.addLayout(self._level(one.mark, one.words))
            for text, role in ((one.beside, "muted"), (one.text, "body")):
                if text:
                    self._words.addWidget(label(text, role, wrap=True))
            self._words.addSpacing(4)
        self._words.addSpacing(8)

    def _level(self, mark: Mark, word: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(7)
        line.addWidget(MarkSign(self._theme, mark, size=14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(word, "strong", wrap=True), 1)
        return line

    def _trap(self, text: str) -> None:
        card = Card("soft", margin=14, spacing=4)
        card.content.addWidget(label(_("Before you rate"), "copper"))
        card.content.addWidget(label(text, wrap=True))
        self._words.addWidget(card)
        self._words.addSpacing(10)

    def _equivalence(self, criterion: Criterion) -> None:
        for one in criterion.equivalence:
            still = _("still look at {checks}").format(checks=", ".join(one.still_look_at)) if one.still_look_at else ""
            covers = _("may cover {checks}").format(checks=", ".join(one.covers))
            self._words.addWidget(label(one.system, "strong"))
            self._words.addWidget(label("; ".join(part for part in (covers, still) if part), "muted", wrap=True))
        self._words.addSpacing(8)

    def _related(self, form: Form, criterion: Criterion) -> None:
        names = [f"{one.number} {one.name}" for one in form.criteria if one.number in criterion.related]
        if names:
            self._part(_("Belongs together with"), " · ".join(names))
