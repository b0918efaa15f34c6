"""Assignments as an enemy would make them, or an office gone wrong: nothing of them is taken in, and what was there stays."""

from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from auditor_app.domain.assignments import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, MOST_CHANGES, Assignment, is_plain_name
from auditor_app.domain.journal import Entry, entry_digest
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.store.assignments import kept_assignments
from auditor_app.store.records import all_sealed
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.assignments import list_assignments, open_assignment
from auditor_app.workflows.identity import signing_identity
from auditor_app.workflows.letters import sign_letter
from auditor_app.workflows.office.assigning import Wish, assign
from auditor_app.workflows.office.assignment_post import Target
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office_mail import take
from auditor_app.workflows.visits import list_visits

TEXT = """
form: copper-mark-rra-3.0
visit: {site: Río Seco, site_type: smelter}
team: [{auditor: Ana Núñez}]
documents: [{file: paper.pdf, criteria: [18]}]
"""


@dataclass(frozen=True)
class Stick:
    """A stick with a genuine assignment on it, and the means to put another letter in its place."""

    office: Any
    workspace: Any
    folder: Any
    made: Assignment

    @property
    def letter(self):
        return next(self.folder.glob("assignment-*.age"))

    def attachment(self, what: str):
        (one,) = (one for one in self.made.attachments if one.what == what)
        return self.folder / f"attachment-{one.sealed}.age"

    def forge(self, letter: bytes) -> None:
        self.letter.write_bytes(seal_bytes(letter, [self.workspace.secret.recipient]))

    def say(self, **changed: Any) -> None:
        """Put a letter that the office really signed, with something else in it."""
        self.forge(sign_letter(msgspec.structs.replace(self.made, **changed), self.office.identity, self.office.clock.now()))

    def refused(self) -> AuditorAppError:
        """Take what is on the stick; it must be refused and leave nothing."""
        sealed = all_sealed(self.workspace.db)
        found = take(self.workspace, self.folder)
        assert found.news == ()
        ((_name, error),) = found.refused
        assert kept_assignments(self.workspace.db) == []
        assert all_sealed(self.workspace.db) == sealed
        assert list_visits(self.workspace) == []
        return error


@pytest.fixture
def stick(office, enrolled, tmp_path):
    (tmp_path / "stick").mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 a paper\n%%EOF")
    (tmp_path / "visit.yaml").write_text(TEXT, "utf-8")
    made = assign(office, Wish(path=tmp_path / "visit.yaml", target=Target(out=tmp_path / "stick"))).assignment
    return Stick(office, enrolled, tmp_path / "stick", made)


def chained(entries: list[dict[str, Any]]) -> tuple[Entry, ...]:
    """Chain entries anew after something in them was changed."""
    made: list[Entry] = []
    for number, values in enumerate(entries, start=1):
        previous = entry_digest(made[-1]) if made else ""
        made.append(msgspec.convert({**values, "sequence": number, "previous": previous}, Entry))
    return tuple(made)


def with_value(made: Assignment, kind: str, field: str, value: Any) -> tuple[Entry, ...]:
    plain = [msgspec.to_builtins(one) for one in made.entries]
    assert any((one["subject_kind"], one["field"]) == (kind, field) for one in plain)
    return chained([{**one, "value": value} if (one["subject_kind"], one["field"]) == (kind, field) else one for one in plain])


def with_more(made: Assignment, **values: Any) -> tuple[Entry, ...]:
    last = msgspec.to_builtins(made.entries[-1])
    return chained([*(msgspec.to_builtins(one) for one in made.entries), {**last, "id": last["id"][:-1] + "z", "replaces": (), **values}])


def test_the_genuine_one_is_taken_in(stick):
    assert len(take(stick.workspace, stick.folder).news) == 1


def test_a_letter_changed_after_it_was_signed_is_refused(stick):
    letter = sign_letter(stick.made, stick.office.identity, stick.office.clock.now())
    altered = letter.replace("Río Seco".encode(), "Río Hondo".encode())
    assert altered != letter
    stick.forge(altered)
    assert stick.refused().code == "letter_not_genuine"


