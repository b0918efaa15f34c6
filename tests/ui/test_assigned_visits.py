"""What the office assigned, in the window: fetched, shown above the visits, opened at the plan, and said at the criteria."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from auditor_app.workflows.assignments import list_assignments
from auditor_app.workflows.office.assigning import Wish, assign
from auditor_app.workflows.office.assignment_post import Target
from auditor_app.workflows.visits import describe_visit
from auditor_app.workspace import open_workspace
from tests.ui.at_the_office import TestOffice, enrolled

TEXT = """
form: copper-mark-rra-3.0
number: CAO-7
due: 2026-12-11
instructions: Look closely at bought-in material.
visit: {site: Río Seco smelter, company: Cobres del Sur, country: CL, site_type: smelter, kind: re_assessment,
  starts_on: 2026-11-16, ends_on: 2026-11-19, scope: Smelter and acid plant}
team: [{auditor: Rosa Vidal, role: lead}]
previous:
  form: copper-mark-rra-2.0
  kind: initial
  day: 2023-11-22
  criteria: {14: {rating: partially, words: No list of topics.}}
  findings:
    - {criterion: 14, title: Topics without an owner, grade: Minor, action: Name owners, due: 2024-11-22}
    - {criterion: 14, title: Closed since, state: closed}
site_says:
  criteria: {1: {rating: fully, words: All topics have owners now.}}
  checks: {1-d1: {answer: met, words: See the manual.}}
