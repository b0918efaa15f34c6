"""Filters of the evidence: what is wanted, what passes, and what there is to choose from. Free of Qt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from auditor_app.translation import N_, _, current_language, plural
from auditor_app.ui.screens.evidence.pieces import Piece, place_of
from auditor_app.workflows.visits import OpenVisit

CRITERION, PERSON, DAY, PLACE, KIND = "criterion", "person", "day", "place", "kind"
NOWHERE, COORDINATES = "nowhere", "coordinates"
TOOK_IN, PROVIDED = "took_in:", "provided:"

ALL = {
    CRITERION: N_("Any criterion"),
    PERSON: N_("Anyone"),
    DAY: N_("Any day"),
    PLACE: N_("Any place"),
    KIND: N_("Any kind"),
}
"""The filters in their order, with the words for no filter."""

NAMES = {CRITERION: N_("Criterion"), PERSON: N_("Person"), DAY: N_("Day"), PLACE: N_("Place"), KIND: N_("Kind")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Words that must all be found, a key for each of the filters ("" for all), and whether only what is not linked is wanted."""

    words: tuple[str, ...] = ()
    criterion: str = ""
    person: str = ""
    day: str = ""
    place: str = ""
    kind: str = ""
    unlinked: bool = False

    @property
    def count(self) -> int:
        """Count what narrows the view."""
        return sum(map(bool, (self.words, self.criterion, self.person, self.day, self.place, self.kind, self.unlinked)))


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a filter: its key and its words."""

    key: str
    words: str


Choices = dict[str, tuple[Choice, ...]]
"""What there is to choose, by filter."""


def passing(pieces: Iterable[Piece], wanted: Filter) -> tuple[Piece, ...]:
    """Keep the pieces that pass a filter."""
    found = tuple(pieces)
    if wanted.criterion:
        found = tuple(one for one in found if wanted.criterion in one.criteria)
    if wanted.person:
        found = tuple(one for one in found if wanted.person in persons_of(one))
    if wanted.day:
        found = tuple(one for one in found if one.day == wanted.day)
    if wanted.place:
        found = tuple(one for one in found if place_of_piece(one) == wanted.place)
    if wanted.kind:
        found = tuple(one for one in found if one.kind == wanted.kind)
    if wanted.unlinked:
        found = tuple(one for one in found if one.is_loose)
    return tuple(one for one in found if all(word in one.found_by for word in wanted.words)) if wanted.words else found


def choices_in(pieces: tuple[Piece, ...], opened: OpenVisit) -> Choices:
    """List what there is to choose from, each with how many pieces it has."""
    state = opened.state
    criteria = Counter(number for one in pieces for number in one.criteria if number)
    names = {str(one.number): one.name for one in opened.form.criteria}
    persons = Counter(person for one in pieces for person in persons_of(one))
    places = Counter(place_of_piece(one) for one in pieces)
    areas = {area.id: area.name for area in state.areas} | {COORDINATES: _("Only coordinates"), NOWHERE: _("No place")}
    days, kinds = Counter(one.day for one in pieces if one.day), Counter(one.kind for one in pieces)
    return {
        CRITERION: _choices({key: f"{key} {names.get(key, '')}".strip() for key in sorted(criteria, key=place_of)}, criteria),
        PERSON: _choices(_by_words({key: _person_words(key, {**state.offices, **state.auditors}) for key in persons}), persons),
        DAY: _choices({key: day_words(key) for key in sorted(days)}, days),
        PLACE: _choices({key: words for key, words in areas.items() if places[key]}, places),
        KIND: _choices({key: key for key in sorted(kinds)}, kinds),
    }


def persons_of(one: Piece) -> tuple[str, ...]:
    """Name by key who brought a piece: who took it in, and who provided it."""
    took_in = f"{TOOK_IN}{one.taken_in_by}"
    return (took_in, f"{PROVIDED}{one.provided_by}") if one.provided_by else (took_in,)


def place_of_piece(one: Piece) -> str:
    """Name by key where a piece is from: an area, only coordinates, nowhere."""
    return one.area or (COORDINATES if one.located else NOWHERE)


def day_words(day: str) -> str:
    """Write a day: "Mon 16 Nov 2026"."""
    return str(format_date(date.fromisoformat(day), format="EEE d MMM y", locale=current_language().replace("-", "_")))


def count_words(shown: int, all_of_them: int) -> str:
    """Count what is shown: "12 of 148", "148 pieces"."""
    if shown == all_of_them:
        return plural("{count} piece", "{count} pieces", all_of_them)
    return _("{shown} of {all}").format(shown=shown, all=all_of_them)


def _choices(words: dict[str, str], counts: Counter[str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, f"{text}  ({counts[key]})") for key, text in words.items())


def _by_words(words: dict[str, str]) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda one: (not one[0].startswith(TOOK_IN), one[1].casefold())))


def _person_words(key: str, auditors: dict[str, str]) -> str:
    """Name a person with the part that they had."""
    if key.startswith(TOOK_IN):
        auditor = key.removeprefix(TOOK_IN)
        return _("{name} took it in").format(name=auditors.get(auditor) or auditor[:8])
    return _("{name} provided it").format(name=key.removeprefix(PROVIDED))
