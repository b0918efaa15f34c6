"""The office in the window: made known from its file, pictures or the PDF of its letter, or the camera, and only after it was shown."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from auditor_app.pdfium import opened_pdf
from auditor_app.ui.capture.code_part import CodePart
from auditor_app.workflows.fingerprints import office_fingerprint
from auditor_app.workflows.identity import import_profile
from auditor_app.workflows.mailboxes import Place, keep_mailbox
from auditor_app.workflows.office.folder import found_office, profile_letter
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.letter import make_letter
from auditor_app.workflows.office.profile import Change, form_in_use, set_profile
from tests.conftest import FORM
from tests.ui.at_the_office import TestOffice
from tests.ui.test_window import _nameless


@pytest.fixture
def office(tmp_path):
    """An office that says all that a profile can say."""
    found = TestOffice(tmp_path / "away").office
    places = (*found.profile.mailboxes, "https://cloud.office.example/dav/mailbox", "s3+https://store.office.example/mailbox")
    return set_profile(found, Change(places=places, forms=(form_in_use(FORM),), office_months=120, laptop_months=6))


@pytest.fixture
def card(window, settled):
    window.navigation.show_workspace()
    settled(window)
    return window.navigation.workspace_page.office


@pytest.fixture
def pictures(office, tmp_path):
    """The letter as a PDF, and photos of its upper and lower half."""
    pdf = make_letter(office, "en")
    with opened_pdf(pdf) as document:
        page = document[0].render(scale=1.8).to_pil().convert("RGB")
    (tmp_path / "letter.pdf").write_bytes(pdf)
    for name, box in (("upper", (0, 0, page.width, 945)), ("lower", (0, 945, page.width, page.height))):
        page.crop(box).save(tmp_path / f"{name}.jpg", quality=75)
    return tmp_path


def choose(monkeypatch, *paths) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path) for path in paths], ""))


def digits(fingerprint) -> str:
    return " ".join(fingerprint.digits.text().split())


def recipients(window, settled) -> list[str]:
    found: list[str] = []
    window.background.run(lambda workspace: found.extend(workspace.recipients()), owner=window)
    settled(window)
    return found


def test_the_letter_is_shown_with_its_fingerprint_before_it_is_taken_in(window, settled, card, office, pictures, monkeypatch):
    assert "No office is known here yet" in card.office.text()
    card.open_letter.click()
    choose(monkeypatch, pictures / "letter.pdf")
    card.letter.choose.click()
    settled(window)
    assert card.offer.isVisible() and "Cordillera Assurance Office" in card.offer.office.text()
    assert digits(card.offer.now) == office_fingerprint(office.profile) and card.offer.before.isHidden()
    assert len(recipients(window, settled)) == 1, "nothing was taken in yet"
    card.offer.take.click()
    settled(window)
    assert card.offer.isHidden() and office.profile.recipient in recipients(window, settled)
    assert card.office.text() == "Cordillera Assurance Office" and digits(card.fingerprint) == office_fingerprint(office.profile)
    for said in ("Place 1: ", "Place 3: s3+https", f"Form {FORM}", "120 months", "6 months"):
        assert said in card.facts.text()


def test_not_now_takes_nothing_in(window, settled, card, pictures, office, monkeypatch):
    card.open_letter.click()
    choose(monkeypatch, pictures / "letter.pdf")
    card.letter.choose.click()
    settled(window)
    card.offer.not_now.click()
    settled(window)
    assert card.offer.isHidden() and len(recipients(window, settled)) == 1


def test_several_photos_are_gathered_and_what_is_missing_is_said(window, settled, card, office, pictures, monkeypatch, sample_photo):
    card.open_letter.click()
    choose(monkeypatch, pictures / "upper.jpg")
    card.letter.choose.click()
    settled(window)
    assert card.letter.state.text() == "2 of 4 codes read. Show the others: 3, 4."
    assert card.letter.wrong.isHidden() and card.offer.isHidden()
    choose(monkeypatch, sample_photo(pictures / "goat.jpg"))
    card.letter.choose.click()
    settled(window)
    assert "goat.jpg" in card.letter.wrong.text() and card.letter.state.text().startswith("2 of 4"), "what was read stays"
    choose(monkeypatch, pictures / "lower.jpg")
    card.letter.choose.click()
    settled(window)
    assert digits(card.offer.now) == office_fingerprint(office.profile)


def test_a_letter_that_is_not_genuine_is_never_offered(window, settled, card, office, tmp_path, monkeypatch):
    (tmp_path / "bent.profile").write_bytes(profile_letter(office).replace(b"Cordillera", b"Cordilleta"))
    card.open_letter.click()
    choose(monkeypatch, tmp_path / "bent.profile")
    card.letter.choose.click()
    settled(window)
    assert "not genuine" in card.letter.wrong.text() and card.offer.isHidden()


def test_a_changed_key_is_shown_old_and_new_and_counts_once_it_is_confirmed(window, settled, card, office, tmp_path, monkeypatch):
    window.background.run(lambda workspace: import_profile(workspace, profile_letter(office)), owner=window)
    settled(window)
    renewed = rotate(office)
    (tmp_path / "letter.pdf").write_bytes(make_letter(renewed, "es"))
    card.open_letter.click()
    choose(monkeypatch, tmp_path / "letter.pdf")
    card.letter.choose.click()
    settled(window)
    assert digits(card.offer.before) == office_fingerprint(office.profile)
    assert digits(card.offer.now) == office_fingerprint(renewed.profile)
    assert renewed.profile.recipient not in recipients(window, settled)
    card.offer.take.click()
    settled(window)
    assert renewed.profile.recipient in recipients(window, settled)


def test_another_office_is_shown_and_cannot_be_taken_in(window, settled, card, office, tmp_path, monkeypatch, clock):
    window.background.run(lambda workspace: import_profile(workspace, profile_letter(office)), owner=window)
    settled(window)
    other = found_office(tmp_path / "other", "Another Office", clock)
    choose(monkeypatch, other.folder / "office.profile")
    card.open_letter.click()
    card.letter.choose.click()
    settled(window)
    assert card.offer.isVisible() and card.offer.take.isHidden() and "Another office than" in card.offer.standing.text()


def test_the_offices_order_of_places_is_followed_again(window, settled, card, office):
    window.background.run(lambda workspace: import_profile(workspace, profile_letter(office)), owner=window)
    window.background.run(lambda workspace: keep_mailbox(workspace, Place(url="/media/own")), owner=window)
    card.show_workspace()
    settled(window)
    assert "Place 1: /media/own, your own choice" in card.facts.text() and card.follow.isVisible()
    card.follow.click()
    settled(window)
    assert "/media/own" not in card.facts.text() and card.follow.isHidden()


def test_everything_on_the_way_has_a_name(window, settled, card, pictures, monkeypatch):
    card.open_letter.click()
    choose(monkeypatch, pictures / "upper.jpg")
    card.letter.choose.click()
    settled(window)
    assert _nameless(window) == []
    choose(monkeypatch, pictures / "lower.jpg")
    card.letter.choose.click()
    settled(window)
    assert _nameless(window) == []


def test_nothing_of_it_opens_a_window_of_its_own(window, settled, card):
    card.open_letter.click()
    settled(window)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]


# The camera


@pytest.fixture
def media():
    return pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)


@pytest.mark.qt_log_ignore("qt.multimedia", "PulseAudio", "pipewire", "RHI", "propagateSizeHints", extend=True)
def test_codes_shown_to_the_camera_one_after_the_other_make_the_office_known(window, settled, card, office, pictures, media, qtbot):
    card.open_letter.click()
    part = card.letter.camera
    lens = media.QVideoFrameInput()
    part.watch(lens, "Andina cam", lambda session, source: session.setVideoFrameInput(source))
    shown = [_image(pictures / "upper.jpg")]
    timer = QTimer(interval=50)
    timer.timeout.connect(lambda: lens.sendVideoFrame(media.QVideoFrame(shown[0])))
    timer.start()
    qtbot.waitUntil(lambda: card.letter.state.text().startswith("2 of 4"), timeout=20_000)
    shown[0] = _image(pictures / "lower.jpg")
    qtbot.waitUntil(card.offer.isVisible, timeout=20_000)
    timer.stop()
    settled(window)
    assert digits(card.offer.now) == office_fingerprint(office.profile)
    assert part.isHidden(), "the camera is let go of"


@pytest.mark.qt_log_ignore("qt.multimedia", "PulseAudio", "pipewire", "RHI", "propagateSizeHints", extend=True)
def test_pictures_of_any_width_are_read(window, office, pictures, media, qtbot):
    """Rows of a picture are padded to four bytes."""
    part = CodePart(window.background)
    qtbot.addWidget(part)
    part._session = object()
    image = _image(pictures / "upper.jpg")
    for width in (image.width() - 1, image.width() - 2):
        with qtbot.waitSignal(part.read, timeout=10_000) as caught:
            part.seen(image.copy(0, 0, width, image.height()))
        assert len(caught.args[0]) == 2
    part._session = None


def _image(path) -> QImage:
    data = io.BytesIO()
    Image.open(path).save(data, "PNG")
    return QImage.fromData(data.getvalue()).convertToFormat(QImage.Format.Format_RGB32)


# A new workspace


def test_a_new_workspace_knows_the_office_of_the_letter_from_the_beginning(empty_window, settled, qtbot, office, pictures, monkeypatch):
    window, words = empty_window, "copper anode slime tank"
    settled(window)
    form = window.first_start.creating
    assert form.office.letter == b"" and form.office.reading.isHidden()
    form.office.begin.click()
    choose(monkeypatch, pictures / "upper.jpg", pictures / "lower.jpg")
    form.office.reading.choose.click()
    settled(window)
    assert digits(form.office.offer.now) == office_fingerprint(office.profile)
    assert _nameless(window) == []
    form.office.offer.take.click()
    assert "Cordillera Assurance Office will be known" in form.office.said.text()
    for field, text in ((form.name, "Rosa Vidal"), (form.first.field, words), (form.second.field, words)):
        field.setText(text)
    form.do.click()
    qtbot.waitUntil(lambda: window.navigation.visits is not None, timeout=60_000)
    assert office.profile.recipient in recipients(window, settled)


def test_the_office_can_be_left_out_again(empty_window, settled, office, pictures, monkeypatch):
    settled(empty_window)
    part = empty_window.first_start.creating.office
    part.begin.click()
    choose(monkeypatch, pictures / "letter.pdf")
    part.reading.choose.click()
    settled(empty_window)
    part.offer.take.click()
    assert part.letter == profile_letter(office)
    part.leave_out.click()
    assert part.letter == b"" and part.said.isHidden() and part.begin.isVisible()
