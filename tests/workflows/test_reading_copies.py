"""What was handed over, as the office reads it: the same visit, with nothing that could change it."""

import pytest

from auditor_app.bundle.names import RECORD
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.store.journal import entries_of_visit, folded_tables, heads_of_visit
from auditor_app.vault.keys import OFFICE_FILE, PASSPHRASE_FILE
from auditor_app.workflows.criteria import answer, explain, rate
from auditor_app.workflows.custody import custody, hand_over_state
from auditor_app.workflows.evidence import describe_evidence, link_evidence, original_bytes, small_picture
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding, withdraw_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import undo
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.folder import open_office
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.reading import open_reading_copy, received_bundle, received_bundles
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from auditor_app.workflows.visits import begin_visit, describe_visit, open_visit
from auditor_app.workflows.workspaces import check

WRITES = {
    "answer": lambda workspace, visit: answer(workspace, visit, "2-d1", "met"),
    "rate": lambda workspace, visit: rate(workspace, visit, "2", "fully", because="Because."),
    "explain": lambda workspace, visit: explain(workspace, visit, "2", "Otherwise."),
    "describe": lambda workspace, visit: describe_visit(workspace, visit, {"site": "Elsewhere"}),
    "raise": lambda workspace, visit: raise_finding(workspace, visit, "3", "Something"),
    "revise": lambda workspace, visit: revise_finding(workspace, visit, first_finding(workspace, visit), statement="Otherwise."),
    "withdraw": lambda workspace, visit: withdraw_finding(workspace, visit, first_finding(workspace, visit), reason="No."),
    "limit": lambda workspace, visit: note_limit(workspace, visit, "The shaft", "Closed", ("2",)),
    "caption": lambda workspace, visit: describe_evidence(workspace, visit, first_piece(workspace, visit), caption="Otherwise"),
    "link": lambda workspace, visit: link_evidence(workspace, visit, first_piece(workspace, visit), Subject(CRITERION, "4"), "supports"),
    "begin": lambda workspace, _visit: begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Another", "site_type": "smelter"}),
    "undo": lambda workspace, visit: undo(workspace, visit, entries_of_visit(workspace.db, visit)[-1].id),
    "report": lambda workspace, visit: make_report(workspace, visit),
    "bundle": lambda workspace, visit: make_bundle(workspace, visit),
}


def first_finding(workspace, visit) -> str:
    return workspace.visit(visit).findings[0].id


def first_piece(workspace, visit):
    return next(iter(workspace.visit(visit).evidence))


@pytest.fixture
def hand_over(reported, visit, office, tmp_path):
    """Hand the visit over on a stick, as it is now; gives the bundle's id."""

    def handed_over(name: str) -> str:
        make_bundle(reported, visit, out=tmp_path / "stick" / name)
        result = receive_path(office, tmp_path / "stick" / name)
        assert result.outcome == "received", result
        return result.bundle

    return handed_over


@pytest.fixture
def copy(office, hand_over):
    """The reading copy of the first bundle, opened."""
    with open_reading_copy(office, hand_over("first")) as opened:
        yield opened


def test_a_reading_copy_is_the_visit_that_was_handed_over(copy, reported, visit):
    assert entries_of_visit(copy.db, visit) == entries_of_visit(reported.db, visit)
    assert heads_of_visit(copy.db, visit) == heads_of_visit(reported.db, visit)
    assert open_visit(copy, visit) == open_visit(reported, visit)
    assert check(copy, deep=True) == []


def test_evidence_small_pictures_and_signed_reports_open_with_the_office_s_key(copy, reported, visit):
    piece = first_piece(copy, visit)
    assert original_bytes(copy, piece, limit=1 << 20) == original_bytes(reported, piece, limit=1 << 20)
    assert small_picture(copy, piece).startswith(b"\xff\xd8")
    (there,), (here,) = list_reports(reported, visit), list_reports(copy, visit)
    assert report_bytes(copy, here) == report_bytes(reported, there)
    assert (here.id, here.signed, here.details) == (there.id, True, there.details)


