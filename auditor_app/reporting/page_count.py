"""How many pages a PDF from elsewhere has."""

import io

import pikepdf

from auditor_app.errors import Corrupted


def page_count(pdf: bytes, place: str) -> int:
    """Count the pages of a PDF. Raises Corrupted("object_differs") naming the place when it is none."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return len(opened.pages)
    except pikepdf.PdfError as error:
        raise Corrupted("object_differs", place=place) from error
