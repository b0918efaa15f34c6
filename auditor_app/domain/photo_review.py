"""What the site saw before release, what it objected to, and what therefore must not be printed. Pure.

Nothing is ever deleted: an original to which the site objects stays sealed evidence and goes to the office.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor_app.domain.photos import BLURRED, NO_OBJECTION
from auditor_app.domain.visit import Evidence, VisitState
from auditor_app.ids import Digest

DEMANDED = "photo_review"
"""The fact of a visit that says whether the site asks to see photos before release: "yes", "no" or ""."""

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far the review is, in photos; `shown` counts those with and without a word of the site."""

    photos: int
    shown: int
    no_objection: int
    objected: int

    @property
    def left(self) -> int:
        """Count what the site has not seen yet."""
        return self.photos - self.shown


def reviewable(state: VisitState) -> tuple[Evidence, ...]:
    """List the photos and films of a visit in the order in which they were taken in; copies follow their originals and are left out."""
    photos = [one for one in state.evidence.values() if one.media_type.startswith(("image/", "video/")) and not one.derived_from]
    return tuple(sorted(photos, key=lambda one: (one.taken_in_at, one.digest)))


def shown_in(state: VisitState, review: str = "") -> dict[str, str]:
    """Tell what the site said of each photo that it was shown, by digest, in one session or in all that are held ("")."""
    held = {review} if review else {one.id for one in state.reviews}
    found: dict[str, str] = {}
    for one in state.shown:
        if one.review in held and found.get(one.evidence) != NO_OBJECTION:
            found[one.evidence] = one.said
    return found | {one.evidence: "objected" for one in state.objections if one.review in held}


def tally(state: VisitState, review: str = "") -> Tally:
    """Count the review of a visit, or of one session."""
    photos = {one.digest for one in reviewable(state)}
    said = [word for digest, word in shown_in(state, review).items() if digest in photos]
    return Tally(photos=len(photos), shown=len(said), no_objection=said.count(NO_OBJECTION), objected=said.count("objected"))


def is_copy_of(state: VisitState, copy: str, original: str) -> bool:
    """Say whether a piece of evidence was made from another, directly or by copies between."""
    return original in _origins(state, copy)


def loose_evidence(state: VisitState) -> tuple[Digest, ...]:
    """List the evidence that is linked to nothing; a copy that is printed in place of a photo has its place by that."""
    placed = {link.evidence for link in state.links} | {one.instead for one in state.objections}
    return tuple(digest for digest in state.evidence if digest not in placed)


def withheld(state: VisitState) -> dict[Digest, str]:
    """Give the pieces whose picture must not be printed, each with the digest of the copy printed in its place ("" for none).

    What was made from such a piece is withheld too, except the copy that was agreed on and what was made from that.
    """
    agreed = {digest: _agreed_copy(state, digest) for digest in {one.evidence for one in state.objections if one.withholds}}
    found = {digest: agreed[origin] for digest in state.evidence for origin in _withholding(state, digest, agreed)}
    return {digest: _printable(copy, found) for digest, copy in found.items()}


def _agreed_copy(state: VisitState, digest: str) -> str:
    """Find the copy that all objections to a photo agree to; "" while one of them is open or wants it withdrawn."""
    against = [one for one in state.objections if one.evidence == digest and one.withholds]
    copies = [one.instead for one in against if one.decision == BLURRED and is_copy_of(state, one.instead, digest)]
    return copies[-1] if copies and len(copies) == len(against) else ""


def _withholding(state: VisitState, digest: str, agreed: dict[str, str]) -> Iterator[str]:
    """Give the nearest piece, itself or what it was made from, that is objected to; nothing once an agreed copy lies between."""
    line = (digest, *_origins(state, digest))
    for place, one in enumerate(line):
        if one in agreed:
            if agreed[one] not in line[:place]:
                yield one
            return


def _origins(state: VisitState, digest: str) -> tuple[str, ...]:
    """List what a piece was made from, nearest first."""
    found: list[str] = []
    one = state.evidence.get(Digest(digest))
    while one is not None and one.derived_from and one.derived_from not in found:
        found.append(one.derived_from)
        one = state.evidence.get(Digest(one.derived_from))
    return tuple(found)


def _printable(copy: str, found: dict[Digest, str]) -> str:
    """Follow copies that are withheld themselves to one that is not."""
    passed: set[str] = set()
    while copy in found and copy not in passed:
        passed.add(copy)
        copy = found[Digest(copy)]
    return "" if copy in passed else copy
