"""What the evidence screen shows, as pure functions of a visit: pieces, filters, words. Free of Qt widgets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import FINDING, Evidence, Link
from auditor_app.ids import Digest
from auditor_app.translation import N_, _, plural
from auditor_app.ui.moments import full_words, local_words
from auditor_app.ui.names import Names, names_of
from auditor_app.workflows.custody import Custody
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import captured_words, kind_words

LOST = {
    "no_camera_time": N_("time of the camera"),
    "no_place": N_("place"),
    "recompressed": N_("sharpness: a messenger shrank it"),
    "converted": N_("its first format: it was converted"),
    "screenshot": N_("everything: it is a picture of a screen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence as a tile: `number` is its place in the report, `linked` the numbers of what it is linked to."""

    digest: Digest
    number: int
    title: str
    name: str
    kind: str
    when: str
    linked: str
    contradicts: bool
    found_by: str

    @property
    def spoken(self) -> str:
        """Give what a screen reader says."""
        against = _("contradicts") if self.contradicts else ""
        return ", ".join(part for part in (f"{self.number} {self.title}", self.kind, self.when, self.linked_words, against) if part)

    @property
    def linked_words(self) -> str:
        """Say what it is linked to, or that it is not."""
        return self.linked or _("Not linked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Words that must all be found, a kind ("" for all), and whether only what is not linked is wanted."""

    words: tuple[str, ...] = ()
    kind: str = ""
    unlinked: bool = False


def pieces_of(opened: OpenVisit) -> tuple[Piece, ...]:
    """List the evidence of a visit, taken in latest first."""
    names, links = names_of(opened), defaultdict[Digest, list[Link]](list)
    for link in opened.state.links:
        links[link.evidence].append(link)
    in_order = sorted(opened.state.evidence.values(), key=lambda one: (one.taken_in_at, one.digest))
    pieces = [_piece(one, number, links[one.digest], names) for number, one in enumerate(in_order, start=1)]
    return tuple(reversed(pieces))


def passing(pieces: Iterable[Piece], wanted: Filter) -> tuple[Piece, ...]:
    """Keep the pieces that pass a filter."""
    return tuple(
        one
        for one in pieces
        if (not wanted.kind or one.kind == wanted.kind)
        and not (wanted.unlinked and one.linked)
        and all(word in one.found_by for word in wanted.words)
    )


def kinds_in(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """List the kinds that there are."""
    return tuple(sorted({one.kind for one in pieces}))


def count_words(shown: int, all_of_them: int) -> str:
    """Count what is shown: "12 of 148", "148 pieces"."""
    if shown == all_of_them:
        return plural("{count} piece", "{count} pieces", all_of_them)
    return _("{shown} of {all}").format(shown=shown, all=all_of_them)


def links_of(opened: OpenVisit, digest: Digest) -> tuple[Link, ...]:
    """List the links of one piece, in the order of criteria."""
    names = names_of(opened)
    found = [link for link in opened.state.links if link.evidence == digest]
    return tuple(sorted(found, key=lambda link: _place(names.short(link.target))))


def target_choices(opened: OpenVisit) -> tuple[tuple[Subject, str], ...]:
    """List what evidence can be linked to here: every criterion, every finding."""
    names = names_of(opened)
    subjects = [*(Subject("criterion", number) for number in names.criteria), *(Subject(FINDING, one) for one in names.findings)]
    return tuple((subject, names.long(subject)) for subject in subjects)


def time_lines(one: Evidence, held: Custody | None) -> tuple[tuple[str, str], ...]:
    """Tell the times after the first one, which a person says: captured, taken in, received."""
    return (
        (_("Captured by the camera's clock"), captured_words(one) or _("the file does not say")),
        (_("Captured, with the camera's clock put right"), full_words(one.corrected_at) if one.corrected_at else ""),
        (_("Taken in on this visit"), full_words(one.taken_in_at)),
        (_("Received by the office"), full_words(held.received_at) if held and held.received_at else _("not yet")),
    )


def lost_words(one: Evidence) -> str:
    """Say what a picture lost before it came to us, so that the original can still be asked for."""
    return ", ".join(_(LOST[key]) for key in one.lost if key in LOST)


def _piece(one: Evidence, number: int, links: list[Link], names: Names) -> Piece:
    places = sorted({names.short(link.target) for link in links}, key=_place)
    kind = kind_words(one.media_type)
    linked = ", ".join(places)
    return Piece(
        digest=one.digest,
        number=number,
        title=one.title,
        name=one.name,
        kind=kind,
        when=_when(one),
        linked=linked,
        contradicts=any(link.stance == "contradicts" for link in links),
        found_by=" ".join((str(number), one.caption, one.name, kind, one.provided_by, one.digest[:16], linked)).casefold(),
    )


def _when(one: Evidence) -> str:
    """Tell when it happened as best as it is known: said, captured, taken in."""
    if one.happened_at:
        try:
            return local_words(one.happened_at)
        except ValueError:
            return one.happened_at
    return captured_words(one)[:16] or local_words(one.taken_in_at)


def _place(short: str) -> tuple[int, str]:
    """Order numbers as numbers, findings after them."""
    return (int(short), "") if short.isdecimal() else (10_000, short)
