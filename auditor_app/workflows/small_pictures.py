"""Small pictures of what came in with many others: made once all of it is safe, so that a card is free much sooner.

Whoever looks at one before its turn makes it then (`evidence.small_picture`).
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from auditor_app.domain.visit import EVIDENCE
from auditor_app.errors import AuditorAppError
from auditor_app.ids import Digest, VisitId
from auditor_app.progress import Progress, give_way, silent
from auditor_app.store.journal import values_of_kind
from auditor_app.store.records import Sealed, add_thumbnail, all_sealed, digests_with_thumbnail
from auditor_app.vault.camera import can_look_into
from auditor_app.vault.keys import Secret
from auditor_app.vault.vault import Vault
from auditor_app.workflows.evidence import DRAWN, draw_small
from auditor_app.workflows.intake_batches import AT_ONCE, BATCH_FILES, IN_MEMORY, Room
from auditor_app.workspace import Workspace

Turn = tuple[tuple[Sealed, str], ...]
"""Sealed originals with their media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawn:
    """Evidence of a visit that has no small picture yet, and what it takes to draw it beside the workspace."""

    vault: Vault
    secret: Secret
    pieces: Turn
    """Where the bytes are, and their media type."""

    def turns(self) -> Iterable[Turn]:
        """Divide it into what is drawn and kept together."""
        return (self.pieces[first : first + BATCH_FILES] for first in range(0, len(self.pieces), BATCH_FILES))


def undrawn(workspace: Workspace, visit: VisitId) -> Undrawn:
    """List what has no small picture yet, though it could have one and is here."""
    drawn = digests_with_thumbnail(workspace.db)
    types = {one: str(original["media_type"]) for one, original in values_of_kind(workspace.db, visit, EVIDENCE, "original").items()}
    pieces = tuple(
        (one, types[one.original])
        for one in all_sealed(workspace.db)
        if can_look_into(types.get(one.original, "")) and one.original not in drawn and not one.released_at and one.size <= DRAWN
    )
    return Undrawn(vault=workspace.vault, secret=workspace.secret, pieces=pieces)


def draw(undrawn: Undrawn, pieces: Turn, progress: Progress = silent) -> dict[Digest, bytes]:
    """Draw small pictures beside the workspace, several at once; empty bytes for what cannot be drawn. Progress counts pieces."""

    room = Room(IN_MEMORY)

    def one(piece: tuple[Sealed, str]) -> bytes | None:
        try:
            with room.taken(piece[0].size):
                return draw_small(undrawn.vault, undrawn.secret, *piece)
        except AuditorAppError:
            return None  # lost or damaged: checking the workspace tells, and it may come back

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="drawing", initializer=give_way) as workers:
        drawn: dict[Digest, bytes] = {}
        for (sealed, _type), picture in zip(pieces, workers.map(one, pieces), strict=True):
            progress("drawing", len(drawn), len(pieces))
            if picture is not None:
                drawn[sealed.original] = picture
    return drawn


def keep_drawn(workspace: Workspace, drawn: dict[Digest, bytes]) -> None:
    """Keep small pictures, in one transaction."""
    with workspace.transaction(beside_visits=True) as db:
        for original, picture in drawn.items():
            add_thumbnail(db, original, picture)


def draw_all(workspace: Workspace, visit: VisitId, progress: Progress = silent) -> int:
    """Draw every small picture that a visit lacks; gives how many were kept."""
    lacking, done = undrawn(workspace, visit), 0
    for turn in lacking.turns():
        progress("drawing", done, len(lacking.pieces))
        keep_drawn(workspace, draw(lacking, turn))
        done += len(turn)
    return done
