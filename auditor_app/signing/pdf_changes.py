"""What was changed in a PDF after a signature, in words for people: a help to find it, never the judgement itself."""

from collections.abc import Iterator
from itertools import zip_longest

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

_BESIDE_CONTENT = {"/Annots", "/Parent", "/StructParents"}
_DEEPEST = 30
_MOST_PAGES = 10_000


def changes_since(reader: PdfFileReader, revision: int) -> str:
    """Name what differs between a revision and the file as it is now: "page 2 content, page 3 added".

    Raises nearly anything for a hostile file.
    """
    touched = {one for later in range(revision + 1, reader.xrefs.total_revisions) for one in reader.xrefs.explicit_refs_in_revision(later)}
    before, now = list(_pages(reader.get_historical_resolver(revision))), list(_pages(reader))
    pages = {one.reference for one in (*before, *now)}
    found = [
        f"page {number} {change}"
        for number, (old, new) in enumerate(zip_longest(before, now), start=1)
        for change in _of_page(old, new, touched, pages)
    ]
    return ", ".join(found[:10])


def _of_page(old: IndirectObject | None, new: IndirectObject | None, touched: set[Reference], pages: set[Reference]) -> Iterator[str]:
    if old is None or new is None:
        yield "added" if old is None else "removed"
        return
    was, is_now = _parts(old, pages), _parts(new, pages)
    if old.reference != new.reference:
        yield "exchanged"
    elif was["content"] != is_now["content"] or (was["content"] | is_now["content"]) & touched or _values(old) != _values(new):
        yield "content"
    if was["annotations"] != is_now["annotations"] or (was["annotations"] & touched):
        yield "annotations"


def _parts(page: IndirectObject, pages: set[Reference]) -> dict[str, set[Reference]]:
    found = page.get_object()  # type: ignore[no-untyped-call]  # pyHanko's gap
    content = [found.raw_get(key) for key in found if key not in _BESIDE_CONTENT]
    annotations = [found.raw_get("/Annots")] if "/Annots" in found else []
    return {"content": reachable(content, pages), "annotations": reachable(annotations, pages)}


def _values(page: IndirectObject) -> dict[str, str]:
    """Give what stands in the page itself: its size, how it is turned, and the like."""
    found = page.get_object()  # type: ignore[no-untyped-call]  # pyHanko's gap
    return {str(key): repr(found.raw_get(key)) for key in found if key not in _BESIDE_CONTENT}


def reachable(objects: list[PdfObject], without: set[Reference]) -> set[Reference]:
    """Give all objects that some objects lead to, without some and without going back to the page tree."""
    seen = set(without)
    waiting = [(one, 0) for one in objects]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.reference in seen:
                continue
            seen.add(one.reference)
            one = one.get_object()  # type: ignore[no-untyped-call]  # pyHanko's gap
        if depth < _DEEPEST:
            waiting += [(inner, depth + 1) for inner in _inner(one)]
    return seen - without


def _inner(one: PdfObject) -> list[PdfObject]:
    if isinstance(one, DictionaryObject):
        return [one.raw_get(key) for key in one if key not in {"/Parent", "/P"}]
    return [one.raw_get(index) for index in range(len(one))] if isinstance(one, ArrayObject) else []


def _pages(handler: PdfHandler) -> Iterator[IndirectObject]:
    waiting = [handler.root.raw_get("/Pages")]
    seen: set[Reference] = set()
    while waiting and len(seen) < _MOST_PAGES:
        node = waiting.pop(0)
        if not isinstance(node, IndirectObject) or node.reference in seen:
            continue
        seen.add(node.reference)
        kids = node.get_object().get("/Kids")  # type: ignore[no-untyped-call]  # pyHanko's gap
        if kids is None:
            yield node
        else:
            waiting[:0] = [kids.raw_get(index) for index in range(len(kids))]
