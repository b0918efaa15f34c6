"""What two states of a visit differ in: nothing from itself, the same from either side, and each by whoever made it so."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.domain.differences import differences, only_in
from auditor_app.domain.journal import Entry, Subject, fold
from auditor_app.domain.provisional import CHANGED, RAISED, WITHDRAWN
from auditor_app.domain.visit import read_visit
from tests.domain.journals import LAPTOPS, VISIT, Laptop

TEXTS = st.sampled_from(["", "a", "b"])
SAID: list[tuple[Subject, str, st.SearchStrategy[Any]]] = [
    (Subject("visit", VISIT), "scope", TEXTS),
    (Subject("visit", VISIT), "state", st.sampled_from(["open", "closed"])),
    (Subject("criterion", "17"), "rating", TEXTS),
    (Subject("criterion", "3"), "because", TEXTS),
    (Subject("criterion", "3"), "assigned", TEXTS),
    (Subject("check", "17-d1"), "answer", TEXTS),
    (Subject("finding", "f1"), "title", TEXTS),
    (Subject("finding", "f1"), "site_reply", TEXTS),
    (Subject("finding", "f1"), "systemic", st.booleans()),
    (Subject("finding", "f2"), "title", TEXTS),
    (Subject("limit", "l1"), "criteria", st.lists(TEXTS, max_size=2)),
    (Subject("interview", "i1"), "people", st.integers(0, 3)),
    (Subject("question", "q1"), "reply", TEXTS),
    (Subject("question", "q1"), "text", TEXTS),
    (Subject("link", "d1/criterion/17"), "stance", st.sampled_from(["supports", "contradicts", ""])),
    (Subject("link", "d1/finding/f1"), "stance", st.sampled_from(["supports", "closes"])),
    (Subject("link", "d1/criterion/17"), "settled", TEXTS),
]
BESIDE = {("visit", "state"), ("criterion", "assigned"), ("question", "text")}
OPPOSITE = {RAISED: WITHDRAWN, WITHDRAWN: RAISED, CHANGED: CHANGED}


@st.composite
def steps(draw) -> list[tuple[Any, ...]]:
    """What a team does, one thing after another: who, what, and the value (None takes the whole subject away)."""
    count, made = draw(st.integers(0, 14)), []
    for _ in range(count):
        subject, name, values = draw(st.sampled_from(SAID))
        may_go = subject.kind in {"finding", "limit", "interview"} and draw(st.integers(0, 4)) == 0
        made.append((draw(st.sampled_from(LAPTOPS)), subject, name, None if may_go else draw(values)))
    return made


def played(team: dict[str, Laptop], story: list[tuple[Any, ...]]) -> list[Entry]:
    """Do it, everybody knowing everything at once; gives all entries."""
    for who, subject, name, value in story:
        for other in team.values():
            team[who].take_over(other)
        if value is None:
            team[who].delete(subject)
        else:
            team[who].set(subject, name, value)
    whole = Laptop("whole")
    for one in team.values():
        whole.take_over(one)
    return list(whole.known.values())


def state_of(entries: list[Entry]):
    return read_visit(VISIT, fold(entries))


@settings(max_examples=100, deadline=None)
@given(steps(), steps())
def test_a_visit_does_not_differ_from_itself_and_two_differ_alike_from_either_side(first, second):
    team = {name: Laptop(name) for name in LAPTOPS}
    before_entries = played(team, first)
    after_entries = played(team, second)
    before, after = state_of(before_entries), state_of(after_entries)
    assert differences(after, after, after_entries) == ()
    there = {(one.subject, one.kind, one.field, str(one.before), str(one.after)) for one in differences(before, after)}
    back = {(one.subject, OPPOSITE[one.kind], one.field, str(one.after), str(one.before)) for one in differences(after, before)}
    assert there == back
    assert len(there) == len(differences(before, after)), "each is told once"


@settings(max_examples=100, deadline=None)
@given(steps(), steps())
def test_what_differs_was_touched_meanwhile_and_is_told_by_who_touched_it(first, second):
    team = {name: Laptop(name) for name in LAPTOPS}
    before_entries = played(team, first)
    after_entries = played(team, second)
    since = only_in(after_entries, before_entries)
    assert {entry.id for entry in since} | {entry.id for entry in before_entries} == {entry.id for entry in after_entries}
    found = differences(state_of(before_entries), state_of(after_entries), since)
    touched = {entry.subject_id.rpartition("/")[2] if entry.subject_kind == "link" else entry.subject_id for entry in since}
    assert {one.subject.id for one in found} <= touched
    assert {one.by for one in found} <= {f"author-{who}" for who, *_ in second}
    assert not {(one.subject.kind, one.field) for one in found} & BESIDE


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([one for one in SAID if (one[0].kind, one[1]) not in BESIDE and one[0].kind != "link"]), st.data())
def test_a_single_change_is_the_single_difference(said, data):
    subject, name, values = said
    old, new = data.draw(values), data.draw(values)
    team = {name: Laptop(name) for name in LAPTOPS}
    begin = [("ana", Subject(one.kind, one.id), field, data.draw(kind)) for one, field, kind in SAID]
    before = played(team, [*begin, ("ana", subject, name, old)])
    after = played(team, [("bo", subject, name, new)])
    found = differences(state_of(before), state_of(after), only_in(after, before))
    same = (old or None) == (new or None)
    assert [(one.subject, one.field, one.kind, one.by) for one in found] == ([] if same else [(subject, name, CHANGED, "author-bo")])


def test_a_finding_that_was_withdrawn_and_brought_back_is_no_difference():
    team = {name: Laptop(name) for name in LAPTOPS}
    finding = Subject("finding", "f1")
    before = played(team, [("ana", finding, "title", "a")])
    gone = played(team, [("bo", finding, "title", None)])
    back = played(team, [("bo", finding, "title", "a")])
    (withdrawn,) = differences(state_of(before), state_of(gone), only_in(gone, before))
    assert (withdrawn.kind, withdrawn.title, withdrawn.number, withdrawn.by) == (WITHDRAWN, "a", 1, "author-bo")
    assert differences(state_of(before), state_of(back), only_in(back, before)) == ()