def test_a_letter_of_another_office_is_refused(stick, tmp_path, clock):
    other = found_office(tmp_path / "other", stick.made.office, clock)
    stick.forge(sign_letter(stick.made, other.identity, clock.now()))
    assert stick.refused().code == "letter_not_genuine"


def test_no_auditor_can_write_an_assignment(stick, clock):
    stick.forge(sign_letter(stick.made, signing_identity(stick.workspace), clock.now()))
    assert stick.refused().code == "letter_not_genuine"


def test_an_assignment_for_others_is_not_taken_in_by_whoever_can_read_it(stick):
    stick.say(team=tuple(msgspec.structs.replace(one, auditor="0" * 64) for one in stick.made.team))
    assert stick.refused().code == "assignment_for_others"


@pytest.mark.parametrize(
    "values",
    [
        {"subject_kind": "criterion", "subject_id": "1", "field": "rating", "value": "fully"},
        {"subject_kind": "check", "subject_id": "1-d1", "field": "answer", "value": "met"},
        {"subject_kind": "finding", "subject_id": "f", "field": "title", "value": "Invented"},
        {"subject_kind": "equivalence", "subject_id": "e", "field": "decision", "value": "credited"},
        {"subject_kind": "interview", "subject_id": "i", "field": "group", "value": "Workers"},
        {"subject_kind": "auditor", "subject_id": "auditor-ana", "field": "name", "value": "Somebody"},
        {"subject_kind": "criterion", "subject_id": "99", "field": "site_rating", "value": "fully"},
        {"subject_kind": "check", "subject_id": "99-d1", "field": "site_says", "value": "."},
        {"subject_kind": "earlier_finding", "subject_id": "f", "field": "criteria", "value": ["99"]},
        {"subject_kind": "link", "subject_id": f"{'0' * 64}/criterion/1", "field": "stance", "value": "supports"},
        {"subject_kind": "evidence", "subject_id": "0" * 64, "field": "caption", "value": "Nothing behind it"},
    ],
    ids=lambda values: f"{values['subject_kind']}.{values['field']}",
)
def test_an_office_cannot_say_what_is_for_auditors_to_judge_nor_what_does_not_fit_the_form(stick, values):
    stick.say(entries=with_more(stick.made, **values))
    assert stick.refused().code == "assignment_wrong"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("visit", "site", ""),
        ("visit", "site_type", "forge"),
        ("visit", "kind", "raid"),
        ("visit", "form_digest", "0" * 64),
        ("visit", "form", "another-form"),
        ("visit", "site", 7),
        ("visit", "assignment", {"number": 7}),
        ("evidence", "original", {"size": 1, "media_type": "application/pdf", "captured": {}}),
    ],
)
def test_facts_that_are_none_are_refused(stick, kind, field, value):
    stick.say(entries=with_value(stick.made, kind, field, value))
    assert stick.refused().code in {"assignment_wrong", "entry_value_wrong"}


@pytest.mark.parametrize("name", ["../../../.ssh/authorized_keys", "..\\boot.ini", "/etc/passwd", "gpj.\u202eexe", "..", "a\x00b", ""])
def test_a_document_whose_name_is_a_path_is_refused(stick, name):
    assert not is_plain_name(name)
    what = next(one.value for one in stick.made.entries if one.subject_kind == "intake")
    stick.say(entries=with_value(stick.made, "intake", "what", {**what, "name": name}))
    assert stick.refused().code == "assignment_wrong"


@pytest.mark.parametrize(
    "changed",
    [
        {"visit": "../../../etc"},
        {"id": "x/y"},
        {"version": 0},
        {"version": MOST_CHANGES + 1},
        {"team": ()},
        {"entries": ()},
        {"office": "O" * 2_000},
    ],
    ids=str,
)
def test_ids_counts_and_sizes_out_of_bounds_are_refused_before_anything_is_looked_at(stick, changed):
    stick.say(**changed)
    assert stick.refused().code == "letter_unreadable"


