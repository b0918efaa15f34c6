"""Where the focus goes: a form hands it on to its first field, and Tab follows what one reads."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

SETTLING_MS = 500
"""Milliseconds in which a page that is being shown comes to rest."""


def hand_focus_on(form: QWidget, field: QWidget) -> None:
    """Let a form give the focus to a field in it whenever it is asked to take it.

    Not by `setFocusProxy`: Qt then takes the form for one compound control, and Tab leaves out what stands after the proxy.
    """
    form.installEventFilter(_HandOn(form, field))


def bring_into_sight(part: QWidget) -> None:
    """Scroll to a part that was just opened, once it has its place, and stay there while what stands above it still comes."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        _KeptInSight(part, above)


def tab_in_reading_order(page: QWidget) -> None:
    """Let Tab go through what is seen of a page as its layouts read; rows that were made later would otherwise come last."""
    for before, after in pairwise(_in_reading_order(page)):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Give what Tab can come to: the widget itself, then what its layout holds."""
    if not widget.isVisible():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)
    elif isinstance(widget, QScrollArea) and (inside := widget.widget()) is not None:
        yield from _in_reading_order(inside)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for part in _parts(layout):
        if isinstance(part, QLayout):
            yield from _in_layout(part)
        else:
            yield from _in_reading_order(part)


def _parts(layout: QLayout) -> list[QWidget | QLayout]:
    """List what a layout holds in the order in which it is read; a grid remembers only the order of adding.

    The layout is not asked for its items: Qt deletes these without a word when a widget goes, and PySide then mistakes what comes
    to lie at the same address for them, which ends the program.
    """
    near, above = Qt.FindChildOption.FindDirectChildrenOnly, layout.parentWidget()
    widgets = above.findChildren(QWidget, options=near) if above is not None else []
    around: list[QWidget | QLayout] = [*widgets, *layout.findChildren(QLayout, options=near)]
    places = {part: place for part in around if (place := layout.indexOf(part)) >= 0}
    if isinstance(layout, QGridLayout):
        cells: dict[Any, Any] = {part: layout.getItemPosition(place) for part, place in places.items()}  # (row, column, …)
        return sorted(places, key=cells.__getitem__)
    return sorted(places, key=places.__getitem__)


class _KeptInSight(QObject):
    """Scrolls to a part now, and again whenever the page grows or shrinks in the next moments."""

    def __init__(self, part: QWidget, area: QScrollArea) -> None:
        super().__init__(part)
        self._part, self._area = part, area
        area.verticalScrollBar().rangeChanged.connect(self._show)
        QTimer.singleShot(0, self, self._show)
        QTimer.singleShot(SETTLING_MS, self, self.deleteLater)

    @Slot()
    def _show(self) -> None:
        self._area.ensureWidgetVisible(self._part)


class _HandOn(QObject):
    def __init__(self, form: QWidget, field: QWidget) -> None:
        super().__init__(form)
        self._field = field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._field.setFocus(event.reason())
            return True
        return super().eventFilter(watched, event)
