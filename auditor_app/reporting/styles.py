"""The report's type, colours and measures: the look of the program's window, on paper. All measures in points."""

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from auditor_app.reporting.fonts import BOLD, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE, TOP, FOOT = 56.0, 78.0, 66.0
"""Margins of the page."""
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
STEP = 4.0
"""All distances are multiples of it."""
CORNER = 7.5
"""Ten pixels."""
PADDING = 4 * STEP
PAGE_ROOM = PAGE_HEIGHT - TOP - FOOT - 48
"""What fits on one page below a section's heading; what is taller may be broken, what is not stays whole."""
HAIRLINE = 0.6

PAPER = white
GROUND = HexColor("#F5F3F0")
LINE = HexColor("#E3DFD9")
FIRM_LINE = HexColor("#B9B2A8")
"""For what must be found at a glance: the frame to sign in, the line under a link."""
TEXT = HexColor("#1F1C18")
MUTED = HexColor("#6A645B")
COPPER = HexColor("#9C4F24")
COPPER_SOFT = HexColor("#F6E9E0")

RATING_COLOURS: dict[str, Color] = {
    "fully": HexColor("#1B7548"),
    "partially": HexColor("#9A6200"),
    "does_not": HexColor("#B3261E"),
    "not_applicable": MUTED,
}


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    settings = {"fontName": REGULAR, "textColor": TEXT, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0, "underlineWidth": 0.4}
    return ParagraphStyle(name, fontSize=size, leading=leading, **{**settings, **more})


BODY = _style("body", 9.5, 14)
BODY_BOLD = _style("body bold", 9.5, 14, fontName=BOLD)
LEAD = _style("lead", 10.5, 15.5)
SMALL = _style("small", 8.5, 12)
SMALL_BOLD = _style("small bold", 8.5, 12, fontName=BOLD)
SMALL_CENTRED = _style("small centred", 8.5, 12, alignment=TA_CENTER)
SMALL_RIGHT = _style("small right", 8.5, 12, alignment=TA_RIGHT)
NOTE = _style("note", 8.5, 12, textColor=MUTED)
NOTE_RIGHT = _style("note right", 8.5, 12, textColor=MUTED, alignment=TA_RIGHT)
NOTE_CENTRED = _style("note centred", 8.5, 12, textColor=MUTED, alignment=TA_CENTER)
LABEL = _style("label", 8.5, 12, textColor=MUTED, fontName=BOLD)
LABEL_RIGHT = _style("label right", 8.5, 12, textColor=MUTED, fontName=BOLD, alignment=TA_RIGHT)
DIGEST = _style("digest", 8, 11.5, textColor=MUTED)
COVER_TITLE = _style("cover title", 26, 32, fontName=BOLD)
COVER_KIND = _style("cover kind", 12, 17, textColor=MUTED)
COUNT = _style("count", 20, 24, fontName=BOLD)
SECTION = _style("section", 16, 21, fontName=BOLD, spaceAfter=10)
HEADING = _style("heading", 11, 15, fontName=BOLD, spaceBefore=14, spaceAfter=4, keepWithNext=1)
FINDING_TITLE = _style("finding title", 12, 16.5, fontName=BOLD)
COPPER_HEADING = _style("copper heading", 9.5, 14, fontName=BOLD, textColor=COPPER)
RUNNING = _style("running", 8, 10, textColor=MUTED)
RUNNING_BOLD = _style("running bold", 8, 10, fontName=BOLD)

ROLES = {
    COVER_TITLE.name: "H1",
    SECTION.name: "H2",
    HEADING.name: "H3",
    FINDING_TITLE.name: "H3",
    COPPER_HEADING.name: "H3",
}
"""What texts of these styles are in the structure of the document; all others are paragraphs."""
