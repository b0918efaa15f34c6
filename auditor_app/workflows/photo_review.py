"""Showing photos to the site before release: what it saw, what it objected to, what was decided. Nothing is deleted by any of it."""

from collections.abc import Iterable
from typing import Any

from auditor_app.domain.changes import Changes
from auditor_app.domain.journal import Subject
from auditor_app.domain.photos import OBJECTION, REVIEW, SAID, SEEN, SHOWN, showing_id
from auditor_app.errors import NotAllowed
from auditor_app.ids import Digest, VisitId
from auditor_app.store.journal import heads_of_subject
from auditor_app.workflows.evidence import find_evidence
from auditor_app.workflows.lists import add_line
from auditor_app.workspace import Workspace


def note_shown(workspace: Workspace, visit: VisitId, review: str, digests: Iterable[Digest], said: str = SEEN) -> Changes:
    """Record that the site saw photos in a session, and what it said: "seen" (nothing yet) or "no_objection".

    The last word counts, so that a word that was heard wrongly is taken back by "seen". Raises NotAllowed for a session, photo or
    word that is not known.
    """
    if said not in SAID:
        raise NotAllowed("choice_unknown", field="said", value=said, choices=", ".join(SAID))
    if not heads_of_subject(workspace.db, visit, Subject(REVIEW, review)):
        raise NotAllowed("line_unknown", kind=REVIEW, line=review)
    photos = [find_evidence(workspace, visit, digest).digest for digest in digests]
    with workspace.recording(visit) as recorder:
        for digest in photos:
            recorder.set(Subject(SHOWN, showing_id(review, digest)), "said", said)
    return recorder.changes


def object_to(workspace: Workspace, visit: VisitId, review: str, digest: Digest, **fields: Any) -> tuple[str, Changes]:
    """Record that the site objected to a photo that it was shown; gives the objection's id.

    `fields` are those of `domain.photos.Objection`: by (a role, never a name), why, and as far as it is settled already the
    decision, the reason for keeping it, the copy instead.
    """
    with workspace.transaction():
        note_shown(workspace, visit, review, [digest])
        return add_line(workspace, visit, OBJECTION, review=review, evidence=digest, **fields)
