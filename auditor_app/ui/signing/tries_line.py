"""How many wrong PINs a card still takes, as the card itself counts: the step it stands at."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, OUTSIDE, PARTLY, Mark
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import dress, label
from auditor_app.ui.widgets.pill import Pill

STEPS: dict[str, tuple[str, Mark, str]] = {
    "all": (N_("All tries"), GOOD, ""),
    "few": (N_("Few tries"), PARTLY, N_("The card counts: a few more wrong PINs lock it.")),
    "last": (N_("Last try"), BAD, N_("One try is left: another wrong PIN locks the card.")),
    "none": (N_("Locked"), OUTSIDE, N_("The card is locked and signs nothing. Its PUK unlocks it, with the tool of the card's maker.")),
}
"""By the step a card tells: its name, its mark, and what it means."""


class TriesLine(QWidget):
    """Shows the step at which a card stands, and how many wrong PINs in a row brought it there."""

    def __init__(self, theme: Theme) -> None:
        """Begin before anything is known of a card."""
        super().__init__()
        self.pills = {step: Pill(theme, _(name), OPEN) for step, (name, _mark, _means) in STEPS.items()}
        self.words = label("", "muted", wrap=True)
        line, layout = Flow(spacing=8), QVBoxLayout(self)
        for pill in self.pills.values():
            pill.setMinimumHeight(28)  # its corners need that much
            line.addWidget(pill)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.words)

    def show_step(self, at: str, wrong: int) -> None:
        """Show where a card stands."""
        for step, pill in self.pills.items():
            name, mark, _means = STEPS[step]
            pill.say(_(name), mark, "strong")
            pill.setVisible(step == at)  # the others would look like switches
            pill.setAccessibleName(_("The card stands here: {step}").format(step=_(name)) if step == at else _(name))
        means = STEPS[at][2]
        count = plural("{count} wrong PIN in a row.", "{count} wrong PINs in a row.", wrong) if wrong else ""
        self.words.setText(" ".join(part for part in (count, _(means) if means else "") if part))
        self.words.setVisible(bool(self.words.text()))
        dress(self.words, role="error" if at in {"last", "none"} else "warning" if at == "few" or wrong else "muted")
