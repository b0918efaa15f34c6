"""A whole criterion worked by keyboard: answers by letters, checks that come and go, who works on what, filters, the next open one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from auditor_app.ui.screens.criteria.answer_keys import answer_keys
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.planning import assign

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window, settled):
    window.go_to("criteria", "17")
    window.activateWindow()
    window.current_screen.side.list.setFocus()
    settled(window)
    return window.current_screen


def _press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def _do(window, settled, *works):
    visit = window.opened.state.id
    for work in works:
        window.background.change(lambda workspace, work=work: work(workspace, visit), owner=window)
    settled(window)


def _answers(window):
    return {check: one.answer for check, one in window.opened.state.checks.items() if one.answer}


def test_each_answer_of_the_form_has_its_own_letter(window):
    keys = answer_keys(window.opened.form)
    assert keys == {"m": "met", "p": "partly", "n": "not_met", "s": "not_seen", "a": "not_applicable"}


def test_a_whole_criterion_is_answered_and_rated_by_keyboard_alone(window, screen, qtbot, settled):
    _press(qtbot, window, Qt.Key.Key_Return)
    checks = list(screen.page.rows)
    for check in checks:
        assert screen.page.rows[check].answer.hasFocus(), check
        _press(qtbot, window, Qt.Key.Key_M)
        settled(window)
        assert screen.page.rows[check].answer.hasFocus(), check
        _press(qtbot, window, Qt.Key.Key_Return)
    assert _answers(window) == dict.fromkeys(checks, "met")
    assert screen.page.rating.buttons[0].hasFocus()
    _press(qtbot, window, Qt.Key.Key_1)
    settled(window)
    assert window.opened.state.criteria["17"].rating == "fully"
    _press(qtbot, window, Qt.Key.Key_J, CTRL)
    assert screen.number == "18"
    assert next(iter(screen.page.rows.values())).answer.hasFocus()


def test_an_answer_is_taken_back_with_one_key_and_other_letters_do_nothing(window, screen, qtbot, settled):
    screen.page.focus_check("17-d2")
    _press(qtbot, window, Qt.Key.Key_P)
    _press(qtbot, window, Qt.Key.Key_O)
    settled(window)
    assert _answers(window) == {"17-d2": "partly"}
    _press(qtbot, window, Qt.Key.Key_Up)
    assert screen.page.rows["17-d1"].answer.hasFocus()
    _press(qtbot, window, Qt.Key.Key_Down)
    _press(qtbot, window, Qt.Key.Key_Backspace)
    settled(window)
    assert _answers(window) == {}


def test_a_check_appears_after_an_answer_and_vanishes_again_and_typing_goes_on(window, screen, qtbot, settled):
    assert "17-o4" not in screen.page.rows
    screen.page.focus_check("17-o2")
    row = screen.page.rows["17-o2"]
    _press(qtbot, window, Qt.Key.Key_N)
    settled(window)
    follow = screen.page.rows["17-o4"]
    assert follow.isVisible()
    assert "Eyewash and emergency showers" in follow.follows.text()
    assert screen.page.rows["17-o2"] is row
    assert QApplication.focusWidget() is row.answer, QApplication.focusWidget().accessibleName()
    assert list(screen.page.rows)[-1] == "17-o4"
    screen.page.focus_check("17-o4")
    _press(qtbot, window, Qt.Key.Key_P)
    settled(window)
    assert "of 10" in screen.page.rating.suggestion.text()
    screen.page.focus_check("17-o2")
    _press(qtbot, window, Qt.Key.Key_M)
    settled(window)
    assert "17-o4" not in screen.page.rows
    assert window.opened.state.checks["17-o4"].answer == "partly", "what was answered stays in the journal"
    assert screen.conclusions["17"].sources.observation == 1, "and counts for nothing while it is not asked"
    _press(qtbot, window, Qt.Key.Key_P)
    settled(window)
    assert screen.page.rows["17-o4"].answer.currentData() == "partly"


def test_every_conditional_check_of_the_form_comes_and_goes_in_the_window(window, screen, settled):
    form, found = window.opened.form, 0
    for criterion in form.criteria:
        for check in criterion.checks:
            if check.when is None or not check.when.answer:
                continue
            found += 1
            window.go_to("criteria", str(criterion.number))
            assert check.id not in screen.page.rows
            ((asked, wanted),) = check.when.answer.items()
            _do(window, settled, lambda workspace, visit, asked=asked, wanted=wanted: answer(workspace, visit, asked, wanted[-1]))
            assert screen.page.rows[check.id].isVisible()
            _do(window, settled, lambda workspace, visit, asked=asked: answer(workspace, visit, asked, "met"))
            assert check.id not in screen.page.rows
    assert found >= 12


def test_a_criterion_is_taken_and_given_away_and_another_name_is_told_in_place(window, screen, qtbot, settled):
    line = screen.page.who
    assert line.who.text().startswith("Nobody's yet")
    line.take.click()
    settled(window)
    assert window.opened.state.criteria["17"].assigned == "Rosa Vidal"
    assert line.who.text().startswith("You work on it")
    assert not line.take.isVisible()
    _do(window, settled, lambda workspace, visit: assign(workspace, visit, "17", "Luis Rojas"))
    assert line.who.text().startswith("Luis Rojas works on it")
    assert line.who.property("whose") == "other"
    assert line.take.isVisible()
    row = next(row for row in screen.side.rows if row.key == "17")
    assert (row.side, "Luis Rojas works on it" in row.spoken) == ("LR", True)
    next(action for action in line.menu().actions() if action.text() == "Nobody").trigger()
    settled(window)
    assert window.opened.state.criteria["17"].assigned == ""


def test_the_filters_show_mine_each_rating_and_what_does_not_apply(window, screen, settled):
    _do(
        window,
        settled,
        lambda workspace, visit: assign(workspace, visit, "3", "Rosa Vidal"),
        lambda workspace, visit: assign(workspace, visit, "4", "Luis Rojas, rosa vidal"),
        lambda workspace, visit: assign(workspace, visit, "5", "Luis Rojas"),
        lambda workspace, visit: rate(workspace, visit, "6", "partially", because="One year late."),
        lambda workspace, visit: rate(workspace, visit, "31", "not_applicable", because="No tailings."),
    )
    names = [action.text().rsplit(" ", 1) for action in screen.side.menu().actions()]
    assert [name for name, _count in names] == ["Mine", "Fully Meets", "Partially Meets", "Does Not Meet", "Not Applicable"]
    for action, expected in (("Mine", ["3", "4"]), ("Partially Meets", ["6"]), ("Not Applicable", None)):
        next(one for one in screen.side.menu().actions() if one.text().startswith(action)).trigger()
        shown = [row.key for row in screen.side.rows if row.mark]
        assert screen.side.more.text().strip().startswith(f"{action} {len(shown)}")
        assert shown == expected if expected is not None else "31" in shown
    assert [row.key for row in screen.side.rows if row.mark] == [
        str(one.number) for one in window.opened.form.criteria if one.number == 31 or not screen.conclusions[str(one.number)].page.applies
    ]


def test_the_list_tells_how_far_each_criterion_is_by_mark_and_word_and_counts_gaps(window, screen, settled):
    def rows():
        return {row.key: row for row in screen.side.rows}

    before = rows()
    assert "Not begun" in before["17"].spoken
    _do(window, settled, lambda workspace, visit: answer(workspace, visit, "17-d1", "met"))
    assert "In work" in rows()["17"].spoken
    assert rows()["17"].mark != before["17"].mark
    _do(window, settled, lambda workspace, visit: rate(workspace, visit, "17", "fully"))
    assert "Complete" in rows()["17"].spoken
    assert "2 gaps" in rows()["17"].hint, "few sources, of one kind"
    assert "gaps" in rows()["S"].side
    assert "1 of 15" in rows()["S"].side


def test_the_next_open_criterion_passes_over_what_others_work_on_until_nothing_else_is_left(window, screen, qtbot, settled):
    _do(window, settled, lambda workspace, visit: assign(workspace, visit, "18", "Luis Rojas"))
    assert "19" in screen.page.next.text()
    _press(qtbot, window, Qt.Key.Key_J, CTRL)
    assert screen.number == "19"
    _press(qtbot, window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "next open")
    _press(qtbot, window, Qt.Key.Key_Return)
    assert screen.number == "20"


def test_where_there_is_no_room_beside_the_page_the_list_is_a_button_away(window, theme, settled, qtbot):
    window.resize(1280, 720)
    theme.wear("light", 200)
    try:
        window.go_to("criteria", "5")
        settled(window)
        screen = window.current_screen
        assert not screen.side.isVisible()
        qtbot.mouseClick(screen.page.all, Qt.MouseButton.LeftButton)
        assert screen.side.isVisible()
        assert not screen.page.isVisible()
        assert screen.side.list.hasFocus()
        qtbot.keyClick(screen.side.list, Qt.Key.Key_Down)
        assert screen.side.isVisible(), "the arrows look through the list"
        qtbot.keyClick(screen.side.list, Qt.Key.Key_Return)
        assert (screen.page.isVisible(), screen.side.isVisible(), screen.number) == (True, False, "6")
        screen.page.all.click()
        qtbot.mouseClick(screen.side.list.viewport(), Qt.MouseButton.LeftButton, pos=_middle_of(screen.side.list, "5"))
        assert (screen.page.isVisible(), screen.number) == (True, "5")
        screen.page.all.click()
        qtbot.keyClick(screen.side.list, Qt.Key.Key_Escape)
        assert (screen.page.isVisible(), screen.number) == (True, "5")
        screen.page.all.click()
        window.go_to("criteria", "9")
        assert (screen.page.isVisible(), screen.number) == (True, "9")
    finally:
        theme.wear("light")
    assert screen.side.isVisible()
    assert not screen.page.all.isVisible()


def _middle_of(rows, key):
    index = rows.row_model.index_of(key)
    rows.scrollTo(index)
    return rows.visualRect(index).center()
