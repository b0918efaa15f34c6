"""The file from which an office makes an assignment: YAML or JSON, read with the line of every place, and checked as a whole."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.form_engine.compiling import MAX_BYTES, CompiledForm, compile_form
from auditor_app.form_engine.definition import Form
from auditor_app.form_engine.reading import FormFile, Place, place_text
from auditor_app.plain_text import LONGEST_TEXT
from auditor_app.translation import N_, _
from auditor_app.workflows.forms import find_form
from auditor_app.workflows.visits import LINES, PARAGRAPHS

FACTS = (*(name for name in LINES if name != "office"), *PARAGRAPHS)
"""What a file may say of the visit; the office's name comes from the office."""

UNREADABLE = N_("it cannot be read: {detail}")
PROBLEMS = {
    "not_readable": UNREADABLE,
    "shape": N_("{detail}"),
    "fact_unknown": N_("there is no such field; there are {detail}"),
    "text_too_long": N_("it is longer than {detail} characters"),
    "text_has_control_characters": N_("it has invisible control or direction characters ({detail})"),
    "missing": N_("it is missing"),
    "choice_unknown": N_("“{value}” is not one of {detail}"),
    "criterion_unknown": N_("the form has no criterion {value}"),
    "check_unknown": N_("the form has no check {value}"),
    "day_unreadable": N_("“{value}” is no day; write it like 2026-11-19"),
    "days_turned": N_("the last day is before the first"),
    "form_unknown": N_("there is no form “{value}”: give the name of a form of the program, or the path of a form file"),
    "form_wrong": N_("the form file has problems; “auditor form check” lists them"),
    "form_fixed": N_("the assignment was made with another form, and its visit keeps the one that it began with"),
    "auditor_unknown": N_("“{value}” is nobody whom this office has enrolled"),
    "auditor_not_unique": N_("more than one auditor fits “{value}”; give the fingerprint of the certificate"),
    "auditor_not_valid": N_("the certificate of “{value}” is not valid now"),
    "team_missing": N_("nobody is named; name the team here or with --to"),
    "file_missing": N_("there is no file “{value}”"),
    "file_empty": N_("“{value}” is empty"),
    "file_too_large": N_("“{value}” is larger than {detail} MB"),
    "file_name": N_("“{value}” has a name that is no plain name"),
    "twice": N_("“{value}” is there twice"),
}
"""What may be wrong at a place of the file, in words."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the file: every key must be known."""


class TeamLine(_Part, frozen=True, kw_only=True):
    """One of the team: name or fingerprint of an enrolled auditor."""

    auditor: str
    role: str = ""


class RatingLine(_Part, frozen=True, kw_only=True):
    """A rating, and what was said with it."""

    rating: str = ""
    words: str = ""


class AnswerLine(_Part, frozen=True, kw_only=True):
    """An answer to a check, and what was said with it."""

    answer: str = ""
    words: str = ""


class FindingLine(_Part, frozen=True, kw_only=True):
    """A finding of the visit before; `criterion` is a number of its form."""

    criterion: str
    title: str
    grade: str = ""
    statement: str = ""
    action: str = ""
    owner: str = ""
    due: str = ""
    state: str = "open"
    closed_on: str = ""


class PreviousPart(_Part, frozen=True, kw_only=True):
    """The visit before, where the register does not have it; `form` is the name of its form."""

    form: str
    kind: str = ""
    day: str = ""
    criteria: dict[str, str | RatingLine] = {}
    findings: tuple[FindingLine, ...] = ()


class SitePart(_Part, frozen=True, kw_only=True):
    """The site's self-assessment."""

    criteria: dict[str, str | RatingLine] = {}
    checks: dict[str, str | AnswerLine] = {}


class EquivalenceLine(_Part, frozen=True, kw_only=True):
    """A certificate offered for equivalence; what is credited is for the auditors to decide."""

    system: str
    version: str = ""
    number: str = ""
    issuer: str = ""
    accreditation: str = ""
    scope: str = ""
    issued: str = ""
    expires: str = ""
    audited: str = ""
    nonconformities: str = ""
    criteria: tuple[str, ...] = ()
    checks: str = ""


