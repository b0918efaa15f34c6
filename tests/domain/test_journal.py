"""The promises of the journal, as properties over whatever laptops do to each other."""

import itertools
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.canonical_json import canonical_bytes
from auditor_app.domain.journal import (
    DELETED,
    Field,
    chain_heads,
    check_replacements,
    entry_digest,
    entry_line,
    fold,
    is_clash,
    merge,
    read_entry,
)
from auditor_app.domain.visit import read_visit
from auditor_app.errors import Corrupted
from tests.domain.journals import SUBJECTS, Laptop, play, played_entries, stories, values, whole_journals

FINDING = SUBJECTS[2]

often = settings(max_examples=100, deadline=None)


@often
@given(stories)
def test_merging_is_the_same_in_any_order_and_any_number_of_times(story):
    journals = [list(laptop.known.values()) for laptop in play(story)]
    whole = merge(*journals)
    assert merge(whole.values(), whole.values(), journals[0]) == whole
    for a, b, c in itertools.permutations(journals):
        assert merge(a, b, c) == whole
        assert merge(merge(a, b).values(), c) == merge(a, merge(b, c).values()) == whole


@often
@given(whole_journals, st.randoms(use_true_random=False))
def test_the_state_does_not_depend_on_the_order_in_which_entries_arrive(entries, chance):
    before = fold(entries)
    chance.shuffle(entries)
    assert fold(entries) == before
    assert all([head.id for head in heads] == sorted(head.id for head in heads) for heads in before.values())


@often
@given(stories)
def test_laptops_that_merge_both_ways_show_the_same_and_have_lost_nothing(story):
    ana, bo, _chi = play(story)
    written = [*ana.known.values(), *bo.known.values()]
    ana.take_over(bo)
    bo.take_over(ana)
    assert fold(ana.known.values()) == fold(bo.known.values())
    assert read_visit("visit-1", fold(ana.known.values())) == read_visit("visit-1", fold(bo.known.values()))
    assert all(bo.known[entry.id] == entry for entry in written)


@often
@given(whole_journals)
def test_a_value_goes_only_where_an_entry_says_that_it_replaces_it(entries):
    heads = {head.id for found in fold(entries).values() for head in found}
    replaced = {gone for entry in entries for gone in entry.replaces}
    assert heads | replaced == {entry.id for entry in entries}
    assert not heads & replaced


@often
@given(values, values)
def test_two_who_set_a_field_apart_are_in_clash_only_if_their_values_differ(one, other):
    ana, bo = Laptop("ana"), Laptop("bo")
    ana.take_over(bo)
    entries = [ana.set(FINDING, "title", one), bo.set(FINDING, "title", other)]
    heads = fold(entries)[Field(FINDING, "title")]
    assert len(heads) == 2
    assert is_clash(heads) == (canonical_bytes(one) != canonical_bytes(other))


def test_a_number_and_a_yes_are_different_values():
    ana, bo = Laptop("ana"), Laptop("bo")
    entries = [ana.set(FINDING, "systemic", True), bo.set(FINDING, "systemic", 1)]
    assert is_clash(fold(entries)[Field(FINDING, "systemic")])


def test_whoever_sets_a_field_after_seeing_the_clash_settles_it():
    ana, bo = Laptop("ana"), Laptop("bo")
    ana.set(FINDING, "title", "No guard rail"), bo.set(FINDING, "title", "Rail missing")
    ana.take_over(bo)
    chosen = ana.set(FINDING, "title", "Guard rail missing")
    bo.take_over(ana)
    assert fold(bo.known.values())[Field(FINDING, "title")] == (chosen,)
    assert {entry.value for entry in bo.known.values()} == {"No guard rail", "Rail missing", "Guard rail missing"}


