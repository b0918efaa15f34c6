"""The office's chain in a visit's journal: what is said anew goes on from what was said, and laptops that have it never clash over it."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.journal import Subject, chain_heads, check_replacements, fold
from auditor_app.domain.visit import CRITERION, VISIT, read_clashes, read_visit
from auditor_app.workflows.office.assignment_journal import Chain, Said
from tests.conftest import TickingClock
from tests.domain.journals import Laptop

FACTS = ("site", "company", "scope", "note")
NUMBERS = ("1", "2", "17")

words = st.sampled_from(("", "a", "b", "Río Seco"))
facts = st.dictionaries(st.sampled_from(FACTS), words)
site_says = st.dictionaries(st.sampled_from(NUMBERS), words)
certificates = st.dictionaries(st.sampled_from(("ISO 14001", "ISO 45001", "RMI")), words)
versions = st.lists(st.tuples(facts, site_says, certificates), min_size=1, max_size=4)
edits = st.lists(st.tuples(st.sampled_from(("ana", "bo")), st.sampled_from((*FACTS, *NUMBERS)), st.text("xyz", max_size=3)), max_size=12)

settings.register_profile("assignments", max_examples=60, deadline=None)


def said(version):
    told, rated, offered = version
    return [
        Said(kind=VISIT, id="visit-1", fields={"state": "open", **told}),
        *(Said(kind=CRITERION, id=number, fields={"site_says": text}) for number, text in rated.items()),
        *(Said(kind=EQUIVALENCE, fields={"system": name, "scope": text}, key=("system",)) for name, text in offered.items()),
    ]


def chain():
    clock = TickingClock(moment=datetime(2026, 5, 4, tzinfo=UTC))
    return Chain(visit="visit-1", device="office", author="author-office", clock=clock, entries=[])


def without_empty(values):
    return {name: value for name, value in values.items() if value}


@settings(settings.get_profile("assignments"))
@given(versions)
def test_after_each_version_the_visit_is_what_the_office_says_now_and_nothing_else(story):
    made = chain()
    for version in story:
        before = list(made.entries)
        made.say(said(version))
        assert made.entries[: len(before)] == before
        chain_heads(made.entries)
        check_replacements(made.entries)
        state = read_visit("visit-1", fold(made.entries))
        told, rated, offered = version
        assert without_empty(state.facts) == {"state": "open", **without_empty(told)}
        assert {number: one.site_says for number, one in state.criteria.items() if one.site_says} == without_empty(rated)
        assert {one.system: one.scope for one in state.equivalences} == offered
        assert state.clashes == ()


@settings(settings.get_profile("assignments"))
@given(versions)
def test_to_say_the_same_again_adds_nothing(story):
    made = chain()
    for version in story:
        made.say(said(version))
    before = list(made.entries)
    made.say(said(story[-1]))
    assert made.entries == before


@settings(settings.get_profile("assignments"))
@given(st.tuples(facts, site_says, certificates), edits, edits)
def test_laptops_that_open_the_same_assignment_clash_only_where_both_edited(version, of_ana_alone, of_both):
    """Ana opens and works; Bo opens later and works too: after a merge no value of the office stands against anybody's."""
    made = chain()
    made.say(said(version))
    team, edited = {name: Laptop(name) for name in ("ana", "bo")}, {"ana": set(), "bo": set()}
    team["ana"].known = {one.id: one for one in made.entries}
    for _who, where, value in of_ana_alone:
        team["ana"].set(*field_of(where), value)
        edited["ana"].add(where)
    team["bo"].known = {one.id: one for one in made.entries}
    for who, where, value in of_both:
        team[who].set(*field_of(where), value)
        edited[who].add(where)
    team["ana"].take_over(team["bo"])
    heads = fold(team["ana"].known.values())
    clashing = {clash.field if clash.subject.kind == VISIT else clash.subject.id for clash in read_clashes(heads)}
    assert clashing <= edited["ana"] & edited["bo"]
    state = read_visit("visit-1", heads)
    assert {one.system for one in state.equivalences} == set(version[2])


def field_of(where):
    return (Subject(VISIT, "visit-1"), where) if where in FACTS else (Subject(CRITERION, where), "site_says")
