"""The one way to change a visit: entries that continue this device's chain, all of a block or none."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.clock import offset_text, parse_moment
from auditor_app.domain.fields import Captured
from auditor_app.domain.journal import Field, Subject, chain_heads, check_replacements, fold
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.store.journal import entries_of_visit, heads_of_visit

VISIT = "visit-1"
FINDING, LIMIT = Subject("finding", "f1"), Subject("limit", "l1")


def entries(workspace):
    return sorted(entries_of_visit(workspace.db, VISIT), key=lambda entry: entry.sequence)


def test_the_first_change_of_a_visit_also_says_whose_words_these_are(workspace):
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "No guard rail")
    name, title = entries(workspace)
    assert (name.where, name.value) == (Field(Subject("auditor", "auditor-ana"), "name"), "Ana Núñez")
    assert (title.author, title.device, title.sequence) == ("auditor-ana", workspace.device, 2)
    assert recorder.changes.subjects == {FINDING, name.where.subject}


@pytest.mark.parametrize(
    ("subject", "field", "value", "again"),
    [
        (FINDING, "title", "x", "x"),
        (FINDING, "systemic", False, False),
        (LIMIT, "criteria", ("17", "18"), ["17", "18"]),
        (LIMIT, "criteria", ["17"], ("17",)),
        (
            Subject("evidence", "a"),
            "original",
            {"size": 7, "media_type": "", "captured": Captured(at="x", width=3)},
            {"captured": {"width": 3, "at": "x"}, "media_type": "", "size": 7},
        ),
    ],
)
def test_the_value_that_a_field_already_has_changes_nothing(workspace, subject, field, value, again):
    for one in (value, again):
        with workspace.recording(VISIT) as recorder:
            recorder.set(subject, field, one)
    assert len([entry for entry in entries(workspace) if entry.where.subject == subject]) == 1


def test_setting_a_field_to_what_one_side_of_a_clash_says_settles_it(workspace):
    with workspace.recording(VISIT) as recorder:
        recorder.add(FINDING, "title", "a", replaces=(), reason=""), recorder.add(FINDING, "title", "b", replaces=(), reason="")
    assert len(workspace.visit(VISIT).clashes) == 1
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "b")
    assert workspace.visit(VISIT).clashes == ()


def test_an_entry_carries_the_time_and_the_offset_of_the_clock_even_when_that_goes_back(workspace, clock):
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "a")
    clock.moment -= timedelta(days=3)
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "b")
    *_rest, before, after = entries(workspace)
    assert parse_moment(before.recorded_at) - parse_moment(after.recorded_at) > timedelta(days=2)
    assert after.offset == offset_text(clock.moment) == "-04:00"
    assert fold([before, after]) == {Field(FINDING, "title"): (after,)}
    chain_heads(entries(workspace))


def test_what_is_written_in_one_transaction_is_of_one_moment_and_what_follows_of_another(workspace):
    with workspace.transaction():
        for title in ("a", "b"):
            with workspace.recording(VISIT) as recorder:
                recorder.set(FINDING, "title", title)
                recorder.set(FINDING, "statement", title)
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "c")
    times = [entry.recorded_at for entry in entries(workspace) if entry.where.subject == FINDING]
    assert len(times) == 5 and len(set(times[:4])) == 1 and times[4] > times[3]


@pytest.mark.parametrize(
    ("subject", "field", "value"),
    [(FINDING, "colour", "red"), (FINDING, "title", 7), (Subject("interviewee", "1"), "name", "Rosa"), (FINDING, "title", None)],
)
def test_what_the_domain_does_not_know_is_not_recorded_and_takes_its_whole_block_back(workspace, subject, field, value):
    with pytest.raises(Corrupted, match="entry_"), workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "seen")
        recorder.set(subject, field, value)
    assert entries(workspace) == []
    with pytest.raises(NotAllowed, match="visit_unknown"):
        workspace.visit(VISIT)


def test_a_block_that_fails_leaves_the_chain_ready_to_go_on(workspace):
    for divisor in (1, 0, 2):
        with contextlib.suppress(ZeroDivisionError), workspace.recording(VISIT) as recorder:
            recorder.add(FINDING, "title", f"by {divisor}", replaces=(), reason="")
            recorder.add(FINDING, "owner", f"half of {1 / divisor}", replaces=(), reason="")
    assert [entry.value for entry in entries(workspace)] == ["Ana Núñez", "by 1", "half of 1.0", "by 2", "half of 0.5"]
    assert set(chain_heads(entries(workspace))) == {workspace.device}


def test_removing_takes_every_value_and_says_why(workspace):
    with workspace.recording(VISIT) as recorder:
        recorder.set(FINDING, "title", "a"), recorder.set(FINDING, "owner", "b")
    with workspace.recording(VISIT) as recorder:
        recorder.remove(FINDING, reason="Seen again: it is there.")
    assert workspace.visit(VISIT).findings == ()
    *_rest, removal = entries(workspace)
    assert (removal.value, removal.reason, len(removal.replaces)) == (True, "Seen again: it is there.", 2)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["title", "owner"]), st.sampled_from(["", "a", "b"]), st.booleans()), max_size=10))
def test_whatever_is_recorded_reads_back_as_the_last_value_of_each_field(workspace, story):
    visit = f"visit-{workspace.clock.now()}"
    expected = {}
    for field, value, removed in story:
        with workspace.recording(visit) as recorder:
            recorder.set(FINDING, field, value)
            expected[field] = value
            if removed:
                recorder.remove(FINDING, reason="x")
                expected = {}
    found = [{"title": finding.title, "owner": finding.owner} for finding in (workspace.visit(visit).findings if story else ())]
    assert found == ([{"title": "", "owner": ""} | expected] if expected else [])
    written = entries_of_visit(workspace.db, visit)
    check_replacements(written)
    assert heads_of_visit(workspace.db, visit) == fold(written)
