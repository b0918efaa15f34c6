"""An office assigns a visit: over a mailbox or a stick to each of the team, where it opens as a ready visit."""

import dataclasses

import msgspec
import pytest

from auditor_app.domain.equivalence import Equivalence
from auditor_app.domain.journal import Subject, entry_digest, fold, merge
from auditor_app.domain.visit import CRITERION, VISIT, read_clashes, read_visit
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.ids import EntryId, new_id
from auditor_app.store.journal import add_entry, entries_of_visit
from auditor_app.store.orphans import orphans
from auditor_app.workflows.assignments import CHANGED, OPENED, WAITS, find_assignment, list_assignments, news_of, open_assignment
from auditor_app.workflows.evidence import original_bytes
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.identity import enrolment_request, import_enrolment, signer
from auditor_app.workflows.office.assigning import Wish, assign, assigned
from auditor_app.workflows.office.assignment_file import EquivalenceLine
from auditor_app.workflows.office.assignment_post import Target
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.reviewing import decide
from auditor_app.workflows.office_mail import fetch, take
from auditor_app.workflows.office_news import confirm_key
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import describe_visit, list_visits, open_visit

TEXT = """
form: copper-mark-rra-3.0
number: AAO-0042
due: 2026-12-11
instructions: Look closely at bought-in material.
visit: {site: Fundición Río Seco, company: Cobres del Sur, country: CL, site_type: smelter, kind: re_assessment,
  starts_on: 2026-05-04, ends_on: 2026-05-07, scope: Smelter and acid plant}
team:
  - {auditor: ana núñez, role: lead}
previous:
  form: copper-mark-rra-2.0
  kind: initial
  day: 2023-11-22
  criteria: {14: fully, 31: {rating: partially, words: Traders were left out.}}
  findings:
    - {criterion: 14, title: Due diligence for traders, grade: Minor, due: 2024-11-22}
    - {criterion: 14, title: Closed long ago, state: closed, closed_on: 2024-01-02}
site_says:
  criteria: {1: fully, 10: {rating: partially, words: Began in June.}}
  checks: {1-d1: {answer: met, words: See the manual.}}
equivalences:
  - {system: ISO 14001, version: 2015, number: 0042, expires: 2028-06-30, criteria: [18]}
requests:
  - {title: Water balance, asked_of: Environment, criteria: [22]}
documents:
  - {file: papers/iso.pdf, title: The certificate, provided_by: the site, criteria: [18]}
"""


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "office desk"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "iso.pdf").write_bytes(b"%PDF-1.4 a certificate\n%%EOF")
    (folder / "visit.yaml").write_text(TEXT, "utf-8")
    return folder / "visit.yaml"


@pytest.fixture
def colleague(make_laptop, office):
    """A second auditor of the same office, on a laptop of her own."""
    with make_laptop("second laptop").workspace(auditor="Rosa Vidal", auditor_id="auditor-rosa") as workspace:
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
        yield workspace


def change(file, *pairs):
    text = file.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def test_an_assignment_over_the_mailbox_opens_as_a_ready_visit(office, enrolled, file):
    made = assign(office, Wish(path=file)).assignment
    (news,) = fetch(enrolled).news
    assert (news.kind, news.about, news.detail) == ("assignment", made.visit, "Fundición Río Seco")
    assert list_visits(enrolled) == []
    (waiting,) = list_assignments(enrolled)
    assert (waiting.state, waiting.site, waiting.number, waiting.kind, waiting.documents) == (
        WAITS,
        "Fundición Río Seco",
        "AAO-0042",
        "Re-assessment",
        1,
    )
    visit, changes = open_assignment(enrolled, made.id)
    assert visit == made.visit
    assert Subject(VISIT, visit) in changes.subjects
    state = open_visit(enrolled, visit).state
    assert state.facts["scope"] == "Smelter and acid plant"
    assert state.facts["office"] == "Office of Assurance"
    assert state.facts["team"] == "Ana Núñez (lead)"
    assert state.facts["assignment"]["instructions"] == "Look closely at bought-in material."
    assert state.facts["earlier"]["title"].startswith("Risk Readiness Assessment")
    (equivalence,) = state.equivalences
    assert (equivalence.number, equivalence.version, equivalence.decision) == ("0042", "2015", "")
    assert [one.title for one in state.documents] == ["Water balance"]
    assert (state.criteria["10"].site_rating, state.criteria["10"].site_says) == ("partially", "Began in June.")
    assert (state.checks["1-d1"].site_answer, state.checks["1-d1"].answer) == ("met", "")
    (document,) = state.evidence.values()
    assert (document.title, document.provided_by, document.name, document.media_type) == (
        "The certificate",
        "the site",
        "iso.pdf",
        "application/pdf",
    )
    assert state.links_to(Subject(CRITERION, "18"))
    assert original_bytes(enrolled, document.digest, limit=1000).startswith(b"%PDF-1.4 a cert")
    assert find_assignment(enrolled, "last").state == OPENED


