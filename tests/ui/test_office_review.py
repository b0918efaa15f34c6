"""The office's review in the auditor's window: at its place, in the list, answered, and what was changed since it read."""

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.ui.screens.coverage.view_state import place_of
from auditor_app.ui.screens.history.view_state import lines_of
from auditor_app.workflows.coverage import gap_words, standing
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding, withdraw_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import history
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.review_state import WHOLE
from auditor_app.workflows.office.reviewing import ask, decide
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.reviews import reply
from auditor_app.workflows.sending import send
from tests.ui.at_the_office import TestOffice, enrolled


@pytest.fixture
def office(tmp_path):
    return TestOffice(tmp_path / "away")


@pytest.fixture
def act(window, settled):
    """Do something with the workspace beside the window."""

    def done(work):
        window.background.run(work, owner=window)
        settled(window)

    return done


@pytest.fixture
def handed_over(window, settled, act, office):
    """A visit with a rating and two findings, handed over and received; gives the bundle."""
    visit = window.opened.state.id

    def work(workspace):
        enrolled(workspace, office)
        rate(workspace, visit, "17", "partially", because="One of five was missing.")
        raise_finding(workspace, visit, "17", "Guard missing")
        raise_finding(workspace, visit, "2", "No register")
        make_report(workspace, visit, sign=True)
        send(workspace, make_bundle(workspace, visit).id)

    act(work)
    window.open_visit(visit, "hand_over")
    settled(window)
    (received,) = office.receive()
    return received.bundle


@pytest.fixture
def returned(handed_over, office, window, settled):
    """The office asks four things and returns it; gives the hand-over screen with the letter taken in."""
    first = window.opened.state.findings[0]
    ask(office.office, handed_over, Subject(CRITERION, "17"), "Which units?")
    ask(office.office, handed_over, Subject(CHECK, "17-d1"), "Dated when?")
    ask(office.office, handed_over, Subject(FINDING, first.id), "Systemic?")
    ask(office.office, handed_over, WHOLE, "Who drew the map?")
    decide(office.office, handed_over, "returned", "Four things are open.", "Inés Quiroga")
    return_review(office.office, handed_over)
    window.current_screen.look.click()
    settled(window)
    return window.current_screen


def typed(editor, text):
    editor.setPlainText(text)
    editor.commit()


def test_before_a_hand_over_nothing_is_said_of_a_review_and_after_it_that_none_has_come(window, settled, handed_over):
    review = window.current_screen.review
    assert review.isVisible()
    assert review.decided.text() == "The office has not decided yet" and "mailbox or on a stick" in review.meaning.text()
    assert not review.asked.isVisible() and not review.changed.isVisible() and not review.whole.isVisible()
    assert window.navigation.rail.count_of("hand_over") == ""
    window.go_to("criteria")
    settled(window)
    assert not window.current_screen.page.questions.isVisible()


def test_nothing_stands_there_before_the_first_bundle(window, settled):
    window.go_to("hand_over")
    settled(window)
    assert not window.current_screen.review.isVisible()


def test_a_returned_visit_shows_the_decision_and_each_question_leads_to_its_place(window, settled, returned):
    review = returned.review
    assert review.decided.text().startswith("Returned by the office, ") and "Inés Quiroga, round 1" in review.decided.text()
    assert review.words.text() == "Four things are open." and "open again" in review.meaning.text()
    assert review.asked.text() == "3 questions at their places in the visit · 3 to answer"
    assert review.changed.text() == "Nothing was changed since the office read it."
    assert window.navigation.rail.count_of("hand_over") == "0/4"
    questions = window.opened.state.questions
    review.ways[questions[0].id].click()
    settled(window)
    page = window.current_screen.page
    assert (window.navigation.stage, window.current_screen.number) == ("criteria", "17")
    assert page.questions.isVisible() and list(page.questions.editors) == [questions[0].id, questions[1].id]
    typed(page.questions.editors[questions[0].id], "All three.")
    settled(window)
    assert window.navigation.rail.count_of("hand_over") == "1/4" and page.questions.count.text() == "1 to answer"
    window.current_screen.show_item("18")
    assert not page.questions.isVisible()
    window.go_to("hand_over")
    settled(window)
    review.ways[questions[2].id].click()
    settled(window)
    editor = window.current_screen.editor
    assert (window.navigation.stage, editor.number.text()) == ("findings", "1")
    typed(editor.questions.editors[questions[2].id], "It is.")
    settled(window)
    assert window.navigation.rail.count_of("hand_over") == "2/4"
    window.current_screen.show_item(window.opened.state.findings[1].id)
    assert not editor.questions.isVisible()


