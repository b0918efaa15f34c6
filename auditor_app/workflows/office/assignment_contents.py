"""What an assignment says of its visit: from the office's file, the visit before and the sealed documents to fields of subjects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from auditor_app.domain.assignments import Member
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.fields import Intake, Original
from auditor_app.domain.journal import Subject
from auditor_app.domain.planning import DOCUMENT
from auditor_app.domain.visit import CHECK, CRITERION, EVIDENCE, INTAKE, LINK, OFFICE, VISIT, link_id
from auditor_app.form_engine.compiling import CompiledForm
from auditor_app.ids import AuditorId, Digest, VisitId
from auditor_app.plain_text import one_line, paragraph
from auditor_app.workflows.office.assignment_file import AnswerLine, AssignmentFile, DocumentLine, RatingLine
from auditor_app.workflows.office.assignment_journal import Said
from auditor_app.workflows.office.previous import Previous, in_words, said_of_previous
from auditor_app.workflows.visits import LINES, OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A document that is ready to be handed over; `taken` is None where the visit has it from a version before."""

    line: DocumentLine
    digest: Digest
    taken: tuple[Original, Intake] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that goes into an assignment; `issued` is the day of its first version."""

    visit: VisitId
    author: AuditorId
    office: str
    issued: str
    file: AssignmentFile
    form: CompiledForm
    team: Sequence[Member]
    previous: Previous | None
    pieces: Sequence[Piece]


def said(contents: Contents) -> list[Said]:
    """Put everything into fields of subjects."""
    return [
        Said(kind=OFFICE, id=contents.author, fields={"name": contents.office}),
        Said(kind=VISIT, id=contents.visit, fields=_facts(contents)),
        *(said_of_previous(contents.previous, contents.form.form) if contents.previous else ()),
        *_site_says(contents.file),
        *(_line(EQUIVALENCE, one, ("system", "number")) for one in contents.file.equivalences),
        *(_line(DOCUMENT, one, ("title",)) for one in contents.file.requests),
        *(one for piece in contents.pieces for one in _piece(piece, contents.office)),
    ]


def _facts(contents: Contents) -> dict[str, Any]:
    file, form = contents.file, contents.form
    given = {name: (one_line if name in LINES else paragraph)(text, name) for name, text in file.visit.items()}
    previous = {"earlier": contents.previous.visit, "previous_results": in_words(contents.previous)} if contents.previous else {}
    asked = {
        "number": file.number,
        "office": contents.office,
        "issued": contents.issued,
        "due": file.due,
        "instructions": file.instructions,
    }
    return {
        "form": form.form.form,
        "form_digest": form.digest,
        "state": OPEN,
        "kind": form.form.visit_kinds[0].key,
        "team": "\n".join(f"{one.name} ({one.role})" if one.role else one.name for one in contents.team),
        **previous,
        **{name: text for name, text in given.items() if text.strip()},
        "office": contents.office,
        "assignment": {name: text.strip() for name, text in asked.items() if text.strip()},
    }


def _site_says(file: AssignmentFile) -> Iterator[Said]:
    for number, rated in file.site_says.criteria.items():
        rating = RatingLine(rating=rated) if isinstance(rated, str) else rated
        yield Said(kind=CRITERION, id=number, fields={"site_rating": rating.rating, "site_says": paragraph(rating.words, "words")})
    for check, answered in file.site_says.checks.items():
        answer = AnswerLine(answer=answered) if isinstance(answered, str) else answered
        yield Said(kind=CHECK, id=check, fields={"site_answer": answer.answer, "site_says": paragraph(answer.words, "words")})


def _line(kind: str, line: msgspec.Struct, key: tuple[str, ...]) -> Said:
    return Said(kind=kind, fields=msgspec.to_builtins(line), key=key)


def _piece(piece: Piece, office: str) -> Iterator[Said]:
    line = piece.line
    fields: dict[str, Any] = {"caption": line.title, "provided_by": line.provided_by or office}
    if piece.taken:
        original, intake = piece.taken
        fields["original"] = original
        yield Said(kind=INTAKE, fields={"what": intake}, key=("what",))
    yield Said(kind=EVIDENCE, id=piece.digest, fields=fields)
    for number in line.criteria:
        yield Said(kind=LINK, id=link_id(piece.digest, Subject(CRITERION, number)), fields={"stance": "supports"})
