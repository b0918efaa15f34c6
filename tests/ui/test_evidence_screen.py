"""The evidence screen: taking in, describing, linking, looking, exporting."""

import hashlib
import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog

from auditor_app.domain.journal import Subject
from auditor_app.ui.screens.evidence.pieces import pieces_of
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.evidence import describe_evidence, link_evidence
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.photo_review import object_to


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
    assert window.navigation.header.saved.text.startswith("Saved ")
    qtbot.waitUntil(lambda: _piece(filled, "eyewash.jpg").title == "Eyewash on level 2, no flow", timeout=3_000)


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


def test_a_copy_that_is_printed_in_place_of_a_photo_is_not_loose(filled, window, settled):
    visit, photo = window.opened.state.id, _piece(filled, "tankhouse.jpg")
    made = []

    def copied(workspace):
        copy, changes = make_copy(workspace, visit, photo.digest, Editing(quarter_turns=1))
        made.append(copy)
        return changes

    def this_copy():
        return next(one for one in filled.grid.tiles.pieces if one.digest == made[0])

    window.background.change(copied, owner=window)
    settled(window)
    assert this_copy().is_loose and this_copy().linked_words == "Not linked"
    loose = int(filled.filter.unlinked.text().split()[-1])

    def object_(workspace):
        review, _changes = add_line(workspace, visit, "photo_review", held_at="2026-11-20")
        return object_to(workspace, visit, review, photo.digest, why="A face.", decision="blurred", instead=made[0])

    window.background.change(object_, owner=window)
    settled(window)
    assert not this_copy().is_loose and this_copy().linked_words == f"In place of {photo.number}"
    assert int(filled.filter.unlinked.text().split()[-1]) == loose - 1
    named = {gap.subject.id for gap in standing(window.opened).gaps if gap.rule == "evidence_not_linked"}
    assert len(named) == loose - 1 and made[0] not in named


def test_words_kind_and_not_linked_narrow_the_grid(filled, window, settled, qtbot):
    filled.filter.words.setText("TANK")
    qtbot.waitUntil(lambda: [piece.name for piece in filled.grid.tiles.pieces] == ["tankhouse.jpg"], timeout=2_000)
    filled.filter.clear()
    filled.filter.choose("kind", "Spreadsheet")
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


def _tick(picker, *starts):
    for start in starts:
        item = next(item for item in picker._items if item.text().startswith(start))
        item.setCheckState(Qt.CheckState.Checked)


def test_several_pieces_are_linked_to_several_criteria_in_one_change(filled, window, settled, qtbot):
    filled.grid.selectAll()
    filled.grid.setFocus()
    qtbot.waitUntil(filled.many.isVisible, timeout=1_000)
    changes = []
    window.background.changed.connect(changes.append)
    qtbot.keyClick(filled.grid, Qt.Key.Key_L)
    assert filled.picker.isVisible()
    assert not filled.picker.acts[0].isEnabled(), "nothing is ticked yet"
    _tick(filled.picker, "28 Water", "17 Occupational")
    filled.picker.acts[1].click()
    settled(window)
    links = window.opened.state.links
    assert {(link.target.id, link.stance) for link in links} == {("28", "contradicts"), ("17", "contradicts")}
    assert len(links) == 6
    assert len(changes) == 1
    assert filled.many.isVisible()


