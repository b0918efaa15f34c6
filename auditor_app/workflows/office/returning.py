"""Returning a review: signed, kept in the register, sealed to the auditor, and handed over by mailbox or stick."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor_app.clock import moment_text
from auditor_app.disk import write_file
from auditor_app.domain.reviews import Review
from auditor_app.errors import NotAllowed
from auditor_app.register import reviews as rows
from auditor_app.register.register import auditor_of, open_register
from auditor_app.sqlite_driver import Database
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.letters import read_kept, sign_letter
from auditor_app.workflows.office.enrolment import find_auditor
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.places import open_places
from auditor_app.workflows.office.review_state import DRAFT, Reviewing, ReviewLine, check_may, reviewing_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A review that was signed, and where its letter went: into the mailbox, and to which file."""

    review: Review
    letter: str
    in_mailbox: bool
    file: Path | None = None


def return_review(
    office: Office, bundle: str, *, mailbox: bool = True, out: Path | None = None, url: str = "", user: str = "", password: str = ""
) -> Returned:
    """Sign the decided review of a bundle and hand it to the auditor: into the mailbox, as a file in the folder `out`, or both.

    It goes to every place of the mailbox that answers. A review that was signed already is handed over again as it is. The letter is
    kept in the register first, so that a place that refuses loses nothing. Raises NotAllowed: "review_undecided",
    "review_questions_open", "mailbox_unknown", and what the place refuses.
    """
    to_mailbox = mailbox and bool(url or office.profile.mailboxes)
    if not to_mailbox and out is None:
        raise NotAllowed("mailbox_unknown")
    with open_register(office.register) as db:
        review, letter = _signed(office, db, bundle)
        auditor = auditor_of(db, bundle)
    name, sealed = f"review-{review.id}.age", seal_bytes(letter, [find_auditor(office, auditor).recipient])
    file = out / name if out else None
    if file is not None:
        write_file(file, sealed)
    if to_mailbox:
        open_places(office, url=url, user=user, password=password).put_letter(auditor, name, sealed)
    return Returned(review=review, letter=name, in_mailbox=to_mailbox, file=file)


def _signed(office: Office, db: Database, bundle: str) -> tuple[Review, bytes]:
    """Give the review of a bundle and its letter: signed now, or when it was returned before."""
    found = reviewing_in(db, bundle)
    if found.draft is None:
        kept = next((row for row in reversed(rows.reviews_of(db, found.visit)) if row["bundle"] == bundle), None)
        if kept is None:
            raise NotAllowed("review_undecided")
        letter = bytes(kept["letter"])
        return read_kept(letter, Review, place="review"), letter
    if not found.draft.decision or found.draft.bundle != bundle:
        raise NotAllowed("review_undecided")
    check_may(found, found.draft.decision, found.draft.words)
    now = office.clock.now()
    review = _letter(office, found, found.draft, moment_text(now), rows.heads_of(db, bundle))
    letter = sign_letter(review, office.identity, now)
    rows.revise_review(db, review.id, {"letter": letter, "returned_at": review.made_at})
    return review, letter


def _letter(office: Office, found: Reviewing, draft: ReviewLine, at: str, heads: dict[str, str]) -> Review:
    asked = [one for one in found.questions if one.state == DRAFT]
    return msgspec.convert(
        {
            "format": Review.__struct_config__.tag,
            **{name: getattr(draft, name) for name in ("id", "bundle", "round", "by", "decision", "words")},
            "visit": found.visit,
            "office": office.profile.office,
            "made_at": at,
            "heads": heads,
            "questions": [{"id": one.id, "about": one.about.kind, "subject": one.about.id, "text": one.text} for one in asked],
        },
        Review,
    )
