"""From flowables to a finished PDF: refuse what cannot be printed, lay out the pages, and give them their archival form."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from auditor_app.progress import Progress
from auditor_app.reporting.archival import archival_pdf
from auditor_app.reporting.blocks import Heading, Reserved
from auditor_app.reporting.cover import Printable
from auditor_app.reporting.fonts import refuse_missing_glyphs
from auditor_app.reporting.layout import Story, lay_out
from auditor_app.reporting.spots import Spot
from auditor_app.reporting.values import texts_in
from auditor_app.reporting.writing import clean
from auditor_app.translation import language

Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReport:
    """A report ready to be signed: PDF/A-2b bytes, and the room kept for the visible signatures of auditor and site.

    `signature_page` counts from 0; `signature_box` is (left, bottom, right, top) in points from the page's lower left corner. A
    page of -1 means that nobody signs there. `spots` say what each part of a page is about.
    """

    pdf: bytes
    pages: int
    signature_page: int = -1
    signature_box: Box = (0.0, 0.0, 0.0, 0.0)
    site_page: int = -1
    site_box: Box = (0.0, 0.0, 0.0, 0.0)
    spots: tuple[Spot, ...] = ()


def make_pdf(content: Printable, story: Callable[[], Story], progress: Progress) -> MadeReport:
    """Make the PDF in the content's language; nothing is written to disk, and the same content gives the same bytes.

    Raises NotAllowed ("missing_glyphs") before any page is laid out when a character of the content has no glyph in the shipped
    fonts, Unavailable when a font is not installed, and Corrupted ("report_not_archival") when the result is not valid PDF/A.
    """
    with _no_collecting():
        return _made(content, story, progress)


def _made(content: Printable, story: Callable[[], Story], progress: Progress) -> MadeReport:
    refuse_missing_glyphs((place, clean(text)) for place, text in texts_in(content))
    with language(content.language):
        told = story()
        pages = lay_out(told, progress)
    progress("checking_archival_form", 0, 1)
    pdf = archival_pdf(pages.pdf, pages.used, pages.structure, content.made_at)
    lead, site = told.lead or Reserved(0, 0), told.site or Reserved(0, 0)
    return MadeReport(
        pdf=pdf,
        pages=pages.pages,
        signature_page=lead.page,
        signature_box=lead.box,
        site_page=site.page,
        site_box=site.box,
        spots=pages.spots,
    )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let Python not search for garbage: what a report is made of is needed until its end, so that the search finds next to nothing."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def sections_of(pieces: Sequence[object]) -> list[tuple[str, str]]:
    """List the sections among flowables as (title, place)."""
    return [(piece.title, piece.key) for piece in pieces if isinstance(piece, Heading) and piece.level == 0]
