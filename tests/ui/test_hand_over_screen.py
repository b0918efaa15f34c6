"""The hand-over screen: what is in the way, bundle, mailbox, receipt, release; *sent* is never said before the receipt."""

import io

import pytest
from PySide6.QtWidgets import QFileDialog

from auditor_app.workflows.evidence import plan_intake, record_intake, seal_stream
from tests.ui.at_the_office import TestOffice, enrolled


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def screen(window, settled):
    window.go_to("hand_over")
    settled(window)
    return window.current_screen


@pytest.fixture
def ready(screen, window, settled, office):
    """Enrol, take a piece of evidence in, and sign a report, all beside the window."""
    visit = window.opened.state.id

    def work(workspace):
        from auditor_app.workflows.reports import make_report

        enrolled(workspace, office)
        record_intake(workspace, visit, [seal_stream(plan_intake(workspace), io.BytesIO(b"seen"), "note.txt", size=4)])
        make_report(workspace, visit, sign=True)

    window.background.run(work, owner=window)
    settled(window)
    window.open_visit(visit, "hand_over")
    settled(window)
    return screen


def test_what_is_in_the_way_is_said_with_the_way_there(screen, window, settled):
    assert screen.hindrances == ("You have no certificate of the office yet", "There is no signed report yet")
    assert not screen.make.isEnabled() and not screen.copy.isEnabled()
    assert not screen.release.begin.isEnabled()
    assert "only the office's receipt" in screen.release.words.text()


def test_a_bundle_goes_from_made_over_the_mailbox_to_received_and_only_then_originals_may_go(ready, window, settled, office):
    assert ready.hindrances == () and ready.standing.url == str(office.mailbox)
    ready.make.click()
    settled(window)
    (bundle,) = ready.standing.bundles
    assert bundle.state == "Made and verified, not in the mailbox yet" and bundle.files > 3
    ready.bundles.sends[0].click()
    settled(window)
    assert ready.standing.bundles[0].state == "In the mailbox, waiting for the office's receipt"
    assert "not signed for it" in ready.release.words.text() and not ready.release.begin.isEnabled()
    ready.look.click()
    settled(window)
    assert "No receipt yet" in window.banner.text
    assert [one.outcome for one in office.receive()] == ["received"]
    ready.look.click()
    settled(window)
    assert ready.standing.bundles[0].state == "Received: the office has signed for every file"
    assert ready.release.begin.isEnabled()
    ready.release.begin.click()
    ready.release.act.click()
    settled(window)
    assert ready.standing.released == 1 and not ready.release.begin.isEnabled()
    window.go_to("evidence")
    settled(window)
    details = window.current_screen.details
    assert details.words["Received by the office"] != "not yet" and not details.export.isEnabled()


def test_a_copy_is_put_on_a_stick(ready, window, settled, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "stick"), ""))
    ready.copy_as_zip()
    settled(window)
    assert (tmp_path / "stick.zip").stat().st_size > 1000
    assert str(tmp_path / "stick.zip") in window.banner.text


def test_a_mailbox_that_is_not_there_is_told_beside_its_address(screen, window, settled, tmp_path):
    screen.mailbox.open_form()
    screen.mailbox.url.setText(str(tmp_path / "nowhere"))
    screen.mailbox.save.click()
    settled(window)
    assert screen.mailbox.said.isVisible() and screen.mailbox.said.text()
    assert screen.standing.url == ""
    (tmp_path / "there").mkdir()
    screen.mailbox.url.setText(str(tmp_path / "there"))
    screen.mailbox.user.setText("rosa")
    screen.mailbox.password.setText("secret")
    screen.mailbox.save.click()
    settled(window)
    assert (screen.standing.url, screen.standing.user) == (str(tmp_path / "there"), "rosa")
    assert screen.mailbox.password.text() == ""


def test_making_a_bundle_can_be_stopped_and_leaves_none(ready, window, settled):
    ready.make.click()
    ready.job.stop.click()
    settled(window)
    assert ready.standing.bundles == () and ready.make.isEnabled()
