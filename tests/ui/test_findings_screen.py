"""The findings screen: raising, wording, withdrawing, evidence, and what was not seen."""

import io
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from auditor_app.domain.journal import Subject
from auditor_app.ui.screens.findings.view_state import rows_of
from auditor_app.workflows.criteria import answer
from auditor_app.workflows.finding_register import Wanted
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding
from auditor_app.workflows.history import undo
from auditor_app.workflows.intake import plan_intake, record_intake, seal_stream
from auditor_app.workflows.visits import describe_visit


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
    assert screen.editor.isVisible() and screen.editor.title.toPlainText() == finding.title
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
    qtbot.keyClicks(screen.limit.what, "!")
    qtbot.keyClicks(screen.limit.why, "Announced late. ")
    screen.limit.change.click()
    screen.limit.ticks.item(0).setCheckState(Qt.CheckState.Checked)
    screen.leave()
    settled(window)
    (limit,) = window.opened.state.limits
    assert (limit.what, limit.criteria) == ("!The night shift in the tankhouse", ("1", "17"))
    assert limit.why == "Announced late. Maintenance stop"
    assert screen.limit.ticks.isVisible(), "the list stays open while ticks are set"
    screen.limit.withdrawing.begin.click()
    qtbot.keyClicks(screen.limit.withdrawing.reason, "Seen on the last day after all")
    qtbot.keyClick(screen.limit.withdrawing.reason, Qt.Key.Key_Return)
    settled(window)
    assert window.opened.state.limits == () and screen.empty.isVisible()


def test_a_limit_without_a_reason_is_not_saved_and_says_so(screen, window, settled, qtbot):
    visit = window.opened.state.id
    window.background.change(lambda ws: note_limit(ws, visit, "The night shift", "Road closed"), owner=window)
    settled(window)
    screen.show_item(window.opened.state.limits[0].id)
    screen.limit.why.selectAll()
    qtbot.keyClick(screen.limit.why, Qt.Key.Key_Delete)
    screen.leave()
    settled(window)
    assert window.opened.state.limits[0].why == "Road closed"
    assert screen.limit.why.has_unsaved and window.banner.text


def test_a_finding_is_moved_to_another_criterion_and_back_by_undo(raised, window, settled):
    raised.show_item(window.opened.state.findings[0].id)
    box = raised.editor.criterion
    assert box.currentText().startswith("17 ")
    box.setCurrentIndex(box.findData("18"))
    box.activated.emit(box.currentIndex())
    settled(window)
    assert window.opened.state.findings[0].criterion == "18"
    assert "18 " in raised.editor.to_criterion.accessibleName()
    visit = window.opened.state.id
    window.background.change(lambda ws: undo(ws, visit), owner=window)
    settled(window)
    assert [one.criterion for one in window.opened.state.findings] == ["17", "19"], "the move is undone, the finding stays"
    assert box.currentText().startswith("17 ")


def test_a_check_that_is_not_met_leads_to_a_finding_with_its_note(screen, window, settled, qtbot):
    visit = window.opened.state.id
    window.background.change(lambda ws: answer(ws, visit, "17-d1", "not_met", note="The register ends in March."), owner=window)
    settled(window)
    window.go_to("criteria", "17")
    settled(window)
    rows = window.current_screen.page.rows
    assert rows["17-d1"].flag.isVisible() and not rows["17-d2"].flag.isVisible(), "only what fails leads to a finding"
    rows["17-d1"].flag.click()
    assert window.current_screen is screen and screen.new_finding.isVisible()
    assert screen.new_finding.criterion.currentData() == "17" and not screen.new_finding.criterion.isEnabled()
    qtbot.keyClicks(screen.new_finding.title, "No register since March")
    qtbot.keyClick(screen.new_finding.title, Qt.Key.Key_Return)
    settled(window)
    (finding,) = window.opened.state.findings
    assert (finding.check, finding.objective_evidence) == ("17-d1", "The register ends in March.")
    assert screen.editor.isVisible() and screen.editor.finding == finding.id


def test_closing_a_finding_waits_until_something_shows_it(raised, window, settled, qtbot):
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    follow_up = raised.editor.follow_up
    follow_up.state.buttons["closed"].click()
    settled(window)
    assert window.opened.state.findings[0].state == "open" and follow_up.waits
    assert follow_up.state.key == "closed", "the choice stays while it waits"
    qtbot.keyClicks(follow_up.because, "The saw was scrapped.")
    follow_up.commit()
    settled(window)
    told = window.opened.state.findings[0]
    assert (told.state, told.closed_because) == ("closed", "The saw was scrapped.") and told.closed_on
    follow_up.state.buttons["in_progress"].click()
    settled(window)
    assert (window.opened.state.findings[0].state, window.opened.state.findings[0].closed_on) == ("in_progress", "")


