"""The hand-over screen: what is in the way, bundle, mailbox, receipt, release; *sent* is never said before the receipt."""

import io

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QFileDialog

from auditor_app.ui.glyphs import BAD, GOOD
from auditor_app.workflows.identity import import_profile
from auditor_app.workflows.intake import plan_intake, record_intake, seal_stream
from auditor_app.workflows.office.folder import profile_letter
from auditor_app.workflows.office.limits import change_limits
from auditor_app.workflows.office.profile import Change, set_profile
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
    assert "Nothing new from the office" in window.banner.text
    assert [one.outcome for one in office.receive()] == ["received"]
    ready.look.click()
    settled(window)
    assert ready.standing.bundles[0].state == "Received: the office has signed for every file of this bundle"
    assert ready.items.words.text() == "The office has signed for 2 of 2 items."
    assert [one.mark for one in ready.steps.shown] == [GOOD, GOOD, GOOD]
    assert ready.release.begin.isEnabled() and "The office asks" not in ready.release.words.text()
    ready.release.begin.click()
    ready.release.act.click()
    settled(window)
    assert ready.standing.released == 1 and not ready.release.begin.isEnabled()
    window.go_to("evidence")
    settled(window)
    details = window.current_screen.details
    assert details.words["Received by the office"] != "not yet" and not details.export.isEnabled()


def test_a_bundle_that_the_office_did_not_take_says_why_and_what_to_do_and_is_not_offered_for_sending(ready, window, settled, office):
    ready.make.click()
    settled(window)
    ready.bundles.sends[0].click()
    settled(window)
    change_limits(office.office, {"bundle_files": 2})
    assert [one.outcome for one in office.receive()] == ["refused"]
    ready.look.click()
    settled(window)
    (bundle,) = ready.standing.bundles
    assert bundle.state == (
        "Refused by the office. It has more files or bytes than this office takes. "
        "Ask the office to raise its limit; it then takes this bundle by itself."
    )
    assert [one.text() for one in ready.bundles.sends] == ["More…"]
    assert window.navigation.header.handed.text.startswith("Refused by the office")
    assert [one.mark for one in ready.steps.shown] == [GOOD, GOOD, BAD]
    assert ready.steps.shown[2].when == "refused"
    assert "did not take the newest bundle" in ready.release.words.text() and not ready.release.begin.isEnabled()
    change_limits(office.office, {"bundle_files": 200})
    assert [one.outcome for one in office.receive()] == ["received"]
    ready.look.click()
    settled(window)
    assert ready.standing.bundles[0].state == "Received: the office has signed for every file of this bundle"


def test_originals_may_go_only_once_the_newest_bundle_is_received_too(ready, window, settled, office):
    office.office = set_profile(office.office, Change(laptop_months=6))
    window.background.run(lambda workspace: import_profile(workspace, profile_letter(office.office)), owner=window)
    for _version in ("first", "second"):
        ready.make.click()
        settled(window)
        ready.bundles.sends[0].click()
        settled(window)
        assert ready.release.words.text().startswith("Not yet: the bundle is in the mailbox")
        assert not ready.release.begin.isEnabled()
        assert "received" in [one.outcome for one in office.receive()]
        ready.look.click()
        settled(window)
        assert ready.release.begin.isEnabled()
        assert "The office asks that this is done by " in ready.release.words.text()


def test_a_copy_is_put_on_a_stick(ready, window, settled, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "stick"), ""))
    ready.copy_as_zip()
    settled(window)
    assert (tmp_path / "stick.zip").stat().st_size > 1000
    assert str(tmp_path / "stick.zip") in window.banner.text


@pytest.mark.parametrize("name", ["mailbox", "rules"])
def test_a_form_far_down_the_page_comes_into_sight_when_it_is_opened_and_nothing_else_opens_it_then(screen, window, settled, qtbot, name):
    window.resize(960, 600)
    settled(window)
    card = getattr(screen, name)
    card.open_form()
    qtbot.waitUntil(lambda: card.save.visibleRegion().boundingRect() == card.save.rect())
    assert not card.change.isVisible()
    card.open_form()
    assert card.change.isVisible() and card.change.hasFocus() and not card.save.isVisible()


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


@pytest.fixture
def bundled(ready, window, settled):
    """One bundle that waits; gives its id."""
    ready.make.click()
    settled(window)
    return ready.standing.bundles[0].id


def test_a_place_is_tried_out_and_what_is_wrong_is_said_beside_it(ready, window, settled, office):
    ready.mailbox.test.click()
    assert not ready.mailbox.test.isEnabled()
    settled(window)
    assert "It works" in ready.mailbox.found.text() and ready.mailbox.test.isEnabled()
    office.mailbox.rename(office.mailbox.with_name("unplugged"))
    ready.mailbox.test.click()
    settled(window)
    assert "Plug in the stick" in ready.mailbox.found.text()
    assert list(office.mailbox.with_name("unplugged").glob("inbox/*")) == []


def test_a_place_that_refuses_is_not_kept(screen, window, settled, tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / ".unfinished").write_bytes(b"in the way")
    screen.mailbox.open_form()
    screen.mailbox.url.setText(str(tmp_path / "box"))
    screen.mailbox.save.click()
    settled(window)
    assert screen.mailbox.said.text() and screen.standing.url == ""
    screen.mailbox.authority.setText(str(tmp_path / "no.pem"))
    screen.mailbox.save.click()
    settled(window)
    assert "no.pem" in screen.mailbox.said.text() and screen.mailbox.save.isEnabled()


