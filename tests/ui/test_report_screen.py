"""The report screen: what is missing, the way to a certificate, making, signing, looking, exporting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QStyleOptionComboBox

from auditor_app.domain.journal import Subject
from auditor_app.workflows.coverage import standing
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
    rows = {row.key: row for row in screen.missing.row_model.rows}
    incomplete = "rating_incomplete criterion"
    assert rows[f"{incomplete} 17"].title == "Criterion 17 still lacks: rating" and rows[f"{incomplete} 17"].side == "criterion 17"
    assert rows[f"{incomplete} 19"].title == "Criterion 19 still lacks: finding"
    screen.missing.show_current(f"{incomplete} 17")
    screen.missing.setFocus()
    qtbot.keyClick(screen.missing, Qt.Key.Key_Return)
    settled(window)
    assert window.current_screen.number == "17"


def test_a_field_with_two_values_leads_from_report_coverage_and_criterion_to_where_one_chooses(screen, window, settled, qtbot):
    visit = window.opened.state.id

    def elsewhere(workspace):
        rate(workspace, visit, "17", "fully", because="Seen.")
        with workspace.recording(visit) as recorder:
            recorder.add(Subject("criterion", "17"), "rating", "does_not", replaces=(), reason="")
        return recorder.changes

    window.background.change(elsewhere, owner=window)
    settled(window)
    key = "two_values criterion 17"
    assert screen.missing.row_model.rows[1].key == key and screen.quality.asks
    assert len([row for row in screen.missing.row_model.rows if row.mark]) == len(standing(window.opened).gaps), "as Coverage counts"
    for stage, item, lists in (
        ("report", "", lambda shown: shown.missing),
        ("coverage", "gaps", lambda shown: shown.gaps),
        ("criteria", "17", lambda shown: shown.page.gaps.list),
    ):
        window.go_to(stage, item)
        settled(window)
        rows = lists(window.current_screen)
        rows.opened.emit(next(row.key for row in rows.row_model.rows if row.key.startswith("two_values")))
        settled(window)
        assert window.navigation.stage == "history", stage
        assert window.current_screen.clashes.isVisible()
    assert window.current_screen.clashes.title.text() == "1 field has two values"


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
    assert "33 things stop sign-off" in signing.quality.question.text() and signing.quality.really.isVisible()
    assert not signing.made.reports and signing.quality.not_now.hasFocus()
    signing.quality.really.click()
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


def test_what_stops_sign_off_is_counted_before_signing_with_the_way_to_it(signing, window, settled):
    assert signing.quality.words.text().startswith("33 stop sign-off")
    signing.sign.click()
    signing.quality.not_now.click()
    settled(window)
    assert not signing.quality.really.isVisible() and not signing.made.reports
    signing.draft.click()
    settled(window)
    assert not signing.made.reports[0].signed, "a draft needs no answer"
    signing.quality.look.click()
    assert window.current_screen is not signing
    assert window.current_screen.gaps.isVisible()


def test_only_kinds_that_are_signed_can_be_signed_and_each_says_what_it_is_for(signing, settled, window):
    purposes = set()
    for row in range(signing.kind.count()):
        signing.kind.setCurrentIndex(row)
        purposes.add(signing.purpose.text())
        assert signing.sign.isEnabled() == (signing.kind.currentData() not in {"summary", "editable"})
        assert signing.draft.isEnabled()
    assert [signing.kind.itemData(row) for row in range(signing.kind.count())] == ["findings", "full", "summary", "plan", "editable"]
    assert len(purposes) == 5


def test_the_editable_copy_is_exported_as_a_docx_and_has_no_preview(screen, settled, window, tmp_path, monkeypatch):
    screen.kind.setCurrentIndex(screen.kind.findData("editable"))
    screen.draft.click()
    settled(window)
    (made,) = screen.made.reports
    assert (made.kind, made.ending, made.state) == ("editable", "docx", "Never signed")
    assert not [one for one in screen.made.findChildren(QAbstractButton) if one.text() == "Look at it"]
    proposed = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (proposed.append(args[2]), (str(tmp_path / "copy.docx"), ""))[1])
    screen.made.exported.emit(made)
    settled(window)
    assert proposed[0].endswith(".docx")
    assert (tmp_path / "copy.docx").read_bytes().startswith(b"PK")


def test_a_line_of_the_preview_leads_to_its_place_in_the_visit_by_click_and_by_keys(screen, settled, window, qtbot):
    screen.draft.click()
    settled(window)
    screen.made.looked.emit(screen.made.reports[0])
    settled(window)
    preview = screen.preview
    assert preview.about.text().startswith("Click a line")
    for _turn in range(preview.pages):
        if ("criterion", "17") in preview.sheet.here():
            break
        preview.turn(1)
        settled(window)
    place = next(one for one in preview.sheet.places if (one.page, one.kind, one.id) == (preview.page, "criterion", "17"))
    middle = preview.sheet.rect_of(place).center()
    assert preview.sheet.subject_at(middle) == ("criterion", "17")
    preview.sheet.setFocus()
    for _step in range(preview.sheet.here().index(("criterion", "16")) + 1):
        qtbot.keyClick(preview.sheet, Qt.Key.Key_Down)
    assert preview.about.text().startswith("Go to: 16 ")
    qtbot.keyClick(preview.sheet, Qt.Key.Key_Return)
    settled(window)
    assert window.current_screen.number == "16"
    window.go_to("report")
    settled(window)
    assert preview.isVisible(), "the report is still open on the way back"
    qtbot.mouseClick(preview.sheet, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    settled(window)
    assert window.current_screen.number == "17"


def test_the_choice_of_photos_is_shown_in_full(screen, window, settled):
    window.resize(1280, 720)
    settled(window)
    for place in range(screen.photos.count()):
        screen.photos.setCurrentIndex(place)
        option = QStyleOptionComboBox()
        screen.photos.initStyleOption(option)
        assert option.currentText == screen.photos.currentText()


def test_the_rail_leads_from_a_page_of_a_report_back_to_the_reports(screen, window, settled):
    screen.make(False)
    settled(window)
    screen.look_at(screen.made.reports[0])
    settled(window)
    assert screen.preview.isVisible()
    window.go_to("criteria")
    window.navigation.rail._buttons["report"].click()
    assert screen.preview.isVisible(), "what was open is still open on the way back"
    window.navigation.rail._buttons["report"].click()
    assert screen.draft.isVisible() and not screen.preview.isVisible()
