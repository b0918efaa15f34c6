"""The office's letter: one page that pictures of it give back whole, and what is shown before a profile is taken in."""

import hashlib
import io
import zlib
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.pdfium import opened_pdf
from auditor_app.workflows.code_reading import codes_in_file, codes_in_frame
from auditor_app.workflows.fingerprints import is_fingerprint, office_fingerprint
from auditor_app.workflows.identity import enrolment_request, import_enrolment, import_profile, office_profile
from auditor_app.workflows.letters import read_profile
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office, profile_letter, sign_profile
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.letter import make_letter
from auditor_app.workflows.office.profile import Change, form_in_use, set_profile
from auditor_app.workflows.office_news import confirm_key
from auditor_app.workflows.profile_codes import CODE_BYTES, CodesRead, codes_of, is_code, packed, unpacked
from auditor_app.workflows.profile_offers import compare, look_into, offered_key, office_known, read_offer
from tests.conftest import FORM


@pytest.fixture
def said(office):
    """The office with all that a profile says, as it would be in use."""
    places = (*office.profile.mailboxes, "https://cloud.office.example/dav/mailbox", "s3+https://store.office.example/mailbox")
    return set_profile(office, Change(places=places, forms=(form_in_use(FORM),), office_months=120, laptop_months=6))


def page(pdf: bytes, dpi: int = 130) -> Image.Image:
    with opened_pdf(pdf) as document:
        assert len(document) == 1
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")


def photo(picture: Image.Image, *, turned: float = 0, blur: float = 0) -> bytes:
    """A photo of a page on a grey table."""
    table = picture.rotate(turned, expand=True, fillcolor=(120, 112, 104), resample=Image.Resampling.BICUBIC)
    data = io.BytesIO()
    table.filter(ImageFilter.GaussianBlur(blur)).save(data, "JPEG", quality=70)
    return data.getvalue()


def read(data: bytes) -> tuple[bytes, CodesRead]:
    return look_into(data, "letter", CodesRead())


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "id", "ja", "pl", "pt", "zh_Hans"])
def test_the_letter_is_one_page_and_gives_the_signed_profile_back(said, language, clock):
    pdf = make_letter(said, language)
    letter, _codes = read(pdf)
    assert letter == profile_letter(said)
    assert read_profile(letter, clock.now(), place="letter") == said.profile


def test_the_same_profile_gives_the_same_bytes_whenever_it_is_printed(said, clock):
    before = make_letter(said, "en")
    clock.moment += timedelta(days=3)
    assert make_letter(said, "en") == before


@pytest.mark.parametrize(("turned", "blur"), [(0, 0), (3, 0.8), (-6, 1.2), (90, 0.8), (181, 0.5)])
def test_a_photo_of_the_letter_gives_the_profile_back_turned_and_a_little_blurred(said, turned, blur):
    assert read(photo(page(make_letter(said, "en")), turned=turned, blur=blur))[0] == profile_letter(said)


def test_a_live_picture_gives_the_codes_too(said):
    gray = page(make_letter(said, "en")).convert("L")
    assert CodesRead().with_codes(codes_in_frame(gray.tobytes(), *gray.size)).letter_bytes() == profile_letter(said)


def test_several_photos_may_each_hold_some_of_the_codes(said):
    whole = page(make_letter(said, "en"))
    upper, lower = (whole.crop((0, *between)) for between in ((0, whole.width, 945), (945, whole.width, whole.height)))
    letter, codes = read(photo(upper))
    assert (letter, len(codes.parts), codes.count, codes.missing) == (b"", 2, 4, (3, 4))
    with pytest.raises(NotAllowed, match="codes_missing") as told:
        codes.letter_bytes()
    assert told.value.values == {"read": 2, "count": 4, "missing": "3, 4"}
    again, codes = look_into(photo(upper), "the same again", codes)
    assert again == b"" and len(codes.parts) == 2
    assert look_into(photo(lower), "lower", codes)[0] == profile_letter(said)


def test_codes_of_two_letters_are_never_put_together(said, tmp_path, clock):
    other = found_office(tmp_path / "other", "Another Office", clock)
    mine, theirs = codes_of(profile_letter(said)), codes_of(profile_letter(other))
    with pytest.raises(Corrupted, match="codes_of_two_letters"):
        CodesRead().with_codes([mine[0], theirs[0]])


