"""What sending may meet on its way: each with its own sentence, and then its next step works and nothing went twice without need."""

import os
from datetime import timedelta

import pytest

from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable
from auditor_app.sync.pace import Pace
from auditor_app.workflows.hand_over import find_bundle, make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mailboxes import Place, keep_mailbox
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.receiving import receive_mailbox
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import send
from tests.object_stores import ACCESS_KEY, SECRET_KEY, answering_s3
from tests.small_disk import needs_root, remount, small_disk
from tests.webdav_server import PASSWORD


@pytest.fixture
def office(tmp_path, clock):
    """An office that names no place of its own."""
    return found_office(tmp_path / "office", "Office of Assurance", clock)


@pytest.fixture
def made(enrolled, visit, tmp_path):
    """A bundle of several parts that waits."""
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(3 << 20))
    take_in(enrolled, visit, film)
    make_report(enrolled, visit, sign=True)
    return make_bundle(enrolled, visit).id


@pytest.fixture
def s3(tmp_path):
    with answering_s3() as running:
        yield running


def sent_until(workspace, bundle, trouble):
    """Send; `trouble` comes once the first part is there. Gives what it ended with."""
    came = []

    def first_part_is_there(step, done, total):
        if done and not came:
            came.append(done)
            trouble()

    with pytest.raises((Unavailable, NotAllowed)) as ended:
        send(workspace, bundle, first_part_is_there)
    assert came and find_bundle(workspace, bundle).sent_at == ""
    return ended.value


def goes_on(workspace, office, bundle, place):
    """The next sending finishes what the first began, and the office signs for it."""
    result = send(workspace, bundle)
    assert result.skipped >= 1, "what was sent stays sent"
    (received,) = receive_mailbox(office, url=place.url, user=place.user, password=place.password)
    assert received.outcome == "received"
    assert fetch(workspace).about("receipt") == [bundle]


ANSWERS = [
    ("507 Insufficient Storage", "place_full", "is full", "send again"),
    ("413 Content Too Large", "place_full", "is full", "send again"),
    ("401 Unauthorized", "place_refused_password", "refused the user name or password", "Enter them again"),
    ("403 Forbidden", "place_refused_access", "does not let you", "Ask the office"),
    ("503 Service Unavailable", "place_busy", "is busy", "Try again in a few minutes"),
    ("504 Gateway Timeout", "place_too_slow", "did not answer in time", "Try again"),
]


@pytest.mark.parametrize("answer, code, what, next_step", ANSWERS)
def test_a_webdav_server_that_begins_to_refuse_midway(enrolled, office, made, webdav, answer, code, what, next_step):
    place = Place(url=webdav.url, user=webdav.user, password=webdav.password)
    keep_mailbox(enrolled, place)
    error = sent_until(enrolled, made, lambda: setattr(webdav.server, "answer", answer))
    says(error, code, what, next_step)
    webdav.server.answer = ""
    goes_on(enrolled, office, made, place)


STORE_ANSWERS = [
    (400, "ExpiredToken", "place_credentials_expired", "has expired", "new keys"),
    (403, "RequestTimeTooSkewed", "place_clock_differs", "clock of this laptop is wrong", "Set date and time"),
    (403, "QuotaExceeded", "place_full", "is full", "send again"),
    (403, "InvalidAccessKeyId", "place_refused_password", "refused the user name or password", "Enter them again"),
    (503, "SlowDown", "place_busy", "is busy", "Try again in a few minutes"),
]


@pytest.mark.parametrize("status, store_code, code, what, next_step", STORE_ANSWERS)
def test_a_store_that_begins_to_refuse_midway(enrolled, office, made, s3, status, store_code, code, what, next_step):
    place = Place(url=s3.url, user=ACCESS_KEY, password=SECRET_KEY)
    keep_mailbox(enrolled, place)
    error = sent_until(enrolled, made, lambda: s3.refuse(status, store_code))
    says(error, code, what, next_step)
    s3.refuse(0, "")
    goes_on(enrolled, office, made, place)


def test_a_password_that_was_changed_midway_and_is_then_entered(enrolled, office, made, webdav):
    keep_mailbox(enrolled, Place(url=webdav.url, user=webdav.user, password=webdav.password))
    with webdav.server.other_password("Zinkblende-8"):
        error = caught(lambda: send(enrolled, made))
        says(error, "place_refused_password", "refused the user name or password", "Enter them again")
        place = Place(url=webdav.url, user=webdav.user, password="Zinkblende-8")
        keep_mailbox(enrolled, place)
        send(enrolled, made)
        (received,) = receive_mailbox(office, url=place.url, user=place.user, password=place.password)
    assert received.outcome == "received" and place.password != PASSWORD


@needs_root
def test_a_stick_that_becomes_full_midway_and_is_given_room(enrolled, office, made, tmp_path):
    with small_disk(tmp_path / "stick", "2m") as stick:
        place = Place(url=str(stick))
        keep_mailbox(enrolled, place)
        error = caught(lambda: send(enrolled, made))
        says(error, "place_full", "is full", "send again")
        remount(stick, "size=40m")
        goes_on(enrolled, office, made, place)


def test_a_line_that_is_cut_because_the_network_changes(enrolled, office, made, webdav, cutting_line):
    place = Place(url=webdav.url.replace(str(webdav.server.port), str(cutting_line.port)), user=webdav.user, password=webdav.password)
    keep_mailbox(enrolled, place)
    cutting_line.cut_after(1_500_000, all_of_it=True)
    error = caught(lambda: send(enrolled, made))
    says(error, "place_unreachable", "cannot be reached", "try again")
    goes_on(enrolled, office, made, place)
    assert len(cutting_line.puts) - len(set(cutting_line.puts)) <= 1


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-3), timedelta(days=2)])
def test_a_clock_that_jumps_while_something_is_sent(enrolled, office, made, clock, webdav, jump):
    place = Place(url=webdav.url, user=webdav.user, password=webdav.password)
    keep_mailbox(enrolled, place)
    before, jumped = clock.moment, []

    def jump_once(step, done, total):
        if done and not jumped:
            jumped.append(jump)
            clock.moment += jump

    result = send(enrolled, made, jump_once)
    assert jumped and result.sent > 3
    clock.moment = before + timedelta(hours=1)
    goes_on(enrolled, office, made, place)


def test_after_a_long_sleep_parts_are_small_for_a_moment_and_grow_again():
    pace = Pace(size=8 << 20)
    pace.took(8 << 20, 9 * 3600.0)
    small = pace.size
    for _part in range(5):
        pace.took(pace.size // pace.lanes, 0.5, pace.lanes)
    assert small < 1 << 20 < 4 << 20 < pace.size


def caught(act):
    with pytest.raises((Unavailable, NotAllowed)) as ended:
        act()
    return ended.value


def says(error: AuditorAppError, code: str, what: str, next_step: str) -> None:
    """Its own sentence: what happened, that nothing was lost, and what to do."""
    assert error.code == code
    told = words(error)
    assert what in told and next_step in told, told
    assert "{" not in told and "Datacenter" not in told