def test_evidence_that_shows_the_closure_closes_what_waits_for_it(raised, window, settled):
    digest = _evidence(window, settled)
    finding = window.opened.state.findings[0]
    raised.show_item(finding.id)
    raised.editor.follow_up.state.buttons["closed"].click()
    raised.editor.follow_up.evidence.link.click()
    raised.picker.grid.selectAll()
    raised.picker.link.click()
    settled(window)
    assert [(one.evidence, one.stance) for one in window.opened.state.links] == [(digest, "closes")]
    assert window.opened.state.findings[0].state == "closed"
    assert list(raised.editor.follow_up.evidence.tiles) == [digest] and not raised.editor.evidence.tiles


def test_the_sites_word_proposes_the_state_and_never_sets_it(raised, window, settled):
    raised.show_item(window.opened.state.findings[0].id)
    raised.editor.position.buttons["disagrees"].click()
    settled(window)
    assert (window.opened.state.findings[0].position, window.opened.state.findings[0].state) == ("disagrees", "open")
    raised.editor.follow_up.replied.click()
    settled(window)
    assert window.opened.state.findings[0].state == "replied"
    assert not raised.editor.follow_up.replied.isVisible()


def test_the_day_that_the_form_proposes_is_taken_by_one_click(raised, window, settled):
    visit = window.opened.state.id
    raised.show_item(window.opened.state.findings[0].id)
    assert not raised.editor.by_form.isVisible(), "the days of the visit are not known"
    window.background.change(lambda ws: describe_visit(ws, visit, {"ends_on": "2026-11-19"}), owner=window)
    settled(window)
    assert raised.editor.due_hint.text() == "Proposed: 19 Nov 2027, 12 months after the visit, by the form"
    raised.editor.by_form.click()
    settled(window)
    assert window.opened.state.findings[0].due == "2027-11-19"
    assert not raised.editor.by_form.isVisible()
    assert raised.editor.due_hint.text() == "12 months after the visit, by the form"


def test_the_list_is_filtered_and_says_of_how_many(raised, window, settled):
    visit, second = window.opened.state.id, window.opened.state.findings[1].id
    window.background.change(lambda ws: revise_finding(ws, visit, second, grade="minor", due="2020-01-01"), owner=window)
    settled(window)

    def titles():
        return [row.title for row in raised.side.list.row_model.rows if row.mark]

    assert len(titles()) == 2
    for box, key in ((raised.side.filter.grade, "minor"), (raised.side.filter.criterion, "19")):
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
        assert titles() == ["Dust complaints closed without an answer"]
        assert raised.side.list.row_model.rows[0].side == "1 of 2"
        raised.side.filter.clear()
    raised.side.filter.overdue.click()
    assert titles() == ["Dust complaints closed without an answer"]
    assert "overdue since 1 Jan 2020" in raised.side.list.row_model.rows[1].hint
    raised.side.filter.state.setCurrentIndex(raised.side.filter.state.findData("closed"))
    raised.side.filter.state.activated.emit(4)
    assert titles() == []


def test_the_improvement_plan_is_sorted_by_day_and_leads_to_what_a_closure_needs(raised, window, settled):
    visit = window.opened.state.id
    first, second = window.opened.state.findings
    window.background.change(lambda ws: revise_finding(ws, visit, second.id, due="2026-01-31", action="Answer all"), owner=window)
    settled(window)
    window.go_to("findings", "improvement plan")
    assert list(raised.plan.rows) == [second.id, first.id]
    raised.plan.rows[first.id].state.choose("in_progress")
    settled(window)
    assert window.opened.state.findings[0].state == "in_progress" and raised.plan.isVisible()
    raised.plan.rows[second.id].state.choose("closed")
    settled(window)
    assert raised.editor.finding == second.id and raised.editor.follow_up.waits
    assert window.opened.state.findings[1].state == "open"


def test_the_check_that_a_finding_comes_from_is_quoted_without_a_second_full_stop(screen, window, settled):
    window.go_to("findings", "check:17-d1")
    settled(window)
    told = screen.new_finding.shown_by.text()
    assert told.startswith("From the check “") and "” Its" not in told and ".”" not in told


def test_a_finding_in_the_list_names_its_criterion_by_number_and_the_plan_has_one_name(raised):
    visit = raised.opened
    told = replace(visit.state.findings[0], statement="a", objective_evidence="b", requirement="c")
    shown = replace(visit, state=replace(visit.state, findings=(told, *visit.state.findings[1:])))
    assert rows_of(shown, Wanted(), "2026-11-17")[1].hint == "Major · criterion 17"
    assert raised.side.plan.text() == "Improvement plan"


def test_the_rail_leads_from_the_improvement_plan_back_to_the_findings(raised, window, settled):
    raised.show_item("improvement plan")
    assert raised.plan.isVisible()
    window.navigation.rail._buttons["findings"].click()
    assert raised.editor.isVisible() and not raised.plan.isVisible()
