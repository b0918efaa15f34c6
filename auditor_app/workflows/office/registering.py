"""The register for its readers: ready queries, a copy for the browser, files for an analytic engine, and words for every column."""

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from auditor_app.errors import NotAllowed
from auditor_app.register import exporting, serving
from auditor_app.register.queries import QUERIES, ReadyQuery, answer
from auditor_app.register.register import open_register
from auditor_app.register.schema import TABLES, Table
from auditor_app.workflows.office.folder import Office

SERVED = "served"
"""The folder of the copy that the browser shows: the register itself goes on changing."""


def schema() -> tuple[Table, ...]:
    """Give all tables with words for every column."""
    return TABLES


def ready_queries() -> tuple[ReadyQuery, ...]:
    """Give the ready queries."""
    return QUERIES


def ask(office: Office, name: str, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Answer a ready query as of today. Raises NotAllowed("query_unknown") for a query or a parameter that there is not."""
    query = next((one for one in QUERIES if one.name == name), None)
    if query is None or not set(parameters) <= set(query.parameters):
        raise NotAllowed("query_unknown", query=" ".join((name, *parameters)))
    with open_register(office.register) as db:
        return answer(db, query, office.clock.now().astimezone(UTC).date().isoformat(), **parameters)


def copy_to_serve(office: Office) -> Path:
    """Copy the register as it is now; an earlier copy is replaced."""
    target = office.folder / SERVED / f"{serving.NAME}.db"
    with open_register(office.register) as db:
        serving.snapshot(db, target)
    return target


def serve(copy: Path, host: str, port: int) -> None:
    """Serve a copy until stopped. Raises Unavailable("office_part_missing")."""
    serving.serve(copy, host, port)


def export(office: Office, *, parquet: Path | None = None, csv: Path | None = None) -> list[Path]:
    """Write every table to a file of its own, in either format or both. Raises Unavailable; files that are whole stay."""
    with open_register(office.register) as db:
        written = exporting.export_parquet(db, parquet) if parquet else []
        return written + (exporting.export_csv(db, csv) if csv else [])
