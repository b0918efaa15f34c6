"""The register as its readers see it: charts, files for an analytic engine, and Datasette itself."""

import csv
import datetime
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from xml.etree import ElementTree

import pytest

from auditor_app.register.charts import chart_of
from auditor_app.register.exporting import EXPORTED, export_csv, export_parquet
from auditor_app.register.queries import QUERIES
from auditor_app.register.serving import snapshot

SVG = "{http://www.w3.org/2000/svg}"


def test_a_chart_has_a_bar_for_each_label_in_proportion_and_hides_no_text():
    columns = ("form", "criterion", "name", "rating", "visits")
    rows = [
        ("copper", "2", "<Risk> & co", "Fully", 10),
        ("copper", "2", "<Risk> & co", "Partially", 30),
        ("copper", "3", "Ethics", "Fully", 20),
    ]
    drawn = ElementTree.fromstring(chart_of("ratings-by-criterion", columns, rows))  # noqa: S314 - our own
    bars = [one for one in drawn.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    widths = [float(bar.get("width")) for bar in bars]
    assert widths[0] * 3 == pytest.approx(widths[1], abs=0.5) and widths[2] == pytest.approx(widths[0] * 2, abs=0.5)
    assert bars[0].get("fill") == bars[2].get("fill") != bars[1].get("fill")
    told = [one.text for one in drawn.iter(f"{SVG}text")]
    assert told == ["Fully", "Partially", "2 <Risk> & co copper", "10", "30", "40", "3 Ethics copper", "20", "20"]


def test_the_parts_of_all_bars_have_one_order_and_colours_that_agree():
    columns = ("form", "criterion", "name", "rating", "visits")
    rows = [("f", "1", "", "Fully", 1), ("f", "1", "", "Does not", 1), ("f", "2", "", "Fully", 1), ("f", "2", "", "Partially", 1)]
    drawn = ElementTree.fromstring(chart_of("ratings-by-criterion", columns, rows))  # noqa: S314 - our own
    legend = [one.text for one in drawn.iter(f"{SVG}text")][:3]
    assert legend == ["Fully", "Partially", "Does not"]
    bars = [one.get("fill") for one in drawn.iter(f"{SVG}rect")]
    assert (bars[3], bars[4], bars[5], bars[6]) == (bars[0], bars[2], bars[0], bars[1])


def test_queries_without_a_chart_or_rows_draw_nothing():
    assert chart_of("newest-bundles", ("a",), [("b",)]) == chart_of("of-nobody", ("a",), [("b",)]) == ""
    assert chart_of("sites-by-state", ("state", "sites"), []) == ""


def test_parquet_files_have_typed_columns_and_the_same_bytes_each_time(entered, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    entered(1)
    db = entered(2, due=None, starts_on="soon")
    written = export_parquet(db, tmp_path / "one")
    assert [path.name for path in written] == [f"{table.name}.parquet" for table in EXPORTED]
    items = parquet.read_table(tmp_path / "one" / "improvement_item.parquet").to_pylist()
    assert [one["due"] for one in items] == [datetime.date(2026, 6, 1), None]
    visits = parquet.read_table(tmp_path / "one" / "visit.parquet")
    assert visits.schema.field("days_to_report").type == "int64"
    assert [str(one) for one in visits.column("starts_on").to_pylist()] == ["2026-05-04", "None"]
    assert visits.column("reported_at").to_pylist()[0] == datetime.datetime(2026, 5, 8, 10, tzinfo=datetime.UTC)
    assert visits.schema.field("site").metadata == {b"words": b"Name of the site."}
    assert parquet.read_table(tmp_path / "one" / "finding.parquet").column("systemic").to_pylist() == [True, True]
    assert "letter" not in parquet.read_table(tmp_path / "one" / "receipt.parquet").column_names
    assert parquet.read_table(tmp_path / "one" / "recovery.parquet").num_rows == 0
    again = export_parquet(db, tmp_path / "two")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_csv_files_have_the_values_as_they_stand(entered, tmp_path):
    db = entered(1, site='Río "Seco", North')
    export_csv(db, tmp_path)
    with (tmp_path / "visit.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["site"], row["ends_on"]) == ('Río "Seco", North', "2026-05-06")
    assert len(list(tmp_path.glob("*.csv"))) == len(EXPORTED)


def test_a_snapshot_replaces_the_one_before_and_does_not_follow_the_register(entered, tmp_path):
    import sqlite3

    def visits() -> int:
        with sqlite3.connect(tmp_path / "served" / "register.db") as copy:
            return copy.execute("SELECT count(*) FROM visit").fetchone()[0]

    (tmp_path / "served").mkdir()
    for number in (1, 2):
        snapshot(entered(number), tmp_path / "served" / "register.db")
        assert visits() == number
    entered(3)
    assert visits() == 2
    assert [path.name for path in (tmp_path / "served").iterdir()] == ["register.db"]


@pytest.fixture
def address(entered, tmp_path):
    """Where Datasette serves a register of three visits, as `auditor-office register serve` starts it."""
    pytest.importorskip("datasette")
    for number in (1, 2):
        entered(number)
    snapshot(entered(3, site="<script>alert(1)</script>"), tmp_path / "register.db.served")
    copy = tmp_path / "served" / "register.db"
    copy.parent.mkdir()
    (tmp_path / "register.db.served").rename(copy)
    port = free_port()
    code = f"from pathlib import Path; from auditor_app.register.serving import serve; serve(Path({str(copy)!r}), '127.0.0.1', {port})"
    server = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    try:
        wait_for(f"http://127.0.0.1:{port}/-/versions.json", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _try in range(150):
        assert server.poll() is None, "the server ended"
        try:
            page(url)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server does not answer")


def get(url: str, **headers) -> tuple[int, str]:
    host, _, path = url.removeprefix("http://").partition("/")
    asked = HTTPConnection(host, timeout=20)
    try:
        asked.request("GET", f"/{path}", headers=headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


def page(url: str) -> str:
    status, text = get(url)
    assert status == 200, text
    return text


def test_datasette_shows_ready_queries_with_charts_and_words_and_refuses_other_names(address):
    front = page(f"{address}/register")
    for query in QUERIES:
        assert query.title in front or query.name in front
        shown = page(f"{address}/register/{query.name}")
        assert query.title in shown and query.words in shown
        assert ("<svg role" in shown) == (query.chart is not None), query.name
    assert "By when." in page(f"{address}/register/improvement_item")
    assert "<script>alert(1)</script>" not in page(
        f"{address}/register/visits-to-a-site?company=Cobres&site=%3Cscript%3Ealert(1)%3C/script%3E"
    )
    assert '"is_mutable": false' in page(f"{address}/-/databases.json")
    for elsewhere in ("evil.example", "evil.example:80", "evil.example:127.0.0.1"):
        assert get(f"{address}/register.json", Host=elsewhere)[0] == 421
    assert get(f"{address}/register.db")[0] == 403
