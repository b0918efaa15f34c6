"""The editable copy of the full report (DOCX): the same data set, with every note and reason in it, and as comments where that is natural.

Whoever edits it edits a copy: the record is the signed PDF.
"""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Docx

from auditor_app.progress import Progress, silent
from auditor_app.reporting.assessment import Assessment
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.cover import made_at, statement
from auditor_app.reporting.editable_parts import Writer
from auditor_app.reporting.editable_sections import criteria_section, evidence_section, findings_section
from auditor_app.reporting.making import MadeReport
from auditor_app.reporting.values import Fact
from auditor_app.translation import _, language

_COMMENT_DATE = re.compile(rb'w:date="[^"]*"')
_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_editable(content: ReportContent, progress: Progress = silent) -> MadeReport:
    """Make the DOCX in the content's language; the same content gives the same bytes.

    Pages are only known to the program that opens it, so none are counted.
    """
    with language(content.language):
        document = Document()
        _properties(document, content)
        told = content.assessment or Assessment()
        writer = Writer(document, author=content.lead_auditor)
        sections = (_cover, _outcome, _work, _site, criteria_section, findings_section, _follow_up, _meetings, evidence_section)
        for done, write in enumerate(sections):
            progress("writing_document", done, len(sections))
            write(writer, content, told)
    return MadeReport(pdf=_steady(document, content.made_at), pages=0)


def _properties(document: Docx, content: ReportContent) -> None:
    properties = document.core_properties
    properties.title, properties.author = f"{content.title}: {content.site}", content.lead_auditor
    properties.subject, properties.language = f"{content.visit_kind}, {content.standard}", content.language.replace("_", "-")
    properties.comments, properties.keywords = _("Editable copy; the signed PDF is the record."), content.report_id
    moment = content.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = content.lead_auditor, 1


def _steady(document: Docx, made_at: datetime) -> bytes:
    """Save with the same moment on every part, so that nothing in the file tells this run from another."""
    first, second = BytesIO(), BytesIO()
    document.save(first)
    moment = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/comments.xml":
                data = _COMMENT_DATE.sub(b'w:date="' + moment + b'"', data)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return second.getvalue()


def _cover(writer: Writer, content: ReportContent, told: Assessment) -> None:
    writer.title(content.site, f"{content.title} · {content.visit_kind}" if content.visit_kind else content.title, content.standard)
    writer.strong(_("Editable copy: the signed PDF is the record."))
    writer.text(statement(content))
    people = (
        Fact(label=_("Lead auditor"), value=content.lead_auditor),
        *([Fact(label=_("Assurance office"), value=content.office)] if content.office else []),
        Fact(label=_("Report"), value=content.report_id),
        Fact(label=_("Made"), value=made_at(content)),
        Fact(label=_("Version of the criteria, by its digest"), value=content.form_digest),
    )
    writer.facts((*content.site_facts, *content.dates, *people))
    writer.labelled(_("Instructions of the office"), told.instructions)
    writer.labelled(_("Notes of the team"), told.note)


def _outcome(writer: Writer, content: ReportContent, told: Assessment) -> None:
    writer.heading(_("Declarations and conclusion"))
    for text in (*told.conclusion, *told.declarations):
        writer.text(text)
    writer.heading(_("Scope"))
    writer.labelled(_("What was looked at"), content.scope or _("Not recorded."))
    writer.labelled(_("Left out"), content.exclusions or _("Not recorded."))
    writer.heading(_("Team and independence"))
    writer.table((_("Name"), _("Role")), [(one.name, one.role) for one in told.team])
    writer.facts(told.covers)


def _work(writer: Writer, content: ReportContent, told: Assessment) -> None:
    sampling = told.sampling
    writer.heading(_("Method and sampling"))
    for text in content.method:
        writer.text(text)
    heads = (_("What"), _("Planned"), _("Achieved"), _("Note"))
    rows = [(one.what, str(one.planned), str(one.achieved), one.note) for one in (*sampling.totals, *sampling.people)]
    writer.table(heads, rows)
    writer.facts(sampling.days)
    writer.table((_("Group"), _("People"), _("Note")), [(one.what, str(one.planned), one.note) for one in sampling.workforce])
    interviews = [(one.code, one.group, one.how, one.day, one.consent, ", ".join(one.criteria)) for one in sampling.interviews]
    writer.table((_("Code"), _("Group"), _("How"), _("Day"), _("Consent"), _("Criteria")), interviews)
    areas = [(one.name, one.why, one.walked or _("Not walked"), one.note) for one in sampling.areas]
    writer.table((_("Area"), _("Why"), _("Walked"), _("Note")), areas)
    documents = [(one.title, one.asked_of, one.state, one.note) for one in sampling.documents]
    writer.table((_("Document"), _("Asked of"), _("What came"), _("Note")), documents)
    writer.heading(_("Limits"))
    limits = [(one.what, one.why, ", ".join(one.criteria)) for one in content.limits]
    writer.table((_("What was not seen"), _("Why"), _("Criteria")), limits, none=_("No limits were recorded."))


def _site(writer: Writer, content: ReportContent, told: Assessment) -> None:
    writer.heading(_("Site profile"))
    writer.facts((*content.site_facts, *told.profile))
    writer.heading(_("Equivalences"))
    writer.labelled(_("Certificates named by the site"), told.certificates)
    rows = [
        (one.system, "\n".join(f"{fact.label}: {fact.value}" for fact in one.facts), one.credited, f"{one.decision}\n{one.because}".strip())
        for one in told.equivalences
    ]
    heads = (_("System"), _("Certificate"), _("Credited for"), _("Decision"))
    writer.table(heads, rows, none=_("No equivalence was credited."))
    for equivalence in told.equivalences:
        writer.remarks(f"{equivalence.system}", equivalence.warnings)


def _follow_up(writer: Writer, _content: ReportContent, told: Assessment) -> None:
    writer.heading(_("Improvement plan"))
    rows = [
        (one.number, f"{one.title}\n{one.action}".strip(), one.owner, one.due, "\n".join(filter(None, (one.state_words, one.closure))))
        for one in told.plan
    ]
    heads = (_("No."), _("What is to be done"), _("Owner"), _("Due"), _("State"))
    writer.table(heads, rows, none=_("Nothing is to be improved after this visit."))
    writer.heading(_("Disagreements"))
    differing = [(one.number, one.title, one.position, one.words) for one in told.disagreements]
    columns = (_("Finding"), _("Title"), _("Position"), _("In the site's words"))
    writer.table(columns, differing, none=_("The site recorded no disagreement with a finding."))


def _meetings(writer: Writer, content: ReportContent, told: Assessment) -> None:
    writer.heading(_("Meetings and attendance"))
    for one in told.meetings:
        writer.heading(_("Closing meeting"), 2)
        writer.text(" · ".join(part for part in (one.held, one.place) if part))
        writer.text(one.note)
        writer.bullets(one.changes)
    people = [(one.name, one.role, " · ".join(filter(None, (one.side, one.organisation))), one.present) for one in told.attendance]
    writer.table((_("Name"), _("Role"), _("Speaks for"), _("Present at")), people, none=_("No attendance was recorded."))
    if (review := content.photo_review) is not None:
        writer.heading(_("Photos shown to the site"))
        sessions = [(one.held, one.present, one.note, str(one.shown), str(one.objected)) for one in review.sessions]
        writer.table((_("When"), _("Present"), _("Note"), _("Shown"), _("Objected")), sessions)
        objections = [(one.number, one.by, one.why, one.outcome) for one in review.objections]
        writer.table((_("Evidence"), _("Objected by"), _("Why"), _("What was decided")), objections)
