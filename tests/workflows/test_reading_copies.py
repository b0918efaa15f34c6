"""What was handed over, as the office reads it: the same visit, with nothing that could change it."""

import shutil

import pytest

from auditor_app.bundle.names import RECORD
from auditor_app.domain.earlier import EARLIER
from auditor_app.domain.journal import Subject
from auditor_app.domain.office import FormInUse
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.install_paths import shipped_forms
from auditor_app.register.register import open_register
from auditor_app.store.journal import entries_of_visit, folded_tables, heads_of_visit
from auditor_app.vault.keys import OFFICE_FILE, PASSPHRASE_FILE
from auditor_app.workflows.acknowledging import Representative
from auditor_app.workflows.closing_sheet import acknowledge_sheet, find_sheet, make_sheet
from auditor_app.workflows.criteria import answer, explain, rate
from auditor_app.workflows.custody import custody, hand_over_state
from auditor_app.workflows.evidence import describe_evidence, link_evidence, original_bytes, small_picture
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding, withdraw_finding
from auditor_app.workflows.forms import forms_at_hand, import_form, load_form
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import undo
from auditor_app.workflows.identity import signing_identity
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.folder import open_office
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.previous import from_register, said_of_previous
from auditor_app.workflows.office.profile import Change, set_profile
from auditor_app.workflows.office.reading import open_reading_copy, received_bundle, received_bundles
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.reports import list_reports, make_report, report_bytes
from auditor_app.workflows.visits import begin_visit, describe_visit, open_visit
from auditor_app.workflows.workspaces import check
from tests.workflows.bundle_faults import Bench, Insides

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


def test_the_preliminary_sheet_is_known_as_such_with_who_acknowledged_it(reported, visit, office, hand_over):
    """Found: the copy took it for one more findings report, and its acknowledgement for another."""
    make_sheet(reported, visit)
    acknowledge_sheet(
        reported, visit, Representative(name="Óscar Peña", role="Plant manager", strokes=(((0.1, 0.1, 1.0), (0.4, 0.2, 1.0)),))
    )
    there = find_sheet(reported, visit)
    with open_reading_copy(office, hand_over("first")) as copy:
        assert find_sheet(copy, visit) == there
        assert find_sheet(copy, visit).acknowledged.details["acknowledged_by"] == "Óscar Peña"
        assert [one.details for one in list_reports(copy, visit)] == [one.details for one in list_reports(reported, visit)]


@pytest.fixture
def imported(enrolled, tmp_path):
    """A form of its own that the auditor's workspace has imported, and the program does not come with."""
    text = (shipped_forms() / "copper-mark-rra-3.0" / "form.yaml").read_text("utf-8")
    for before, after in (
        ("form: copper-mark-rra-3.0\n", "form: our-own-1\n"),
        ("Risk Assessment", "Weighing of Risks"),
        ('"Does Not Meet"', '"Falls Short"'),
    ):
        assert before in text
        text = text.replace(before, after)
    (tmp_path / "form.yaml").write_text(text, "utf-8")
    return import_form(enrolled, tmp_path / "form.yaml")


@pytest.fixture
def by_own_form(imported, enrolled, office):
    """A visit by that form, rated and reported; and the office, whose profile names the form."""
    visit, _ = begin_visit(enrolled, imported.digest, {"site": "Puerto Seco", "site_type": "smelter"})
    rate(enrolled, visit, "2", "does_not", because="No register was shown.")
    raise_finding(enrolled, visit, "2", "No risk register")
    make_report(enrolled, visit, sign=True)
    return visit, set_profile(office, Change(forms=(FormInUse(form=imported.form, digest=imported.digest),)))


def test_a_visit_by_a_form_that_is_not_at_hand_is_read_by_the_one_in_its_record(by_own_form, imported, enrolled, tmp_path):
    visit, office = by_own_form
    make_bundle(enrolled, visit, out=tmp_path / "stick")
    received = receive_path(office, tmp_path / "stick")
    assert received.outcome == "received", received
    with open_reading_copy(office, received.bundle) as copy:
        assert open_visit(copy, visit) == open_visit(enrolled, visit)
        assert load_form(copy, imported.digest).form.criterion("2").name == "Weighing of Risks"
        assert check(copy, deep=True) == []
    assert imported.digest not in {one.digest for one in forms_at_hand()}, "it is one of the copy, and none of the office's own"


def test_the_register_knows_the_words_of_a_form_that_came_in_the_record(by_own_form, enrolled, tmp_path):
    visit, office = by_own_form
    make_bundle(enrolled, visit, out=tmp_path / "stick")
    assert receive_path(office, tmp_path / "stick").outcome == "received"
    with open_register(office.register) as db:
        (criterion,), (finding,) = list(db.query("SELECT * FROM criterion")), list(db.query("SELECT * FROM finding"))
    assert (criterion["name"], criterion["rating_label"], criterion["level"]) == ("Weighing of Risks", "Falls Short", 3)
    assert finding["grade_label"]


def test_the_next_visit_is_assigned_in_the_words_of_a_form_that_came_in_the_record(by_own_form, imported, enrolled, tmp_path):
    """Found: the visit before was called by the key of its form, and its findings by the numbers of their criteria."""
    visit, office = by_own_form
    make_bundle(enrolled, visit, out=tmp_path / "stick")
    received = receive_path(office, tmp_path / "stick")
    found = from_register(office, visit)
    assert (found.visit.title, found.form) == (imported.title, load_form(enrolled, imported.digest).form)
    (said,) = [one for one in said_of_previous(found, found.form) if one.kind == EARLIER]
    assert said.fields["was"] == "2 Weighing of Risks"
    shutil.rmtree(office.received / received.bundle)
    assert from_register(office, visit).visit.title == "our-own-1"


def test_a_form_that_the_office_does_not_use_is_refused_though_the_record_carries_it(by_own_form, office, enrolled, tmp_path):
    visit, using = by_own_form
    make_bundle(enrolled, visit, out=tmp_path / "stick")
    office = set_profile(using, Change(forms=()))
    refused = receive_path(office, tmp_path / "stick")
    assert (refused.outcome, refused.reason.split()[0]) == ("refused", "form_not_of_office")
    assert not list(office.reading.glob("*"))


@pytest.mark.parametrize("own_form", [False, True], ids=["shipped form", "form not at hand"])
def test_a_bundle_of_a_program_that_left_the_form_out_is_received_and_read_as_before(by_own_form, reported, visit, own_form, tmp_path):
    other, office = by_own_form
    visit = other if own_form else visit
    make_bundle(reported, visit, out=tmp_path / "stick")
    without_form(tmp_path / "stick", tmp_path / "before", reported, office)
    received = receive_path(office, tmp_path / "before")
    assert received.outcome == "received", received
    if own_form:
        with pytest.raises(NotAllowed, match="form_unknown form='our-own-1'"):
            open_reading_copy(office, received.bundle)
    else:
        with open_reading_copy(office, received.bundle) as copy:
            assert open_visit(copy, visit) == open_visit(reported, visit)


def without_form(bundle, target, workspace, office):
    """Write a bundle anew as programs did that did not put the form into the record."""
    bench = Bench(
        office=office,
        good=bundle,
        older=(),
        auditor=signing_identity(workspace),
        others={},
        secret=workspace.secret,
        recipients=tuple(workspace.recipients()),
    )
    Insides.of(bench).with_record(form=b"").write(bench, target)


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
