"""The history of the register's schema: append only, importing nothing of ours but the driver."""

from auditor_app.sqlite_driver import Database, Migrations

migrations = Migrations("auditor_office")

NAMES = ("m0001_bundles", "m0002_row_sets", "m0003_reviews", "m0004_assignments", "m0005_refusals")


@migrations()
def m0001_bundles(db: Database) -> None:
    """Bundles with their ratings, findings, evidence, files and receipts."""
    for statement in (
        """CREATE TABLE bundles (
            bundle TEXT PRIMARY KEY, visit TEXT NOT NULL, site TEXT NOT NULL, company TEXT NOT NULL, country TEXT NOT NULL,
            kind TEXT NOT NULL, form TEXT NOT NULL, form_digest TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
            auditor TEXT NOT NULL, auditor_name TEXT NOT NULL, received_at TEXT NOT NULL, entries INTEGER NOT NULL) STRICT""",
        """CREATE TABLE ratings (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), criterion TEXT NOT NULL, rating TEXT NOT NULL, because TEXT NOT NULL,
            PRIMARY KEY (bundle, criterion)) STRICT""",
        """CREATE TABLE findings (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), finding TEXT NOT NULL, criterion TEXT NOT NULL, title TEXT NOT NULL,
            grade TEXT NOT NULL, statement TEXT NOT NULL, action TEXT NOT NULL, owner TEXT NOT NULL, due TEXT NOT NULL,
            PRIMARY KEY (bundle, finding)) STRICT""",
        """CREATE TABLE evidence (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), original TEXT NOT NULL, sealed TEXT NOT NULL, size INTEGER NOT NULL,
            name TEXT NOT NULL, media_type TEXT NOT NULL, PRIMARY KEY (bundle, original)) STRICT""",
        """CREATE TABLE files (
            bundle TEXT NOT NULL REFERENCES bundles (bundle), name TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
            PRIMARY KEY (bundle, name)) STRICT""",
        """CREATE TABLE chains (
            visit TEXT NOT NULL, device TEXT NOT NULL, sequence INTEGER NOT NULL, digest TEXT NOT NULL, bundle TEXT NOT NULL,
            PRIMARY KEY (visit, device, bundle)) STRICT""",
        "CREATE TABLE receipts (bundle TEXT PRIMARY KEY REFERENCES bundles (bundle), letter BLOB NOT NULL, made_at TEXT NOT NULL) STRICT",
    ):
        db.execute(statement)


