"""What the office says of itself meanwhile: its renewed profile. A changed key waits for someone to confirm it."""

from auditor_app.domain.office import OfficeProfile
from auditor_app.errors import NotAllowed
from auditor_app.workflows.identity import OFFERED, import_profile, is_older, keep_offered
from auditor_app.workflows.letters import read_kept, read_profile
from auditor_app.workflows.mail import News, Taking
from auditor_app.workspace import Workspace

PROFILE_LETTER = "profile.age"


def take_profile(workspace: Workspace, taking: Taking) -> News | None:
    """Take in a newer profile of the office; its `detail` is the new key, where that waits for someone to confirm it.

    Raises Corrupted for one that is not genuine, NotAllowed("office_differs").
    """
    profile = read_profile(taking.letter, workspace.clock.now(), place=taking.name)
    letter = taking.letter.decode()
    if letter == workspace.fact("office_profile") or is_older(workspace, profile, letter):
        return None
    try:
        import_profile(workspace, taking.letter)
    except NotAllowed as error:
        if error.code != "office_key_changed":
            raise
        waits = offered_profile(workspace) or profile
        return News(kind="profile", about=waits.office, detail=waits.recipient)
    return News(kind="profile", about=profile.office)


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
