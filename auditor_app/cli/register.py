"""`auditor-office register …`: what was received, as a list, in a browser, and as files for an analytic engine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from auditor_app.cli.terminal import json_option, path_argument, say, show
from auditor_app.clock import SystemClock
from auditor_app.plain_text import visible


@click.group("register", invoke_without_command=True)
@json_option
@click.pass_context
def register_(context: click.Context, as_json: bool) -> None:
    """List what was received, newest first; or ask, browse or export the register."""
    from auditor_app.workflows.office.folder import open_office
    from auditor_app.workflows.office.receiving import registered

    if context.invoked_subcommand is not None:
        return
    found = registered(open_office(context.obj, SystemClock()))
    lines = [f"{one['bundle'][:12]}  {one['received_at'][:10]}  {one['site']}  ({one['auditor_name']})" for one in found]
    show(found, as_json=as_json, lines=lines)


@register_.command()
@json_option
def schema(as_json: bool) -> None:
    """Describe every table and column."""
    from auditor_app.workflows.office.registering import schema as tables

    lines: list[str] = []
    for table in tables():
        lines += ["", f"{table.name}: {table.words}"]
        lines += [f"    {one.name:20} {one.kind:10} {'key  ' if one.is_key else '     '}{one.words}" for one in table.columns]
    show(tables(), as_json=as_json, lines=lines[1:])


@register_.command()
@click.argument("query", required=False)
@click.option("--for", "given", multiple=True, metavar="NAME=VALUE", help="A value that the query asks for, such as site=Puerto.")
@json_option
@click.pass_obj
def ask(folder: Path, query: str | None, given: tuple[str, ...], as_json: bool) -> None:
    """Answer a ready query; without QUERY, list the ready queries."""
    from auditor_app.workflows.office import registering
    from auditor_app.workflows.office.folder import open_office

    if query is None:
        ready = registering.ready_queries()
        show(ready, as_json=as_json, lines=[f"{one.name:34} {one.words}" for one in ready])
        return
    parameters = dict(one.partition("=")[::2] for one in given)
    rows = registering.ask(open_office(folder, SystemClock()), query, parameters)
    show(rows, as_json=as_json, lines=list(_table(rows)) or ["Nothing."])


def _table(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Give rows in columns under their names; "-" where nothing is known."""
    if not rows:
        return
    lines = [list(rows[0]), *(["-" if value in (None, "") else visible(str(value)) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()


@register_.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address lets others in: there is no password.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(folder: Path, host: str, port: int) -> None:
    """Open a copy of the register in Datasette, with ready queries and charts, until stopped with Ctrl+C."""
    from auditor_app.workflows.office import registering
    from auditor_app.workflows.office.folder import open_office

    copy = registering.copy_to_serve(open_office(folder, SystemClock()))
    say(f"The register as of now is at http://{host}:{port}/register. It is confidential. Stop with Ctrl+C.")
    registering.serve(copy, host, port)


@register_.command()
@click.option("--parquet", type=path_argument, metavar="DIR", help="Parquet files with typed columns, one per table.")
@click.option("--csv", type=path_argument, metavar="DIR", help="CSV files, one per table.")
@json_option
@click.pass_obj
def export(folder: Path, parquet: Path | None, csv: Path | None, as_json: bool) -> None:
    """Write the register as files for an analytic engine."""
    from auditor_app.workflows.office import registering
    from auditor_app.workflows.office.folder import open_office

    if parquet is None and csv is None:
        raise click.UsageError("Name --parquet DIR or --csv DIR.")
    written = registering.export(open_office(folder, SystemClock()), parquet=parquet, csv=csv)
    show(written, as_json=as_json, lines=[str(path) for path in written])
