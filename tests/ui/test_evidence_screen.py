"""The evidence screen: taking in, describing, linking, looking, exporting."""

import hashlib
import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from auditor_app.ui.screens.evidence.view_state import pieces_of


def _photo(shade, size=(400, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 90, 60)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def files(tmp_path):
    made = []
    for name, data in (("eyewash.jpg", _photo(40)), ("tankhouse.jpg", _photo(200)), ("register.csv", b"date,value\n2026-05-04,3\n")):
        made.append(tmp_path / name)
        made[-1].write_bytes(data)
    return made


@pytest.fixture
def screen(window, settled):
    window.go_to("evidence")
    settled(window)
    return window.current_screen


def _drop(screen, files):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(drop)


@pytest.fixture
def filled(screen, window, settled, files):
    _drop(screen, files)
    settled(window)
    return screen


def _piece(screen, name):
    return next(piece for piece in screen.grid.tiles.pieces if piece.name == name)


def _evidence(window, digest):
    return window.opened.state.evidence[digest]


def test_an_empty_visit_teaches_and_dropped_files_become_tiles_that_are_not_linked(screen, window, settled, files):
    assert screen.empty.isVisible()
    _drop(screen, files)
    settled(window)
    assert not screen.empty.isVisible()
    assert {piece.name for piece in screen.grid.tiles.pieces} == {file.name for file in files}
    assert {piece.linked_words for piece in screen.grid.tiles.pieces} == {"Not linked"}
    expected = {hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert {piece.digest for piece in screen.grid.tiles.pieces} == expected


def test_a_pasted_picture_is_taken_in(screen, window, settled):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = QMimeData()
    data.setImageData(image)
    screen.paste(data)
    settled(window)
    (one,) = window.opened.state.evidence.values()
    assert one.name.startswith("Pasted ") and one.media_type == "image/png"


def test_a_caption_saves_itself_after_a_pause(filled, window, settled, qtbot):
    piece = _piece(filled, "eyewash.jpg")
    filled.show_item(piece.digest)
    filled.details.caption.setFocus()
    qtbot.keyClicks(filled.details.caption, "Eyewash on level 2, no flow")
    qtbot.waitUntil(lambda: _evidence(window, piece.digest).caption == "Eyewash on level 2, no flow", timeout=3_000)
    assert window.header.saved.text.startswith("Saved ")
    assert _piece(filled, "eyewash.jpg").title == "Eyewash on level 2, no flow"


def test_a_caption_is_saved_for_its_own_piece_when_another_is_chosen_at_once(filled, window, settled, qtbot):
    first, second = _piece(filled, "eyewash.jpg"), _piece(filled, "tankhouse.jpg")
    filled.show_item(first.digest)
    qtbot.keyClicks(filled.details.caption, "for the first")
    filled.show_item(second.digest)
    settled(window)
    assert _evidence(window, first.digest).caption == "for the first"
    assert _evidence(window, second.digest).caption == ""
    assert filled.details.caption.toPlainText() == ""


def test_the_details_show_large_picture_times_and_both_digests(filled, window, settled, qtbot):
    piece = _piece(filled, "tankhouse.jpg")
    filled.show_item(piece.digest)
    qtbot.waitUntil(lambda: filled.details.picture.image.width() == 400, timeout=3_000)
    words = filled.details.words
    assert words["Received by the office"] == "not yet"
    assert words["Digest of the original (SHA-256)"].replace(" ", "") == piece.digest
    sealed = words["Digest of the sealed file"].replace(" ", "")
    assert len(sealed) == 64 and sealed != piece.digest


def test_words_kind_and_not_linked_narrow_the_grid(filled, window, settled, qtbot):
    filled.filter.words.setText("TANK")
    qtbot.waitUntil(lambda: [piece.name for piece in filled.grid.tiles.pieces] == ["tankhouse.jpg"], timeout=2_000)
    filled.filter.clear()
    filled.filter.kind.setCurrentIndex(filled.filter.kind.findData("Spreadsheet"))
    filled.filter.changed.emit()
    assert [piece.name for piece in filled.grid.tiles.pieces] == ["register.csv"]
    filled.filter.clear()
    filled.show_item(_piece(filled, "register.csv").digest)
    _choose(filled.details.links.add, "17 Occupational Health & Safety")
    settled(window)
    filled.filter.unlinked.click()
    assert {piece.name for piece in filled.grid.tiles.pieces} == {"eyewash.jpg", "tankhouse.jpg"}


def _choose(box, words):
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def test_a_link_is_added_turned_and_taken_away(filled, window, settled):
    piece = _piece(filled, "eyewash.jpg")
    filled.show_item(piece.digest)
    _choose(filled.details.links.add, "17 Occupational Health & Safety")
    settled(window)
    assert [(link.target.id, link.stance) for link in window.opened.state.links] == [("17", "supports")]
    assert _piece(filled, "eyewash.jpg").linked == "17"
    (stance,) = filled.details.links.stances
    _choose(stance, "contradicts")
    settled(window)
    assert [link.stance for link in window.opened.state.links] == ["contradicts"]
    assert _piece(filled, "eyewash.jpg").contradicts
    filled.details.links.takes[0].click()
    settled(window)
    assert window.opened.state.links == ()


def test_several_pieces_are_linked_at_once(filled, window, settled):
    filled.grid.selectAll()
    assert filled.many.isVisible()
    _choose(filled.many.target, "28 Water Stewardship")
    filled.many.acts[0].click()
    settled(window)
    assert {link.target.id for link in window.opened.state.links} == {"28"}
    assert len(window.opened.state.links) == 3


def test_a_time_that_is_none_is_marked_and_not_saved_and_a_right_one_is(filled, window, settled, qtbot):
    piece = _piece(filled, "eyewash.jpg")
    filled.show_item(piece.digest)
    happened = filled.details.happened
    qtbot.keyClicks(happened, "yesterday")
    qtbot.keyClick(happened, Qt.Key.Key_Return)
    settled(window)
    assert happened.property("state") == "wrong" and happened.text() == "yesterday"
    assert "not a time" in window.banner.text
    assert _evidence(window, piece.digest).happened_at == ""
    happened.selectAll()
    qtbot.keyClicks(happened, "2026-05-04 09:30")
    qtbot.keyClick(happened, Qt.Key.Key_Return)
    settled(window)
    assert happened.property("state") != "wrong"
    assert _evidence(window, piece.digest).happened_at.startswith("2026-05-0")


def test_an_original_is_exported_byte_for_byte(filled, window, settled, files, tmp_path, monkeypatch):
    target = tmp_path / "out.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    filled.show_item(_piece(filled, "eyewash.jpg").digest)
    filled.details.export.click()
    settled(window)
    assert target.read_bytes() == files[0].read_bytes()


def test_enter_looks_closer_and_the_arrows_go_on(filled, window, settled, qtbot):
    filled.grid.go_to(filled.grid.tiles.pieces[0].digest)
    filled.grid.setFocus()
    qtbot.keyClick(filled.grid, Qt.Key.Key_Return)
    assert filled.closer.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert filled.grid.current == filled.grid.tiles.pieces[1].digest
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not filled.closer.isVisible() and filled.grid.hasFocus()


def test_only_pictures_that_are_seen_are_loaded(filled, window, settled, qtbot, tmp_path):
    many = []
    for number in range(30):
        many.append(tmp_path / f"p{number}.jpg")
        many[-1].write_bytes(_photo(number * 4, (60 + number, 40)))
    window.resize(1000, 620)
    filled.take_files(many)
    settled(window)
    bar = filled.grid.verticalScrollBar()
    bar.setValue(0)
    filled.grid.tiles.pictures.clear()
    bar.setValue(1)
    qtbot.waitUntil(lambda: len(filled.grid.tiles.pictures) > 5, timeout=2_000)
    settled(window)
    seen = set(filled.grid.tiles.pictures)
    assert len(seen) < 33
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: set(filled.grid.tiles.pictures) > seen, timeout=2_000)
    assert filled.grid.indexAt(QPoint(40, 40)).isValid()


def test_pieces_are_numbered_as_in_the_report_and_the_latest_stands_first(filled, window):
    numbers = [piece.number for piece in pieces_of(window.opened)]
    assert numbers == [3, 2, 1]
