"""The office's letter: one page with its name, its key's fingerprint to compare by telephone, and its profile as codes for a camera."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from auditor_app import __version__
from auditor_app.progress import Progress, silent
from auditor_app.reporting.blocks import Block, Card
from auditor_app.reporting.fonts import BOLD
from auditor_app.reporting.layout import Masthead, Story
from auditor_app.reporting.making import MadeReport, make_pdf
from auditor_app.reporting.styles import (
    BODY,
    COPPER_SOFT,
    COVER_KIND,
    COVER_TITLE,
    LABEL,
    NOTE_CENTRED,
    PADDING,
    STEP,
    TEXT,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import STEPS, Cell, plain_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _, reading_locale

Matrix = tuple[bytes, ...]
"""A code: a row of bytes for each row of modules, 1 for a dark one."""

QUIET = 4
"""Modules of white around a code, without which nothing finds it."""

_GROUP = ParagraphStyle("group", fontName=BOLD, fontSize=15, leading=21, textColor=TEXT)
_GROUPS_IN_LINE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """What the letter says, in which language, and when the profile was signed."""

    language: str
    made_at: datetime
    office: str
    fingerprint: str
    codes: tuple[Matrix, ...]


class Code(Block):
    """One code, drawn in squares without gaps."""

    def __init__(self, matrix: Matrix, said: str, edge: float) -> None:
        """Take the modules, what a reader that cannot see the code is told, and the length of an edge with the white around it."""
        super().__init__()
        self.matrix, self.said, self.height = matrix, said, edge

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width, to be in its middle."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Draw the dark modules of each row as one bar for those that touch."""
        canvas, module, aside = self.canv, self.height / (len(self.matrix) + 2 * QUIET), (self.width - self.height) / 2
        left, bottom = canvas.absolutePosition(aside, 0)
        with canvas.structure.inside("Figure") as figure, canvas.content():
            figure.alternative, figure.box = self.said, (left, bottom, left + self.height, bottom + self.height)
            canvas.setFillColorRGB(0, 0, 0)
            bars = canvas.beginPath()
            for row, modules in enumerate(self.matrix):
                base = self.height - (row + 1 + QUIET) * module
                for start, length in _dark(modules):
                    bars.rect(aside + (start + QUIET) * module, base, length * module, module)
            canvas.drawPath(bars, stroke=0, fill=1)


def make_office_letter(content: LetterContent, progress: Progress = silent) -> MadeReport:
    """Make the letter in the content's language; the same content gives the same bytes. Raises like `make_pdf`."""
    return make_pdf(content, lambda: _story(content), progress)


def _story(content: LetterContent) -> Story:
    day = format_date(content.made_at, "long", locale=reading_locale(content.language))
    signed = _("All codes of this page are needed: in one photo, or some in each of several. Signed on {date}.").format(date=day)
    pieces: list[Flowable] = [
        paragraph(_("Letter of the assurance office"), COVER_KIND),
        Spacer(0, STEP),
        paragraph(content.office, COVER_TITLE),
        Spacer(0, 3 * STEP),
        *_steps(),
        Spacer(0, 2 * STEP),
        _fingerprint(content.fingerprint),
        Spacer(0, 4 * STEP),
        _codes(content.codes),
        Spacer(0, STEP),
        paragraph(signed, NOTE_CENTRED),
    ]
    return Story(masthead=_masthead(content, day), pieces=pieces, expected=1)


def _masthead(content: LetterContent, day: str) -> Masthead:
    return Masthead(
        title=_("Letter of the assurance office"),
        site=content.office,
        standard="",
        standing="",
        report_id=day,
        author=content.office,
        subject=_("Letter of the assurance office"),
        program_version=f"Auditor App {__version__}",
        language=content.language,
    )


def _steps() -> list[Flowable]:
    what = _("This page makes the office known to Auditor App: who it is, the key that evidence is sealed to, and where its mailbox is.")
    words = (
        _("In Auditor App open “Workspace and backups”. Under “The office” choose a photo or the PDF of this page, or use the camera."),
        _("Call the office on a number that you know from elsewhere, and compare these digits with those that the program shows."),
    )
    rows: list[list[Cell]] = [[paragraph(str(n), BODY, role="Lbl"), paragraph(text, BODY)] for n, text in enumerate(words, start=1)]
    return [paragraph(what, BODY), Spacer(0, STEP), plain_table(rows, (18, TEXT_WIDTH - 18), roles=STEPS)]


def _fingerprint(digits: str) -> Flowable:
    groups = digits.split()
    lines = [groups[at : at + _GROUPS_IN_LINE] for at in range(0, len(groups), _GROUPS_IN_LINE)]
    width = (TEXT_WIDTH - 2 * PADDING) / _GROUPS_IN_LINE
    table = plain_table([[paragraph(one, _GROUP) for one in line] for line in lines], [width] * _GROUPS_IN_LINE)
    return Card([paragraph(_("Fingerprint of the office's key"), LABEL), Spacer(0, STEP), table], ground=COPPER_SOFT, line=None)


def _codes(codes: Sequence[Matrix]) -> Flowable:
    columns, edge = _grid(len(codes))
    cells: list[Cell] = []
    for number, matrix in enumerate(codes, start=1):
        said = _("Code {number} of {count}").format(number=number, count=len(codes))
        cells.append([Code(matrix, said, edge), paragraph(said, NOTE_CENTRED)])
    cells += [[]] * (-len(cells) % columns)
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    return plain_table(rows, [TEXT_WIDTH / columns] * columns)


def _grid(count: int) -> tuple[int, float]:
    """Give the columns, and the edge of a code in points, so that all fit below the words."""
    if count > 6:
        return 4, 104.0
    return (2, 164.0) if count in {2, 4} else (min(count, 3), 150.0)


def _dark(modules: bytes) -> list[tuple[int, int]]:
    """Give the dark stretches of a row: where each begins, and its length."""
    found: list[tuple[int, int]] = []
    for place, dark in enumerate(modules):
        if dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((place, 1))
    return found
