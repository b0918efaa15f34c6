"""The closing meeting in the window: attendance, showing the findings, what changed since, and the acknowledged sheet."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from auditor_app.clock import SystemClock
from auditor_app.domain.journal import Subject
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key, write_pkcs12
from auditor_app.ui.widgets.ink import Ink
from auditor_app.workflows.evidence import link_evidence
from auditor_app.workflows.findings import raise_finding, revise_finding, withdraw_finding
from auditor_app.workflows.identity import enrolment_request, import_enrolment, import_profile
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.trusting import trust
from auditor_app.workflows.own_keys import import_pkcs12
from auditor_app.workflows.photo_review import object_to
from tests.ui.test_window import _nameless as nameless

RAISED = (("17", "Guard missing", "minor"), ("28", "Water comes back", "good_practice"), ("10", "No due diligence", "major"))


@pytest.fixture
def screen(window, settled):
    """Three findings, and the closing meeting in front."""
    visit = window.opened.state.id
    for criterion, title, grade in RAISED:
        window.background.change(lambda ws, c=criterion, t=title, g=grade: raise_finding(ws, visit, c, t, grade=g), owner=window)
    settled(window)
    window.go_to("closing")
    settled(window)
    return window.current_screen


@pytest.fixture
def begun(screen, window, settled):
    """The meeting has begun: the findings are frozen."""
    screen.turn_to("meeting")
    screen.meeting.begin.place.setText("Canteen")
    screen.meeting.begin.begin.click()
    settled(window)
    return screen


@pytest.fixture
def enrolled(window, settled, tmp_path):
    """The office has vouched for the auditor."""
    office = found_office(tmp_path / "office", "Office of Assurance", SystemClock(), mailbox="")
    window.background.run(lambda ws: import_enrolment(ws, enrol(office, enrolment_request(ws))[0]), owner=window)
    settled(window)
    return office


def finding(window, title):
    return next(one for one in window.opened.state.findings if one.title == title)


def test_who_is_there_is_written_down_in_place(screen, window, settled, qtbot):
    assert screen.key == "prepare"
    prepare = screen.parts["prepare"]
    assert any("Guard missing" in row.title for row in prepare.missing.row_model.rows), "what the findings lack is told first"
    draft = prepare.attendance.draft
    qtbot.keyClicks(draft.first, "Bo Lindqvist")
    qtbot.keyClick(draft.first, Qt.Key.Key_Return)
    settled(window)
    (one,) = window.opened.state.attendees
    assert (one.name, one.side, one.opening, one.closing) == ("Bo Lindqvist", "site", False, True)
    row = prepare.attendance.rows[one.id]
    row.editors["opening"].click()
    row.editors["side"].choose("worker_representative")
    settled(window)
    (one,) = window.opened.state.attendees
    assert (one.side, one.opening, one.closing) == ("worker_representative", True, True)
    told = str(screen.parts["prepare"].missing.row_model.rowCount())
    assert screen.tabs.buttons["prepare"].text().endswith(f"  {told}"), "what is to mend, as the page says"


def test_the_findings_are_shown_in_the_order_of_telling_and_stay_as_they_were_frozen(begun, window, settled):
    (meeting,) = window.opened.state.closings
    assert meeting.place == "Canteen" and not meeting.ended_at
    assert [slide.finding.title for slide in begun.shown.slides] == ["Water comes back", "No due diligence", "Guard missing"]
    assert [slide.number for slide in begun.shown.slides] == [2, 3, 1]
    visit, guard = window.opened.state.id, finding(window, "Guard missing").id
    window.background.change(lambda ws: revise_finding(ws, visit, guard, title="No guard at the saw"), owner=window)
    settled(window)
    begun.show_findings(guard)
    shown = begun.window_shown
    assert shown.slide.title.text() == "Guard missing"
    assert shown.slide.changed.isVisible() and shown.slide.changes.text() == "Title: Guard missing → No guard at the saw"
    assert shown.place.text() == "3 of 3"
    shown.close()


def test_the_site_answers_by_single_keys_and_in_its_own_words(begun, window, settled, qtbot):
    begun.show_findings()
    shown = begun.window_shown
    qtbot.waitUntil(shown.isActiveWindow, timeout=2_000)
    qtbot.keyClick(shown, Qt.Key.Key_A)
    settled(window)
    assert finding(window, "Water comes back").position == "agrees"
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    qtbot.keyClick(shown, Qt.Key.Key_D)
    settled(window)
    assert finding(window, "No due diligence").position == "disagrees"
    assert shown.answer.buttons["disagrees"].isChecked() and not shown.answer.buttons["agrees"].isChecked()
    qtbot.keyClick(shown, Qt.Key.Key_W)
    qtbot.waitUntil(shown.answer.words.hasFocus, timeout=2_000)
    qtbot.keyClicks(shown.answer.words, "A part of it is done")
    qtbot.keyClick(shown.answer.words, Qt.Key.Key_Escape)
    assert shown.isVisible(), "the first Escape leaves the words"
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    settled(window)
    told = finding(window, "No due diligence")
    assert (told.position, told.site_reply, told.state) == ("disagrees", "A part of it is done", "open")
    assert shown.answer.words.toPlainText() == "", "the words of one finding do not stay at the next"
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    qtbot.keyClick(shown, Qt.Key.Key_D)
    settled(window)
    assert finding(window, "No due diligence").position == "", "the same key takes it back"
    assert shown.counts.text() == "1 agreed · 2 not said yet"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_what_changed_is_listed_and_its_reason_can_be_said(begun, window, settled, qtbot):
    visit = window.opened.state.id
    guard, praise = finding(window, "Guard missing").id, finding(window, "Water comes back").id
    window.background.change(lambda ws: revise_finding(ws, visit, guard, grade="major"), owner=window)
    window.background.change(lambda ws: withdraw_finding(ws, visit, praise, reason="Seen by no one."), owner=window)
    settled(window)
    begun.meeting.end.click()
    settled(window)
    assert window.opened.state.closings[0].ended_at and begun.key == "changes"
    assert [(line.about, line.what, line.before, line.after, line.why) for line in begun.changes.lines] == [
        ("Finding 1: Guard missing", "Grade", "Minor", "Major", ""),
        ("Finding 2: Water comes back", "Withdrawn since", "", "", "Seen by no one."),
    ]
    assert begun.tabs.buttons["changes"].text().endswith("2")
    begun.changes.explained.emit(begun.changes.lines[0].change, "A second one was missing too.")
    settled(window)
    assert begun.changes.lines[0].why == "A second one was missing too."


def test_a_photo_that_the_site_objected_to_is_not_shown_large(begun, window, settled, sample_photo, tmp_path):
    visit, guard = window.opened.state.id, finding(window, "Guard missing").id

    def take(workspace):
        file = seal_file(plan_intake(workspace), sample_photo(tmp_path / "lock.jpg"))
        changes = record_intake(workspace, visit, [file])
        link_evidence(workspace, visit, file.object.original, Subject("finding", guard), "supports")
        return file.object.original, changes

    digests = []
    window.background.change(take, owner=window, done=lambda made: digests.append(made[0]))
    settled(window)
    begun._end(window.opened.state.closings[0].id)
    settled(window)
    begun._begin("2026-11-20 09:00", "")
    settled(window)
    (slide,) = [one for one in begun.shown.slides if one.finding.id == guard]
    assert [photo.shown for photo in slide.photos] == digests

    def object_(workspace):
        review, _changes = add_line(workspace, visit, "photo_review", held_at="2026-11-20")
        return object_to(workspace, visit, review, digests[0], why="The lock can be read.")

    window.background.change(object_, owner=window)
    settled(window)
    (slide,) = [one for one in begun.shown.slides if one.finding.id == guard]
    assert [photo.shown for photo in slide.photos] == [""]
    begun.show_findings(guard)
    assert begun.window_shown.photos.picture.image.isNull()
    assert "objected" in begun.window_shown.photos.picture.words
    begun.window_shown.close()


def test_the_sheet_is_signed_and_acknowledged_by_a_drawn_signature(begun, enrolled, window, settled, qtbot):
    begun.turn_to("sheet")
    begun.refresh(window.opened, None)
    settled(window)
    sheet = begun.sheet
    assert not sheet.card.isVisible(), "nothing can be acknowledged before it is signed"
    sheet.make.click()
    qtbot.waitUntil(lambda: sheet.card.isVisible(), timeout=60_000)
    sheet.card.act.click()
    assert sheet.card.wrong.isVisible() and "name" in sheet.card.wrong.text()
    qtbot.keyClicks(sheet.card.name, "Bo Lindqvist")
    sheet.card.act.click()
    assert "no signature" in sheet.card.wrong.text()
    draw(sheet.card.ink, ((40, 60), (90, 100), (140, 50)))
    sheet.card.act.click()
    qtbot.waitUntil(lambda: bool(sheet.checked), timeout=60_000)
    assert [one.holds for one in sheet.checked] == [True] * 5
    assert "Bo Lindqvist" in sheet.checked[-1].detail and sheet.verdict.isVisible()
    assert sheet.signing.sheet.acknowledged_by == "Bo Lindqvist"
    assert not sheet.card.isVisible() and sheet.card.ink.strokes == ()
    sheet.look.click()
    qtbot.waitUntil(lambda: begun.preview.isVisible() and begun.preview.pages > 0, timeout=30_000)


def test_the_sheet_names_who_signed_it_and_not_who_would_sign_now(begun, enrolled, window, settled, qtbot):
    begun.turn_to("sheet")
    begun.refresh(window.opened, None)
    settled(window)
    before = begun.sheet.signing.name
    begun.sheet.make.click()
    qtbot.waitUntil(lambda: begun.sheet.card.isVisible(), timeout=60_000)
    at = SystemClock().now()
    authority, key = new_authority("Authority of elsewhere", at), new_private_key()
    certificate = issue(authority, certificate_request(key, "Ana Torres", "Elsewhere"), at, 30)
    own = write_pkcs12(SigningIdentity(private_key=key, certificate=certificate, chain=(authority.certificate,)), "secret")
    office, _name = trust(enrolled, authority.certificate, "auditors")
    profile = (office.folder / "office.profile").read_bytes()
    window.background.run(lambda ws: (import_profile(ws, profile), import_pkcs12(ws, own, "secret")), owner=window)
    settled(window)
    begun.refresh(window.opened, None)
    settled(window)
    assert begun.sheet.signing.name == "Ana Torres" != before
    assert f"signed by {before}" in begun.sheet.about.text()


def test_the_representatives_own_certificate_is_used_once_and_a_wrong_password_told(begun, enrolled, window, settled, qtbot, tmp_path):
    at = SystemClock().now()
    key, authority = new_private_key(), new_authority("The site's own", at)
    certificate = issue(authority, certificate_request(key, "Bo Lindqvist", "Cobres"), at, 30)
    (tmp_path / "bo.p12").write_bytes(write_pkcs12(SigningIdentity(private_key=key, certificate=certificate), "secret"))
    begun.turn_to("sheet")
    begun.refresh(window.opened, None)
    settled(window)
    begun.sheet.make.click()
    card = begun.sheet.card
    qtbot.waitUntil(lambda: card.isVisible(), timeout=60_000)
    card.name.setText("Bo Lindqvist")
    card.way.buttons["own"].click()
    card.act.click()
    assert "Choose the file" in card.wrong.text()
    card.choose_file(tmp_path / "bo.p12")
    for password, done in (("wrong", False), ("secret", True)):
        qtbot.keyClicks(card.password.field, password)
        card.act.click()
        settled(window)
        assert card.password.text == "", "the password is gone at once"
        assert bool(begun.sheet.signing.sheet.acknowledged) == done
    qtbot.waitUntil(lambda: bool(begun.sheet.checked), timeout=30_000)
    assert "signed by Bo Lindqvist" in begun.sheet.checked[-1].words


@pytest.mark.parametrize(("mode", "text_size"), [("light", 100), ("field", 100), ("light", 200)])
def test_no_part_is_cut_off_or_nameless_at_any_look_or_text_size(begun, enrolled, window, settled, theme, mode, text_size, qtbot):
    visit = window.opened.state.id
    window.background.change(lambda ws: add_line(ws, visit, "attendee", name="Bo Lindqvist", side="site", closing=True), owner=window)
    window.background.change(lambda ws: revise_finding(ws, visit, finding(window, "Guard missing").id, due="2027-01-31"), owner=window)
    settled(window)
    theme.wear(mode, text_size)
    window.resize(1280, 720)
    begun.sheet.card.show()
    try:
        for key in begun.parts:
            begun.turn_to(key)
            qtbot.wait(60)
            assert (key, cut_off(begun), nameless(window)) == (key, [], [])
        begun.show_findings()
        begun.window_shown.showNormal()
        begun.window_shown.resize(1280, 720)
        qtbot.wait(60)
        assert (cut_off(begun.window_shown), nameless(begun.window_shown)) == ([], [])
        begun.window_shown.close()
        window.go_to("findings", "improvement plan")
        qtbot.wait(60)
        assert (cut_off(window.current_screen), nameless(window)) == ([], [])
        window.current_screen.show_item(finding(window, "Guard missing").id)
        window.current_screen.editor.follow_up.choose("closed")
        window.current_screen.side.narrow.click()
        qtbot.wait(60)
        assert cut_off(window.current_screen) == []
    finally:
        theme.wear("light")


def cut_off(page) -> list[str]:
    """Name the buttons that are narrower than their words, and the pages wider than their place."""
    shown = [act for act in page.findChildren(QPushButton) if act.isVisible()]
    narrow = [act.accessibleName() for act in shown if act.width() < act.sizeHint().width() - 1]
    areas = [area for area in page.findChildren(QScrollArea) if area.isVisible() and area.widget().width() > area.viewport().width()]
    return narrow + [f"{area.widget()}: {area.widget().width()} of {area.viewport().width()}" for area in areas]


def draw(ink: Ink, points: tuple[tuple[int, int], ...]) -> None:
    """Draw a stroke with the mouse."""
    at = [QPointF(x, y).toPoint() for x, y in points]
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at[0])
    for one in at[1:]:
        QTest.mouseMove(ink, one)
        QApplication.processEvents()
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at[-1])


def test_strokes_are_kept_apart_and_taken_back_one_by_one(qtbot, theme):
    ink = Ink(theme)
    qtbot.addWidget(ink)
    ink.resize(300, 150)
    ink.show()
    qtbot.waitExposed(ink)
    draw(ink, ((10, 10), (60, 40), (400, 500)))
    draw(ink, ((100, 100),))
    first, second = ink.strokes
    assert [point[:2] for point in first] == [(10, 10), (60, 40), (300, 150)], "what leaves the sheet ends at its edge"
    assert second == ((100, 100, 0.5),)
    ink.undo()
    assert ink.strokes == (first,)
    ink.clear()
    assert ink.strokes == ()


def test_a_pen_tells_how_hard_it_is_pressed(qtbot, theme):
    ink = Ink(theme)
    qtbot.addWidget(ink)
    pen = QPointingDevice.primaryPointingDevice()
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0)
    for kind, x, pressure in (
        (QEvent.Type.TabletPress, 10, 0.2),
        (QEvent.Type.TabletMove, 30, 0.9),
        (QEvent.Type.TabletRelease, 30, 0.0),
    ):
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
        event = QTabletEvent(kind, pen, QPointF(x, 20), QPointF(x, 20), pressure, *nothing, Qt.KeyboardModifier.NoModifier, *buttons)
        QApplication.sendEvent(ink, event)
    ((first, second),) = ink.strokes
    assert (first[0], round(first[2], 3), second[0], round(second[2], 3)) == (10, 0.2, 30, 0.9)


def test_a_finding_that_just_does_not_fit_moves_closer_together_and_a_long_one_scrolls(begun):
    begun.show_findings()
    slide = begun.window_shown.slide

    def height():
        return slide.layout().heightForWidth(slide.width())

    slide.fit_into(5_000)
    whole = height()
    assert slide.title.property("role") == "large"
    slide.fit_into(whole - 1)
    closer = height()
    assert slide.title.property("role") == "large" and closer < whole
    slide.fit_into(closer - 1)
    assert slide.title.property("role") == "title" and height() < closer
    slide.fit_into(whole // 2)
    assert slide.title.property("role") == "large" and height() == whole
    begun.window_shown.close()


def test_what_the_site_replied_is_read_whole_in_the_list_of_the_meeting(begun, window, settled):
    reply = "We ask that the rating be looked at again once the files of both traders have come to the office, " * 3
    visit, told = window.opened.state.id, finding(window, "No due diligence").id
    rows, at = begun.meeting.findings, 1
    before = rows.sizeHintForIndex(rows.row_model.index(at, 0)).height()
    window.background.change(lambda ws: revise_finding(ws, visit, told, site_reply=reply), owner=window)
    settled(window)
    assert rows.row_model.rows[at].key == told
    assert rows.sizeHintForIndex(rows.row_model.index(at, 0)).height() > before + 10
