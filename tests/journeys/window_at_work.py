"""A person at the window who types, answers, rates and drops files, until the program is killed: run by killing.py.

python window_at_work.py WORKSPACE INSTALLATION VISIT CARD SEED, with the age identity of the workspace on standard input. What the
header calls saved is said on standard output, and never before.
"""

import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from recording import say

from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.screens.criteria.check_row import CheckRow
from auditor_app.ui.theme import Theme
from auditor_app.vault.keys import read_secret
from auditor_app.workspace import open_workspace

PATIENCE = 30


def main(folder: str, installation: str, visit: str, card: str, seed: str) -> None:
    os.environ["AUDITOR_INSTALLATION"] = installation
    secret, choose = read_secret(sys.stdin.readline()), random.Random(int(seed))
    application = QApplication([])
    theme = Theme(application)
    theme.wear("light")
    window = MainWindow(theme, Preferences(workspace=folder))
    window.show()
    opening = lambda: open_workspace(Path(folder), secret=secret, installation=Path(installation))  # noqa: E731
    window.background.open(opening, owner=window, done=lambda _none: window.session.begin())
    until(lambda: "session" in window.__dict__ and window.stack.currentWidget() is not window.first_start)
    until(lambda: not window.background.busy)
    say("open", "window")
    say("told", window.banner.text.replace("\n", " "))
    say("place", window.navigation.stage, window.current_screen.shown_item if window.current_screen else "")
    if window.opened is None:
        window.open_visit(visit)
        until(lambda: window.opened is not None)
    while True:
        choose.choice([write_reason, answer_check, write_note, drop_file])(window, choose, Path(card))


def write_reason(window, choose, _card):
    """Go to a criterion and type why; the header's word is the acknowledgement."""
    number = to_criterion(window, choose)
    because = window.current_screen.page.rating.because
    words = f"reason {choose.randrange(10**9)}"
    because.setFocus()
    because.selectAll()
    QTest.keyClicks(because, words)
    leave_or_wait(because, choose)
    until(lambda: shown_as_saved(window) and not because.has_unsaved)
    say("because", number, words)


def write_note(window, choose, _card):
    to_criterion(window, choose)
    row = choose.choice(rows(window))
    words = f"note {choose.randrange(10**9)}"
    row.write_note()
    row.note.selectAll()
    QTest.keyClicks(row.note, words)
    leave_or_wait(row.note, choose)
    until(lambda: shown_as_saved(window) and not row.note.has_unsaved)
    say("note", row.check, words)


def answer_check(window, choose, _card):
    to_criterion(window, choose)
    row = choose.choice(rows(window))
    at = choose.randrange(1, row.answer.count())
    before, value = window.navigation.header.saved.text, str(row.answer.itemData(at))
    row.answer.setCurrentIndex(at)
    row.answer.activated.emit(at)
    until(lambda: shown_as_saved(window) and (window.navigation.header.saved.text != before or not window.background.busy))
    say("answer", row.check, value)


def drop_file(window, choose, card):
    file = card / f"{choose.randbytes(8).hex()}.bin"
    file.write_bytes(choose.randbytes(choose.choice([10, 5_000, 3_000_000])))
    before = len(window.opened.state.evidence)
    window.current_screen.take_files([file]) if window.navigation.stage == "criteria" else window.go_to("criteria")
    if window.navigation.intake.at_work:
        until(lambda: not window.navigation.intake.at_work and not window.background.busy)
        if len(window.opened.state.evidence) > before:  # the count beside the stage in the rail is what a person sees
            say("evidence", next(one.digest for one in window.opened.state.evidence.values() if one.name == file.name), str(file))


def to_criterion(window, choose):
    number = str(choose.randrange(1, 34))
    window.go_to("criteria", number)
    until(lambda: not window.background.busy)
    return number


def rows(window):
    return [row for row in window.current_screen.page.findChildren(CheckRow) if row.isVisible()]


def leave_or_wait(editor, choose):
    """Go to another field, or only stop typing."""
    if choose.random() < 0.5:
        QTest.keyClick(editor, Qt.Key.Key_Tab)


def shown_as_saved(window):
    return window.navigation.header.saved.text.startswith("Saved ")


def until(is_so):
    ends = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    main(*sys.argv[1:])
