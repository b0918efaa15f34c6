"""Every screen of a visit that has everything: nothing is nameless, and no button is cut off at any look or text size."""

import io
from itertools import pairwise, starmap

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from auditor_app.domain.journal import Subject
from auditor_app.ui.screens.stages import STAGES
from auditor_app.workflows.evidence import describe_evidence
from auditor_app.workflows.findings import note_limit, raise_finding
from auditor_app.workflows.intake import plan_intake, record_intake, seal_stream
from tests.ui.at_the_office import TestOffice, enrolled
from tests.ui.test_window import _nameless

KEYS = ("evidence", "findings", "closing", "report", "hand_over", "history")


def _fill(workspace, visit, office):
    from auditor_app.workflows.hand_over import make_bundle
    from auditor_app.workflows.reports import make_report

    enrolled(workspace, office)
    finding, _changes = raise_finding(workspace, visit, "17", "Two of four eyewash stations on level 2 had no flow", grade="major")
    note_limit(workspace, visit, "The night shift in the tankhouse", "Maintenance stop", ("17", "18"))
    photo = io.BytesIO()
    Image.new("RGB", (400, 300), (120, 90, 60)).save(photo, "JPEG")
    sealed = seal_stream(plan_intake(workspace), io.BytesIO(photo.getvalue()), "IMG_0412.jpg", size=1)
    targets = [Subject("criterion", "17"), Subject("finding", finding)]
    record_intake(workspace, visit, [sealed], targets=targets, stance="contradicts")
    changes = describe_evidence(workspace, visit, sealed.object.original, caption="Eyewash on level 2, no flow when it was opened")
    with workspace.recording(visit) as recorder:
        recorder.add(Subject("finding", finding), "title", "Somebody else's title", replaces=(), reason="")
    make_report(workspace, visit, sign=True)
    with workspace.recording(visit) as recorder:
        heads = [head for found in recorder.heads(Subject("finding", finding)).values() for head in found if head.field == "title"]
        recorder.add(Subject("finding", finding), "title", heads[0].value, replaces=tuple(head.id for head in heads), reason="chosen")
    make_bundle(workspace, visit)
    with workspace.recording(visit) as recorder:
        recorder.add(Subject("finding", finding), "title", "Somebody else's title", replaces=(), reason="")
    return changes


@pytest.fixture
def filled(window, settled, tmp_path):
    visit, office = window.opened.state.id, TestOffice(tmp_path / "away")
    window.background.change(lambda workspace: _fill(workspace, visit, office), owner=window)
    settled(window)
    assert window.opened.state.clashes
    return window


def _is_wide(area):
    return area.widget().width() > area.viewport().width()


def test_every_control_of_a_filled_screen_has_a_name(filled, settled):
    for key in KEYS:
        filled.go_to(key)
        settled(filled)
        assert (key, _nameless(filled)) == (key, [])


@pytest.mark.parametrize(
    ("mode", "text_size", "width"), [("light", 100, 1280), ("field", 100, 1280), ("dark", 150, 1280), ("light", 200, 1280)]
)
def test_no_button_is_cut_off_at_any_look_or_text_size(filled, settled, theme, mode, text_size, width, qtbot):
    theme.wear(mode, text_size)
    filled.resize(width, 720)
    try:
        for key in KEYS:
            filled.go_to(key)
            settled(filled)
            qtbot.wait(60)
            narrow = [
                (act.accessibleName(), act.width(), act.sizeHint().width())
                for act in filled.current_screen.findChildren(QPushButton)
                if act.isVisible() and act.width() < act.sizeHint().width() - 1
            ]
            assert (key, narrow) == (key, [])
            areas = [area for area in filled.current_screen.findChildren(QScrollArea) if area.isVisible()]
            assert (key, [(area.widget().width(), area.viewport().width()) for area in areas if _is_wide(area)]) == (key, [])
    finally:
        theme.wear("light")


def test_tab_goes_through_every_stage_as_it_reads(filled, settled, qtbot):
    for key in [stage.key for stage in STAGES]:
        filled.go_to(key)
        settled(filled)
        filled.activateWindow()
        passed = _passed_by_tab(filled, qtbot)
        assert len(passed) > 3, key
        assert (key, [words for words in starmap(_backwards, pairwise(passed)) if words]) == (key, [])


def _passed_by_tab(window, qtbot):
    """Press Tab until it comes round; gives what had the focus."""
    passed = []
    for _press in range(300):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        if passed and there is passed[0]:
            break
        passed.append(there)
    return passed


def _backwards(before, after):
    """Say which two controls of one column Tab takes in the wrong order, or nothing."""
    if _column_of(before) is not _column_of(after):
        return ""
    first, second = (QRect(one.mapTo(one.window(), QPoint(0, 0)), one.size()) for one in (before, after))
    level = abs(first.center().y() - second.center().y()) < 10
    wrong = second.right() < first.left() if level else second.bottom() <= first.top()
    return f"{before.accessibleName()} → {after.accessibleName()}" if wrong else ""


def _column_of(widget):
    while widget is not None and not isinstance(widget, QScrollArea) and widget.objectName() not in {"side", "guide", "rail", "header"}:
        widget = widget.parentWidget()
    return widget
