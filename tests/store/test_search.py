"""Search over everything in a visit: accents, case, scripts without spaces, and only what is current."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.domain.journal import Subject
from auditor_app.store.search import search
from auditor_app.workflows.criteria import explain
from auditor_app.workflows.finding_words import find_words
from auditor_app.workflows.lists import add_line, remove_line


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_answered(workspace, visit, words):
    assert isinstance(search(workspace.db, visit, words), list)
