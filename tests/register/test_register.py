"""One row set per visit, counts that stay in step, ready queries, and the move of an older register."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.register.migrations import m0001_bundles
from auditor_app.register.queries import QUERIES, answer
from auditor_app.register.register import last_chain, open_register, receipt_of, received
from auditor_app.register.schema import TABLES, Kind

TODAY = "2026-07-01"


def asked(db, name: str, today: str = TODAY, **parameters):
    return answer(db, next(one for one in QUERIES if one.name == name), today, **parameters)


def everything(db) -> dict[str, list]:
    return {table.name: list(db.table(table.name).rows) for table in TABLES}


def column(db, table: str, name: str) -> list:
    return sorted(row[name] for row in db.table(table).rows)


def test_every_table_and_column_is_described_and_every_description_is_of_one(register):
    there = {table.name: {one.name for one in table.columns} for table in register.tables if not table.name.startswith("_")}
    assert there == {table.name: {one.name for one in table.columns} for table in TABLES}
    kinds = {"INTEGER": {Kind.COUNT, Kind.YES_NO}, "TEXT": {Kind.TEXT, Kind.DAY, Kind.MOMENT}, "BLOB": {Kind.BYTES}}
    for table in TABLES:
        found = register.table(table.name)
        assert tuple(found.pks) == table.key or set(found.pks) == set(table.key), table.name
        assert [one.name for one in found.columns if {c.name: c.kind for c in table.columns}[one.name] not in kinds[one.type]] == []
        assert all(one.words.endswith(".") for one in table.columns), table.name


def test_no_column_could_hold_a_name_of_a_file_of_evidence_or_words_of_an_interview(register):
    assert not {"name", "caption", "provided_by"} & {one.name for one in register.table("evidence").columns}
    assert [table.name for table in register.tables if "interview" in table.name or "quote" in table.name] == []


def test_a_newer_bundle_replaces_what_the_visit_told_and_the_older_one_stays_known(entered):
    entered(1, rating="does_not")
    db = entered(1, bundle="b2", rating="fully", state="closed", site="New name")
    assert column(db, "criterion", "rating") == ["fully"]
    assert column(db, "bundle", "bundle") == ["b2", "bundle-00001"]
    assert column(db, "site", "site") == ["New name"], "the former name of the site is gone with the row that told it"
    assert [one["site"] for one in received(db)] == ["New name", "New name"]
    assert last_chain(db, "visit-00001") == {"laptop": (40, "d")}
    assert receipt_of(db, "b2") == b"{}" and receipt_of(db, "b3") is None


def test_the_same_bundle_entered_again_changes_nothing(entered):
    before = everything(entered(1))
    assert everything(entered(1, rating="fully")) == before


def test_a_failed_entry_leaves_what_was_there(entered, register):
    entered(1)
    before = everything(register)
    with pytest.raises(Exception, match="NOT NULL"):
        entered(1, bundle="b2", site=None)
    assert everything(register) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(["", "fully", "partially"]),
            st.sampled_from(["open", "closed", "replied"]),
            st.sampled_from([None, "2026-05-01", "2026-09-01"]),
            st.sampled_from([None, 0, 9]),
        ),
        max_size=8,
    )
)
def test_counts_are_what_counting_gives(tmp_path_factory, told):
    from tests.register.conftest import row_set

    with open_register(tmp_path_factory.mktemp("r") / "register.db") as db:
        from auditor_app.register.register import enter

        for at, (number, rating, state, due, days) in enumerate(told):
            enter(db, row_set(number, bundle=f"b{at}", rating=rating, state=state, due=due, days_to_report=days))
        counted = {
            "rating_count": "SELECT form, criterion, name, ifnull(level, 99), rating_label, count(*) FROM criterion WHERE rating <> ''"
            " GROUP BY 1, 2, 3, 4, 5",
            "due_count": "SELECT due, count(*) FROM improvement_item WHERE state <> 'closed' AND due IS NOT NULL GROUP BY 1",
            "site_count": "SELECT state, ifnull(next_due, ''), count(*) FROM site GROUP BY 1, 2",
            "report_count": "SELECT days_to_report, count(*) FROM visit WHERE days_to_report IS NOT NULL GROUP BY 1",
        }
        for table, sql in counted.items():
            assert sorted(tuple(row.values()) for row in db.table(table).rows) == sorted(db.execute(sql)), table


def test_the_ready_queries_tell_what_is_in_the_register(entered):
    entered(1, due="2026-06-01")
    entered(2, due="2026-08-01", rating="fully", days_to_report=20)
    entered(3, state="closed", days_to_report=None)
    db = entered(4, due=None, days_to_report=-1)
    assert [(one["rating"], one["visits"]) for one in asked(db, "ratings-by-criterion")] == [("Fully", 1), ("Partially", 3)]
    (late,) = asked(db, "overdue-improvement-items")
    assert (late["site"], late["days_late"]) == ("Site 1", 30)
    assert asked(db, "overdue-improvement-items", "2026-06-01") == [], "on its day an item is not late"
    assert [(one["month"], one["state"]) for one in asked(db, "open-improvement-items-by-month")] == [
        ("2026-06", "overdue"),
        ("2026-08", "not due yet"),
    ]
    states = {one["state"]: one["sites"] for one in asked(db, "sites-by-state")}
    assert states == {"improving_overdue": 1, "improving_in_time": 2, "improved": 1}
    assert [(one["passed"], one["visits"]) for one in asked(db, "time-to-report")] == [
        ("on site", 1),
        ("1 to 2 days", 1),
        ("15 to 30 days", 1),
    ]
    assert len(asked(db, "newest-bundles")) == 4
    assert [one["visit"] for one in asked(db, "visits-to-a-site", company="Cobres", site="Site 2")] == ["visit-00002"]


def test_a_site_is_as_its_latest_visit_left_it(entered):
    entered(1, site="Puerto", ends_on="2026-05-06", due="2026-06-01")
    db = entered(2, site="Puerto", ends_on="2027-05-06", state="closed")
    assert list(db.execute("SELECT site, visit, state, open_items, next_due FROM site")) == [("Puerto", "visit-00002", "improved", 0, None)]


def test_no_ready_query_reads_all_rows_of_a_table_that_grows(entered):
    db = entered(1)
    grows = [table.name for table in TABLES if not table.is_count]
    for query in QUERIES:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys((*query.parameters, "_now_date_utc"), ""))]
        scanned = [step for step in plan if step.startswith("SCAN") and step.split()[1] in (*grows, "item") and "USING INDEX" not in step]
        assert scanned == [], query.name


def test_a_register_of_the_first_version_moves_along(tmp_path):
    path = tmp_path / "register.db"
    old = sqlite3.connect(path)
    m0001_bundles(old)
    for bundle, at in (("b1", "2026-01-01"), ("b2", "2026-02-01")):
        old.execute(
            "INSERT INTO bundles VALUES (?, 'v', 'Puerto', 'Cobres', 'CL', 'first', 'copper', 'd', '2025-12-01', '', 'f1', 'Ana', ?, 7)",
            [bundle, at],
        )
        old.execute("INSERT INTO ratings VALUES (?, '2', 'fully', 'Seen.')", [bundle])
        old.execute("INSERT INTO findings VALUES (?, 'f', '2', 'No register', 'gap', '', 'Write one', 'Manager', '2026-06-01')", [bundle])
        old.execute("INSERT INTO evidence VALUES (?, 'o', 's', 3, 'Interview Ana.m4a', 'audio/mp4')", [bundle])
        old.execute("INSERT INTO files VALUES (?, 'bagit.txt', 'd', 55)", [bundle])
        old.execute("INSERT INTO chains VALUES ('v', 'laptop', 7, 'd', ?)", [bundle])
        old.execute("INSERT INTO receipts VALUES (?, x'7b7d', ?)", [bundle, at])
    old.execute("CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT, PRIMARY KEY (migration_set, name))")
    old.execute("INSERT INTO _sqlite_migrations VALUES ('auditor_office', 'm0001_bundles', '2026-01-01')")
    old.commit()
    old.close()
    with open_register(path) as db:
        assert [one["bundle"] for one in received(db)] == ["b2", "b1"]
        assert column(db, "visit", "bundle") == ["b2"]
        assert [one["days_late"] for one in asked(db, "overdue-improvement-items")] == [30]
        assert list(db.execute("SELECT state, open_items, next_due FROM site")) == [("improving", 1, "2026-06-01")]
        assert (receipt_of(db, "b1"), last_chain(db, "v")) == (b"{}", {"laptop": (7, "d")})
        assert column(db, "receipt", "size") == [55, 55]
