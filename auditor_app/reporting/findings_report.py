"""Make the findings report: refuse what cannot be printed, lay out the pages, and give them their archival form."""

from dataclasses import dataclass

from auditor_app.progress import Progress, silent
from auditor_app.reporting.archival import archival_pdf
from auditor_app.reporting.content import ReportContent, texts_in
from auditor_app.reporting.fonts import refuse_missing_glyphs
from auditor_app.reporting.layout import lay_out
from auditor_app.reporting.writing import clean
from auditor_app.translation import language


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReport:
    """A report ready to be signed: PDF/A-2b bytes, and the room kept for the visible signature.

    `signature_page` counts from 0; `signature_box` is (left, bottom, right, top) in points from the page's lower left corner.
    """

    pdf: bytes
    pages: int
    signature_page: int
    signature_box: tuple[float, float, float, float]


def make_findings_report(content: ReportContent, progress: Progress = silent) -> MadeReport:
    """Make the PDF in the content's language; nothing is written to disk, and the same content gives the same bytes.

    Raises NotAllowed ("missing_glyphs") before any page is laid out when a character has no glyph in the shipped fonts, Unavailable
    when a font is not installed, Corrupted ("report_not_archival") when the result is not valid PDF/A, and KeyError when the content
    names a finding, an item of evidence or a rating that it does not hold.
    """
    refuse_missing_glyphs((place, clean(text)) for place, text in texts_in(content))
    with language(content.language):
        pages = lay_out(content, progress)
    progress("checking_archival_form", 0, 1)
    pdf = archival_pdf(pages.pdf, content.made_at)
    return MadeReport(pdf=pdf, pages=pages.pages, signature_page=pages.signature_page, signature_box=pages.signature_box)