def test_a_huge_number_of_attachments_or_a_huge_one_is_refused(stick):
    one = stick.made.attachments[0]
    stick.say(attachments=(one,) * (MOST_ATTACHMENTS + 1))
    assert stick.refused().code == "letter_unreadable"
    stick.say(attachments=(msgspec.structs.replace(one, size=LARGEST_ATTACHMENT + 1),))
    assert stick.refused().code == "letter_unreadable"


def test_an_attachment_that_is_more_than_the_letter_says_is_read_no_further(stick):
    path = stick.attachment("document")
    path.write_bytes(path.read_bytes() + b"\0" * 1_000_000)
    assert stick.refused().code == "letter_unreadable"


@pytest.mark.parametrize("what", ["form", "document"])
def test_an_attachment_that_was_changed_or_is_missing_is_refused(stick, what):
    path = stick.attachment(what)
    right = path.read_bytes()
    path.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    assert stick.refused().code == "object_differs"
    path.unlink()
    assert stick.refused().code == "file_missing"
    path.write_bytes(right)
    assert len(take(stick.workspace, stick.folder).news) == 1


def test_an_attachment_that_opens_as_something_else_is_refused(stick):
    sealed = seal_bytes(b"%PDF-1.4 another" + b"x" * 50_000, [stick.workspace.secret.recipient])
    from auditor_app.digests import sha256_of

    document = next(one for one in stick.made.attachments if one.what == "document")
    other = msgspec.structs.replace(document, sealed=sha256_of(sealed), sealed_size=len(sealed))
    (stick.folder / f"attachment-{other.sealed}.age").write_bytes(sealed)
    stick.say(attachments=(stick.made.form_file, other))
    assert stick.refused().code == "object_differs"


def test_a_letter_alone_without_its_folder_says_what_is_missing(stick, tmp_path):
    (tmp_path / "alone").mkdir()
    stick.letter.rename(tmp_path / "alone" / "letter.age")
    ((_name, error),) = take(stick.workspace, tmp_path / "alone" / "letter.age").refused
    assert error.code == "file_missing"


def test_an_older_version_that_comes_later_changes_nothing(stick, tmp_path):
    first = stick.letter.read_bytes()
    (tmp_path / "visit.yaml").write_text(TEXT.replace("Río Seco", "Río Hondo"), "utf-8")
    assign(stick.office, Wish(path=tmp_path / "visit.yaml", changes=stick.made.id, target=Target(out=stick.folder)))
    assert [one.detail for one in take(stick.workspace, stick.folder).news][-1] == "Río Hondo"
    stick.letter.write_bytes(first)
    take(stick.workspace, stick.folder)
    assert [(one.site, one.version) for one in list_assignments(stick.workspace)] == [("Río Hondo", 2)]


def test_a_later_version_that_says_something_else_of_what_was_said_is_refused(stick):
    take(stick.workspace, stick.folder)
    stick.say(version=2, entries=with_value(stick.made, "visit", "site", "Somewhere else"))
    ((_name, error),) = take(stick.workspace, stick.folder).refused
    assert error.code == "assignment_wrong"
    assert [one.site for one in list_assignments(stick.workspace)] == ["Río Seco"]


def test_entries_of_another_visit_are_refused(stick, enrolled):
    plain = [msgspec.to_builtins(one) for one in stick.made.entries]
    stick.say(entries=chained([*plain[:-1], {**plain[-1], "visit": "019df31a-8a00-7000-89fa-a3489a9cad99"}]))
    assert stick.refused().code == "assignment_wrong"


def test_a_broken_chain_is_refused(stick):
    stick.say(entries=stick.made.entries[1:])
    assert isinstance(error := stick.refused(), Corrupted)
    assert error.code == "chain_broken"


def test_opening_what_is_not_there_says_so(stick):
    with pytest.raises(NotAllowed, match="assignment_unknown"):
        open_assignment(stick.workspace, "last")
