"""The office's new key in the window: shown, and sealed to only once someone says that it is the right one."""

import pytest
from PySide6.QtWidgets import QFileDialog

from auditor_app.workflows.fingerprints import office_fingerprint
from auditor_app.workflows.office.keys import announce, rotate
from tests.ui.at_the_office import TestOffice, enrolled


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def enrolled_window(window, settled, office):
    window.background.run(lambda workspace: enrolled(workspace, office), owner=window)
    settled(window)
    return window


def shown(fingerprint) -> str:
    return " ".join(fingerprint.digits.text().split())


def sealed_to(window, settled) -> list[str]:
    found: list[str] = []
    window.background.run(lambda workspace: found.extend(workspace.recipients()), owner=window)
    settled(window)
    return found


def test_a_changed_key_is_shown_and_counts_once_it_is_confirmed(enrolled_window, settled, office, monkeypatch):
    window = enrolled_window
    window.go_to("report")
    settled(window)
    signer = window.current_screen.signer
    assert signer.office_key.isHidden()
    renewed = rotate(office.office)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(office.office.folder / "office.profile"), ""))
    signer.answer_wanted.emit()
    settled(window)
    assert not signer.office_key.isHidden()
    assert signer.office_key.key.text().replace(" ", "").endswith(renewed.profile.recipient)
    assert shown(signer.office_key.now) == office_fingerprint(renewed.profile)
    assert shown(signer.office_key.before) == office_fingerprint(office.office.profile)
    assert "Cordillera Assurance Office has a new key" in signer.office_key.title.text()
    assert renewed.profile.recipient not in sealed_to(window, settled)
    signer.office_key.accept.click()
    settled(window)
    assert signer.office_key.isHidden()
    assert renewed.profile.recipient in sealed_to(window, settled)


def test_looking_in_the_mailbox_brings_the_new_key_too(enrolled_window, settled, office):
    window = enrolled_window
    renewed = rotate(office.office)
    announce(renewed)
    window.go_to("hand_over")
    settled(window)
    window.current_screen.look_for_letters()
    settled(window)
    window.go_to("report")
    settled(window)
    assert shown(window.current_screen.signer.office_key.now) == office_fingerprint(renewed.profile)
