"""Interviews in a real window over a real workspace: begun from the plan, written by keyboard, names kept apart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from auditor_app.workflows.criteria import explain
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.names import kept_name
from auditor_app.workflows.visits import begin_visit

NAME = "Zacarías Xolotl"
SITE = {"site": "Los Alerces refinery", "company": "Metales del Sur", "site_type": "refinery", "kind": "initial"}


@pytest.fixture
def do(window, settled):
    """Do something with the workspace on the lane, and wait."""

    def done(work):
        results = []
        window.background.change(lambda workspace: work(workspace, window.opened.state.id), owner=window, done=results.append)
        settled(window)
        return results[0]

    return done


@pytest.fixture
def screen(window, settled, do):
    """The screen, with two lines in the sampling plan."""
    do(lambda workspace, visit: add_line(workspace, visit, "quota", group="line workers", gender="women", planned=4))
    do(lambda workspace, visit: add_line(workspace, visit, "quota", group="contractors", planned=2))
    window.activateWindow()
    window.go_to("interviews")
    settled(window)
    return window.current_screen


def _type(qtbot, field, text):
    field.setFocus()
    qtbot.keyClicks(field, text)


def _words_shown(window):
    """Everything that the window says: texts, tips, accessible names, rows of lists."""
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
        interface = QAccessible.queryAccessibleInterface(widget)
        yield from (interface.text(QAccessible.Text.Name), interface.text(QAccessible.Text.Value)) if interface else ()
        if isinstance(widget, QLabel):
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model():
            yield from (str(widget.model().index(row, 0).data()) for row in range(widget.model().rowCount()))


def test_an_interview_is_begun_from_the_plan_by_keyboard_and_counts_for_its_line(window, screen, qtbot, settled):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(screen.new_interview.lines.hasFocus)
    qtbot.keyClick(screen.new_interview.lines, Qt.Key.Key_Return)
    settled(window)
    qtbot.waitUntil(screen.editor.lines["people"].hasFocus)
    screen.editor.lines["people"].selectAll()
    qtbot.keyClicks(QApplication.focusWidget(), "2")
    screen.editor.consent.choices["given_in_part"].click()
    window.go_to("criteria")
    settled(window)
    (one,) = window.opened.state.interviews
    (quota, _other) = window.opened.state.quotas
    assert (one.group, one.gender, one.quota, one.people, one.form, one.consent) == (
        "line workers", "women", quota.id, 2, "group", "given_in_part",
    )  # fmt: skip
    assert one.held_at
    window.go_to("interviews")
    settled(window)
    assert any("line workers, women: 2 of 4 heard" in words for words in _words_shown(window))
    assert window.navigation.rail.count_of("interviews") == "2/6"


def test_a_group_that_fits_a_line_is_proposed_for_it_and_one_press_follows(window, screen, qtbot, settled):
    screen.begin()
    _type(qtbot, screen.new_interview.group, "neighbours")
    qtbot.keyClick(screen.new_interview.group, Qt.Key.Key_Return)
    settled(window)
    assert window.opened.state.interviews[0].quota == ""
    assert screen.editor.suggestion.isHidden()
    group = screen.editor.lines["group"]
    group.setText("contractors")
    group.commit()
    settled(window)
    assert "contractors" in screen.editor.suggestion.text()
    screen.editor.suggestion.click()
    settled(window)
    assert window.opened.state.interviews[0].quota == window.opened.state.quotas[1].id
    assert screen.editor.suggestion.isHidden()


def test_a_number_or_time_that_is_none_is_said_in_place_and_not_saved(window, screen, qtbot, settled, do):
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="contractors", people=3))
    line = screen.editor.lines["minutes"]
    _type(qtbot, line, "about an hour")
    line.commit()
    settled(window)
    assert line.property("state") == "wrong"
    assert "not a number" in window.banner.text
    assert window.opened.state.interviews[0].minutes == 0
    line.setText("45")
    line.commit()
    settled(window)
    assert window.opened.state.interviews[0].minutes == 45
    assert line.property("state") != "wrong"


def test_a_quote_saves_itself_with_its_first_words_and_goes_on_while_one_types(window, screen, qtbot, settled, do):
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="contractors"))
    screen.editor.quotes.write()
    (card,) = screen.editor.quotes.cards
    _type(qtbot, card.interpreted, "We keep our papers.")
    settled(window)
    assert window.opened.state.quotes == (), "a quote begins with the words as they were said"
    card.original.setFocus()
    card.original.insertPlainText("护照在自己手里")
    card.original.commit()
    card.original.insertPlainText("。")
    qtbot.waitUntil(lambda: bool(window.opened.state.quotes), timeout=5_000)
    card.stance.setCurrentIndex(1)
    card.stance.activated.emit(1)
    card.criteria.changed.emit(("12",))
    window.go_to("criteria")
    settled(window)
    (quote,) = window.opened.state.quotes
    assert (quote.original, quote.interpreted) == ("护照在自己手里。", "We keep our papers.")
    assert (quote.stance, quote.criteria) == ("contradicts", ("12",))
    assert window.navigation.desk.unsaved == {}


def test_a_name_is_shown_only_on_demand_and_is_nowhere_else_in_the_window(window, screen, qtbot, settled, do):
    line, _changes = do(lambda workspace, visit: add_line(workspace, visit, "interview", group="contractors"))
    screen.name.opener.click()
    screen.name.field.insertPlainText(f"\u202a{NAME}\u202c")
    screen.name.keep.click()
    settled(window)
    window.go_to("criteria")
    window.go_to("interviews")
    settled(window)
    assert screen.name.field.toPlainText() == ""
    assert not any(NAME.casefold() in words.casefold() for words in _words_shown(window))
    assert do(lambda workspace, visit: kept_name(workspace, visit, line)) == NAME
    screen.name.opener.click()
    settled(window)
    assert screen.name.field.toPlainText() == "", "opening the place does not show it yet"
    screen.name.show_it.click()
    settled(window)
    assert screen.name.field.toPlainText() == NAME
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="neighbours"))
    screen.show_item(window.opened.state.interviews[1].id)
    assert screen.name.field.toPlainText() == ""
    assert not screen.name.field.document().isUndoAvailable()


def test_an_interview_is_taken_out_with_a_reason_and_brought_back(window, screen, settled, do):
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="contractors"))
    screen.editor.withdrawn.emit("Heard twice by mistake")
    settled(window)
    assert window.opened.state.interviews == ()
    window.banner._action.click()
    settled(window)
    assert [one.group for one in window.opened.state.interviews] == ["contractors"]


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("light", 200)])
def test_nothing_of_an_interview_is_cut_off_at_any_text_size(window, screen, theme, settled, do, qtbot, mode, text_size):
    line, _changes = do(lambda workspace, visit: add_line(workspace, visit, "interview", group="contractors", criteria=["16", "17"]))
    do(lambda workspace, visit: add_line(workspace, visit, "quote", interview=line, original="Twelve hours.", criteria=["16"]))
    screen.name.opener.click()
    window.resize(1280, 720)
    theme.wear(mode, text_size)
    settled(window)
    QApplication.processEvents()
    needed, there = screen.editor.minimumSizeHint().width(), screen.editor.parentWidget().width()
    theme.wear("light", 100)
    assert needed <= there


def test_the_rail_counts_people_also_where_nobody_was_planned(window, settled, do):
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="guards", people=3))
    do(lambda workspace, visit: add_line(workspace, visit, "interview", group="guards", people=2, consent="refused"))
    assert window.navigation.rail.count_of("interviews") == "3"


def test_an_interview_that_is_begun_while_other_things_are_being_saved_is_shown_at_once(window, screen, settled):
    visit = window.opened.state.id
    screen.begin()
    for number in ("5", "6"):
        window.background.change(lambda workspace, number=number: explain(workspace, visit, number, "Seen."), owner=window)
    screen.new_interview.group.setText("night shift of the tankhouse")
    screen.new_interview.group.returnPressed.emit()
    settled(window)
    assert [one.group for one in window.opened.state.interviews] == ["night shift of the tankhouse"]
    assert screen.editor.isVisible()
    assert not screen.new_interview.isVisible()


def test_a_change_in_the_visit_that_was_just_opened_is_shown_though_the_one_before_is_still_loaded(window, settled):
    before, others = window.opened.state.id, []
    window.background.change(lambda workspace: begin_visit(workspace, "copper-mark-rra-3.0", SITE), owner=window, done=others.append)
    settled(window)
    ((other, _changes),) = others
    window.background.change(lambda workspace: explain(workspace, before, "5", "Seen."), owner=window)
    window.open_visit(other)
    window.background.change(lambda workspace: explain(workspace, other, "5", "Heard."), owner=window)
    settled(window)
    assert window.opened.state.id == other
    assert window.opened.state.criteria["5"].because == "Heard."


def test_beside_the_code_of_a_language_stands_its_name(window, screen, do, settled):
    interview, _changes = do(lambda workspace, visit: add_line(workspace, visit, "interview", group="Crane drivers", language="es"))
    screen.show_item(interview)
    settled(window)
    titles = [one.text() for one in screen.editor.findChildren(QLabel) if one.text().startswith("Language")]
    assert (titles, screen.editor.lines["language"].text()) == (["Language · Spanish"], "es")
