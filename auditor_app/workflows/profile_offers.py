"""An office's profile before it is taken in: who it is and by which key, from its file or pictures of its letter, beside what is known."""

from dataclasses import dataclass, replace
from datetime import datetime

from auditor_app.domain.office import FormInUse, OfficeProfile
from auditor_app.errors import NotAllowed
from auditor_app.vault.camera import can_look_into, media_type_of
from auditor_app.workflows.code_reading import codes_in_file
from auditor_app.workflows.fingerprints import office_fingerprint
from auditor_app.workflows.forms import forms_at_hand
from auditor_app.workflows.identity import OFFERED, known_office
from auditor_app.workflows.letters import read_kept, read_profile
from auditor_app.workflows.profile_codes import CodesRead, is_code
from auditor_app.workspace import Workspace

NEW, KNOWN, RENEWED, NEW_KEY, OTHER = "new", "known", "renewed", "new_key", "other_office"

LETTER = "office profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A genuine profile that may be taken in, with the fingerprint of its key.

    `standing` says what it is to this workspace: of an office that is "new" here, "known" as it is, "renewed", with a "new_key", or of
    an "other_office" than the one here. `before` is the fingerprint of the key that is known here, where there is one.
    """

    letter: bytes
    profile: OfficeProfile
    fingerprint: str
    standing: str = NEW
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeKnown:
    """The office of a workspace, its key's fingerprint, and those of its forms that are not at hand here."""

    profile: OfficeProfile
    fingerprint: str
    missing_forms: tuple[FormInUse, ...] = ()


def read_offer(letter: bytes, now: datetime) -> Offer:
    """Judge a profile by itself; it is signed under the authority that it names. Raises Corrupted."""
    profile = read_profile(letter, now, place=LETTER)
    return Offer(letter=letter, profile=profile, fingerprint=office_fingerprint(profile))


def look_into(data: bytes, name: str, before: CodesRead) -> tuple[bytes, CodesRead]:
    """Look for a profile in a file: itself, or a picture or PDF of the letter, whose codes are added to those read `before`.

    Gives the signed profile once it is there (else nothing), and the codes read so far. Raises NotAllowed("codes_not_found"),
    Corrupted for codes of two letters or damaged ones.
    """
    if is_letter(data):
        return data, CodesRead()
    found = [code for code in codes_in_file(data) if is_code(code)]
    if not found:
        raise NotAllowed("codes_not_found", name=name)
    return gathered(found, before)


def gathered(found: list[bytes], before: CodesRead) -> tuple[bytes, CodesRead]:
    """Add codes that a camera read; gives as `look_into`."""
    read = before.with_codes(found)
    return (read.letter_bytes() if read.is_complete else b""), read


def is_letter(data: bytes) -> bool:
    """Say whether bytes are a letter's file rather than a picture of one."""
    return data.lstrip()[:1] == b"{"


def is_picture(data: bytes) -> bool:
    """Say whether bytes are a picture or a PDF, which may show a letter."""
    return can_look_into(media_type_of(data))


def compare(workspace: Workspace, offer: Offer) -> Offer:
    """Say what an offered profile is to this workspace."""
    known = known_office(workspace)
    if known is None:
        return offer
    standing = RENEWED
    if known.authority != offer.profile.authority:
        standing = OTHER
    elif known.recipient != offer.profile.recipient:
        standing = NEW_KEY
    elif known == offer.profile:
        standing = KNOWN
    return replace(offer, standing=standing, before=office_fingerprint(known))


def office_known(workspace: Workspace) -> OfficeKnown | None:
    """Tell which office is known here."""
    profile = known_office(workspace)
    if profile is None:
        return None
    here = {one.digest for one in forms_at_hand(workspace)}
    missing = tuple(one for one in profile.forms if one.digest not in here)
    return OfficeKnown(profile=profile, fingerprint=office_fingerprint(profile), missing_forms=missing)


def offered_key(workspace: Workspace) -> Offer | None:
    """Give the profile whose new key waits to be confirmed, beside the key until now; None where none waits."""
    letter = workspace.fact(OFFERED)
    if not letter:
        return None
    profile = read_kept(letter.encode(), OfficeProfile, place=LETTER)
    return compare(workspace, Offer(letter=letter.encode(), profile=profile, fingerprint=office_fingerprint(profile)))
