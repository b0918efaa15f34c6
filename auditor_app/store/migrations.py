"""The schema's history: append only, importing nothing of ours, so that it never moves when the domain does."""

from auditor_app.sqlite_driver import Database, Migrations

migrations = Migrations("auditor_app")

NAMES = (
    *("m0001_journal", "m0002_evidence", "m0003_hand_over", "m0004_search", "m0005_names", "m0006_lean_tables", "m0007_report_places"),
    *("m0008_assignments", "m0009_more_words"),
)


@migrations()
def m0001_journal(db: Database) -> None:
    """Entries, the tables folded from them, forms and named facts of the workspace."""
    for statement in (
        """CREATE TABLE entries (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, visit TEXT NOT NULL, device TEXT NOT NULL,
            sequence INTEGER NOT NULL, digest TEXT NOT NULL,
            author TEXT NOT NULL, recorded_at TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL,
            field TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (visit, device, sequence)
        ) STRICT""",
        "CREATE INDEX entries_by_subject ON entries (visit, subject_kind, subject_id)",
        """CREATE TABLE replacements (
            replaced TEXT NOT NULL, by_entry TEXT NOT NULL, PRIMARY KEY (replaced, by_entry)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE heads (
            entry TEXT PRIMARY KEY REFERENCES entries (id), visit TEXT NOT NULL, subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL, field TEXT NOT NULL) STRICT, WITHOUT ROWID""",
        "CREATE INDEX heads_by_field ON heads (visit, subject_kind, subject_id, field)",
        "CREATE TABLE forms (digest TEXT PRIMARY KEY, form TEXT NOT NULL, canonical TEXT NOT NULL) STRICT",
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END""",
        """CREATE TRIGGER entries_never_go BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END""",
    ):
        db.execute(statement)


@migrations()
def m0002_evidence(db: Database) -> None:
    """Where the sealed bytes of each original are, and its small picture."""
    db.execute("""CREATE TABLE sealed (
        original TEXT PRIMARY KEY, sealed TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, sealed_size INTEGER NOT NULL,
        recipients TEXT NOT NULL, released_at TEXT NOT NULL) STRICT""")
    db.execute("CREATE TABLE thumbnails (original TEXT PRIMARY KEY, jpeg BLOB NOT NULL) STRICT")


@migrations()
def m0003_hand_over(db: Database) -> None:
    """Reports signed, bundles made, and the office's receipts for them."""
    db.execute("""CREATE TABLE reports (
        id TEXT PRIMARY KEY, visit TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, made_at TEXT NOT NULL,
        digest TEXT NOT NULL, signed INTEGER NOT NULL, details TEXT NOT NULL) STRICT""")
    db.execute("""CREATE TABLE bundles (
        id TEXT PRIMARY KEY, visit TEXT NOT NULL, made_at TEXT NOT NULL, listing TEXT NOT NULL, sent_at TEXT NOT NULL,
        received_at TEXT NOT NULL, receipt BLOB) STRICT""")


@migrations()
def m0004_search(db: Database) -> None:
    """The words of all current texts, by the row of their entry."""
    db.execute("CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')")


@migrations()
def m0005_names(db: Database) -> None:
    """Names of interviewees, each sealed by itself; in no entry, no report and no index. Rows are only ever added."""
    db.execute("""CREATE TABLE names (
        id TEXT PRIMARY KEY, visit TEXT NOT NULL, interview TEXT NOT NULL, sealed BLOB NOT NULL, kept_at TEXT NOT NULL) STRICT""")
    db.execute("CREATE INDEX names_by_interview ON names (visit, interview)")


@migrations()
def m0006_lean_tables(db: Database) -> None:
    """Folded tables that one answer changes in as few pages as can be: heads by place, replacements only of what is not here yet."""
    for statement in (
        "DROP TABLE heads",
        "DROP TABLE replacements",
        """CREATE TABLE heads (
            visit TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, field TEXT NOT NULL,
            entry INTEGER NOT NULL REFERENCES entries (number),
            PRIMARY KEY (visit, subject_kind, subject_id, field, entry)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE awaited (
            replaced TEXT NOT NULL, by_entry TEXT NOT NULL, PRIMARY KEY (replaced, by_entry)) STRICT, WITHOUT ROWID""",
    ):
        db.execute(statement)


@migrations()
def m0007_report_places(db: Database) -> None:
    """What each part of a report's pages is about, beside the report, so that its file stays clean."""
    db.execute("CREATE TABLE report_places (report TEXT PRIMARY KEY REFERENCES reports (id), places TEXT NOT NULL) STRICT")


@migrations()
def m0008_assignments(db: Database) -> None:
    """Letters in which the office assigns a visit, and the documents that came with them before the visit is begun."""
    db.execute("""CREATE TABLE assignments (
        id TEXT PRIMARY KEY, visit TEXT NOT NULL, version INTEGER NOT NULL, letter BLOB NOT NULL, taken_at TEXT NOT NULL) STRICT""")
    db.execute("""CREATE TABLE assigned_documents (
        original TEXT NOT NULL, assignment TEXT NOT NULL, PRIMARY KEY (original, assignment)) STRICT, WITHOUT ROWID""")


@migrations()
def m0009_more_words(db: Database) -> None:
    """The site's profile, the workforce and what the office asks can be looked for: what is folded is made anew after an upgrade."""
    db.execute("DELETE FROM search")
