"""What of a visit stands in the register, and what never does."""

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import NotAllowed
from auditor_app.register.register import open_register
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.office.receiving import receive_path
from auditor_app.workflows.office.registering import ask, copy_to_serve, export, ready_queries
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.visits import describe_visit


@pytest.fixture
def entered(office, enrolled, visit, sample_photo, tmp_path):
    """An office that has received a visit with a finding, a good practice, an interview, and evidence with a telling name."""
    describe_visit(enrolled, visit, {"starts_on": "2026-05-01", "ends_on": "2026-05-02"})
    take_in(enrolled, visit, sample_photo(tmp_path / "Whistleblower Juan.jpg"), targets=[Subject(CRITERION, "2")])
    rate(enrolled, visit, "2", "does_not", because="No register was shown.")
    raise_finding(enrolled, visit, "2", "No risk register")
    add_line(enrolled, visit, "interview", group="workers", people=3, summary="They fear the foreman Pedro")
    make_report(enrolled, visit, sign=True)
    make_bundle(enrolled, visit, out=tmp_path / "bundle")
    assert receive_path(office, tmp_path / "bundle").outcome == "received"
    return office


def rows(office, table: str) -> list[dict]:
    with open_register(office.register) as db:
        return list(db.table(table).rows)


def test_a_received_visit_is_one_row_set_with_the_words_of_its_form(entered, visit):
    (row,) = rows(entered, "visit")
    assert (row["visit"], row["site"], row["site_type"], row["ends_on"]) == (visit, "Fundición Río Seco", "smelter", "2026-05-02")
    assert row["days_to_report"] == 2 and row["reported_at"].startswith("2026-05-04")
    (criterion,) = rows(entered, "criterion")
    assert (criterion["criterion"], criterion["rating"]) == ("2", "does_not")
    assert criterion["level"] == 3
    assert criterion["name"] and criterion["rating_label"] not in {"", "does_not"}
    (finding,) = rows(entered, "finding")
    (item,) = rows(entered, "improvement_item")
    assert (finding["title"], finding["number"], finding["state"]) == ("No risk register", 1, "open")
    assert (item["finding"], item["state"], item["grade_label"]) == (finding["finding"], "open", finding["grade_label"])
    (evidence,) = rows(entered, "evidence")
    assert evidence["media_type"] == "image/jpeg" and evidence["captured_at"]
    (receipt,) = rows(entered, "receipt")
    assert receipt["files"] == len(rows(entered, "file")) and receipt["size"] == sum(file["size"] for file in rows(entered, "file"))


def test_nothing_of_interviews_and_no_file_name_is_anywhere_in_the_register(entered, tmp_path):
    export(entered, csv=tmp_path / "csv")
    everything = b"".join(path.read_bytes() for path in (*entered.folder.glob("register.db*"), *(tmp_path / "csv").iterdir()))
    assert b"No risk register" in everything
    for secret in (b"Whistleblower", b"Juan", b"foreman", b"Pedro"):
        assert secret not in everything


def test_every_ready_query_is_answered_and_unknown_ones_are_refused(entered):
    for query in ready_queries():
        assert isinstance(ask(entered, query.name, {}), list)
    assert [one["visits"] for one in ask(entered, "ratings-by-criterion", {})] == [1]
    assert len(ask(entered, "visits-to-a-site", {"company": "Cobres del Sur", "site": "Fundición Río Seco"})) == 1
    for name, given in (("of-nobody", {}), ("newest-bundles", {"site": "x"})):
        with pytest.raises(NotAllowed, match="query_unknown"):
            ask(entered, name, given)


def test_a_copy_to_serve_is_readable_by_its_owner_alone(entered):
    copy = copy_to_serve(entered)
    assert copy.read_bytes().startswith(b"SQLite format 3")
    assert copy.stat().st_mode & 0o077 == 0
