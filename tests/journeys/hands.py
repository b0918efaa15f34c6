"""Two ways to use the window, as people do: by keyboard alone, and by mouse.

Both know a control only by what a screen reader says of it, so a control that neither hand can find is one that somebody cannot use.
"""

import os
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

MOST_TABS = 400
ENDS = ("", ",", ":", " ")
PATIENCE = 40
"""Seconds that a person would wait for the slowest step, which is making a workspace."""


class Hand(ABC):
    """What a person can do to the window."""

    def __init__(self, window):
        self.window = window
        self.problems = []

    @abstractmethod
    def press(self, name):
        """Press a button."""

    @abstractmethod
    def write(self, name, text):
        """Put a text into a field in place of what is there."""

    @abstractmethod
    def choose(self, name, option):
        """Choose an option of a list of choices."""

    def answer(self, check, option, key):
        """Answer a check; there is a single key for each answer."""
        self.choose(check, option)

    @abstractmethod
    def open_row(self, name, words):
        """Open the row of a list that says the words."""

    @abstractmethod
    def go_to(self, stage):
        """Go to a stage of the visit."""

    @abstractmethod
    def _confirm(self, dialog):
        """Accept a file dialog whose name is filled in."""

    def take_error(self, kind, error, trace):
        """Remember an error that came up inside the window."""
        self.problems.append(repr(error))
        sys.__excepthook__(kind, error, trace)

    def settle(self):
        """Wait until nothing is under way."""
        self.until(lambda: not self.window.background.busy and not self.window.navigation.intake.at_work, "the window to come to rest")

    def until(self, is_so, what):
        """Let the window work until something is so."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            QApplication.processEvents()
            if is_so():
                QApplication.processEvents()
                return
            time.sleep(0.005)
        raise AssertionError(f"Waited in vain for {what}. The window says: {self.window.banner.text!r}. {self._offer()}")

    def with_file(self, act, path: Path):
        """Do something that asks for a file, and give this one."""
        timer = QTimer(interval=50)
        timer.timeout.connect(lambda: self._give(timer, path))
        timer.start()
        act()
        self.until(lambda: not timer.isActive() and QApplication.activeModalWidget() is None, f"the dialog for {path.name}")
        self.window.activateWindow()  # what a window manager does when a dialog closes
        self.settle()

    def _give(self, timer, path):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isVisible():
            timer.stop()
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            field.setText(str(path))  # the dialog is the system's; completing names while one types is not ours to test
            self._confirm(dialog)

    def find(self, name, kind=QWidget):
        """Find the visible control of that name."""
        there = [one for one in QApplication.allWidgets() if isinstance(one, kind) and one.isVisible()]
        best = min(map(partial(distance, name), there), default=None)
        fits = [one for one in there if best is not None and distance(name, one) == best]
        fits = [one for one in fits if not any(one is not other and one.isAncestorOf(other) for other in fits)]
        assert fits and best < len(ENDS), f"There is no “{name}” here. {self._offer()}"
        return fits[0]

    def wait_for(self, name):
        """Wait until a control of that name is there."""
        self.until(lambda: any(fits_name(one, name) for one in self._controls()), f"“{name}”")

    def _offer(self):
        return "There is: " + ", ".join(sorted(set(filter(None, map(said, self._controls())))))

    def _controls(self):
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
        return [one for one in QApplication.allWidgets() if isinstance(one, kinds) and one.isVisible() and one.isEnabled()]


class Keyboard(Hand):
    """Tab, arrows, Space, Enter, and the shortcuts that the window shows."""

    def press(self, name):
        self.wait_for(name)
        wanted = self.find(name, QAbstractButton)
        if wanted.group() is not None and wanted.group().exclusive():
            self._move_to(wanted)
        else:
            self._tab_to(wanted)
            self.key(Qt.Key.Key_Space)
        self.settle()

    def _move_to(self, wanted):
        """Tab comes to the chosen one of several that exclude each other; the arrows go on from there."""
        self._tab_to(wanted.group().checkedButton())
        for _step in wanted.group().buttons():
            if wanted.hasFocus():
                return
            self.key(Qt.Key.Key_Right)
        raise AssertionError(f"The arrows do not come to “{said(wanted)}”")

    def write(self, name, text):
        self._reach(name, (QLineEdit, QPlainTextEdit))
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._type(text)

    def choose(self, name, option):
        self._reach(name, QComboBox)
        box = QApplication.focusWidget()
        self.key(Qt.Key.Key_Home)
        for _step in range(box.count()):
            if box.currentText() == option:
                break
            self.key(Qt.Key.Key_Down)
        assert box.currentText() == option, f"“{name}” does not offer “{option}”"
        self.settle()

    def answer(self, check, option, key):
        self._reach(check, QComboBox)
        box = QApplication.focusWidget()
        self._type(key)
        self.settle()
        assert box.currentText() == option, f"“{key}” does not answer “{option}”"

    def open_row(self, name, words):
        self._reach(name, QAbstractItemView)
        rows = QApplication.focusWidget()
        self.key(Qt.Key.Key_Home)
        for _step in range(rows.model().rowCount()):
            if words in str(rows.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or rows.currentIndex().data()):
                self.key(Qt.Key.Key_Return)
                self.settle()
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"No row of “{name}” says “{words}”")

    def go_to(self, stage):
        self.command(stage)

    def command(self, words):
        """Run a command of the palette."""
        self.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self._type(words)
        self.key(Qt.Key.Key_Return)
        self.settle()

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        QApplication.processEvents()

    def _type(self, text):
        QTest.keyClicks(QApplication.focusWidget(), text)

    def _confirm(self, dialog):
        """Press Enter; where names are being completed, the first one only takes the completion."""
        for _press in range(2):
            if dialog.isVisible():
                field = dialog.findChild(QLineEdit, "fileNameEdit")
                QTest.keyClick(QApplication.activePopupWidget() or field, Qt.Key.Key_Return)

    def _reach(self, name, kind=QWidget):
        """Tab on until the control of that name has the focus."""
        self.wait_for(name)
        self._tab_to(self.find(name, kind))

    def _tab_to(self, wanted):
        passed = []
        for _step in range(MOST_TABS):
            there = QApplication.focusWidget()
            if there is wanted:
                return
            passed.append(said(there) if there is not None else "nothing")
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"“{said(wanted)}” is not reached by Tab; passed {', '.join(dict.fromkeys(passed))}")


class Mouse(Hand):
    """Real pointer and keys of an X server; only texts are typed."""

    def press(self, name):
        self._click(self._place_of(self.find(name, QAbstractButton)))
        self.settle()

    def write(self, name, text):
        self._click(self._place_of(self.find(name, (QLineEdit, QPlainTextEdit))))
        xdotool("key", "ctrl+a")
        self._type(text)
        QTest.qWait(20)

    def choose(self, name, option):
        box = self.find(name, QComboBox)
        row = box.findText(option)
        assert row >= 0, f"“{name}” does not offer “{option}”"
        self._click(self._place_of(box))
        self.until(lambda: box.view().isVisible(), f"the choices of “{name}”")
        QTest.qWait(QApplication.doubleClickInterval() // 2)  # a popup takes a quick second press for the end of the first
        self._click_in(box.view(), box.view().visualRect(box.model().index(row, box.modelColumn())))
        self.settle()

    def open_row(self, name, words):
        rows = self.find(name, QAbstractItemView)
        for row in range(rows.model().rowCount()):
            index = rows.model().index(row, 0)
            if words in str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()):
                self._click(self._place_of(rows.viewport(), partial(rows.visualRect, index)))
                self.settle()
                return
        raise AssertionError(f"No row of “{name}” says “{words}”")

    def go_to(self, stage):
        self.press(stage)

    def _confirm(self, dialog):
        accept = "&Save" if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave else "&Open"
        button = next(one for one in dialog.findChildren(QAbstractButton) if one.text() == accept)
        xdotool_at(button.mapToGlobal(button.rect().center()))

    def _type(self, text):
        QApplication.processEvents()
        xdotool("type", "--delay", "2", text)
        QTest.qWait(30)

    def _click_in(self, view, where: QRect):
        xdotool_at(view.viewport().mapToGlobal(where.center()))
        QTest.qWait(30)

    def _click(self, place: QPoint):
        xdotool_at(place)
        QTest.qWait(30)

    def _place_of(self, widget, part=None) -> QPoint:
        """Bring a control, or a part of it, into sight with the wheel; gives its middle on the screen."""
        middle = lambda: (part or widget.rect)().center()  # noqa: E731 - it moves while one scrolls
        for view in _views_around(widget):
            for _turn in range(200):
                there, seen = widget.mapTo(view, middle()).y(), view.rect().adjusted(0, 10, 0, -10)
                if seen.top() <= there <= seen.bottom():
                    break
                pointer = view.mapToGlobal(QPoint(view.width() - 3, view.height() // 2))
                xdotool("mousemove", str(pointer.x()), str(pointer.y()), "click", "4" if there < seen.top() else "5")
                QTest.qWait(10)
        return widget.mapToGlobal(middle())


def fits_name(widget, name) -> bool:
    """Say whether a control is called that: by its whole name, or by its first words."""
    return distance(name, widget) < len(ENDS)


def distance(name, widget) -> int:
    """Tell how well a control is called that: 0 for its whole name, then up to a comma or colon, then its first words."""
    words = said(widget)
    return next((far for far, end in enumerate(ENDS) if (words == name if not end else words.startswith(name + end))), len(ENDS))


def said(widget) -> str:
    """Give what a screen reader says of a control."""
    shown = widget.text() if isinstance(widget, QAbstractButton) else ""
    words = widget.accessibleName() or shown.replace("&&", "\0").replace("&", "").replace("\0", "&")
    return words.replace("\n", " ").strip()


def xdotool(*words):
    """Let the X server's own pointer or keyboard act."""
    subprocess.run(["xdotool", *words], check=True, env=os.environ)


def xdotool_at(place: QPoint):
    """Click at a place of the screen."""
    xdotool("mousemove", str(place.x()), str(place.y()), "click", "1")


def _views_around(widget) -> list[QWidget]:
    """List what shows a part of something larger around a control, from the inside out."""
    found = []
    while widget is not None:
        parent = widget.parentWidget()
        if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
            found.append(widget)
        widget = parent
    return found
