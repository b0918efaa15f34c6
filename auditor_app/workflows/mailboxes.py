"""Where the office's mailbox is: the places of its profile and the auditor's own choice, kept in the encrypted workspace, and tried out.

Sending goes to the first place that answers: the auditor's own choice, then those of the office in its order. Letters are looked for
in all of them, since one may have been silent when the office put a letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable, Unsupported
from auditor_app.sync.network import check_authority, expect
from auditor_app.sync.places import Place as Place
from auditor_app.sync.places import open_place
from auditor_app.sync.storage import Storage, probe
from auditor_app.translation import N_
from auditor_app.workflows.identity import known_office
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


_CHOICE, _CREDENTIALS = "mailbox", "place credentials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A place of the office's mailbox; the password stays in the encrypted database. `authority` tells of one that the office runs.

    `is_own` says that the auditor chose it, before those that the office names.
    """

    url: str
    user: str
    authority: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTest:
    """What trying a place out found: the steps that went well, in order, and what stopped it (None: nothing)."""

    done: tuple[str, ...]
    problem: AuditorAppError | None

    @property
    def stopped_at(self) -> str:
        """Name the step that did not go well; empty when all did."""
        return next((step for step in STEPS if step not in self.done), "") if self.problem else ""


def mailboxes(workspace: Workspace) -> tuple[Mailbox, ...]:
    """List the places of the office's mailbox in the order in which they are tried."""
    choice = _choice(workspace)
    return tuple(
        Mailbox(url=one.url, user=one.user, authority=bool(one.authority), is_own=choice is not None and one.url == choice["url"])
        for one in mailbox_places(workspace)
    )


def mailbox(workspace: Workspace) -> Mailbox | None:
    """Tell where bundles go if that place answers, or None before any was named."""
    return next(iter(mailboxes(workspace)), None)


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
    """Keep where bundles go, unseen; it counts before what the office names. Credentials of other places stay as they are."""
    with workspace.transaction(beside_visits=True):
        _keep_credentials(workspace, asdict(place))
        workspace.set_fact(_CHOICE, asdict(place))


def follow_office(workspace: Workspace) -> None:
    """Choose no place before those of the office any more. Credentials stay, for the place may be one of them.

    Raises NotAllowed("mailbox_unknown") where the office names none.
    """
    office = known_office(workspace)
    if office is None or not office.mailboxes:
        raise NotAllowed("mailbox_unknown")
    with workspace.transaction(beside_visits=True):
        if choice := workspace.fact(_CHOICE):
            _keep_credentials(workspace, {"authority": "", **choice})
        workspace.set_fact(_CHOICE, None)


def mailbox_places(workspace: Workspace) -> tuple[Place, ...]:
    """Give the places with their credentials, in the order in which they are tried."""
    choice, known = _choice(workspace), workspace.fact(_CREDENTIALS) or {}
    office = known_office(workspace)
    named = [Place(url=url, **known.get(url, {})) for url in (office.mailboxes if office else ())]
    places = (*((Place(**choice),) if choice else ()), *(one for one in named if choice is None or one.url != choice["url"]))
    expect(one.authority for one in places)
    return places


def mailbox_place(workspace: Workspace) -> Place:
    """Give the place that is tried first, with its credentials. Raises NotAllowed("mailbox_unknown")."""
    if not (places := mailbox_places(workspace)):
        raise NotAllowed("mailbox_unknown")
    return places[0]


def open_mailbox(workspace: Workspace) -> tuple[Storage, ...]:
    """Open every place of the office's mailbox that answers. Raises as `open_first`."""
    return tuple(_answering(mailbox_places(workspace)))


def open_first(places: Sequence[Place]) -> Storage:
    """Open the first place that answers and lets us in; needs no workspace.

    Raises what the first one refuses when none does, and NotAllowed("mailbox_unknown") for no places.
    """
    return next(_answering(places))


def _answering(places: Sequence[Place]) -> Iterator[Storage]:
    problems: list[AuditorAppError] = []
    for place in places:
        try:
            yield open_place(place)
        except (Unavailable, NotAllowed, Unsupported) as error:
            problems.append(error)
    if len(problems) == len(places):
        raise problems[0] if problems else NotAllowed("mailbox_unknown")


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


def _choice(workspace: Workspace) -> dict[str, Any] | None:
    """Give the place that the auditor chose. Former versions kept the office's place here, without an authority or a user."""
    kept: dict[str, Any] | None = workspace.fact(_CHOICE)
    if kept is None or "authority" in kept or kept["user"]:
        return kept
    office = known_office(workspace)
    return None if office is not None and office.mailboxes else kept


def _keep_credentials(workspace: Workspace, place: dict[str, Any]) -> None:
    known = workspace.fact(_CREDENTIALS) or {}
    workspace.set_fact(_CREDENTIALS, {**known, place["url"]: {name: place[name] for name in ("user", "password", "authority")}})