class RequestLine(_Part, frozen=True, kw_only=True):
    """A document that the site was asked for already, or that the auditors are to ask for."""

    title: str
    asked_of: str = ""
    asked_on: str = ""
    note: str = ""
    criteria: tuple[str, ...] = ()


class DocumentLine(_Part, frozen=True, kw_only=True):
    """A document to hand over: `file` is a path, beside this file where it is not absolute; `provided_by` is the office by default."""

    file: str
    title: str = ""
    provided_by: str = ""
    criteria: tuple[str, ...] = ()


class AssignmentFile(_Part, frozen=True, kw_only=True):
    """A whole file."""

    form: str
    visit: dict[str, Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]]
    number: str = ""
    due: str = ""
    instructions: str = ""
    team: tuple[TeamLine, ...] = ()
    previous: PreviousPart | None = None
    site_says: SitePart = SitePart()
    equivalences: tuple[EquivalenceLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()


@dataclass(slots=True)
class Read:
    """A file as it was read, its form, and the problems found so far: (line, place, words)."""

    path: Path
    lines: dict[Place, int]
    file: AssignmentFile
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def problem(self, place: Place, code: str, *, value: object = "", detail: object = "") -> None:
        """Note a problem at a place."""
        line = next((self.lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in self.lines), 1)
        self.problems.append((line, place_text(place), _(PROBLEMS[code]).format(value=value, detail=detail)))

    def stop_at_problems(self) -> None:
        """Raise NotAllowed("assignment_file_wrong") with all problems, if there are any."""
        if self.problems:
            words = _("line {line}, {place}: {problem}")
            said = [words.format(line=line, place=place, problem=problem) for line, place, problem in sorted(self.problems)]
            raise NotAllowed("assignment_file_wrong", path=str(self.path), problems="; ".join(said))


def read_assignment_file(path: Path) -> Read:
    """Read a file into its parts. Raises NotAllowed("assignment_file_wrong") naming line and place, or what the disk refuses."""
    with disk_errors(path), path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    raw = FormFile(data[:MAX_BYTES], as_text=True)
    empty = AssignmentFile(form="", visit={})
    found = Read(path, raw.lines, empty)
    unreadable = _(UNREADABLE)
    details = {"not_yaml": "", "duplicate_key": _("it is there twice")}
    found.problems = [
        (one.line, one.place, unreadable.format(detail=details.get(one.code, one.code) or one.detail)) for one in raw.problems
    ]
    found.stop_at_problems()
    try:
        found.file = msgspec.convert(raw.value, AssignmentFile)
    except msgspec.ValidationError as error:
        words, _at, where = str(error).partition(" - at `$")
        found.problem(_place(where.rstrip("`")), "shape", detail=words)
    found.stop_at_problems()
    return found


def former_form(name: str) -> Form | None:
    """Find the form of an earlier visit, or None where it is not at hand."""
    try:
        return find_form(name).form
    except NotAllowed:
        return None


def find_the_form(found: Read) -> CompiledForm | None:
    """Find the form that a file names: one of the program, or a form file beside it; None, with the problem noted, for neither."""
    name = found.file.form
    path = found.path.parent / name
    try:
        if path.is_dir() or path.suffix in {".yaml", ".yml", ".json"}:
            file = path / "form.yaml" if path.is_dir() else path
            with disk_errors(file):
                return compile_form(file.read_bytes())
        return find_form(name)
    except AuditorAppError as error:
        found.problem(("form",), "form_wrong" if error.code == "form_has_problems" else "form_unknown", value=name)
        return None


def _place(path: str) -> Place:
    """Read a place as msgspec writes it: .team[0].auditor."""
    steps = re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]", path)
    return tuple(name or int(number) for name, number in steps)
