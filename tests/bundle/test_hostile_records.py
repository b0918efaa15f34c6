"""A bundle may be whole and rightly signed and still lie inside: an auditor's laptop can be taken over."""

import json
import shutil
from collections.abc import Callable

import msgspec
import pytest

from auditor_app.bundle import names
from auditor_app.bundle.packing import Payload, pack
from auditor_app.bundle.record import Record, form_of, read_record, record_lines
from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Entry, entry_digest
from auditor_app.errors import Corrupted
from auditor_app.form_engine.compiling import MAX_BYTES
from auditor_app.signing.cms import sign_detached
from auditor_app.vault.sealing import seal_bytes, unseal_bytes
from auditor_app.workflows.answers import NO
from auditor_app.workflows.identity import signing_identity
from auditor_app.workflows.verifying import Verification

replace = msgspec.structs.replace


@pytest.fixture
def record(handed_over) -> Record:
    return read_record(unseal_bytes((handed_over.folder / names.RECORD).read_bytes(), handed_over.office.secret, "record").splitlines())


@pytest.fixture
def judged(handed_over, tmp_path, verified) -> Callable[..., Verification]:
    """Pack a bundle with another record, rightly signed, and verify it."""

    def judge(lines: bytes, *, without: str = "") -> Verification:
        office, workspace = handed_over.office, handed_over.workspace
        data = seal_bytes(lines, [office.secret.recipient])
        payload = [Payload(name=names.RECORD, digest=sha256_of(data), size=len(data), data=data)]
        for path in sorted((handed_over.folder / "data").rglob("*.age")):
            name = path.relative_to(handed_over.folder).as_posix()
            if name not in {names.RECORD, without}:
                digest = path.name.split(".")[0]
                payload.append(Payload(name=name, digest=digest, size=path.stat().st_size, file=path))
        identity, at = signing_identity(workspace), office.clock.now()
        pack(tmp_path / "lying", payload, date="2026-05-04", sign=lambda manifest: sign_detached(manifest, identity, at))
        found = verified(tmp_path / "lying")
        assert [answer.answer for answer in found.answers][:3] == ["yes"] * 3, "bag and signature are right"
        assert not found.all_yes
        return found

    return judge


def lines_of(record: Record) -> bytes:
    return b"".join(record_lines(record))


def noes(found: Verification) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {answer.question: (answer.reason, answer.places) for answer in found.answers if answer.answer == NO}


def chained(entries: list[Entry]) -> tuple[Entry, ...]:
    """Make the hash chain anew, as whoever has the laptop can."""
    made: list[Entry] = []
    for number, entry in enumerate(entries, start=1):
        made.append(replace(entry, sequence=number, previous=entry_digest(made[-1]) if made else ""))
    return tuple(made)


def test_the_record_as_it_is_passes(handed_over, record, tmp_path, verified):
    assert verified(handed_over.folder).all_yes
    assert record.head.visit == handed_over.visit


@pytest.mark.parametrize("place", [0, 5, -2])
def test_an_altered_or_missing_entry_breaks_the_journal(judged, record, place):
    entries = list(record.entries)
    entries[place] = replace(entries[place], recorded_at="2020-01-01T00:00:00.000000Z")
    found = noes(judged(lines_of(replace(record, entries=tuple(entries)))))
    assert found["journal_unbroken"][0] == "chain_broken"


def test_a_left_out_entry_breaks_the_journal(judged, record):
    found = noes(judged(lines_of(replace(record, entries=record.entries[1:]))))
    assert found["journal_unbroken"][0] == "chain_broken"


def test_an_entry_twice_or_of_another_visit_breaks_the_journal(judged, record):
    found = noes(judged(lines_of(replace(record, entries=(*record.entries, record.entries[0])))))
    assert found["journal_unbroken"][0] == "journal_of_other_visit"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject_kind": "moon"}, "entry_field_unknown"),
        ({"field": "colour"}, "entry_field_unknown"),
        ({"value": 5}, "entry_value_wrong"),
        ({"value": {"a": 1}}, "entry_value_wrong"),
        ({"replaces": ("nothing",)}, "entry_replaces_unknown"),
    ],
)
def test_an_entry_of_the_wrong_form_breaks_the_journal(judged, record, change, code):
    entries = list(record.entries)
    last = max(range(len(entries)), key=lambda one: entries[one].sequence)
    entries[last] = replace(entries[last], **change)
    found = noes(judged(lines_of(replace(record, entries=chained(entries)))))
    assert found["journal_unbroken"][0] == code


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"\n",
        b"{}\n",
        b"\xff\xfe\n",
        b"[" * 100_000,
        b"not json",
        b"null\n",
        b'{"evidence":{}}\n',
        b'{"record":{}}\n',
        b'{"record":null}\n',
    ],
)
def test_a_record_that_is_none_is_answered_and_never_a_crash(judged, lines):
    assert "record_opens" in noes(judged(lines))


def test_evidence_that_the_record_names_but_the_bundle_lacks_is_missed(judged, record):
    name = names.evidence_name(record.evidence[0].sealed)
    assert noes(judged(lines_of(record), without=name))["evidence_complete"] == ("missing", (name,))


