"""What is wrong with a form file is told all at once, each with a code, a place and a line; and nothing in it can do harm."""

import json
import random
import re
import subprocess
import sys
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.errors import Corrupted
from auditor_app.form_engine.compiling import MAX_BYTES, check_form, compile_form, read_canonical_form, read_foreign_form
from auditor_app.form_engine.problems import PROBLEM_WORDS, Problem
from auditor_app.form_engine.references import reference_faults
from auditor_app.install_paths import shipped_forms
from auditor_app.workflows.forms import form_problems

SOUND = """\
form: small-1
title: "A small form"
version: "1"
owner: "An office"
language: en
in_force: 2024-01-01
texts: "Own words."
rating:
  scale:
    - {key: good, label: "Good"}
    - {key: bad, label: "Bad", needs: [reason]}
  check_answers:
    - {key: met, label: "Met"}
    - {key: not_met, label: "Not met"}
  roll_up:
    - {when: {all: [met]}, propose: good}
    - {otherwise: true, propose: bad}
award: {every_criterion: [good]}
finding_grades:
  - {key: minor, label: "Minor"}
visit_kinds:
  - {key: first, label: "First visit"}
site_types:
  - {key: mine, label: "Mine"}
pillars:
  - {key: G, name: "Governance"}
criteria:
  - number: 1
    pillar: G
    name: "Legal Compliance"
    asks: "Knows its duties."
    applies_to: all
    levels: {fully: "Yes.", partially: "Half.", does_not: "No."}
    checks:
      - {id: 1-d1, kind: document, prompt: "See the register."}
      - {id: 1-o1, kind: observation, prompt: "See a permit kept.", when: {site_type: [mine]}}
    traps: "A register nobody opens."
    evidence: ["Register"]
"""


def problems(text):
    return check_form(text.encode() if isinstance(text, str) else text)


def found(text):
    return [(one.code, one.place, one.line) for one in problems(text)]


def changed(*replacements):
    """The sound form with some of its lines changed; each replacement must fit exactly once."""
    text = SOUND
    for before, after in replacements:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def line_of(text, part):
    (number,) = [number for number, line in enumerate(text.splitlines(), start=1) if part in line]
    return number


def test_the_small_form_is_sound():
    assert problems(SOUND) == ()
    assert compile_form(SOUND.encode()).form.in_force == "2024-01-01"


