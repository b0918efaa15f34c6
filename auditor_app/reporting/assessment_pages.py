"""Pages of the full report about the assessment itself: declarations, team, site, equivalences, disagreements, meetings."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from auditor_app.reporting.assessment import Assessment, EquivalenceRow, Meeting, Person
from auditor_app.reporting.blocks import Card, section
from auditor_app.reporting.content import ReportContent
from auditor_app.reporting.keys import finding_key
from auditor_app.reporting.styles import BODY, BODY_BOLD, HEADING, LABEL, NOTE, PADDING, SMALL, STEP, TEXT_WIDTH
from auditor_app.reporting.tables import Cell, fact_grid, plain_table, ruled_table
from auditor_app.reporting.values import Fact
from auditor_app.reporting.writing import paragraph
from auditor_app.translation import _

_PEOPLE = (150, 130, 118, 85)
_DISAGREEMENTS = (44, 150, 104, 185)
_PROFILE = (140, TEXT_WIDTH - 140)


def declaration_pages(assessment: Assessment) -> list[Flowable]:
    """Say what the auditors declare, and what the outcome is worth."""
    pieces = section(_("Declarations and conclusion"), "declarations")
    pieces += [paragraph(_("Conclusion"), HEADING), *_paragraphs(assessment.conclusion)]
    return [*pieces, paragraph(_("Declarations"), HEADING), *_paragraphs(assessment.declarations)]


def team_pages(content: ReportContent, assessment: Assessment) -> list[Flowable]:
    """Name the team and who worked on what."""
    pieces = section(_("Team and independence"), "team")
    rows: list[list[Cell]] = [_labels(_("Name"), _("Role"))]
    rows += [[paragraph(one.name, SMALL), paragraph(one.role or "–", SMALL)] for one in assessment.team]
    pieces += [ruled_table(rows, (TEXT_WIDTH / 2, TEXT_WIDTH / 2)), Spacer(0, 3 * STEP), paragraph(independence(content), BODY)]
    if assessment.covers:
        pieces += [paragraph(_("Who worked on which criteria"), HEADING), fact_grid(assessment.covers)]
    return pieces


def independence(content: ReportContent) -> str:
    """Give the declaration of independence."""
    office = content.office or _("the assurance office")
    words = _(
        "The auditors assess independently of the site, its owners and its customers. None of them advised the site on what is assessed "
        "here, worked for it or holds an interest in it, as far as was declared to {office}. The site paid no one for a result."
    )
    return words.format(office=office)


def profile_pages(assessment: Assessment, facts: Sequence[Fact]) -> list[Flowable]:
    """Describe the site."""
    pieces = section(_("Site profile"), "profile")
    if facts:
        pieces += [fact_grid(facts)]
    if not assessment.profile:
        return [*pieces, Spacer(0, STEP), paragraph(_("No more than this was recorded of the site."), NOTE)]
    rows: list[list[Cell]] = [_labels(_("Of the site"), _("What was recorded"))]
    rows += [[paragraph(fact.label, SMALL), paragraph(fact.value, SMALL)] for fact in assessment.profile]
    return [*pieces, Spacer(0, 2 * STEP), ruled_table(rows, _PROFILE)]


def equivalence_pages(assessment: Assessment) -> list[Flowable]:
    """List what was offered in place of checks, and what was made of it."""
    pieces = section(_("Equivalences"), "equivalences")
    rule = _("A certificate never gives a rating. It may stand for part of the checks where the assessor found that it covers them.")
    pieces += [paragraph(rule, BODY), Spacer(0, 2 * STEP)]
    if assessment.certificates.strip():
        pieces += [paragraph(_("Certificates named by the site"), HEADING), paragraph(assessment.certificates, BODY), Spacer(0, 2 * STEP)]
    if not assessment.equivalences:
        return [*pieces, paragraph(_("No equivalence was credited."), BODY_BOLD)]
    for one in assessment.equivalences:
        pieces += [Card(_equivalence(one)), Spacer(0, 3 * STEP)]
    return pieces


def _equivalence(one: EquivalenceRow) -> list[Flowable]:
    decided = f"{one.decision}: {one.because}" if one.because.strip() else one.decision
    pieces: list[Flowable] = [paragraph(one.system, BODY_BOLD), Spacer(0, STEP)]
    pieces += [fact_grid(one.facts, width=TEXT_WIDTH - 2 * PADDING)] if one.facts else []
    lines = ((_("Credited for"), one.credited), (_("Decision"), decided), (_("Take care"), "\n".join(one.warnings)))
    for label, words in lines:
        if words.strip():
            pieces += [Spacer(0, STEP), paragraph(label, LABEL, role="H4"), paragraph(words, BODY)]
    return pieces


def disagreement_pages(content: ReportContent, assessment: Assessment) -> list[Flowable]:
    """Give the site's own words where it does not share a finding."""
    pieces = section(_("Disagreements"), "disagreements")
    if not assessment.disagreements:
        return [*pieces, paragraph(_("The site recorded no disagreement with a finding."), BODY)]
    rows: list[list[Cell]] = [_labels(_("Finding"), _("Title"), _("Position"), _("In the site's words"))]
    for one in assessment.disagreements:
        number = paragraph(one.number, SMALL, target=finding_key(content, one.number))
        words = one.words or _("Nothing was added.")
        rows.append([number, paragraph(one.title, SMALL), paragraph(one.position, SMALL), paragraph(words, SMALL if one.words else NOTE)])
    return [*pieces, ruled_table(rows, _DISAGREEMENTS)]


