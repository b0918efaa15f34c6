"""The bars above and below the photo: where we are and how far; what the site says of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from auditor_app.domain.photo_review import Tally
from auditor_app.domain.photos import NO_OBJECTION
from auditor_app.translation import _
from auditor_app.ui.glyphs import OPEN
from auditor_app.ui.screens.photo_review.view_state import ANSWERS, Photo, count_words, days_of
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.pill import Pill
from auditor_app.ui.widgets.steady import SteadyCombo
from auditor_app.workflows.visits import OpenVisit


class HeadBar(QFrame):
    """The photo's place and the running count. `day_chosen` carries a day, "" for all; `paused` ends the showing for now."""

    day_chosen = Signal(str)
    paused = Signal()

    def __init__(self) -> None:
        """Begin without a photo."""
        super().__init__()
        self.setObjectName("header")
        self.place, self.when, self.counts = label("", "section"), label("", "muted"), label("", "muted", wrap=True)
        self.day = SteadyCombo()
        self.day.setAccessibleName(_("Day on which the photos were taken"))
        self.day.activated.connect(lambda _row: self.day_chosen.emit(self.day.currentData()))
        self.pause = button(_("Pause"), self.paused.emit, name=_("Pause the session (Escape)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(14)
        line.addWidget(self.place)
        line.addWidget(self.when)
        line.addWidget(self.counts, 1)
        line.addWidget(self.day)
        line.addWidget(self.pause)

    def offer_days(self, opened: OpenVisit) -> None:
        """Offer the days on which photos were taken."""
        self.day.clear()
        self.day.addItem(_("All days"), "")
        for day, words in days_of(opened):
            self.day.addItem(words, day)

    def show_place(self, photo: Photo | None, at: int, count: int, counted: Tally) -> None:
        """Tell which photo it is, of how many, and how far the whole review is."""
        number = photo.number if photo else ""
        self.place.setText(_("Photo {number}").format(number=number) if photo else "")
        self.when.setText(_("{at} of {count} · {when}").format(at=at + 1, count=count, when=photo.when) if photo else "")
        self.counts.setText(count_words(counted))


class FootBar(QFrame):
    """What the site says, each by one key. `stepped` carries -1 or +1.

    `only_seen` tells that the site saw the photo and says nothing of it: a word is taken back, or it was shown in another program.
    """

    stepped = Signal(int)
    only_seen = Signal()

    def __init__(self, theme: Theme) -> None:
        """Make the buttons."""
        super().__init__()
        self.setObjectName("intake")
        self.before = button("‹", lambda: self.stepped.emit(-1), name=_("Photo before (Left)"))
        self.next = button("›", lambda: self.stepped.emit(1), name=_("Next photo (Right)"))
        self.answer = Pill(theme, "", OPEN)
        self.forget = button(_("Take it back"), self.only_seen.emit, role="link", name=_("Take “no objection” back"))
        self.elsewhere = button(_("It was shown in another program"), self.only_seen.emit)
        self.objection: QPushButton = button(_("Objection…  O"), name=_("The site objects (O)"))
        self.no_objection: QPushButton = button(_("No objection  N"), role="first", name=_("The site does not object (N)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(10)
        for widget in (self.before, self.next, self.answer, self.forget):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self.elsewhere, self.objection, self.no_objection):
            line.addWidget(widget)

    def show_answer(self, answer: str, at: int, count: int, *, unshown: bool = False) -> None:
        """Show what was said of the photo; with `unshown`, that it cannot be shown here and was not shown elsewhere yet."""
        self.elsewhere.setVisible(unshown)
        mark, words = ANSWERS[answer]
        self.answer.say(_(words), mark, "body")
        self.forget.setVisible(answer == NO_OBJECTION)
        self.before.setEnabled(at > 0)
        self.next.setEnabled(at + 1 < count)
        for act in (self.objection, self.no_objection):
            act.setEnabled(count > 0)