@pytest.mark.parametrize("name", ["photo", "text", "nothing", "broken"])
def test_what_shows_no_letter_is_refused_by_name(name, sample_photo, tmp_path):
    data = {
        "photo": sample_photo(tmp_path / "a.jpg").read_bytes(),
        "text": b"hello",
        "nothing": b"",
        "broken": b"\xff\xd8\xff\xe0 and no more",
    }[name]
    with pytest.raises(NotAllowed, match="codes_not_found") as told:
        look_into(data, name, CodesRead())
    assert told.value.values["name"] == name


def test_a_letter_with_a_changed_word_is_not_believed_however_it_comes(said, clock):
    changed = profile_letter(said).replace(b"Office of Assurance", b"Office of Insurance")
    codes = codes_of(changed)  # whoever prints a letter can print any
    letter = CodesRead().with_codes(codes).letter_bytes()
    assert letter == changed
    with pytest.raises(Corrupted, match="letter_not_genuine"):
        read_offer(letter, clock.now())


def test_codes_that_were_tampered_with_give_nothing(said):
    codes = list(codes_of(profile_letter(said)))
    codes[1] = codes[1][:-1] + bytes([codes[1][-1] ^ 1])
    with pytest.raises(Corrupted, match="codes_damaged"):
        CodesRead().with_codes(codes).letter_bytes()


def test_what_unpacks_to_more_than_any_profile_is_refused_before_it_takes_memory():
    bomb = zlib.compress(msgspec.msgpack.encode({"signature": b"", "x": "a" * (64 << 20)}), 9)
    assert len(bomb) < 100_000
    with pytest.raises(Corrupted, match="codes_damaged"):
        unpacked(bomb)


@given(st.binary(max_size=500))
@settings(max_examples=200, deadline=None)
def test_no_bytes_in_a_code_do_harm(data):
    for one in (data, b"AAO1" + data, b"AAO1" + b"12345678" + data):
        found = CodesRead().with_codes([one])
        assert found.count <= 12 and len(found.parts) <= found.count
    for plain in (data, zlib.compress(data)):
        with pytest.raises(Corrupted, match="codes_damaged"):
            unpacked(plain)


