"""Every failure raised on purpose has a sentence, every sentence a failure, and what it names in braces is what it is raised with."""

import ast
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import auditor_app
from auditor_app import errors
from auditor_app.error_words import WORDS, words

PACKAGE = Path(auditor_app.__file__).parent
FAMILIES = {"NotAllowed", "Unavailable", "Corrupted", "Unsupported"}

Raised = dict[str, list[set[str] | None]]
"""For each code the names of the values of each place that raises it; None where the source does not show them."""


def raised() -> Raised:
    found: Raised = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for code, values in _raised_in(tree):
            found[code].append(values)
    return found


def _raised_in(tree: ast.Module) -> Iterator[tuple[str, set[str] | None]]:
    """Find calls of a family with a code, and pairs of family and code in tables, which are raised by a call with a variable family."""
    from_tables = [_values(call) for call in _calls(tree) if isinstance(call.func, ast.Name) and call.func.id == "family"]
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in FAMILIES:
                yield from ((code, _values(node)) for code in _codes(first, tree))
            case ast.Tuple(elts=[ast.Name(id=name), ast.Constant(value=str(code))]) if name in FAMILIES:
                yield from ((code, values) for values in from_tables or [None])


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _values(call: ast.Call) -> set[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else {name for name in names if name}


def _codes(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_codes(body, tree), *_codes(orelse, tree))
        case ast.Name(id=name):
            assigned = [one.value for one in ast.walk(tree) if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name]
            assert assigned, f"the code of {ast.unparse(node)} cannot be seen; say it where it is raised"
            yield from (code for value in assigned for code in _codes(value, tree))
        case _:
            pytest.fail(f"the code of {ast.unparse(node)} cannot be seen; say it where it is raised")


RAISED = raised()


def placeholders(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None}


def test_the_scan_sees_direct_codes_choices_variables_and_tables():
    assert {"passphrase_wrong", "visit_not_unique", "workspace_exists", "place_full"} <= RAISED.keys()
    assert RAISED["place_full"] == [{"place", "path", "reason"}]


def test_every_code_that_is_raised_has_a_sentence():
    assert sorted(RAISED.keys() - WORDS.keys()) == []


def test_no_sentence_is_unused():
    assert sorted(WORDS.keys() - RAISED.keys() - {"cancelled"}) == []


def test_whatever_a_sentence_names_is_given_wherever_its_code_is_raised():
    lacking = {
        code: sorted(placeholders(WORDS[code]) - values)
        for code, places in RAISED.items()
        for values in places
        if code in WORDS and values is not None and not placeholders(WORDS[code]) <= values
    }
    assert lacking == {}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_sentence_is_one_and_reads_well_with_any_values(code):
    sentence = WORDS[code]
    assert sentence[0] in string.ascii_uppercase + "“{" and sentence[-1] in ".:}"
    assert "  " not in sentence
    values = {name: "{weird} %s" for name in placeholders(sentence)}
    assert words(errors.NotAllowed(code, **values)) == sentence.format(**values)
    assert "?" not in words(errors.NotAllowed(code, **values))


def test_an_unknown_code_or_a_missing_value_hides_nothing():
    assert words(errors.Corrupted("from_the_future", place="here")) == "from_the_future place='here'"
    assert words(errors.NotAllowed("visit_unknown")).startswith("There is no visit “?”")
    assert words(errors.Cancelled()) == "Cancelled. Nothing was changed."


def test_each_family_ends_the_program_with_its_own_number():
    codes = {family: getattr(errors, family).exit_code for family in (*FAMILIES, "Cancelled", "AuditorAppError")}
    assert codes == {"NotAllowed": 2, "Unavailable": 3, "Corrupted": 4, "Unsupported": 5, "Cancelled": 130, "AuditorAppError": 70}