EACH = [
    ("number: 1", "number: one", "shape", "criteria[0].number", "number: one"),
    ("number: 1", "number: 0", "shape", "criteria[0].number", "number: 0"),
    ("    pillar: G", "    pillar: X", "unknown_reference", "criteria[0].pillar", "pillar: X"),
    ("    pillar: G", "    pillar: G\n    colour: red", "shape", "criteria[0]", "number: 1"),
    ('    name: "Legal Compliance"\n', "", "shape", "criteria[0]", "number: 1"),
    ("applies_to: all", "applies_to: [mine, moon]", "unknown_reference", "criteria[0].applies_to[1]", "applies_to: [mine, moon]"),
    ("kind: observation", "kind: guess", "shape", "criteria[0].checks[1].kind", "kind: guess"),
    ("id: 1-o1", "id: 1-d1", "duplicate", "criteria[0].checks[1].id", "kind: observation"),
    ("{site_type: [mine]}", "{site_type: [moon]}", "unknown_reference", "criteria[0].checks[1].when.site_type[0]", "{site_type: [moon]}"),
    (
        "{site_type: [mine]}",
        "{answer: {1-d9: [met]}}",
        "unknown_reference",
        "criteria[0].checks[1].when.answer.1-d9",
        "{answer: {1-d9: [met]}}",
    ),
    (
        "{site_type: [mine]}",
        "{answer: {1-o1: [met]}}",
        "unknown_reference",
        "criteria[0].checks[1].when.answer.1-o1",
        "{answer: {1-o1: [met]}}",
    ),
    (
        "{site_type: [mine]}",
        "{answer: {1-d1: [seen]}}",
        "unknown_reference",
        "criteria[0].checks[1].when.answer.1-d1[0]",
        "{answer: {1-d1: [seen]}}",
    ),
    ('evidence: ["Register"]', 'evidence: ["Register"]\n    related: [7]', "unknown_reference", "criteria[0].related[0]", "related"),
    ("{all: [met]}", "{all: [met, seen]}", "unknown_reference", "rating.roll_up[0].when.all[1]", "{all: [met, seen]}"),
    ("{all: [met]}", "{any: [met], none: [not_met]}", "roll_up_unclear", "rating.roll_up[0]", "{any: [met], none: [not_met]}"),
    ("{all: [met]}", "{}", "roll_up_unclear", "rating.roll_up[0]", "when: {}"),
    (
        "otherwise: true, propose: bad",
        "otherwise: true, when: {all: [met]}, propose: bad",
        "roll_up_unclear",
        "rating.roll_up[1]",
        "otherwise: true, when: {all: [met]}, propose: bad",
    ),
    ("propose: good}", "propose: splendid}", "unknown_reference", "rating.roll_up[0].propose", "propose: splendid}"),
    ("- {otherwise: true, propose: bad}", "- {when: {any: [met]}, propose: bad}", "roll_up_open", "rating.roll_up", "{all: [met]}"),
    (
        "every_criterion: [good]",
        "every_criterion: [good, best]",
        "unknown_reference",
        "award.every_criterion[1]",
        "every_criterion: [good, best]",
    ),
    ("key: not_met,", "key: met,", "duplicate", "rating.check_answers[1].key", '"Not met"'),
    ("key: minor", 'key: "minor\\n"', "shape", "finding_grades[0].key", "minor"),
    ("in_force: 2024-01-01", 'in_force: "2024-01-01\\n"', "shape", "in_force", "in_force"),
    ('"Legal Compliance"', '"Legal\\u0007 Compliance"', "control_character", "criteria[0].name", "Legal"),
    ('"Own words."', '"Own \u202ewords."', "control_character", "texts", "texts"),
    ("language: en", "language: en\nlanguage: es", "duplicate_key", "language", "language: es"),
    ('title: "A small form"', "title: !!python/object:os.system x", "tag", "title", "title: !!python/object:os.system x"),
    ('title: "A small form"', "title: !own x", "tag", "title", "title: !own x"),
    ('version: "1"', "version: &v 1.0\nowners: *v", "alias", "owners", "owners"),
]


@pytest.mark.parametrize(("before", "after", "code", "place", "line"), EACH, ids=[repr(one[1][:30]) for one in EACH])
def test_each_fault_is_told_by_code_place_and_line(before, after, code, place, line):
    text = changed((before, after))
    (one,) = [problem for problem in problems(text) if problem.code == code]
    assert (one.place, one.line) == (place, line_of(text, line))


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file():
    text = changed(
        ("language: en", "language: &l EN"),
        ("key: bad", "key: good"),
        ("{all: [met]}", "{all: [seen]}"),
        ("every_criterion: [good]", "every_criterion: [best]"),
        ("    pillar: G", "    pillar: X"),
        ('"Knows its duties."', '"Knows\\u0007 its duties."'),
        ("applies_to: all", "applies_to: *l"),
        ("kind: document", "kind: 7"),
        ("id: 1-o1", "id: 1-d1"),
    )
    text += "  - number: 1\n    pillar: G\n"
    told = found(text)
    expected = [
        ("shape", "language", "language"),
        ("duplicate", "rating.scale[1].key", '"Bad"'),
        ("unknown_reference", "rating.roll_up[0].when.all[0]", "seen"),
        ("unknown_reference", "rating.roll_up[1].propose", "propose: bad"),
        ("unknown_reference", "award.every_criterion[0]", "best"),
        ("unknown_reference", "criteria[0].pillar", "pillar: X"),
        ("control_character", "criteria[0].asks", "u0007"),
        ("alias", "criteria[0].applies_to", "*l"),
        ("shape", "criteria[0].checks[0].kind", "kind: 7"),
        ("duplicate", "criteria[0].checks[1].id", "observation"),
    ]
    assert [one for one in told if not one[1].startswith("criteria[1]")] == [
        (code, place, line_of(text, part)) for code, place, part in expected
    ]
    last = len(text.splitlines()) - 1
    assert ("duplicate", "criteria[1].number", last) in told
    assert {one for one in told if one[1] == "criteria[1]"} == {("shape", "criteria[1]", last)}
    assert [line for _code, _place, line in told] == sorted(line for _code, _place, line in told)


