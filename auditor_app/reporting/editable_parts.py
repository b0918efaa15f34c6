"""The pieces that the editable copy is written with: styled headings, tables with repeated headers, figures with words, comments."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from auditor_app.reporting import editable_tables
from auditor_app.reporting.pictures import measured
from auditor_app.reporting.values import Fact
from auditor_app.reporting.writing import clean

_COPPER = RGBColor(0x9C, 0x4F, 0x24)
_INK = RGBColor(0x1F, 0x1C, 0x18)
_MUTED = RGBColor(0x6A, 0x64, 0x5B)
_FACE = "Noto Sans"
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

    def strong(self, words: str, *, leads: bool = False) -> None:
        """Write a paragraph that stands out, on the page of the next one if it leads to that."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = leads
        paragraph.add_run(said(words)).bold = True

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
            editable_tables.labelled(self.document, [(said(fact.label), said(fact.value)) for fact in facts])
            self.document.add_paragraph()

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, none: str = "") -> Table | None:
        """Write a table whose header is repeated on every page, or what to say where there are no rows."""
        if not rows:
            self.text(none)
            return None
        table = editable_tables.headed(self.document, [[said(words) for words in row] for row in (heads, *rows)])
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
        if jpeg is None or not measured(jpeg):
            return
        shape = self.document.add_picture(BytesIO(jpeg), width=Cm(width))
        held = self.document.paragraphs[-1].paragraph_format
        held.keep_with_next, held.space_before = True, Pt(12)
        shape._inline.docPr.set("descr", said(words))  # noqa: SLF001 - the library has no other way
        shape._inline.docPr.set("title", said(words)[:80])  # noqa: SLF001


def said(text: str) -> str:
    """Make a text fit for XML: clean, without characters that XML does not have."""
    return _NOT_IN_XML.sub("", clean(text))


def _look(document: Docx) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(10)
    normal.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        _heading_look(document, name)
    quiet = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    quiet.base_style, quiet.font.size = normal, Pt(9)
    quiet.font.color.rgb = _MUTED
    editable_tables.look(document)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)


def _heading_look(document: Docx, name: str) -> None:
    style = document.styles[name]
    style.font.color.rgb = _INK if name == "Title" else _COPPER
    # The template's own face is that of a theme, which would win over a name.
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.attrib.pop(qn(f"w:{part}Theme"), None)
    style.font.name = _FACE
    if (borders := style.element.get_or_add_pPr().find(qn("w:pBdr"))) is not None:
        borders.getparent().remove(borders)