requests: [{title: Water balance, asked_of: Environment, criteria: [22]}]
"""


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def at_visits(window, settled, office):
    """The list of visits of an enrolled auditor who has begun one by hand."""
    window.background.run(lambda workspace: enrolled(workspace, office), owner=window)
    settled(window)
    window.show_visits()
    settled(window)
    return window


@pytest.fixture
def file(tmp_path):
    (tmp_path / "visit.yaml").write_text(TEXT, "utf-8")
    return tmp_path / "visit.yaml"


def texts(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def opening(page):
    (only,) = page.cards.opens.values()
    return only


def test_an_assignment_is_fetched_shown_and_opened_at_the_plan(at_visits, settled, office, file, qtbot):
    page = at_visits.navigation.visits
    assert page.cards.isHidden()
    made = assign(office.office, Wish(path=file)).assignment
    qtbot.mouseClick(page.letters.look, Qt.MouseButton.LeftButton)
    settled(at_visits)
    assert "Río Seco smelter: a visit that the office assigned waits" in at_visits.banner.text
    said = texts(page.cards)
    for words in (
        "From the office",
        "Río Seco smelter",
        "Cobres del Sur · Re-assessment",
        "(4 days)",
        "Assignment CAO-7",
        "bought-in material",
    ):
        assert words in said, words
    assert page.list.row_model.rowCount() == 1
    assert opening(page).accessibleName() == "Open the visit: Río Seco smelter"
    opening(page).click()
    settled(at_visits)
    assert at_visits.navigation.stage == "plan"
    assert at_visits.opened.state.id == made.visit
    asked = texts(at_visits.current_screen.parts["site"].assignment)
    for words in ("Assignment CAO-7 · due 11 Dec 2026", "bought-in material", "Left open: Topics without an owner · Minor"):
        assert words in asked, words
    assert "Closed since" not in asked
    at_visits.show_visits()
    settled(at_visits)
    assert page.cards.isHidden()
    assert page.list.row_model.rowCount() == 2


def test_an_assignment_from_a_stick(at_visits, settled, office, file, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    assign(office.office, Wish(path=file, target=Target(out=tmp_path / "stick")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "stick"))
    page = at_visits.navigation.visits
    page.letters.take.click()
    settled(at_visits)
    assert not page.cards.isHidden()
    assert page.letters.take.isEnabled()


def test_what_is_no_letter_is_told_and_the_ways_stay_open(at_visits, settled, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "empty"))
    page = at_visits.navigation.visits
    page.letters.take.click()
    settled(at_visits)
    assert "no letter" in at_visits.banner.text.lower()
    assert page.letters.take.isEnabled()
    page.letters.look.click()
    settled(at_visits)
    assert "Nothing new from the office" in at_visits.banner.text


def test_a_visit_begun_by_hand_has_no_card_of_an_office(window, settled):
    window.go_to("plan", "site")
    settled(window)
    assert window.current_screen.parts["site"].assignment.isHidden()


def test_before_an_office_is_known_nothing_of_letters_is_shown(window, settled):
    window.show_visits()
    settled(window)
    assert window.navigation.visits.letters.isHidden()
    assert window.navigation.visits.cards.isHidden()


def test_a_change_of_the_office_is_shown_and_brought_in(at_visits, settled, office, file):
    made, page = assign(office.office, Wish(path=file)).assignment, at_visits.navigation.visits
    page.look_for_letters()
    settled(at_visits)
    opening(page).click()
    settled(at_visits)
    new = TEXT.replace("ends_on: 2026-11-19", "ends_on: 2026-11-20").replace("Water balance", "Energy balance")
    file.write_text(new, "utf-8")
    assign(office.office, Wish(path=file, changes=made.id))
    at_visits.show_visits()
    page.look_for_letters()
    settled(at_visits)
    said = texts(page.cards)
    assert "Changed by the office" in said
    assert "last day: 2026-11-19 → 2026-11-20" in said
    assert "Document request (2)" in said
    opening(page).click()
    settled(at_visits)
    assert at_visits.navigation.stage == "plan"
    assert at_visits.opened.state.facts["ends_on"] == "2026-11-20"
    assert [one.title for one in at_visits.opened.state.documents] == ["Energy balance"]


def test_a_change_against_what_the_auditor_said_leads_to_where_one_chooses(at_visits, settled, office, file):
    made, page = assign(office.office, Wish(path=file)).assignment, at_visits.navigation.visits
    page.look_for_letters()
    settled(at_visits)
    opening(page).click()
    settled(at_visits)
    at_visits.background.change(lambda workspace: describe_visit(workspace, made.visit, {"scope": "As walked"}), owner=at_visits)
    file.write_text(TEXT.replace("Smelter and acid plant", "Smelter alone"), "utf-8")
    assign(office.office, Wish(path=file, changes=made.id))
    at_visits.show_visits()
    page.look_for_letters()
    settled(at_visits)
    opening(page).click()
    settled(at_visits)
    assert at_visits.navigation.stage == "history"
    (clash,) = at_visits.opened.state.clashes
    assert {head.value for head in clash.heads} == {"As walked", "Smelter alone"}
    assert "Cordillera Assurance Office" in texts(at_visits.current_screen)


def test_the_guide_shows_what_the_last_visit_and_the_site_said(at_visits, settled, office, file):
    assign(office.office, Wish(path=file))
    page = at_visits.navigation.visits
    page.look_for_letters()
    settled(at_visits)
    opening(page).click()
    settled(at_visits)
    at_visits.go_to("criteria", "1")
    settled(at_visits)
    guide = at_visits.current_screen.guide
    said = texts(guide)
    for words in (
        "Last visit said",
        "Risk Readiness Assessment criteria 2.0 · Initial assessment · 22 Nov 2023",
        "Partially Meets",
        "was criterion 14",
        "No list of topics.",
        "Open: Topics without an owner",
        "Minor · due 22 Nov 2024",
        "Name owners",
        "Closed: Closed since",
        "Site says",
        "All topics have owners now.",
        "See the manual.",
    ):
        assert words in said, words
    at_visits.go_to("criteria", "2")
    settled(at_visits)
    assert "Last visit said" not in texts(guide)
    assert "Site says" not in texts(guide)


def test_many_assignments_leave_room_for_the_visits(at_visits, settled, office, file):
    for number in range(6):
        file.write_text(TEXT.replace("Río Seco smelter", f"Site {number}"), "utf-8")
        assign(office.office, Wish(path=file))
    page = at_visits.navigation.visits
    page.look_for_letters()
    settled(at_visits)
    assert len(page.cards.opens) == 6
    assert page.cards.height() <= at_visits.height() // 2
    for size, text in ((1480, 900), 100), ((1280, 720), 200):
        at_visits.resize(*size)
        at_visits.wear("light", text)
        settled(at_visits)
        assert page.list.isVisible()
        assert page.list.height() > 40
        assert page.cards.geometry().bottom() < page.list.geometry().top()
    at_visits.wear("light", 100)


def test_an_auditor_without_visits_sees_the_assignment_at_once(empty_window, settled, office, file, tmp_path, made, qtbot):
    """The first thing after enrolment: no visit yet, one assignment."""
    import shutil

    from auditor_app.vault.keys import Secret
    from auditor_app.workspace import create_workspace
    from auditor_app.workspace.opening import say_who_i_am

    folder, secret = tmp_path / "fresh", Secret.new()
    create_workspace(folder, "correct horse battery staple", secret=secret)
    shutil.rmtree(tmp_path / "installation", ignore_errors=True)
    with open_workspace(folder, secret=secret, installation=tmp_path / "installation") as workspace:
        say_who_i_am(workspace, "0198f000-0000-7000-8000-000000000002", "Rosa Vidal", "Cordillera Assurance")
        enrolled(workspace, office)
    window, opened = empty_window, []
    window.background.open(
        lambda: open_workspace(folder, secret=secret, installation=tmp_path / "installation"), owner=window, done=opened.append
    )
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    window.show_visits()
    settled(window)
    page = window.navigation.visits
    assert page.first_letters.look.isVisible()
    assign(office.office, Wish(path=file))
    page.first_letters.look.click()
    settled(window)
    assert opening(page).isVisible()
    assert window.focusWidget() is opening(page)
    found = []
    window.background.run(lambda workspace: found.extend(list_assignments(workspace)), owner=window)
    settled(window)
    assert [one.state for one in found] == ["waits"]
