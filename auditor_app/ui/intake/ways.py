"""The ways in beside choosing files: a folder, a card or phone, this laptop's camera and microphone; as a menu and by keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from auditor_app.translation import N_, _
from auditor_app.ui.intake.panel import Intake
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.reading import for_writing, only_reads

Where = Callable[[], Wish | None]
"""Tells for which visit evidence would be taken in now and what it would be linked to; None while none can be."""

WAYS: tuple[tuple[str, str, Callable[[Intake, Wish], object]], ...] = (
    (N_("From a folder…"), "", Intake.choose_folder),
    (N_("From a card or phone…"), "Ctrl+Shift+E", Intake.find_cards),
    (N_("Take a photo with this laptop…"), "Ctrl+Shift+P", Intake.open_camera),
    (N_("Record sound with this laptop…"), "Ctrl+Shift+R", Intake.open_microphone),
)


def add_ways(menu: QMenu, intake: Intake, where: Where) -> None:
    """Put the ways into a menu, with their keys beside them."""
    for words, keys, way in WAYS:
        action = menu.addAction(f"{_(words)}\t{_native(keys)}" if keys else _(words))
        action.triggered.connect(lambda _checked=False, way=way: _go(intake, where, way))


def add_keys(screen: QWidget, intake: Intake, where: Where) -> None:
    """Let the keys of the ways work on a screen; the palette lists them by their words."""
    for words, keys, way in WAYS if not only_reads() else ():
        if keys:
            shortcut = QShortcut(QKeySequence(keys), screen, partial(_go, intake, where, way))
            shortcut.setWhatsThis(_(words))


def ways_button(intake: Intake, where: Where) -> QToolButton:
    """Make a button that opens the menu of ways."""
    made = QToolButton()
    made.setText(_("More ways"))
    made.setAccessibleName(_("More ways to take evidence in"))
    made.setToolTip(_("From a folder, a memory card or a phone, or with this laptop's camera and microphone"))
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(made)
    add_ways(menu, intake, where)
    made.setMenu(menu)
    return for_writing(made)


def _go(intake: Intake, where: Where, way: Callable[[Intake, Wish], object]) -> None:
    if (wish := where()) is not None:
        way(intake, wish)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
