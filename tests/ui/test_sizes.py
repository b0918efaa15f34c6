"""How large things are and where they stand: buttons of one line, short lists, cells of tables, choices of a state."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor_app.ui.glyphs import GOOD
from auditor_app.ui.lines.state_choice import StateChoice
from auditor_app.ui.screens.plan.lists import DOCUMENTS, STATES
from auditor_app.ui.widgets.buttons import button
from auditor_app.ui.widgets.flow import Flow
from auditor_app.ui.widgets.labels import label
from auditor_app.ui.widgets.rows import Row, RowList
from auditor_app.ui.widgets.text_editor import TextEditor


@pytest.fixture
def placed(qtbot):
    """Give a function that shows widgets under one another."""

    pages = []

    def show(*widgets, width=600, height=400):
        page = QWidget()
        pages.append(page)
        layout = QVBoxLayout(page)
        for one in widgets:
            layout.addWidget(one)
        layout.addStretch(1)
        page.resize(width, height)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitExposed(page)
        return page

    return show


@pytest.mark.parametrize("mode", ["light", "field"])
def test_the_first_button_is_as_high_as_the_others(placed, theme, mode):
    theme.wear(mode)
    try:
        first, plain = button("Make and sign", role="first"), button("Make a draft")
        placed(first, plain)
        assert first.sizeHint().height() == plain.sizeHint().height()
    finally:
        theme.wear("light")


def test_things_of_one_line_stand_on_one_middle_and_what_is_hidden_takes_no_room(placed, theme):
    line, flow = QWidget(), Flow(spacing=8)
    low, gone, high = label("Complete"), label("not seen"), button("Take it", role="first")
    line.setLayout(flow)
    for one in (low, gone, high):
        flow.addWidget(one)
    gone.hide()
    placed(line)
    assert abs(low.geometry().center().y() - high.geometry().center().y()) <= 1
    assert high.x() == low.geometry().right() + 1 + 8


def test_a_list_fitted_to_one_row_is_no_higher_than_the_row(placed, theme):
    rows = RowList(theme, name="Things", dense=True)
    rows.fit_rows()
    rows.show_rows((Row(key="1", title="One thing", mark=GOOD),), "")
    placed(rows)
    assert rows.height() <= rows.visualRect(rows.row_model.index(0)).height() + 4


def test_the_current_row_stays_in_sight_when_the_list_gets_lower_or_the_text_larger(placed, theme, qtbot):
    rows = RowList(theme, name="Things")
    rows.show_rows(tuple(Row(key=str(at), title=f"Thing {at}", mark=GOOD) for at in range(20)), "6")
    page = placed(rows)

    def in_sight():
        return rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))

    try:
        qtbot.waitUntil(in_sight)
        rows.setFixedHeight(150)
        page.adjustSize()
        qtbot.waitUntil(in_sight)
        theme.wear("light", 200)
        qtbot.waitUntil(in_sight)
    finally:
        theme.wear("light")


def test_a_cell_of_two_lines_takes_little_more_than_its_words(placed, theme, qtbot):
    cell = TextEditor(lambda *_saved: None, name="Why", lines=1, least=lambda: 36)
    cell.setProperty("quiet", "true")
    placed(cell)
    cell.show_text("1", "Guards, fume, heat\nand noise")
    line = cell.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: cell.height() < 3 * line)
    assert cell.viewport().height() >= cell.document().size().height() * line


@pytest.mark.parametrize(("mode", "size"), [("light", 100), ("field", 100), ("light", 200)])
def test_the_longest_state_of_a_document_is_read_in_its_column(placed, theme, mode, size):
    theme.wear(mode, size)
    try:
        cell = next(one for one in DOCUMENTS.cells if one.field == "state")
        choice, frame = StateChoice(theme, STATES, what="State"), QFrame()
        placed(choice, frame, width=900)
        choice.setFixedWidth(theme.look.px(cell.width))
        words = max(choice.fontMetrics().horizontalAdvance(choice.itemText(at)) for at in range(choice.count()))
        around = 2 * theme.look.px(8) + theme.look.px(24) + 2 * choice.iconSize().width() + 4
        assert words + around <= choice.width()
        assert choice.focusPolicy() == Qt.FocusPolicy.StrongFocus
    finally:
        theme.wear("light")