def test_a_mailbox_that_is_not_there_is_tried_again_and_then_it_goes(ready, bundled, window, settled, office):
    office.mailbox.rename(office.mailbox.with_name("unplugged"))
    ready.send(bundled)
    settled(window)
    assert ready.outgoing.waits and ready.tries.isVisible() and "every minute" in window.banner.text
    office.mailbox.with_name("unplugged").rename(office.mailbox)
    ready.outgoing.again.timeout.emit()
    settled(window)
    assert ready.standing.bundles[0].sent_at and not ready.outgoing.waits and not ready.tries.isVisible()


def test_by_night_only_means_it_waits_and_goes_when_the_rule_is_lifted(ready, bundled, window, settled):
    ready.rules.open_form()
    ready.rules.night.setCurrentIndex(1)
    now = QTime.currentTime()
    ready.rules.begins.setText("half past eight")
    ready.rules.save.click()
    settled(window)
    assert "half past eight" in ready.rules.said.text() and ready.rules.save.isVisible()
    ready.rules.begins.setText(now.addSecs(3600).toString("HH:mm"))
    ready.rules.ends.setText(now.addSecs(7200).toString("HH:mm"))
    ready.rules.rate.setText("fast")
    ready.rules.save.click()
    ready.rules.rate.setText("5000")
    ready.rules.save.click()
    settled(window)
    assert not ready.rules.save.isVisible() and ready.standing.rules.rate == 5000
    assert "between" in ready.rules.words.text()
    ready.send(bundled)
    settled(window)
    assert ready.outgoing.waits and "Sending waits" in window.banner.text and not ready.standing.bundles[0].sent_at
    ready.rules.night.setCurrentIndex(0)
    ready.rules.save.click()
    settled(window)
    ready.outgoing.again.timeout.emit()
    settled(window)
    assert ready.standing.bundles[0].sent_at


def test_before_a_network_that_is_paid_by_the_amount_one_is_asked(ready, bundled, window, settled):
    ready.outgoing.metered = lambda: True
    ready.send(bundled)
    settled(window)
    assert ready.metered.isVisible() and not ready.standing.bundles[0].sent_at
    ready.metered.yes.click()
    settled(window)
    assert not ready.metered.isVisible() and ready.standing.bundles[0].sent_at


def test_a_bad_bundle_is_set_aside_and_the_rest_goes_on(ready, bundled, window, settled):
    ready.make.click()
    settled(window)
    folder = window.background._workspace.outgoing / bundled
    (folder / "data" / "record.age").write_bytes(b"damaged")
    ready.send_waiting.click()
    settled(window)
    by_id = {one.id: one for one in ready.standing.bundles}
    assert by_id[bundled].set_aside and not by_id[bundled].sent_at and "Set aside" in by_id[bundled].state
    assert [one.sent_at != "" for name, one in by_id.items() if name != bundled] == [True]
    ready.bundles.arranged.emit("resume", bundled)
    settled(window)
    assert ready.standing.queue == (bundled,)


def test_a_paused_bundle_is_left_out(ready, bundled, window, settled):
    ready.bundles.arranged.emit("pause", bundled)
    settled(window)
    assert ready.standing.queue == () and "left out" in ready.standing.bundles[0].state


def test_the_evidence_goes_ahead(ready, window, settled, office):
    ready.ahead.click()
    settled(window)
    assert "ahead of the record" in window.banner.text
    assert len(list(office.mailbox.glob("inbox/*/objects/*"))) == 1 and office.receive() == []


def test_a_bundle_made_before_goes_to_a_stick_and_it_is_said_that_it_may_go(ready, bundled, window, settled, tmp_path):
    (tmp_path / "usb").mkdir()
    ready.copy_to_stick(bundled, tmp_path / "usb")
    settled(window)
    assert "may be removed now" in window.banner.text and "1 bundle" in window.banner.text and "free" in window.banner.text
    ready.copy_to_stick(bundled, tmp_path / "usb")
    settled(window)
    assert "there already" in window.banner.text
    ready.copy_to_stick(bundled, tmp_path / "unplugged")
    settled(window)
    assert "Plug in the stick" in window.banner.text


def test_item_by_item_it_is_shown_where_each_is(ready, window, settled, office):
    items = ready.items
    assert items.words.text() == "The office has signed for 0 of 2 items. 2 are in no bundle yet." and items.list.isHidden()
    items.more.click()
    assert items.list.isVisible()
    ready.make.click()
    settled(window)
    assert {row.hint.split(" · ")[0] for row in items.list.row_model.rows} == {"In a bundle, not in the mailbox yet"}
    ready.bundles.sends[0].click()
    settled(window)
    assert all(row.hint.startswith("In the mailbox since") for row in items.list.row_model.rows)
    office.receive()
    ready.look.click()
    settled(window)
    assert [row.title for row in items.list.row_model.rows] == ["Findings report · English", "note.txt"]
    assert all(row.hint.startswith("Received") for row in items.list.row_model.rows)
    items.missing.click()
    assert items.list.row_model.rows == ()


def test_the_header_says_how_far_the_hand_over_is_and_never_says_sent(ready, window, settled, office):
    pill = window.navigation.header.handed
    assert not pill.isVisible()
    ready.make.click()
    settled(window)
    assert pill.isVisible() and pill.text == "1 bundle waits to be sent"
    ready.bundles.sends[0].click()
    settled(window)
    assert pill.text == "In the mailbox, waiting for the receipt"
    office.receive()
    ready.look.click()
    settled(window)
    assert pill.text == "Received by the office"
    window.show_visits()
    settled(window)
    assert not pill.isVisible()
    window.open_visit(ready.opened.state.id)
    settled(window)
    assert pill.isVisible() and pill.text == "Received by the office"
