"""The register in a browser, by Datasette: a copy that nothing changes, with the ready queries, their charts, and words for all columns."""

import asyncio
import socket
from collections.abc import Container
from pathlib import Path
from typing import Any

from auditor_app.disk import disk_errors
from auditor_app.errors import Unavailable
from auditor_app.install_paths import resources
from auditor_app.register.charts import chart_of
from auditor_app.register.parts import office_part
from auditor_app.register.queries import QUERIES
from auditor_app.register.schema import TABLES
from auditor_app.sqlite_driver import Database

NAME = "register"
LOOPBACK = ("127.0.0.1", "localhost")


def snapshot(db: Database, target: Path) -> None:
    """Copy the register, whole and consistent, into a file of its own; one that is there is replaced."""
    temporary = target.with_name(f"{target.name}.new")
    with disk_errors(temporary):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=0o600)
        db.execute("VACUUM INTO ?", [str(temporary)])
        temporary.replace(target)


def browser_of(copy: Path) -> Any:
    """Make the Datasette of a copy that must not change while it is served. Raises Unavailable("office_part_missing")."""
    datasette = office_part("datasette.app").Datasette(
        immutables=[str(copy)],
        metadata=_words(),
        template_dir=str(resources() / "register"),
        settings={"allow_download": False, "sql_time_limit_ms": 10_000},
    )
    markup = office_part("markupsafe").Markup
    datasette.jinja_env.globals["chart"] = lambda query, columns, rows: markup(chart_of(query, columns, rows))
    return datasette


def serve(copy: Path, host: str, port: int) -> None:
    """Serve a copy until stopped, on this computer only if asked as this computer. Raises Unavailable("port_not_free" …)."""
    uvicorn, datasette = office_part("uvicorn"), browser_of(copy)
    asyncio.run(datasette.invoke_startup())
    app = only_asked_as(LOOPBACK, datasette.app()) if host in LOOPBACK else datasette.app()
    with _listening(host, port) as listening:
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise Unavailable("port_not_free", host=host, port=port, detail=error.strerror or str(error)) from error


def only_asked_as(hosts: Container[str], app: Any) -> Any:
    """Refuse requests that name another host: else a page elsewhere could read the register through a name of its own that leads here."""

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        asked = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1").rpartition(":")
        if scope["type"] == "http" and (asked[0] or asked[2]) not in hosts:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"Not this host."})
            return
        await app(scope, receive, send)

    return guarded


def _words() -> dict[str, Any]:
    tables = {
        table.name: {
            "description": table.words,
            "columns": {column.name: column.words for column in table.columns},
            **({"hidden": True} if table.is_count else {}),
        }
        for table in TABLES
    }
    queries = {
        query.name: {
            "title": query.title,
            "description": query.words,
            "sql": query.sql,
            "hide_sql": True,
            **({"params": list(query.parameters)} if query.parameters else {}),
        }
        for query in QUERIES
    }
    return {
        "title": "Register of the assurance office",
        "description": "A copy as of when it was opened. It is confidential.",
        "databases": {NAME: {"tables": {**tables, "_sqlite_migrations": {"hidden": True}}, "queries": queries}},
    }