def test_the_copy_tells_where_every_piece_is_and_that_the_bundle_was_received(copy, office, visit):
    (line,) = received_bundles(office)
    assert {one.received_at for one in custody(copy, visit).values()} == {line.received_at}
    assert hand_over_state(copy, visit).received == 1


@pytest.mark.parametrize("write", WRITES)
def test_nothing_can_be_changed_in_a_reading_copy(copy, visit, write):
    before = entries_of_visit(copy.db, visit), folded_tables(copy.db), sorted(copy.vault.objects()), list_reports(copy, visit)
    with pytest.raises(NotAllowed, match="reading_copy" if write != "bundle" else "certificate_missing"):
        WRITES[write](copy, visit)
    after = entries_of_visit(copy.db, visit), folded_tables(copy.db), sorted(copy.vault.objects()), list_reports(copy, visit)
    assert after == before


def test_no_evidence_can_be_taken_into_a_reading_copy(copy, visit, sample_photo, tmp_path):
    before = entries_of_visit(copy.db, visit)
    with pytest.raises(NotAllowed, match="reading_copy"):
        take_in(copy, visit, sample_photo(tmp_path / "card" / "IMG_0002.jpg", shade=7))
    assert entries_of_visit(copy.db, visit) == before


def test_only_the_office_s_key_opens_a_reading_copy(copy):
    assert not (copy.folder / "keys" / PASSPHRASE_FILE).exists()
    assert (copy.folder / "keys" / OFFICE_FILE).read_bytes().startswith(b"age-encryption.org/v1\n-> X25519")


def test_the_sealed_files_take_no_further_room(copy, office):
    received = next(office.received.glob("*/data/evidence/*.age"))
    assert copy.vault.path(received.stem).samefile(received)


def test_a_newer_bundle_renews_the_copy_and_the_older_one_can_still_be_read(office, hand_over, reported, visit, sample_photo, tmp_path):
    first = hand_over("first")
    with open_reading_copy(office, first) as copy:
        folder = copy.folder
    take_in(reported, visit, sample_photo(tmp_path / "card" / "IMG_0002.jpg", shade=7))
    explain(reported, visit, "2", "A register was shown later.")
    make_report(reported, visit, sign=True)
    second = hand_over("second")
    with open_reading_copy(office, second) as copy:
        assert copy.folder == folder
        assert open_visit(copy, visit) == open_visit(reported, visit)
        assert len(list_reports(copy, visit)) == 2
        assert check(copy, deep=True) == []
    with open_reading_copy(office, first) as older:
        assert older.folder != folder
        assert older.visit(visit).criteria["2"].because == "No register was shown."
        assert len(older.visit(visit).evidence) == 1


def test_every_bundle_is_listed_with_its_version(office, hand_over, reported, visit):
    first = hand_over("first")
    explain(reported, visit, "2", "A register was shown later.")
    second = hand_over("second")
    lines = received_bundles(office)
    assert [(one.bundle, one.version, one.versions, one.is_newest) for one in lines] == [(second, 2, 2, True), (first, 1, 2, False)]
    assert {(one.site, one.auditor) for one in lines} == {("Fundición Río Seco", "Ana Núñez")}
    assert received_bundle(office, first[:12]) == lines[1]
    with pytest.raises(NotAllowed, match="bundle_not_received"):
        received_bundle(office, "")


def test_a_record_that_is_not_what_was_received_is_refused_and_the_right_one_is_read_the_next_time(office, hand_over, visit):
    bundle = hand_over("first")
    record = office.received / bundle / RECORD
    right = record.read_bytes()
    record.unlink()
    record.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    with pytest.raises(Corrupted, match="object_differs"):
        open_reading_copy(office, bundle)
    record.write_bytes(right)
    with open_reading_copy(office, bundle) as copy:
        assert copy.visit(visit).facts["site"] == "Fundición Río Seco"


def test_a_copy_opens_after_the_office_s_key_was_renewed(office, hand_over, visit):
    bundle = hand_over("first")
    open_reading_copy(office, bundle).close()
    rotate(office)
    with open_reading_copy(open_office(office.folder, office.clock), bundle) as copy:
        assert original_bytes(copy, first_piece(copy, visit), limit=1 << 20)
