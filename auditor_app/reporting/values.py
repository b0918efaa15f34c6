"""The small values that several documents are made of, and a walk through all their texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from auditor_app.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of a list of facts, e.g. "Country" and "Chile"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLabel:
    """One step of the rating scale: its key in the form and its label; keys without a glyph of their own get a plain disc."""

    key: str
    label: str
    colour: str = ""
    """A colour as #RRGGBB, dark enough for text on white; empty takes the program's own for the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One criterion with its proposed rating (a key of `ReportContent.ratings`, None while not rated)."""

    number: str
    pillar: str
    name: str
    rating: str | None = None
    because: str = ""
    answered: int = 0
    checks: int = 0
    evidence_count: int = 0
    findings: tuple[str, ...] = ()
    """Numbers of findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRef:
    """Evidence named by a finding: its number, whether it speaks against what the finding says, and how that was settled."""

    number: str
    contradicts: bool = False
    settled: str = ""


def criteria_words(numbers: Sequence[str]) -> str:
    """Name one criterion or several; "" for none."""
    if len(numbers) == 1:
        return _("Criterion {number}").format(number=numbers[0])
    return _("Criteria {numbers}").format(numbers=", ".join(numbers)) if numbers else ""


def texts_in(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give every text with its place, e.g. ("findings 3, statement", "..."); items are named by number or by their order."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for order, item in enumerate(value, start=1):
            yield from texts_in(item, f"{place} {getattr(item, 'number', order)}")
    elif is_dataclass(value):
        for one in fields(value):
            name = one.name.replace("_", " ")
            yield from texts_in(getattr(value, one.name), f"{place}, {name}" if place else name)
