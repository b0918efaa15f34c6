"""PDF pages drawn by pdfium, which must never be used by two threads at once: everything that draws goes through this lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from auditor_app.errors import Corrupted

_ONE_AT_A_TIME = Lock()


@contextmanager
def opened_pdf(data: bytes) -> Iterator[Any]:
    """Open a PDF (a `pypdfium2.PdfDocument`) for drawing, alone; closed at the end. Raises Corrupted("pdf_unreadable")."""
    import pypdfium2  # noqa: PLC0415 - loads with the first PDF

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Corrupted("pdf_unreadable") from error
        try:
            yield document
        finally:
            document.close()