def test_the_results_of_the_visit_before_stand_at_the_criteria_that_they_were_carried_over_to(office, enrolled, file):
    assign(office, Wish(path=file))
    fetch(enrolled)
    state = enrolled.visit(open_assignment(enrolled, "last")[0])
    (rating,) = state.criteria["1"].earlier_ratings
    assert (rating.criterion, rating.label) == ("14", "Fully Meets")
    still, closed = state.earlier
    assert (still.title, still.criteria, still.due, still.is_open) == ("Due diligence for traders", ("1", "2"), "2024-11-22", True)
    assert not closed.is_open
    (other,) = [one for criterion in state.criteria.values() for one in criterion.earlier_ratings if one.criterion == "31"]
    assert other.because == "Traders were left out."


def test_what_the_office_handed_over_is_found_by_its_words(office, enrolled, file):
    from auditor_app.store.search import search

    assign(office, Wish(path=file))
    fetch(enrolled)
    visit, _changes = open_assignment(enrolled, "last")
    for words, kind in (("June", "criterion"), ("manual", "check"), ("traders", "earlier_finding"), ("certificate", "evidence")):
        assert kind in {hit.subject.kind for hit in search(enrolled.db, visit, words)}, words


def test_opening_twice_changes_nothing(office, enrolled, file):
    assign(office, Wish(path=file))
    fetch(enrolled)
    visit, _changes = open_assignment(enrolled, "last")
    before = entries_of_visit(enrolled.db, visit)
    assert open_assignment(enrolled, "last")[1].subjects == frozenset()
    assert entries_of_visit(enrolled.db, visit) == before


def test_nothing_is_left_over_before_the_visit_is_begun_or_after(office, enrolled, file):
    assign(office, Wish(path=file))
    fetch(enrolled)
    assert orphans(enrolled.db) == []
    open_assignment(enrolled, "last")
    assert orphans(enrolled.db) == []


def test_a_letter_is_taken_in_once(office, enrolled, file):
    assign(office, Wish(path=file))
    assert len(fetch(enrolled).news) == 1
    assert fetch(enrolled).news == ()


def test_over_a_stick_each_of_the_team_takes_the_same_letter(office, enrolled, colleague, file, tmp_path):
    (tmp_path / "stick").mkdir()
    made = assign(office, Wish(path=file, to=["Rosa Vidal"], target=Target(out=tmp_path / "stick")))
    assert {one.name for one in (tmp_path / "stick").iterdir()} == set(made.files)
    assert not (tmp_path / "mailbox" / "outbox").exists()
    for workspace in (enrolled, colleague):
        (news,) = take(workspace, tmp_path / "stick").news
        assert news.about == made.assignment.visit
        assert open_assignment(workspace, "last")[0] == made.assignment.visit


def test_two_laptops_that_open_it_and_go_on_working_merge_without_a_clash(office, enrolled, colleague, file):
    assign(office, Wish(path=file, to=[signer(colleague).fingerprint]))
    for workspace in (enrolled, colleague):
        fetch(workspace)
    visit, _changes = open_assignment(enrolled, "last")
    describe_visit(enrolled, visit, {"scope": "Without the acid plant"})
    open_assignment(colleague, "last")
    both = merge(entries_of_visit(enrolled.db, visit), entries_of_visit(colleague.db, visit)).values()
    state = read_visit(visit, fold(both))
    assert list(read_clashes(fold(both))) == []
    assert state.facts["scope"] == "Without the acid plant"
    assert len(state.evidence) == len(state.equivalences) == 1


