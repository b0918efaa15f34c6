"""What a PDF says beside its pages, and what an addition to it brings: both may change nothing that was signed."""

from collections.abc import Iterable
from io import BytesIO

from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import PdfFileReader

from auditor_app.signing.pdf_changes import reachable

_WRITTEN_BY_TOOLS = {"/ModDate", "/Producer"}
_DESCRIBED_BY_TOOLS = ("ModifyDate", "MetadataDate", "Producer")
_HISTORY = "http://ns.adobe.com/xap/1.0/mm/"
"""Ids that some programs give to each version of a file."""


def same_properties(before: bytes, now: PdfFileReader) -> bool:
    """Say whether title, author and the like are those of before, and the form is still drawn as it is.

    When and with which program something was added may differ: whoever adds a signature writes that. Raises nearly anything for
    a hostile file.
    """
    was = PdfFileReader(BytesIO(before))
    return (_information(was), _description(was), _is_drawn_anew(was)) == (_information(now), _description(now), _is_drawn_anew(now))


def brings_proofs(reader: PdfFileReader, revision: int) -> bool:
    """Say whether an addition to a file brings validation data that the file still has. Raises nearly anything for a hostile file."""
    store: Iterable[Reference] = reachable([reader.root.raw_get("/DSS")], set()) if "/DSS" in reader.root else ()
    return not reader.xrefs.explicit_refs_in_revision(revision).isdisjoint(store)


def _information(reader: PdfFileReader) -> dict[str, str]:
    found = reader.trailer["/Info"] if "/Info" in reader.trailer_view else {}
    return {str(name): str(found[name]) for name in found if name not in _WRITTEN_BY_TOOLS}


def _description(reader: PdfFileReader) -> list[tuple[str, str]]:
    if "/Metadata" not in reader.root:
        return []
    told = [one for part in parse_xmp(BytesIO(reader.root["/Metadata"].data)) for one in part]
    return sorted((str(name), repr(value)) for name, value in told if name.ns != _HISTORY and name.local_name not in _DESCRIBED_BY_TOOLS)


def _is_drawn_anew(reader: PdfFileReader) -> bool:
    return bool(reader.root["/AcroForm"].get("/NeedAppearances", False))