@given(
    st.recursive(st.none() | st.text() | st.integers(-(2**53), 2**53), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
@settings(max_examples=100, deadline=None)
def test_packing_keeps_every_document_as_it_is(document):
    letter = {"document": document, "signature": "AAEC"}
    assert msgspec.json.decode(unpacked(packed(msgspec.json.encode(letter)))) == letter


def test_text_that_only_looks_like_a_certificate_stays_as_it_is():
    odd = ["-----BEGIN X-----\nAAAA\nAA==\n-----END X-----\n", "-----BEGIN X-----\nA\n-----END X-----\n", "-----BEGIN X-----\n"]
    letter = {"document": odd, "signature": "AAEC"}
    assert msgspec.json.decode(unpacked(packed(msgspec.json.encode(letter)))) == letter


def test_every_code_has_room_and_a_profile_that_is_too_large_is_refused_with_what_to_do(said, clock):
    assert all(len(code) <= CODE_BYTES and is_code(code) for code in codes_of(profile_letter(said)))
    with pytest.raises(NotAllowed, match="profile_too_large_for_letter"):
        make_letter(grown(said, 9000), "en")


def grown(office, amount: int):
    """An office whose profile has grown by so many digits that no packing makes smaller than their half."""
    digits = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(amount // 64 + 1))
    return sign_profile(office, msgspec.structs.replace(office.profile, revocations=digits[:amount]))


@pytest.mark.parametrize(("amount", "count"), [(800, 5), (2100, 7), (5300, 12)])
def test_a_page_has_room_for_as_many_codes_as_a_profile_may_take(said, amount, count):
    office = grown(said, amount)
    assert len(codes_of(profile_letter(office))) == count
    assert read(photo(page(make_letter(office, "de"), dpi=180), turned=2, blur=0.8))[0] == profile_letter(office)


def test_a_name_that_fills_lines_still_gives_one_page_or_is_refused(office):
    long = sign_profile(
        office, msgspec.structs.replace(office.profile, office="Oficina de Aseguramiento de la Minería Responsable del Sur")
    )
    assert codes_in_file(make_letter(long, "es"))
    endless = sign_profile(office, msgspec.structs.replace(office.profile, office="Oficina de Aseguramiento " * 40))
    with pytest.raises(NotAllowed, match="letter_does_not_fit_page"):
        make_letter(endless, "es")


# Before it is taken in


def test_the_fingerprint_is_of_both_keys_and_can_be_typed_with_or_without_spaces(office, tmp_path, clock):
    digits = office_fingerprint(office.profile)
    assert len(digits.split()) == 8 and all(len(group) == 5 and group.isdecimal() for group in digits.split())
    renewed = rotate(office)
    other = found_office(tmp_path / "other", "Another Office", clock)
    swapped = msgspec.structs.replace(other.profile, recipient=office.profile.recipient)
    assert len({digits, office_fingerprint(renewed.profile), office_fingerprint(other.profile), office_fingerprint(swapped)}) == 4
    assert is_fingerprint(digits.replace(" ", ""), office.profile) and is_fingerprint(f" {digits}\n", office.profile)
    assert not is_fingerprint(digits[:-1], office.profile) and not is_fingerprint("", office.profile)


def test_an_offer_says_what_it_is_to_this_workspace(workspace, office, tmp_path, clock):
    offer = read_offer(profile_letter(office), clock.now())
    assert (compare(workspace, offer).standing, compare(workspace, offer).before) == ("new", "")
    import_profile(workspace, offer.letter)
    assert compare(workspace, offer).standing == "known"
    further = set_profile(office, Change(laptop_months=3))
    assert compare(workspace, read_offer(profile_letter(further), clock.now())).standing == "renewed"
    renewed = compare(workspace, read_offer(profile_letter(rotate(further)), clock.now()))
    assert (renewed.standing, renewed.before) == ("new_key", offer.fingerprint) and renewed.fingerprint != offer.fingerprint
    other = found_office(tmp_path / "other", "Another Office", clock)
    assert compare(workspace, read_offer(profile_letter(other), clock.now())).standing == "other_office"


def test_a_new_key_from_a_letter_waits_until_it_is_confirmed(workspace, office, clock):
    import_profile(workspace, profile_letter(office))
    assert offered_key(workspace) is None
    renewed = rotate(office)
    letter, _codes = read(photo(page(make_letter(renewed, "en"))))
    with pytest.raises(NotAllowed, match="office_key_changed"):
        import_profile(workspace, letter)
    assert workspace.recipients()[1] == office.profile.recipient
    waits = offered_key(workspace)
    assert (waits.fingerprint, waits.before) == (office_fingerprint(renewed.profile), office_fingerprint(office.profile))
    confirm_key(workspace, renewed.profile.recipient)
    assert workspace.recipients()[1] == renewed.profile.recipient and offered_key(workspace) is None


def test_a_letter_that_was_replaced_since_takes_nothing_back(workspace, office, clock):
    old = profile_letter(office)
    clock.moment += timedelta(days=30)
    newer = set_profile(office, Change(laptop_months=3))
    import_profile(workspace, profile_letter(newer))
    with pytest.raises(NotAllowed, match="office_profile_older"):
        import_profile(workspace, old)
    assert office_profile(workspace).retention.laptop_months == 3


def test_an_answer_made_before_the_profile_was_renewed_leaves_the_newer_one(workspace, office, clock):
    answer, _facts = enrol(office, enrolment_request(workspace))
    clock.moment += timedelta(days=30)
    newer = set_profile(office, Change(laptop_months=3))
    import_profile(workspace, profile_letter(newer))
    import_enrolment(workspace, answer)
    assert office_profile(workspace) == newer.profile


def test_forms_of_the_office_that_are_not_here_are_named(workspace, office):
    assert office_known(workspace) is None
    import_profile(workspace, profile_letter(set_profile(office, Change(forms=(form_in_use(FORM),)))))
    assert office_known(workspace).missing_forms == ()


def test_profiles_of_former_versions_are_read_with_their_one_mailbox(workspace, office):
    former = msgspec.structs.replace(office.profile, places=(), mailbox="https://cloud.office.example/dav")
    plain = {name: value for name, value in msgspec.to_builtins(former).items() if name not in ("places", "forms", "retention")}
    letter = sign_profile(office, msgspec.convert(plain, OfficeProfile))
    import_profile(workspace, profile_letter(letter))
    assert office_profile(workspace).mailboxes == ("https://cloud.office.example/dav",)
