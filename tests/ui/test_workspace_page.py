"""The page of the workspace: a backup that opens, a check in words, another passphrase."""

import io
import shutil

import pytest
from PySide6.QtCore import Qt

from auditor_app.errors import NotAllowed
from auditor_app.workflows.workspaces import open_existing
from auditor_app.workspace import open_workspace
from tests.quick_key import quick_key
from tests.ui.at_the_office import TestOffice, enrolled
from tests.ui.test_window import _nameless


@pytest.fixture
def page(window, settled, made, tmp_path):
    quick_key(tmp_path / "copy", made[1], "old words")
    window.navigation.show_workspace()
    settled(window)
    return window.navigation.workspace_page


def test_a_backup_is_made_checked_and_made_again_and_it_opens(window, page, settled, qtbot, made, tmp_path):
    assert "No backup has been made yet" in page.backed_up.text()
    assert not page.again.isVisible()
    page.back_up_to(tmp_path / "stick")
    settled(window)
    assert "Backed up and checked" in page.said.text()
    folder = tmp_path / "stick" / "Auditor App backup"
    assert str(folder) in page.backed_up.text()
    qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    settled(window)
    assert "Backed up and checked" in page.said.text()
    with open_workspace(folder, secret=made[1], installation=tmp_path / "another") as backup:
        assert backup.me.name == "Rosa Vidal"
    shutil.rmtree(tmp_path / "stick")
    qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    settled(window)
    assert not (tmp_path / "stick").exists(), "a stick that is not plugged in is not made up"
    assert page.again.isEnabled()


def test_a_check_tells_in_words_that_nothing_is_wrong_or_what_is(window, page, settled, qtbot):
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    settled(window)
    assert "Nothing is wrong" in page.said.text()
    window.background.run(lambda workspace: _damage(workspace), owner=window)
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    settled(window)
    assert "2 × something is kept that belongs to nothing" in page.said.text()


def _damage(workspace):
    with workspace.transaction() as db:
        db.execute("INSERT INTO thumbnails VALUES ('none', x'ffd8'), ('no other', x'ffd8')")


def test_the_passphrase_is_changed_only_by_who_knows_the_old_one(window, page, settled, qtbot, tmp_path):
    card = page.passphrase
    assert not card.change.isEnabled()
    for old in ("wrong words", "old words"):
        for line, words in ((card.old, old), (card.first, "copper anode slime"), (card.second, "copper anode slime")):
            line.field.setText(words)
        qtbot.mouseClick(card.change, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not window.background.busy, timeout=60_000)
        if old == "wrong words":
            assert "passphrase" in card.said.text() and card.first.text
    assert "is changed" in card.said.text()
    assert card.old.text == card.first.text == ""
    window.background.close()
    with pytest.raises(NotAllowed, match="passphrase_wrong"):
        open_existing(tmp_path / "copy", "old words")
    with open_existing(tmp_path / "copy", "copper anode slime") as opened:
        assert opened.me.name == "Rosa Vidal"


def test_the_page_is_reached_from_the_list_of_visits_and_everything_in_it_has_a_name(window, page, settled, qtbot):
    assert _nameless(window) == []
    window.show_visits()
    settled(window)
    qtbot.mouseClick(window.navigation.visits.workspace, Qt.MouseButton.LeftButton)
    assert page.isVisible()


def test_before_a_border_what_has_a_receipt_leaves_and_a_ticked_visit_stays(window, settled, qtbot, tmp_path):
    office, visit = TestOffice(tmp_path / "away"), window.opened.state.id
    window.background.run(lambda workspace: _handed_over(workspace, visit, office), owner=window)
    settled(window)
    window.navigation.show_workspace()
    settled(window)
    card = window.navigation.workspace_page.border
    tick, line = card.visits[visit], card.lines[visit]
    assert "stays as it is" in line.text() and tick.isChecked(), "an open visit without days"
    assert not card.begin.isEnabled() and "Nothing can leave" in card.words.text()
    tick.click()
    settled(window)
    assert "2 files leave" in line.text() and "2 files can leave" in card.words.text()
    card.begin.click()
    assert card.act.isVisible() and "Remove 2 files" in card.sure.text()
    card.act.click()
    settled(window)
    assert "2 files were removed" in card.said.text()
    assert not card.begin.isEnabled() and not tick.isChecked()


def _handed_over(workspace, visit, office):
    from auditor_app.workflows.hand_over import make_bundle
    from auditor_app.workflows.intake import plan_intake, record_intake, seal_stream
    from auditor_app.workflows.office_mail import fetch
    from auditor_app.workflows.reports import make_report
    from auditor_app.workflows.sending import send

    enrolled(workspace, office)
    record_intake(workspace, visit, [seal_stream(plan_intake(workspace), io.BytesIO(b"seen"), "note.txt", size=4)])
    make_report(workspace, visit, sign=True)
    send(workspace, make_bundle(workspace, visit).id)
    assert [one.outcome for one in office.receive()] == ["received"]
    assert fetch(workspace).about("receipt")
