"""What came of taking files in, counted and in words: taken, linked, known already, refused, and what they had lost before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from auditor_app.error_words import words
from auditor_app.errors import AuditorAppError
from auditor_app.ids import Digest
from auditor_app.translation import _, plural
from auditor_app.vault.losses import CONVERTED, NO_CAMERA_TIME, NO_PLACE, RECOMPRESSED, SCREENSHOT
from auditor_app.workflows.intake import Outcome, SealedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One thing that was not taken in, and why."""

    name: str
    error: AuditorAppError


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that is evidence now, or was before: its name, its original's digest, and what it had lost before it came."""

    name: str
    digest: Digest
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of `asked` things so far; `known` were there already, `gone` is a card that vanished."""

    asked: int = 0
    taken: tuple[Piece, ...] = ()
    linked: tuple[Piece, ...] = ()
    known: tuple[Piece, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: bool = False
    gone: Path | None = None

    @property
    def left(self) -> int:
        """Count what was not even begun, or was given up when it was stopped or the card vanished."""
        return self.asked - len(self.taken) - len(self.linked) - len(self.known) - len(self.refused)

    def asking(self, more: int) -> "Tally":
        """Count what is asked for in addition."""
        return replace(self, asked=self.asked + more)

    def as_stopped(self) -> "Tally":
        """Note that a person stopped it."""
        return replace(self, stopped=True)

    def plus(self, more: "Tally") -> "Tally":
        """Add what came of further things; what was asked for does not grow by it."""
        return replace(
            self,
            taken=self.taken + more.taken,
            linked=self.linked + more.linked,
            known=self.known + more.known,
            refused=self.refused + more.refused,
            stopped=self.stopped or more.stopped,
            gone=self.gone or more.gone,
        )


def recorded(files: Iterable[SealedFile], outcomes: Iterable[Outcome]) -> Tally:
    """Count what was sealed and recorded."""
    by: dict[Outcome, list[Piece]] = {outcome: [] for outcome in Outcome}
    for file, outcome in zip(files, outcomes, strict=True):
        by[outcome].append(Piece(name=file.name, digest=file.object.original, lost=file.lost))
    return Tally(taken=tuple(by[Outcome.TAKEN]), linked=tuple(by[Outcome.LINKED]), known=tuple(by[Outcome.KNOWN]))


def outcome_words(tally: Tally) -> list[str]:
    """Tell what came of it, a line each: what was taken in, what it had lost, what was there already, what was refused and why."""
    lines = [_counted(tally), lost_words(tally)]
    lines += [_("{name}: {reason}").format(name=one.name, reason=words(one.error)) for one in _to_tell(tally)]
    if len(tally.refused) > MOST_REASONS and not tally.gone:
        lines.append(plural("And {count} more was refused.", "And {count} more were refused.", len(tally.refused) - MOST_REASONS))
    if tally.gone:
        text = _("{place} is not there any more. What came is kept; put it in again and take in only what is new.")
        lines.append(text.format(place=tally.gone))
    elif tally.stopped:
        lines.append(_("Stopped. What was sealed completely is kept."))
    return [line for line in lines if line]


def lost_words(tally: Tally) -> str:
    """Say how many of the pictures taken in had lost what, so that the originals can still be asked for; empty when none did."""
    counts = Counter(key for one in tally.taken for key in one.lost)
    said = {
        SCREENSHOT: plural("{count} is a picture of a screen", "{count} are pictures of a screen", counts[SCREENSHOT]),
        RECOMPRESSED: plural("{count} was shrunk by a messenger", "{count} were shrunk by a messenger", counts[RECOMPRESSED]),
        CONVERTED: plural("{count} was converted from another format", "{count} were converted from another format", counts[CONVERTED]),
        NO_CAMERA_TIME: plural("{count} has no camera time", "{count} have no camera time", counts[NO_CAMERA_TIME]),
        NO_PLACE: plural("{count} has no place", "{count} have no place", counts[NO_PLACE]),
    }
    parts = [text for key, text in said.items() if counts[key]]
    if not parts:
        return ""
    return _("Before they came here: {losses}. Ask for the originals while you can.").format(losses=", ".join(parts))


MOST_REASONS = 5
"""Refusals told one by one; the rest is counted."""


def _to_tell(tally: Tally) -> tuple[Refused, ...]:
    return () if tally.gone else tally.refused[:MOST_REASONS]


def _counted(tally: Tally) -> str:
    linked, parts = len(tally.linked), []
    if tally.taken or not linked:
        parts.append(plural("{count} was taken in", "{count} were taken in", len(tally.taken)))
    if linked:
        parts.append(plural("{count} was here already and is linked now", "{count} were here already and are linked now", linked))
    if tally.known:
        parts.append(plural("{count} was here already", "{count} were here already", len(tally.known)))
    if tally.refused:
        parts.append(plural("{count} was refused", "{count} were refused", len(tally.refused)))
    if tally.left:
        parts.append(plural("{count} was left out", "{count} were left out", tally.left))
    return _("{parts}.").format(parts=", ".join(parts))
