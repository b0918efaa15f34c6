from dataclasses import replace

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.errors import NotAllowed
from auditor_app.workflows.copies import Editing, make_copy
from auditor_app.workflows.criteria import answer, explain, rate
from auditor_app.workflows.evidence import describe_evidence, link_evidence
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding, revise_limit, withdraw_finding
from auditor_app.workflows.history import choose, clashes, history, undo
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.visits import describe_visit, open_visit
from auditor_app.workflows.workspaces import check


def undo_all(workspace, visit):
    """Undo until nothing is left; gives how often."""
    for times in range(500):
        try:
            undo(workspace, visit)
        except NotAllowed as error:
            assert error.code == "nothing_to_undo"
            return times
    raise AssertionError("undo never ends")


def test_every_value_ever_entered_is_told_with_who_when_and_why(workspace, visit):
    answer(workspace, visit, "17-d1", "met")
    answer(workspace, visit, "17-d1", "partly", note="Page 3 is missing.")
    told = history(workspace, visit, Subject(CHECK, "17-d1"))
    assert [(one.field, one.value) for one in told] == [("answer", "met"), ("answer", "partly"), ("note", "Page 3 is missing.")]
    assert told[1].replaces == (told[0].id,)
    assert {one.author for one in told} == {"auditor-ana"}
    assert [one.recorded_at for one in told] == sorted(one.recorded_at for one in told)
    assert len(history(workspace, visit)) > len(told)


def test_repeated_undo_walks_back_through_every_change_as_it_was_made(workspace, visit):
    for number in ("fully", "", "fully"):
        rate(workspace, visit, "5", number)
    rate(workspace, visit, "5", "partially", because="One record was missing.")
    seen = []
    for _ in range(4):
        undo(workspace, visit)
        own = workspace.visit(visit).criteria["5"]
        seen.append((own.rating, own.because))
    assert seen == [("fully", ""), ("", ""), ("fully", ""), ("", "")], "a rating and its reason were given together"


LINES = {
    "area": {"name": "Tankhouse", "why": "Acid mist", "criteria": ["17"]},
    "document": {"title": "Payroll", "state": "asked", "asked_on": "2026-11-16"},
    "quota": {"group": "Contractors", "planned": 4},
    "interview": {"group": "Contractors", "people": 2, "consent": "given"},
    "todo": {"text": "Ask for the rosters"},
}


@pytest.mark.parametrize("kind", LINES)
def test_undo_takes_a_new_line_away_whole_and_goes_on_with_what_was_before(workspace, visit, kind):
    explain(workspace, visit, "5", "An hour of work.")
    before = workspace.visit(visit)
    add_line(workspace, visit, kind, **LINES[kind])
    undo(workspace, visit)
    assert replace(workspace.visit(visit), auditors={}) == replace(before, auditors={})
    undo(workspace, visit)
    assert workspace.visit(visit).criteria["5"].because == ""
    undo_all(workspace, visit)
    assert open_visit(workspace, visit).state.clashes == ()
    assert check(workspace) == []


def test_what_was_added_together_is_taken_back_together_and_comes_back_by_its_entry(workspace, visit):
    with workspace.transaction():
        lines = [add_line(workspace, visit, "day", date=day)[0] for day in ("2026-11-16", "2026-11-17")]
    undo(workspace, visit)
    assert workspace.visit(visit).days == ()
    removal = history(workspace, visit, Subject("day", lines[0]))[-1]
    undo(workspace, visit, removal.id)
    assert [day.date for day in workspace.visit(visit).days] == ["2026-11-16"]
    undo_all(workspace, visit)
    assert [day.date for day in workspace.visit(visit).days] == ["2026-11-16"], "what was brought back by name stays"


def test_of_what_was_said_together_nothing_is_taken_back_where_a_colleague_set_a_part_anew(workspace, visit, colleague, unite):
    rate(workspace, visit, "5", "partially", because="One record was missing.")
    unite(workspace, colleague)
    explain(colleague, visit, "5", "Two records were missing.")
    unite(workspace, colleague)
    with pytest.raises(NotAllowed, match="entry_not_current"):
        undo(workspace, visit)
    own = workspace.visit(visit).criteria["5"]
    assert (own.rating, own.because) == ("partially", "Two records were missing.")


def test_undo_never_takes_from_a_copy_what_it_was_made_from(workspace, visit, photo):
    digest, _ = take_in(workspace, visit, photo)
    copy, _ = make_copy(workspace, visit, digest, Editing(quarter_turns=1))
    undo_all(workspace, visit)
    made = workspace.visit(visit).evidence[copy]
    assert (made.derived_from, bool(made.derived_by)) == (digest, True)


