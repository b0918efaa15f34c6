"""What the answers suggest, and what a rating still needs: the rules are the form's."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.form_engine.compiling import compile_form
from auditor_app.form_engine.definition import CheckWhen, RollUpRule, RollUpWhen
from auditor_app.form_engine.evaluation import applies, missing_for, propose, shown_checks
from auditor_app.install_paths import shipped_forms

FORM = compile_form((shipped_forms() / "copper-mark-rra-3.0" / "form.yaml").read_bytes()).form
WHOLE = FORM.criterion("17")
HEALTH = msgspec.structs.replace(WHOLE, checks=tuple(one for one in WHOLE.checks if one.when is None or not one.when.answer))
"""The criterion with the checks that no answer brings up."""
IDS = [check.id for check in shown_checks(HEALTH, "smelter", {})]
ANSWERS = [choice.key for choice in FORM.rating.check_answers]


def proposal(*given_answers, form=FORM):
    return propose(form, HEALTH, "smelter", dict(zip(IDS, given_answers, strict=False)))


@pytest.mark.parametrize(
    ("answers", "rating"),
    [
        (["met"], "fully"),
        (["met", "met", "met"], "fully"),
        (["met", "not_applicable"], "fully"),
        (["not_applicable"], "not_applicable"),
        (["not_applicable", "not_applicable"], "not_applicable"),
        (["not_seen"], None),
        (["not_seen", "not_applicable"], None),
        (["not_met"], "does_not"),
        (["not_met", "not_seen"], "does_not"),
        (["not_met", "not_applicable"], "does_not"),
        (["met", "not_met"], "partially"),
        (["partly"], "partially"),
        (["partly", "not_met"], "partially"),
        (["met", "partly"], "partially"),
        (["met", "not_seen"], "partially"),
        ([], None),
    ],
)
def test_the_shipped_rule_proposes(answers, rating):
    assert proposal(*answers).rating == rating


def test_where_nothing_can_be_proposed_the_form_says_why():
    assert proposal("not_seen").say == "Not enough was seen to propose a rating."
    assert proposal().say is None
    assert proposal("met").say is None


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(IDS), st.sampled_from([*ANSWERS, ""])), st.randoms(use_true_random=False))
def test_a_proposal_depends_only_on_which_answers_were_given(answers, chance):
    given_ones = [answer for answer in answers.values() if answer]
    shuffled = list(answers.values())
    chance.shuffle(shuffled)
    found = propose(FORM, HEALTH, "smelter", answers)
    assert found == propose(FORM, HEALTH, "smelter", dict(zip(answers, shuffled, strict=True)))
    assert (found.answered, found.shown) == (len(given_ones), len(IDS))
    assert found.rating == proposal(*set(given_ones)).rating
    assert found.rating is None or FORM.level(found.rating)


def test_answers_to_checks_that_are_not_shown_count_for_nothing():
    hidden = msgspec.structs.replace(HEALTH.checks[0], when=CheckWhen(site_type=("mine",)))
    criterion = msgspec.structs.replace(HEALTH, checks=(hidden, *HEALTH.checks[1:]))
    answers = {hidden.id: "not_met", HEALTH.checks[1].id: "met"}
    assert propose(FORM, criterion, "smelter", answers).rating == "fully"
    assert propose(FORM, criterion, "mine", answers).rating == "partially"
    assert propose(FORM, criterion, "smelter", {**answers, "another": "not_met"}).rating == "fully"


def test_a_check_that_asks_further_is_shown_after_the_answers_it_asks_about_and_hides_with_its_own_question():
    first, second, third = HEALTH.checks[:3]
    second = msgspec.structs.replace(second, when=CheckWhen(answer={first.id: ("not_met", "partly")}))
    third = msgspec.structs.replace(third, when=CheckWhen(site_type=("smelter",), answer={second.id: ("met",)}))
    criterion = msgspec.structs.replace(HEALTH, checks=(first, second, third))

    def shown(site_type="smelter", **answers):
        return [check.id for check in shown_checks(criterion, site_type, {f"17-{key}": answer for key, answer in answers.items()})]

    assert [first.id, second.id, third.id] == ["17-d1", "17-d2", "17-d3"]
    assert shown() == shown(d1="met") == ["17-d1"]
    assert shown(d1="partly") == ["17-d1", "17-d2"]
    assert shown(d1="not_met", d2="met") == ["17-d1", "17-d2", "17-d3"]
    assert shown("mine", d1="not_met", d2="met") == ["17-d1", "17-d2"]
    assert shown(d1="met", d2="met") == ["17-d1"]


def test_the_first_rule_that_fits_decides():
    def rated(*rules, answers):
        return proposal(*answers, form=msgspec.structs.replace(FORM, rating=msgspec.structs.replace(FORM.rating, roll_up=rules))).rating

    def when(propose, **condition):
        return RollUpRule(when=RollUpWhen(**condition), propose=propose)

    otherwise = RollUpRule(otherwise=True, propose="partially")
    some = when("does_not", any=("not_met",))
    only = when("does_not", any=("not_met", "not_seen"), no_others=True)
    assert rated(some, otherwise, answers=["met", "not_met"]) == "does_not"
    assert rated(some, otherwise, answers=["met"]) == "partially"
    assert rated(only, otherwise, answers=["not_met", "not_seen"]) == "does_not"
    assert rated(only, otherwise, answers=["not_met", "met"]) == "partially"
    assert rated(otherwise, some, answers=["not_met"]) == "partially"
    assert rated(some, answers=["met"]) is None


@pytest.mark.parametrize(
    ("rating", "because", "findings", "missing"),
    [
        ("fully", "", 0, ()),
        ("partially", "", 0, ("reason", "finding")),
        ("partially", " \n", 1, ("reason",)),
        ("partially", "Seen.", 0, ("finding",)),
        ("partially", "Seen.", 1, ()),
        ("does_not", "Seen.", 0, ("finding",)),
        ("not_applicable", "", 0, ("reason",)),
        ("not_applicable", "No mine here.", 0, ()),
        ("", "", 0, ()),
        ("unknown", "", 0, ()),
    ],
)
def test_what_a_rating_still_needs(rating, because, findings, missing):
    assert missing_for(FORM, rating, because=because, findings=findings) == missing


def test_a_criterion_usually_applies_where_the_form_says():
    mines_only = msgspec.structs.replace(HEALTH, applies_to=("mine", "integrated"))
    assert [applies(mines_only, site) for site in ("mine", "smelter")] == [True, False]
    assert applies(msgspec.structs.replace(HEALTH, applies_to="all"), "fabricator")
