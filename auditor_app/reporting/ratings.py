"""How ratings are shown: label, colour and count of each step of the scale."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle

from auditor_app.reporting.blocks import RatingMark
from auditor_app.reporting.styles import MUTED, RATING_COLOURS, SMALL, TEXT_WIDTH
from auditor_app.reporting.values import RatingLabel
from auditor_app.reporting.writing import one_line, paragraph, width_of
from auditor_app.translation import _


class Rated(Protocol):
    """A criterion as far as its rating goes."""

    @property
    def rating(self) -> str | None:
        """Give the key of the proposed rating."""
        ...


class Scale(Protocol):
    """A document that rates: the full data set, or the public summary."""

    @property
    def ratings(self) -> tuple[RatingLabel, ...]:
        """List the steps, best first."""
        ...

    @property
    def criteria(self) -> Sequence[Rated]:
        """List the criteria."""
        ...


def colour_of(rating: RatingLabel | None) -> Color:
    """Give the colour of a step of the scale; grey for none."""
    if rating is None:
        return MUTED
    return HexColor(rating.colour) if rating.colour else RATING_COLOURS.get(rating.key, MUTED)


def rating_of(content: Scale, row: Rated) -> RatingLabel | None:
    """Find the step of the scale that a criterion was given. Raises KeyError for a key outside the scale."""
    return {rating.key: rating for rating in content.ratings}[row.rating] if row.rating is not None else None


def rating_mark(rating: RatingLabel | None, *, style: ParagraphStyle = SMALL) -> RatingMark:
    """Show a rating as glyph and word."""
    word = paragraph(rating.label if rating else _("Not rated"), style)
    return RatingMark(rating.key if rating else None, colour_of(rating), word, size=style.fontSize + 0.5)


def mark_width(rating: RatingLabel | None) -> float:
    """Measure a rating's glyph and word on one line, at most a third of the page."""
    word = one_line(rating.label if rating else _("Not rated"))
    return float(min(width_of(word, SMALL.fontSize) + 2 * SMALL.fontSize, TEXT_WIDTH / 3))


def counts(content: Scale) -> list[tuple[RatingLabel | None, int]]:
    """Count the criteria of each step, in the scale's order; those not rated last, if there are any."""
    found = Counter(row.rating for row in content.criteria)
    steps: Iterable[RatingLabel | None] = [*content.ratings, *([None] if found[None] else [])]
    return [(step, found[step.key if step else None]) for step in steps]


def tint(colour: Color, share: float = 0.14) -> Color:
    """Lighten a colour so far that text can be read on it."""
    return Color(*(1 - share * (1 - part) for part in colour.rgb()))
