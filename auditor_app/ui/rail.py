"""The rail at the side: the stages of the visit, and the ways out of it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from auditor_app.translation import _
from auditor_app.ui.screens.stages import STAGES, Stage
from auditor_app.ui.theme import Theme
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.labels import label


class Rail(QFrame):
    """Lists the stages; `chosen` carries the key of a stage, `all_visits` asks for the list of visits."""

    chosen = Signal(str)
    all_visits = Signal()

    def __init__(self, theme: Theme, stages: tuple[Stage, ...] = STAGES, leave: str = "") -> None:
        """Build one button for each stage, and one that leaves them, with its words."""
        super().__init__()
        self._stages = stages
        self.setObjectName("rail")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 16, 12, 16)
        layout.setSpacing(3)
        name = label(_("Auditor App"), "section")
        name.setContentsMargins(8, 0, 0, 12)
        layout.addWidget(name)
        for stage in (one for one in stages if not one.under):
            layout.addWidget(self._stage_button(stage.key, _(stage.title)))
        layout.addStretch(1)
        self._visits = button(leave or _("All visits"), self.all_visits.emit, role="stage", key="Ctrl+L")
        self._visits.setCheckable(True)
        layout.addWidget(self._visits)
        theme.changed.connect(self._fit)
        self._fit()

    def show_stage(self, key: str) -> None:
        """Mark the stage that is in front, or the one that it is under; "" marks none."""
        key = next((stage.under for stage in self._stages if stage.key == key and stage.under), key)
        self._group.setExclusive(bool(key))
        for name, stage in self._buttons.items():
            stage.setChecked(name == key)

    def show_counts(self, counts: Mapping[str, str]) -> None:
        """Show short counts beside stages, such as "21/33"."""
        for key, counter in self._counts.items():
            counter.setText(counts.get(key, ""))
        self._fit_counts()

    def count_of(self, key: str) -> str:
        """Give the count shown beside a stage."""
        return self._counts[key].text()

    def enable_stages(self, enabled: bool) -> None:
        """Show the stages once a visit is open; otherwise only the list of visits."""
        for stage in self._buttons.values():
            stage.setVisible(enabled)
        self._visits.setChecked(not enabled)

    def _stage_button(self, key: str, title: str) -> QPushButton:
        made = button(title.replace("&", "&&"), lambda: self.chosen.emit(key), role="stage", name=title)
        made.setCheckable(True)
        counter = label("", "tiny")
        counter.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.addStretch(1)
        inner.addWidget(counter)
        self._group.addButton(made)
        self._buttons[key], self._counts[key] = made, counter
        return made

    def _fit(self) -> None:
        longest = max(row.sizeHint().width() for row in self._buttons.values()) + 24
        self.setFixedWidth(max(min(self._theme.look.px(176), 292), longest))
        self._share_height()
        self._fit_counts()

    def _fit_counts(self) -> None:
        """Leave out the count of a stage whose title needs the room, as in some languages."""
        for key, counter in self._counts.items():
            room = self.width() - 24 - self._buttons[key].sizeHint().width()
            counter.setVisible(bool(counter.text()) and counter.sizeHint().width() + 12 <= room)

    def _share_height(self) -> None:
        """Make the buttons lower where all of them would not fit: large text in a low window."""
        rows = [*self._buttons.values(), self._visits]
        room = (self.height() - self._theme.look.px(76)) // len(rows) - 3
        for row in rows:
            row.setFixedHeight(min(self._theme.look.measures["control"], max(room, self._theme.look.px(20))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()
