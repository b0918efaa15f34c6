"""From the first criterion to the office's receipt, over a line that is cut again and again."""

import json

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.sync import parts
from auditor_app.sync.listing import LIMITS, Listing
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.evidence import export_original, original_bytes
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.hand_over import find_bundle, make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.mailboxes import set_mailbox
from auditor_app.workflows.office.receiving import receive_mailbox, registered
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.receipts import release
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import send
from auditor_app.workflows.visits import close_visit, list_visits
from auditor_app.workflows.workspaces import back_up, check, restore
from tests.quick_key import quick_key

FILM = 9 << 20
"""Bytes: more than one part of the mailbox."""


@pytest.fixture
def visited(enrolled, visit, sample_photo, tmp_path):
    """A visit with everything done: photos, a film, ratings, a finding, a signed report."""
    for shade in range(4):
        photo = sample_photo(tmp_path / "card" / f"{shade}.jpg", shade=shade * 50)
        take_in(enrolled, visit, photo, targets=[Subject(CRITERION, "17")])
    film = tmp_path / "card" / "film.mp4"
    film.write_bytes(bytes(range(256)) * (FILM // 256))
    take_in(enrolled, visit, film)
    for number in range(1, 33):
        rate(enrolled, visit, str(number), "fully")
    rate(enrolled, visit, "33", "partially", because="One contract was missing.")
    raise_finding(enrolled, visit, "33", "Contract missing", site_reply="It will be sent.")
    close_visit(enrolled, visit)
    make_report(enrolled, visit, sign=True)
    return enrolled


def test_everything_arrives_over_webdav_though_the_line_is_cut_and_is_released_only_with_the_receipt(
    visited, visit, office, webdav, cutting_line, tmp_path
):
    before = visited.visit(visit)
    made = make_bundle(visited, visit)
    set_mailbox(visited, f"http://127.0.0.1:{cutting_line.port}/{webdav.name}/", webdav.user, webdav.password)
    for after in (2_000, 70_000, 3 << 20, 2 << 20):
        cutting_line.cut_after(after)
        with pytest.raises(Unavailable) as cut:
            send(visited, made.id)
        assert cut.value.code == "place_unreachable"
        assert find_bundle(visited, made.id).sent_at == ""
        assert receive_mailbox(office, url=webdav.url, user=webdav.user, password=webdav.password) == [], "half a bundle is none"
    assert cutting_line.cuts == 4
    send(visited, made.id)
    assert send(visited, made.id).sent == 0
    puts = [name for name in webdav.server.puts() if len(name) >= 64]
    assert len(puts) - len(set(puts)) <= 4, "a cut costs one part at most"
    with pytest.raises(NotAllowed, match="no_receipt"):
        release(visited, visit)

    cutting_line.cut_after(3 << 20, downwards=True)
    with pytest.raises(Unavailable):
        receive_mailbox(office, url=f"http://127.0.0.1:{cutting_line.port}/{webdav.name}/", user=webdav.user, password=webdav.password)
    (result,) = receive_mailbox(office, url=webdav.url, user=webdav.user, password=webdav.password)
    assert (result.outcome, result.site) == ("received", "Fundición Río Seco")
    assert {answer.answer for answer in result.answers} == {"yes"}
    assert registered(office)[0]["entries"] > 40

    assert fetch(visited).about("receipt") == [made.id]
    assert release(visited, visit) == 5
    assert visited.visit(visit) == before
    assert list_visits(visited)[0].state == "closed"
    assert check(visited, deep=True) == []


def test_what_lies_in_the_mailbox_tells_its_keeper_nothing_of_the_site(visited, visit, office, tmp_path):
    made = make_bundle(visited, visit)
    send(visited, made.id)
    receive_mailbox(office)
    secrets = [word.encode() for word in ("Fundici", "Río Seco", "Contract missing", "film.mp4", "Cobres")]
    files = [path for path in (tmp_path / "mailbox").rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        assert not [word for word in secrets if word in data], path
    listing = json.loads((tmp_path / "mailbox" / "inbox" / made.id / "bundle.json").read_bytes())
    assert isinstance(listing["objects"], list)
    assert parts.PART_SIZE < FILM <= LIMITS.object_bytes
    assert Listing(bundle_id=made.id, objects=()).part_size == parts.PART_SIZE


def test_a_laptop_lost_after_its_backup_goes_on_from_it_to_the_receipt(visited, visit, office, laptop, secret, tmp_path):
    quick_key(visited.folder, secret, "pass")
    back_up(visited, tmp_path / "stick")
    visited.close()
    visited.folder.rename(tmp_path / "lost")
    restore(tmp_path / "stick", laptop.folder / "workspace", "pass")
    with laptop.open(laptop.folder / "workspace") as restored:
        made = make_bundle(restored, visit)
        send(restored, made.id)
        assert [result.outcome for result in receive_mailbox(office)] == ["received"]
        assert fetch(restored).about("receipt") == [made.id]
        for digest, one in restored.visit(visit).evidence.items():
            assert len(original_bytes(restored, digest, limit=FILM * 2)) == one.size
        assert release(restored, visit) == 5
        with pytest.raises(Unavailable, match="original_not_here"):
            export_original(restored, digest, tmp_path / "out")
