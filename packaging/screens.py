"""Draws every screen to PNG, in each look and size, offscreen, on the sample visit, so that a person can judge how it looks.

    python packaging/screens.py --out DIR [--only NAME …] [--sample DIR]

Every picture has a window and a copy of the sample of its own, so that it shows what its name says whatever was drawn before it.
Playing the sample takes half a minute; with --sample it is kept there for the next time.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
import office_screens
from office_screens import OfficeScene
from PySide6.QtCore import QBuffer, QEvent, QEventLoop, QIODevice, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QProgressBar, QScrollArea

from auditor_app.clock import SystemClock
from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.ids import VisitId
from auditor_app.install_paths import resources
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import certificate_request, new_private_key
from auditor_app.ui.capture.sound_part import SoundPart
from auditor_app.ui.intake.wish import Wish
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.preferences import Preferences
from auditor_app.ui.reading import let_only_read
from auditor_app.ui.screens.hand_over.mailbox_card import MailboxCard
from auditor_app.ui.screens.hand_over.rules_card import RulesCard
from auditor_app.ui.screens.workspace.office_card import OfficeCard
from auditor_app.ui.theme import Theme
from auditor_app.vault.keys import Secret
from auditor_app.workflows.criteria import answer, rate
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.identity import import_profile
from auditor_app.workflows.lists import add_line
from auditor_app.workflows.office.accepting import registered
from auditor_app.workflows.office.folder import Office, found_office, open_office, profile_letter, sign_profile
from auditor_app.workflows.office.profile import Change, set_profile
from auditor_app.workflows.office.returning import return_review
from auditor_app.workflows.office.review_state import WHOLE
from auditor_app.workflows.office.reviewing import ask, decide
from auditor_app.workflows.own_keys import keys_on_card
from auditor_app.workflows.planning import assign
from auditor_app.workflows.profile_codes import codes_of
from auditor_app.workflows.reports import list_reports, report_bytes
from auditor_app.workflows.sample_visit import PASSPHRASE, play
from auditor_app.workflows.visits import begin_visit, list_visits
from auditor_app.workflows.wording import size_words
from auditor_app.workflows.workspaces import open_existing
from auditor_app.workspace import Workspace, open_workspace
from tests.signing.soft_card import SoftCard, soft_card

SIZES = ((1280, 720), (1480, 900))
LOOKS = (("light", 100), ("dark", 100), ("field", 100), ("light", 200))
NEW = {"site": "Los Alerces refinery", "company": "Metalúrgica del Sur", "site_type": "refinery", "starts_on": "2026-12-07"}

SAID = {
    "original": "我们的护照都在自己手里，没有付过任何费用。宿舍可以随时离开。",
    "interpreted": "We keep our passports ourselves and never paid anyone. We may leave the camp whenever we like.",
    "stance": "supports",
    "criteria": ["12"],
}


@dataclass(frozen=True)
class Scene:
    """A window over its own copy of the sample: the visit that is done, one just begun, and a folder for what else it needs."""

    window: MainWindow
    done: VisitId
    begun: VisitId
    folder: Path
    sample: Path


@dataclass(frozen=True)
class Ground:
    """What every picture begins with: the sample's workspace with one more visit begun, and the key that opens it at once."""

    sample: Path
    workspace: Path
    secret: Secret
    visits: tuple[VisitId, ...]
    theme: Theme


Show = Callable[[Scene], object]
T = TypeVar("T", Scene, OfficeScene)
Begin = Callable[[Path], AbstractContextManager[T]]


def stage(key: str, item: str = "", then: Show | None = None, *, begun: bool = False) -> Show:
    """Show a stage of the visit that is done, or of the one just begun, at an item, and do something there."""

    def show(scene: Scene) -> None:
        window = scene.window
        window.open_visit(scene.begun if begun else scene.done, key)
        settle(window)
        window.go_to(key, item)
        settle(window)
        if then is not None:
            then(scene)

    return show


def _welcome(scene: Scene) -> None:
    scene.window.show_first_start()
    scene.window.first_start.turn_to_create()


def _open_workspace(scene: Scene) -> None:
    scene.window.show_first_start()
    scene.window.first_start.turn_to_open()


