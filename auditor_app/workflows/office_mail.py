"""Letters from the office, of every kind and by every way: fetched from the mailbox or taken from a stick, and each taken in once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor_app.digests import sha256_of
from auditor_app.errors import AuditorAppError, Cancelled, Corrupted, NotAllowed
from auditor_app.progress import Progress, silent
from auditor_app.store.records import bundles
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.assignments import take_assignment
from auditor_app.workflows.identity import signer
from auditor_app.workflows.letters import MAX_BYTES, format_of
from auditor_app.workflows.mail import ATTACHMENT, Folder, Mail, News, Outbox, Taker, Taking
from auditor_app.workflows.mailboxes import mailbox, open_mailbox
from auditor_app.workflows.office_news import offered_profile, take_profile
from auditor_app.workflows.receipts import take_receipt
from auditor_app.workflows.refusals import take_refusal
from auditor_app.workflows.reviews import take_review
from auditor_app.workspace import Workspace

TAKERS: dict[str, Taker] = {
    "auditor-app-assignment-1": take_assignment,
    "auditor-app-office-1": take_profile,
    "auditor-app-receipt-1": take_receipt,
    "auditor-app-refusal-1": take_refusal,
    "auditor-app-review-1": take_review,
}
"""Who takes which letter in, by the format that it says it has."""

_TAKEN = "letters taken"
_LIMIT = 2 * MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came, and the letters that were refused, by name: they count for nothing."""

    news: tuple[News, ...] = ()
    refused: tuple[tuple[str, AuditorAppError], ...] = ()

    def about(self, kind: str) -> list[str]:
        """Tell what the letters of one kind are about."""
        return [one.about for one in self.news if one.kind == kind]


def fetch(workspace: Workspace, progress: Progress = silent) -> Fetched:
    """Take in what the office has put into the mailbox, at any of its places. A refused letter does not keep the others away.

    Raises what the first place refuses where none answers.
    """
    who = signer(workspace)
    if who is None or mailbox(workspace) is None:
        return Fetched()
    news: list[News] = []
    refused: list[tuple[str, AuditorAppError]] = []
    for storage in open_mailbox(workspace):
        outbox = Outbox(storage, who.fingerprint)
        found = _take_in(workspace, outbox, [name for name in outbox.list() if _may_be_new(workspace, name)], progress)
        news += (one for one in found.news if one.kind != "profile" or one not in news)  # a new key asks at every place
        refused += found.refused
    return Fetched(news=(*news, *_waiting_key(workspace, news)), refused=tuple(refused))


def take(workspace: Workspace, path: Path, progress: Progress = silent) -> Fetched:
    """Take in a letter from a stick, or all in a folder of it that are for this auditor. Raises NotAllowed("no_letter")."""
    if not path.is_dir():
        return _take_in(workspace, Folder(path.parent), [path.name], progress)
    folder = Folder(path)
    names = [name for name in folder.list() if not name.startswith(ATTACHMENT) and _opens(workspace, folder, name)]
    if not names:
        raise NotAllowed("no_letter", path=str(path))
    return _take_in(workspace, folder, names, progress)


def _waiting_key(workspace: Workspace, news: Iterable[News]) -> Iterator[News]:
    """Tell of a new key of the office that nobody has confirmed, where no letter does: it may have come with an assignment."""
    offered = offered_profile(workspace)
    if offered and not any(one.kind == "profile" for one in news):
        yield News(kind="profile", about=offered.office, detail=offered.recipient)


def _take_in(workspace: Workspace, mail: Mail, names: list[str], progress: Progress) -> Fetched:
    news, refused = [], []
    for done, name in enumerate(names):
        progress("fetching", done, len(names))
        sealed = mail.read(name, _LIMIT)
        try:
            news.append(_take_one(workspace, Taking(name=name, letter=_unsealed(workspace, sealed, name), mail=mail)))
        except Cancelled:
            raise
        except AuditorAppError as error:
            refused.append((name, error))
    return Fetched(news=tuple(one for one in news if one), refused=tuple(refused))


def _take_one(workspace: Workspace, taking: Taking) -> News | None:
    digest, taken = sha256_of(taking.letter), workspace.fact(_TAKEN) or {}
    if digest in taken.values():
        return None
    kind = format_of(taking.letter, taking.name)
    if kind not in TAKERS:
        raise Corrupted("letter_unreadable", place=taking.name, detail=kind)
    news = TAKERS[kind](workspace, taking)
    if TAKERS[kind] is not take_profile:  # its name is used again, and it asks again until someone has confirmed its key
        workspace.set_fact(_TAKEN, {**taken, taking.name: digest})
    return news


def _may_be_new(workspace: Workspace, name: str) -> bool:
    """Say whether a letter in the mailbox is worth fetching, by its name alone."""
    if name.startswith("receipt-"):
        waiting = {f"receipt-{one.id}.age" for one in bundles(workspace.db) if not one.received_at}
        return name in waiting
    return not name.startswith(ATTACHMENT) and name not in (workspace.fact(_TAKEN) or {})


def _opens(workspace: Workspace, folder: Folder, name: str) -> bool:
    """Say whether a file on a stick is a letter for this auditor; the stick may hold those of the whole team, and anything else."""
    try:
        return format_of(_unsealed(workspace, folder.read(name, _LIMIT), name), name) in TAKERS
    except Corrupted:
        return False


def _unsealed(workspace: Workspace, data: bytes, place: str) -> bytes:
    return data if data.lstrip().startswith(b"{") else unseal_bytes(data, workspace.secret, place)
