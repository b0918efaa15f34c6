"""Signing with a card: the key stays on it, a wrong PIN is counted in sight, and nothing is tried that could lock it unasked."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from reportlab.pdfgen import canvas

from auditor_app.errors import NotAllowed, Unavailable
from auditor_app.install_paths import resources
from auditor_app.signing import cards as cards_module
from auditor_app.signing.authority import issue
from auditor_app.signing.cards import Card, CardSigner, cards, certificates_on, tries_left
from auditor_app.signing.cms import check_detached, sign_detached
from auditor_app.signing.keys import certificate_request
from auditor_app.signing.pdf_appearance import Appearance
from auditor_app.signing.pdf_checking import check_pdf
from auditor_app.signing.pdf_signature import sign_pdf
from auditor_app.signing.trust import Trusted
from tests.signing.soft_card import IS_HERE, PIN, WHY_NOT, SoftCard, soft_card

pytest.importorskip("pkcs11", reason="the extra smartcard is not installed")
needs_card = pytest.mark.skipif(not IS_HERE, reason=WHY_NOT)
LOOK = Appearance(page=0, box=(60, 60, 300, 130), caption="Signed", lines=("Ana",), fonts=(resources() / "fonts" / "NotoSans-Regular.ttf",))


@pytest.fixture(scope="module")
def card(tmp_path_factory, auditor, authority, at) -> SoftCard:
    made = soft_card(tmp_path_factory.mktemp("card"))
    made.put(auditor.private_key, auditor.certificate, "01")
    key = rsa.generate_private_key(65537, 3072).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.put(key, issue(authority, certificate_request(key, "Ana with RSA", "Copper"), at, 365), "02")
    return made


def signer(card: SoftCard, key: str = "01", pin: str | None = PIN, **more) -> CardSigner:
    (found,) = [one for one in certificates_on(card.library, card.serial) if one.id == key]
    return CardSigner(library=card.library, serial=card.serial, key=key, certificate=found.certificate, pin=pin, **more)


@needs_card
def test_a_card_and_whose_keys_are_on_it_are_seen_without_a_pin(card):
    (found,) = cards(card.library)  # the blank one that SoftHSM always offers is left out
    assert (found.label, found.tries, found.has_pin_pad) == ("Ana's card", "all", False)
    assert {one.id: one.name for one in certificates_on(card.library, card.serial)} == {"01": "Łucja Żółć 王小明", "02": "Ana with RSA"}


@needs_card
@pytest.mark.parametrize("key", ["01", "02"])
def test_a_card_signs_what_we_and_others_accept(key, card, authority, at, tmp_path):
    who, trusted = signer(card, key), Trusted(authorities=[authority.certificate])
    signature = sign_detached(b"manifest", who, at)
    found = check_detached(b"manifest", signature, trusted, at, purpose="auditor")
    assert [found.intact.holds, found.valid.holds, found.trusted.holds] == [True] * 3
    target = BytesIO()
    page = canvas.Canvas(target, invariant=1)
    page.showPage()
    page.save()
    pdf = sign_pdf(target.getvalue(), who, LOOK, at)
    answers = check_pdf(pdf, trusted, at, purpose="auditor")
    assert [answers.intact.holds, answers.valid.holds, answers.trusted.holds, answers.level] == [True, True, True, "B-B"]
    if shutil.which("pdfsig"):
        (tmp_path / "x.pdf").write_bytes(pdf)
        said = subprocess.run(["pdfsig", "-nocert", str(tmp_path / "x.pdf")], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in said


@needs_card
def test_a_wrong_pin_is_counted_and_the_card_says_that_it_counts_too(card, at):
    for wrong in (0, 1, 2):
        with pytest.raises(NotAllowed) as refused:
            sign_detached(b"x", signer(card, pin="000000", wrong_before=wrong), at)
        assert (refused.value.code, refused.value.values["wrong"]) == ("pin_wrong_few_left", wrong + 1)
        assert [one.tries for one in cards(card.library) if one.serial == card.serial] == ["few"]
    assert sign_detached(b"x", signer(card), at)
    assert [one.tries for one in cards(card.library) if one.serial == card.serial] == ["all"], "a right one sets it back"


@needs_card
def test_without_a_pin_nothing_is_tried(card, at):
    with pytest.raises(NotAllowed, match="pin_missing"):
        sign_detached(b"x", signer(card, pin=None), at)
    assert [one.tries for one in cards(card.library) if one.serial == card.serial] == ["all"]


@pytest.mark.parametrize(
    ("flags", "tries"), [(0x42D, "all"), (0x1042D, "few"), (0x2042D, "last"), (0x3042D, "last"), (0x4042D, "none"), (0x7042D, "none")]
)
def test_what_the_flags_of_a_card_say(flags, tries):
    assert tries_left(flags) == tries


def test_the_last_try_is_not_used_up_unasked_and_a_locked_card_is_not_tried():
    """No software card counts down to its end, so what the card says stands in for it here."""
    who = CardSigner(library=Path("x"), serial="1", key="01", certificate=b"", pin="1")
    said = {
        tries: who._refusal(Card(label="c", serial="1", tries=tries, has_pin_pad=False)).code for tries in ("all", "few", "last", "none")
    }
    assert said == {"all": "pin_wrong", "few": "pin_wrong_few_left", "last": "pin_wrong_last_try", "none": "card_locked"}
    for tries, may_lock, code in (("last", False, "pin_last_try"), ("none", True, "card_locked")):
        with pytest.raises(NotAllowed, match=code):
            replace(who, may_lock=may_lock)._demand_tries(Card(label="c", serial="1", tries=tries, has_pin_pad=False))


@needs_card
def test_a_card_that_was_taken_out_or_a_key_that_is_not_on_it_is_told(card, at):
    with pytest.raises(Unavailable, match="card_missing"):
        sign_detached(b"x", replace(signer(card), serial="nowhere"), at)
    with pytest.raises(NotAllowed, match="key_does_not_match_certificate"):
        sign_detached(b"x", replace(signer(card), certificate=signer(card, "02").certificate), at)
    with pytest.raises(NotAllowed, match="key_does_not_match_certificate"):
        sign_detached(b"x", replace(signer(card), key="07"), at)


def test_a_library_that_is_none_is_told(tmp_path):
    (tmp_path / "none.so").write_bytes(b"rubbish")
    for path in (tmp_path / "none.so", tmp_path / "nothing"):
        with pytest.raises(Unavailable, match="card_library_unusable"):
            cards(path)


def test_the_pin_is_never_shown():
    who = CardSigner(library=Path("x"), serial="1", key="01", certificate=b"", pin="4711")
    assert "4711" not in repr(who)
    assert cards_module.default_library() is None or cards_module.default_library().is_file()