def meeting_pages(assessment: Assessment) -> list[Flowable]:
    """Tell of the closing meeting, what was changed since, and who was there."""
    pieces = section(_("Meetings and attendance"), "attendance")
    for one in assessment.meetings:
        pieces += _meeting(one)
    if not assessment.attendance:
        return [*pieces, paragraph(_("No attendance was recorded."), BODY)]
    pieces.append(paragraph(_("Attendance"), HEADING))
    return [*pieces, _people(assessment.attendance), Spacer(0, 2 * STEP), paragraph(_no_interviewees(), NOTE)]


def _no_interviewees() -> str:
    return _("People who were interviewed are never listed, whether or not they came to a meeting in another role.")


def _meeting(one: Meeting) -> list[Flowable]:
    when = " · ".join(part for part in (one.held, one.place) if part)
    pieces: list[Flowable] = [paragraph(_("Closing meeting"), HEADING), paragraph(when, BODY)]
    pieces += [paragraph(one.note, BODY)] if one.note.strip() else []
    changed = _("Changed between the provisional findings and this report")
    pieces += [Spacer(0, 2 * STEP), paragraph(changed, LABEL, role="H4")]
    if not one.changes:
        return [*pieces, paragraph(_("Nothing."), BODY)]
    rows: list[list[Cell]] = [[paragraph("•", NOTE, role="Lbl"), paragraph(line, SMALL)] for line in one.changes]
    return [*pieces, plain_table(rows, (12, TEXT_WIDTH - 12)), Spacer(0, 2 * STEP)]


def _people(people: Sequence[Person]) -> Flowable:
    rows: list[list[Cell]] = [_labels(_("Name"), _("Role"), _("Speaks for"), _("Present at"))]
    for one in people:
        whom = " · ".join(part for part in (one.side, one.organisation) if part)
        rows.append([paragraph(words or "–", SMALL) for words in (one.name, one.role, whom, one.present)])
    return ruled_table(rows, _PEOPLE)


def _labels(*words: str) -> list[Cell]:
    return [paragraph(word, LABEL) for word in words]


def _paragraphs(texts: Sequence[str]) -> list[Flowable]:
    return [piece for text in texts if text.strip() for piece in (paragraph(text, BODY), Spacer(0, STEP + 2))]
