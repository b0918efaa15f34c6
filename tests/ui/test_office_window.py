"""The office's window: what was received is read, and cannot be changed; questions and the decision go back to the auditor."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from auditor_app.clock import SystemClock
from auditor_app.domain.journal import Subject
from auditor_app.ui.app import start_office
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.office.window import OfficeWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.reading import let_only_read
from auditor_app.ui.screens.closing.part import Shown
from auditor_app.ui.screens.criteria.evidence_menu import tile_menu
from auditor_app.vault.keys import Secret
from auditor_app.workflows.acknowledging import Representative
from auditor_app.workflows.closing import begin_closing, end_closing
from auditor_app.workflows.closing_sheet import acknowledge_sheet, make_sheet
from auditor_app.workflows.criteria import answer, explain, rate
from auditor_app.workflows.findings import note_limit, raise_finding, revise_finding
from auditor_app.workflows.hand_over import make_bundle
from auditor_app.workflows.history import history
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import Office, found_office, open_office
from auditor_app.workflows.office.reading import open_reading_copy, received_bundles
from auditor_app.workflows.office.receiving import receive_mailbox, receive_path
from auditor_app.workflows.office.review_state import reviewing
from auditor_app.workflows.office_mail import fetch
from auditor_app.workflows.planning import assign, set_applicability
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.sending import send
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Workspace, create_workspace, open_workspace
from auditor_app.workspace.opening import say_who_i_am

FACTS = {"site": "Quebrada Honda smelter", "company": "Andina Metales", "country": "CL", "site_type": "smelter", "kind": "initial"}
STAGES = ("review", "plan", "criteria", "evidence", "interviews", "findings", "coverage", "closing", "report", "history")
PLAN = ("site", "days", "areas", "documents", "interviews", "workforce", "equivalences", "applicability")
LONG = "Records of the last three drills of the tankhouse, with who took part, how long it took and what was learnt"
SAFE = {"Look in the mailbox", "Check a signature…", "Receive from a stick…", "All received"}


@pytest.fixture(scope="session")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Secret, str]:
    """An office's folder, a mailbox and an auditor's workspace: a filled visit was sent, and nothing was fetched yet."""
    folder, secret, clock = tmp_path_factory.mktemp("handed"), Secret.new(), SystemClock()
    (folder / "mailbox").mkdir()
    office = found_office(folder / "office", "Office of Assurance", clock, mailbox=str(folder / "mailbox"))
    create_workspace(folder / "workspace", "pass", secret=secret)
    with open_workspace(folder / "workspace", secret=secret, installation=folder / "installation") as workspace:
        say_who_i_am(workspace, "auditor-rosa", "Rosa Vidal", "Cordillera Assurance")
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", FACTS)
        _fill(workspace, visit, folder)
        _meet(workspace, visit)
        make_report(workspace, visit, sign=True)
        send(workspace, make_bundle(workspace, visit).id)
    return folder, secret, visit


def _fill(workspace: Workspace, visit, folder: Path) -> None:
    (folder / "notes.txt").write_text("What was seen at the scales.")
    take_in(workspace, visit, folder / "notes.txt", targets=(Subject("criterion", "2"),))
    answer(workspace, visit, "2-d1", "partly")
    rate(workspace, visit, "2", "does_not", because="No register was shown.")
    raise_finding(workspace, visit, "2", "No risk register", statement="No register of risks is kept.")
    note_limit(workspace, visit, "The slag shed", "It was closed.", ("2",))
    crane = {"group": "Crane drivers", "held_at": "2026-05-04T15:00:00.000000Z", "people": 2, "language": "es"}
    interview, _changes = add_line(workspace, visit, "interview", **crane)
    assign(workspace, visit, "2", "Luis Rojas")
    add_line(workspace, visit, "quote", interview=interview, original="Nadie nos dijo nada.", stance="supports")


def _meet(workspace: Workspace, visit) -> None:
    """Plan the visit, hold its closing meeting, and let the site acknowledge the sheet."""
    for kind, fields in (
        ("day", {"date": "2026-05-04", "plan": "Opening, then the tankhouse"}),
        ("area", {"name": "Tankhouse", "walked_on": "2026-05-04"}),
        ("document", {"title": LONG, "asked_of": "Emergency response", "state": "not_received"}),
        ("quota", {"group": "Crane drivers", "planned": 3}),
        ("todo", {"text": "Look at the slag shed", "day": "2026-05-05"}),
        ("attendee", {"name": "Óscar Peña", "role": "Plant manager", "side": "site", "closing": True}),
    ):
        add_line(workspace, visit, kind, **fields)
    set_applicability(workspace, visit, "31", "yes", "There is a tailings facility after all.")
    begin_closing(workspace, visit, held_at="2026-05-06 15:30", place="Meeting room 2")
    finding = workspace.visit(visit).findings[0].id
    revise_finding(workspace, visit, finding, position="agrees", site_reply="We accept it.")
    end_closing(workspace, visit)
    revise_finding(workspace, visit, finding, owner="Head of risk")
    make_sheet(workspace, visit)
    drawn = (((0.1, 0.1, 1.0), (0.4, 0.2, 1.0)),)
    acknowledge_sheet(workspace, visit, Representative(name="Óscar Peña", role="Plant manager", strokes=drawn))


@pytest.fixture
def office(handed_over, tmp_path: Path) -> Office:
    """A copy of the office's folder, with the mailbox where it was."""
    shutil.copytree(handed_over[0] / "office", tmp_path / "office")
    return open_office(tmp_path / "office", SystemClock())


