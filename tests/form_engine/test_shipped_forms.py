"""The forms that come with the program: exactly the criteria of their standard, each with enough to look at."""

import json
import re
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from auditor_app.form_engine.compiling import check_form, compile_form, form_schema, read_canonical_form
from auditor_app.install_paths import shipped_forms

RRA_3 = """
1,G,Management System|2,G,Risk Assessment|3,G,Business Integrity|4,G,Revenue Transparency|5,G,Legal Compliance
6,G,Sustainability Reporting|7,G,Grievance Mechanism|8,G,Stakeholder Engagement|9,G,Mine Closure & Reclamation
10,G,Responsible Supply Chains
11,S,No Child Labor|12,S,No Forced Labor|13,S,Freedom of Association and Collective Bargaining|14,S,Non-Discrimination and Harassment
15,S,Diversity, Equity and Inclusion|16,S,Employment Terms|17,S,Occupational Health & Safety|18,S,Emergency Preparedness
19,S,Community Health & Safety|20,S,Community Development|21,S,Artisanal & Small-Scale Mining|22,S,Security & Human Rights
23,S,Indigenous Peoples' Rights|24,S,Land Acquisition & Resettlement|25,S,Cultural Heritage
26,E,Climate Action|27,E,Greenhouse Gas Emissions Reductions|28,E,Water Stewardship|29,E,Waste Management
30,E,Circular Economy|31,E,Tailings Management|32,E,Biodiversity and Productive Land|33,E,Pollution
"""

RRA_2 = """
Legal Compliance|Business Integrity|Stakeholder Engagement|Business Relationships|Child Labor|Forced Labor
Freedom of Association and Collective Bargaining|Discrimination|Gender Equality|Working Hours|Remuneration
Occupational Health and Safety|Employee Grievance Mechanism|Environmental Risk Management|Greenhouse Gas (GHG) Emissions
Energy Consumption|Freshwater Management and Conservation|Waste Management|Tailings Management|Pollution
Biodiversity and Protected Areas|Mine Closure and Reclamation|Community Health and Safety|Community Development
Artisanal and Small-Scale Mining|Human Rights|Security and Human Rights|Indigenous Peoples' Rights
Land Acquisition and Resettlement|Cultural Heritage|Due Diligence in Mineral Supply Chains|Transparency and Disclosure
"""

FORMS = ("copper-mark-rra-2.0", "copper-mark-rra-3.0")


def data_of(name):
    return (shipped_forms() / name / "form.yaml").read_bytes()


@pytest.fixture(scope="module", params=FORMS)
def compiled(request):
    return compile_form(data_of(request.param))


@pytest.fixture(scope="module")
def both():
    return {name: compile_form(data_of(name)).form for name in FORMS}


def test_these_forms_and_no_others_are_shipped():
    assert sorted(path.parent.name for path in shipped_forms().glob("*/form.yaml")) == sorted(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_a_shipped_form_has_no_problem_and_the_name_of_its_folder(name):
    assert check_form(data_of(name)) == ()
    assert compile_form(data_of(name)).form.form == name


def test_the_3_0_form_has_exactly_the_33_criteria_of_its_standard(both):
    expected = [tuple(one.split(",", 2)) for line in RRA_3.strip().splitlines() for one in line.split("|")]
    assert len(expected) == 33
    assert [(str(one.number), one.pillar, one.name) for one in both["copper-mark-rra-3.0"].criteria] == expected
    assert [pillar.name for pillar in both["copper-mark-rra-3.0"].pillars] == ["Governance", "Social", "Environment"]


def test_the_2_0_form_has_exactly_the_32_criteria_of_its_standard(both):
    expected = list(enumerate((name for line in RRA_2.strip().splitlines() for name in line.split("|")), start=1))
    assert len(expected) == 32
    assert [(one.number, one.name) for one in both["copper-mark-rra-2.0"].criteria] == expected


def test_the_ratings_are_those_of_the_scheme(compiled):
    assert [level.label for level in compiled.form.rating.scale] == ["Fully Meets", "Partially Meets", "Does Not Meet", "Not Applicable"]
    assert compiled.form.award.every_criterion == ("fully", "partially", "not_applicable")
    months = {name: one.months for name, one in compiled.form.award.deadlines.items()}
    assert months == {"self_assessment": 6, "improvement_plan": 12, "full_conformance": 24, "re_assessment": 36}


def test_every_criterion_is_looked_at_in_documents_in_interviews_and_on_site(compiled):
    kinds = {one.number: [check.kind for check in one.checks] for one in compiled.form.criteria}
    enough = {"document": 2, "interview": 1, "observation": 1}
    assert {n: found for n, found in kinds.items() if any(found.count(kind) < least for kind, least in enough.items())} == {}


def test_every_criterion_tells_its_levels_apart_and_names_its_traps(compiled):
    for one in compiled.form.criteria:
        texts = [one.asks, one.levels.fully, one.levels.partially, one.levels.does_not, one.traps]
        assert len(set(texts)) == 5, one.number
        assert min(len(text) for text in texts) > 40, one.number


def test_no_two_prompts_of_a_form_are_the_same_or_nearly_so(compiled):
    prompts = {check.id: check.prompt for one in compiled.form.criteria for check in one.checks}
    words = {key: set(re.findall(r"\w+", prompt.lower())) for key, prompt in prompts.items()}
    alike = [(a, b) for a, b in combinations(prompts, 2) if len(words[a] & words[b]) > 0.6 * min(len(words[a]), len(words[b]))]
    assert [pair for pair in alike if SequenceMatcher(None, prompts[pair[0]], prompts[pair[1]]).ratio() > 0.75] == []
    assert len(set(prompts.values())) == len(prompts)


def test_the_ids_of_checks_name_their_criterion_and_kind(compiled):
    for one in compiled.form.criteria:
        for check in one.checks:
            assert re.fullmatch(rf"{one.number}-{check.kind[0]}[0-9]+", check.id), check.id


def test_carry_over_names_criteria_that_the_other_form_has(both):
    for name, form in both.items():
        for one in form.criteria:
            for other, numbers in one.carries_over.items():
                assert other in both and other != name
                assert set(numbers) <= {criterion.number for criterion in both[other].criteria}, (name, one.number)


def test_every_old_criterion_goes_on_in_some_new_one(both):
    old, new = both["copper-mark-rra-2.0"], both["copper-mark-rra-3.0"]
    assert [one.number for one in old.criteria if not one.carries_over.get(new.form)] == []


def test_the_rules_of_the_trade_that_are_not_sure_are_open_to_the_office(compiled):
    confidences = {same.confidence for one in compiled.form.criteria for same in one.equivalence}
    assert confidences <= {"to_be_confirmed", "confirmed"}


def test_a_form_reads_back_from_the_bytes_that_a_visit_keeps(compiled):
    again = read_canonical_form(compiled.canonical)
    assert again == compiled
    assert json.loads(compiled.canonical)["form"] == compiled.form.form


def test_the_published_schema_is_that_of_the_program():
    published = json.loads((shipped_forms() / "form.schema.json").read_bytes())
    assert published == json.loads(json.dumps(form_schema())), "run packaging/form_schema.py"
