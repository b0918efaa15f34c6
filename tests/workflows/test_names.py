import logging
import subprocess

import pytest

from auditor_app.bundle.names import RECORD
from auditor_app.errors import NotAllowed
from auditor_app.store.journal import entries_of_visit
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.finding_words import find_words
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import undo
from auditor_app.workflows.lists import add_line, revise_line
from auditor_app.workflows.names import keep_name, kept_name
from auditor_app.workflows.reports import export_report, make_report

NAME = "Zacarías Quispe-Xolotl"
MARKS = ("Zacar", "Quispe", "Xolotl", "555-0142")


@pytest.fixture
def interview(enrolled, visit):
    """An interview and a quote, and the name of who was heard, kept apart."""
    line, _changes = add_line(enrolled, visit, "interview", group="line workers", people=1, consent="given", summary="Long shifts.")
    add_line(enrolled, visit, "quote", interview=line, original="Doce horas.", interpreted="Twelve hours.", criteria=["16"])
    keep_name(enrolled, visit, line, f"{NAME}\n+00 555-0142")
    return line


def has_mark(data: object) -> list[str]:
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
    return [mark for mark in MARKS if mark.casefold() in text.casefold()]


def tables(workspace) -> list[str]:
    rows = workspace.db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return [name for (name,) in rows]


def test_a_name_is_kept_and_given_back_to_who_asks_for_it(enrolled, visit, interview):
    assert kept_name(enrolled, visit, interview) == f"{NAME}\n+00 555-0142"
    other, _changes = add_line(enrolled, visit, "interview", group="contractors")
    assert kept_name(enrolled, visit, other) == ""


def test_a_later_name_stands_beside_the_earlier_one_and_undo_does_not_touch_it(enrolled, visit, interview):
    keep_name(enrolled, visit, interview, "Corrected Xolotl")
    assert kept_name(enrolled, visit, interview) == "Corrected Xolotl"
    assert enrolled.db.execute("SELECT count(*) FROM names").fetchone()[0] == 2
    revise_line(enrolled, visit, "interview", interview, people=2)
    undo(enrolled, visit)
    assert kept_name(enrolled, visit, interview) == "Corrected Xolotl"


def test_a_name_is_in_no_entry_and_in_no_table_in_clear(enrolled, visit, interview):
    for entry in entries_of_visit(enrolled.db, visit):
        assert not has_mark(entry), entry.field
    assert "names" in tables(enrolled)
    for table in tables(enrolled):
        for row in enrolled.db.execute(f'SELECT * FROM "{table}"').fetchall():  # noqa: S608 - the database's own names
            assert not any(has_mark(value) for value in row), table
    assert has_mark(f"x {NAME}".encode()), "the test itself can see it"


def test_no_search_finds_a_name(enrolled, visit, interview):
    assert find_words(enrolled, visit, "Twelve"), "the quote is found"
    for words in (NAME, *MARKS, "zacarias", "quispe xolotl"):
        assert find_words(enrolled, visit, words) == []


def test_no_report_prints_a_name(enrolled, visit, interview, tmp_path):
    for number, sign in enumerate((False, True)):
        target = tmp_path / f"findings-{number}.pdf"
        export_report(enrolled, make_report(enrolled, visit, sign=sign), target)
        text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True).stdout
        assert "Fundición Río Seco" in text
        assert not has_mark(text)
        assert not has_mark(target.read_bytes())


def test_no_bundle_carries_a_name_not_even_to_the_office(enrolled, visit, office, interview, tmp_path):
    make_report(enrolled, visit, sign=True)
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    record = unseal_bytes((tmp_path / "bundle" / RECORD).read_bytes(), office.secret, "record")
    assert b"Twelve hours." in record, "what was said is there"
    assert not has_mark(record)
    for path in (tmp_path / "bundle").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not has_mark(data), path
            assert not has_mark(unseal_bytes(data, office.secret, path.name) if path.suffix == ".age" else b""), path


def test_no_log_and_no_error_says_a_name(enrolled, visit, interview, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(NotAllowed) as error:
        keep_name(enrolled, visit, interview, f"{NAME}\u202e")
    assert not has_mark(repr(error.value) + str(error.value.values))
    with pytest.raises(NotAllowed):
        keep_name(enrolled, visit, "no such interview", NAME)
    kept_name(enrolled, visit, interview)
    assert not has_mark(caplog.text)


def test_the_files_of_a_workspace_do_not_show_a_name(enrolled, visit, interview):
    enrolled.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in enrolled.folder.rglob("*"):
        if path.is_file():
            assert not has_mark(path.read_bytes()), path
