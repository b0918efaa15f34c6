"""The pieces that the editable copy is written with: styled headings, tables with repeated headers, figures with words, comments."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from auditor_app.reporting.blocks import is_drawable
from auditor_app.reporting.values import Fact
from auditor_app.reporting.writing import clean

_COPPER = RGBColor(0x9C, 0x4F, 0x24)
_MUTED = RGBColor(0x6A, 0x64, 0x5B)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Writer:
    """Writes into a document in one look; what is empty is not written."""

    def __init__(self, document: Docx, *, author: str) -> None:
        """Set the look; `author` stands at the comments."""
        self.document, self._author = document, author
        self._initials = "".join(part[0] for part in author.split()[:3])
        _look(document)

    def title(self, name: str, above: str, below: str) -> None:
        """Write the name of the document with what it is above and below."""
        self.note(above)
        self.document.add_paragraph(said(name), style="Title")
        self.note(below)

    def heading(self, words: str, level: int = 1) -> Paragraph:
        """Begin a section."""
        heading: Paragraph = self.document.add_heading(said(words), level)
        return heading

    def text(self, words: str) -> Paragraph | None:
        """Write a paragraph; line breaks stay."""
        return self.document.add_paragraph(said(words)) if words.strip() else None

    def strong(self, words: str) -> None:
        """Write a paragraph that stands out."""
        self.document.add_paragraph().add_run(said(words)).bold = True

    def note(self, words: str) -> None:
        """Write a quiet paragraph."""
        if words.strip():
            self.document.add_paragraph(said(words), style="Note")

    def labelled(self, label: str, words: str) -> None:
        """Write a text with its label before it."""
        if words.strip():
            paragraph = self.document.add_paragraph()
            paragraph.add_run(f"{said(label)}: ").bold = True
            paragraph.add_run(said(words))

    def bullets(self, lines: Iterable[str]) -> None:
        """Write a list."""
        for line in lines:
            self.document.add_paragraph(said(line), style="List Bullet")

    def facts(self, facts: Sequence[Fact]) -> None:
        """Write facts as a table without a header."""
        if facts:
            table = _table(self.document, 2)
            for fact in facts:
                cells = _cells(table)
                cells[0].text, cells[1].text = said(fact.label), said(fact.value)
            self.document.add_paragraph()

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, none: str = "") -> Table | None:
        """Write a table whose header is repeated on every page, or what to say where there are no rows."""
        if not rows:
            self.text(none)
            return None
        table = _table(self.document, len(heads))
        for cell, head in zip(_cells(table), heads, strict=True):
            cell.paragraphs[0].add_run(said(head)).bold = True
        _repeat(table)
        for row in rows:
            for cell, words in zip(_cells(table), row, strict=True):
                cell.text = said(words)
        self.document.add_paragraph()
        return table

    def comment(self, paragraph: Paragraph, words: str) -> None:
        """Put a comment to a paragraph that has text."""
        if words.strip() and paragraph.runs:
            self.document.add_comment(paragraph.runs, text=said(words), author=self._author, initials=self._initials)

    def remarks(self, about: str, lines: Iterable[str]) -> None:
        """Write a line with its remarks as comments to it."""
        for line in lines:
            if line.strip():
                self.comment(self.document.add_paragraph(said(about)), line)

    def figure(self, jpeg: bytes | None, words: str, *, width: float = 7.0) -> None:
        """Show a picture, `width` in centimetres, with the words that stand for it."""
        if not is_drawable(jpeg) or jpeg is None:
            return
        shape = self.document.add_picture(BytesIO(jpeg), width=Cm(width))
        shape._inline.docPr.set("descr", said(words))  # noqa: SLF001 - the library has no other way
        shape._inline.docPr.set("title", said(words)[:80])  # noqa: SLF001


def said(text: str) -> str:
    """Make a text fit for XML: clean, without characters that XML does not have."""
    return _NOT_IN_XML.sub("", clean(text))


def _table(document: Docx, columns: int) -> Table:
    table: Table = document.add_table(rows=0, cols=columns, style="Table Grid")
    return table


def _cells(table: Table) -> Sequence[Cell]:
    """Add a row and give its cells."""
    return tuple(table.add_row().cells)  # type: ignore[no-untyped-call]


def _repeat(table: Table) -> None:
    """Let the first row be the header of every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - the library has no other way


def _look(document: Docx) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Sans", Pt(10)
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].font.color.rgb = _COPPER
        document.styles[f"Heading {level}"].font.name = "Noto Sans"
    quiet = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style, quiet.font.size = normal, Pt(9)
    quiet.font.color.rgb = _MUTED
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
