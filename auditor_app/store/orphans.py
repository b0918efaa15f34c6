"""Rows that belong to nothing: what a change left behind that was not made in one transaction. There must never be any."""

from auditor_app.sqlite_driver import Database

_ORPHANS = {
    "sealed_without_evidence": """
        SELECT original FROM sealed WHERE original NOT IN (SELECT digest FROM reports)
        AND original NOT IN (SELECT original FROM assigned_documents)
        AND original NOT IN (SELECT subject_id FROM entries WHERE subject_kind = 'evidence')""",  # withdrawn evidence has its entries too
    "picture_without_original": "SELECT original FROM thumbnails WHERE original NOT IN (SELECT original FROM sealed)",
    "evidence_without_intake": """
        SELECT DISTINCT visit || ' ' || subject_id AS place FROM entries WHERE subject_kind = 'evidence' AND field = 'original'
        AND place NOT IN (SELECT visit || ' ' || json_extract(document, '$.value.evidence') FROM entries WHERE subject_kind = 'intake')""",
    "link_without_evidence": """
        SELECT DISTINCT visit || ' ' || subject_id FROM entries WHERE subject_kind = 'link'
        AND substr(subject_id, 1, 64) NOT IN (SELECT subject_id FROM entries WHERE subject_kind = 'evidence')""",
    "report_without_visit": "SELECT id FROM reports WHERE visit NOT IN (SELECT visit FROM entries)",
    "report_without_file": "SELECT id FROM reports WHERE digest NOT IN (SELECT original FROM sealed)",
    "bundle_without_visit": "SELECT id FROM bundles WHERE visit NOT IN (SELECT visit FROM entries)",
    "name_without_interview": """
        SELECT id FROM names WHERE interview NOT IN (SELECT subject_id FROM entries WHERE subject_kind = 'interview')""",
}
"""By the code of the fault: what finds the rows at fault."""


def orphans(db: Database) -> list[tuple[str, str]]:
    """List rows that belong to nothing: the code of the fault, and the row."""
    return [(code, str(place)) for code, query in _ORPHANS.items() for (place,) in db.execute(query).fetchall()]