def test_a_deletion_takes_every_value_that_its_author_saw():
    ana, bo = Laptop("ana"), Laptop("bo")
    ana.set(FINDING, "title", "No guard rail"), bo.set(FINDING, "title", "Rail missing"), bo.set(FINDING, "owner", "Maintenance")
    ana.take_over(bo)
    deletion = ana.delete(FINDING)
    assert ana.heads(FINDING) == {DELETED: (deletion,)}
    state = read_visit("visit-1", fold(ana.known.values()))
    assert (state.findings, state.clashes) == ((), ())


def test_an_edit_made_while_another_deleted_survives_as_a_clash_and_both_see_it():
    ana, bo = Laptop("ana"), Laptop("bo")
    ana.set(FINDING, "title", "No guard rail"), ana.set(FINDING, "owner", "Maintenance")
    bo.take_over(ana)
    deletion = ana.delete(FINDING)
    edited = bo.set(FINDING, "title", "No guard rail at the skimming bay")
    ana.take_over(bo), bo.take_over(ana)
    for laptop in (ana, bo):
        state = read_visit("visit-1", fold(laptop.known.values()))
        assert [finding.title for finding in state.findings] == [edited.value]
        assert [clash.heads for clash in state.clashes] == [(edited, deletion)]


def test_two_deletions_of_the_same_are_no_clash():
    ana, bo = Laptop("ana"), Laptop("bo")
    ana.set(FINDING, "title", "No guard rail")
    bo.take_over(ana)
    ana.delete(FINDING), bo.delete(FINDING)
    ana.take_over(bo)
    state = read_visit("visit-1", fold(ana.known.values()))
    assert (state.findings, state.clashes) == ((), ())


@pytest.mark.parametrize(("told", "altered"), [("minor", "major"), (True, 1), ([0], [False])])
def test_one_id_with_two_contents_is_refused_however_alike_they_are(told, altered):
    entry = Laptop("ana").set(FINDING, "grade", told)
    with pytest.raises(Corrupted, match="entry_differs"):
        merge([entry], [msgspec.structs.replace(entry, value=altered)])


# The chain


@often
@given(whole_journals)
def test_whatever_laptops_do_leaves_sound_chains_and_sound_replacements(entries):
    heads = chain_heads(entries)
    for device, (last, digest) in heads.items():
        own = [entry for entry in entries if entry.device == device]
        assert last == len(own)
        assert digest == entry_digest(max(own, key=lambda entry: entry.sequence))
    check_replacements(entries)


@often
@given(whole_journals, st.data())
def test_an_entry_that_was_altered_breaks_the_chain_or_shows_at_its_end(entries, data):
    entry = data.draw(st.sampled_from(entries))
    field = data.draw(st.sampled_from(entry.__struct_fields__))
    before = getattr(entry, field)
    new = {int: lambda: before + 1, str: lambda: before + "x", tuple: lambda: (*before, "x")}.get(type(before), lambda: [before])
    altered = msgspec.structs.replace(entry, **{field: new() if field != "value" else [before]})
    assert _shows(entries, [altered if one is entry else one for one in entries])


@often
@given(whole_journals, st.data())
def test_an_entry_that_was_taken_out_breaks_the_chain_or_shows_at_its_end(entries, data):
    gone = data.draw(st.sampled_from(entries))
    assert _shows(entries, [one for one in entries if one is not gone])


@often
@given(whole_journals, st.data())
def test_two_entries_that_changed_places_or_numbers_break_the_chain(entries, data):
    one, other = data.draw(st.sampled_from(entries)), data.draw(st.sampled_from(entries))
    if one.device != other.device or one is other:
        return
    swapped = {one.id: other.sequence, other.id: one.sequence}
    renumbered = [msgspec.structs.replace(entry, sequence=swapped.get(entry.id, entry.sequence)) for entry in entries]
    with pytest.raises(Corrupted, match="chain_broken"):
        chain_heads(renumbered)