def test_a_changed_assignment_brings_what_changed_and_keeps_what_the_auditor_said(office, enrolled, file):
    made = assign(office, Wish(path=file)).assignment
    fetch(enrolled)
    visit, _changes = open_assignment(enrolled, made.id)
    describe_visit(enrolled, visit, {"scope": "As walked"})
    change(
        file,
        ("2026-05-07", "2026-05-08"),
        ("Smelter and acid plant", "Smelter alone"),
        ("title: Water balance", "title: Energy balance"),
        ("expires: 2028-06-30", "expires: 2029-06-30"),
        ("{criterion: 14, title: Closed long ago, state: closed, closed_on: 2024-01-02}", "{criterion: 14, title: Another}"),
    )
    again = assign(office, Wish(path=file, changes=made.id[:13])).assignment
    assert (again.id, again.visit, again.version) == (made.id, made.visit, 2)
    assert again.entries[: len(made.entries)] == made.entries
    assert len(fetch(enrolled).news) == 1
    assert find_assignment(enrolled, made.id).state == CHANGED
    words = {(one.entry.subject_kind, one.entry.field): (one.before, one.entry.value) for one in news_of(enrolled, made.id)}
    assert words[VISIT, "ends_on"] == ("2026-05-07", "2026-05-08")
    assert words[VISIT, "scope"] == ("As walked", "Smelter alone")
    open_assignment(enrolled, made.id)
    state = enrolled.visit(visit)
    assert state.facts["ends_on"] == "2026-05-08"
    (clash,) = state.clashes
    assert (clash.field, {head.value for head in clash.heads}) == ("scope", {"As walked", "Smelter alone"})
    assert [one.title for one in state.documents] == ["Energy balance"]
    assert [one.expires for one in state.equivalences] == ["2029-06-30"]
    assert [one.title for one in state.earlier] == ["Due diligence for traders", "Another"]
    assert news_of(enrolled, made.id) == ()


def test_who_missed_the_first_version_opens_the_same_visit_from_the_second(office, enrolled, colleague, file):
    made = assign(office, Wish(path=file, to=["Rosa Vidal"])).assignment
    fetch(enrolled)
    open_assignment(enrolled, "last")
    change(file, ("papers/iso.pdf, title: The certificate", "papers/new.pdf, title: The new one"), ("2026-05-07", "2026-05-09"))
    (file.parent / "papers" / "new.pdf").write_bytes(b"%PDF-1.4 newer\n%%EOF")
    assign(office, Wish(path=file, to=["Rosa Vidal"], changes=made.id))
    for workspace in (enrolled, colleague):
        assert fetch(workspace).refused == ()
        open_assignment(workspace, made.id)
    ours, theirs = (entries_of_visit(one.db, made.visit) for one in (enrolled, colleague))
    assert ours == theirs
    assert [one.title for one in enrolled.visit(made.visit).evidence.values()] == ["The new one"]


def test_an_assignment_that_says_nothing_new_is_put_again_as_it_is(office, enrolled, file, tmp_path):
    made = assign(office, Wish(path=file))
    (tmp_path / "stick").mkdir()
    again = assign(office, Wish(path=file, changes=made.assignment.id, target=Target(out=tmp_path / "stick")))
    assert (again.is_new, again.assignment, again.files) == (False, made.assignment, made.files)
    assert len(take(enrolled, tmp_path / "stick").news) == 1


def test_a_document_that_comes_back_is_there_again(office, enrolled, file):
    line = "  - {file: papers/iso.pdf, title: The certificate, provided_by: the site, criteria: [18]}"
    made = assign(office, Wish(path=file)).assignment
    change(file, (f"documents:\n{line}\n", ""))
    assert assign(office, Wish(path=file, changes=made.id)).assignment.documents == ()
    file.write_text(TEXT, "utf-8")
    assign(office, Wish(path=file, changes=made.id))
    assert fetch(enrolled).refused == ()
    state = enrolled.visit(open_assignment(enrolled, made.id)[0])
    assert [one.title for one in state.evidence.values()] == ["The certificate"]
    assert state.clashes == ()


