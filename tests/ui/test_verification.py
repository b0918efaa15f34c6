"""Checking signatures in the window: kept reports, altered ones, bundles, files from anywhere; each question with its own answer."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QLineEdit

import auditor_app.signing
import auditor_app.workflows.verifying
from auditor_app.ui.glyphs import BAD, GOOD, WAITING
from auditor_app.ui.screens.verification.words import REASONS, detail_words
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from tests.ui.at_the_office import TestOffice, enrolled


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def signed(window, settled, office, tmp_path):
    """Sign a report in the window's workspace; gives it as a file."""
    visit, target = window.opened.state.id, tmp_path / "report.pdf"

    def work(workspace):
        enrolled(workspace, office)
        target.write_bytes(report_bytes(workspace, make_report(workspace, visit, sign=True)))

    window.background.run(work, owner=window)
    settled(window)
    return target


@pytest.fixture
def view(window, settled):
    window.go_to("verification")
    settled(window)
    return window.current_screen.view


def checked(view, window, settled, path):
    view.check_file(path)
    settled(window)
    return view.answers.result


def answers(result):
    return [line.answer for line in result.lines]


def words_in(widget):
    QApplication.processEvents()  # what was just put into a layout is shown with the next event
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_a_kept_report_is_checked_question_by_question(signed, window, settled):
    window.go_to("report")
    settled(window)
    made = window.current_screen.made
    next(one for one in made.findChildren(QAbstractButton) if one.text() == "Check it").click()
    settled(window)
    view = window.current_screen.view
    result = view.answers.result
    assert answers(result) == ["yes"] * 5
    assert result.signer == "Rosa Vidal" and result.mark == GOOD
    said = words_in(view)
    assert "Signed by Rosa Vidal" in said and "Level B-B: signed" in said and "the signer's own word" in said
    assert "Nothing was added to the file" in said and "Cordillera Assurance Office" in said
    assert window.navigation.rail._buttons["report"].isChecked(), "it stands under Report & sign"


@pytest.mark.parametrize("how", ["put behind", "byte changed"])
def test_an_altered_report_has_its_no_with_the_reason_and_no_tick_for_the_whole(how, signed, view, window, settled):
    data = bytearray(signed.read_bytes())
    if how == "put behind":
        data += b"%% more\n"
    else:
        data[data.index(b"/Type /Page")] ^= 1
    signed.write_bytes(bytes(data))
    result = checked(view, window, settled, signed)
    assert "no" in answers(result) and result.mark == BAD
    assert "no" in result.summary and "Do not rely on it" in words_in(view)
    wrong = next(line for line in result.lines if line.answer == "no")
    assert wrong.reason and wrong.reason in words_in(view)
    assert "Nothing was added" not in words_in(view)


def test_without_an_office_trust_is_not_checked_and_says_what_to_do(signed, made, window, view, settled, tmp_path):
    data = signed.read_bytes()
    window.background.run(lambda workspace: _forget_office(workspace), owner=window)
    settled(window)
    signed.write_bytes(data)
    result = checked(view, window, settled, signed)
    assert answers(result) == ["yes", "yes", "not_checked", "yes", "yes"] and result.mark == WAITING
    assert "Import the office's answer or profile first" in words_in(view)


def _forget_office(workspace):
    with workspace.transaction():
        workspace.set_fact("office_profile", None)


def test_a_pdf_without_a_signature_and_a_file_that_is_none_are_told(view, window, settled, tmp_path):
    plain, text = tmp_path / "plain.pdf", tmp_path / "notes.txt"
    plain.write_bytes(b"%PDF-1.7\n%%EOF\n")
    text.write_text("hello")
    result = checked(view, window, settled, plain)
    assert "no" in answers(result) and result.level == ("", "")
    assert "no PDF that can be read" in words_in(view)
    assert checked(view, window, settled, text) is None
    assert view.wrong.isVisible() and view.wrong.text()


@pytest.fixture
def bundle(signed, window, settled, tmp_path):
    visit, out = window.opened.state.id, tmp_path / "out" / "bundle"
    out.parent.mkdir()
    window.background.run(lambda workspace: make_bundle(workspace, visit, out=out), owner=window)
    settled(window)
    return out


