"""Planning: which criteria apply here, and who works on them."""

import pytest

from auditor_app.errors import NotAllowed
from auditor_app.workflows.criteria import criterion_page, find_criterion
from auditor_app.workflows.planning import assign, set_applicability
from auditor_app.workflows.visits import describe_visit, open_visit


def test_a_word_on_applicability_needs_a_reason_and_changes_what_applies(workspace, visit):
    for because in ("", "  \n"):
        with pytest.raises(NotAllowed) as refused:
            set_applicability(workspace, visit, "17", "no", because)
        assert refused.value.code == "reason_missing"
        assert refused.value.values == {"criterion": "17"}
    set_applicability(workspace, visit, "17", "no", "Nobody works here any more")
    opened = open_visit(workspace, visit)
    assert not criterion_page(opened, find_criterion(opened.form, "17")).applies
    assert opened.state.criteria["17"].applies_because == "Nobody works here any more"


def test_going_back_to_the_form_drops_the_reason(workspace, visit):
    set_applicability(workspace, visit, "17", "no", "Nobody works here any more")
    set_applicability(workspace, visit, "17", "", "left over")
    state = open_visit(workspace, visit).state.criteria["17"]
    assert (state.applies, state.applies_because) == ("", "")


@pytest.mark.parametrize(("number", "applies", "code"), [("99", "no", "criterion_unknown"), ("17", "perhaps", "choice_unknown")])
def test_unknown_criteria_and_words_are_refused(workspace, visit, number, applies, code):
    with pytest.raises(NotAllowed) as refused:
        set_applicability(workspace, visit, number, applies, "because")
    assert refused.value.code == code


def test_a_criterion_is_given_to_someone_and_taken_back(workspace, visit):
    assign(workspace, visit, "17", "  Rosa Vidal ")
    assert open_visit(workspace, visit).state.criteria["17"].assigned == "Rosa Vidal"
    assign(workspace, visit, "17", "")
    assert open_visit(workspace, visit).state.criteria["17"].assigned == ""
    with pytest.raises(NotAllowed):
        assign(workspace, visit, "99", "Rosa Vidal")


def test_the_profile_of_the_site_is_kept_with_its_lines(workspace, visit):
    describe_visit(workspace, visit, {"communities": "Los Molles\nAgua Verde", "tailings": "one dam, extreme"})
    facts = open_visit(workspace, visit).state.facts
    assert (facts["communities"], facts["tailings"]) == ("Los Molles\nAgua Verde", "one dam, extreme")