@pytest.fixture
def office_window(qtbot, theme, office, tmp_path, monkeypatch) -> Iterator[OfficeWindow]:
    """The office's window, at the list of what was received, which is still empty."""
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(tmp_path / "installation"))
    let_only_read(QApplication.instance())
    window = OfficeWindow(theme, Preferences(), office.folder)
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.show()
    window.begin()
    qtbot.waitExposed(window)
    yield window
    window.background.close()
    let_only_read(QApplication.instance(), False)


@pytest.fixture
def calm(qtbot, office_window) -> Callable[[], None]:
    """Wait until nothing is under way any more."""

    def wait() -> None:
        quiet = [0]

        def is_quiet() -> bool:
            quiet[0] = 0 if office_window.background.busy else quiet[0] + 1
            return quiet[0] > 3

        qtbot.waitUntil(is_quiet, timeout=20_000)

    return wait


@pytest.fixture
def reading(office, office_window, calm) -> OfficeWindow:
    """The window with the only bundle received and open."""
    receive_mailbox(office)
    office_window.show_visits()
    calm()
    office_window.navigation.open_bundle(received_bundles(office)[0].bundle)
    calm()
    return office_window


def fingerprint(folder: Path) -> dict[str, str]:
    """Digest everything of a received bundle."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def journal(window: MainWindow, qtbot) -> list[str]:
    """Give the ids of all entries of the copy that is open."""
    found: list[list[str]] = []
    visit = window.opened.state.id
    window.background.run(lambda workspace: [one.id for one in history(workspace, visit)], owner=window, done=found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0]


def seen(page: QWidget, kind: type[QWidget]) -> list:
    return [one for one in page.findChildren(kind) if one.isVisible()]


def test_what_waits_in_the_mailbox_is_received_and_told_in_place(office_window, calm, office):
    page = office_window.navigation.received
    calm()
    assert page.empty.isVisible()
    page.look.click()
    calm()
    assert page.outcomes.lines == ("Quebrada Honda smelter: received",)
    (row,) = page.list.row_model.rows
    assert (row.title, row.side) == ("Quebrada Honda smelter", "not reviewed yet")
    assert "Rosa Vidal · version 1 of 1" in row.hint
    page.look.click()
    calm()
    assert [one.split(": ")[1] for one in page.outcomes.lines] == ["received before"]


def test_a_bundle_that_is_refused_is_told_with_its_reasons(office_window, calm, handed_over, tmp_path):
    (made,) = (handed_over[0] / "workspace" / "outgoing").iterdir()
    shutil.copytree(made, tmp_path / "stick")
    (piece,) = (tmp_path / "stick" / "data" / "evidence").iterdir()
    piece.unlink()
    office_window.navigation.received.receive_from(tmp_path / "stick")
    calm()
    what, why = office_window.navigation.received.outcomes.lines
    assert what.endswith("refused")
    assert "A file is not what was signed." in why
    assert piece.name in why


def test_what_is_only_read_is_put_into_words_and_what_was_done_is_said_as_done(reading, calm):
    window = reading
    window.go_to("plan", "site")
    calm()
    assert window.current_screen.parts["site"].cards[0].fields["country"].toPlainText() == "Chile"
    window.go_to("interviews", window.opened.state.interviews[0].id)
    calm()
    assert window.current_screen.editor.lines["language"].text() == "Spanish"
    window.go_to("criteria", "2")
    calm()
    assert window.current_screen.page.who.who.text() == "Luis Rojas worked on it"
    window.go_to("closing", "sheet")
    calm()
    assert not window.current_screen.sheet.about.text().endswith("not acknowledged yet")


def test_a_bundle_opens_read_only_and_says_so(reading):
    assert reading.navigation.stage == "review"
    assert reading.navigation.header.saved.text.startswith("Read only · version 1 of 1 · received ")
    assert reading.navigation.header.site.text() == "Quebrada Honda smelter"


@pytest.mark.parametrize("stage", STAGES[1:])
def test_every_text_can_be_read_and_copied_and_none_can_be_typed(reading, calm, stage):
    reading.go_to(stage)
    calm()
    page = reading.navigation.page
    typed = {one.accessibleName() for kind in (QLineEdit, QPlainTextEdit) for one in seen(page, kind) if not one.isReadOnly()}
    assert typed <= {"Find in the evidence", "Find in the history"} | _searches(page)


def _searches(page: QWidget) -> set[str]:
    """Name the fields that only search."""
    return {one.accessibleName() for one in seen(page, QLineEdit) if "ind" in one.accessibleName() or "earch" in one.accessibleName()}


def test_the_texts_of_the_visit_are_there(reading, calm, qtbot):
    reading.go_to("criteria", "2")
    calm()
    page = reading.current_screen.page
    assert page.rating.because.toPlainText() == "No register was shown."
    assert page.rows["2-d1"].answer.currentData() == "partly"
    assert [one.key for one in page.rating.buttons if one.isChecked()] == ["does_not"]
    reading.go_to("findings")
    calm()
    assert reading.current_screen.editor.texts["statement"].toPlainText() == "No register of risks is kept."
    reading.go_to("interviews")
    calm()
    assert reading.current_screen.editor.quotes.cards[0].original.toPlainText() == "Nadie nos dijo nada."
    assert not reading.current_screen.name.isVisible()


def buttons(page: QWidget) -> set[str]:
    """Name the buttons in sight that can be pressed."""
    return {_name(one) for one in seen(page, QAbstractButton) if one.isEnabled()}


@pytest.mark.parametrize("part", PLAN)
def test_the_plan_is_read_in_all_its_parts_and_nothing_in_it_can_be_pressed(reading, calm, part):
    reading.go_to("plan", part)
    calm()
    screen = reading.current_screen
    assert screen.shown_item == part
    assert buttons(screen) == {_name(one) for one in screen.tabs.values()}


def test_the_plan_says_what_the_auditor_planned_and_cuts_nothing_off(reading, calm):
    reading.go_to("plan", "documents")
    calm()
    (row,) = reading.current_screen.part.list.rows.values()
    title = row.editors["title"]
    assert title.toPlainText() == LONG
    assert title.height() >= title.document().size().height() * title.fontMetrics().lineSpacing() > title.fontMetrics().lineSpacing()
    assert row.editors["state"].currentText() == "Not received"
    assert not row.editors["state"].isEnabled()
    reading.go_to("plan", "site")
    calm()
    card = reading.current_screen.part.cards[0]
    assert (card.fields["site"].toPlainText(), card.fields["site_type"].toPlainText()) == ("Quebrada Honda smelter", "Smelter")
    reading.go_to("plan", "applicability")
    calm()
    row = reading.current_screen.part.rows["31"]
    assert [one.words for one in row.choice.buttons.values() if one.isVisible()] == ["Applies"]
    assert row.because.toPlainText() == "There is a tailings facility after all."


def test_a_list_without_lines_says_that_nothing_was_recorded(reading, calm):
    reading.go_to("plan", "workforce")
    calm()
    part = reading.current_screen.part
    texts = {one.text() for one in seen(part, QLabel) if one.text()}
    assert texts == {"Not recorded."}


def test_coverage_is_measured_as_the_auditor_saw_it(reading, calm):
    reading.go_to("coverage")
    calm()
    screen = reading.current_screen
    assert [line.accessibleName() for line in screen.heard.lines.values()] == ["Crane drivers: 0 of 3", "Heard beside the plan: 2"]
    assert [line.accessibleName() for line in screen.received.lines.values()] == [f"{LONG}: not received"]
    (todo,) = screen.todos.rows.values()
    assert todo.editors["text"].toPlainText() == "Look at the slag shed" and not todo.editors["done"].isEnabled()
    assert not screen.put.isVisible() and not screen.todos.draft.isVisible()
    assert "Put what is missing" not in " ".join(buttons(screen))


def test_what_waits_for_a_reply_leads_to_the_review(reading, calm):
    reading.go_to("hand_over", "question")
    calm()
    assert reading.navigation.stage == "review" and not reading.banner.text


def test_the_closing_meeting_is_read_with_what_changed_since_and_the_sheet_as_the_site_acknowledged_it(reading, calm):
    reading.go_to("closing")
    calm()
    screen = reading.current_screen
    assert screen.key == "meeting"
    assert (screen.meeting.place.toPlainText(), screen.meeting.counts.text()) == ("Meeting room 2", "1 agreed")
    assert not any(one.isVisible() for one in (screen.meeting.begin, screen.meeting.end, screen.meeting.another))
    screen.turn_to("prepare")
    assert [row.name for row in screen.parts["prepare"].attendance.rows.values()] == ["Óscar Peña"]
    screen.turn_to("changes")
    assert ("Owner", "Head of risk") in {(line.what, line.after) for line in screen.changes.lines}
    titles = [one for one in seen(screen.changes, QLabel) if one.text().startswith("Finding 1")]
    assert titles and all(one.width() > screen.changes.width() // 2 for one in titles)
    assert "Say why" not in " ".join(buttons(screen))
    screen.turn_to("sheet")
    calm()
    sheet = screen.sheet
    assert "acknowledged by Óscar Peña" in sheet.about.text()
    assert len(sheet.checked) == 5 and all(one.holds for one in sheet.checked)
    assert sheet.look.isVisible() and sheet.export.isVisible()
    assert not any(one.isVisible() for one in (sheet.make, sheet.language, sheet.card, sheet.pin))
    sheet.look.click()
    calm()
    assert screen.preview.isVisible()


def test_where_no_meeting_was_held_and_no_sheet_made_that_is_said(reading, calm):
    reading.go_to("closing")
    calm()
    screen = reading.current_screen
    screen.meeting.show_all(Shown(opened=reading.opened))
    screen.sheet.show_all(Shown(opened=reading.opened))
    assert screen.meeting.none_held.isVisible() and not screen.meeting.begin.isVisible()
    screen.turn_to("sheet")
    assert (screen.sheet.told.text(), screen.sheet.about.text()) == ("Preliminary findings sheet", "Not recorded.")


def test_the_findings_are_shown_as_the_site_saw_them_and_no_key_answers_for_it(reading, calm, qtbot):
    before = journal(reading, qtbot)
    reading.go_to("closing")
    calm()
    screen = reading.current_screen
    screen.show_findings()
    large = screen.window_shown
    qtbot.waitUntil(large.isVisible, timeout=5_000)
    assert large.slide.title.text() == "No risk register"
    assert large.answer.words.toPlainText() == "We accept it."
    for key in (Qt.Key.Key_D, Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_W, Qt.Key.Key_X):
        qtbot.keyClick(large, key)
    for one in large.answer.buttons.values():
        one.click()
    calm()
    assert [name for name, one in large.answer.buttons.items() if one.isChecked()] == ["agrees"]
    assert large.banner.text == ""
    large.close()
    calm()
    assert journal(reading, qtbot) == before


@pytest.mark.qt_log_ignore("does not support", extend=True)  # the offscreen platform says so of every menu
def test_keys_and_clicks_that_write_in_an_auditor_s_window_change_nothing(reading, calm, qtbot, office, tmp_path):
    before, files = journal(reading, qtbot), fingerprint(office.received)
    refused: list[object] = []
    reading.background.not_saved.connect(refused.append)
    for stage in STAGES[1:]:
        reading.go_to(stage, "2" if stage == "criteria" else "")
        calm()
        _press_everything(reading, qtbot, calm)
        _drop(reading.navigation.page, tmp_path)
        calm()
    assert refused == []
    assert journal(reading, qtbot) == before
    assert fingerprint(office.received) == files


def _press_everything(window: OfficeWindow, qtbot, calm) -> None:
    """Press every key that writes, then every button in sight that asks for no file and leads nowhere else."""
    page = window.navigation.page
    _press_keys(window, qtbot)
    stage = window.navigation.stage
    for name in [_name(one) for one in seen(page, QAbstractButton) if one.isEnabled()]:
        if any(word in name for word in ("…", "Export", "Ask", "Check", "Look at", "Go to", "Copy")):
            continue
        again = next((one for one in seen(window.navigation.page, QAbstractButton) if _name(one) == name and one.isEnabled()), None)
        if again is not None:
            again.click()
            calm()
        if (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        window.go_to(stage)
        calm()


def _press_keys(window: MainWindow, qtbot) -> None:
    """Press the keys that rate, answer, undo, paste, and begin findings, interviews and visits."""
    QApplication.clipboard().setText("pasted")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_M, Qt.Key.Key_P, Qt.Key.Key_Backspace, Qt.Key.Key_L):
        qtbot.keyClick(window.focusWidget() or window, key)
    for key in (Qt.Key.Key_V, Qt.Key.Key_R, Qt.Key.Key_Z, Qt.Key.Key_N, Qt.Key.Key_I):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_I, both)


def test_the_same_keys_do_write_in_an_auditor_s_window(window, settled, qtbot):
    window.go_to("criteria", "2")
    settled(window)
    before = journal(window, qtbot)
    window.current_screen.page.focus_checks()
    _press_keys(window, qtbot)
    settled(window)
    assert len(journal(window, qtbot)) > len(before)


def test_a_tile_only_leads_to_its_evidence(reading, calm):
    reading.go_to("criteria", "2")
    calm()
    screen = reading.current_screen
    (tile,) = screen.page.evidence.tiles.values()
    menu = tile_menu(screen, tile.linked, lambda *_link: None, lambda: None)
    assert [action.text() for action in menu.actions()] == ["Show in Evidence"]


def _name(one: QAbstractButton) -> str:
    return one.accessibleName() or one.text()


def _drop(page: QWidget, folder: Path) -> None:
    (folder / "dropped.txt").write_text("dropped")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "dropped.txt"))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(50, 50), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    if hasattr(page, "dropEvent") and page.acceptDrops():
        page.dropEvent(event)


@pytest.mark.parametrize("stage", STAGES[1:])
def test_choices_show_what_was_chosen_and_take_no_other(reading, calm, stage):
    reading.go_to(stage, "2" if stage == "criteria" else "")
    calm()
    boxes = [one for one in seen(reading.navigation.page, QComboBox) if one.isEnabled()]
    assert {type(one.parent()).__name__ for one in boxes} <= {"FilterLine", "Flow", "QWidget"}
    assert all(stage == "evidence" for _one in boxes)


def test_the_palette_offers_nothing_that_writes(reading, calm):
    reading.go_to("criteria", "2")
    calm()
    offered = {row.title for row, _act in reading.navigation._commands()}
    assert {"Review", "All that was received", "Ask the auditor"} <= offered
    assert not offered & {"New visit", "Undo the last change", "Paste evidence", "Raise a finding", "I take this", "Add evidence, Ctrl+E"}


def test_a_question_is_asked_in_place_and_the_letter_reaches_the_auditor(reading, calm, qtbot, office, handed_over, tmp_path):
    reading.go_to("criteria", "2")
    calm()
    ask = reading.current_screen.page.questions
    qtbot.keyClick(reading, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: reading.focusWidget() is ask.text, timeout=2_000)
    qtbot.keyClicks(ask.text, "Which register did you ask for?")
    qtbot.keyClick(ask.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert [row.editor.toPlainText() for row in ask.rows] == ["Which register did you ask for?"]
    reading.go_to("review")
    calm()
    screen = reading.current_screen
    screen.decision.by.setText("Ines Sala")
    screen.decision.words.setPlainText("One thing is to be explained.")
    screen.decision.choices["returned"].click()
    calm()
    assert screen.decision.choices["returned"].isChecked()
    screen.decision.send.click()
    calm()
    assert screen.decision.told.text() == "The signed letter is in the mailbox for the auditor."
    assert screen.decision.stands.text().startswith("Returned by Ines Sala, round 1")
    _arrives(handed_over, tmp_path)


def _arrives(handed_over, tmp_path: Path) -> None:
    folder, secret, visit = handed_over
    shutil.copytree(folder / "workspace", tmp_path / "laptop", ignore=shutil.ignore_patterns("lock"))
    with open_workspace(tmp_path / "laptop", secret=secret, installation=tmp_path / "installation") as workspace:
        news = fetch(workspace).news
        state = workspace.visit(visit)
    assert "review" in {one.kind for one in news}
    assert [one.text for one in state.questions] == ["Which register did you ask for?"]
    assert [(one.decision, one.by, one.words) for one in state.decisions] == [("returned", "Ines Sala", "One thing is to be explained.")]


def test_a_decision_that_cannot_be_taken_is_told_in_place(reading, calm, office):
    screen = reading.current_screen
    screen.decision.choices["accepted"].click()
    calm()
    assert screen.decision.told.isVisible()
    assert not screen.decision.choices["accepted"].isChecked()
    assert not screen.decision.send.isEnabled()
    assert reviewing(office, received_bundles(office)[0].bundle).decided is None


def test_the_letter_can_be_written_to_a_stick(reading, calm, tmp_path):
    screen = reading.current_screen
    screen.decision.by.setText("Ines Sala")
    screen.decision.choices["accepted"].click()
    calm()
    screen.decision.send_letter(tmp_path / "stick")
    calm()
    (letter,) = (tmp_path / "stick").iterdir()
    assert str(letter) in screen.decision.told.text()
    assert screen.decision.stands.text().startswith("Accepted by Ines Sala")


def test_a_newer_version_shows_what_changed_and_the_older_one_can_be_read(reading, calm, office, handed_over, tmp_path):
    folder, secret, visit = handed_over
    shutil.copytree(folder / "workspace", tmp_path / "laptop", ignore=shutil.ignore_patterns("lock"))
    with open_workspace(tmp_path / "laptop", secret=secret, installation=tmp_path / "installation") as workspace:
        explain(workspace, visit, "2", "A register was shown later.")
        make_report(workspace, visit, sign=True)
        make_bundle(workspace, visit, out=tmp_path / "stick")
    receive_path(office, tmp_path / "stick")
    newer, older = received_bundles(office)
    reading.navigation.open_bundle(newer.bundle)
    calm()
    assert reading.navigation.header.saved.text.startswith("Read only · version 2 of 2")
    lines = reading.current_screen.differences.lines
    assert ("Criterion 2 Risk Assessment", "A register was shown later.") in {(one.about, one.after) for one in lines}
    reading.go_to("criteria", "2")
    calm()
    assert reading.current_screen.page.rating.because.toPlainText() == "A register was shown later."
    reading.navigation.open_bundle(older.bundle, "criteria", "2")
    calm()
    assert reading.navigation.header.saved.text.startswith("Read only · version 1 of 2")
    assert reading.current_screen.page.rating.because.toPlainText() == "No register was shown."


def test_the_copy_that_the_window_shows_holds_what_was_handed_over(reading, qtbot, office):
    bundle, before = received_bundles(office)[0].bundle, journal(reading, qtbot)
    reading.background.close()
    with open_reading_copy(office, bundle) as copy:
        assert [one.id for one in history(copy, received_bundles(office)[0].visit)] == before


def test_the_program_starts_over_an_office_at_a_bundle(qtbot, office, monkeypatch, tmp_path):
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(tmp_path / "installation"))
    receive_mailbox(office)
    bundle = received_bundles(office)[0].bundle
    started = start_office(QApplication.instance(), office.folder, bundle[:10])
    qtbot.addWidget(started)
    try:
        qtbot.waitUntil(lambda: started.navigation.stage == "review" and not started.background.busy, timeout=20_000)
        assert started.current_screen.decision.by.isVisible()
    finally:
        started.background.close()
        let_only_read(QApplication.instance(), False)


def test_a_folder_that_is_no_office_is_told_in_place(qtbot, theme, monkeypatch, tmp_path):
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(tmp_path / "installation"))
    let_only_read(QApplication.instance())
    window = OfficeWindow(theme, Preferences(), tmp_path)
    qtbot.addWidget(window)
    try:
        window.show()
        window.begin()
        qtbot.waitUntil(lambda: bool(window.banner.text), timeout=10_000)
        assert str(tmp_path) in window.banner.text
    finally:
        window.background.close()
        let_only_read(QApplication.instance(), False)
