"""The coverage screen in a real window over a real workspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from auditor_app.ui.screens.coverage.view_state import in_columns
from auditor_app.workflows.lists import add_line, revise_line


@pytest.fixture
def add(window, settled):
    """Add a line to a list of the visit; gives its id."""

    def add(kind, **fields):
        made, visit = [], window.opened.state.id
        window.background.change(lambda workspace: add_line(workspace, visit, kind, **fields), owner=window, done=made.append)
        settled(window)
        return made[0][0]

    return add


@pytest.fixture
def screen(window, settled):
    window.go_to("coverage")
    window.activateWindow()
    settled(window)
    return window.current_screen


def _press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_it_counts_who_was_heard_what_was_walked_and_what_came(window, screen, add):
    quota = add("quota", group="Contractors", planned=4)
    add("interview", quota=quota, group="Contractors", people=3, criteria=["17"], consent="given")
    add("area", name="Tankhouse", walked_on="2026-11-17")
    add("area", name="Camp")
    add("document", title="Payroll", state="received")
    assert screen.heard.total.text() == "3 of 4 people"
    assert screen.heard.lines[quota].accessibleName() == "Contractors: 3 of 4"
    assert screen.walked.total.text() == "1 of 2 walked"
    assert screen.received.total.text() == "1 of 1 settled"


def test_the_matrix_says_in_words_what_a_criterion_rests_on_and_leads_to_it(window, screen, add, qtbot):
    add("interview", group="Contractors", criteria=["17"], consent="given")
    table = next(table for table in screen.tables.values() if any(row.number == "17" for row in table.matrix.rows))
    at = [row.number for row in table.matrix.rows].index("17")
    heard = table.matrix.index(at, 2)
    assert heard.data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 interviews, the only kind of source")
    table.setFocus()
    table.setCurrentIndex(heard)
    _press(qtbot, Qt.Key.Key_Return)
    assert window.current_screen.number == "17"


def test_gaps_are_grouped_by_severity_folded_and_lead_to_their_place(window, screen, add, qtbot):
    area = add("area", name="Camp")
    keys = [row.key for row in screen.gaps.row_model.rows]
    assert keys[0] == "error"
    assert keys.index("error") < keys.index("warning") < keys.index(f"area_not_walked area {area}")
    assert "more rating_incomplete" in keys
    screen.gaps.setFocus()
    screen.gaps.show_current("more rating_incomplete")
    _press(qtbot, Qt.Key.Key_Return)
    assert len([row for row in screen.gaps.row_model.rows if row.key.startswith("rating_incomplete ")]) == 33
    screen.gaps.show_current(f"area_not_walked area {area}")
    _press(qtbot, Qt.Key.Key_Return)
    assert window.current_screen.key == "areas"
    assert window.current_screen.parts["areas"].list.rows[area].editors["name"].hasFocus()


def test_what_is_missing_goes_on_todays_list_once_and_is_ticked_there(window, screen, add, settled, qtbot):
    add("document", title="Payroll")
    screen.put.click()
    settled(window)
    todos = window.opened.state.todos
    assert "“Payroll” was asked for and has not come" in [todo.text for todo in todos]
    assert not screen.put.isEnabled()
    line = next(todo.id for todo in todos if "Payroll" in todo.text)
    screen.todos.rows[line].editors["done"].setFocus()
    _press(qtbot, Qt.Key.Key_Space)
    settled(window)
    assert [todo.id for todo in window.opened.state.todos if todo.done] == [line]
    assert list(screen.todos.rows)[-1] == line
    assert screen.todo_count.text() == f"1 of {len(todos)} done"


def test_what_was_put_on_the_list_says_so_when_its_gap_has_closed_and_is_not_ticked_by_itself(window, screen, add, settled):
    add("document", title="Payroll")
    add("todo", text="Ask for the drill reports")
    screen.put.click()
    settled(window)
    line = next(todo.id for todo in window.opened.state.todos if "Payroll" in todo.text)
    assert screen.todos.rows[line].editors["settled"].text() == ""
    document, visit = window.opened.state.documents[0].id, window.opened.state.id
    window.background.change(lambda workspace: revise_line(workspace, visit, "document", document, state="received"), owner=window)
    settled(window)
    told = {one: row.editors["settled"].text() for one, row in screen.todos.rows.items()}
    assert [one for one, words in told.items() if words] == [line]
    assert told[line] == "settled meanwhile"
    assert not any(todo.done for todo in window.opened.state.todos)


def test_something_to_do_is_written_by_hand_and_leads_nowhere(window, screen, settled, qtbot):
    screen.show_item("todo")
    qtbot.keyClicks(QApplication.focusWidget(), "Ask for the drill reports")
    _press(qtbot, Qt.Key.Key_Return)
    settled(window)
    (todo,) = window.opened.state.todos
    assert (todo.text, todo.about) == ("Ask for the drill reports", "")
    assert todo.day
    assert screen.todos.rows[todo.id].way.isHidden()


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("light", 200)])
def test_nothing_is_cut_off_at_any_text_size(window, theme, screen, add, mode, text_size):
    add("quota", group="Contractors", planned=4)
    window.resize(1280, 720)
    theme.wear(mode, text_size)
    QApplication.processEvents()
    area = screen.findChild(QScrollArea)
    needed, there = area.widget().minimumSizeHint().width(), area.viewport().width()
    theme.wear("light", 100)
    assert needed <= there


def test_the_pillars_fill_two_columns_to_about_one_height():
    assert in_columns({"Governance": 10, "Social": 15, "Environment": 8}) == (("Governance", "Environment"), ("Social",))
    assert in_columns({"Only": 5}) == (("Only",),)
    assert in_columns({}) == ()