def test_every_code_of_a_problem_has_words_and_every_words_a_case():
    codes = {one[2] for one in EACH} | {"not_yaml", "not_a_mapping", "too_large", "too_deep"}
    assert codes == set(PROBLEM_WORDS)
    for one in (Problem(line=1, place="x", code=code, detail="{d}") for code in codes):
        assert PROBLEM_WORDS[one.code].format(detail=one.detail)
        assert one.as_json() == {"line": 1, "place": "x", "code": one.code, "detail": "{d}"}


def test_a_form_with_problems_does_not_compile_and_the_first_is_named():
    with pytest.raises(Corrupted) as caught:
        compile_form(changed(("    pillar: G", "    pillar: X"), ("{all: [met]}", "{all: [seen]}")).encode())
    assert caught.value.code == "form_has_problems"
    assert caught.value.values["count"] == 2
    assert caught.value.values["place"] == "rating.roll_up[0].when.all[0]"


# What is no form at all


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "shape"),
        (b"# nothing\n", "shape"),
        (b"- a\n- b\n", "not_a_mapping"),
        (b"just words", "not_a_mapping"),
        (b"a: [1\nb: 2\n", "not_yaml"),
        (b"a: 1\n--- \nb: 2\n", "not_yaml"),
        (b"\x00\x01\x02\xff", "not_yaml"),
        (b"\xff\xfe\x00\xd8", "not_yaml"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_yaml"),
        (b"PK\x03\x04" + bytes(100), "not_yaml"),
        (b"a: \xe9", "not_yaml"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
    ids=lambda part: repr(part)[:24],
)
def test_what_is_no_form_is_told(data, code):
    assert code in {one.code for one in problems(data)}
    with pytest.raises(Corrupted):
        compile_form(data)


def test_what_is_not_yaml_is_told_with_its_line():
    (one,) = problems("form: x\ntitle: y\nowner: [a\nlanguage: en\n")
    assert (one.code, one.line) == ("not_yaml", 4)


def test_a_file_of_nine_megabytes_is_refused_without_being_read_whole(tmp_path):
    path = tmp_path / "form.yaml"
    with path.open("wb") as stream:
        stream.truncate(9_000_000)
    assert [one.code for one in form_problems(path)] == ["too_large"]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_a_file_that_nests_too_deep_is_refused_and_does_not_crash_the_program(opening):
    code = f"from auditor_app.form_engine.compiling import check_form\nprint(check_form({opening!r}.encode() * 100000)[0].code)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip() in {"too_deep", "not_yaml"}) == (0, True), done


def test_aliases_that_multiply_are_refused_at_once():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    told = problems("\n".join(lines))
    assert sum(one.code == "alias" for one in told) == 29 * 9


def test_an_alias_to_itself_is_refused():
    assert ("alias", "form[0]", 1) in found("form: &a [*a]\n")


def test_yaml_is_only_the_syntax():
    """Numbers with a colon, dates and octal digits stay what their author wrote."""
    text = changed(('version: "1"', "version: 3.10"), ('owner: "An office"', "owner: 12:30"), ('title: "A small form"', "title: 0x1F"))
    form = compile_form(text.encode()).form
    assert (form.version, form.owner, form.title, form.in_force) == ("3.10", "12:30", "0x1F", "2024-01-01")


def test_the_digest_does_not_depend_on_how_the_file_was_written():
    blocks = re.split(r"^(?=\w)", SOUND, flags=re.MULTILINE)
    other = "# a comment\n" + "".join(reversed([block for block in blocks if block])).replace('"An office"', "An office")
    assert compile_form(other.encode()).digest == compile_form(SOUND.encode()).digest
    assert compile_form(changed(("An office", "An Office")).encode()).digest != compile_form(SOUND.encode()).digest


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_form_is_told_or_compiles_and_nothing_else(seed):
    chance, data = random.Random(seed), bytearray(SOUND.encode())
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(4)] = bytes(chance.choices(b"[]{}:-&*!|>'\"\n\t #0x\xc3\x00a", k=chance.randrange(4)))
    told = check_form(bytes(data))
    assert all(one.code in PROBLEM_WORDS and 1 <= one.line <= data.count(b"\n") + 1 for one in told)
    if not told:
        assert compile_form(bytes(data)).form.form


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100))
def test_bytes_that_are_no_kept_form_are_corrupted(data):
    with pytest.raises(Corrupted, match="form_unreadable"):
        read_canonical_form(data)


