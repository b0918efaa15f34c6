"""The report screen: what is missing, the way to a certificate, making, signing, looking, exporting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from auditor_app.workflows.criteria import rate
from tests.ui.at_the_office import TestOffice, enrolled


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def screen(window, settled):
    window.go_to("report")
    settled(window)
    return window.current_screen


@pytest.fixture
def signing(screen, window, settled, office):
    window.background.run(lambda workspace: enrolled(workspace, office), owner=window)
    settled(window)
    screen.show_visit(window.opened)
    settled(window)
    return screen


def test_what_is_missing_is_listed_and_enter_goes_there(screen, window, settled, qtbot):
    visit = window.opened.state.id
    window.background.change(lambda ws: rate(ws, visit, "19", "does_not", because="Complaints were not answered."), owner=window)
    settled(window)
    rows = {row.key: row.hint for row in screen.missing.row_model.rows}
    assert rows["criteria:17"] == "rating missing" and rows["criteria:19"] == "finding missing"
    assert screen.missing_count.text() == "33 things are still missing"
    screen.missing.show_current("criteria:17")
    screen.missing.setFocus()
    qtbot.keyClick(screen.missing, Qt.Key.Key_Return)
    settled(window)
    assert window.current_screen.number == "17"


def test_without_a_certificate_only_a_draft_can_be_made_and_the_way_to_one_is_two_files(
    screen, window, settled, office, tmp_path, monkeypatch
):
    assert not screen.sign.isEnabled() and screen.draft.isEnabled()
    request, answer = tmp_path / "request.json", tmp_path / "answer.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(request), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(answer), ""))
    screen.signer.request_wanted.emit()
    settled(window)
    answer.write_bytes(office.answer(request.read_bytes()))
    screen.signer.answer_wanted.emit()
    settled(window)
    assert screen.sign.isEnabled()
    assert screen.signer.name.text() == "Rosa Vidal signs"
    assert "Cordillera Assurance Office" in screen.signer.about.text()


def test_an_answer_that_is_none_is_told_and_changes_nothing(screen, window, settled, tmp_path, monkeypatch):
    answer = tmp_path / "answer.json"
    answer.write_text("{}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(answer), ""))
    screen.signer.answer_wanted.emit()
    settled(window)
    assert "cannot be read" in window.banner.text
    assert not screen.sign.isEnabled()


def test_a_report_is_made_signed_looked_at_and_exported(signing, window, settled, qtbot, tmp_path, monkeypatch):
    signing.sign.click()
    settled(window)
    (made,) = signing.made.reports
    assert made.signed and made.pages > 1
    assert "signed" in window.banner.text
    signing.made.looked.emit(made)
    settled(window)
    assert signing.preview.isVisible() and signing.preview.pages == made.pages
    assert signing.preview.place.text() == f"Page 1 of {made.pages}"
    first = signing.preview.sheet.image.copy()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    settled(window)
    assert signing.preview.place.text() == f"Page 2 of {made.pages}"
    assert not signing.preview.sheet.image.isNull() and signing.preview.sheet.image != first
    target = tmp_path / "report.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    signing.preview.exported.emit()
    settled(window)
    assert target.read_bytes().startswith(b"%PDF-") and target.stat().st_size == made.size


def test_making_a_report_can_be_stopped_and_leaves_none(screen, window, settled, qtbot):
    screen.draft.click()
    assert screen.job.isVisible() and not screen.draft.isEnabled()
    screen.job.stop.click()
    settled(window)
    assert screen.made.reports == ()
    assert not screen.job.isVisible() and screen.draft.isEnabled()
    assert window.banner.text == ""
