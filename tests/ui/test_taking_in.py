"""Taking evidence in, as a person sees it: folders and cards are looked through first; what came of it is told; camera and sound."""

import math
import os
import sys
import wave
from array import array
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QImage, QShortcut
from PySide6.QtWidgets import QFileDialog

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.store.records import digests_with_thumbnail
from auditor_app.ui.capture import sound_part
from auditor_app.ui.capture.camera_part import CameraPart
from auditor_app.ui.capture.sound_part import RATE, SoundPart
from auditor_app.ui.intake.wish import Wish
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.workspaces import check


@pytest.fixture
def intake(window):
    return window.navigation.intake


@pytest.fixture
def wish(window):
    return Wish(visit=window.opened.state.id, targets=(Subject(CRITERION, "17"),))


@pytest.fixture
def card(tmp_path, sample_photo):
    """A memory card: three photos of two days, and what cameras and systems leave there."""
    folder = tmp_path / "card" / "DCIM"
    for number, day in enumerate((1_777_800_000, 1_777_800_500, 1_777_900_000)):
        path = sample_photo(folder / "100ANDINA" / f"IMG_000{number}.JPG", shade=20 * number)
        os.utime(path, (day, day))
    for name in ("Thumbs.db", ".DS_Store", "100ANDINA/IMG_0001.THM", ".thumbnails/1.jpg"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"not ours")
    return folder


def names(window):
    return sorted(one.name for one in window.opened.state.evidence.values())


def look(intake, wish, folder, qtbot):
    intake.look_through(wish, folder)
    qtbot.waitUntil(lambda: intake.looking.news.isVisible(), timeout=10_000)
    return intake.looking


def test_a_folder_is_looked_through_first_and_only_what_is_chosen_is_taken_in(window, intake, wish, card, settled, qtbot):
    looking = look(intake, wish, card, qtbot)
    assert looking.title.text() == str(card)
    assert "3 files" in looking.counts.text() and "Photo: 3" in looking.counts.text()
    assert "4 hidden or system files passed over" in looking.counts.text()
    assert looking.news.text() == "3 are new"
    assert [box.text()[-5:] for box, _days in looking.days] == ["1 new", "2 new"]
    looking.days[0][0].click()
    assert looking.take.text().startswith("Take in 2 files")
    looking.take.click()
    settled(window)
    assert names(window) == ["IMG_0000.JPG", "IMG_0001.JPG"]
    assert {link.target.id for link in window.opened.state.links} == {"17"}
    assert "2 were taken in." in window.banner.text
    assert not intake.isVisible()


def test_what_is_known_is_not_offered_again_even_under_another_name(window, intake, wish, card, settled, qtbot):
    look(intake, wish, card, qtbot).take.click()
    settled(window)
    (card / "100ANDINA" / "IMG_0000.JPG").rename(card / "renamed.jpg")
    looking = look(intake, wish, card, qtbot)
    assert looking.news.text() == "0 are new · 3 are here already"
    assert not looking.take.isEnabled()
    looking.also_known.click()
    assert looking.take.text().startswith("Take in 3 files")
    looking.leave.click()
    assert not intake.isVisible()
    assert len(names(window)) == 3


def test_what_is_here_already_can_be_linked_to_another_criterion_from_the_folder(window, intake, wish, card, settled, qtbot):
    look(intake, wish, card, qtbot).take.click()
    settled(window)
    looking = look(intake, Wish(visit=wish.visit, targets=(Subject(CRITERION, "18"),)), card, qtbot)
    looking.also_known.click()
    looking.take.click()
    settled(window)
    assert {link.target.id for link in window.opened.state.links} == {"17", "18"}
    assert len(names(window)) == 3
    assert "3 were here already and are linked now." in window.banner.text


def test_a_dropped_folder_asks_and_a_dropped_file_does_not(window, intake, card, tmp_path, settled, qtbot):
    (tmp_path / "permit.txt").write_text("valid until 2027")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (card, tmp_path / "permit.txt")])
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.current_screen.dropEvent(drop)
    settled(window)
    qtbot.waitUntil(lambda: intake.looking.news.isVisible(), timeout=10_000)
    assert names(window) == ["permit.txt"]
    intake.looking.take.click()
    settled(window)
    assert len(names(window)) == 4


def test_a_card_that_vanishes_is_told_and_what_came_is_kept(window, intake, wish, card, settled, qtbot):
    for number in range(40):
        (card / f"film{number:02}.mp4").write_bytes(number.to_bytes(4) + bytes(2_000_000))
    looking = look(intake, wish, card, qtbot)
    window.background.changed.connect(lambda _changes: card.exists() and card.rename(card.with_name("pulled")))  # all at once
    looking.take.click()
    settled(window)
    assert f"{card} is not there any more" in window.banner.text
    assert 0 < len(names(window)) < 43


