"""The places of the office's mailbox, as the office sees them: it looks in all that answer, and puts its letters into each of them.

A place that is silent today may be the one that an auditor reaches tomorrow; auditors too look in all that answer.
"""

from dataclasses import dataclass, replace

import msgspec

from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.sync import mailbox as post
from auditor_app.sync.network import check_authority, expect
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.storage import Storage
from auditor_app.vault.sealing import seal_bytes, unseal_bytes
from auditor_app.workflows.office.folder import Office

LOGINS = "places.age"
"""Users, passwords and authorities by address, sealed to the office's key."""


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """The places that answered, the preferred one first, and those that did not, by address."""

    storages: tuple[Storage, ...]
    unanswered: tuple[tuple[str, AuditorAppError], ...] = ()

    def put_letter(self, fingerprint: str, name: str, data: bytes) -> None:
        """Put a letter, or a file that belongs to one, into an auditor's outbox at every place.

        Raises what a place refuses, once it was put into all others.
        """
        problems: list[AuditorAppError] = []
        for storage in self.storages:
            try:
                post.put_outbox(storage, fingerprint, name, data)
            except (Unavailable, NotAllowed) as error:
                problems.append(error)
        if problems:
            raise problems[0]


def open_places(office: Office, *, url: str = "", user: str = "", password: str = "") -> OpenPlaces:
    """Open every place of the profile that answers, or the one that is named.

    `user` and `password` are for the place that is named, or for the preferred one; else those count that are kept (`keep_login`).
    Raises NotAllowed("mailbox_unknown") where there is no place, Corrupted where what is kept is damaged, and what the preferred
    place refuses where none answers.
    """
    storages, unanswered = [], []
    for order, place in enumerate(places_with_logins(office, url)):
        wanted = replace(place, user=user, password=password) if order == 0 and (user or password) else place
        try:
            storages.append(open_place(wanted))
        except (Unavailable, NotAllowed, Unsupported) as error:
            unanswered.append((place.url, error))
    if not storages:
        raise unanswered[0][1] if unanswered else NotAllowed("mailbox_unknown")
    return OpenPlaces(tuple(storages), tuple(unanswered))


def places_with_logins(office: Office, url: str = "") -> tuple[Place, ...]:
    """Give the places of the profile, or the one that is named, with how the office gets in, as it is kept. Raises Corrupted."""
    known = _known(office)
    expect(login.authority for login in known.values())
    named = (url,) if url else office.profile.mailboxes
    return tuple(Place(url=address, **msgspec.structs.asdict(known.get(address, _Login()))) for address in named)


def keep_login(office: Office, address: str, *, user: str = "", password: str = "", authority: str = "") -> None:
    """Keep user and password of a place, or the authority (PEM) of its server that the office runs itself, sealed to the office's key.

    What is not given stays as it was; where nothing is given all of it is forgotten. Raises NotAllowed("place_authority_unreadable").
    """
    check_authority(authority)
    known = _known(office)
    login = known.pop(address, _Login())
    if user:
        login = msgspec.structs.replace(login, user=user, password=password)
    if authority:
        login = msgspec.structs.replace(login, authority=authority)
    if user or authority:
        known[address] = login
    write_file(office.folder / LOGINS, seal_bytes(msgspec.json.encode(known), [office.secret.recipient]))


class _Login(msgspec.Struct, frozen=True, kw_only=True):
    """With what the office gets into one place."""

    user: str = ""
    password: str = ""
    authority: str = ""


def _known(office: Office) -> dict[str, _Login]:
    path = office.folder / LOGINS
    if not path.is_file():
        return {}
    with disk_errors(path):
        sealed = path.read_bytes()
    try:
        return msgspec.json.decode(unseal_bytes(sealed, office.secret, LOGINS), type=dict[str, _Login])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Corrupted("letter_unreadable", place=LOGINS, detail=str(error)) from error
