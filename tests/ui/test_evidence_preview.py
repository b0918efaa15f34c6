"""Looking at evidence over the whole window: pictures, pages, text, sound, and what this program does not show."""

import io
import sys
import wave

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPointF, Qt
from reportlab.pdfgen.canvas import Canvas

from auditor_app.ui.decoding import read_text


def _photo(width, height):
    picture = Image.new("RGB", (width, height), (120, 90, 60))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill=(220, 30, 30))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def _document(pages):
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(pages):
        canvas.drawString(100, 700, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sound():
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8_000)
        writer.writeframes(bytes(2 * 8_000 * 3))
    return out.getvalue()


FILES = {
    "a photo.jpg": _photo(3_000, 2_000),
    "b permit.pdf": _document(3),
    "c register.csv": "fecha;valor\n2026-05-04;3,5 µg\n".encode("cp1252"),
    "d pump.wav": _sound(),
    "e model.xyz": b"AC1032" + bytes(200),
}


@pytest.fixture
def screen(window, settled, tmp_path):
    window.activateWindow()
    window.go_to("evidence")
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
        window.current_screen.take_files([tmp_path / name])
        settled(window)
    return window.current_screen


@pytest.fixture
def looked_at(screen, window, settled, qtbot):
    """Show a file over the window, by the keyboard."""

    def look(name):
        screen.show_item(next(piece.digest for piece in screen.grid.tiles.pieces if piece.name == name))
        qtbot.keyClick(screen.grid, Qt.Key.Key_Space)
        settled(window)
        return screen.closer

    return look


def test_space_shows_a_picture_over_the_whole_window_and_escape_gives_it_back(looked_at, screen, window, qtbot):
    closer = looked_at("a photo.jpg")
    assert closer.size() == window.size()
    assert closer.preview.picture.has_picture
    window.resize(1_200, 700)
    assert closer.size() == window.size()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not closer.isVisible()
    assert window.focusWidget() is screen.grid


def test_looking_into_a_picture_keeps_the_place_and_opens_it_sharper(looked_at, window, settled, qtbot):
    view = looked_at("a photo.jpg").preview.picture
    assert view._picture.width() == 2_400
    at = QPointF(view.width() * 0.4, view.height() * 0.4)
    before = view._part(at)
    view.zoom_by(3, at)
    after = view._part(at)
    assert (round(before.x(), 3), round(before.y(), 3)) == (round(after.x(), 3), round(after.y(), 3))
    settled(window)
    assert view._picture.width() == 3_000
    assert view.zoom == 3, "a sharper picture of the same does not jump"
    place = view._place()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view._place().left() < place.left(), "the arrows move what is larger than the room"
    qtbot.keyClick(view, "0")
    assert view.zoom == 1


def test_a_document_is_leafed_through(looked_at, window, settled, qtbot):
    closer = looked_at("b permit.pdf")
    assert closer.page.text() == "Page 1 of 3"
    assert not closer.before.isEnabled()
    first = closer.preview.picture._picture.toImage()
    for _press in range(2):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
        settled(window)
    assert closer.page.text() == "Page 3 of 3"
    assert not closer.after.isEnabled()
    assert closer.preview.picture._picture.toImage() != first
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
    settled(window)
    assert closer.page.text() == "Page 3 of 3"


def test_a_text_of_an_old_encoding_is_readable(looked_at):
    closer = looked_at("c register.csv")
    assert closer.preview.text.isVisible()
    assert closer.preview.text.toPlainText() == "fecha;valor\n2026-05-04;3,5 µg\n"
    assert closer.preview.text.isReadOnly()


@pytest.mark.qt_log_ignore("propagateSizeHints|pipewire|PulseAudio|audio device", extend=True)
def test_a_recording_plays_from_memory_and_stops_when_it_is_left(looked_at, window, qtbot):
    pytest.importorskip("PySide6.QtMultimedia", reason="the optional part for sound is not installed", exc_type=ImportError)
    closer = looked_at("d pump.wav")
    player = closer.preview.player
    qtbot.waitUntil(lambda: player.length == 3_000, timeout=5_000)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.at > 0, timeout=5_000)
    assert "Pause" in player.play.text()
    assert player.time.text().endswith("/ 0:03")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not player._player.isPlaying()
    assert player._data.data().size() == 0, "nothing of it stays in memory"


def test_without_the_part_for_sound_it_says_so_in_place(looked_at, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    closer = looked_at("d pump.wav")
    assert "not installed" in closer.preview.player.words.text()
    assert not closer.preview.player.play.isEnabled()


def test_what_is_not_shown_says_what_it_is_and_how_to_see_it(looked_at):
    closer = looked_at("e model.xyz")
    assert closer.preview.words.isVisible()
    assert "Export it" in closer.preview.words.words
    assert "206 B" in closer.preview.words.words


def test_the_arrows_go_from_piece_to_piece_and_tab_stays_in_front(looked_at, screen, window, settled, qtbot):
    closer = looked_at("e model.xyz")
    assert closer.place.text() == "1/5"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    settled(window)
    assert closer.title.text() == "d pump.wav"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Left)
    settled(window)
    assert closer.title.text() == "e model.xyz"
    for _press in range(12):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert closer.isAncestorOf(window.focusWidget())


def test_going_to_another_stage_uncovers_the_window(looked_at, window, settled):
    closer = looked_at("a photo.jpg")
    window.go_to("findings")
    settled(window)
    assert not closer.isVisible()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("µ ñ 漢".encode(), "µ ñ 漢"),
        ("\ufeffµ".encode(), "µ"),
        ("µ ñ".encode("utf-16"), "µ ñ"),
        ("sensor;value\n1;2\n".encode("utf-16-le"), "sensor;value\n1;2\n"),
        ("ñandú".encode("cp1252"), "ñandú"),
        (b"a\x81b", "ab"),
        ("good \u202egnp.exe\u0007".encode(), "good gnp.exe"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_text_of_any_encoding_is_read_without_what_hides_or_turns_it(data, text):
    assert read_text(data).text == text
    assert not read_text(data).more


def test_a_long_text_is_cut_and_says_so():
    shown = read_text("é".encode() * 100, most=10)
    assert (shown.text, shown.more) == ("é" * 10, True)
    assert read_text(("é" * 10_000).encode(), most=7).text == "é" * 7, "cut in the middle of a letter's bytes"


def test_words_in_place_of_a_picture_are_painted_with_the_focus_on_them_too_and_told_to_screen_readers(looked_at):
    view = looked_at("e model.xyz").preview.words
    assert view.hasFocus()
    assert "Export it" in view.accessibleDescription()
    drawn, ink = view.grab().toImage(), view._theme.look.colour("muted")
    middle = range(drawn.height() // 4, drawn.height())
    assert any(drawn.pixelColor(x, y) == ink for y in middle for x in range(0, drawn.width(), 2))
