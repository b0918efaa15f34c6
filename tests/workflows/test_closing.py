"""The closing meeting: it freezes the findings, and everything that is changed afterwards is listed."""

from datetime import timedelta

import pytest

from auditor_app.domain.findings import Finding
from auditor_app.domain.journal import Subject, chain_heads
from auditor_app.domain.provisional import EVIDENCE, SAID_BY_SITE, entries_within
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.store.journal import entries_of_visit
from auditor_app.workflows.closing import begin_closing, describe_closing, end_closing, explain_change, find_closing, held
from auditor_app.workflows.closing_words import FIELDS, change_line, change_words
from auditor_app.workflows.coverage import standing
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import raise_finding, revise_finding, withdraw_finding
from auditor_app.workflows.history import undo
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file
from auditor_app.workflows.lists import add_line, revise_line
from auditor_app.workflows.visits import open_visit


@pytest.fixture
def frozen(workspace, visit):
    """Two findings, and a closing meeting that froze them; gives the ids of all three."""
    first, _changes = raise_finding(workspace, visit, "17", "Guard missing", grade="major")
    second, _changes = raise_finding(workspace, visit, "18", "No drill", grade="minor")
    closing, _changes = begin_closing(workspace, visit, place="Canteen")
    return first, second, closing


def told(workspace, visit):
    opened = open_visit(workspace, visit)
    return [change_words(change_line(opened, change)) for change in held(workspace, visit).changes]


def test_a_meeting_freezes_what_was_said_until_it_began(workspace, visit, frozen):
    first, _second, closing = frozen
    meeting = find_closing(workspace.visit(visit))
    assert (meeting.id, meeting.held_at[:10], meeting.place, meeting.ended_at) == (closing, "2026-05-04", "Canteen", "")
    revise_finding(workspace, visit, first, title="No guard at the saw")
    found = held(workspace, visit)
    assert [one.title for one in found.findings] == ["Guard missing", "No drill"]
    assert found.provisional.closings == (), "the meeting itself is not part of what it froze"
    assert [one.title for one in workspace.visit(visit).findings] == ["No guard at the saw", "No drill"]


def test_what_changed_since_is_told_with_before_and_after_who_when_and_why(workspace, visit, frozen, clock):
    first, second, _closing = frozen
    clock.tick = timedelta(milliseconds=1)
    revise_finding(workspace, visit, first, grade="minor", reason="The second guard was in place.")
    withdraw_finding(workspace, visit, second, reason="The drill report came at noon.")
    raise_finding(workspace, visit, "29", "Drums without labels")
    rate(workspace, visit, "18", "fully")
    when = "4 May 2026, 09:08 (-04:00)"
    assert told(workspace, visit) == [
        f"Finding 1: Guard missing · Grade: Major → Minor · Ana Núñez · {when} · The second guard was in place.",
        f"Finding 2: No drill · Withdrawn since · Ana Núñez · {when} · The drill report came at noon.",
        f"New finding: Drums without labels · Raised since · Ana Núñez · {when}",
        f"Criterion 18 Emergency Preparedness · Proposed rating: – → Fully Meets · Ana Núñez · {when}",
    ]


def test_what_the_site_says_is_no_change_and_neither_is_what_was_put_back(workspace, visit, frozen):
    first, _second, _closing = frozen
    revise_finding(workspace, visit, first, position="agrees", site_reply="Right.", state="replied")
    revise_finding(workspace, visit, first, title="Something else")
    revise_finding(workspace, visit, first, title="Guard missing")
    assert told(workspace, visit) == []
    revise_finding(workspace, visit, first, state="closed", closed_because="Mounted before our eyes.")
    assert [change.field for change in held(workspace, visit).changes] == ["state", "closed_on", "closed_because"]


def test_evidence_linked_since_is_a_change(workspace, visit, frozen, sample_photo, tmp_path):
    file = seal_file(plan_intake(workspace), sample_photo(tmp_path / "guard.jpg"))
    record_intake(workspace, visit, [file])
    link_evidence(workspace, visit, file.object.original, Subject("finding", frozen[0]), "supports")
    (line,) = told(workspace, visit)
    assert line.startswith("Finding 1: Guard missing · Evidence: – → guard.jpg · Ana Núñez")