def test_undo_keeps_what_it_took_back_in_the_history(workspace, visit):
    explain(workspace, visit, "5", "An hour of work.")
    undo(workspace, visit)
    assert workspace.visit(visit).criteria["5"].because == ""
    told = history(workspace, visit, Subject(CRITERION, "5"))
    assert [one.value for one in told] == ["An hour of work.", ""]
    assert told[1].replaces == (told[0].id,)


def test_undoing_what_began_a_finding_takes_it_away_unless_a_colleague_went_on_with_it(workspace, visit, colleague, unite):
    finding, _ = raise_finding(workspace, visit, "2", "No register")
    first = history(workspace, visit, Subject(FINDING, finding))[0]
    undo(workspace, visit, first.id)
    assert workspace.visit(visit).findings == ()
    undo(workspace, visit, history(workspace, visit, Subject(FINDING, finding))[-1].id)
    unite(workspace, colleague)
    revise_finding(colleague, visit, finding, site_reply="We will write one.")
    unite(workspace, colleague)
    with pytest.raises(NotAllowed, match="entry_not_current"):
        undo(workspace, visit, history(workspace, visit, Subject(FINDING, finding))[0].id)
    assert [one.site_reply for one in workspace.visit(visit).findings] == ["We will write one."]


def test_undoing_what_moved_a_finding_or_reworded_a_limit_takes_neither_away(workspace, visit):
    finding, _changes = raise_finding(workspace, visit, "2", "No register")
    limit, _changes = note_limit(workspace, visit, "Night shift", "Road closed")
    revise_finding(workspace, visit, finding, criterion="17")
    revise_limit(workspace, visit, limit, what="Night shift of contractors")
    undo(workspace, visit)
    undo(workspace, visit)
    state = workspace.visit(visit)
    assert [one.criterion for one in state.findings] == ["2"]
    assert [one.what for one in state.limits] == ["Night shift"]


def test_an_undo_can_itself_be_undone(workspace, visit):
    explain(workspace, visit, "5", "An hour of work.")
    undo(workspace, visit)
    undo(workspace, visit, history(workspace, visit, Subject(CRITERION, "5"))[-1].id)
    assert workspace.visit(visit).criteria["5"].because == "An hour of work."


@pytest.mark.parametrize("reason", ["Shown on the last day.", "undo the double entry"])
def test_a_withdrawn_finding_comes_back_whole(workspace, visit, reason):
    raise_finding(workspace, visit, "2", "No register", statement="None was shown.", systemic=True, due="2026-09-30")
    before = workspace.visit(visit).findings
    withdraw_finding(workspace, visit, before[0].id, reason=reason)
    assert workspace.visit(visit).findings == ()
    undo(workspace, visit)
    assert workspace.visit(visit).findings == before


def test_undoing_everything_leaves_a_visit_that_still_opens(workspace, visit, photo):
    digest, _ = take_in(workspace, visit, photo, targets=[Subject(CRITERION, "17")])
    describe_evidence(workspace, visit, digest, caption="Guard at the saw")
    link_evidence(workspace, visit, digest, Subject(CHECK, "17-d1"), "contradicts")
    finding, _ = raise_finding(workspace, visit, "2", "No register")
    revise_finding(workspace, visit, finding, systemic=True)
    withdraw_finding(workspace, visit, finding, reason="A mistake.")
    note_limit(workspace, visit, "Night shift", "Road closed", ("17",))
    describe_visit(workspace, visit, {"scope": "all"})
    entries = len(history(workspace, visit))
    assert undo_all(workspace, visit) >= 8
    state = open_visit(workspace, visit).state
    assert list(state.evidence) == [digest], "an intake happened and stays"
    assert (state.links, state.findings, state.limits) == ((), (), ())
    assert state.facts["site"] == "Fundición Río Seco"
    assert state.auditors == {"auditor-ana": "Ana Núñez"}
    assert len(history(workspace, visit)) > entries
    assert check(workspace) == []


def test_what_a_visit_began_with_and_an_intake_cannot_be_undone_by_naming_it(workspace, visit, photo):
    digest, _ = take_in(workspace, visit, photo)
    fixed = [one for one in history(workspace, visit) if one.field in {"form", "form_digest", "original", "what", "name"}]
    assert len(fixed) == 5
    for entry in fixed:
        with pytest.raises(NotAllowed) as refused:
            undo(workspace, visit, entry.id)
        assert refused.value.code == "entry_not_undone"
    assert list(open_visit(workspace, visit).state.evidence) == [digest]


def test_undo_is_refused_where_another_device_set_the_field_anew(workspace, visit, colleague, unite):
    explain(workspace, visit, "5", "Ana's words")
    unite(workspace, colleague)
    explain(colleague, visit, "5", "Bo's words")
    unite(workspace, colleague)
    with pytest.raises(NotAllowed, match="entry_not_current"):
        undo(workspace, visit)
    assert workspace.visit(visit).criteria["5"].because == "Bo's words"