def test_the_register_follows_an_assignment(office, enrolled, file, tmp_path):
    made = assign(office, Wish(path=file)).assignment
    (row,) = assigned(office)
    assert (row["state"], row["site"], row["visit"], row["due"], row["version"]) == (
        "assigned",
        "Fundición Río Seco",
        made.visit,
        "2026-12-11",
        1,
    )
    fetch(enrolled)
    visit, _changes = open_assignment(enrolled, "last")
    make_report(enrolled, visit, sign=True)
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    received = receive_path(office, tmp_path / "bundle")
    assert received.outcome == "received"
    assert assigned(office)[0]["state"] == "handed_over"
    decide(office, received.bundle, "accepted", by="Eva Lund")
    assert assigned(office)[0]["state"] == "handed_over"
    return_review(office, received.bundle)
    assert assigned(office)[0]["state"] == "accepted"


def test_nobody_can_put_words_into_the_office_s_mouth(office, enrolled, file, tmp_path):
    made = assign(office, Wish(path=file)).assignment
    fetch(enrolled)
    visit, _changes = open_assignment(enrolled, "last")
    last = made.entries[-1]
    forged = msgspec.structs.replace(
        last,
        id=EntryId(new_id(enrolled.clock)),
        sequence=last.sequence + 1,
        previous=entry_digest(last),
        replaces=(),
        field="note",
        value="Fine.",
    )
    with enrolled.transaction() as db:
        add_entry(db, msgspec.structs.replace(forged, subject_kind=VISIT, subject_id=visit))
    make_report(enrolled, visit, sign=True)
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    refused = receive_path(office, tmp_path / "bundle")
    assert (refused.outcome, refused.reason.split()[0]) == ("refused", "assignment_altered")


