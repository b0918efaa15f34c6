"""Sending: the queue, its rules, evidence ahead of the record, and what a cut, a kill or a bad item cost."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from auditor_app.errors import Cancelled, NotAllowed, Unavailable
from auditor_app.sync.places import Place
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mailboxes import mailbox, set_mailbox, try_place
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import carry_out, look_again, note_cut, note_sent, plan_sending, plan_sending_ahead, send, send_ahead
from auditor_app.workflows.sending_queue import pause, put_first, queue, resume, send_queue
from auditor_app.workflows.sending_rules import SEND, WAIT, SendingRules, sending_rules, set_sending_rules
from tests.webdav_server import webdav, webdav_server  # noqa: F401 - fixtures


@pytest.fixture
def reported(enrolled, visit, sample_photo, tmp_path):
    """A visit with three photos, a film of several parts, and a signed report."""
    for shade in (10, 20, 30):
        take_in(enrolled, visit, sample_photo(tmp_path / "card" / f"{shade}.jpg", shade=shade))
    film = tmp_path / "card" / "film.mp4"
    film.write_bytes(os.urandom(3 << 20))
    take_in(enrolled, visit, film)
    make_report(enrolled, visit, sign=True)
    return enrolled


@pytest.fixture
def two(reported, visit):
    """Two bundles that wait; gives their ids, the older first."""
    first = make_bundle(reported, visit).id
    rate(reported, visit, "1", "fully")
    return first, make_bundle(reported, visit).id


def waiting(workspace):
    return [one.bundle for one in queue(workspace)]


def test_the_oldest_goes_first_unless_another_is_put_first(reported, two):
    assert waiting(reported) == list(two)
    put_first(reported, two[1][:12])
    assert waiting(reported) == [two[1], two[0]]
    assert [one.bundle for one in send_queue(reported).sent] == [two[1], two[0]]
    assert queue(reported) == ()


def test_a_paused_bundle_stays_until_it_is_resumed(reported, two):
    pause(reported, two[0])
    pause(reported, two[0])
    assert [one.paused for one in queue(reported)] == [True, False]
    assert [one.bundle for one in send_queue(reported).sent] == [two[1]]
    resume(reported, two[0])
    assert [one.bundle for one in send_queue(reported).sent] == [two[0]]


def test_a_bad_bundle_is_set_aside_with_its_reason_and_the_rest_goes_on(reported, two):
    victim = next((reported.outgoing / two[0] / "data").glob("record.age"))
    right = victim.read_bytes()
    victim.unlink()
    victim.write_bytes(bytes(len(right)))
    result = send_queue(reported)
    assert [one.bundle for one in result.sent] == [two[1]]
    ((bundle, error),) = result.set_aside
    assert (bundle, error.code) == (two[0], "object_damaged")
    assert [(one.bundle, one.set_aside) for one in queue(reported)] == [(two[0], "object_damaged")]
    assert send_queue(reported).set_aside == (), "it is not tried again by itself"
    victim.write_bytes(right)
    resume(reported, two[0])
    assert [one.bundle for one in send_queue(reported).sent] == [two[0]]


def test_a_file_that_is_gone_is_set_aside_too(reported, two):
    (reported.outgoing / two[0] / "bagit.txt").unlink()
    ((_bundle, error),) = send_queue(reported).set_aside
    assert error.code == "file_missing"


def test_what_is_wrong_with_the_place_sets_nothing_aside(reported, two, tmp_path):
    (tmp_path / "mailbox").rename(tmp_path / "unplugged")
    with pytest.raises(Unavailable, match="place_not_found"):
        send_queue(reported)
    assert [one.set_aside for one in queue(reported)] == ["", ""]


def test_evidence_goes_ahead_of_the_record_and_is_not_sent_again(reported, visit, office):
    ahead = send_ahead(reported, visit)
    assert ahead.sent >= 4 and ahead.bundle == ""
    assert send_ahead(reported, visit).sent == 0
    assert receive_mailbox(office) == [], "it is no bundle yet"
    made = make_bundle(reported, visit)
    sent = send(reported, made.id)
    assert sent.skipped == ahead.sent and sent.size < 1 << 20
    assert [result.outcome for result in receive_mailbox(office)] == ["received"]


def test_without_an_office_nothing_can_go_ahead(workspace, visit, sample_photo, tmp_path):
    take_in(workspace, visit, sample_photo(tmp_path / "a.jpg"))
    (tmp_path / "box").mkdir()
    set_mailbox(workspace, str(tmp_path / "box"))
    with pytest.raises(NotAllowed, match="nothing_to_send_ahead"):
        send_ahead(workspace, visit)


def test_a_second_bundle_of_a_visit_sends_only_what_is_new(reported, two):
    first, second = send(reported, two[0]), send(reported, two[1])
    assert second.size < first.size / 10


def test_the_auditor_goes_on_while_a_frozen_copy_is_sent(reported, visit, two, office):
    planned = plan_sending(reported, two[1])
    rate(reported, visit, "2", "fully")
    note_sent(reported, planned, carry_out(planned))
    assert waiting(reported) == [two[0]]
    assert [result.outcome for result in receive_mailbox(office)] == ["received"]


def test_parts_follow_the_line_and_their_size_is_kept(reported, two, tmp_path):
    planned = plan_sending(reported, two[0])
    planned.pace.failed()
    note_cut(reported, planned)
    assert plan_sending(reported, two[0]).pace.size == planned.pace.size < 1 << 20
    send(reported, two[0])
    film = [path.stat().st_size for path in (tmp_path / "mailbox" / "inbox").glob("*/objects/*-*")]
    assert sum(film) > 3 << 20 and len(set(film)) > 1


def test_a_limit_holds_sending_back_and_stopping_works_meanwhile(reported, visit, office):
    set_sending_rules(reported, SendingRules(rate=500))
    began, told = time.monotonic(), []

    def stop_after_a_second(step, done, total):
        told.append(done)
        if time.monotonic() - began > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        send_ahead(reported, visit, stop_after_a_second)
    assert time.monotonic() - began < 2
    assert max(told) < 3 << 20, "at 500 kB a second it cannot be through"


@pytest.mark.parametrize("damage", ["truncated", "corrupted", "gone", "list altered"])
def test_what_is_damaged_in_the_mailbox_after_sending_is_no_refusal_and_goes_again(reported, two, office, tmp_path, damage):
    send(reported, two[0])
    assert look_again(reported) == []
    inbox = tmp_path / "mailbox" / "inbox"
    victim = max(inbox.glob("*/objects/*"), key=lambda path: path.stat().st_size)
    right = victim.read_bytes()
    if damage == "list altered":
        listing = inbox / two[0] / "bundle.json"
        listing.write_bytes(listing.read_bytes()[:-9])
    elif damage == "gone":
        victim.unlink()
    else:
        victim.write_bytes(right[:-7] if damage == "truncated" else bytes(len(right)))
    (found,) = receive_mailbox(office)
    assert (found.outcome, found.reason[:8]) == ("damaged", "mailbox_")
    assert look_again(reported) == [two[0]]
    assert waiting(reported) == list(two)
    sent = send(reported, two[0])
    assert sent.sent == (0 if damage == "list altered" else 1) and sent.size <= len(right)
    assert [result.outcome for result in receive_mailbox(office)] == ["received"]
    assert fetch(reported).about("receipt") == [two[0]]
    victim.unlink()
    assert look_again(reported) == [], "with a receipt nothing need be there any more"


def test_a_place_that_does_not_answer_sends_nothing_back_into_the_queue(reported, two, tmp_path):
    send(reported, two[0])
    (tmp_path / "mailbox").rename(tmp_path / "unplugged")
    assert look_again(reported) == []
    assert waiting(reported) == [two[1]]


def test_at_night_only_means_that_no_part_goes_by_day(reported, two, clock, tmp_path):
    set_sending_rules(reported, SendingRules(night_from="20:00", night_until="06:00"))
    with pytest.raises(NotAllowed, match=r"sending_waits_for_night.*20:00.*06:00"):
        send_queue(reported)
    assert list((tmp_path / "mailbox").rglob("*")) == [] or not list((tmp_path / "mailbox" / "inbox").glob("*"))
    assert [one.set_aside for one in queue(reported)] == ["", ""]
    clock.moment = datetime(2026, 5, 4, 23, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert len(send_queue(reported).sent) == 2


@pytest.mark.parametrize("hour, goes", [("19:59", False), ("20:00", True), ("05:59", True), ("06:00", False), ("12:00", False)])
def test_the_night_goes_over_midnight(hour, goes):
    rules = SendingRules(night_from="20:00", night_until="06:00")
    now = datetime.fromisoformat(f"2026-05-04T{hour}:30+00:00")
    if goes:
        rules.allow(now, metered=False)
    else:
        with pytest.raises(NotAllowed, match="sending_waits_for_night"):
            rules.allow(now, metered=False)


def test_a_network_paid_by_the_amount_has_its_own_rule_and_limit(reported, two):
    set_sending_rules(reported, SendingRules(metered=WAIT, metered_rate=20))
    with pytest.raises(NotAllowed, match="sending_waits_for_network"):
        send_queue(reported, metered=True)
    assert len(send_queue(reported).sent) == 2
    assert sending_rules(reported).bytes_a_second(metered=True) == 20_000
    assert sending_rules(reported).bytes_a_second(metered=False) == 0


@pytest.mark.parametrize(
    "rules",
    [
        SendingRules(night_from="25:00", night_until="06:00"),
        SendingRules(night_from="20:00"),
        SendingRules(rate=-1),
        SendingRules(metered="perhaps"),
    ],
)
def test_rules_that_cannot_be_are_refused_and_the_old_ones_stay(workspace, rules):
    set_sending_rules(workspace, SendingRules(metered=SEND))
    with pytest.raises(NotAllowed, match="sending_rule_refused"):
        set_sending_rules(workspace, rules)
    assert sending_rules(workspace) == SendingRules(metered=SEND)


KILLED = """
import sys
from pathlib import Path
from auditor_app.vault.keys import Secret
from auditor_app.workflows.sending import send
from auditor_app.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]), secret=Secret(sys.stdin.readline().strip()), installation=Path(sys.argv[2]))
send(workspace, sys.argv[3], lambda step, done, total: print(step, done, flush=True))
"""


def test_a_sending_that_was_killed_goes_on_and_costs_one_part_at_most(reported, two, webdav, laptop, secret):  # noqa: F811
    set_mailbox(reported, webdav.url, webdav.user, webdav.password)
    set_sending_rules(reported, SendingRules(rate=400))
    folder = reported.folder
    reported.close()
    words = [sys.executable, "-c", KILLED, str(folder), str(laptop.installation), two[0]]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as running:
        running.stdin.write(f"{secret.identity}\n".encode())
        running.stdin.close()
        while not (line := running.stdout.readline()).startswith(b"sending") or int(line.split()[1]) < 1 << 20:
            assert line, "it ended too early"
        running.kill()
    with laptop.open(folder) as again:
        assert [one.bundle for one in queue(again)] == list(two)
        set_sending_rules(again, SendingRules())
        send(again, two[0])
    puts = [name for name in webdav.server.puts() if len(name) >= 64]
    assert len(puts) - len(set(puts)) <= 1
    read_back = [path for method, path in webdav.server.requests if method == "GET" and "/objects/" in path]
    assert len(read_back) <= 1, "what was confirmed before the kill is known without asking"
    assert list(folder.glob("outgoing/*.confirmed")) == []


def test_a_place_that_works_and_one_that_does_not_are_told_step_by_step(workspace, webdav, tmp_path):  # noqa: F811
    assert try_place(Place(url=webdav.url, user=webdav.user, password=webdav.password)).done == ("reach", "write", "read", "list", "delete")
    webdav.server.answer = "507 Insufficient Storage"
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / ".unfinished").write_bytes(b"in the way")
    for place, done, stopped, code in (
        (Place(url=str(tmp_path / "box")), (), "write", "place_unreachable"),
        (Place(url=str(tmp_path / "nowhere")), (), "reach", "place_not_found"),
        (Place(url=webdav.url, user=webdav.user, password=webdav.password), (), "reach", "place_full"),
    ):
        found = try_place(place)
        assert (found.stopped_at, found.problem.code) == (stopped, code)
        assert found.done == (("reach",) if stopped == "write" else done)


def test_the_offices_own_authority_is_kept_with_the_mailbox_and_a_bad_one_is_refused(workspace, tmp_path):
    (tmp_path / "box").mkdir()
    with pytest.raises(NotAllowed, match="place_authority_unreadable"):
        set_mailbox(workspace, str(tmp_path / "box"), authority="nothing")
    assert mailbox(workspace) is None


def test_a_bundle_that_nobody_knows_cannot_be_paused(workspace):
    for act in (pause, resume, put_first):
        with pytest.raises(NotAllowed, match="bundle_unknown"):
            act(workspace, "0199")


def test_nothing_is_planned_without_a_mailbox(workspace, visit):
    with pytest.raises(NotAllowed):
        plan_sending_ahead(workspace, visit)
