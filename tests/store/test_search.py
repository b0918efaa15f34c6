"""Search over everything in a visit: accents, case, scripts without spaces, and only what is current."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.domain.fields import FIELDS, Line, Text
from auditor_app.domain.journal import Subject
from auditor_app.store import search as searching
from auditor_app.store.search import search
from auditor_app.workflows.criteria import explain
from auditor_app.workflows.finding_words import find_words
from auditor_app.workflows.lists import add_line, remove_line
from auditor_app.workflows.visits import describe_visit


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Los trabajadores de Ñuñoa midieron la neblina ácida", "nunoa"),
        ("Los trabajadores de Ñuñoa midieron la neblina ácida", "NEBLINA ACIDA"),
        ("Wojciech Żółkiewski asked twice", "zolk"),
        ("废水监测记录在控制室", "监测"),
        ("废水监测记录在控制室", "水"),
        ("排ガスの測定は毎日", "測定"),
        ("Пылеулавливание работает", "пылеул"),
        ("the eyewash had no flow", "eyew"),
    ],
)
def test_words_are_found_by_how_people_type_them(workspace, visit, text, words):
    explain(workspace, visit, "17", text)
    assert [(hit.subject, hit.text) for hit in search(workspace.db, visit, words)] == [(Subject("criterion", "17"), text)]


def test_words_that_were_replaced_or_removed_are_found_no_more(workspace, visit):
    explain(workspace, visit, "17", "the old sentence")
    explain(workspace, visit, "17", "the new sentence")
    assert not search(workspace.db, visit, "old")
    area, _ = add_line(workspace, visit, "area", name="Slag yard")
    remove_line(workspace, visit, "area", area, reason="sold")
    assert not search(workspace.db, visit, "slag")


def test_a_criterion_is_found_by_its_name(workspace, visit):
    assert Subject("criterion", "31") in {hit.subject for hit in find_words(workspace, visit, "tailings")}


NOT_WORDS = {
    "visit": {"form", "site_type", "kind", "starts_on", "ends_on", "office", "state", "photo_review", "assignment", "earlier"},
    "criterion": {"rating", "site_rating", "applies", "earlier"},
    "check": {"answer", "site_answer"},
    "evidence": {"happened_at", "area"},
    "link": {"stance"},
    "finding": {"criterion", "check", "grade", "due", "position", "state", "closed_on"},
    "earlier_finding": {"was", "grade", "due", "state", "closed_on"},
    "area": {"walked_on"},
    "document": {"asked_on", "state", "received_on"},
    "day": {"date"},
    "todo": {"day", "about"},
    "interview": {"form", "quota", "consent", "held_at"},
    "quote": {"interview", "stance"},
    "camera": {"utc_offset", "evidence", "learnt_at"},
    "photo_review": {"held_at"},
    "shown": {"said"},
    "objection": {"review", "evidence", "decision", "instead"},
    "closing_meeting": {"held_at", "frozen_at", "ended_at", "frozen"},
    "equivalence": {"version", "accreditation", "issued", "expires", "audited", "decision"},
    "review": {"office", "made_at", "decision", "heads"},
    "question": {"review", "about", "subject", "asked_at"},
    "attendee": {"side"},
    "auditor": {"name", "organisation"},
    "office": {"name"},
}
"""What is a choice, a day, a time, a key, or said elsewhere; everything else that holds words can be looked for."""


def test_every_field_that_holds_words_can_be_looked_for():
    worded = {kind: {name for name, form in fields.items() if form in (Line, Text, dict[str, str])} for kind, fields in FIELDS.items()}
    left_out = {kind: names - set(searching.FIELDS.get(kind, ())) - NOT_WORDS.get(kind, set()) for kind, names in worded.items()}
    assert {kind: names for kind, names in left_out.items() if names} == {}


def test_the_profile_of_the_site_and_its_workforce_are_found(workspace, visit):
    describe_visit(workspace, visit, {"owner": "Cobre Austral Holdings", "communities": "Caleta Ñuñoa, 3 km"})
    add_line(workspace, visit, "workforce", group="Apprentices", people=14)
    found = [search(workspace.db, visit, words)[0] for words in ("austral", "caleta", "apprent")]
    assert [(hit.subject.kind, hit.field) for hit in found] == [("visit", "owner"), ("visit", "communities"), ("workforce", "group")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_answered(workspace, visit, words):
    assert isinstance(search(workspace.db, visit, words), list)
