"""The story of the sample visit is whole and fits the shipped form."""

from collections import Counter
from typing import Any

import pytest
import yaml

from auditor_app.errors import Corrupted
from auditor_app.install_paths import resources, shipped_forms
from auditor_app.sample.catalogue import Catalogue, catalogue, converted
from auditor_app.sample.story import story
from auditor_app.workflows.closing_sheet import read_drawing

FORM = shipped_forms() / "copper-mark-rra-3.0" / "form.yaml"


@pytest.fixture(scope="module")
def form_criteria() -> dict[int, dict[str, Any]]:
    """Give the shipped form's criteria by number."""
    if not FORM.exists():
        pytest.skip("the form is not shipped yet")
    return {criterion["number"]: criterion for criterion in yaml.safe_load(FORM.read_text(encoding="utf-8"))["criteria"]}


def test_all_33_criteria_are_rated_with_reasons_of_two_sentences_or_more() -> None:
    """The office reads the reasons first."""
    assert [criterion.number for criterion in story().criteria] == list(range(1, 34))
    for criterion in story().criteria:
        assert criterion.because.count(". ") + criterion.because.endswith((".", "»")) >= 2, criterion.number


def test_ratings_are_mixed_as_on_a_real_visit() -> None:
    """A demonstration where all is well shows nothing."""
    ratings = Counter(criterion.rating for criterion in story().criteria)
    assert ratings == {"fully": 22, "partially": 6, "does_not": 1, "not_applicable": 4}


def test_every_criterion_rated_below_fully_has_a_finding() -> None:
    """The form asks for one."""
    below = {criterion.number for criterion in story().criteria if criterion.rating in ("partially", "does_not")}
    assert below <= {finding.criterion for finding in story().findings}
    assert len(story().findings) >= 7
    assert {finding.grade for finding in story().findings} == {"major", "minor", "observation", "good_practice"}


def test_what_was_not_seen_is_told() -> None:
    """Limits name their reason and criteria."""
    assert len(story().limits) >= 3
    assert all(limit.why and limit.criteria for limit in story().limits)


def test_what_the_site_objects_to_is_settled_in_one_way_or_another() -> None:
    """A copy needs a part to blur, keeping a photo a reason, and nobody is named."""
    for one in story().photo_review.objections:
        assert one.why and one.by
        assert bool(one.blur) == (one.decision == "blurred"), one.evidence
        assert bool(one.because) == (one.decision == "kept"), one.evidence


def test_the_closing_meeting_has_people_all_positions_and_one_change_with_a_reason() -> None:
    """What the program is to show of a meeting is there: both sides, agreement and disagreement, and a change after freezing."""
    told = story().closing_meeting
    assert {one.side for one in told.attendance} >= {"site", "team", "worker_representative"}
    assert {finding.position for finding in story().findings} == {"agrees", "partly", "disagrees"}
    assert all(finding.site_reply for finding in story().findings)
    assert told.changed.finding in {finding.key for finding in story().findings}
    assert told.changed.because
    assert told.acknowledged_by in {one.name for one in told.attendance if one.side == "site"}


def test_the_drawn_signature_of_the_sample_can_be_signed_with() -> None:
    """It is what a hand draws: several strokes, pressed unevenly."""
    strokes = read_drawing((resources() / "sample" / "signature.json").read_bytes())
    assert len(strokes) > 2
    assert len({pressure for stroke in strokes for _right, _down, pressure in stroke}) > 5


def test_contradicting_evidence_is_settled_in_words() -> None:
    """An unsettled contradiction would stop the sign-off."""
    links = [link for criterion in story().criteria for link in criterion.evidence if link.stance == "contradicts"]
    assert links
    assert all("Settled" in link.note for link in links)


def test_every_piece_of_evidence_is_used_by_a_criterion() -> None:
    """Nothing is collected for nothing; plain maps and data may serve a finding only."""
    used = {link.key for criterion in story().criteria for link in criterion.evidence}
    used |= {key for finding in story().findings for key in finding.evidence}
    assert {item.key for item in catalogue().pieces} == used


def test_answers_name_checks_that_the_form_has(form_criteria: dict[int, dict[str, Any]]) -> None:
    """A renamed check in the form must not pass unseen."""
    for criterion in story().criteria:
        known = {check["id"] for check in form_criteria[criterion.number]["checks"]}
        assert {answer.check for answer in criterion.answers} <= known, criterion.number


def test_nearly_every_check_that_fits_a_smelter_is_answered(form_criteria: dict[int, dict[str, Any]]) -> None:
    """A few stay open on purpose, as on a real visit."""
    ours = set(story().visit.site_types)
    answers = {answer.check: answer.answer for criterion in story().criteria for answer in criterion.answers}
    answered = set(answers)
    fitting = {
        check["id"]
        for criterion in form_criteria.values()
        if criterion["applies_to"] == "all" or ours & set(criterion["applies_to"])
        for check in criterion["checks"]
        if "site_type" not in check.get("when", {}) or ours & set(check["when"]["site_type"])
        if all(answers.get(asked) in wanted for asked, wanted in check.get("when", {}).get("answer", {}).items())
    }
    assert 1 <= len(fitting - answered) <= 10
    assert answered <= fitting


def test_ratings_and_visit_kind_are_keys_of_the_form(form_criteria: dict[int, dict[str, Any]]) -> None:
    """The workflow plays them as they are."""
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    assert {scale["key"] for scale in form["rating"]["scale"]} == {criterion.rating for criterion in story().criteria}
    assert story().visit.kind in {kind["key"] for kind in form["visit_kinds"]}
    assert set(story().visit.site_types) <= {kind["key"] for kind in form["site_types"]}


def test_a_damaged_file_is_told_with_its_place() -> None:
    """The place of the first problem helps whoever edits the sample."""
    with pytest.raises(Corrupted) as caught:
        converted({"areas": {}, "pieces": [{"key": 7}]}, Catalogue, "evidence.yaml")
    assert caught.value.code == "sample_broken"
    assert "pieces[0]" in str(caught.value.values["problem"])
