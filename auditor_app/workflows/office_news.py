"""What the office says of itself meanwhile: its renewed profile, from the mailbox. A changed key waits for someone to confirm it."""

from dataclasses import dataclass
from datetime import datetime

from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import Corrupted, NotAllowed
from auditor_app.sync import mailbox as post
from auditor_app.sync.places import open_place
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.identity import OFFERED, import_profile, keep_offered, office_profile, signer
from auditor_app.workflows.letters import read_kept, read_letter, read_profile
from auditor_app.workflows.mailboxes import mailbox, mailbox_place
from auditor_app.workspace import Workspace

PROFILE_LETTER = "profile.age"
MAX_PROFILE = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNews:
    """A newer profile of the office: taken in, or, where `new_key` says which, waiting for someone to confirm its key."""

    office: str
    new_key: str = ""


def fetch_profile(workspace: Workspace) -> OfficeNews | None:
    """Look in the mailbox for a newer profile of the office and take it in; None where there is none.

    Raises Corrupted for one that is not genuine, NotAllowed("office_differs"), or what the place refuses.
    """
    who, kept = signer(workspace), workspace.fact("office_profile")
    if who is None or kept is None or mailbox(workspace) is None:
        return None
    storage = open_place(mailbox_place(workspace))
    if PROFILE_LETTER not in post.list_outbox(storage, who.fingerprint):
        return None
    letter = unseal_bytes(post.read_outbox(storage, who.fingerprint, PROFILE_LETTER, MAX_PROFILE), workspace.secret, PROFILE_LETTER)
    now = workspace.clock.now()
    profile = read_profile(letter, now, place=PROFILE_LETTER)
    if letter.decode() == kept or _signed_at(letter, profile, now) < _signed_at(kept.encode(), office_profile(workspace), now):
        return None  # whoever keeps the mailbox could put an older one there, which knows of fewer revocations
    try:
        import_profile(workspace, letter)
    except NotAllowed as error:
        if error.code != "office_key_changed":
            raise
        return OfficeNews(office=profile.office, new_key=profile.recipient)
    return OfficeNews(office=profile.office)


def offered_profile(workspace: Workspace) -> OfficeProfile | None:
    """Give the office's profile whose new key waits to be confirmed, or None."""
    offered = workspace.fact(OFFERED)
    return read_kept(offered.encode(), OfficeProfile, place="office profile") if offered else None


def confirm_key(workspace: Workspace, key: str) -> OfficeProfile:
    """Take in the office's offered profile, whose key someone has compared; from then on evidence is sealed to it.

    Raises NotAllowed("office_key_not_offered") for another key than the one that waits.
    """
    waits = offered_profile(workspace)
    if waits is None or waits.recipient != key.strip():
        raise NotAllowed("office_key_not_offered", key=key)
    return keep_offered(workspace)


def _signed_at(letter: bytes, profile: OfficeProfile, now: datetime) -> datetime:
    _profile, answers = read_letter(letter, OfficeProfile, [profile.authority.encode()], now, place="office profile")
    if answers.signed_at is None:
        raise Corrupted("letter_not_genuine", place="office profile", reason="no_time")
    return answers.signed_at
