"""The pieces of evidence as the grid shows and filters them. Free of Qt; made beside the window where there are thousands."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter

import msgspec

from auditor_app.domain.photo_review import loose_evidence
from auditor_app.domain.visit import CHECK, CRITERION, FINDING, Evidence, Link
from auditor_app.ids import Digest
from auditor_app.translation import _, current_language
from auditor_app.ui.moments import captured_at, local_words
from auditor_app.ui.names import Names, names_of
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import kind_words


class Piece(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One piece of evidence as a tile: `number` is its place in the report, `linked` the numbers of what it is linked to."""

    digest: Digest
    number: int
    title: str
    name: str
    kind: str
    when: str
    linked: str
    instead_of: str
    """The number of the photo in whose place it is printed, as the site wanted; empty for almost all."""
    is_loose: bool
    """Whether it has no place at all: neither linked nor printed in place of another."""
    contradicts: bool
    found_by: str
    criteria: frozenset[str]
    """Numbers of the criteria that it says something of: directly, by a check, or by a finding."""
    day: str
    """The local day of its best known time, as 2026-11-16."""
    area: str
    """Id of the area where it was found; empty when nobody said, or when the area is gone from the plan."""
    located: bool
    """Whether the file carries coordinates."""
    taken_in_by: str
    provided_by: str

    @property
    def spoken(self) -> str:
        """Give what a screen reader says."""
        against = _("contradicts") if self.contradicts else ""
        return ", ".join(part for part in (f"{self.number} {self.title}", self.kind, self.when, self.linked_words, against) if part)

    @property
    def linked_words(self) -> str:
        """Say what it is linked to, or that it is not."""
        if self.linked or self.is_loose:
            return self.linked or _("Not linked")
        return _("In place of {number}").format(number=self.instead_of)


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked up once for all pieces."""

    names: Names
    areas: dict[str, str]
    of_findings: dict[str, str]
    links: dict[Digest, list[Link]]
    instead_of: dict[str, str]
    loose: frozenset[Digest]


def pieces_of(opened: OpenVisit) -> tuple[Piece, ...]:
    """List the evidence of a visit, taken in latest first."""
    in_order = sorted(sorted(opened.state.evidence.values(), key=attrgetter("digest")), key=attrgetter("taken_in_at"))
    known = _known(opened, {one.digest: number for number, one in enumerate(in_order, start=1)})
    pieces = [_piece(one, number, known) for number, one in enumerate(in_order, start=1)]
    return tuple(reversed(pieces))


def best_time(one: Evidence) -> tuple[str, str]:
    """Tell when it happened as best as it is known, as a local day and in words: said, captured, taken in."""
    language = current_language()
    said = [_local(moment, language) for moment in (one.happened_at, one.corrected_at) if moment]
    captured = one.captured.get("at", "")
    told = _captured(captured, language) if captured else _local(one.taken_in_at, language)
    known = (*said, told)
    return next((day for day, _words in known if day), ""), known[0][1]


def place_of(short: str) -> tuple[int, str]:
    """Order numbers as numbers, findings after them."""
    return (int(short), "") if short.isdecimal() else (10_000, short)


def _known(opened: OpenVisit, numbers: Mapping[Digest, int]) -> _Known:
    links = defaultdict[Digest, list[Link]](list)
    for link in opened.state.links:
        links[link.evidence].append(link)
    return _Known(
        names=names_of(opened),
        areas={area.id: area.name for area in opened.state.areas},
        of_findings={finding.id: finding.criterion for finding in opened.state.findings},
        links=links,
        instead_of={one.instead: str(numbers.get(Digest(one.evidence), "–")) for one in opened.state.objections if one.instead},
        loose=frozenset(loose_evidence(opened.state)),
    )


def _piece(one: Evidence, number: int, known: _Known) -> Piece:
    links = known.links.get(one.digest, [])
    linked = ", ".join(sorted({known.names.short(link.target) for link in links}, key=place_of))
    kind, area = _kind(one.media_type, bool(one.captured.get("scan")), current_language()), known.areas.get(one.area, "")
    day, when = best_time(one)
    found_by = (str(number), one.caption, one.name, kind, one.provided_by, one.digest[:16], linked, area, when)
    return Piece(
        digest=one.digest,
        number=number,
        title=one.title,
        name=one.name,
        kind=kind,
        when=when,
        linked=linked,
        instead_of=known.instead_of.get(one.digest, ""),
        is_loose=one.digest in known.loose,
        contradicts=any(link.stance == "contradicts" for link in links),
        found_by=" ".join(found_by).casefold(),
        criteria=frozenset(_criterion(link, known) for link in links),
        day=day,
        area=one.area if area else "",
        located=one.captured.get("latitude") is not None,
        taken_in_by=one.taken_in_by,
        provided_by=one.provided_by,
    )


def _criterion(link: Link, known: _Known) -> str:
    """Find the criterion that a link says something of; empty for what is gone."""
    if link.target.kind == CRITERION:
        return link.target.id
    if link.target.kind == CHECK:
        return known.names.checks.get(link.target.id, ("", ""))[0]
    return known.of_findings.get(link.target.id, "") if link.target.kind == FINDING else ""


@lru_cache(maxsize=256)
def _kind(media_type: str, scan: bool, _language: str) -> str:
    return kind_words(media_type, scan=scan)


@lru_cache(maxsize=20_000)
def _captured(captured: str, _language: str) -> tuple[str, str]:
    """Give the day and the words of a camera's time; no day when it is none."""
    try:
        return date.fromisoformat(captured[:10]).isoformat(), captured_at(captured)
    except ValueError:
        return "", captured_at(captured)


@lru_cache(maxsize=20_000)
def _local(moment: str, _language: str) -> tuple[str, str]:
    """Give the local day and the words of a moment; one that was written by hand elsewhere is its own words, on no day."""
    try:
        day = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone().date().isoformat()
        return day, local_words(moment)
    except ValueError:
        return "", moment