def _new_visit(scene: Scene) -> None:
    scene.window.show_visits()
    settle(scene.window)
    scene.window.navigation.visits.show_new()


def _scroll_to_end(scene: Scene) -> None:
    settle(scene.window)
    scene.window.current_screen.page.scroll_to_end()


def _disk_full(scene: Scene) -> None:
    scene.window.tell_error(Unavailable("disk_full_for_file", path="IMG_0412.jpg", size=size_words(4 << 30)))


def _show_talk(scene: Scene, *, to_end: bool = False) -> None:
    """Show the interview with quotes, at its beginning or its end with the name's place open."""
    screen = scene.window.current_screen
    screen.show_item(screen.opened.state.quotes[0].interview)
    settle(scene.window)
    if to_end:
        screen.name.opener.click()
        settle(scene.window)
        bar = screen.editor.parentWidget().parentWidget().verticalScrollBar()
        bar.setValue(bar.maximum())


def _search(scene: Scene) -> None:
    scene.window.navigation.quick_jump.open()
    scene.window.navigation.quick_jump.findChild(QLineEdit).setText("furnace")
    _wait(lambda: scene.window.navigation.quick_jump.found_count > 0, 3_000)


def _draw_on_a_copy(scene: Scene) -> None:
    """Open a photo for copying and do a little of everything."""
    screen = scene.window.current_screen
    screen.show_item(next(one.digest for one in screen.opened.state.evidence.values() if one.media_type == "image/jpeg"))
    settle(scene.window)
    screen.tools.make_copy()
    settle(scene.window)
    page = screen.tools.copying
    for tool, box in (("blur", (0.1, 0.15, 0.3, 0.4)), ("boxes", (0.45, 0.3, 0.7, 0.6)), ("arrows", (0.2, 0.85, 0.44, 0.62))):
        page.choose(tool)
        page.canvas.mark(*box)
    page.choose("texts")
    page.words.setText("no guard here")
    page.canvas.mark(0.12, 0.86, 0.12, 0.86)
    page.choose("crop")
    page.canvas.mark(0.04, 0.06, 0.9, 0.96)


def _show_to_the_site(scene: Scene, *, objection: bool = False) -> None:
    """Show photos in the window for the eyes of the site, as large as the other pictures; with what it objected to, if asked."""
    screen = scene.window.current_screen
    if objection:
        screen.open_objection(screen.opened.state.objections[0].id)
    else:
        screen.go_on(screen.opened.state.reviews[0].id)
    screen.window_shown.showNormal()
    screen.window_shown.resize(scene.window.size())
    settle(scene.window)


def _come_back(scene: Scene, then: str = "", item: str = "") -> None:
    """Let the office of the sample return the visit with questions, from a copy of its folder, and take its letter in."""
    window, office = scene.window, _office(scene)
    bundle = registered(office)[0]["bundle"]
    finding = window.opened.state.findings[0].id
    for about, text in (
        (Subject("criterion", "17"), "Which of the five units were sampled, and by whom?"),
        (Subject("finding", finding), "Is it systemic? The statement speaks of one place only."),
        (WHOLE, "The exclusions name the slag dump, but an area of the plan has the same name. Which is right?"),
    ):
        ask(office, bundle, about, text)
    decide(office, bundle, "returned", "Three things are open before this can be accepted.", "Inés Quiroga")
    window.current_screen.take_letters(return_review(office, bundle, mailbox=False, out=scene.folder / "stick").file)
    settle(window)
    if then:
        window.go_to(then, item or window.opened.state.findings[0].id)
        settle(window)


def _take_film_in(scene: Scene) -> None:
    """Take a large file in and wait until a good part of it is sealed; what is not sealed when the picture is drawn is given up."""
    film = scene.folder / "tankhouse-walk.mp4"
    with film.open("wb") as stream:
        stream.truncate(1_500_000_000)
    scene.window.current_screen.take_files([film])
    bar = scene.window.navigation.intake.line.findChild(QProgressBar)
    _wait(lambda: bar.value() > 250)


