"""The archival form of a report: PDF/A-2b, checked here because a validator knows nothing of signatures added later."""

from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from auditor_app.errors import Corrupted
from auditor_app.reporting.embedding import embed
from auditor_app.reporting.paper import Used
from auditor_app.reporting.structure import Structure
from auditor_app.reporting.tagging import tag

FLAVOUR = "2b"


def archival_pdf(pdf: bytes, used: Used, structure: Structure, made_at: datetime) -> bytes:
    """Turn reportlab's pages into a tagged PDF/A-2b dated `made_at`; the same bytes come from the same input.

    Raises Corrupted if the check fails.
    """
    output = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            # reportlab writes an empty page transition, which PDF/A forbids.
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        embed(document, used)
        # It looks at every object there is, so the thousands of the structure come after it.
        pdfa.prepare(document, FLAVOUR)
        _date(document, made_at)
        tag(document, structure)
        try:
            pdfa.save(document, output, FLAVOUR, repair=False, deterministic_id=True)
        except pdfa.PdfaError as error:
            raise Corrupted("report_not_archival", findings="; ".join(map(str, error.report.findings))) from error
    return output.getvalue()


def _date(document: pikepdf.Pdf, made_at: datetime) -> None:
    """Give the file the moment of the report instead of that of this run, in its properties and its metadata alike."""
    moment = made_at.replace(microsecond=0)
    text = pikepdf.models.metadata.encode_pdf_date(moment)
    document.docinfo["/CreationDate"] = text
    document.docinfo["/ModDate"] = text
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            metadata[name] = moment.isoformat()
