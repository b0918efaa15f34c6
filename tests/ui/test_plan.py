"""The plan in a real window over a real workspace, worked with keys as an auditor does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from auditor_app.workflows.history import history
from auditor_app.workflows.visits import describe_visit


def _press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def _type(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)


@pytest.fixture
def plan(window, settled):
    """Turn to a part of the plan, the keys going to its list."""

    def turn(part):
        window.go_to("plan", part)
        window.activateWindow()
        settled(window)
        return window.current_screen.parts[part]

    return turn


def _state(window):
    return window.opened.state


def test_facts_and_the_profile_of_the_site_are_saved_as_they_are_left(window, plan, settled, qtbot):
    fields = {name: field for card in plan("site").cards for name, field in card.fields.items()}
    fields["country"].setFocus()
    _type(qtbot, "Chile")
    fields["communities"].setFocus()
    _type(qtbot, "Los Molles, 4 km")
    window.go_to("criteria")
    settled(window)
    assert _state(window).facts["country"] == "Chile"
    assert _state(window).facts["communities"] == "Los Molles, 4 km"


def test_lines_are_added_one_after_the_other_with_enter(window, plan, settled, qtbot):
    areas = plan("areas").list
    areas.draft.setFocus()
    for name in ("Tankhouse", "Acid plant"):
        _type(qtbot, name)
        _press(qtbot, Qt.Key.Key_Return)
        settled(window)
        assert areas.draft.first.hasFocus()
    assert [area.name for area in _state(window).areas] == ["Tankhouse", "Acid plant"]
    assert window.current_screen.tabs["areas"].text().endswith("0/2")


def test_a_tab_says_how_much_of_how_much_is_done_and_no_bare_number(window, plan, settled):
    for part, line in (("workforce", {"group": "Women"}), ("interviews", {"group": "Women", "planned": 4})):
        plan(part).list.add(**line)
        settled(window)
    tabs = window.current_screen.tabs
    assert tabs["interviews"].text().endswith("0/4")
    assert not any(character.isdigit() for character in tabs["workforce"].text() + tabs["days"].text())


def test_tab_goes_through_the_lines_in_order_and_down_goes_to_the_same_cell_below(window, plan, settled, qtbot):
    areas = plan("areas").list
    for name in ("Tankhouse", "Acid plant"):
        areas.add(name=name)
    settled(window)
    first, second = areas.rows.values()
    first.focus_on("name")
    _press(qtbot, Qt.Key.Key_Tab)
    assert first.editors["why"].hasFocus()
    first.focus_on("criteria")
    _press(qtbot, Qt.Key.Key_Down)
    assert second.editors["criteria"].hasFocus()
    second.remove.setFocus()
    _press(qtbot, Qt.Key.Key_Tab)
    assert areas.draft.first.hasFocus()


def test_a_cell_is_saved_when_it_is_left_and_a_wrong_day_is_told_and_stays(window, plan, settled, qtbot):
    areas = plan("areas").list
    areas.add(name="Tankhouse")
    settled(window)
    (row,) = areas.rows.values()
    row.focus_on("criteria")
    _type(qtbot, "17, 4")
    row.focus_on("walked_on")
    _type(qtbot, "2026-13-40")
    row.focus_on("name")
    settled(window)
    assert _state(window).areas[0].criteria == ("17", "4")
    assert _state(window).areas[0].walked_on == ""
    assert row.editors["walked_on"].text() == "2026-13-40"
    assert row.editors["walked_on"].property("state") == "wrong"
    assert "2026-11-16" in window.banner.text
    assert window.current_screen.unsaved


def test_one_click_says_that_a_document_came_and_notes_the_day(window, plan, settled, qtbot):
    documents = plan("documents").list
    documents.add(title="Payroll of August")
    settled(window)
    (asked,) = _state(window).documents
    assert asked.state == "asked"
    assert asked.asked_on
    (row,) = documents.rows.values()
    row.editors["state"].choose("received")
    settled(window)
    assert _state(window).documents[0].state == "received"
    assert _state(window).documents[0].received_on == asked.asked_on
    row.editors["state"].setFocus()
    _press(qtbot, Qt.Key.Key_Down)
    settled(window)
    assert _state(window).documents[0].state == "received"
    row.editors["state"].choose("not_received")
    settled(window)
    assert _state(window).documents[0].state == "not_received"
    assert _state(window).documents[0].received_on == ""


def test_a_line_that_was_taken_out_comes_back_with_undo_in_its_place(window, plan, settled, qtbot):
    areas = plan("areas").list
    for name in ("Tankhouse", "Acid plant", "Camp"):
        areas.add(name=name, why="seen last time")
    settled(window)
    before = _state(window).areas
    areas.rows[before[1].id].remove.setFocus()
    _press(qtbot, Qt.Key.Key_Space)
    settled(window)
    assert [area.name for area in _state(window).areas] == ["Tankhouse", "Camp"]
    assert areas.removed.undo.hasFocus()
    _press(qtbot, Qt.Key.Key_Space)
    settled(window)
    assert _state(window).areas == before
    assert areas.rows[before[1].id].editors["name"].hasFocus()
    assert areas.removed.isHidden()


def test_a_group_that_the_form_wants_heard_is_planned_with_one_click(window, plan, settled, qtbot):
    part = plan("interviews")
    word = part.suggestions.words[0]
    assert word == "Contractors"
    part.list.add(group=word)
    settled(window)
    assert [(quota.group, quota.planned) for quota in _state(window).quotas] == [("Contractors", 1)]
    assert word not in part.suggestions.words
    (row,) = part.list.rows.values()
    row.focus_on("planned")
    QApplication.focusWidget().selectAll()
    _type(qtbot, "6")
    window.current_screen.leave()
    settled(window)
    assert _state(window).quotas[0].planned == 6


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_half_typed_becomes_a_line_when_the_page_is_left(window, plan, settled, qtbot):
    people = plan("workforce").list
    people.draft.setFocus()
    _type(qtbot, "Employees")
    people.draft.fields["people"].setFocus()
    _type(qtbot, "1240")
    window.go_to("criteria")
    settled(window)
    assert [(one.group, one.people) for one in _state(window).workforce] == [("Employees", 1240)]
    assert people.draft.first.text() == ""


def test_the_days_of_the_visit_are_laid_out_at_once(window, plan, settled, qtbot):
    part = plan("days")
    for name, day in (("starts_on", "2026-11-16"), ("ends_on", "2026-11-18")):
        part.facts.fields[name].setFocus()
        _type(qtbot, day)
    part.facts.fields["team"].setFocus()
    settled(window)
    part.lay_out.click()
    settled(window)
    assert [day.date for day in _state(window).days] == ["2026-11-16", "2026-11-17", "2026-11-18"]
    assert part.lay_out.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_word_against_the_form_waits_for_its_reason_and_both_are_saved_together(window, plan, settled, qtbot):
    row = plan("applicability").rows["17"]
    qtbot.mouseClick(row.choice.buttons["no"], Qt.MouseButton.LeftButton)
    settled(window)
    assert "17" not in _state(window).criteria
    assert row.because.hasFocus()
    assert "Say why first" in row.said.text()
    assert window.current_screen.unsaved
    _type(qtbot, "Nobody works here any more")
    row.assigned.setFocus()
    _type(qtbot, "Rosa Vidal")
    window.current_screen.leave()
    settled(window)
    kept = _state(window).criteria["17"]
    assert (kept.applies, kept.applies_because, kept.assigned) == ("no", "Nobody works here any more", "Rosa Vidal")
    assert window.current_screen.tabs["applicability"].text().endswith("/33")
    assert not row.scoped.applies
    qtbot.mouseClick(row.choice.buttons["yes"], Qt.MouseButton.LeftButton)
    settled(window)
    assert _state(window).criteria["17"].applies == ""
    assert row.because.isHidden()


def test_ctrl_page_down_turns_to_the_next_part_and_saves_the_one_left(window, plan, settled, qtbot):
    site = plan("site")
    field = site.cards[0].fields["owner"]
    field.setFocus()
    _type(qtbot, "Andina Metales")
    _press(qtbot, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settled(window)
    assert window.current_screen.key == "days"
    assert _state(window).facts["owner"] == "Andina Metales"


def test_a_choice_writes_no_more_entries_than_it_changes(window, plan, settled):
    areas = plan("areas").list
    areas.add(name="Tankhouse")
    settled(window)
    (row,) = areas.rows.values()
    row.editors["walked"].choose("walked")
    settled(window)
    entries = []
    visit = _state(window).id
    window.background.run(lambda workspace: history(workspace, visit), owner=window, done=entries.extend)
    settled(window)
    assert sorted(one.field for one in entries if one.subject_kind == "area") == ["name", "walked_by", "walked_on"]


def test_ctrl_z_takes_a_line_that_was_just_added_away_whole(window, plan, settled, qtbot):
    part = plan("documents")
    qtbot.keyClicks(part.list.draft.first, "Payroll of one month")
    qtbot.keyClick(part.list.draft.first, Qt.Key.Key_Return)
    settled(window)
    assert [one.title for one in _state(window).documents] == ["Payroll of one month"]
    window.navigation.undo()
    settled(window)
    assert _state(window).documents == ()
    assert part.list.rows == {}


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("light", 200)])
@pytest.mark.parametrize("part", ["site", "documents", "interviews", "applicability"])
def test_nothing_of_the_plan_is_cut_off_at_any_text_size(window, theme, plan, settled, mode, text_size, part):
    shown = plan(part)
    window.resize(1280, 720)
    theme.wear(mode, text_size)
    QApplication.processEvents()
    area = shown.findChild(QScrollArea)
    needed, there = area.widget().minimumSizeHint().width(), area.viewport().width()
    theme.wear("light", 100)
    assert needed <= there


def test_a_line_grows_with_what_is_typed_into_it_and_shrinks_again(window, plan, settled, qtbot):
    window.resize(1280, 720)
    areas = plan("areas").list
    areas.add(name="Tankhouse")
    areas.add(name="Acid plant")
    settled(window)
    row, below = areas.rows.values()
    low = row.height()
    name = row.editors["name"]
    name.setFocus()
    qtbot.keyClicks(name, " and everything around it that belongs to the electrolytic refinery")
    qtbot.waitUntil(lambda: row.height() > low and below.y() >= row.y() + row.height())
    name.selectAll()
    qtbot.keyClicks(name, "T")
    qtbot.waitUntil(lambda: row.height() == low)


def test_beside_the_code_of_a_country_stands_its_name(window, plan, settled):
    (card, *_others) = plan("site").cards
    assert card.titles["country"].text() == "Country"
    visit = window.opened.state.id
    for typed, title in (("CL", "Country · Chile"), ("Chile", "Country")):
        window.background.change(lambda workspace, text=typed: describe_visit(workspace, visit, {"country": text}), owner=window)
        settled(window)
        assert (card.fields["country"].toPlainText(), card.titles["country"].text()) == (typed, title)
