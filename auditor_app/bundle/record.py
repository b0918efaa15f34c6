"""The record of a visit as JSON Lines: its journal, what it is of, its form, and the index of evidence and reports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Entry, entry_line, read_entry
from auditor_app.errors import Corrupted
from auditor_app.form_engine.compiling import MAX_BYTES, CompiledForm, read_foreign_form
from auditor_app.ids import Digest
from auditor_app.plain_text import LONGEST_LINE

MAX_LINE = 4_000_000
_FORM = b'{"form":'
_MAX_FORM_LINE = MAX_BYTES + len(_FORM) + 1

T = TypeVar("T")


class EvidenceLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One evidence item of the bundle: digest and size of the original, and the digest of the sealed file."""

    original: Digest
    sealed: Digest
    size: int


class ReportLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report of the bundle: digest of the file as it was handed over, and of the bytes that its first signature signs.

    The second stays right when the file is countersigned, timestamped or given validation data later. A preliminary sheet that the
    site acknowledged names the sheet that it was made from, and by whom.
    """

    id: str
    kind: str
    language: str
    made_at: str
    digest: Digest
    sealed: Digest
    signed_digest: str = ""
    preliminary: bool = False
    acknowledges: Annotated[str, msgspec.Meta(max_length=100)] = ""
    acknowledged_by: Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)] = ""


class RecordHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the record is of: visit, form, and to which age recipient its receipt is to be sealed."""

    visit: str
    form: str
    form_digest: Digest
    reply_to: str
    program: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A whole record; `form` is the form of the visit in its canonical bytes, empty in records of programs that left it out."""

    entries: tuple[Entry, ...]
    head: RecordHead
    evidence: tuple[EvidenceLine, ...]
    reports: tuple[ReportLine, ...]
    form: bytes = b""


def record_lines(record: Record) -> Iterator[bytes]:
    """Write a record line by line: the journal's entries first, then one line each for record, form, evidence and reports."""
    for entry in record.entries:
        yield entry_line(entry) + b"\n"
    yield _line("record", record.head)
    if record.form:
        yield _FORM + record.form + b"}\n"
    for item in record.evidence:
        yield _line("evidence", item)
    for report in record.reports:
        yield _line("report", report)


def read_record(lines: Iterable[bytes]) -> Record:
    """Read a record from outside; whether its form is one, `form_of` says. Raises Corrupted naming the line."""
    found = _Found()
    for number, line in enumerate(lines, start=1):
        _take(found, line, f"record, line {number}")
    if len(found.heads) != 1:
        raise Corrupted("record_incomplete", place="record")
    if len(found.forms) > 1:
        raise _no_form("more than one")
    form, evidence, reports = b"".join(found.forms), tuple(found.evidence), tuple(found.reports)
    return Record(entries=tuple(found.entries), head=found.heads[0], evidence=evidence, reports=reports, form=form)


@dataclass(slots=True)
class _Found:
    """What was read of a record so far."""

    entries: list[Entry] = field(default_factory=list)
    heads: list[RecordHead] = field(default_factory=list)
    forms: list[bytes] = field(default_factory=list)
    evidence: list[EvidenceLine] = field(default_factory=list)
    reports: list[ReportLine] = field(default_factory=list)


def _take(found: _Found, line: bytes, place: str) -> None:
    """Read one more line."""
    if len(line) > (_MAX_FORM_LINE if line.startswith(_FORM) else MAX_LINE):
        raise Corrupted("record_line_too_long", place=place)
    if line.startswith(b'{"evidence":'):
        found.evidence.append(_read(line, _EvidenceHolder, place).evidence)
    elif line.startswith(b'{"report":'):
        found.reports.append(_read(line, _ReportHolder, place).report)
    elif line.startswith(b'{"record":'):
        found.heads.append(_read(line, _HeadHolder, place).record)
    elif line.startswith(_FORM):
        found.forms.append(bytes(_read(line, _FormHolder, place).form))
    else:
        found.entries.append(read_entry(line, place))


def form_of(record: Record) -> CompiledForm | None:
    """Give the form that a record carries, or None. Raises Corrupted for one that is not what the digest says, or no sound form."""
    if not record.form:
        return None
    if sha256_of(record.form) != record.head.form_digest:
        raise _no_form(record.head.form_digest)
    try:
        found = read_foreign_form(record.form)
    except Corrupted as error:
        raise _no_form(str(error)) from error
    if found.form.form != record.head.form:
        raise _no_form(found.form.form)
    return found


def _no_form(detail: str) -> Corrupted:
    return Corrupted("record_unreadable", place="record, form", detail=detail)


class _EvidenceHolder(msgspec.Struct, forbid_unknown_fields=True):
    evidence: EvidenceLine


class _ReportHolder(msgspec.Struct, forbid_unknown_fields=True):
    report: ReportLine


class _FormHolder(msgspec.Struct, forbid_unknown_fields=True):
    form: msgspec.Raw


class _HeadHolder(msgspec.Struct, forbid_unknown_fields=True):
    record: RecordHead


def _line(kind: str, value: msgspec.Struct) -> bytes:
    return canonical_bytes({kind: msgspec.to_builtins(value)}) + b"\n"


def _read(line: bytes, kind: type[T], place: str) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Corrupted("record_unreadable", place=place, detail=str(error)) from error
