"""The record of a visit as JSON Lines: its journal, its form, and the index of evidence and reports with the digests of the originals."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.domain.journal import Entry, entry_line, read_entry
from auditor_app.errors import Corrupted
from auditor_app.ids import Digest

MAX_LINE = 4_000_000

T = TypeVar("T")


class EvidenceLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One evidence item of the bundle: digest and size of the original, and the digest of the sealed file."""

    original: Digest
    sealed: Digest
    size: int


class ReportLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report of the bundle: digest of the file as it was handed over, and of the bytes that its first signature signs.

    The second stays right when the file is countersigned, timestamped or given validation data later.
    """

    id: str
    kind: str
    language: str
    made_at: str
    digest: Digest
    sealed: Digest
    signed_digest: str = ""


class RecordHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the record is of: visit, form, and to which age recipient its receipt is to be sealed."""

    visit: str
    form: str
    form_digest: Digest
    reply_to: str
    program: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A whole record."""

    entries: tuple[Entry, ...]
    head: RecordHead
    evidence: tuple[EvidenceLine, ...]
    reports: tuple[ReportLine, ...]


def record_lines(record: Record) -> Iterator[bytes]:
    """Write a record line by line: the journal's entries first, then one line each for record, evidence and reports."""
    for entry in record.entries:
        yield entry_line(entry) + b"\n"
    yield _line("record", record.head)
    for item in record.evidence:
        yield _line("evidence", item)
    for report in record.reports:
        yield _line("report", report)


def read_record(lines: Iterable[bytes]) -> Record:
    """Read a record from outside. Raises Corrupted naming the line."""
    entries: list[Entry] = []
    evidence: list[EvidenceLine] = []
    reports: list[ReportLine] = []
    heads: list[RecordHead] = []
    for number, line in enumerate(lines, start=1):
        place = f"record, line {number}"
        if len(line) > MAX_LINE:
            raise Corrupted("record_line_too_long", place=place)
        if line.startswith(b'{"evidence":'):
            evidence.append(_read(line, _EvidenceHolder, place).evidence)
        elif line.startswith(b'{"report":'):
            reports.append(_read(line, _ReportHolder, place).report)
        elif line.startswith(b'{"record":'):
            heads.append(_read(line, _HeadHolder, place).record)
        else:
            entries.append(read_entry(line, place))
    if len(heads) != 1:
        raise Corrupted("record_incomplete", place="record")
    return Record(entries=tuple(entries), head=heads[0], evidence=tuple(evidence), reports=tuple(reports))


class _EvidenceHolder(msgspec.Struct, forbid_unknown_fields=True):
    evidence: EvidenceLine


class _ReportHolder(msgspec.Struct, forbid_unknown_fields=True):
    report: ReportLine


class _HeadHolder(msgspec.Struct, forbid_unknown_fields=True):
    record: RecordHead


def _line(kind: str, value: msgspec.Struct) -> bytes:
    return canonical_bytes({kind: msgspec.to_builtins(value)}) + b"\n"


def _read(line: bytes, kind: type[T], place: str) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Corrupted("record_unreadable", place=place, detail=str(error)) from error
