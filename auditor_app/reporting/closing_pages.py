"""The last pages: what was not seen, how to check the document, and the signatures."""

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from auditor_app.reporting.blocks import Card, Reserved, section
from auditor_app.reporting.content import Fact, ReportContent
from auditor_app.reporting.cover import made_at, statement
from auditor_app.reporting.keys import limit_key
from auditor_app.reporting.styles import (
    BODY,
    BODY_BOLD,
    DIGEST,
    HEADING,
    LABEL,
    NOTE,
    PADDING,
    SMALL,
    STEP,
    TEXT,
    TEXT_WIDTH,
)
from auditor_app.reporting.tables import STEPS, Cell, fact_grid, plain_table, ruled_table
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_BOX = (300.0, 104.0)


def limit_pages(content: ReportContent) -> list[Flowable]:
    """List what was not seen and why."""
    heading = section(_("Limits"), "limits")
    if not content.limits:
        words = _("The auditors recorded nothing that they meant to see and could not. The visit remains a sample.")
        return [*heading, Card([paragraph(_("No limits were recorded."), BODY_BOLD), Spacer(0, STEP), paragraph(words, BODY)])]
    rows: list[list[Cell]] = [[paragraph(word, LABEL) for word in (_("What was not seen"), _("Why"), _("Criteria"))]]
    for order, limit in enumerate(content.limits):
        numbers = ", ".join(limit.criteria) or _("None named")
        rows.append(
            [
                paragraph(limit.what, SMALL, anchor=limit_key(order)),
                paragraph(limit.why or _("Not recorded."), SMALL),
                paragraph(numbers, NOTE),
            ]
        )
    return [*heading, ruled_table(rows, (203, 190, 90))]


def checking_pages(content: ReportContent) -> list[Flowable]:
    """Say how anyone can check the document with ordinary tools."""
    pieces: list[Flowable] = [CondPageBreak(590), *section(_("How to check this document"), "checking")]
    rows: list[list[Cell]] = []
    for order, (what, how, command) in enumerate(_checks(), start=1):
        lines = [paragraph(text, style) for text, style in ((what, BODY_BOLD), (how, BODY), (command, NOTE)) if text]
        rows.append([paragraph(str(order), NOTE, role="Lbl"), [*lines, Spacer(0, 2 * STEP)]])
    pieces.append(plain_table(rows, (22, TEXT_WIDTH - 22), roles=STEPS))
    facts = (
        Fact(label=_("Report"), value=content.report_id),
        Fact(label=_("Made"), value=made_at(content)),
        Fact(label=_("Program"), value=content.program_version),
    )
    return [*pieces, Spacer(0, 2 * STEP), Card(_identity(content, facts))]


def _checks() -> list[tuple[str, str, str]]:
    return [
        (
            _("Is it signed, and unchanged since?"),
            _("Open it in a PDF reader that shows signatures, or run this command. It must say that the signature covers the whole file."),
            "pdfsig REPORT.pdf",
        ),
        (
            _("Is a file the evidence that is meant here?"),
            _("Compute the SHA-256 digest of the original file and compare it with the list of evidence."),
            "Linux: sha256sum FILE\nmacOS: shasum -a 256 FILE\nWindows: certutil -hashfile FILE SHA256",
        ),
        (
            _("Does the record of the visit agree?"),
            _(
                "Every answer, rating and finding is an entry in a chain, where each entry holds the digest of the one before. The last "
                "digest of each device's chain is printed here: the record handed to the office must contain these entries."
            ),
            "",
        ),
        (
            _("Which version of the criteria was used?"),
            _("The form's digest, printed here, names that version exactly."),
            "",
        ),
    ]


def _identity(content: ReportContent, facts: tuple[Fact, ...]) -> list[Flowable]:
    pieces: list[Flowable] = [fact_grid(facts, width=TEXT_WIDTH - 2 * PADDING), Spacer(0, STEP)]
    pieces += [paragraph(_("Form"), LABEL), paragraph(content.standard, SMALL), paragraph(content.form_digest, DIGEST)]
    pieces += [Spacer(0, 2 * STEP), paragraph(_("Last entry of each device"), LABEL)]
    if not content.journal_heads:
        return [*pieces, paragraph(_("The journal holds no entry."), NOTE)]
    for head in content.journal_heads:
        pieces += [paragraph(head.device, SMALL), paragraph(head.digest, DIGEST), Spacer(0, STEP)]
    return pieces


def signature_page(content: ReportContent, reserved: Reserved, for_site: Reserved) -> list[Flowable]:
    """Lay out the last page, with frames for the digital signatures of auditor and site, and lines for signing by hand."""
    empty = _("An empty frame means that this copy is not signed digitally.")
    return [
        *section(_("Signatures"), "signatures"),
        paragraph(statement(content), BODY),
        Spacer(0, 3 * STEP),
        paragraph(_("Lead auditor: {name}").format(name=content.lead_auditor), HEADING),
        paragraph(_("I made this report and stand by what it says."), BODY),
        Spacer(0, 2 * STEP),
        reserved,
        Spacer(0, STEP),
        paragraph(empty, NOTE),
        Spacer(0, 3 * STEP),
        paragraph(_("For the site"), HEADING),
        paragraph(_("We saw the findings and received this report. A signature confirms receipt, not agreement."), BODY),
        Spacer(0, 2 * STEP),
        for_site,
        Spacer(0, 12 * STEP),
        _lines_to_sign(),
    ]


def reserve() -> Reserved:
    """Make the frame for the digital signature."""
    return Reserved(*_BOX)


def _lines_to_sign() -> Flowable:
    gap, width = 4 * STEP, (TEXT_WIDTH - 8 * STEP) / 3
    words: list[Cell] = []
    for word in (_("Name and role"), _("Place and date"), _("Signature")):
        words += [paragraph(word, NOTE), []]
    lines = [("LINEABOVE", (column, 0), (column, 0), 0.6, TEXT) for column in (0, 2, 4)]
    padding = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), STEP)]
    return plain_table([words[:5]], (width, gap, width, gap, width), more=[*lines, *padding])
