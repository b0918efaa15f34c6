"""Tables of the editable copy: hairlines, columns as wide as their texts need, a header on every page, rows that stay whole."""

import unicodedata
from collections.abc import Sequence

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

_STYLE = "Table Grid"
_WIDTH = 17.0
"""In centimetres."""
_LINE = "C9C2B8"
_LETTERS = 78
"""How many letters stand in the width, with bold ones among them."""
_PADDING = 3
"""The room beside a column's text, in letters."""
_LONGEST_WORD = 18
_ENOUGH = 60
"""Letters; a longer text takes more lines instead of a wider column."""
_LABELS = (0.34, 0.66)


def look(document: Docx) -> None:
    """Give all tables hairlines between their rows and some room within."""
    style = document.styles[_STYLE]
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    table = style.element.find(qn("w:tblPr"))
    table.remove(table.find(qn("w:tblBorders")))
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=_LINE))
    # The order of the elements is that of the schema.
    table.find(qn("w:tblInd")).addnext(borders)


def headed(document: Docx, rows: Sequence[Sequence[str]]) -> Table:
    """Write a table whose first row is the header; a column after the second without any text is left out."""
    kept = [place for place in range(len(rows[0])) if place < 2 or any(row[place].strip() for row in rows[1:])]
    texts = [[row[place] for place in kept] for row in rows]
    table = _table(document, texts, _shares(texts))
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001 - the library has no other way
    return table


def labelled(document: Docx, rows: Sequence[Sequence[str]]) -> Table:
    """Write pairs of label and text as a table without a header."""
    return _table(document, rows, _LABELS)


def _table(document: Docx, texts: Sequence[Sequence[str]], shares: Sequence[float]) -> Table:
    table: Table = document.add_table(rows=len(texts), cols=len(shares), style=_STYLE)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(_WIDTH * share)
    for row, words in zip(table.rows, texts, strict=True):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))  # noqa: SLF001 - the library has no other way
        for cell, text, share in zip(row.cells, words, shares, strict=True):
            cell.text, cell.width = text, Cm(_WIDTH * share)
    return table


def _shares(texts: Sequence[Sequence[str]]) -> list[float]:
    """Divide the width: each column first gets its longest word, then what is left in proportion to its longest text."""
    columns = list(zip(*texts, strict=True))
    words = [min(_LONGEST_WORD, max(_width(word) for text in column for word in [*text.split(), ""])) + _PADDING for column in columns]
    wanted = [max(least, min(_ENOUGH, max(map(_width, column)))) for least, column in zip(words, columns, strict=True)]
    room = _LETTERS - sum(words)
    more = [want - least for want, least in zip(wanted, words, strict=True)]
    found = [least + max(room, 0) * extra / max(1, *more, sum(more)) for least, extra in zip(words, more, strict=True)]
    return [one / sum(found) for one in found]


def _width(text: str) -> int:
    """Count letters, wide ones twice."""
    return max((sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line) for line in text.split("\n")), default=0)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