def test_a_broken_chain_names_the_device_and_the_place():
    ana = Laptop("ana")
    first, second, third = (ana.set(FINDING, "title", text) for text in ("a", "b", "c"))
    for entries, place in (([second, third], 1), ([first, third], 2), ([first, second, third, third], 4)):
        with pytest.raises(Corrupted) as caught:
            chain_heads(entries)
        assert (caught.value.code, caught.value.values) == ("chain_broken", {"device": "ana", "sequence": place})


def _shows(before, after):
    try:
        return chain_heads(after) != chain_heads(before)
    except Corrupted:
        return True


# What entries may replace


@often
@given(whole_journals, st.data())
def test_an_entry_may_replace_only_what_is_there(entries, data):
    replaced = {gone for entry in entries for gone in entry.replaces}
    if replaced:
        gone = data.draw(st.sampled_from(sorted(replaced)))
        with pytest.raises(Corrupted, match="entry_replaces_unknown"):
            check_replacements(one for one in entries if one.id != gone)


def test_an_entry_may_not_replace_one_of_another_subject():
    ana = Laptop("ana")
    other = ana.set(SUBJECTS[0], "because", "seen")
    thief = ana.write(FINDING, "title", "x", (other.id,))
    with pytest.raises(Corrupted) as caught:
        check_replacements([other, thief])
    assert caught.value.values == {"entry": thief.id, "replaces": other.id}


@pytest.mark.parametrize("length", [1, 2, 5])
def test_entries_may_not_replace_each_other_in_a_circle(length):
    ana = Laptop("ana")
    entries = [ana.write(FINDING, "title", str(number), ()) for number in range(length)]
    ring = [msgspec.structs.replace(entry, replaces=(entries[i - 1].id,)) for i, entry in enumerate(entries)]
    assert fold(ring) == {}  # the value would vanish without trace
    with pytest.raises(Corrupted, match="entries_in_a_circle"):
        check_replacements(ring)


# Entries from outside


@often
@given(whole_journals)
def test_an_entry_is_read_back_as_it_was_written(entries):
    for entry in entries:
        assert read_entry(entry_line(entry), "here") == entry
        assert entry_digest(read_entry(entry_line(entry) + b"\n", "here")) == entry_digest(entry)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_bytes_that_are_no_entry_are_corrupted_and_nothing_else(line):
    with pytest.raises(Corrupted) as caught:
        read_entry(line, "line 7")
    assert caught.value.values["place"] == "line 7"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_entry_with_damage_is_corrupted_or_is_another_entry_in_full(data):
    line = bytearray(entry_line(Laptop("ana").set(FINDING, "title", {"a": [1, "ü", None]})))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(line) - 1))
        line[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        entry = read_entry(bytes(line), "line 7")
    except Corrupted:
        return
    assert entry_line(entry) == bytes(line).removesuffix(b"\n")


@pytest.mark.parametrize(
    "value",
    ["1.5", "1e2", "1e400", "NaN", "-0", "1 ", '"\\u0061"', '"\\ud800"', '{"b":1,"a":2}', '{"a":1,"a":1}', "[" * 5000 + "]" * 5000],
    ids=lambda value: value[:12],
)
def test_a_value_without_one_canonical_form_is_corrupted(value):
    line = entry_line(Laptop("ana").set(FINDING, "title", "PLACE")).decode().replace('"PLACE"', value)
    with pytest.raises(Corrupted, match="entry_unreadable"):
        read_entry(line.encode(), "line 7")


def test_an_entry_with_a_field_that_this_version_does_not_know_is_corrupted():
    content = json.loads(entry_line(Laptop("ana").set(FINDING, "title", "x")))
    with pytest.raises(Corrupted, match="entry_unreadable"):
        read_entry(canonical_bytes({**content, "secret": 1}), "line 7")


def test_laptops_of_one_story_play_alike():
    """The stories themselves are deterministic, or the properties above would prove nothing twice."""
    story = [("set", "ana", SUBJECTS[0], "because", 1), ("merge", "bo", "ana"), ("delete", "bo", SUBJECTS[0])]
    assert played_entries(story) == played_entries(story)
    assert len(played_entries(story)) == 2