def test_undo_takes_back_only_what_this_device_did(workspace, visit, colleague, unite):
    rate(colleague, visit, "7", "fully")
    unite(workspace, colleague)
    explain(workspace, visit, "5", "Ana's words")
    undo_all(workspace, visit)
    assert workspace.visit(visit).criteria["7"].rating == "fully"


def test_two_people_setting_a_field_differently_clash_and_both_values_are_kept(workspace, visit, colleague, unite):
    rate(workspace, visit, "5", "fully")
    rate(colleague, visit, "5", "partially", because="One record was missing.")
    rate(workspace, visit, "6", "fully")
    rate(colleague, visit, "6", "fully")
    unite(workspace, colleague)
    assert clashes(workspace, visit) == clashes(colleague, visit)
    (clash,) = clashes(workspace, visit)
    assert (clash.subject, clash.field) == (Subject(CRITERION, "5"), "rating")
    assert {(head.author, head.value) for head in clash.heads} == {("auditor-ana", "fully"), ("auditor-bo", "partially")}


def test_choosing_settles_a_clash_on_every_laptop_once_they_meet(workspace, visit, colleague, unite):
    rate(workspace, visit, "5", "fully")
    rate(colleague, visit, "5", "does_not", because="No records.")
    unite(workspace, colleague)
    (clash,) = clashes(workspace, visit)
    chosen = next(head for head in clash.heads if head.author == "auditor-bo")
    choose(workspace, visit, chosen.id, reason="Bo saw the files.")
    unite(workspace, colleague)
    for one in (workspace, colleague):
        assert clashes(one, visit) == ()
        assert one.visit(visit).criteria["5"].rating == "does_not"
    assert history(colleague, visit, Subject(CRITERION, "5"))[-1].reason == "Bo saw the files."
    with pytest.raises(NotAllowed, match="entry_not_in_clash"):
        choose(workspace, visit, chosen.id)


def test_both_choosing_differently_is_again_a_clash_and_nothing_is_lost(workspace, visit, colleague, unite):
    explain(workspace, visit, "5", "A")
    explain(colleague, visit, "5", "B")
    unite(workspace, colleague)
    heads = {head.value: head.id for head in clashes(workspace, visit)[0].heads}
    choose(workspace, visit, heads["A"])
    choose(colleague, visit, heads["B"])
    unite(workspace, colleague)
    assert {head.value for head in clashes(workspace, visit)[0].heads} == {"A", "B"}


@pytest.mark.parametrize("keep", [True, False])
def test_withdrawing_what_a_colleague_went_on_with_is_a_clash_that_can_go_either_way(workspace, visit, colleague, unite, keep):
    finding, _ = raise_finding(workspace, visit, "2", "No register", statement="None was shown.", grade="minor")
    unite(workspace, colleague)
    withdraw_finding(workspace, visit, finding, reason="Shown meanwhile.")
    revise_finding(colleague, visit, finding, site_reply="We will write one.")
    unite(workspace, colleague)
    for one in (workspace, colleague):
        assert [found.site_reply for found in one.visit(visit).findings] == ["We will write one."], "the edit survives"
    (clash,) = clashes(workspace, visit)
    heads = {head.field: head.id for head in clash.heads}
    choose(workspace, visit, heads["site_reply" if keep else "deleted"], reason="We talked.")
    unite(workspace, colleague)
    for one in (workspace, colleague):
        assert clashes(one, visit) == ()
        found = [(f.criterion, f.title, f.statement, f.grade, f.site_reply) for f in one.visit(visit).findings]
        assert found == ([("2", "No register", "None was shown.", "minor", "We will write one.")] if keep else [])


def test_a_finding_in_such_a_clash_can_be_withdrawn_again(workspace, visit, colleague, unite):
    finding, _ = raise_finding(workspace, visit, "2", "No register")
    unite(workspace, colleague)
    withdraw_finding(workspace, visit, finding, reason="Shown meanwhile.")
    revise_finding(colleague, visit, finding, title="No complete register")
    unite(workspace, colleague)
    withdraw_finding(colleague, visit, finding, reason="Agreed.")
    unite(workspace, colleague)
    for one in (workspace, colleague):
        assert one.visit(visit).findings == ()
        assert clashes(one, visit) == ()


def test_an_unknown_entry_is_neither_undone_nor_chosen(workspace, visit):
    with pytest.raises(NotAllowed, match="nothing_to_undo"):
        undo(workspace, visit, "0199-no-such-entry")
    with pytest.raises(NotAllowed, match="entry_not_in_clash"):
        choose(workspace, visit, history(workspace, visit)[0].id)
    assert history(workspace, visit, Subject(FINDING, "nothing")) == []