def test_why_may_be_said_later_and_the_change_stays_whose_it_was(workspace, visit, frozen, clock):
    first, _second, _closing = frozen
    revise_finding(workspace, visit, first, due="2027-01-31")
    (before,) = held(workspace, visit).changes
    explain_change(workspace, visit, Subject("finding", first), "due", "The part comes from abroad.")
    (after,) = held(workspace, visit).changes
    assert (after.reason, after.after, after.at) == ("The part comes from abroad.", "2027-01-31", before.at)
    with pytest.raises(NotAllowed, match="text_missing"):
        explain_change(workspace, visit, Subject("finding", first), "due", " ")
    with pytest.raises(NotAllowed, match="line_unknown"):
        explain_change(workspace, visit, Subject("finding", first), "owner", "never said")


def test_an_undone_change_is_gone_from_the_list_and_an_undone_meeting_from_the_visit(workspace, visit, frozen):
    undo(workspace, visit)
    assert workspace.visit(visit).closings == ()
    begin_closing(workspace, visit)
    revise_finding(workspace, visit, frozen[0], due="2027-01-31")
    undo(workspace, visit)
    assert told(workspace, visit) == []


def test_a_meeting_is_begun_once_described_and_ended(workspace, visit, frozen):
    closing = frozen[2]
    with pytest.raises(NotAllowed, match="closing_at_work"):
        begin_closing(workspace, visit)
    describe_closing(workspace, visit, closing, held_at="2026-05-04 15:30", note="In two languages.")
    with pytest.raises(NotAllowed, match="fact_unknown"):
        describe_closing(workspace, visit, closing, frozen="")
    with pytest.raises(NotAllowed, match="text_missing"):
        describe_closing(workspace, visit, closing, held_at=" ")
    end_closing(workspace, visit)
    ended = find_closing(workspace.visit(visit)).ended_at
    assert ended
    end_closing(workspace, visit, closing)
    assert find_closing(workspace.visit(visit)).ended_at == ended, "ending twice changes nothing"
    second, _changes = begin_closing(workspace, visit)
    assert find_closing(workspace.visit(visit)).id == second
    assert find_closing(workspace.visit(visit), closing).note == "In two languages."
    with pytest.raises(NotAllowed, match="closing_unknown"):
        find_closing(workspace.visit(visit), "nothing")


def test_once_it_is_ended_a_gap_without_the_sites_word_is_asked_for(workspace, visit, frozen):
    def unsaid():
        return {gap.subject.id for gap in standing(open_visit(workspace, visit)).gaps if gap.rule == "position_not_recorded"}

    assert unsaid() == set()
    end_closing(workspace, visit)
    assert unsaid() == {frozen[0], frozen[1]}
    revise_finding(workspace, visit, frozen[0], position="disagrees")
    revise_finding(workspace, visit, frozen[1], site_reply="We will look into it.")
    assert unsaid() == set()


def test_a_colleagues_entries_that_came_later_count_as_since(workspace, visit, frozen):
    """What was not in the chains when the findings were frozen was not shown, whenever it was written."""
    entries = entries_of_visit(workspace.db, visit)
    heads = {str(device): str(digest) for device, (_last, digest) in chain_heads(entries).items()}
    assert entries_within(entries, heads) == sorted(entries, key=lambda one: one.sequence)
    assert entries_within(entries, {}) == []
    meeting = find_closing(workspace.visit(visit))
    assert len(entries_within(entries, meeting.frozen)) == len(entries) - 4, "the meeting's own entries came after"
    for wrong in ({"unknown device": "0" * 64}, dict.fromkeys(meeting.frozen, "0" * 64)):
        with pytest.raises(Corrupted, match="frozen_state_lost"):
            entries_within(entries, wrong)


def test_every_field_of_a_finding_that_can_change_has_a_name():
    compared = {name for name in Finding.__dataclass_fields__ if name not in {"id", *SAID_BY_SITE}}
    assert set(FIELDS) == compared | {"rating", EVIDENCE}


def test_attendance_is_a_list_of_names_with_sides(workspace, visit):
    line, _changes = add_line(workspace, visit, "attendee", name="Bo Lindqvist", role="Plant manager", side="site", closing=True)
    revise_line(workspace, visit, "attendee", line, opening=True)
    (one,) = workspace.visit(visit).attendees
    assert (one.name, one.role, one.side, one.opening, one.closing) == ("Bo Lindqvist", "Plant manager", "site", True, True)
    for wrong, code in (
        ({"name": " "}, "text_missing"),
        ({"name": "A", "side": "press"}, "choice_unknown"),
        ({"name": "A", "age": 4}, "fact_unknown"),
    ):
        with pytest.raises(NotAllowed, match=code):
            add_line(workspace, visit, "attendee", **wrong)