def _look_card_through(scene: Scene) -> None:
    """Look a card through on which most is new; one picture of it was taken in before."""
    card = scene.folder / "CANON" / "DCIM"
    for number in range(48):
        path = card / "100CANON" / f"IMG_{number:04}.{'MP4' if number % 12 == 5 else 'JPG'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"card %d" % number * 1_000)
        os.utime(path, (1_794_000_000 + number * 9_000,) * 2)
    (card / ".DS_Store").touch()
    intake, wish = scene.window.navigation.intake, Wish(visit=scene.done, targets=(Subject("criterion", "17"),))
    intake.take_files(scene.done, [card / "100CANON" / "IMG_0003.JPG"])
    settle(scene.window)
    scene.window.banner.clear()
    intake.look_through(wish, card)


def _record_sound(scene: Scene) -> None:
    """Make ready to record, as far as that can be drawn without a microphone."""
    capture, stream = scene.window.navigation.intake.capture, QBuffer(scene.window)
    stream.open(QIODevice.OpenModeFlag.ReadWrite)
    part = capture.microphone = capture.microphone or capture.placed(SoundPart())
    part.listen(stream)
    stream.write(bytes([0, 40]) * 16_000 * 7)
    stream.seek(0)
    stream.readyRead.emit()
    part.show()
    part.opened.emit()


def _show_photo(scene: Scene, *, closer: bool) -> None:
    """Show only photos, one of them chosen or as large as the screen allows."""
    screen = scene.window.current_screen
    screen.filter.choose("kind", "Photo")
    screen.grid.go_to(screen.grid.tiles.pieces[8].digest)
    if closer:
        screen.look_closer()


def _look_at_kind(scene: Scene, kind: str) -> None:
    """Show a piece of a kind over the whole window."""
    screen = scene.window.current_screen
    screen.show_item(next(piece.digest for piece in screen.grid.tiles.pieces if piece.kind == kind))
    screen.look_closer()


def _link_many(scene: Scene) -> None:
    """Choose some pieces by a filter, and tick what they are linked to."""
    screen = scene.window.current_screen
    screen.filter.choose("criterion", "17")
    screen.grid.selectAll()
    screen.choose_links()
    for row in (0, 6, 40):
        screen.picker.list.item(row).setCheckState(Qt.CheckState.Checked)


def _look_at_report(scene: Scene) -> None:
    screen = scene.window.current_screen
    screen.look_at(screen.made.reports[0])


def _differ(scene: Scene) -> None:
    """Let somebody else rate a criterion without having seen the rating that is there."""

    def elsewhere(workspace: Workspace) -> Changes:
        with workspace.recording(scene.done) as recorder:
            recorder.add(Subject("criterion", "17"), "rating", "fully", replaces=(), reason="")
        return recorder.changes

    scene.window.background.change(elsewhere, owner=scene.window)


def _office(scene: Scene, **changed: object) -> Office:
    """Open a copy of the sample's office; what is named of its profile is changed and signed."""
    folder = scene.folder / "office"
    shutil.copytree(scene.sample / "office", folder)
    office = open_office(folder, SystemClock())
    return sign_profile(office, msgspec.structs.replace(office.profile, **changed)) if changed else office


def _offer_office_key(scene: Scene) -> None:
    """Let the office have a new key that nobody has confirmed yet."""
    letter = profile_letter(_office(scene, recipient=Secret.new().recipient))

    def take_in(workspace: Workspace) -> None:
        with suppress(NotAllowed):  # it waits to be confirmed
            import_profile(workspace, letter)

    scene.window.background.run(take_in, owner=scene.window)
    scene.window.current_screen.show_visit(scene.window.opened)


def _letter(office: Office, share: float = 1.0) -> list[bytes]:
    """Give the codes of an office's letter, or a share of them."""
    places = ("https://cloud.office.example/dav/mailbox", "s3+https://store.office.example/mailbox")
    codes = codes_of(profile_letter(set_profile(office, Change(places=places, office_months=120, laptop_months=6))))
    return list(codes[: int(len(codes) * share)])


def _read_letter(scene: Scene, share: float = 1.0, *, new_key: bool = False) -> None:
    """Read the codes of a letter in which the office renews its profile, or a share of them."""
    office = _office(scene, recipient=Secret.new().recipient) if new_key else _office(scene)
    scene.window.navigation.show_workspace()
    settle(scene.window)
    card: OfficeCard = scene.window.navigation.workspace_page.office
    card.open_letter.click()
    card.letter.add_codes(_letter(office, share))


