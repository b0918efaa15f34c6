"""Assigning and opening a visit by commands: what a person gets to read, and how they end."""

import pytest


@pytest.fixture
def office(call, auditor, tmp_path):
    """Call `auditor-office` on an office that has enrolled Ana Núñez."""
    (tmp_path / "mailbox").mkdir()

    def run(*words, code=0):
        return call("auditor-office", "--office", tmp_path / "office", *words, code=code)

    run("init", "--name", "Office of Assurance", "--mailbox", tmp_path / "mailbox")
    auditor("identity", "request", "--out", tmp_path / "request.json")
    run("enrol", tmp_path / "request.json", "--out", tmp_path / "answer.json")
    auditor("identity", "import", tmp_path / "answer.json")
    return run


@pytest.fixture
def file(tmp_path, office):
    """The office's own example, with a team that it has enrolled."""
    text = office("assign", "--template").out.replace("  - auditor: Rosa Vidal\n    role: lead\n", "")
    (tmp_path / "visit.yaml").write_text(text, "utf-8")
    return tmp_path / "visit.yaml"


def test_the_example_of_the_office_is_a_whole_assignment_that_opens_as_a_visit(auditor, office, file):
    made = office("assign", file, "--json").json
    assert [one["name"] for one in made["team"]] == ["Ana Núñez"]
    assert "Quebrada Honda smelter" in auditor("sync").out
    assert "waits to be opened" in auditor("assignment", "list").out
    shown = auditor("assignment", "show", "last")
    assert "site: Quebrada Honda smelter" in shown.out
    assert "instructions: Look closely at bought-in material." in shown.out
    opened = auditor("assignment", "open", made["assignment"][:18])
    assert opened.out.strip() == made["visit"]
    assert "ready" in opened.err
    visit = auditor("visit", "show", made["visit"], "--json").json["visit"]
    assert visit["facts"]["photo_review"] == "yes"
    assert visit["equivalences"][0]["version"] == "2015"
    assert visit["earlier"][0]["due"] == "2024-11-22"
    assert "nothing new" in auditor("assignment", "open", "last").err
    assert "in its visit" in auditor("assignment", "show", "last").out


def test_a_change_of_the_office_shows_before_it_is_brought_in(auditor, office, file):
    made = office("assign", file, "--json").json
    auditor("sync")
    auditor("assignment", "open", "last")
    file.write_text(file.read_text("utf-8").replace("ends_on: 2026-11-19", "ends_on: 2026-11-20"), "utf-8")
    assert office("assign", file, "--changes", made["assignment"], "--json").json["version"] == 2
    auditor("sync")
    assert "changed by the office" in auditor("assignment", "list").out
    assert "visit ends_on: 2026-11-19 → 2026-11-20" in auditor("assignment", "show", "last").out
    auditor("assignment", "open", "last")
    assert auditor("visit", "show", made["visit"], "--json").json["visit"]["facts"]["ends_on"] == "2026-11-20"


def test_the_office_sees_how_far_its_assignments_are(auditor, office, file, tmp_path):
    assert office("assignments").out.strip() == "Nothing was assigned yet."
    office("assign", file)
    assert "assigned" in office("assignments").out
    assert "Ana Núñez" in office("assignments").out


def test_a_wrong_file_ends_with_every_place_and_assigns_nothing(office, file):
    file.write_text(
        file.read_text("utf-8").replace("site_type: smelter", "site_type: forge").replace("due: 2026-12-11", "due: soon"), "utf-8"
    )
    said = office("assign", file, code=2).err
    assert "line 6, due: “soon” is no day" in said
    assert "visit.site_type: “forge” is not one of mine" in said
    assert office("assignments", "--json").json == []


def test_assign_without_a_file_says_what_it_needs(office):
    assert "--template" in office("assign", code=2).err
