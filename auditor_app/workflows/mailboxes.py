"""Where the office's mailbox is: named, kept in the encrypted workspace, and tried out."""

from dataclasses import dataclass

from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.sync.network import check_authority
from auditor_app.sync.places import Place as Place
from auditor_app.sync.places import open_place
from auditor_app.sync.storage import probe
from auditor_app.translation import N_
from auditor_app.workspace import Workspace

STEPS = {
    "reach": N_("Reach it"),
    "write": N_("Write a trial file"),
    "read": N_("Read it back"),
    "list": N_("Find it in the list"),
    "delete": N_("Delete it"),
}


AFTER_RESTART = "place_authority_later"
"""The code that says: kept, and counts once the program was opened again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where the office's mailbox is; the password stays in the encrypted database. `authority` tells of one that the office runs."""

    url: str
    user: str
    authority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTest:
    """What trying a place out found: the steps that went well, in order, and what stopped it (None: nothing)."""

    done: tuple[str, ...]
    problem: AuditorAppError | None

    @property
    def stopped_at(self) -> str:
        """Name the step that did not go well; empty when all did."""
        return next((step for step in STEPS if step not in self.done), "") if self.problem else ""


def mailbox(workspace: Workspace) -> Mailbox | None:
    """Tell where bundles go, or None before it was said."""
    found = workspace.fact("mailbox")
    return Mailbox(url=found["url"], user=found["user"], authority=bool(found.get("authority"))) if found else None


def set_mailbox(workspace: Workspace, url: str, user: str = "", password: str = "", *, authority: str = "") -> None:
    """Say where bundles go, after seeing that it is there. `authority` is one that the office runs itself (PEM), beside the system's.

    Raises NotAllowed and Unavailable as the place refuses. NotAllowed("place_authority_later") comes once it is kept: it counts after
    a restart.
    """
    check_authority(authority)
    place = Place(url=url, user=user, password=password, authority=authority)
    try:
        open_place(place)
    except NotAllowed as error:
        if error.code == AFTER_RESTART:
            keep_mailbox(workspace, place)
        raise
    keep_mailbox(workspace, place)


def keep_mailbox(workspace: Workspace, place: Place) -> None:
    """Keep where bundles go, unseen."""
    kept = {"url": place.url, "user": place.user, "password": place.password, "authority": place.authority}
    workspace.set_fact("mailbox", kept)


def mailbox_place(workspace: Workspace) -> Place:
    """Give the place with its credentials, as sending needs it. Raises NotAllowed("mailbox_unknown")."""
    found = workspace.fact("mailbox")
    if not found:
        raise NotAllowed("mailbox_unknown")
    return Place(**found)


def try_place(place: Place) -> PlaceTest:
    """Write, read, list and delete a trial file at a place, and tell how far it came; needs no workspace and raises nothing of a place."""
    done: list[str] = []
    try:
        storage = open_place(place)
        done.append("reach")
        probe(storage, done.append)
    except AuditorAppError as error:
        return PlaceTest(done=tuple(done), problem=error)
    return PlaceTest(done=tuple(done), problem=None)
