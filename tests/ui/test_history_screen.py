"""The history screen: every change in words, taking back, and choosing where two people differ."""

import pytest

from auditor_app.domain.journal import Subject
from auditor_app.workflows.criteria import rate
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.photo_review import note_shown, object_to


@pytest.fixture
def screen(window, settled):
    window.go_to("history")
    settled(window)
    return window.current_screen


@pytest.fixture
def rated(screen, window, settled):
    visit = window.opened.state.id
    for rating, because in (("fully", None), ("partially", "Two stations had no flow.")):
        window.background.change(lambda ws, r=rating, b=because: rate(ws, visit, "17", r, because=b), owner=window)
        settled(window)
    return screen


def _differ(window, settled):
    """Let somebody else rate a criterion without having seen the rating that is there."""
    visit = window.opened.state.id

    def elsewhere(workspace):
        with workspace.recording(visit) as recorder:
            recorder.add(Subject("criterion", "17"), "rating", "does_not", replaces=(), reason="")
        return recorder.changes

    window.background.change(elsewhere, owner=window)
    settled(window)


def _lines(screen):
    return screen.list.line_model.lines


def test_a_rating_that_was_changed_is_told_with_both_values_by_name(rated):
    line = next(line for line in _lines(rated) if line.what.endswith("rating"))
    assert line.what == "17 Occupational Health & Safety · rating"
    assert (line.old, line.new, line.who) == ("Fully Meets", "Partially Meets", "Rosa Vidal")
    moments = [one.entry.recorded_at for one in _lines(rated)]
    assert moments == sorted(moments, reverse=True) and len(moments) > 6


def test_words_narrow_the_list_and_the_panel_shows_a_change_in_full(rated, qtbot):
    rated.search.setText("no flow")
    qtbot.waitUntil(lambda: [line.what for line in _lines(rated)] == ["17 Occupational Health & Safety · reason"], timeout=2_000)
    assert rated.panel.line.new == "Two stations had no flow."
    rated.search.setText("nothing has this")
    qtbot.waitUntil(lambda: not _lines(rated), timeout=2_000)
    assert rated.panel.line is None


def test_the_last_change_is_taken_back_and_both_stay_in_the_history(rated, window, settled):
    before = len(_lines(rated))
    rated.undo.click()
    settled(window)
    own = window.opened.state.criteria["17"]
    assert (own.rating, own.because) == ("fully", ""), "the rating was changed together with its reason"
    assert len(_lines(rated)) == before + 2
    assert _lines(rated)[0].reason.startswith("takes back the change of")


def test_one_change_is_taken_back_from_its_panel_and_one_that_was_set_anew_is_refused_in_words(rated, window, settled):
    first = next(line for line in _lines(rated) if line.new == "Fully Meets")
    rated.panel.undo_wanted.emit(first.id)
    settled(window)
    assert "set anew since then" in window.banner.text
    last = next(line for line in _lines(rated) if line.new == "Partially Meets")
    rated.panel.undo_wanted.emit(last.id)
    settled(window)
    assert window.opened.state.criteria["17"].rating == "fully"


def test_where_two_people_differ_both_values_are_shown_and_choosing_settles_it(rated, window, settled):
    _differ(window, settled)
    assert rated.clashes.isVisible()
    assert [choice.accessibleName() for choice in rated.clashes.choices] == [
        "Choose what Rosa Vidal says: Partially Meets",
        "Choose what Rosa Vidal says: Does Not Meet",
    ]
    rated.clashes.choices[1].click()
    settled(window)
    assert window.opened.state.clashes == ()
    assert window.opened.state.criteria["17"].rating == "does_not"
    assert not rated.clashes.isVisible()


def test_a_reason_that_begins_like_a_taking_back_stays_the_persons_own_words(screen, window, settled):
    visit = window.opened.state.id

    def withdraw(workspace):
        from auditor_app.workflows.findings import withdraw_finding

        finding, _changes = raise_finding(workspace, visit, "17", "Eyewash without flow")
        return withdraw_finding(workspace, visit, finding, reason="undo what I wrote in haste")

    window.background.change(withdraw, owner=window)
    settled(window)
    assert _lines(screen)[0].reason == "undo what I wrote in haste" and _lines(screen)[0].undoable


def test_a_withdrawn_finding_keeps_its_name_in_the_history(screen, window, settled):
    visit = window.opened.state.id

    def raise_and_withdraw(workspace):
        from auditor_app.workflows.findings import withdraw_finding

        finding, _changes = raise_finding(workspace, visit, "17", "Eyewash without flow")
        return withdraw_finding(workspace, visit, finding, reason="Flow was there")

    window.background.change(raise_and_withdraw, owner=window)
    settled(window)
    assert _lines(screen)[0].what == "Finding –: Eyewash without flow · withdrawn"
    assert _lines(screen)[0].reason == "Flow was there"


def test_what_the_site_saw_and_objected_to_reads_in_words(screen, window, settled, sample_photo, tmp_path):
    visit = window.opened.state.id

    def review(workspace):
        digest, _changes = take_in(workspace, visit, sample_photo(tmp_path / "IMG_1.jpg"))
        session, _changes = add_line(workspace, visit, "photo_review", held_at="2026-11-19 16:40", present="Head of security")
        note_shown(workspace, visit, session, [digest], "no_objection")
        return object_to(workspace, visit, session, digest, by="Head of security", why="The lock", decision="withdrawn")[1]

    window.background.change(review, owner=window)
    settled(window)
    told = {(line.what, line.new) for line in _lines(screen)}
    assert ("Review of photos of 2026-11-19 16:40 · present, by role", "Head of security") in told
    assert ("Evidence “IMG_1.jpg” · shown to the site", "no objection") in told
    assert ("Objection to Evidence “IMG_1.jpg” · what was decided", "withdrawn from release") in told
    assert ("Objection to Evidence “IMG_1.jpg” · session", "Review of photos of 2026-11-19 16:40") in told
