"""Things that Qt does without asking Python first, which once froze or ended the program; each is tried in a process of its own."""

import os
import subprocess
import sys

import pytest

ROWS_COME_AND_GO = """
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from auditor_app.ui.widgets.focus import tab_in_reading_order

def page_of(count, *, lines):
    page = QWidget()
    column = QVBoxLayout(page)
    for _ in range(count):
        line = QHBoxLayout() if lines else column
        line.addWidget(QPushButton("row", page))
        if lines:
            column.addLayout(line)
    page.show()
    return page

def go(*widgets):
    for widget in widgets:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

app = QApplication([])
for _ in range(120):
    kept = page_of(100, lines=False)
    tab_in_reading_order(kept)
    go(*kept.findChildren(QPushButton))
    go(page_of(100, lines=True))
    go(kept)
"""

RECORDINGS_ARE_LEFT = """
import io, random, wave
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from auditor_app.ui.widgets.player import Player

app, file = QApplication([]), io.BytesIO()
with wave.open(file, "wb") as sound:
    sound.setnchannels(1), sound.setsampwidth(2), sound.setframerate(16_000)
    sound.writeframes(bytes(16_000 * 2 * 6))
for _ in range(100):
    player = Player()
    player.show()
    player.show_recording(file.getvalue(), "pump.wav", film=False)
    player.turn()
    QTest.qWait(random.randint(0, 40))
    player.turn()
    QTest.qWait(random.randint(0, 5))
    player.clear()
    player.hide()
    player.deleteLater()
"""


def test_rows_of_a_page_may_go_after_tab_was_put_in_reading_order():
    assert _ends(ROWS_COME_AND_GO)


def test_leaving_a_recording_that_plays_never_waits_for_ever():
    pytest.importorskip("PySide6.QtMultimedia", reason="the optional part for sound is not installed", exc_type=ImportError)
    assert _ends(RECORDINGS_ARE_LEFT)


def _ends(program: str) -> bool:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, timeout=40, check=False)
    return ended.returncode == 0