def test_a_folder_that_is_gone_is_told(window, intake, wish, tmp_path, settled):
    intake.look_through(wish, tmp_path / "gone")
    settled(window)
    assert str(tmp_path / "gone") in window.banner.text
    assert not intake.isVisible()


def test_cards_are_offered_when_there_are_several_and_a_folder_when_there_is_none(window, intake, wish, settled, tmp_path, monkeypatch):
    runtime = tmp_path / "run"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    intake.find_cards(wish)
    settled(window)
    if intake.places.isVisible():  # this machine has no card of its own
        assert "No card and no phone" in intake.places.said.text()
        intake.places.close_places()
    for phone in ("mtp:host=Andina", "mtp:host=Lumira"):
        (runtime / "gvfs" / phone / "Internal storage" / "DCIM").mkdir(parents=True)
    intake.find_cards(wish)
    settled(window)
    assert intake.places.isVisible()
    assert "From where?" in intake.places.said.text()


def test_what_was_lost_before_is_said_at_the_end(window, intake, wish, settled, tmp_path, sample_photo):
    photos = [sample_photo(tmp_path / "IMG_1.jpg")]
    for name in ("IMG-20260504-WA0007.jpg", "Screenshot_20260504.png"):
        photos.append(tmp_path / name)
        Image.new("RGB", (90, 60), (len(name), 2, 3)).save(photos[-1])
    intake.take_files(wish.visit, photos)
    settled(window)
    assert "3 were taken in." in window.banner.text
    assert "1 is a picture of a screen" in window.banner.text
    assert "1 was shrunk by a messenger" in window.banner.text
    assert "2 have no camera time, 2 have no place" in window.banner.text
    assert "Ask for the originals" in window.banner.text


def test_stopping_keeps_what_is_sealed_completely_and_leaves_nothing_half(window, intake, wish, settled, qtbot, tmp_path):
    files = []
    for number in range(60):
        files.append(tmp_path / f"film{number:02}.mp4")
        files[-1].write_bytes(number.to_bytes(4) + bytes(3_000_000))
    window.background.changed.connect(lambda _changes: intake.stop())
    intake.take_files(wish.visit, files)
    settled(window)
    assert 0 < len(names(window)) < 60
    assert "Stopped. What was sealed completely is kept." in window.banner.text
    assert "left out" in window.banner.text
    faults = []
    window.background.run(lambda workspace: check(workspace, deep=True), owner=window, done=faults.append)
    settled(window)
    assert faults == [[]]


def test_every_way_is_in_the_menu_and_in_the_palette(window, settled):
    for stage in ("criteria", "evidence"):
        window.go_to(stage)
        settled(window)
        said = {shortcut.whatsThis() for shortcut in window.current_screen.findChildren(QShortcut)}
        assert {"From a card or phone…", "Take a photo with this laptop…", "Record sound with this laptop…"} <= said


def test_a_folder_is_chosen_from_the_menu(window, intake, card, settled, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(card))
    window.go_to("evidence")
    settled(window)
    way = next(one for one in window.current_screen.findChildren(QShortcut) if "card" in one.whatsThis())
    assert way.isEnabled()
    intake.choose_folder(window.current_screen.wish())
    qtbot.waitUntil(lambda: intake.looking.news.isVisible(), timeout=10_000)
    intake.looking.leave.click()


def test_small_pictures_of_many_are_drawn_by_themselves_once_all_are_safe(window, intake, wish, settled, tmp_path, sample_photo):
    photos = [sample_photo(tmp_path / f"IMG_{number:04}.JPG", shade=8 * number) for number in range(30)]
    intake.take_files(wish.visit, photos)
    settled(window)
    drawn = []
    window.background.run(lambda workspace: digests_with_thumbnail(workspace.db), owner=window, done=drawn.append)
    settled(window)
    assert drawn[0] == set(window.opened.state.evidence)
    assert len(drawn[0]) == 30


# This laptop's own camera and microphone


@pytest.mark.parametrize("way", ["open_camera", "open_microphone"])
def test_without_the_extra_a_person_is_told_how_to_get_it(window, intake, wish, monkeypatch, way):
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    getattr(intake, way)(wish)
    assert "auditor-app[av]" in window.banner.text
    assert not intake.isVisible()


@pytest.fixture
def media():
    return pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)


