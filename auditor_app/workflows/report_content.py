"""From a visit to what its report says: pure, in the language of the context."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from auditor_app import __version__
from auditor_app.domain.journal import Subject
from auditor_app.domain.photo_review import withheld
from auditor_app.domain.visit import FINDING, Evidence, Finding, VisitState
from auditor_app.ids import Digest
from auditor_app.reporting.content import (
    CriterionRow,
    EvidenceItem,
    EvidenceRef,
    Fact,
    FindingBlock,
    JournalHead,
    LimitRow,
    RatingLabel,
    ReportContent,
)
from auditor_app.translation import _, current_language
from auditor_app.workflows.criteria import CriterionPage, criterion_pages
from auditor_app.workflows.report_photos import review_block
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import captured_words, country_words, date_words, evidence_kind, place_words

Thumbnails = Callable[[Digest], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """How evidence is printed: its numbers, small pictures, and the copies in place of what is withheld ("" for none)."""

    numbers: dict[Digest, str]
    thumbnails: Thumbnails
    withheld: dict[Digest, str]

    def picture(self, digest: Digest) -> bytes | None:
        """Give the small picture that may be printed for a piece."""
        shown = Digest(self.withheld.get(digest, digest))
        return self.thumbnails(shown) if shown else None


def findings_content(
    opened: OpenVisit,
    *,
    report_id: str,
    made_at: datetime,
    lead: str,
    heads: dict[str, str],
    thumbnails: Thumbnails,
    preliminary: bool = False,
) -> ReportContent:
    """Gather the findings report of a visit; `heads` gives each device's last entry, `thumbnails` the small pictures."""
    state, form, facts = opened.state, opened.form, opened.state.facts
    numbers = evidence_numbers(state)
    findings = {finding.id: str(number) for number, finding in enumerate(state.findings, start=1)}
    pages = criterion_pages(opened)
    kinds = {kind.key: kind.label for kind in form.visit_kinds}
    prints = Prints(numbers=numbers, thumbnails=thumbnails, withheld=withheld(state))
    return ReportContent(
        title=_("Findings report"),
        preliminary=preliminary,
        site=facts["site"],
        visit_kind=kinds.get(facts.get("kind", ""), ""),
        standard_title=form.title,
        standard_version="" if form.version in form.title else form.version,
        lead_auditor=lead,
        report_id=report_id,
        form_digest=opened.compiled.digest,
        program_version=f"Auditor App {__version__}",
        made_at=made_at,
        team=tuple(line.strip() for line in str(facts.get("team", "")).splitlines() if line.strip()),
        office=facts.get("office", ""),
        site_facts=_site_facts(opened),
        dates=_dates(facts),
        scope=facts.get("scope", ""),
        exclusions=facts.get("exclusions", ""),
        method=_method(),
        ratings=tuple(RatingLabel(key=level.key, label=level.label) for level in form.rating.scale),
        criteria=tuple(_criterion_row(opened, page, findings) for page in pages),
        findings=tuple(_finding_block(opened, finding, findings, numbers) for finding in state.findings),
        evidence=tuple(_evidence_item(pages, state.evidence[digest], prints) for digest in numbers),
        photo_review=review_block(state, numbers),
        limits=tuple(LimitRow(what=limit.what, why=limit.why, criteria=limit.criteria) for limit in state.limits),
        journal_heads=tuple(JournalHead(device=device, digest=digest) for device, digest in heads.items()),
        language=current_language(),
    )


def evidence_numbers(state: VisitState) -> dict[Digest, str]:
    """Number a visit's evidence as every report does."""
    return {one.digest: str(number) for number, one in enumerate(in_order(state), start=1)}


def in_order(state: VisitState) -> list[Evidence]:
    """Give a visit's evidence in the order in which it was taken in, which is how reports number it."""
    return sorted(state.evidence.values(), key=lambda one: (one.taken_in_at, one.digest))