def test_a_question_about_the_whole_is_answered_on_the_spot_and_is_in_the_list_of_what_is_missing(window, settled, returned):
    asked = window.opened.state.questions[3]
    (gap,) = [one for one in standing(window.opened).gaps if one.subject.id == asked.id]
    assert (gap.rule, gap_words(gap)) == ("question_not_answered", "The office asks: “Who drew the map?”; it is not answered yet")
    window.go_to("criteria")
    settled(window)
    window.go_to(*place_of(window.opened.form, gap.subject.kind, gap.subject.id))
    settled(window)
    editor = returned.review.whole.editors[asked.id]
    assert window.focusWidget() is editor
    typed(editor, "The auditor did.")
    settled(window)
    assert window.opened.state.questions[3].reply == "The auditor did."
    assert returned.review.whole.count.text() == "all answered"


def test_a_reply_is_saved_before_the_page_goes_and_undone_like_any_text(window, settled, returned):
    asked = window.opened.state.questions[3]
    returned.review.whole.editors[asked.id].setPlainText("Half a rep")
    window.go_to("criteria")
    settled(window)
    assert window.opened.state.questions[3].reply == "Half a rep"
    window.navigation.undo()
    settled(window)
    assert window.opened.state.questions[3].reply == ""
    assert window.opened.state.questions[3].text == "Who drew the map?"


def test_header_and_list_of_visits_say_that_a_visit_was_returned_and_what_is_left_to_answer(window, settled, returned):
    pill, visit = window.navigation.header.handed, window.opened.state.id
    assert pill.text == "Returned: 4 to answer"
    for one, left in zip(window.opened.state.questions, ("3 to answer", "2 to answer", "1 to answer", "all answered"), strict=True):
        window.background.change(lambda workspace, question=one.id: reply(workspace, visit, question, "Both."), owner=window)
        settled(window)
        assert pill.text == f"Returned: {left}"
    window.show_visits()
    settled(window)
    (row,) = window.navigation.visits.list.row_model.rows
    assert row.side == "Returned: all answered" and row.spoken.endswith(row.side)


def test_the_question_of_a_finding_that_was_withdrawn_can_still_be_answered(window, settled, returned, act):
    visit, finding = window.opened.state.id, window.opened.state.findings[0].id
    window.background.change(lambda workspace: withdraw_finding(workspace, visit, finding, reason="Another site."), owner=window)
    settled(window)
    window.go_to("hand_over")
    settled(window)
    assert list(returned.review.whole.editors) == [window.opened.state.questions[2].id, window.opened.state.questions[3].id]


def test_what_was_changed_since_the_office_read_it_is_listed_before_the_second_hand_over(window, settled, returned):
    visit = window.opened.state.id

    def changed(workspace):
        for number in range(1, 8):
            rate(workspace, visit, str(number), "fully")
        return rate(workspace, visit, "17", "fully", because="It was shown.")

    window.background.change(changed, owner=window)
    settled(window)
    review = returned.review
    assert review.changed.text() == "9 changes since the office read it"
    assert review.lines[0].about.startswith("Criterion 1 ") and review.lines[0].who == "Rosa Vidal"
    assert review.more.isVisible()
    review.more.click()
    assert not review.more.isVisible()


def test_an_accepted_visit_says_so_on_every_screen_and_warns_of_a_further_change(window, settled, handed_over, office):
    decide(office.office, handed_over, "accepted", "", "Inés Quiroga")
    return_review(office.office, handed_over)
    window.current_screen.look.click()
    settled(window)
    review = window.current_screen.review
    assert review.decided.text().startswith("Accepted by the office, ") and "closed for good" in review.meaning.text()
    assert window.navigation.header.about.text().endswith("accepted by the office")
    assert window.navigation.header.handed.text == "Accepted by the office"
    assert "accepted the visit" in window.banner.text
    visit = window.opened.state.id
    window.background.change(lambda workspace: rate(workspace, visit, "3", "fully"), owner=window)
    settled(window)
    assert "not part of what was accepted" in window.banner.text
    window.go_to("history")
    settled(window)


def test_the_history_names_questions_decisions_and_replies(window, returned, act):
    entries = []
    act(lambda workspace: entries.extend(history(workspace, window.opened.state.id)))
    lines = lines_of(window.opened, entries)
    told = {line.what: line for line in lines}
    asked = told["The office's question about Criterion 17 Occupational Health & Safety · question"]
    decided = told["The office's review, round 1 · decision"]
    assert (asked.new, asked.undoable, decided.new, decided.undoable) == ("Which units?", False, "Returned", False)
    assert asked.reason == "asked by: Inés Quiroga · round: 1"
    assert [line.reason for line in lines if line.what == "Visit · state"] == [""]
    assert told["The office's question about the whole report · question"].new == "Who drew the map?"
    assert len([line for line in lines if line.entry.subject_kind == "question"]) == 4, "one line for each question, no ids"