def _welcome_office(scene: Scene) -> None:
    _welcome(scene)
    part = scene.window.first_start.creating.office
    part.begin.click()
    part.reading.add_codes(_letter(found_office(scene.folder / "office", "Andes Assurance Office", SystemClock())))


def _doubt(scene: Scene) -> None:
    """Let answers, interviews and the rating of a criterion speak against one another, and somebody else work on it."""

    def work(workspace: Workspace) -> Changes:
        for check, said in {"12-d1": "met", "12-d3": "not_met", "12-d5": "partly", "12-o2": "met"}.items():
            answer(workspace, scene.begun, check, said)
        talk = {"group": "Migrant workers", "people": 4, "consent": "given", "criteria": ["12"], "language": "zh"}
        line, _changes = add_line(workspace, scene.begun, "interview", **talk)
        add_line(workspace, scene.begun, "quote", interview=line, **SAID)
        once = {"original": "有一次，我付了钱。", "interpreted": "Once I did pay, to a man in the town."}
        add_line(workspace, scene.begun, "quote", interview=line, stance="contradicts", **once)
        assign(workspace, scene.begun, "12", "Luis Rojas")
        return rate(workspace, scene.begun, "12", "fully")

    scene.window.background.change(work, owner=scene.window)


def _show_findings(scene: Scene, *, finding: int = 0) -> None:
    """Show the findings in the window of the closing meeting, as large as the other pictures."""
    screen = scene.window.current_screen
    screen.show_findings(screen.opened.state.findings[finding].id)
    screen.window_shown.showNormal()
    screen.window_shown.resize(scene.window.size())
    settle(scene.window)


def _begin_meeting(scene: Scene) -> None:
    """Raise a finding in the visit that has begun, so that a meeting could begin."""
    scene.window.background.change(lambda ws: raise_finding(ws, scene.begun, "17", "Two eyewash stations fail"), owner=scene.window)
    settle(scene.window)
    scene.window.current_screen.turn_to("meeting")


def _sign_for_the_site(scene: Scene) -> None:
    """Make the preliminary sheet anew and draw a signature on it."""
    screen = scene.window.current_screen
    screen.turn_to("sheet")
    screen.sheet.make_sheet()
    _wait(lambda: screen.sheet.card.isVisible() and not screen.sheet.job.at_work)
    card = screen.sheet.card
    card.name.setText("Raúl Ibarra Montt")
    card.role.setText("Plant manager")
    strokes = json.loads((resources() / "sample" / "signature.json").read_bytes())
    card.ink._strokes = [[(x + 120, y + 10, p) for x, y, p in stroke] for stroke in strokes]  # noqa: SLF001 - a hand is missing here
    card.ink.changed.emit()


def _check_report(scene: Scene, *, altered: bool = False, acknowledged: bool = False) -> None:
    """Check a signed report: as it was kept, one that was altered, or one that the site has acknowledged."""
    window, file = scene.window, scene.folder / "findings report.pdf"

    def write(workspace: Workspace) -> None:
        signed = [one for one in list_reports(workspace, scene.done) if one.signed]
        kept = next((one for one in signed if ("acknowledges" in one.details) == acknowledged), signed[0])
        data = report_bytes(workspace, kept)
        file.write_bytes(data + b"%% put behind" if altered else data)

    window.background.run(write, owner=window)
    settle(window)
    window.go_to("verification", f"file:{file}")


def _choose_card(scene: Scene, pin: str | None) -> None:
    """Show the ways to sign, or a card after one wrong PIN."""
    signer = scene.window.current_screen.signer
    signer.change.click()
    if pin is None:
        return
    signer.card_form.library = _soft_card(scene).library
    signer.by_card.click()
    settle(scene.window)
    signer.card_form.pin.field.field.setText(pin)
    signer.card_form.use.click()