def _site_facts(opened: OpenVisit) -> tuple[Fact, ...]:
    facts = opened.state.facts
    types = {one.key: one.label for one in opened.form.site_types}
    lines = (
        (_("Company"), facts.get("company", "")),
        (_("Country"), country_words(facts.get("country", ""))),
        (_("Place"), facts.get("location", "")),
        (_("Type of site"), types.get(opened.site_type, "")),
        (_("Metals"), facts.get("metals", "")),
    )
    return tuple(Fact(label=label, value=value) for label, value in lines if value)


def _dates(facts: dict[str, Any]) -> tuple[Fact, ...]:
    asked = facts.get("assignment", {})
    lines = (
        (_("First day on site"), date_words(facts.get("starts_on", ""))),
        (_("Last day on site"), date_words(facts.get("ends_on", ""))),
        (_("Assignment"), asked.get("number", "")),
        (_("Assigned on"), date_words(asked.get("issued", ""))),
    )
    return tuple(Fact(label=label, value=value) for label, value in lines if value)


def _method() -> tuple[str, ...]:
    return (
        _(
            "Each criterion was assessed on site by document checks, interviews and observation. Evidence was sealed when it was"
            " taken in; the digests in this report fix its original bytes."
        ),
        _(
            "People who were interviewed are not named. An audit is a sample: what was not seen, and why, is listed among the limits"
            " of this report."
        ),
    )


def _criterion_row(opened: OpenVisit, page: CriterionPage, findings: dict[str, str]) -> CriterionRow:
    pillars = {pillar.key: pillar.name for pillar in opened.form.pillars}
    return CriterionRow(
        number=str(page.criterion.number),
        pillar=pillars[page.criterion.pillar],
        name=page.criterion.name,
        rating=page.state.rating or None,
        because=page.state.because,
        answered=page.proposal.answered,
        checks=page.proposal.shown,
        evidence_count=len(page.evidence),
        findings=tuple(findings[finding.id] for finding in page.findings),
    )


def _finding_block(opened: OpenVisit, finding: Finding, findings: dict[str, str], numbers: dict[Digest, str]) -> FindingBlock:
    criterion = opened.form.criterion(finding.criterion)
    grades = {grade.key: grade.label for grade in opened.form.finding_grades}
    links = [link for link in opened.state.links_to(Subject(FINDING, finding.id)) if link.evidence in numbers]
    evidence = [
        EvidenceRef(number=numbers[link.evidence], contradicts=link.stance == "contradicts", settled=link.settled) for link in links
    ]
    return FindingBlock(
        number=findings[finding.id],
        criterion_number=finding.criterion,
        criterion_name=criterion.name if criterion else "",
        title=finding.title,
        grade=grades.get(finding.grade, finding.grade),
        systemic=None if finding.grade == "good_practice" else finding.systemic,
        statement=finding.statement,
        objective_evidence=finding.objective_evidence,
        requirement=finding.requirement,
        action=finding.action,
        owner=finding.owner,
        due=date_words(finding.due),
        site_reply=finding.site_reply,
        evidence=tuple(sorted(evidence, key=lambda ref: int(ref.number))),
    )


def _evidence_item(pages: tuple[CriterionPage, ...], one: Evidence, prints: Prints) -> EvidenceItem:
    return EvidenceItem(
        number=prints.numbers[one.digest],
        title=one.title,
        kind=evidence_kind(one),
        digest=one.digest,
        size=one.size,
        captured=captured_words(one),
        place=place_words(one),
        criteria=tuple(str(page.criterion.number) for page in pages if any(link.evidence == one.digest for link in page.links)),
        thumbnail=prints.picture(one.digest),
        withheld=one.digest in prints.withheld,
        instead=prints.numbers.get(Digest(prints.withheld.get(one.digest, "")), ""),
        copy_of=prints.numbers.get(Digest(one.derived_from), ""),
    )
