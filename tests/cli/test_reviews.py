"""Rounds of review by commands: received, asked, returned, answered, handed over again, compared, accepted."""

import pytest


@pytest.fixture
def office(call, tmp_path):
    """Call `auditor-office` on one folder, whose mailbox is a folder too."""
    (tmp_path / "mailbox").mkdir()

    def run(*words, code=0):
        return call("auditor-office", "--office", tmp_path / "office", *words, code=code)

    run("init", "--name", "Office of Assurance", "--mailbox", tmp_path / "mailbox")
    return run


@pytest.fixture
def handed_over(auditor, begun, office, tmp_path):
    """Hand the visit over as it stands; gives the bundle's id once it is received."""
    auditor("identity", "request", "--out", tmp_path / "request.json")
    office("enrol", tmp_path / "request.json", "--out", tmp_path / "answer.json")
    auditor("identity", "import", tmp_path / "answer.json")
    auditor("rate", "last", "17", "partially", "--because", "One was missing.")
    auditor("finding", "add", "last", "17", "Guard missing")
    count = iter(range(9))

    def again():
        auditor("report", "last", "--out", tmp_path / f"{next(count)}.pdf", "--sign")
        auditor("bundle", "last")
        auditor("sync")
        (one,) = [line for line in office("receive", "--json").json if line["outcome"] == "received"]
        return one["bundle"]

    return again


@pytest.fixture
def returned(auditor, office, handed_over, tmp_path) -> str:
    """The first version, reviewed, asked about and returned on a stick; gives its bundle."""
    assert auditor("question", "list", "last").out == "The office asks nothing.\n"
    assert "not decided on any version" in auditor("question", "changes", "last").out
    first = handed_over()
    about = {"17": "Which units?", "17-d1": "Dated when?", "finding:1": "Systemic?", "report": "By whom?"}
    words = [word for one, text in about.items() for word in ("--ask", one, text)]
    shown = office("review", first[:9], *words, "--by", "Rosa", "--json").json
    assert (shown["questions"][0]["about"], shown["questions"][0]["state"]) == ({"kind": "criterion", "id": "17"}, "draft")
    assert "There is no question “9”" in office("review", first, "--drop", "9", code=2).err
    office("review", first, "--drop", "2", "--change", "1", "Which units were sampled?")
    assert "cannot be accepted" in office("return", first, "--decision", "accepted", "--by", "Rosa", code=2).err
    office("return", first, "--decision", "returned", "--words", "Please answer.", "--by", "Rosa")
    assert "already decided" in office("return", first, "--decision", "accepted", "--by", "Rosa", code=2).err
    office("return", first, "--out", tmp_path / "stick")
    return first


def test_what_the_office_asks_is_listed_and_answered_by_commands(auditor, returned, tmp_path):
    assert "returned the visit" in auditor("letters", tmp_path / "stick").out
    listed = auditor("question", "list", "last", "--json").json
    assert [one["text"] for one in listed["questions"]] == ["Which units were sampled?", "Systemic?", "By whom?"]
    assert listed["decisions"][0]["words"] == "Please answer."
    assert "Nothing was changed since." in auditor("question", "changes", "last").out
    auditor("question", "reply", "last", "1", "All three.")
    auditor("question", "reply", "last", listed["questions"][1]["id"], "It is.")
    auditor("question", "reply", "last", "7", "What?", code=2)
    auditor("rate", "last", "17", "fully", "--because", "It was shown.")
    told = auditor("question", "changes", "last").out
    assert "Criterion 17 Occupational Health & Safety · Proposed rating: Partially Meets → Fully Meets · Ana Núñez" in told
    assert len(auditor("question", "changes", "last", "--json").json) == 4
    assert "not answered yet" in auditor("question", "list", "last").out


def test_a_second_version_is_compared_with_the_first_and_accepted_by_commands(auditor, office, returned, handed_over, tmp_path):
    auditor("letters", tmp_path / "stick")
    auditor("question", "reply", "last", "1", "All three.")
    auditor("question", "reply", "last", "2", "It is.")
    auditor("rate", "last", "17", "fully", "--because", "It was shown.")
    second = handed_over()
    shown = office("review", second).out
    assert shown.startswith(f"Version 1  {returned[:12]}") and f"Version 2  {second[:12]}" in shown
    assert "Ana Núñez: All three." in shown and "Partially Meets → Fully Meets" in shown
    office("return", second, "--decision", "accepted", "--by", "Rosa", code=2)
    office("review", second, "--settle", "3", "The map says so.")
    office("return", second, "--decision", "accepted", "--by", "Rosa")
    news = auditor("sync", "--json").json["news"]
    assert [(one["kind"], one["detail"]) for one in news if one["kind"] == "review"] == [("review", "accepted")]
    assert auditor("visit", "show", "last", "--json").json["visit"]["facts"]["state"] == "closed"
    assert office("review", "f" * 64, code=2).err.startswith("Error: No bundle")
    assert office("review", second, "--new-round", "--json").json["rounds"][-1]["round"] == 3


def test_whoever_changes_a_visit_that_is_closed_for_good_is_told_once_beside_the_result(auditor, office, begun, handed_over):
    assert auditor("rate", "last", "3", "fully").err == ""
    bundle = handed_over()
    office("return", bundle, "--decision", "accepted", "--by", "Rosa")
    assert "not part of what was accepted" not in auditor("sync").err, "taking the decision in is no change of the auditor's"
    told = auditor("rate", "last", "3", "partially", "--because", "One was late.")
    assert told.err.count("not part of what was accepted") == 1 and told.out == ""
    other = auditor("finding", "add", "last", "17", "Late", "--statement", "Seen later.")
    assert other.err.count("not part of what was accepted") == 1
    for words in (("visit", "show", "last"), ("finding", "list", "last"), ("history", "last"), ("rate", "last", "3", "partially")):
        assert auditor(*words).err == "", "nothing was changed by it"
