"""From a form file to a typed form: all problems at once, or the form with its canonical bytes and digest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.errors import Corrupted
from auditor_app.form_engine.definition import Form
from auditor_app.form_engine.problems import Problem
from auditor_app.form_engine.reading import FormFile, Place, place_text
from auditor_app.form_engine.references import Fault, reference_faults
from auditor_app.ids import Digest
from auditor_app.plain_text import forbidden_characters

MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledForm:
    """A form with the canonical bytes that a visit keeps and the digest it is known by."""

    form: Form
    canonical: bytes
    digest: Digest


def check_form(data: bytes) -> tuple[Problem, ...]:
    """List all problems of a form file's bytes, in the order of the file; empty when it is sound."""
    return tuple(sorted(_read(data).problems))


def compile_form(data: bytes) -> CompiledForm:
    """Compile a form file's bytes. Raises Corrupted with the number of problems and the first one's place."""
    file = _read(data)
    if file.problems:
        first = min(file.problems)
        raise Corrupted("form_has_problems", count=len(file.problems), line=first.line, place=first.place, problem=first.code)
    return read_canonical_form(canonical_bytes(file.value))


def read_canonical_form(canonical: bytes) -> CompiledForm:
    """Read a form back from the canonical bytes that a visit kept. Raises Corrupted when they are not a form."""
    try:
        form = msgspec.json.decode(canonical, type=Form)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Corrupted("form_unreadable", detail=str(error)) from error
    return CompiledForm(form=form, canonical=canonical, digest=sha256_of(canonical))


def read_foreign_form(canonical: bytes) -> CompiledForm:
    """Read a form that came from outside in its canonical bytes: they must be just these, and all that a form file must be.

    Raises Corrupted.
    """
    if len(canonical) > MAX_BYTES:
        raise Corrupted("form_unreadable", detail=str(len(canonical)))
    compiled = read_canonical_form(canonical)
    value = json.loads(canonical)
    for code, place, _detail in _content_faults(value):
        raise Corrupted("form_has_problems", count=1, line=1, place=place_text(place), problem=code)
    if not _is_canonical(value, canonical):
        raise Corrupted("form_unreadable", detail="not canonical")
    return compiled


def form_schema() -> dict[str, Any]:
    """Make the JSON Schema of form files from the definition; `forms/form.schema.json` is this, written out."""
    schema = msgspec.json.schema(Form)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Auditor App form file", **schema}


def _read(data: bytes) -> FormFile:
    if len(data) > MAX_BYTES:
        file = FormFile(b"{}")
        file.problem("too_large", (), str(len(data)))
        return file
    file = FormFile(data)
    if file.value is not None and not isinstance(file.value, dict):
        file.problem("not_a_mapping", (), type(file.value).__name__)
    elif file.value is not None or not file.problems:
        _check_shape(file)
    return file


def _check_shape(file: FormFile) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to load, and only authors of forms need it

    for error in Draft202012Validator(form_schema()).iter_errors(file.value or {}):
        file.problem("shape", tuple(error.absolute_path), _short(error.message))
    for code, place, detail in _content_faults(file.value):
        file.problem(code, place, detail)
    if not file.problems and len(canonical := canonical_bytes(file.value)) > MAX_BYTES:
        file.problem("too_large", (), str(len(canonical)))


def _content_faults(value: Any) -> Iterator[Fault]:
    """Find what no schema finds: invisible characters, names that stand twice, names of nothing."""
    for place, text in _texts(value, ()):
        if found := forbidden_characters(text, allowed="\n\t"):
            yield "control_character", place, ", ".join(found)
    yield from reference_faults(value)


def _is_canonical(value: Any, data: bytes) -> bool:
    try:
        return canonical_bytes(value) == data
    except (TypeError, ValueError):  # a number with a fraction, half a character
        return False


def _short(message: str) -> str:
    return message if len(message) <= 200 else message[:100] + " … " + message[-100:]


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
