"""Who signs, in the window: the office's certificate, a key file with its password, a smart card with its PIN — real PKCS#11 (SoftHSM)."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit

from auditor_app.clock import SystemClock
from auditor_app.signing.authority import issue, new_authority
from auditor_app.signing.keys import SigningIdentity, certificate_request, new_private_key, write_pkcs12
from auditor_app.ui.screens.report.signer_state import validity_of
from auditor_app.ui.screens.report.view_state import SignerLine
from auditor_app.workflows.identity import enrolment_request, import_letter, import_profile
from auditor_app.workflows.office.trusting import revoke, trust
from auditor_app.workflows.reports import make_report
from tests.signing.soft_card import IS_HERE, PIN, WHY_NOT, soft_card
from tests.ui.at_the_office import TestOffice, enrolled

WRONG = "999999"
with_card = pytest.mark.skipif(not IS_HERE, reason=WHY_NOT)


@pytest.fixture
def elsewhere():
    return new_authority("Authority of elsewhere", SystemClock().now())


@pytest.fixture
def own(elsewhere):
    key = new_private_key()
    certificate = issue(elsewhere, certificate_request(key, "Rosa Vidal", "Elsewhere"), SystemClock().now(), 300)
    return SigningIdentity(private_key=key, certificate=certificate, chain=(elsewhere.certificate,))


@pytest.fixture
def office(tmp_path, elsewhere):
    """An office that trusts that authority."""
    made = TestOffice(tmp_path / "away")
    made.office, _name = trust(made.office, elsewhere.certificate, "auditors")
    return made


def profile_of(office):
    return (office.office.folder / "office.profile").read_bytes()


@pytest.fixture
def screen(window, settled, office):
    """The report screen of a workspace that knows the office."""
    window.background.run(lambda workspace: import_profile(workspace, profile_of(office)), owner=window)
    settled(window)
    window.go_to("report")
    settled(window)
    return window.current_screen


@pytest.fixture
def plugged_in(tmp_path, own):
    pytest.importorskip("pkcs11")
    card = soft_card(tmp_path / "card")
    card.put(own.private_key, own.certificate, "0a")
    return card


@pytest.fixture
def with_a_card(screen, window, settled, plugged_in):
    """The screen once the card signs."""
    choose_card(screen, window, settled, plugged_in, PIN)
    return screen


def choose_card(screen, window, settled, card, pin):
    form = screen.signer.card_form
    screen.signer.card_form.library = card.library
    screen.signer.by_card.click()
    settled(window)
    form.pin.field.field.setText(pin)
    form.use.click()
    settled(window)


def words_in(widget):
    QApplication.processEvents()  # what was just put into a layout is shown with the next event
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_a_key_file_signs_after_its_password_and_wrong_ones_are_counted(screen, window, settled, own, tmp_path, monkeypatch, qtbot):
    file = tmp_path / "rosa.p12"
    file.write_bytes(write_pkcs12(own, "secret"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    card, form = screen.signer, screen.signer.file_form
    card.by_file.click()
    assert form.password.field.hasFocus() and form.password.field.echoMode() == QLineEdit.EchoMode.Password
    for count in (1, 2):
        form.password.field.setText("wrong")
        qtbot.keyClick(form.password.field, Qt.Key.Key_Return)
        settled(window)
        assert f"try {count} in a row" in form.wrong.text() and form.wrong.isVisible()
        assert form.password.text == "", "what was typed is not kept"
    assert not screen.sign.isEnabled()
    form.password.field.setText("secret")
    form.use.click()
    settled(window)
    assert card.name.text() == "Rosa Vidal signs" and "own key from a file" in card.about.text()
    assert "Authority of elsewhere" in card.about.text() and "until" in card.validity.text()
    assert screen.sign.isEnabled() and not form.isVisible()


def test_a_key_that_the_office_does_not_trust_is_refused_with_the_reason(screen, window, settled, tmp_path, monkeypatch):
    stranger = new_authority("Nobody", SystemClock().now())
    key = new_private_key()
    pem = issue(stranger, certificate_request(key, "Rosa Vidal", "Elsewhere"), SystemClock().now(), 30)
    file = tmp_path / "x.p12"
    file.write_bytes(write_pkcs12(SigningIdentity(private_key=key, certificate=pem), "secret"))
    screen.signer.file_form.open_file(file)
    screen.signer.file_form.password.field.setText("secret")
    screen.signer.file_form.use.click()
    settled(window)
    assert "not from the office's own authority" in screen.signer.file_form.wrong.text()
    assert not screen.sign.isEnabled()


@with_card
def test_a_card_is_listed_and_a_wrong_pin_counts_down_visibly(screen, window, settled, plugged_in):
    form = screen.signer.card_form
    choose_card(screen, window, settled, plugged_in, WRONG)
    assert form.isVisible() and form.cards.currentText().startswith("Ana's card")
    assert form.keys.currentText() == "Rosa Vidal"
    assert "That PIN is wrong" in form.wrong.text()
    assert form.pin.tries.words.text().startswith("1 wrong PIN in a row. The card counts")
    assert form.pin.tries.pills["few"].accessibleName() == "The card stands here: Few tries"
    assert form.pin.field.text == "" and not form.use.isEnabled()
    form.pin.field.field.setText(PIN)
    form.use.click()
    settled(window)
    assert "smart card Ana's card" in screen.signer.about.text() and not form.isVisible()


@with_card
def test_each_signing_asks_for_the_pin_in_place_and_keeps_it_nowhere(with_a_card, window, settled, qtbot):
    screen = with_a_card
    screen.sign.click()
    screen.quality.really.click()
    settled(window)
    assert screen.pin.isVisible() and not screen.job.isVisible()
    assert screen.pin.title.text() == "PIN of Ana's card" and screen.pin.pin.field.field.hasFocus()
    assert not screen.pin.go.isEnabled()
    screen.pin.pin.field.field.setText(WRONG)
    qtbot.keyClick(screen.pin.pin.field.field, Qt.Key.Key_Return)
    settled(window)
    assert "That PIN is wrong" in screen.pin.wrong.text() and not screen.made.reports
    assert screen.pin.pin.tries.words.text().startswith("1 wrong PIN in a row. The card counts")
    screen.pin.pin.field.field.setText(PIN)
    screen.pin.go.click()
    settled(window)
    assert screen.made.reports[0].signed and not screen.pin.isVisible()
    assert screen.pin.pin.field.text == ""
    kept = []
    window.background.run(lambda workspace: kept.append(str(workspace.fact("own_key")) + str(workspace.fact("wrong_tries"))), owner=window)
    settled(window)
    assert PIN not in kept[0] and WRONG not in kept[0]
    screen.sign.click()
    screen.quality.really.click()
    settled(window)
    assert screen.pin.isVisible(), "it is asked for again"
    screen.pin.not_now.click()
    assert not screen.pin.isVisible() and len(screen.made.reports) == 1


@with_card
def test_the_question_for_the_pin_comes_into_sight_in_a_small_window(with_a_card, window, settled, qtbot):
    window.resize(960, 600)
    with_a_card.sign_it()
    settled(window)
    qtbot.waitUntil(lambda: with_a_card.pin.go.visibleRegion().boundingRect().height() == with_a_card.pin.go.height(), timeout=2_000)
    field = with_a_card.pin.pin.field.field
    assert field.hasFocus() and field.visibleRegion().boundingRect().height() == field.height()


@with_card
def test_the_last_try_needs_consent(with_a_card, window, settled):
    """SoftHSM tells no last try, so what a card would tell is shown to the question itself."""
    from auditor_app.ui.signing.on_lane import CardLine

    part = with_a_card.pin.pin
    part.show_card(CardLine(label="Ana's card", serial="1", tries="last", wrong=2, has_pin_pad=False))
    part.field.field.setText(PIN)
    assert not part.is_complete
    part.consent.setChecked(True)
    assert part.is_complete and part.may_lock
    part.show_card(CardLine(label="Ana's card", serial="1", tries="last", wrong=2, has_pin_pad=False))
    assert not part.may_lock, "consent counts once"
    part.show_card(CardLine(label="Ana's card", serial="1", tries="none", wrong=3, has_pin_pad=False))
    assert not part.is_complete and "PUK" in part.tries.words.text()
    part.show_card(CardLine(label="Ana's card", serial="1", tries="all", wrong=0, has_pin_pad=True))
    assert part.is_complete and part.take() is not None


@with_card
def test_a_card_that_is_not_there_is_said_before_anything_is_made(with_a_card, window, settled, plugged_in):
    shutil.rmtree(plugged_in.folder / "tokens")
    (plugged_in.folder / "tokens").mkdir()
    with_a_card.sign.click()
    with_a_card.quality.really.click()
    settled(window)
    assert "not plugged in" in with_a_card.pin.wrong.text() and with_a_card.pin.again.isVisible()
    assert not with_a_card.pin.go.isVisible() and not with_a_card.made.reports
    screen = with_a_card
    screen.pin.not_now.click()
    screen.signer.change.click()
    screen.signer.by_card.click()
    settled(window)
    assert "No smart card is plugged in" in screen.signer.card_form.state.text()


def test_a_library_that_is_none_is_said_in_place(screen, window, settled, tmp_path, monkeypatch):
    pytest.importorskip("pkcs11")
    wrong = tmp_path / "wrong.so"
    wrong.write_bytes(b"not a library")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(wrong), ""))
    screen.signer.by_card.click()
    settled(window)
    screen.signer.card_form.other.click()
    settled(window)
    assert "cannot be used" in screen.signer.card_form.state.text()
    assert not screen.signer.card_form.use.isVisible()


@with_card
def test_the_closing_sheet_asks_for_the_pin_too(with_a_card, window, settled):
    from auditor_app.workflows.findings import raise_finding

    visit = window.opened.state.id
    window.background.change(lambda ws: raise_finding(ws, visit, "17", "Two eyewash stations fail"), owner=window)
    settled(window)
    window.go_to("closing", "sheet")
    settled(window)
    sheet = window.current_screen.sheet
    sheet.make.click()
    settled(window)
    assert sheet.pin.isVisible() and sheet.signing.sheet is None
    sheet.pin.pin.field.field.setText(PIN)
    sheet.pin.go.click()
    settled(window)
    assert sheet.signing.sheet is not None
    card = sheet.card
    card.name.setText("Raúl Ibarra")
    card.ink._strokes = [[(10.0, 10.0, 0.5), (60.0, 40.0, 0.5), (90.0, 20.0, 0.5)]]
    card.ink.changed.emit()
    card.act.click()
    settled(window)
    assert card.pin.isVisible() and not sheet.signing.sheet.acknowledged
    card.pin.pin.field.field.setText(PIN)
    card.pin.go.click()
    settled(window)
    assert sheet.signing.sheet.acknowledged_by == "Raúl Ibarra"


@with_card
def test_handing_over_asks_for_the_pin_too(with_a_card, window, settled, office):
    visit, screen = window.opened.state.id, with_a_card

    def introduced(workspace):
        import_letter(workspace, office.answer(enrolment_request(workspace, pin=PIN)))
        make_report(workspace, visit, sign=True, pin=PIN)

    window.background.run(introduced, owner=window)
    settled(window)
    window.go_to("hand_over")
    settled(window)
    screen = window.current_screen
    screen.make.click()
    settled(window)
    assert screen.pin.isVisible() and not screen.standing.bundles
    screen.pin.pin.field.field.setText(PIN)
    screen.pin.go.click()
    settled(window)
    assert len(screen.standing.bundles) == 1


@with_card
def test_a_card_is_introduced_to_the_office_with_its_pin(with_a_card, window, settled, office, tmp_path, monkeypatch):
    request = tmp_path / "request.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(request), ""))
    card = with_a_card.signer
    card.change.click()
    card.introduce.click()
    settled(window)
    assert card.pin.isVisible() and not request.exists()
    card.pin.pin.field.field.setText(PIN)
    card.pin.go.click()
    settled(window)
    answer = tmp_path / "answer.json"
    answer.write_bytes(office.answer(request.read_bytes()))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(answer), ""))
    card.change.click()
    card.renew.click()
    settled(window)
    assert "The office vouches for you" in window.banner.text
    assert "smart card Ana's card" in card.about.text()


def test_the_offices_certificate_is_used_again(screen, window, settled, office, own, tmp_path):
    window.background.run(lambda workspace: enrolled(workspace, office), owner=window)
    settled(window)
    file = tmp_path / "rosa.p12"
    file.write_bytes(write_pkcs12(own, "secret"))
    screen.signer.file_form.open_file(file)
    screen.signer.file_form.password.field.setText("secret")
    screen.signer.file_form.use.click()
    settled(window)
    assert "own key" in screen.signer.about.text()
    screen.signer.change.click()
    screen.signer.by_office.click()
    settled(window)
    assert "certificate of Cordillera Assurance Office" in screen.signer.about.text()


def test_a_revoked_certificate_is_said_before_signing(screen, window, settled, office):
    window.background.run(lambda workspace: enrolled(workspace, office), owner=window)
    settled(window)
    screen.show_visit(window.opened)
    settled(window)
    fingerprint = screen.signer.line.fingerprint
    office.office, _name = revoke(office.office, fingerprint, "compromised")
    window.background.run(lambda workspace: import_profile(workspace, profile_of(office)), owner=window)
    settled(window)
    screen.show_visit(window.opened)
    settled(window)
    assert "Revoked by the office" in screen.signer.validity.text()


@pytest.mark.parametrize(
    ("days", "refusal", "said"),
    [
        (31, "", "valid from"),
        (30, "", "Expires in 30 days"),
        (1, "", "Expires in 1 day,"),
        (0, "", "Expires today"),
        (-1, "certificate_expired", "Expired on"),
        (300, "certificate_not_yet_valid", "Valid only from"),
        (300, "certificate_revoked", "Revoked"),
    ],
)
def test_what_is_left_of_a_certificate_is_said(days, refusal, said):
    at = datetime(2026, 5, 4, tzinfo=UTC)
    line = SignerLine(
        name="A",
        organisation="",
        office="O",
        fingerprint="",
        valid_until=at + timedelta(days=days),
        valid_since=at,
        issuer="I",
        card="",
        is_own=False,
        has_office_key=True,
        days_left=days,
        refusal=refusal,
    )
    assert said in validity_of(line)[1]


@with_card
def test_every_control_has_a_name(screen, window, settled, plugged_in):
    choose_card(screen, window, settled, plugged_in, WRONG)
    screen.signer.file_form.open_file(plugged_in.folder / "x.p12")
    screen.pin.show()
    for kind in (QAbstractButton, QLineEdit, QComboBox, QCheckBox):
        shown = [one for one in screen.findChildren(kind) if one.isVisible()]
        assert all(one.accessibleName() for one in shown), [one for one in shown if not one.accessibleName()]