def test_evidence_that_the_record_does_not_name_is_told(judged, record):
    found = noes(judged(lines_of(replace(record, evidence=record.evidence[1:]))))
    left_out = record.evidence[0]
    assert set(found["evidence_complete"][1]) == {names.evidence_name(left_out.sealed), left_out.original}


@pytest.mark.parametrize("change", ["original", "size", "swapped"])
def test_evidence_that_is_not_what_the_record_says_is_told(judged, record, change):
    first, second = record.evidence
    evidence = {
        "original": (replace(first, original="0" * 64), second),
        "size": (replace(first, size=first.size + 1), second),
        "swapped": (replace(first, original=second.original, size=second.size), replace(second, original=first.original, size=first.size)),
    }[change]
    found = noes(judged(lines_of(replace(record, evidence=evidence))))
    assert names.evidence_name(first.sealed) in found["evidence_right"][1]


def test_one_sealed_file_cannot_stand_for_two_pieces_of_evidence(judged, record):
    first, second = record.evidence
    both = (replace(second, sealed=first.sealed), first)
    found = noes(judged(lines_of(replace(record, evidence=both)), without=names.evidence_name(second.sealed)))
    assert "evidence_complete" in found


def test_a_report_that_is_missing_strange_or_another_is_told(judged, record, tmp_path):
    (report,) = record.reports
    name = names.findings_name(report.sealed)
    assert noes(judged(lines_of(record), without=name))["report_right"] == ("missing", (name,))
    shutil.rmtree(tmp_path / "lying")
    assert noes(judged(lines_of(replace(record, reports=()))))["report_right"] == ("not_in_record", (name,))
    shutil.rmtree(tmp_path / "lying")
    other = replace(record, reports=(replace(report, digest="0" * 64),))
    assert noes(judged(lines_of(other)))["report_right"] == ("digest_differs", (name,))


def test_a_form_other_than_the_visits_own_is_told(judged, record):
    head = replace(record.head, form_digest="0" * 64)
    assert noes(judged(lines_of(replace(record, head=head))))["form_known"][0] == "form_differs"


def test_a_record_of_another_visit_is_told(judged, record):
    head = replace(record.head, visit="0199")
    assert noes(judged(lines_of(replace(record, head=head))))["journal_unbroken"][0] == "journal_of_other_visit"


# The form that the record carries


def said_of_the_form(found: Verification) -> tuple[str, str]:
    return next((answer.answer, answer.reason) for answer in found.answers if answer.question == "form_right")


def with_form(record: Record, form: dict[str, object]) -> Record:
    """Carry another form, with a digest that fits it."""
    data = canonical_bytes(form)
    return replace(record, form=data, head=replace(record.head, form_digest=sha256_of(data)))


def test_the_record_carries_the_form_of_its_visit(record, handed_over):
    form = form_of(record)
    assert (form.digest, form.form.form) == (record.head.form_digest, record.head.form)
    assert form == handed_over.workspace.forms[form.digest]


def test_a_record_without_its_form_as_programs_made_it_before_is_read_and_its_form_not_checked(judged, record):
    before = replace(record, form=b"")
    assert form_of(before) is None
    found = judged(lines_of(before))
    assert not found.any_no
    assert said_of_the_form(found) == ("not_checked", "no_form")


def test_a_form_that_is_not_what_the_digest_says_is_told(judged, record):
    other = canonical_bytes({**json.loads(record.form), "title": "Another title"})
    assert said_of_the_form(judged(lines_of(replace(record, form=other)))) == ("no", "digest_differs")
    with pytest.raises(Corrupted, match="record_unreadable"):
        form_of(replace(record, form=other))


@pytest.mark.parametrize(
    "change",
    [
        {"criteria": []},
        {"title": "x" * 301},
        {"title": "Turned\u202eround"},
        {"rating": {}},
        {"of_another_program": 1},
        {"pillars": [{"key": "Z", "name": "A pillar that no criterion stands under"}]},
        {"form": "another-form"},
    ],
)
def test_a_form_that_fits_its_digest_and_is_no_sound_form_of_that_name_is_told(judged, record, change):
    assert said_of_the_form(judged(lines_of(with_form(record, {**json.loads(record.form), **change})))) == ("no", "form_wrong")


@pytest.mark.parametrize("form", [b"null", b"[]", b"1.5", b'{"form": "with a space"}', b"[" * 100_000 + b"]" * 100_000])
def test_something_else_in_place_of_the_form_is_answered_and_never_a_crash(judged, record, form):
    lying = replace(record, form=form, head=replace(record.head, form_digest=sha256_of(form)))
    assert {"form_right", "record_opens"} & set(noes(judged(lines_of(lying))))


def test_of_two_forms_none_counts(judged, record):
    lines = lines_of(record).splitlines()
    (form,) = [line for line in lines if line.startswith(b'{"form":')]
    assert noes(judged(b"\n".join([*lines, form])))["record_opens"] == ("record_unreadable", ("record, form",))


def test_a_form_larger_than_a_form_may_be_is_not_read(judged, record):
    too_large = replace(record, form=b'"' + b"x" * MAX_BYTES + b'"')
    assert noes(judged(lines_of(too_large)))["record_opens"][0] == "record_line_too_long"
