"""The places of the office's mailbox, as the office sees them: it looks in all that answer, and puts its letters into each of them.

A place that is silent today may be the one that an auditor reaches tomorrow; auditors too look in all that answer.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor_app.disk import disk_errors
from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable, Unsupported
from auditor_app.sync import mailbox as post
from auditor_app.sync.places import Place, open_place
from auditor_app.sync.storage import Storage
from auditor_app.workflows.office.folder import Office

PASSWORDS = "AUDITOR_OFFICE_PASSWORDS"
"""The environment's name for a file that says for each place, on a line of its own: address, user and password, with a tab between."""


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

    `user` and `password` are for the place that is named, or for the preferred one; those of others are in the file that the
    environment names (`PASSWORDS`). Raises NotAllowed("mailbox_unknown") where there is no place, "passwords_unreadable" for that
    file, and what the preferred place refuses where none answers.
    """
    known, named = _known(), (url,) if url else office.profile.mailboxes
    storages, unanswered = [], []
    for order, address in enumerate(named):
        credentials = (user, password) if order == 0 and (user or password) else known.get(address, ("", ""))
        try:
            storages.append(open_place(Place(url=address, user=credentials[0], password=credentials[1])))
        except (Unavailable, NotAllowed, Unsupported) as error:
            unanswered.append((address, error))
    if not storages:
        raise unanswered[0][1] if unanswered else NotAllowed("mailbox_unknown")
    return OpenPlaces(tuple(storages), tuple(unanswered))


def _known() -> Mapping[str, tuple[str, str]]:
    """Read users and passwords by address."""
    if not (name := os.environ.get(PASSWORDS)):
        return {}
    with disk_errors(Path(name)):
        lines = Path(name).read_text("utf-8-sig", errors="replace").splitlines()
    parts = [line.split("\t") for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if any(len(part) != 3 for part in parts):
        raise NotAllowed("passwords_unreadable", path=name)
    return {address.strip(): (user.strip(), password) for address, user, password in parts}