_TABLES = (
    """CREATE TABLE bundle (
        bundle TEXT PRIMARY KEY, visit TEXT NOT NULL, auditor TEXT NOT NULL, auditor_name TEXT NOT NULL,
        received_at TEXT NOT NULL, entries INTEGER NOT NULL) STRICT""",
    "CREATE INDEX bundle_by_time ON bundle (received_at)",
    """CREATE TABLE visit (
        visit TEXT PRIMARY KEY, bundle TEXT NOT NULL, site TEXT NOT NULL, company TEXT NOT NULL, country TEXT NOT NULL,
        location TEXT NOT NULL DEFAULT '', site_type TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, form TEXT NOT NULL,
        form_digest TEXT NOT NULL, starts_on TEXT, ends_on TEXT, state TEXT NOT NULL DEFAULT '', auditor TEXT NOT NULL,
        auditor_name TEXT NOT NULL, reported_at TEXT, days_to_report INTEGER, received_at TEXT NOT NULL) STRICT""",
    "CREATE INDEX visit_by_site ON visit (company, site, country, ends_on)",
    """CREATE TABLE criterion (
        visit TEXT NOT NULL, criterion TEXT NOT NULL, form TEXT NOT NULL, name TEXT NOT NULL DEFAULT '', rating TEXT NOT NULL,
        rating_label TEXT NOT NULL DEFAULT '', level INTEGER, because TEXT NOT NULL, departs TEXT NOT NULL DEFAULT '',
        applies TEXT NOT NULL DEFAULT '', PRIMARY KEY (visit, criterion)) STRICT""",
    """CREATE TABLE finding (
        visit TEXT NOT NULL, finding TEXT NOT NULL, number INTEGER NOT NULL, criterion TEXT NOT NULL,
        check_id TEXT NOT NULL DEFAULT '', title TEXT NOT NULL, grade TEXT NOT NULL, grade_label TEXT NOT NULL DEFAULT '',
        nature TEXT NOT NULL DEFAULT 'gap', systemic INTEGER NOT NULL DEFAULT 0, statement TEXT NOT NULL,
        objective_evidence TEXT NOT NULL DEFAULT '', requirement TEXT NOT NULL DEFAULT '', position TEXT NOT NULL DEFAULT '',
        site_reply TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'open', closed_on TEXT,
        closed_because TEXT NOT NULL DEFAULT '', PRIMARY KEY (visit, finding)) STRICT""",
    """CREATE TABLE improvement_item (
        visit TEXT NOT NULL, finding TEXT NOT NULL, criterion TEXT NOT NULL, title TEXT NOT NULL, grade_label TEXT NOT NULL DEFAULT '',
        action TEXT NOT NULL, owner TEXT NOT NULL, due TEXT, state TEXT NOT NULL DEFAULT 'open', closed_on TEXT,
        PRIMARY KEY (visit, finding)) STRICT""",
    "CREATE INDEX improvement_item_open ON improvement_item (due) WHERE state <> 'closed'",
    """CREATE TABLE evidence_piece (
        visit TEXT NOT NULL, original TEXT NOT NULL, sealed TEXT NOT NULL, size INTEGER NOT NULL, media_type TEXT NOT NULL,
        captured_at TEXT NOT NULL DEFAULT '', happened_at TEXT NOT NULL DEFAULT '', taken_in_at TEXT, is_copy INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (visit, original)) STRICT""",
    """CREATE TABLE file (
        bundle TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (bundle, name)) STRICT""",
    """CREATE TABLE chain (
        visit TEXT NOT NULL, device TEXT NOT NULL, bundle TEXT NOT NULL, sequence INTEGER NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (visit, device, bundle)) STRICT""",
    """CREATE TABLE receipt (
        bundle TEXT PRIMARY KEY, visit TEXT NOT NULL, made_at TEXT NOT NULL, files INTEGER NOT NULL, size INTEGER NOT NULL,
        letter BLOB NOT NULL) STRICT""",
    """CREATE TABLE site (
        company TEXT NOT NULL, site TEXT NOT NULL, country TEXT NOT NULL, visit TEXT NOT NULL, state TEXT NOT NULL,
        open_items INTEGER NOT NULL, next_due TEXT, PRIMARY KEY (company, site, country)) STRICT""",
    """CREATE TABLE recovery (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, by_whom TEXT NOT NULL, workspace TEXT NOT NULL, source TEXT NOT NULL,
        target TEXT NOT NULL) STRICT""",
    """CREATE TABLE rating_count (
        form TEXT NOT NULL, criterion TEXT NOT NULL, name TEXT NOT NULL, level INTEGER NOT NULL, rating_label TEXT NOT NULL,
        rows INTEGER NOT NULL, PRIMARY KEY (form, criterion, name, level, rating_label)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE due_count (due TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE site_count (
        state TEXT NOT NULL, next_due TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (state, next_due)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE report_count (days INTEGER PRIMARY KEY, rows INTEGER NOT NULL) STRICT",
)

_COUNTED = (
    ("criterion", "rating_count", "form, criterion, name, level, rating_label", "{0}.rating <> ''"),
    ("improvement_item", "due_count", "due", "{0}.state <> 'closed' AND {0}.due IS NOT NULL"),
    ("site", "site_count", "state, next_due", "1"),
    ("visit", "report_count", "days", "{0}.days_to_report IS NOT NULL"),
)
"""What is counted: rows of a table, in which table of counts, by which of its columns, and which rows."""

_VALUE_OF = {"next_due": "ifnull({0}.next_due, '')", "days": "{0}.days_to_report", "level": "ifnull({0}.level, 99)"}


def _triggers(table: str, counts: str, columns: str, condition: str) -> tuple[str, str]:
    """Write the triggers that keep counts in step; rows are only ever inserted and deleted, never updated."""

    def values(row: str) -> list[str]:
        return [_VALUE_OF.get(name, "{0}." + name).format(row) for name in columns.split(", ")]

    same = " AND ".join(f"{name} = {value}" for name, value in zip(columns.split(", "), values("old"), strict=True))
    return (
        f"""CREATE TRIGGER {table}_counted AFTER INSERT ON {table} WHEN {condition.format("new")} BEGIN
            INSERT INTO {counts} ({columns}, rows) VALUES ({", ".join(values("new"))}, 1)
            ON CONFLICT ({columns}) DO UPDATE SET rows = rows + 1; END""",  # noqa: S608 - our own words
        f"""CREATE TRIGGER {table}_uncounted AFTER DELETE ON {table} WHEN {condition.format("old")} BEGIN
            UPDATE {counts} SET rows = rows - 1 WHERE {same};
            DELETE FROM {counts} WHERE {same} AND rows = 0; END""",  # noqa: S608 - our own words
    )


_MOVES = (
    "CREATE TEMP TABLE newest AS SELECT visit, bundle, max(received_at) FROM bundles GROUP BY visit",
    "INSERT INTO bundle SELECT bundle, visit, auditor, auditor_name, received_at, entries FROM bundles",
    """INSERT INTO visit (visit, bundle, site, company, country, kind, form, form_digest, starts_on, ends_on, auditor, auditor_name,
        received_at) SELECT visit, bundle, site, company, country, kind, form, form_digest, nullif(starts_on, ''), nullif(ends_on, ''),
        auditor, auditor_name, received_at FROM bundles JOIN newest USING (visit, bundle)""",
    """INSERT INTO criterion (visit, criterion, form, rating, rating_label, because)
        SELECT visit, criterion, form, rating, rating, because
        FROM ratings JOIN bundles USING (bundle) JOIN newest USING (visit, bundle)""",
    """INSERT INTO finding (visit, finding, number, criterion, title, grade, grade_label, statement)
        SELECT visit, finding, row_number() OVER (PARTITION BY visit ORDER BY finding), criterion, title, grade, grade, statement
        FROM findings JOIN newest USING (bundle)""",
    """INSERT INTO improvement_item (visit, finding, criterion, title, grade_label, action, owner, due)
        SELECT visit, finding, criterion, title, grade, action, owner, nullif(due, '') FROM findings JOIN newest USING (bundle)""",
    """INSERT INTO evidence_piece (visit, original, sealed, size, media_type)
        SELECT visit, original, sealed, size, media_type FROM evidence JOIN newest USING (bundle)""",
    "INSERT INTO file SELECT bundle, name, digest, size FROM files",
    "INSERT INTO chain SELECT visit, device, bundle, sequence, digest FROM chains",
    """INSERT INTO receipt SELECT bundle, visit, made_at, count(name), ifnull(sum(size), 0), letter
        FROM receipts JOIN bundles USING (bundle) LEFT JOIN files USING (bundle) GROUP BY bundle""",
    """INSERT INTO site SELECT company, site, country, visit,
        CASE WHEN count(finding) THEN 'improving' ELSE 'nothing_to_improve' END, count(finding), min(due)
        FROM (SELECT *, max(ifnull(ends_on, '') || received_at) FROM visit GROUP BY company, site, country)
        LEFT JOIN improvement_item USING (visit) GROUP BY company, site, country""",
)


@migrations()
def m0002_row_sets(db: Database) -> None:
    """One row set per visit, as its newest bundle tells it, with counts kept in step; what was entered before moves along."""
    for statement in _TABLES:
        db.execute(statement)
    for counted in _COUNTED:
        for trigger in _triggers(*counted):
            db.execute(trigger)
    for statement in _MOVES:
        db.execute(statement)
    for table in ("receipts", "chains", "files", "evidence", "findings", "ratings", "bundles"):
        db.execute(f"DROP TABLE {table}")
    db.execute("DROP TABLE newest")
    db.execute("ALTER TABLE evidence_piece RENAME TO evidence")


@migrations()
def m0003_reviews(db: Database) -> None:
    """The office's reviews in rounds, and what they ask."""
    for statement in (
        """CREATE TABLE review (
            review TEXT PRIMARY KEY, visit TEXT NOT NULL, bundle TEXT NOT NULL, round INTEGER NOT NULL, by_whom TEXT NOT NULL DEFAULT '',
            begun_at TEXT NOT NULL, decision TEXT NOT NULL DEFAULT '', words TEXT NOT NULL DEFAULT '', returned_at TEXT,
            letter BLOB, UNIQUE (visit, round)) STRICT""",
        "CREATE UNIQUE INDEX review_in_the_making ON review (visit) WHERE returned_at IS NULL",
        """CREATE TABLE question (
            question TEXT PRIMARY KEY, review TEXT NOT NULL, visit TEXT NOT NULL, about TEXT NOT NULL, subject TEXT NOT NULL,
            text TEXT NOT NULL, asked_at TEXT NOT NULL, reply TEXT NOT NULL DEFAULT '', replied_by TEXT NOT NULL DEFAULT '',
            replied_at TEXT, settled TEXT NOT NULL DEFAULT '') STRICT""",
        "CREATE INDEX chain_of_bundle ON chain (bundle)",
        "CREATE INDEX bundle_of_visit ON bundle (visit)",
        "CREATE INDEX question_of_visit ON question (visit, question)",
        "CREATE INDEX question_open ON question (asked_at) WHERE reply = '' AND settled = ''",
    ):
        db.execute(statement)


@migrations()
def m0004_assignments(db: Database) -> None:
    """What was handed to which team."""
    db.execute("""CREATE TABLE assignment (
        assignment TEXT PRIMARY KEY, version INTEGER NOT NULL, visit TEXT NOT NULL, site TEXT NOT NULL, company TEXT NOT NULL,
        country TEXT NOT NULL, kind TEXT NOT NULL, form TEXT NOT NULL, form_digest TEXT NOT NULL, starts_on TEXT, ends_on TEXT,
        due TEXT, team TEXT NOT NULL, made_at TEXT NOT NULL, sent_at TEXT, letter BLOB NOT NULL) STRICT""")
    db.execute("CREATE INDEX assignment_of_visit ON assignment (visit)")


@migrations()
def m0005_refusals(db: Database) -> None:
    """Bundles that were not taken, and why."""
    db.execute("""CREATE TABLE refusal (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, bundle TEXT NOT NULL, outcome TEXT NOT NULL, came_from TEXT NOT NULL,
        auditor TEXT NOT NULL, auditor_name TEXT NOT NULL, reasons TEXT NOT NULL, has_letter INTEGER NOT NULL) STRICT""")
    db.execute("CREATE INDEX refusal_by_time ON refusal (at)")