def _soft_card(scene: Scene) -> SoftCard:
    """Plug a card in, made of software, with a key of somebody whose authority is not the office's."""
    authority, key = new_authority("Autoridad de Certificación Andina", SystemClock().now()), new_private_key()
    certificate = issue(authority, certificate_request(key, "Wojciech Żółkiewski", "Andes Field Audits"), SystemClock().now(), 25)
    card = soft_card(scene.folder / "card", "Wojciech's card")
    card.put(key, certificate, "0a")
    return card


def _sign_with_card(scene: Scene) -> None:
    """Ask for the PIN of a card that signs, after one wrong PIN."""
    window, card = scene.window, _soft_card(scene)

    def take(workspace: Workspace) -> None:
        (key,) = keys_on_card(card.library, card.serial)
        named = {"library": str(card.library), "serial": card.serial, "label": card.label, "key": key.id}
        with workspace.transaction():
            workspace.set_fact("own_key", {"kind": "card", **named, "certificate": key.certificate.decode()})

    window.background.run(take, owner=window)
    settle(window)
    screen = window.current_screen
    screen.show_visit(window.opened)
    settle(window)
    screen.sign_it()
    settle(window)
    screen.pin.pin.field.field.setText("999999")
    screen.pin.go.click()
    settle(window)


def _open_form(card: MailboxCard | RulesCard) -> None:
    """Scroll down to a card, as a person does, and open its form."""
    above = card.parentWidget()
    while not isinstance(above, QScrollArea):
        above = above.parentWidget()
    above.ensureWidgetVisible(card)
    card.change.click()


def _close_finding(scene: Scene) -> None:
    """Choose that a finding is closed, and show what is asked for then."""
    screen = scene.window.current_screen
    screen.show_item(screen.opened.state.findings[1].id)
    settle(scene.window)
    screen.editor.follow_up.choose("closed")
    screen.scroll_to_end()


