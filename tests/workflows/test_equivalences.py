"""Equivalences from the list to the reports; they never rate."""

import subprocess

import pytest

from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.errors import NotAllowed
from auditor_app.workflows.coverage import gap_words, standing
from auditor_app.workflows.lists import add_line, remove_line, revise_line
from auditor_app.workflows.reports import export_report, make_report
from auditor_app.workflows.visits import describe_visit, open_visit

ISO = {
    "system": "ISO 45001",
    "version": "2018",
    "number": "OHS-17",
    "issuer": "Cert SpA",
    "expires": "2026-05-20",
    "criteria": ["17", "18"],
}


def printed(workspace, visit, kind, folder):
    export_report(workspace, make_report(workspace, visit, kind=kind), folder / f"{kind}.pdf")
    return " ".join(subprocess.run(["pdftotext", folder / f"{kind}.pdf", "-"], capture_output=True, text=True, check=True).stdout.split())


def test_what_was_credited_and_what_to_be_careful_of_is_in_the_reports_and_nothing_is_rated(workspace, visit, tmp_path):
    line, _changes = add_line(workspace, visit, EQUIVALENCE, **ISO)
    revise_line(workspace, visit, EQUIVALENCE, line, decision="credited_in_part", because="The drills are covered.", checks="Drills alone.")
    full, summary = printed(workspace, visit, "full", tmp_path), printed(workspace, visit, "summary", tmp_path)
    for words in (
        "ISO 45001 2018",
        "OHS-17",
        "Credited in part: The drills are covered.",
        "Drills alone.",
        "it expires within two months",
    ):
        assert words in full, words
    assert "ISO 45001 2018" in summary and "Credited in part · Criteria 17, 18 · valid until 20 May 2026" in summary
    assert "OHS-17" not in summary and "covered" not in summary
    assert not workspace.visit(visit).criteria


def test_only_known_decisions_and_criteria_are_kept_and_a_line_can_go(workspace, visit):
    for wrong in ({"decision": "perhaps"}, {"criteria": ["99"]}):
        with pytest.raises(NotAllowed):
            add_line(workspace, visit, EQUIVALENCE, **{**ISO, **wrong})
    line, _changes = add_line(workspace, visit, EQUIVALENCE, **ISO)
    remove_line(workspace, visit, EQUIVALENCE, line, reason="Entered twice.")
    assert workspace.visit(visit).equivalences == ()


def test_a_credited_certificate_that_has_expired_stands_among_the_gaps_and_one_that_is_not_credited_does_not(workspace, visit):
    describe_visit(workspace, visit, {"ends_on": "2026-06-01"})
    line, _changes = add_line(workspace, visit, EQUIVALENCE, **ISO, scope="The plant.")
    told = lambda: [gap_words(gap) for gap in standing(open_visit(workspace, visit)).gaps if gap.rule == "equivalence_doubtful"]  # noqa: E731
    assert told() == []
    revise_line(workspace, visit, EQUIVALENCE, line, decision="credited", because="Seen.")
    assert told() == ["“ISO 45001” is credited, but it has expired"]
