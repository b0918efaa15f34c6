"""The long sections of the editable copy: criterion by criterion, the findings, the evidence."""

from itertools import groupby

from auditor_app.reporting.assessment import Assessment, CheckRow
from auditor_app.reporting.content import CriterionRow, EvidenceItem, FindingBlock, ReportContent
from auditor_app.reporting.editable_parts import Writer, said
from auditor_app.reporting.evidence_pages import size_text, withheld_words
from auditor_app.reporting.ratings import rating_of
from auditor_app.reporting.sampling_pages import detail_of
from auditor_app.reporting.values import EvidenceRef, criteria_words
from auditor_app.translation import _


def criteria_section(writer: Writer, content: ReportContent, told: Assessment) -> None:
    """Write the table of ratings, then each criterion; reasons and check notes stand as text and as comments."""
    writer.heading(_("Criteria and proposed ratings"))
    rows = [(row.number, row.name, _rating(content, row), ", ".join(row.findings)) for row in content.criteria]
    writer.table((_("No."), _("Criterion"), _("Proposed rating"), _("Findings")), rows)
    writer.heading(_("Criterion by criterion"))
    for pillar, found in groupby(content.criteria, key=lambda row: row.pillar):
        writer.heading(pillar, 2)
        for row in found:
            _criterion(writer, content, row, told)


def findings_section(writer: Writer, content: ReportContent, _told: Assessment) -> None:
    """Write all findings with what the site says."""
    writer.heading(_("Findings"))
    if not content.findings:
        writer.text(_("No findings were raised."))
    for finding in content.findings:
        _finding(writer, finding)


def evidence_section(writer: Writer, content: ReportContent, _told: Assessment) -> None:
    """Write the list of evidence with digests, with its pictures."""
    writer.heading(_("Evidence"))
    for item in content.evidence:
        _item(writer, content, item)
    writer.heading(_("Last entry of each device"))
    writer.table((_("Device"), _("Digest")), [(head.device, head.digest) for head in content.journal_heads])


def _criterion(writer: Writer, content: ReportContent, row: CriterionRow, told: Assessment) -> None:
    detail = detail_of(told, row.number)
    heading = writer.heading(f"{row.number} {row.name}", 3)
    writer.comment(heading, row.because)
    writer.note(detail.asks)
    for label, words in (
        (_("Proposed rating"), _rating(content, row)),
        (_("Because"), row.because),
        (_("Why it is not what the answers suggest"), detail.departs),
        (_("Whether it applies"), detail.applies),
        (_("Evidence"), _numbers(detail.evidence)),
        (_("Interviews"), ", ".join(detail.interviews)),
        (_("Findings"), ", ".join(row.findings)),
    ):
        writer.labelled(label, words)
    writer.bullets(f"≠ {one.what}: {one.settled or _('Not settled.')}" for one in detail.contradictions)
    _checks(writer, detail.checks)


def _checks(writer: Writer, checks: tuple[CheckRow, ...]) -> None:
    """Write the checks that something was said of; each note is also a comment to its check."""
    told = [one for one in checks if one.answer or one.note.strip() or one.evidence]
    heads = (_("Kind"), _("Check"), _("Answer"), _("Note"), _("Evidence"))
    rows = [(one.kind, one.prompt, one.answer, one.note, _numbers(one.evidence)) for one in told]
    table = writer.table(heads, rows)
    if table is not None:
        for row, one in zip(table.rows[1:], told, strict=True):
            writer.comment(row.cells[1].paragraphs[0], one.note)


def _finding(writer: Writer, finding: FindingBlock) -> None:
    name = _("Finding {number}").format(number=finding.number)
    heading = writer.heading(f"{name} · {finding.title}" if finding.title else name, 2)
    writer.comment(heading, finding.site_reply)
    spread = {True: _("Systemic"), False: _("Isolated"), None: ""}[finding.systemic]
    writer.note(" · ".join(filter(None, (f"{finding.criterion_number} {finding.criterion_name}", finding.grade, spread))))
    for label, words in (
        (_("What was found"), finding.statement),
        (_("What is required"), finding.requirement),
        (_("Objective evidence"), finding.objective_evidence),
        (_("Proposed action"), finding.action),
        (_("Owner"), finding.owner),
        (_("Due"), finding.due),
        (_("Reply of the site"), finding.site_reply),
        (_("Evidence"), _numbers(finding.evidence)),
    ):
        writer.labelled(label, words)
    writer.bullets(f"≠ {ref.number}: {ref.settled}" for ref in finding.evidence if ref.settled.strip())


def _item(writer: Writer, content: ReportContent, item: EvidenceItem) -> None:
    writer.figure(item.thumbnail, f"{item.kind}: {item.title}")
    writer.strong(f"{item.number} · {item.title}", leads=True)
    writer.text(withheld_words(item) if item.withheld else "")
    facts = (item.kind, item.captured, item.place, size_text(item.size, content.language), criteria_words(item.criteria))
    writer.note(" · ".join(fact for fact in facts if fact.strip()))
    writer.note(item.digest)


def _rating(content: ReportContent, row: CriterionRow) -> str:
    rating = rating_of(content, row)
    return said(rating.label) if rating else _("Not rated")


def _numbers(refs: tuple[EvidenceRef, ...]) -> str:
    return ", ".join(f"≠ {ref.number}" if ref.contradicts else ref.number for ref in refs)