def test_links_are_picked_with_the_keyboard_alone_for_a_single_piece_too(filled, window, settled, qtbot):
    filled.show_item(_piece(filled, "eyewash.jpg").digest)
    qtbot.keyClick(filled.grid, Qt.Key.Key_L)
    picker = filled.picker
    qtbot.keyClicks(picker.words, "water stew")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    picker.words.clear()
    qtbot.keyClicks(picker.words, "17 occupational")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert [target.id for target in picker.ticked] == ["17", "28"]
    assert sum(not item.isHidden() for item in picker._items) < 40, "what was ticked stays in view, the rest is narrowed"
    picker.acts[0].click()
    settled(window)
    assert {(link.target.id, link.stance) for link in window.opened.state.links} == {("17", "supports"), ("28", "supports")}
    qtbot.keyClick(filled.grid, Qt.Key.Key_L)
    qtbot.keyClick(picker.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(filled.details.isVisible, timeout=2_000)
    assert len(window.opened.state.links) == 2


@pytest.fixture
def tankhouse(window, settled):
    """Put an area into the plan, through the window's own lane."""
    made = []
    visit = window.opened.state.id
    window.background.change(lambda workspace: add_line(workspace, visit, "area", name="Tankhouse"), owner=window, done=made.append)
    settled(window)
    return made[0][0]


def test_one_or_many_pieces_are_given_to_an_area_and_found_by_it(filled, window, settled, tankhouse):
    filled.show_item(_piece(filled, "eyewash.jpg").digest)
    _choose(filled.details.area, "Tankhouse")
    settled(window)
    assert [one.area for one in window.opened.state.evidence.values() if one.name == "eyewash.jpg"] == [tankhouse]
    filled.filter.choose("place", tankhouse)
    assert [piece.name for piece in filled.grid.tiles.pieces] == ["eyewash.jpg"]
    filled.filter.choose("place", "nowhere")
    assert len(filled.grid.tiles.pieces) == 2
    filled.filter.clear()
    filled.grid.selectAll()
    filled._show_chosen()
    assert filled.many.area.currentText() == "Different areas"
    _choose(filled.many.area, "Tankhouse")
    settled(window)
    assert {one.area for one in window.opened.state.evidence.values()} == {tankhouse}
    assert filled.filter.choices["place"].itemText(1) == "Tankhouse  (3)"


def test_one_caption_is_given_to_many_and_says_how_many_it_takes_the_place_of(filled, window, settled, qtbot):
    first = _piece(filled, "eyewash.jpg").digest
    filled.show_item(first)
    qtbot.keyClicks(filled.details.caption, "its own")
    filled.details.commit()
    settled(window)
    filled.grid.selectAll()
    filled._show_chosen()
    assert filled.many.with_caption.text() == "It takes the place of 1 caption."
    qtbot.keyClicks(filled.many.caption, "Round of the tankhouse")
    qtbot.keyClick(filled.many.caption, Qt.Key.Key_Return)
    settled(window)
    assert {one.caption for one in window.opened.state.evidence.values()} == {"Round of the tankhouse"}
    assert filled.many.caption.text() == ""


def test_evidence_is_found_by_criterion_through_checks_and_findings_and_by_person_and_day(filled, window, settled):
    visit = window.opened.state.id
    names = {one.name: digest for digest, one in window.opened.state.evidence.items()}

    def prepare(workspace):
        finding, _changes = raise_finding(workspace, visit, "17", "Guard missing")
        link_evidence(workspace, visit, names["eyewash.jpg"], Subject("check", "17-d1"), "supports")
        link_evidence(workspace, visit, names["register.csv"], Subject("finding", finding), "supports")
        describe_evidence(workspace, visit, names["register.csv"], provided_by="Site HSE")
        return describe_evidence(workspace, visit, names["tankhouse.jpg"], happened_at="2026-05-04T12:00:00.000000Z")

    window.background.change(prepare, owner=window)
    settled(window)
    for key, value, found in (
        ("criterion", "17", {"eyewash.jpg", "register.csv"}),
        ("person", "provided:Site HSE", {"register.csv"}),
        ("person", "took_in:0198f000-0000-7000-8000-000000000001", set(names)),
        ("day", "2026-05-04", {"tankhouse.jpg"}),
    ):
        filled.filter.choose(key, value)
        assert {piece.name for piece in filled.grid.tiles.pieces} == found, (key, value)
        assert filled.filter.choices[key].property("state") == "on"
        filled.filter.clear()
    assert "Rosa Vidal took it in  (3)" in [filled.filter.choices["person"].itemText(row) for row in range(3)]


def test_nothing_takes_the_window_from_the_keyboard_while_evidence_comes_in(filled, window, qtbot):
    """A part shown before it has its place is a window of its own for a moment."""
    assert window.isActiveWindow()


def test_escape_clears_all_filters_and_the_count_tells(filled, window, settled, qtbot):
    filled.filter.choose("kind", "Photo")
    filled.filter.words.setText("tank")
    qtbot.waitUntil(lambda: filled.filter.count.text() == "1 of 3", timeout=2_000)
    assert filled.filter.clear_all.isVisible()
    qtbot.keyClick(filled.grid, Qt.Key.Key_Escape)
    assert filled.filter.count.text() == "3 pieces"
    assert not filled.filter.clear_all.isVisible()


def test_large_text_in_a_narrow_window_folds_the_filters_behind_a_button(filled, window, theme, qtbot):
    window.resize(1_280, 720)
    theme.wear("light", 200)
    try:
        qtbot.waitUntil(filled.filter.fold.isVisible, timeout=2_000)
        assert not filled.filter.choices["kind"].isVisible()
        filled.filter.fold.click()
        assert filled.filter.choices["kind"].isVisible()
    finally:
        theme.wear("light")
    window.resize(1_480, 900)
    qtbot.waitUntil(lambda: not filled.filter.fold.isVisible(), timeout=2_000)
    tops = {box.y() for box in (*filled.filter.choices.values(), filled.filter.unlinked)}
    assert len(tops) == 1, "one line where there is room"


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
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert filled.grid.current == filled.grid.tiles.pieces[1].digest
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not filled.closer.isVisible() and window.focusWidget() is filled.grid


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
