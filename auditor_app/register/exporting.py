"""The register as files for an analytic engine: one per table, rows in the order of their key, the same bytes for the same rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from auditor_app.disk import new_file
from auditor_app.register.parts import office_part
from auditor_app.register.schema import TABLES, Column, Kind, Table
from auditor_app.sqlite_driver import Database

AT_ONCE = 50_000
EXPORTED = tuple(table for table in TABLES if not table.is_count)


def export_parquet(db: Database, folder: Path) -> list[Path]:
    """Write each table as a Parquet file with typed columns; files that are there are replaced. Raises Unavailable.

    Days are dates and moments are timestamps in UTC; what is no such thing (a bundle may say anything) is null.
    """
    arrow, parquet = office_part("pyarrow"), office_part("pyarrow.parquet")
    written = []
    for table in EXPORTED:
        columns = _columns(table)
        schema = arrow.schema([arrow.field(one.name, _arrow_type(arrow, one.kind), metadata={"words": one.words}) for one in columns])
        target = folder / f"{table.name}.parquet"
        with new_file(target) as stream, parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
            for rows in _batches(db, table):
                values = zip(columns, zip(*rows, strict=True), strict=True)
                arrays = [arrow.array([_typed(one.kind, value) for value in column], schema.field(one.name).type) for one, column in values]
                writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
        written.append(target)
    return written


def export_csv(db: Database, folder: Path) -> list[Path]:
    """Write each table as a CSV file (RFC 4180, UTF-8) with its values as they stand; files that are there are replaced."""
    written = []
    for table in EXPORTED:
        target = folder / f"{table.name}.csv"
        with new_file(target) as stream:
            stream.write(_csv_lines([[one.name for one in _columns(table)]]))
            for rows in _batches(db, table):
                stream.write(_csv_lines(rows))
        written.append(target)
    return written


def _csv_lines(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _columns(table: Table) -> tuple[Column, ...]:
    """List the columns to export: not the bytes of letters, which are beside the register as files."""
    return tuple(column for column in table.columns if column.kind != Kind.BYTES)


def _batches(db: Database, table: Table) -> Iterator[list[Sequence[Any]]]:
    names = ", ".join(one.name for one in _columns(table))
    found = db.execute(f"SELECT {names} FROM {table.name} ORDER BY {', '.join(table.key)}")  # noqa: S608 - our own words
    while rows := found.fetchmany(AT_ONCE):
        yield rows


def _arrow_type(arrow: Any, kind: Kind) -> Any:
    types = {
        Kind.TEXT: arrow.string(),
        Kind.COUNT: arrow.int64(),
        Kind.DAY: arrow.date32(),
        Kind.MOMENT: arrow.timestamp("us", tz="UTC"),
        Kind.YES_NO: arrow.bool_(),
    }
    return types[kind]


def _typed(kind: Kind, value: Any) -> Any:
    if value is None or kind in {Kind.TEXT, Kind.COUNT}:
        return value
    if kind == Kind.YES_NO:
        return bool(value)
    try:
        return date.fromisoformat(value) if kind == Kind.DAY else datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
