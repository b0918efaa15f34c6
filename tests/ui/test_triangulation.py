"""What a conclusion rests on, in the window: sources that one can jump to, contradictions settled, quotes written out, gaps mended."""

import pytest
from PySide6.QtCore import Qt

from auditor_app.domain.interviews import INTERVIEW, QUOTE
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, LINK, link_id
from auditor_app.ui.screens.criteria.quote_menu import quote_menu
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line


@pytest.fixture
def screen(window, settled):
    window.go_to("criteria", "17")
    window.activateWindow()
    settled(window)
    return window.current_screen


@pytest.fixture
def do(window, settled):
    def change(*works):
        visit, made = window.opened.state.id, []
        for work in works:
            window.background.change(lambda workspace, work=work: work(workspace, visit), owner=window, done=made.append)
        settled(window)
        return made

    return change


def _hear(workspace, visit):
    talk, _ = add_line(workspace, visit, INTERVIEW, group="Industrial cleaners", people=6, consent="given", criteria=["17"])
    said = {"original": "Nunca nos dijeron.", "interpreted": "They never told us."}
    return add_line(workspace, visit, QUOTE, interview=talk, stance="contradicts", **said)


def test_sources_are_listed_by_kind_with_a_warning_in_place_and_are_jumps(window, screen, do, qtbot):
    part = screen.page.rests_on
    assert (part.count.text(), part.alone.isVisible()) == ("nothing yet", False)
    do(lambda workspace, visit: answer(workspace, visit, "17-d1", "met"))
    assert (part.count.text(), part.alone.text()) == ("1 document", "one source only")
    do(lambda workspace, visit: answer(workspace, visit, "17-d2", "partly"))
    assert (part.count.text(), part.alone.text()) == ("2 documents", "one kind of source only")
    do(_hear)
    assert (part.count.text(), part.alone.isVisible()) == ("2 documents, 1 interview", False)
    part.chips[Subject(CHECK, "17-d2")].click()
    assert screen.page.rows["17-d2"].answer.hasFocus()
    talk = window.opened.state.interviews[0].id
    part.chips[Subject(INTERVIEW, talk)].click()
    assert window.current_screen is not screen


def test_a_contradiction_is_settled_on_the_page_and_typing_goes_on(window, screen, do, qtbot, settled, tmp_path):
    (tmp_path / "a.txt").write_text("dry")
    digest = do(lambda workspace, visit: take_in(workspace, visit, tmp_path / "a.txt"), _hear)[0][0]
    do(lambda workspace, visit: link_evidence(workspace, visit, digest, Subject(CRITERION, "17"), "contradicts"))
    settled_by = screen.page.rests_on.settled
    assert [subject.kind for subject in settled_by] == [LINK, QUOTE]
    for subject in list(settled_by):
        editor = settled_by[subject]
        screen.page.rests_on.focus_open()
        assert editor.hasFocus()
        qtbot.keyClicks(editor, "Seen again")
        editor.commit()
        settled(window)
        qtbot.keyClicks(editor, " on Friday")
        assert screen.page.rests_on.settled[subject] is editor
    screen.leave()
    settled(window)
    (link,) = window.opened.state.links
    assert (link.stance, link.settled) == ("contradicts", "Seen again on Friday")
    assert window.opened.state.quotes[0].settled == "Seen again on Friday"
    assert not any(gap.rule == "unresolved_contradiction" for gap in screen.conclusions["17"].gaps)


def test_a_contradiction_is_settled_beside_its_evidence_too(window, screen, do, qtbot, settled, tmp_path):
    (tmp_path / "a.txt").write_text("dry")
    digest = do(lambda workspace, visit: take_in(workspace, visit, tmp_path / "a.txt"))[0][0]
    do(
        lambda workspace, visit: link_evidence(workspace, visit, digest, Subject(CRITERION, "17"), "contradicts"),
        lambda workspace, visit: link_evidence(workspace, visit, digest, Subject(CRITERION, "18"), "supports"),
    )
    window.go_to("evidence", digest)
    settled(window)
    links = window.current_screen.details.links
    assert list(links.settled) == [Subject(CRITERION, "17")]
    qtbot.keyClicks(links.settled[Subject(CRITERION, "17")], "Repaired since")
    window.go_to("criteria", "17")
    settled(window)
    assert {link.target.id: link.settled for link in window.opened.state.links} == {"17": "Repaired since", "18": ""}
    assert screen.page.rests_on.settled[Subject(LINK, link_id(digest, Subject(CRITERION, "17")))].toPlainText() == "Repaired since"


def test_a_quote_is_written_into_the_reason_at_the_cursor_with_the_group_and_no_name(window, screen, do, qtbot, settled):
    card = screen.page.rating
    assert not card.quote.isVisible()
    do(_hear)
    assert card.quote.isVisible()
    card.because.setPlainText("They say: Then more.")
    cursor = card.because.textCursor()
    cursor.setPosition(len("They say:"))
    card.because.setTextCursor(cursor)
    menu = quote_menu(card, screen.conclusions["17"].said, card.insert)
    assert [action.text() for action in menu.actions()] == ["Industrial cleaners ≠: They never told us."]
    menu.actions()[0].trigger()
    screen.leave()
    settled(window)
    said = "They say: “Nunca nos dijeron.” (interpreted: “They never told us.”) (Industrial cleaners) Then more."
    assert window.opened.state.criteria["17"].because == said


def test_why_a_rating_departs_is_asked_only_where_it_does(window, screen, do, qtbot, settled):
    card = screen.page.rating
    do(lambda workspace, visit: answer(workspace, visit, "17-d1", "partly"))
    assert not card.departs.isVisible()
    do(lambda workspace, visit: rate(workspace, visit, "17", "fully"))
    assert card.departs.isVisible()
    assert "Why not Partially Meets" in card.departs_title.text()
    qtbot.keyClicks(card.departs, "Mended while we watched")
    screen.leave()
    settled(window)
    assert window.opened.state.criteria["17"].departs == "Mended while we watched"
    do(lambda workspace, visit: answer(workspace, visit, "17-d1", "met"))
    assert not card.departs_title.isVisible()
    assert card.departs.isVisible(), "what was written stays in sight"


def test_gaps_stand_on_the_page_the_worst_first_and_lead_to_their_place(window, screen, do, qtbot):
    gaps = screen.page.gaps
    assert not gaps.isVisible()
    do(_hear, lambda workspace, visit: answer(workspace, visit, "17-d1", "met"))
    do(lambda workspace, visit: rate(workspace, visit, "17", "partially", because="Dry showers."))
    rules = [row.key.partition(" ")[0] for row in gaps.list.row_model.rows]
    assert rules[:2] == ["rating_incomplete", "unresolved_contradiction"]
    assert {"sources_per_conclusion", "departs_without_reason"} <= set(rules)
    places = {
        "rating_incomplete": screen.page.findings.title,
        "unresolved_contradiction": next(iter(screen.page.rests_on.settled.values())),
        "departs_without_reason": screen.page.rating.departs,
        "sources_per_conclusion": screen.page.rows["17-d2"].answer,
    }
    for rule, place in places.items():
        gaps.list.setCurrentIndex(gaps.list.row_model.index(rules.index(rule)))
        gaps.list.setFocus()
        qtbot.keyClick(gaps.list, Qt.Key.Key_Return)
        assert place.hasFocus(), rule
