"""A visit as it stands: readable whatever the journal holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.canonical_json import canonical_bytes
from auditor_app.domain.fields import FIELDS, check_value
from auditor_app.domain.journal import DELETED, Subject, fold
from auditor_app.domain.photos import CAMERA
from auditor_app.domain.visit import CHECK, EVIDENCE, INTAKE, LINK, VISIT, link_id, read_visit
from auditor_app.errors import Corrupted
from tests.domain.journals import Laptop, texts, values

PHOTO = "ab" * 32
ORIGINAL = {"size": 7, "media_type": "image/jpeg", "captured": {"at": "2026-05-04T09:08:07", "latitude": -22456700, "longitude": -68901200}}


def intake(name, at):
    return {"evidence": PHOTO, "name": name, "at": at, "offset": "-04:00"}


def state_of(*laptops):
    return read_visit("visit-1", fold(entry for laptop in laptops for entry in laptop.known.values()))


def test_a_photo_taken_in_on_two_laptops_is_one_item_without_a_clash_and_keeps_its_first_name():
    ana, bo = Laptop("ana"), Laptop("bo")
    for laptop, name, number in ((ana, "IMG_1.jpg", "2"), (bo, "photo.jpg", "1")):
        laptop.set(Subject(EVIDENCE, PHOTO), "original", ORIGINAL)
        laptop.set(Subject(INTAKE, number), "what", intake(name, f"2026-05-04T13:0{number}:00.000000Z"))
    state = state_of(ana, bo)
    assert [(one.name, one.size, one.taken_in_at) for one in state.evidence.values()] == [("photo.jpg", 7, "2026-05-04T13:01:00.000000Z")]
    assert state.clashes == ()


def test_two_laptops_that_link_the_same_evidence_make_one_link():
    ana, bo = Laptop("ana"), Laptop("bo")
    check = Subject(CHECK, "17-d1")
    for laptop in (ana, bo):
        laptop.set(Subject(LINK, link_id(PHOTO, check)), "stance", "supports")
    assert [(link.evidence, link.target, link.stance) for link in state_of(ana, bo).links_to(check)] == [(PHOTO, check, "supports")]


def test_a_link_that_was_taken_away_is_gone():
    ana = Laptop("ana")
    subject = Subject(LINK, link_id(PHOTO, Subject(CHECK, "17-d1")))
    ana.set(subject, "stance", "supports"), ana.set(subject, "stance", "")
    assert state_of(ana).links == ()


known_fields = st.sampled_from([(kind, name) for kind, fields in sorted(FIELDS.items()) for name in [*sorted(fields), DELETED]])
plausible = st.sampled_from([True, "", "x" * 1001, ["17"], {"a": "b"}, PHOTO, ORIGINAL, intake("a", "b"), {"captured": {}}])


known_subjects = texts | st.sampled_from([PHOTO, "visit-1", "f1"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ana", "bo"]), known_fields, known_subjects, values | plausible), max_size=12))
def test_every_journal_that_passes_the_check_of_its_values_can_be_read(written):
    team = {name: Laptop(name) for name in ("ana", "bo")}
    for who, (kind, field), subject, value in written:
        entry = team[who].set(Subject(kind, subject), field, value)
        try:
            check_value(entry)
        except Corrupted as error:
            assert error.code == "entry_value_wrong"
            assert error.values["field"] == f"{kind}.{field}"
            del team[who].known[entry.id]
    state = state_of(*team.values())
    assert len(state.findings) == len({finding.id for finding in state.findings})


@pytest.mark.parametrize("seconds", [47 * 60, -3600, 10**30, -(10**12)])
@pytest.mark.parametrize("at", ["2026-05-04T09:08:07", "9999-12-31T23:59:59", "0001-01-01T00:00:00", "yesterday", ""])
def test_a_camera_clock_that_cannot_be_never_makes_a_visit_unreadable(seconds, at):
    ana = Laptop("ana")
    captured = {"at": at, "device": "Lumira EX-20"}
    ana.set(Subject(EVIDENCE, PHOTO), "original", {"size": 7, "media_type": "image/jpeg", "captured": captured})
    ana.set(Subject(INTAKE, "1"), "what", intake("a.jpg", "2026-05-04T13:01:00.000000Z"))
    ana.set(Subject(CAMERA, "Lumira EX-20"), "offset_seconds", seconds)
    for entry in ana.known.values():
        check_value(entry)
    (photo,) = state_of(ana).evidence.values()
    if (seconds, at) == (47 * 60, "2026-05-04T09:08:07"):
        assert photo.corrected_at == "2026-05-04T09:55:07.000000Z"
    elif abs(seconds) > 10**9 or at in {"yesterday", ""}:
        assert photo.corrected_at == ""


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (VISIT, "site", 7),
        (VISIT, "site", "x" * 1001),
        (VISIT, "form_digest", "AB" * 32),
        (VISIT, "form_digest", PHOTO + "\n"),
        (VISIT, "assignment", {"a": 1}),
        ("finding", "systemic", 1),
        ("limit", "criteria", "17"),
        ("limit", "criteria", [17]),
        (EVIDENCE, "original", {**ORIGINAL, "owner": "x"}),
        (EVIDENCE, "original", {**ORIGINAL, "size": True}),
        (EVIDENCE, "original", {"size": 7}),
        (INTAKE, "what", {**intake("a", "b"), "evidence": "../../x"}),
        ("check", "answer", None),
        ("criterion", DELETED, "yes"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(kind, field, value):
    with pytest.raises(Corrupted, match="entry_value_wrong"):
        check_value(Laptop("ana").set(Subject(kind, "1"), field, value))


@pytest.mark.parametrize(("kind", "field"), [("criterion", "award"), ("interviewee", "name"), ("", "")])
def test_a_field_that_is_not_in_the_table_is_refused(kind, field):
    entry = Laptop("ana").set(Subject(kind, "1"), field, "x")
    with pytest.raises(Corrupted) as caught:
        check_value(entry)
    assert (caught.value.code, caught.value.values) == ("entry_field_unknown", {"entry": entry.id, "field": f"{kind}.{field}"})


@settings(max_examples=100, deadline=None)
@given(values)
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value):
    def turned(part):
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return [turned(item) for item in part] if isinstance(part, list) else part

    assert canonical_bytes(turned(value)) == canonical_bytes(value)


@pytest.mark.parametrize("value", [1.0, [float("nan")], {"a": (1, 2.5)}, {1: "a"}])
def test_what_has_no_single_form_has_no_canonical_bytes(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)