def test_an_assignment_that_could_not_be_put_anywhere_says_so_and_goes_later(office, enrolled, file, tmp_path):
    (tmp_path / "mailbox").rename(tmp_path / "away")
    with pytest.raises(Unavailable):
        assign(office, Wish(path=file))
    assert assigned(office) == []
    (tmp_path / "away").rename(tmp_path / "mailbox")
    assign(office, Wish(path=file))
    assert assigned(office)[0]["state"] == "assigned"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("10: {rating", "99: {rating", "no criterion 99"),
        ("auditor: ana núñez", "auditor: nobody", "“nobody” is nobody"),
        ("papers/iso.pdf", "papers/other.pdf", "there is no file"),
        ("due: 2026-12-11", "due: 11.12.2026", "is no day"),
        ("site_type: smelter", "site_type: forge", "“forge” is not one of mine"),
        ("1-d1:", "1-zz:", "no check 1-zz"),
        ("copper-mark-rra-3.0", "no-such-form", "there is no form"),
        ("31: {rating: partially", "31: {rating: splendid", "“splendid” is not one of"),
        ("number: AAO-0042", "numbre: AAO-0042", "numbre"),
        ("ends_on: 2026-05-07", "ends_on: 2026-05-01", "before the first"),
        ("title: Water balance", "title: ''", "missing"),
        ("scope: Smelter", "rating: Smelter", "no such field"),
        ("number: AAO-0042", 'number: "gpj\\u202eexe"', "U+202E"),
        ("number: AAO-0042", "number: &a AAO\ndue: *a", "cannot be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place_and_nothing_is_written(office, enrolled, file, old, new, said):
    change(file, (old, new))
    with pytest.raises(NotAllowed, match="assignment_file_wrong") as error:
        assign(office, Wish(path=file))
    assert said in error.value.values["problems"]
    assert error.value.values["problems"].startswith("line ")
    assert assigned(office) == []
    assert not (office.folder / "assignments").exists()
    assert fetch(enrolled).news == ()


def test_all_that_is_wrong_is_told_at_once(office, enrolled, file):
    change(file, ("10: {rating", "99: {rating"), ("auditor: ana núñez", "auditor: nobody"))
    with pytest.raises(NotAllowed) as error:
        assign(office, Wish(path=file))
    assert "99" in error.value.values["problems"]
    assert "nobody" in error.value.values["problems"]


def test_a_revoked_auditor_is_assigned_nothing(office, enrolled, file):
    from auditor_app.workflows.office.trusting import revoke

    office, _auditor = revoke(office, signer(enrolled).fingerprint, "left")
    with pytest.raises(NotAllowed) as error:
        assign(office, Wish(path=file))
    assert "not valid now" in error.value.values["problems"]


def test_a_form_of_the_office_comes_with_the_assignment(office, enrolled, file):
    from auditor_app.install_paths import shipped_forms

    form = (shipped_forms() / "copper-mark-rra-3.0" / "form.yaml").read_text("utf-8")
    own = form.replace("form: copper-mark-rra-3.0", "form: our-own-1.0", 1)
    assert own != form
    (file.parent / "own.yaml").write_text(own, "utf-8")
    change(file, ("form: copper-mark-rra-3.0", "form: own.yaml"))
    assign(office, Wish(path=file))
    assert fetch(enrolled).refused == ()
    assert open_visit(enrolled, open_assignment(enrolled, "last")[0]).form.form == "our-own-1.0"
    assert [one.form for one in list_visits(enrolled)] == ["our-own-1.0"]


def test_the_office_profile_comes_with_an_assignment(office, enrolled, file, tmp_path):
    from auditor_app.workflows.identity import office_profile
    from auditor_app.workflows.office.folder import found_office
    from auditor_app.workflows.office.trusting import trust

    other = found_office(tmp_path / "other", "Another", office.clock)
    changed, _name = trust(office, other.authority.certificate, "auditors")
    assign(changed, Wish(path=file))
    assert office_profile(enrolled).others == ()
    fetch(enrolled)
    assert office_profile(enrolled).others == changed.profile.others != ()


def test_the_visit_before_comes_from_the_register(office, enrolled, file, tmp_path):
    from auditor_app.workflows.criteria import rate
    from auditor_app.workflows.findings import raise_finding
    from auditor_app.workflows.hand_over import make_bundle
    from auditor_app.workflows.office.receiving import receive_path
    from auditor_app.workflows.reports import make_report
    from auditor_app.workflows.visits import begin_visit

    first, _changes = begin_visit(
        enrolled, "copper-mark-rra-3.0", {"site": "The old site", "company": "Cobres", "site_type": "mine", "ends_on": "2023-11-22"}
    )
    raise_finding(enrolled, first, "17", "Guard missing", grade="major", action="Fit it", owner="Maintenance", due="2024-03-01")
    rate(enrolled, first, "17", "partially", because="One conveyor had none.")
    make_report(enrolled, first, sign=True)
    make_bundle(enrolled, first, out=tmp_path / "first")
    assert receive_path(office, tmp_path / "first").outcome == "received"
    text = file.read_text("utf-8")
    head, _previous, rest = text.partition("previous:")
    file.write_text(
        head.replace("site: Fundición Río Seco, company: Cobres del Sur,", "") + "site_says:" + rest.partition("site_says:")[2], "utf-8"
    )
    assign(office, Wish(path=file, previous=first[:18]))
    fetch(enrolled)
    state = enrolled.visit(open_assignment(enrolled, "last")[0])
    assert (state.facts["site"], state.facts["site_type"]) == ("The old site", "smelter")
    (rating,) = state.criteria["17"].earlier_ratings
    assert (rating.rating, rating.because) == ("partially", "One conveyor had none.")
    (finding,) = state.earlier
    assert (finding.title, finding.criteria, finding.owner, finding.due, finding.grade) == (
        "Guard missing",
        ("17",),
        "Maintenance",
        "2024-03-01",
        "Major",
    )
    assert state.facts["earlier"] == {
        "visit": first,
        "form": "copper-mark-rra-3.0",
        "title": open_visit(enrolled, first).form.title,
        "kind": "Initial assessment",
        "day": "2023-11-22",
    }
    with pytest.raises(NotAllowed, match="register_visit_unknown"):
        assign(office, Wish(path=file, previous="0000"))


def test_an_assignment_can_say_of_a_certificate_everything_but_what_the_auditors_make_of_it():
    known = {one.name for one in dataclasses.fields(Equivalence)}
    assert set(EquivalenceLine.__struct_fields__) == known - {"id", "decision", "because"}


def test_a_new_key_that_comes_with_an_assignment_is_told_until_someone_confirms_it(office, enrolled, file):
    renewed = rotate(office)
    assign(renewed, Wish(path=file))
    for kinds in (["assignment", "profile"], ["profile"]):
        news = fetch(enrolled).news
        assert [one.kind for one in news] == kinds
        assert news[-1].detail == renewed.profile.recipient
    confirm_key(enrolled, renewed.profile.recipient)
    assert fetch(enrolled).news == ()
