"""The lists of a visit, how much of the plan is done, and what should be mended before sign-off."""

import pytest

from auditor_app.domain.coverage import matching_quota
from auditor_app.domain.journal import Subject
from auditor_app.domain.planning import Quota
from auditor_app.domain.quality import RULES
from auditor_app.errors import NotAllowed
from auditor_app.form_engine.compiling import compile_form
from auditor_app.install_paths import shipped_forms
from auditor_app.translation import _, language
from auditor_app.workflows.coverage import gap_words, standing, todo_from_gaps
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.history import choose, undo
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line, remove_line, revise_line
from auditor_app.workflows.visits import open_visit


def gaps_of(workspace, visit, rule):
    return [gap for gap in standing(open_visit(workspace, visit)).gaps if gap.rule == rule]


def test_a_line_is_added_revised_removed_and_brought_back(workspace, visit):
    area, changes = add_line(workspace, visit, "area", name="Tankhouse", why="acid mist", criteria=[17, "18"])
    assert Subject("area", area) in changes.subjects
    revise_line(workspace, visit, "area", area, walked_on="2026-05-04")
    assert workspace.visit(visit).areas[0].criteria == ("17", "18")
    assert workspace.visit(visit).areas[0].walked_on == "2026-05-04"
    remove_line(workspace, visit, "area", area, reason="not part of the site")
    assert workspace.visit(visit).areas == ()
    undo(workspace, visit)
    assert workspace.visit(visit).areas[0].name == "Tankhouse"


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("area", {"name": " "}, "text_missing"),
        ("area", {"why": "no name"}, "text_missing"),
        ("area", {"name": "A", "colour": "red"}, "fact_unknown"),
        ("area", {"name": "A", "criteria": ["99"]}, "criterion_unknown"),
        ("document", {"title": "T", "state": "eaten"}, "choice_unknown"),
        ("quota", {"group": "g", "planned": -1}, "value_wrong"),
        ("quota", {"group": "g", "planned": "many"}, "value_wrong"),
        ("quote", {"original": "o", "interview": "nowhere"}, "line_unknown"),
        ("interview", {"group": "a\u202eb"}, "text_has_control_characters"),
        ("planet", {"name": "Mars"}, "fact_unknown"),
    ],
)
def test_a_line_that_says_nothing_or_nonsense_is_refused_and_leaves_no_trace(workspace, visit, kind, fields, code):
    before = len(workspace.db.execute("SELECT 1 FROM entries").fetchall())
    with pytest.raises(NotAllowed) as refused:
        add_line(workspace, visit, kind, **fields)
    assert refused.value.code == code
    assert len(workspace.db.execute("SELECT 1 FROM entries").fetchall()) == before


def test_people_heard_count_for_the_line_of_the_plan_that_their_interview_names(workspace, visit):
    quota, _ = add_line(workspace, visit, "quota", group="line_workers", gender="women", planned=4)
    add_line(workspace, visit, "interview", group="line_workers", gender="women", people=3, quota=quota, consent="given")
    add_line(workspace, visit, "interview", group="community", people=2, consent="given")
    found = standing(open_visit(workspace, visit))
    assert [(line.heard, line.missing) for line in found.coverage.quotas] == [(3, 1)]
    assert [one.group for one in found.coverage.unplanned] == ["community"]
    assert gap_words(gaps_of(workspace, visit, "people_not_heard")[0]) == "1 people of “line_workers” are still to be heard"


def test_an_interview_fits_the_line_with_the_most_traits_that_it_does_not_contradict(workspace, visit):
    quotas = (
        Quota(id="any", group="line_workers", planned=4),
        Quota(id="night", group="line_workers", shift="night", planned=2),
        Quota(id="women", group="line_workers", gender="women", shift="night", planned=2),
    )
    add_line(workspace, visit, "interview", group="line_workers", gender="men", shift="night")
    add_line(workspace, visit, "interview", group="contractors")
    talk, other = workspace.visit(visit).interviews
    assert matching_quota(quotas, talk) == "night"
    assert matching_quota(quotas, other) == ""