SHOTS: dict[str, Show] = {
    "welcome": _welcome,
    "open": _open_workspace,
    "visits": lambda scene: scene.window.show_visits(),
    "workspace": lambda scene: scene.window.navigation.show_workspace(),
    "workspace-codes": lambda scene: _read_letter(scene, 0.8),
    "workspace-offer": lambda scene: _read_letter(scene),
    "workspace-key": lambda scene: _read_letter(scene, new_key=True),
    "welcome-office": _welcome_office,
    "new-visit": _new_visit,
    "plan": stage("plan", "site"),
    "plan-areas": stage("plan", "areas"),
    "plan-documents": stage("plan", "documents"),
    "plan-interviews": stage("plan", "interviews"),
    "plan-equivalences": stage("plan", "equivalences"),
    "plan-applicability": stage("plan", "applicability"),
    "plan-begun": stage("plan", "days", begun=True),
    "criteria": stage("criteria", "17"),
    "criteria-end": stage("criteria", "17", _scroll_to_end),
    "criteria-doubt": stage("criteria", "12", _doubt, begun=True),
    "criteria-rests-on": stage("criteria", "12", lambda scene: (_doubt(scene), _scroll_to_end(scene)), begun=True),
    "criteria-long-name": stage("criteria", "13"),
    "criteria-begun": stage("criteria", "27", begun=True),
    "say-why": stage("criteria", "4", lambda scene: scene.window.current_screen.page.rating.choose(1), begun=True),
    "banner": stage("criteria", "18", _disk_full),
    "intake": stage("criteria", "17", _take_film_in, begun=True),
    "intake-card": stage("criteria", "17", _look_card_through),
    "intake-sound": stage("criteria", "17", _record_sound),
    "quick-jump": stage("criteria", "17", lambda scene: scene.window.navigation.quick_jump.open()),
    "evidence": stage("evidence"),
    "evidence-photos": stage("evidence", "", lambda scene: _show_photo(scene, closer=False)),
    "evidence-closer": stage("evidence", "", lambda scene: _show_photo(scene, closer=True)),
    "evidence-pdf": stage("evidence", "", lambda scene: _look_at_kind(scene, "Scan")),
    "evidence-table": stage("evidence", "", lambda scene: _look_at_kind(scene, "Spreadsheet")),
    "evidence-sound": stage("evidence", "", lambda scene: _look_at_kind(scene, "Audio")),
    "evidence-links": stage("evidence", "", _link_many),
    "evidence-many": stage("evidence", "", lambda scene: scene.window.current_screen.grid.selectAll()),
    "evidence-empty": stage("evidence", begun=True),
    "coverage": stage("coverage"),
    "coverage-gaps": stage("coverage", "gaps"),
    "coverage-begun": stage("coverage", begun=True),
    "findings": stage("findings"),
    "findings-end": stage("findings", "", lambda scene: scene.window.current_screen.scroll_to_end()),
    "findings-empty": stage("findings", begun=True),
    "limit": stage("findings", "", lambda scene: scene.window.current_screen.show_item(scene.window.opened.state.limits[0].id)),
    "findings-plan": stage("findings", "improvement plan"),
    "finding-close": stage("findings", "", _close_finding),
    "finding-new": stage("findings", "new:17"),
    "finding-from-check": stage("findings", "check:17-d1"),
    "finding-evidence": stage("findings", "", lambda scene: scene.window.current_screen.pick()),
    "closing-prepare": stage("closing", "prepare"),
    "closing-meeting": stage("closing", "meeting"),
    "closing-begin": stage("closing", "", _begin_meeting, begun=True),
    "closing-show": stage("closing", "", _show_findings),
    "closing-show-good": stage("closing", "", lambda scene: _show_findings(scene, finding=9)),
    "closing-show-changed": stage("closing", "", lambda scene: _show_findings(scene, finding=1)),
    "closing-changes": stage("closing", "changes"),
    "closing-sheet": stage("closing", "sheet"),
    "closing-sign": stage("closing", "sheet", _sign_for_the_site),
    "report": stage("report"),
    "report-begun": stage("report", begun=True),
    "report-page": stage("report", "", _look_at_report),
    "report-office-key": stage("report", "", _offer_office_key),
    "verification-begun": stage("verification", "", lambda scene: scene.window.current_screen.view.clear()),
    "verification-good": stage("report", "", lambda scene: _check_report(scene)),
    "verification-altered": stage("report", "", lambda scene: _check_report(scene, altered=True)),
    "verification-sheet": stage("report", "", lambda scene: _check_report(scene, acknowledged=True)),
    "signer-ways": stage("report", "", lambda scene: _choose_card(scene, None)),
    "signer-card": stage("report", "", lambda scene: _choose_card(scene, "999999")),
    "signer-pin": stage("report", "", lambda scene: _sign_with_card(scene)),
    "hand-over": stage("hand_over"),
    "hand-over-begun": stage("hand_over", begun=True),
    "hand-over-rules": stage("hand_over", "", lambda scene: _open_form(scene.window.current_screen.rules)),
    "hand-over-mailbox": stage("hand_over", "", lambda scene: _open_form(scene.window.current_screen.mailbox)),
    "hand-over-returned": stage("hand_over", "", lambda scene: _come_back(scene)),
    "criterion-asked": stage("hand_over", "", lambda scene: _come_back(scene, "criteria", "17")),
    "finding-asked": stage("hand_over", "", lambda scene: _come_back(scene, "findings")),
    "history": stage("history"),
    "history-clash": stage("history", "", _differ),
    "copy": stage("evidence", "", lambda scene: _draw_on_a_copy(scene)),
    "clock": stage("evidence", "clock"),
    "interviews": stage("interviews", "", lambda scene: _show_talk(scene)),
    "interviews-end": stage("interviews", "", lambda scene: _show_talk(scene, to_end=True)),
    "interviews-begun": stage("interviews", begun=True),
    "interview-new": stage("interviews", "", lambda scene: scene.window.current_screen.begin()),
    "photo-review": stage("photo_review"),
    "photo-review-begun": stage("photo_review", begun=True),
    "photo-review-session": stage("photo_review", "", lambda scene: scene.window.current_screen.begin(), begun=True),
    "photo-review-show": stage("photo_review", "", lambda scene: _show_to_the_site(scene)),
    "photo-review-objection": stage("photo_review", "", lambda scene: _show_to_the_site(scene, objection=True)),
    "search": stage("criteria", "17", lambda scene: _search(scene)),
}
"""Every picture: its name and how the window comes to show it. Add a line for a new screen."""


