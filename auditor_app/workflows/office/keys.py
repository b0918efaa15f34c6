"""The office's key over time: renewed, with what was sealed to former ones still readable, and kept in shares by several people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor_app.disk import disk_errors, write_file
from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import seal_bytes, unseal_bytes
from auditor_app.vault.shares import join, split
from auditor_app.workflows.letters import read_kept
from auditor_app.workflows.office.enrolment import enrolled_auditors
from auditor_app.workflows.office.folder import (
    AUTHORITY_CERTIFICATE,
    AUTHORITY_KEY,
    CERTIFICATE,
    IDENTITY,
    KEY,
    PRIVATE,
    PROFILE,
    Office,
    identity_file,
    sign_profile,
)
from auditor_app.workflows.office.places import open_places
from auditor_app.workflows.office_news import PROFILE_LETTER

KEPT = "office-keys.age"
"""The office's folder of keys and certificates in one file, sealed to its own key: worthless without the shares, so it may lie anywhere."""

_FILES = (AUTHORITY_CERTIFICATE, AUTHORITY_KEY, CERTIFICATE, KEY, IDENTITY, PROFILE)
_NUMBERED = re.compile(r"\d+\.\s*([a-z]+)")


class _Kept(msgspec.Struct, frozen=True, kw_only=True, tag="auditor-app-office-keys-1", tag_field="format"):
    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What splitting wrote: a sheet for each holder, and the sealed keys."""

    sheets: tuple[Path, ...]
    kept: Path
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """For how many auditors the profile was put into the mailbox, and the places that did not answer, by address."""

    auditors: int
    unanswered: tuple[tuple[str, AuditorAppError], ...]


def rotate(office: Office) -> Office:
    """Give the office a new key, put it into the profile, and keep the former ones for what was sealed to them.

    Auditors go on sealing to the former key until they have the new profile.
    """
    secret = Secret(Secret.new().identity, tuple(office.secret.identities))
    _write_private(office.folder / IDENTITY, identity_file(secret))  # first: what is sealed to either key can be read from now on
    return sign_profile(office, msgspec.structs.replace(office.profile, recipient=secret.recipient))


def announce(office: Office, *, url: str = "", user: str = "", password: str = "") -> Announced:
    """Put the profile as it stands, sealed, into every enrolled auditor's outbox, at every place that answers. Raises as `open_places`."""
    places = open_places(office, url=url, user=user, password=password)
    with disk_errors(office.folder):
        letter = (office.folder / PROFILE).read_bytes()
    enrolled = enrolled_auditors(office)
    for fingerprint, auditor in enrolled.items():
        places.put_letter(fingerprint, PROFILE_LETTER, seal_bytes(letter, [auditor.recipient]))
    return Announced(auditors=len(enrolled), unanswered=places.unanswered)


def split_key(office: Office, needed: int, count: int, out: Path) -> Sheets:
    """Write the office's key as sheets of words for `count` holders, and all its keys in a file that only `needed` of them can open.

    What was written is read again and joined before this returns. Raises NotAllowed("folder_not_empty", "shares_not_possible").
    """
    with disk_errors(out):
        if out.exists() and any(out.iterdir()):
            raise NotAllowed("folder_not_empty", path=str(out))
    shares = split(office.secret, needed, count)
    day = office.clock.now().date().isoformat()
    sheets = []
    for number, share in enumerate(shares, start=1):
        words = _sheet(office.profile, share, (number, needed, count), day)
        sheets.append(out / f"share-{number}-of-{count}.txt")
        _write_private(sheets[-1], words.encode())
    with disk_errors(office.folder):
        files = {name: (office.folder / name).read_text("utf-8") for name in _FILES}
    write_file(out / KEPT, seal_bytes(msgspec.json.encode(_Kept(files=files)), [office.secret.recipient]))
    for chosen in (sheets[:needed], sheets[-needed:]):
        if read_sheets(chosen).recipient != office.secret.recipient or _opened(out / KEPT, read_sheets(chosen)).files != files:
            raise Corrupted("sheets_not_right", path=str(out))
    return Sheets(sheets=tuple(sheets), kept=out / KEPT, needed=needed)


def join_key(folder: Path, sheets: Sequence[Path], kept: Path | None = None) -> str:
    """Put the office's key back from sheets: into its folder, which has lost it, or with the sealed keys into a new folder.

    Gives the key's public half. Raises NotAllowed("file_exists", "folder_not_empty", "office_missing", "key_of_other_office",
    "shares_too_few", "share_not_right").
    """
    secret = read_sheets(sheets)
    files = _opened(kept, secret).files if kept else {IDENTITY: identity_file(secret).decode()}
    with disk_errors(folder):
        if kept and folder.exists() and any(folder.iterdir()):
            raise NotAllowed("folder_not_empty", path=str(folder))
        if not kept and not (folder / PROFILE).is_file():
            raise NotAllowed("office_missing", path=str(folder))
        if (folder / IDENTITY).exists():
            raise NotAllowed("file_exists", path=str(folder / IDENTITY))
        profile = files[PROFILE].encode() if kept else (folder / PROFILE).read_bytes()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if read_kept(profile, OfficeProfile, place=PROFILE).recipient != secret.recipient:
        raise NotAllowed("key_of_other_office", key=secret.recipient)
    for name, text in files.items():
        (_write_private if name in PRIVATE else write_file)(folder / name, text.encode())
    return secret.recipient


def read_sheets(sheets: Sequence[Path]) -> Secret:
    """Join the words on sheets, or typed from them into files. Raises NotAllowed("shares_too_few", "share_not_right")."""
    shares = []
    for sheet in sheets:
        with disk_errors(sheet):
            text = sheet.read_bytes().decode("utf-8-sig", errors="replace").lower()
        shares.append(" ".join(_NUMBERED.findall(text) or text.split()))
    return join(shares)


def _sheet(profile: OfficeProfile, share: str, numbers: tuple[int, int, int], day: str) -> str:
    number, needed, count = numbers
    words = [f"{place:2}. {word:<10}" for place, word in enumerate(share.split(), start=1)]
    lines = ["   ".join(words[at : at + 4]).rstrip() for at in range(0, len(words), 4)]
    return "\n".join(
        (
            f"{profile.office}",
            f"Share {number} of {count} of the office's key, made {day}",
            "",
            f"Any {needed} of the {count} sheets together give the key back; fewer tell nothing.",
            "Print this sheet, give it to its holder, who keeps it like a key to a safe, and delete this file.",
            f"It belongs to the key {profile.recipient}",
            "",
            *lines,
            "",
            "To join: type the words of each sheet into a file of its own and call",
            "auditor-office --office FOLDER key join FILE FILE … [--keys office-keys.age]",
            "The words are SLIP-39, so other programs can join them too.",
            "",
        )
    )


def _opened(kept: Path, secret: Secret) -> _Kept:
    with disk_errors(kept):
        data = kept.read_bytes()
    try:
        found = msgspec.json.decode(unseal_bytes(data, secret, kept.name), type=_Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("letter_unreadable", place=kept.name, detail=str(error)) from error
    if set(found.files) != set(_FILES):
        raise Corrupted("letter_unreadable", place=kept.name, detail="files")
    return found


def _write_private(path: Path, data: bytes) -> None:
    write_file(path, data)
    path.chmod(0o600)
