"""Where the focus goes: a form hands it on to its first field, and Tab follows what one reads."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QLayoutItem, QScrollArea, QWidget


def hand_focus_on(form: QWidget, field: QWidget) -> None:
    """Let a form give the focus to a field in it whenever it is asked to take it.

    Not by `setFocusProxy`: Qt then takes the form for one compound control, and Tab leaves out what stands after the proxy.
    """
    form.installEventFilter(_HandOn(form, field))


def bring_into_sight(part: QWidget) -> None:
    """Scroll to a part that was just opened, once it has its place."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        QTimer.singleShot(0, part, partial(above.ensureWidgetVisible, part))


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
    for item in _items(layout):
        if (widget := item.widget()) is not None:
            yield from _in_reading_order(widget)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)


def _items(layout: QLayout) -> list[QLayoutItem]:
    """List what a layout holds in the order in which it is read; a grid remembers only the order of adding."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        cells: dict[int, Any] = {place: layout.getItemPosition(place) for place in places}  # (row, column, …); Qt's stubs say object
        places.sort(key=cells.__getitem__)
    return [item for place in places if (item := layout.itemAt(place)) is not None]


class _HandOn(QObject):
    def __init__(self, form: QWidget, field: QWidget) -> None:
        super().__init__(form)
        self._field = field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._field.setFocus(event.reason())
            return True
        return super().eventFilter(watched, event)