def test_a_bundle_is_opened_with_ones_own_key_and_a_report_held_against_it(bundle, signed, view, window, settled):
    result = checked(view, window, settled, bundle)
    assert set(answers(result)) == {"yes"} and len(result.lines) > 10 and "1 report" in result.about[0]
    checked(view, window, settled, signed)
    assert view.hold.isVisible()
    view.check_file(signed, bundle)
    settled(window)
    assert view.answers.result.lines[-1].question.startswith("Is this report one of the bundle's")
    assert view.answers.result.lines[-1].answer == "yes"
    inside = next((bundle / "data").rglob("*.age"))
    inside.write_bytes(inside.read_bytes()[:-1] + b"x")
    assert checked(view, window, settled, bundle).mark == BAD


def test_a_bundle_that_is_sealed_to_others_is_not_called_damaged(bundle, view, window, settled):
    from auditor_app.vault.keys import Secret

    window.background.run(lambda workspace: object.__setattr__(workspace, "secret", Secret.new()), owner=window)
    settled(window)
    result = checked(view, window, settled, bundle)
    assert result.mark == WAITING and "no" not in answers(result)
    assert "only their key opens it" in words_in(view)


def drop(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(400, 300), *how)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(400, 300), *how))


def test_a_pdf_dropped_on_report_and_sign_is_checked(signed, window, settled):
    window.go_to("report")
    settled(window)
    drop(window.current_screen, signed)
    settled(window)
    assert window.navigation.stage == "verification"
    assert window.current_screen.view.answers.result.name == "report.pdf"


def test_from_all_visits_and_the_palette_any_file_can_be_checked(signed, window, settled, monkeypatch):
    window.show_visits()
    settled(window)
    window.navigation.visits.verify.click()
    view = window.navigation.verification
    assert window.navigation.page is view
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(signed), ""))
    view.choose.click()
    settled(window)
    assert answers(view.answers.result) == ["yes"] * 5
    view.back.click()
    settled(window)
    assert window.navigation.page is window.navigation.visits
    titles = [row.title for row, _act in window.navigation._commands()]
    assert titles.count("Check a signature") == 1


def test_a_check_can_be_stopped_and_another_begun(bundle, view, window, settled):
    view.check_file(bundle)
    assert view.job.isVisible() and not view.choose.isEnabled()
    view.job.stop.click()
    settled(window)
    assert view.answers.result is None and view.choose.isEnabled() and not view.wrong.isVisible()


def test_checking_changes_nothing(signed, view, window, settled):
    before = signed.read_bytes()
    counts = []
    visit = window.opened.state.id
    checked(view, window, settled, signed)
    window.background.run(lambda workspace: counts.append(len(list_reports(workspace, visit))), owner=window)
    settled(window)
    assert signed.read_bytes() == before and counts == [1]


def test_every_control_has_a_name(signed, view, window, settled):
    checked(view, window, settled, signed)
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        assert all(one.accessibleName() for one in view.findChildren(kind) if one.isVisible())


def test_every_reason_that_a_check_can_give_has_words():
    folder = Path(auditor_app.signing.__file__).parent
    files = [*folder.glob("*.py"), Path(auditor_app.workflows.verifying.__file__)]
    codes = {code for path in files for code in _codes(ast.parse(path.read_text()))}
    assert len(codes) > 25
    assert not codes - set(REASONS)


def _codes(tree):
    """Give the reason codes that a module answers with: of no("…"), not_checked("…") and Answers.no("question", "…")."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in {"no", "not_checked", "_unanswered"}:
            yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"no", "not_checked"}:
            at = 1 if node.func.attr == "no" else 0
            yield from (one.value for one in node.args[at : at + 1] if isinstance(one, ast.Constant))


def test_what_was_changed_is_named_in_words_that_can_be_translated_and_a_name_stays():
    assert detail_words("page 2 content, page 3 added, document properties") == (
        "page 2: what it shows, page 3 was added, title or other properties of the file"
    )
    assert detail_words("page 1 removed, page 4 exchanged, page 5 annotations").endswith("page 5: its notes and fields")
    assert detail_words("Andes Office CA, 2026-11-02") == "Andes Office CA, 2026-11-02" and detail_words("") == ""
