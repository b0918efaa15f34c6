"""What stands before a signature: the gaps in quality by severity, and the question whether to sign all the same."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor_app.domain.quality import SEVERITIES, Gap
from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, PARTLY, WAITING, MarkSign
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.beside import Beside
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label

MARKS = dict(zip(SEVERITIES, (BAD, PARTLY, WAITING), strict=True))


class QualityPart(QWidget):
    """`coverage_wanted` asks for the list of gaps, `sure` says to sign although something stops sign-off."""

    coverage_wanted = Signal()
    sure = Signal()

    def __init__(self, theme: Theme) -> None:
        """Begin without gaps, the question closed."""
        super().__init__()
        self._errors = 0
        self.sign, self.words = MarkSign(theme, GOOD, size=16), label("", wrap=True)
        self.look = button(_("Look at them"), self.coverage_wanted.emit, role="link", name=_("Look at the gaps in Coverage"))
        self.question = label("", "error", wrap=True)
        self.really = button(_("Sign all the same"), self.sure.emit)
        self.not_now = button(_("Not now"), self.put_away, role="quiet")
        self._asking = self._make_question()
        self._asking.hide()
        counts, line = QHBoxLayout(), Beside()
        counts.setSpacing(10)
        counts.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        counts.addWidget(self.words, 1)
        line.add(counts, 1)
        line.add(self.look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(line)
        layout.addWidget(self._asking)

    @property
    def asks(self) -> bool:
        """Say whether something stops sign-off."""
        return self._errors > 0

    def show_gaps(self, gaps: Sequence[Gap]) -> None:
        """Count the gaps by severity; the question closes when nothing stops sign-off any more."""
        counted = {severity: sum(gap.severity == severity for gap in gaps) for severity in SEVERITIES}
        self._errors = counted["error"]
        words = (
            plural("{count} stops sign-off", "{count} stop sign-off", counted["error"]),
            plural("{count} to ask yourself", "{count} to ask yourself", counted["warning"]),
            plural("{count} worth a look", "{count} worth a look", counted["hint"]),
        )
        there = [one for one, count in zip(words, counted.values(), strict=True) if count]
        self.words.setText(" · ".join(there) or _("The rules of quality find nothing missing."))
        self.sign.show_mark(next((MARKS[severity] for severity in SEVERITIES if counted[severity]), GOOD))
        self.look.setVisible(bool(gaps))
        asked = plural(
            "{count} thing stops sign-off. The report will be signed with it.",
            "{count} things stop sign-off. The report will be signed with them.",
            self._errors,
        )
        self.question.setText(asked)
        if not self._errors:
            self.put_away()

    def ask(self) -> None:
        """Ask in place; going on needs the button, not Enter by habit."""
        self._asking.show()
        self.not_now.setFocus()

    def put_away(self) -> None:
        """Put the question away."""
        self._asking.hide()

    def _make_question(self) -> QWidget:
        asking, acts, line = QFrame(), QHBoxLayout(), Beside()
        acts.addWidget(self.really)
        acts.addWidget(self.not_now)
        line.add(self.question, 1)
        line.add(acts)
        layout = QVBoxLayout(asking)
        layout.setContentsMargins(26, 0, 0, 0)
        layout.addWidget(line)
        return asking