@pytest.mark.parametrize("path", sorted(shipped_forms().glob("*/form.yaml")), ids=lambda path: path.parent.name)
def test_a_form_that_was_kept_passes_as_one_from_outside(path):
    compiled = compile_form(path.read_bytes())
    assert read_foreign_form(compiled.canonical) == compiled


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_from_outside_a_form_is_taken_only_where_its_file_would_be_and_byte_for_byte(seed):
    chance, data = random.Random(seed), bytearray(compile_form(SOUND.encode()).canonical)
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(4)] = bytes(chance.choices(b'[]{}:,"\\n 0x\xc3\x00a', k=chance.randrange(4)))
    try:
        taken = read_foreign_form(bytes(data))
    except Corrupted:
        return
    assert compile_form(bytes(data)) == taken


def test_a_form_from_outside_with_a_name_for_nothing_is_refused():
    sound = compile_form(SOUND.encode()).canonical
    with pytest.raises(Corrupted, match="form_has_problems"):
        read_foreign_form(sound.replace(b'"pillar":"G"', b'"pillar":"H"'))


def test_a_file_whose_form_would_be_larger_than_forms_may_be_is_told():
    """Found: a quotation mark takes two bytes in a kept form, so a file below the limit gave a form that nobody else would take."""
    check = "      - id: NUMBER\n        kind: document\n        prompt: >-\n          " + '"' * 3999 + "\n"
    many = "".join(check.replace("NUMBER", f"x{number}") for number in range(1010))
    text = changed(('      - {id: 1-d1, kind: document, prompt: "See the register."}\n', many))
    assert len(text) < MAX_BYTES
    assert [one.code for one in problems(text)] == ["too_large"]


def test_many_checks_of_a_criterion_take_the_time_that_their_number_takes():
    """Found: each was held against all before it anew, so that a form of a few megabytes took hours."""
    form = json.loads(compile_form(SOUND.encode()).canonical)
    form["criteria"][0]["checks"] = [{"id": f"c{number}", "kind": "document", "prompt": "See."} for number in range(40_000)]
    begun = time.process_time()
    assert list(reference_faults(form)) == []
    assert time.process_time() - begun < 3


def test_the_biggest_shipped_form_is_immutable():
    form = compile_form((shipped_forms() / "copper-mark-rra-3.0" / "form.yaml").read_bytes()).form
    with pytest.raises(AttributeError):
        form.title = "x"
    assert msgspec.structs.replace(form, title="x").title == "x"
