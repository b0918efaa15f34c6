"""What the criterion page shows, as pure functions of a visit: rows of the list, hints, counts, words. Free of Qt widgets."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION
from auditor_app.form_engine.definition import Criterion
from auditor_app.ids import Digest
from auditor_app.translation import N_, _, plural
from auditor_app.ui.marks import rating_label, rating_mark
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.criteria import CheckLine, CriterionPage
from auditor_app.workflows.visits import OpenVisit

ALL, OPEN, GAPS = "all", "open", "gaps"
FILTER_NAMES = {ALL: N_("All"), OPEN: N_("Open"), GAPS: N_("Gaps")}
KINDS = {"document": N_("Documents"), "interview": N_("Interviews"), "observation": N_("On site")}
MISSING = {"rating": N_("rating"), "reason": N_("reason"), "finding": N_("finding")}


@dataclass(frozen=True, slots=True)
class Linked:
    """One piece of evidence as the page shows it: it contradicts if it does so for the criterion or any of its checks."""

    digest: Digest
    title: str
    media_type: str
    contradicts: bool
    targets: tuple[Subject, ...]


def is_shown(page: CriterionPage, which: str) -> bool:
    """Say whether a criterion passes a filter: all, those without a rating, those whose rating lacks something."""
    return which == ALL or (which == OPEN and not page.state.rating) or (which == GAPS and has_gap(page))


def has_gap(page: CriterionPage) -> bool:
    """Say whether something was said of a criterion and something is still missing."""
    return page.clash or bool(page.state.rating and page.missing) or bool(not page.state.rating and page.proposal.answered)


def list_rows(opened: OpenVisit, pages: Iterable[CriterionPage], which: str) -> tuple[Row, ...]:
    """Make the rows of the list, grouped by pillar."""
    known, rows = list(pages), list[Row]()
    for pillar in opened.form.pillars:
        of_pillar = [page for page in known if page.criterion.pillar == pillar.key]
        shown = [page for page in of_pillar if is_shown(page, which)]
        rated = sum(bool(page.state.rating) for page in of_pillar)
        if shown:
            side = _("{done} of {total}").format(done=rated, total=len(of_pillar))
            rows.append(Row(key=pillar.key, title=pillar.name.upper(), side=side))
            rows += [_row(opened, page) for page in shown]
    return tuple(rows)


def _row(opened: OpenVisit, page: CriterionPage) -> Row:
    number, hint = str(page.criterion.number), hint_of(page)
    rating = rating_label(opened.form, page.state.rating) or _("no rating yet")
    return Row(
        key=number,
        title=page.criterion.name,
        mark=rating_mark(opened.form, page.state.rating),
        number=number,
        hint=hint,
        hint_colour="partially" if has_gap(page) else "muted",
        spoken=", ".join(part for part in (f"{number} {page.criterion.name}", rating, hint) if part),
    )


def hint_of(page: CriterionPage) -> str:
    """Say shortly what a criterion lacks, otherwise what there is of it."""
    if page.clash:
        return _("two people differ")
    if page.state.rating and page.missing:
        return _("{what} missing").format(what=", ".join(_(MISSING[one]) for one in page.missing))
    evidence = plural("{count} evidence", "{count} evidence", len(page.evidence)) if page.evidence else ""
    if page.proposal.answered and not page.state.rating:
        answered = _("{done} of {total} answered").format(done=page.proposal.answered, total=page.proposal.shown)
        return " · ".join(part for part in (answered, evidence) if part)
    findings = plural("{count} finding", "{count} findings", len(page.findings)) if page.findings else ""
    usual = "" if page.applies or page.state.rating else _("usually not applicable here")
    return " · ".join(part for part in (findings, evidence, usual) if part)


def answered_text(lines: Iterable[CheckLine]) -> str:
    """Count the answers of a section: "3 of 4"."""
    known = list(lines)
    return _("{done} of {total}").format(done=sum(bool(line.state.answer) for line in known), total=len(known))


def suggestion_text(opened: OpenVisit, page: CriterionPage) -> str:
    """Say what the answers suggest, and how far the answering is while it is not complete."""
    proposal = page.proposal
    if proposal.say:
        return proposal.say
    if not proposal.rating:
        return _("No answers yet")
    said = _("The answers suggest {rating}").format(rating=rating_label(opened.form, proposal.rating))
    if proposal.answered < proposal.shown:
        said += " · " + _("{done} of {total} answered").format(done=proposal.answered, total=proposal.shown)
    return said


def linked_evidence(page: CriterionPage) -> tuple[Linked, ...]:
    """Gather the evidence of the page with its stance."""
    return tuple(
        Linked(
            digest=one.digest,
            title=one.title,
            media_type=one.media_type,
            contradicts=any(link.stance == "contradicts" for link in page.links if link.evidence == one.digest),
            targets=tuple(link.target for link in page.links if link.evidence == one.digest),
        )
        for one in sorted(page.evidence, key=lambda one: (one.taken_in_at, one.digest))
    )


def evidence_text(linked: tuple[Linked, ...]) -> str:
    """Count the evidence: "11 · 9 support, 2 contradict"."""
    against = sum(one.contradicts for one in linked)
    if not linked:
        return _("none yet")
    parts = [plural("{count} supports", "{count} support", len(linked) - against)] if len(linked) > against else []
    parts += [plural("{count} contradicts", "{count} contradict", against)] if against else []
    return f"{len(linked)} · " + ", ".join(parts)


def check_evidence_text(line: CheckLine) -> str:
    """Count the evidence of a check, and say when some of it contradicts; empty without any."""
    if not line.links:
        return ""
    said = str(len(line.links))
    return said + (" ≠" if any(link.stance == "contradicts" for link in line.links) else "")


def target_of(criterion: Criterion) -> Subject:
    """Give what evidence of the whole criterion is linked to."""
    return Subject(CRITERION, str(criterion.number))


def check_target(check: str) -> Subject:
    """Give what evidence of one check is linked to."""
    return Subject(CHECK, check)


def group_names(criterion: Criterion) -> tuple[str, ...]:
    """List the people to ask, by the form's groups."""
    groups = dict.fromkeys(group for check in criterion.checks for group in check.groups)
    return tuple(group.replace("_", " ").capitalize() for group in groups)


def neighbours(rows: tuple[Row, ...], number: str) -> tuple[str, str]:
    """Find the criteria before and after one in the list as it is filtered; empty at the ends."""
    keys = [row.key for row in rows if row.mark]
    if number not in keys:
        return "", keys[0] if keys else ""
    at = keys.index(number)
    return (keys[at - 1] if at else ""), (keys[at + 1] if at + 1 < len(keys) else "")