def settle(window: MainWindow) -> None:
    """Let the window work until nothing is under way."""
    calm = [0]

    def is_calm() -> bool:
        calm[0] = 0 if window.background.busy or window.navigation.intake.at_work else calm[0] + 1
        return calm[0] > 3

    _wait(is_calm)


def _wait(until: Callable[[], bool], most_ms: int = 20_000) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=15)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    QTimer.singleShot(most_ms, loop.quit)
    loop.exec()


def _lay_ground(sample: Path, folder: Path, theme: Theme) -> Ground:
    """Play the sample unless it is there, and begin one more visit in a copy of its workspace."""
    play(sample)
    shutil.copytree(sample / "workspace", folder / "workspace")
    with open_existing(folder / "workspace", PASSPHRASE) as workspace:
        begin_visit(workspace, "copper-mark-rra-3.0", NEW)
        visits = tuple(one.id for one in list_visits(workspace))
        return Ground(sample, folder / "workspace", workspace.secret, visits, theme)


@contextmanager
def _scene(ground: Ground, folder: Path) -> Iterator[Scene]:
    """Open a window over a copy of the workspace of its own."""
    copy = shutil.copytree(ground.workspace, folder / "workspace")
    window = MainWindow(ground.theme, Preferences())
    window.show()
    window.background.open(lambda: open_workspace(copy, secret=ground.secret), owner=window, done=lambda _none: None)
    settle(window)
    yield Scene(window, done=ground.visits[-1], begun=ground.visits[0], folder=folder, sample=ground.sample)
    _let_go(window)


@contextmanager
def _office_scene(ground: office_screens.Ground, theme: Theme, folder: Path) -> Iterator[OfficeScene]:
    scene = office_screens.set_scene(ground, theme, folder, settle)
    yield scene
    _let_go(scene.window)


def _let_go(window: MainWindow) -> None:
    window.background.close()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def _draw_all(
    shots: dict[str, Callable[[T], object]], chosen: argparse.Namespace, theme: Theme, begin: Callable[[Path], AbstractContextManager[T]]
) -> None:
    for file, show, size, look in _files(shots):
        if not any(part in file for part in chosen.only):
            continue
        theme.wear(*look)
        with tempfile.TemporaryDirectory() as name:
            os.environ["AUDITOR_INSTALLATION"] = str(Path(name) / "installation")
            with begin(Path(name)) as scene:
                scene.window.resize(*size)
                _draw(scene, show, chosen.out / file)


def _files(shots: dict[str, Callable[[T], object]]) -> Iterator[tuple[str, Callable[[T], object], tuple[int, int], tuple[str, int]]]:
    """Name every picture of some shots: its file, how it comes about, its size and its look."""
    for look in LOOKS:
        mode, text_size = look
        for size in SIZES:
            for name, show in shots.items():
                yield f"{name}-{mode}{'' if text_size == 100 else text_size}-{size[0]}.png", show, size, look


def _draw(scene: Scene | OfficeScene, show: Show, file: Path) -> None:
    window = scene.window
    show(scene)
    if not window.navigation.intake.at_work:
        settle(window)
    in_front = QApplication.activeModalWidget() or window
    in_front.grab().save(str(file))
    print(file)
    if in_front is not window:
        in_front.close()
    window.navigation.intake.stop()
    if (sound := window.navigation.intake.capture.microphone) is not None:
        sound.close_microphone()
    settle(window)


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", default=[""], help="draw only pictures whose name contains one of these: criteria, dark-1280")
    parser.add_argument("--sample", type=Path, help="keep the sample visit in this folder")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    theme = Theme(application)
    theme.register_large_fonts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["AUDITOR_INSTALLATION"] = str(folder / "installation")
        ground = _lay_ground(chosen.sample or folder / "sample", folder, theme)
        _draw_all(SHOTS, chosen, theme, partial(_scene, ground))
        if any(part in file for part in chosen.only for file, *_rest in _files(office_screens.SHOTS)):
            reviewed = office_screens.lay_ground(ground.sample, folder / "reviewed")
            let_only_read(application)
            _draw_all(office_screens.SHOTS, chosen, theme, partial(_office_scene, reviewed, theme))


if __name__ == "__main__":
    main()