def test_a_conclusion_on_one_kind_of_source_is_told_until_another_kind_comes(workspace, visit):
    answer(workspace, visit, "17-d1", "met")
    rate(workspace, visit, "17", "fully", because="documents are in order")
    assert [gap.subject.id for gap in gaps_of(workspace, visit, "single_kind_of_source")] == ["17"]
    assert gaps_of(workspace, visit, "sources_per_conclusion")[0].values["count"] == 1
    answer(workspace, visit, "17-o1", "met")
    answer(workspace, visit, "17-i1", "met")
    assert not gaps_of(workspace, visit, "single_kind_of_source")
    assert not gaps_of(workspace, visit, "sources_per_conclusion")


def test_a_contradiction_stops_sign_off_until_it_is_said_how_it_was_settled(workspace, visit, tmp_path, sample_photo):
    digest, _ = take_in(workspace, visit, sample_photo(tmp_path / "IMG_1.JPG"))
    link_evidence(workspace, visit, digest, Subject("criterion", "17"), "contradicts")
    assert [gap.severity for gap in gaps_of(workspace, visit, "unresolved_contradiction")] == ["error"]
    link_evidence(workspace, visit, digest, Subject("criterion", "17"), "contradicts", settled="an old picture; seen again today")
    assert not gaps_of(workspace, visit, "unresolved_contradiction")


def test_what_is_missing_goes_onto_the_list_once(workspace, visit):
    add_line(workspace, visit, "document", title="Hazard register")
    add_line(workspace, visit, "area", name="Slag yard")
    count, _ = todo_from_gaps(workspace, visit, "2026-05-05")
    todos = workspace.visit(visit).todos
    assert count == len(todos)
    assert "“Slag yard” was not walked" in {todo.text for todo in todos}
    with pytest.raises(NotAllowed, match="nothing_missing"):
        todo_from_gaps(workspace, visit, "2026-05-06")


def test_every_rule_that_a_shipped_form_chooses_is_a_rule_of_the_program():
    for path in shipped_forms().glob("*/form.yaml"):
        assert {rule.rule for rule in compile_form(path.read_bytes()).form.quality} <= set(RULES)


def test_a_field_with_two_values_stops_sign_off_until_one_is_chosen(workspace, visit):
    rate(workspace, visit, "17", "fully", because="Seen.")
    with workspace.recording(visit) as recorder:
        recorder.add(Subject("criterion", "17"), "rating", "does_not", replaces=(), reason="")
        recorder.add(Subject("criterion", "17"), "because", "Not seen.", replaces=(), reason="")
    now = standing(open_visit(workspace, visit))
    (gap,) = [gap for gap in now.stops if gap.rule == "two_values"]
    assert gap.subject == Subject("criterion", "17"), "one line leads to all fields of it"
    assert "two different values" in gap_words(gap).lower()
    for clash in workspace.visit(visit).clashes:
        choose(workspace, visit, clash.heads[0].id)
    assert gaps_of(workspace, visit, "two_values") == []


def test_a_document_that_came_in_part_is_not_said_to_have_not_come(workspace, visit):
    line, _changes = add_line(workspace, visit, "document", title="Supplier files", state="partly_received")
    (gap,) = gaps_of(workspace, visit, "document_in_part")
    assert gap_words(gap) == "“Supplier files” was asked for and has come only in part"
    assert gaps_of(workspace, visit, "document_missing") == []
    revise_line(workspace, visit, "document", line, state="not_received")
    assert [len(gaps_of(workspace, visit, rule)) for rule in ("document_in_part", "document_missing")] == [0, 1]


def test_what_a_rating_lacks_is_named_in_the_reader_s_language(workspace, visit):
    gap = next(gap for gap in gaps_of(workspace, visit, "rating_incomplete") if gap.subject.id == "17")
    with language("de"):
        assert "rating" not in gap_words(gap) and _("rating") in gap_words(gap)
