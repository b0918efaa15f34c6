"""The findings screen: raising, wording, withdrawing, evidence, and what was not seen."""

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from auditor_app.domain.journal import Subject
from auditor_app.workflows.evidence import plan_intake, record_intake, seal_stream
from auditor_app.workflows.findings import raise_finding


@pytest.fixture
def screen(window, settled):
    window.go_to("findings")
    settled(window)
    return window.current_screen


@pytest.fixture
def raised(screen, window, settled):
    """Raise two findings beside the window, as another screen would."""
    visit = window.opened.state.id
    for criterion, title in (("17", "Two eyewash stations without flow"), ("19", "Dust complaints closed without an answer")):
        window.background.change(lambda ws, c=criterion, t=title: raise_finding(ws, visit, c, t, grade="major"), owner=window)
    settled(window)
    return screen


def _evidence(window, settled, name="photo.txt"):
    visit = window.opened.state.id

    def take(workspace):
        return record_intake(workspace, visit, [seal_stream(plan_intake(workspace), io.BytesIO(name.encode()), name, size=9)])

    window.background.change(take, owner=window)
    settled(window)
    return next(one.digest for one in window.opened.state.evidence.values() if one.name == name)


def test_a_finding_is_raised_by_keyboard_and_its_words_save_themselves(screen, window, settled, qtbot):
    assert screen.empty.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: screen.new_finding.title.hasFocus(), timeout=2_000)
    screen.new_finding.criterion.setCurrentIndex(screen.new_finding.criterion.findData("17"))
    qtbot.keyClicks(QApplication.focusWidget(), "Two eyewash stations without flow")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(window)
    (finding,) = window.opened.state.findings
    assert (finding.criterion, finding.title, finding.grade) == ("17", "Two eyewash stations without flow", "major")
    assert screen.editor.isVisible() and screen.editor.title.text() == finding.title
    qtbot.keyClicks(screen.editor.texts["statement"], "Stations 2B and 2D had no flow when opened.")
    qtbot.waitUntil(lambda: window.opened.state.findings[0].statement.startswith("Stations 2B"), timeout=3_000)
    qtbot.keyClicks(screen.editor.owner, "Head of the tankhouse")
    window.go_to("criteria")
    settled(window)
    assert window.opened.state.findings[0].owner == "Head of the tankhouse"


def test_each_finding_keeps_its_own_words_when_one_goes_from_one_to_the_other(raised, window, settled, qtbot):
    first, second = window.opened.state.findings
    raised.show_item(first.id)
    qtbot.keyClicks(raised.editor.texts["action"], "for the first")
    raised.show_item(second.id)
    settled(window)
    assert raised.editor.texts["action"].toPlainText() == ""
    assert [one.action for one in window.opened.state.findings] == ["for the first", ""]


def test_grade_and_reach_are_saved_when_chosen_and_the_list_shows_them(raised, window, settled):
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    for box, words in ((raised.editor.grade, "Minor"), (raised.editor.reach, "Systemic")):
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        settled(window)
    changed = window.opened.state.findings[0]
    assert (changed.grade, changed.systemic) == ("minor", True)
    row = next(row for row in raised.side.list.row_model.rows if row.key == finding.id)
    assert row.hint.startswith("Minor")
    assert raised.side.counts.text() == "1 Major, 1 Minor"


def test_a_finding_cannot_lose_its_title_and_what_was_typed_stays(raised, window, settled, qtbot):
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    raised.editor.title.setFocus()
    raised.editor.title.selectAll()
    qtbot.keyClick(raised.editor.title, Qt.Key.Key_Delete)
    qtbot.keyClick(raised.editor.title, Qt.Key.Key_Return)
    settled(window)
    assert raised.editor.title.property("state") == "wrong"
    assert "empty" in window.banner.text
    assert window.opened.state.findings[0].title == finding.title
    qtbot.keyClicks(raised.editor.title, "Eyewash stations fail")
    qtbot.keyClick(raised.editor.title, Qt.Key.Key_Return)
    settled(window)
    assert window.opened.state.findings[0].title == "Eyewash stations fail"
    assert raised.editor.title.property("state") != "wrong"


def test_a_finding_is_withdrawn_with_a_reason_only_and_brought_back_from_where_it_was_said(raised, window, settled, qtbot):
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    withdrawing = raised.editor.withdrawing
    withdrawing.begin.click()
    withdrawing.act.click()
    settled(window)
    assert len(window.opened.state.findings) == 2
    qtbot.keyClicks(withdrawing.reason, "Flow was there on the second test")
    withdrawing.act.click()
    settled(window)
    assert [one.id for one in window.opened.state.findings] != [finding.id] and len(window.opened.state.findings) == 1
    assert "stays in the history" in window.banner.text
    next(act for act in window.banner.findChildren(QPushButton) if act.text() == "Bring it back").click()
    settled(window)
    assert finding in window.opened.state.findings
    assert raised.editor.finding == finding.id


def test_evidence_of_the_visit_is_picked_turned_and_taken_off(raised, window, settled):
    digest = _evidence(window, settled)
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    raised.editor.evidence.link.click()
    assert raised.picker.isVisible() and not raised.picker.link.isEnabled()
    raised.picker.grid.selectAll()
    raised.picker.link.click()
    settled(window)
    assert [(one.evidence, one.target) for one in window.opened.state.links] == [(digest, Subject("finding", finding.id))]
    assert list(raised.editor.evidence.tiles) == [digest]


def test_files_go_to_the_finding_that_is_shown(raised, window, settled, tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("seen")
    finding = window.opened.state.findings[1]
    raised.show_item(finding.id)
    raised.take_files([file])
    settled(window)
    assert [link.target.id for link in window.opened.state.links] == [finding.id]


def test_what_was_not_seen_is_noted_with_its_criteria_and_taken_back(screen, window, settled, qtbot):
    screen.side.limit.click()
    qtbot.keyClicks(screen.new_limit.what, "The night shift in the tankhouse")
    screen.new_limit.note.click()
    settled(window)
    assert window.opened.state.limits == ()  # the reason is missing
    qtbot.keyClicks(screen.new_limit.why, "Maintenance stop")
    screen.new_limit.criteria.item(16).setCheckState(Qt.CheckState.Checked)
    screen.new_limit.note.click()
    settled(window)
    (limit,) = window.opened.state.limits
    assert (limit.why, limit.criteria) == ("Maintenance stop", ("17",))
    assert screen.limit.isVisible() and screen.limit.what.text() == "The night shift in the tankhouse"
    screen.limit.withdrawing.begin.click()
    qtbot.keyClicks(screen.limit.withdrawing.reason, "Seen on the last day after all")
    qtbot.keyClick(screen.limit.withdrawing.reason, Qt.Key.Key_Return)
    settled(window)
    assert window.opened.state.limits == () and screen.empty.isVisible()