@pytest.mark.qt_log_ignore("qt.multimedia", "PulseAudio", "pipewire", "RHI", "propagateSizeHints", extend=True)
@pytest.mark.parametrize(("way", "words"), [("open_camera", "no camera"), ("open_microphone", "no microphone")])
def test_without_a_camera_or_microphone_a_person_is_told(window, intake, wish, media, way, words):
    devices = media.QMediaDevices
    found = devices.defaultVideoInput() if way == "open_camera" else devices.defaultAudioInput()
    if not found.isNull():
        pytest.skip("this machine has one")
    getattr(intake, way)(wish)
    assert words in window.banner.text
    assert not intake.isVisible()


@pytest.mark.qt_log_ignore("qt.multimedia", "PulseAudio", "pipewire", "RHI", "propagateSizeHints", extend=True)
def test_a_photo_is_taken_with_its_time_and_device_and_never_touches_the_disk(window, intake, wish, media, settled, qtbot, tmp_path):
    part = CameraPart(window.background)
    qtbot.addWidget(part)
    part._wish = wish
    part.taken.connect(lambda wish, data, name: intake.take_bytes(wish.visit, data, name, wish.targets))
    lens = media.QVideoFrameInput()
    part.watch(lens, "Andina cam", lambda session, source: session.setVideoFrameInput(source))
    seen = QImage(640, 480, QImage.Format.Format_RGB32)
    seen.fill(0x336699)
    timer = QTimer(interval=30)
    timer.timeout.connect(lambda: lens.sendVideoFrame(media.QVideoFrame(seen)))
    timer.start()
    qtbot.waitUntil(lambda: part.take.isEnabled(), timeout=5_000)
    before = set(tmp_path.rglob("*"))
    part.take.click()
    qtbot.waitUntil(lambda: len(names(window)) == 1, timeout=10_000)
    timer.stop()
    part.close_camera()
    settled(window)
    (one,) = window.opened.state.evidence.values()
    assert one.name.startswith("Photo 20") and one.media_type == "image/jpeg"
    assert one.captured["device"] == "This laptop Andina cam"
    assert one.captured["at"].startswith("20") and one.captured["offset"]
    assert (one.captured["width"], one.captured["height"]) == (640, 480)
    written = [path for path in set(tmp_path.rglob("*")) - before if path.is_file()]
    assert all(path.suffix in {".age", ".db-wal", ".db-shm", ".db"} for path in written)


@pytest.mark.qt_log_ignore("qt.multimedia", "PulseAudio", "pipewire", "RHI", "propagateSizeHints", extend=True)
def test_sound_is_recorded_with_seconds_and_level_and_kept_as_wav(window, intake, wish, media, settled, qtbot):
    part = SoundPart()
    qtbot.addWidget(part)
    part._wish = wish
    part.taken.connect(lambda wish, data, name: intake.take_bytes(wish.visit, data, name, wish.targets))
    tone = array("h", (int(16_384 * math.sin(index / 5)) for index in range(RATE * 2))).tobytes()
    stream = QBuffer()
    stream.open(QIODevice.OpenModeFlag.ReadWrite)
    part.show()
    part.listen(stream)
    stream.write(tone)
    stream.seek(0)
    stream.readyRead.emit()
    assert part.said.text() == "Recording · 0:02"
    assert 48 <= part.level.value() <= 50
    part.keep.click()
    settled(window)
    (one,) = window.opened.state.evidence.values()
    assert one.name.startswith("Sound 20") and one.media_type == "audio/wav"
    kept = []
    window.background.run(lambda workspace: original_bytes(workspace, one.digest, limit=1 << 20), owner=window, done=kept.append)
    settled(window)
    with wave.open(BytesIO(kept[0])) as sound:
        assert (sound.getnframes(), sound.getframerate(), sound.getnchannels()) == (RATE * 2, RATE, 1)
        assert sound.readframes(RATE * 2) == tone
    assert not part.isVisible()


def test_a_long_recording_is_kept_in_parts(qtbot, monkeypatch):
    monkeypatch.setattr(sound_part, "PART_SECONDS", 1)
    part = sound_part.SoundPart()
    qtbot.addWidget(part)
    part._wish = Wish(visit="visit")
    kept = []
    part.taken.connect(lambda _wish, data, name: kept.append((name, len(data))))
    stream = QBuffer()
    stream.open(QIODevice.OpenModeFlag.ReadWrite)
    part.listen(stream)
    for _second in range(2):
        stream.seek(0)
        stream.write(bytes(2 * sound_part.RATE))
        stream.seek(0)
        stream.readyRead.emit()
    stream.seek(0)
    part.stop_and_keep()
    assert [name.rpartition(" ")[2] for name, _size in kept] == ["1.wav", "2.wav", "3.wav"]
    assert {size for _name, size in kept} == {44 + 2 * sound_part.RATE}
