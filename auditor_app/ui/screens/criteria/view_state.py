"""What the criterion page shows, as pure functions of a visit: counts, links, words. Free of Qt widgets."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, Link
from auditor_app.form_engine.definition import Check, Criterion, Form
from auditor_app.ids import Digest
from auditor_app.translation import N_, _, plural
from auditor_app.ui.marks import rating_label
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.criteria import CheckLine, CriterionPage
from auditor_app.workflows.visits import OpenVisit

LONGEST = 32
"""Characters of a question's short form."""
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
    links = defaultdict[Digest, list[Link]](list)
    for link in page.links:
        links[link.evidence].append(link)
    return tuple(
        Linked(
            digest=one.digest,
            title=one.title,
            media_type=one.media_type,
            contradicts=any(link.stance == "contradicts" for link in links[one.digest]),
            targets=tuple(link.target for link in links[one.digest]),
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


def follows_text(form: Form, check: Check) -> str:
    """Say of a check that only an answer brings up which question that was; empty for the others."""
    asked = check.when.answer if check.when else {}
    prompts = {one.id: one.prompt for criterion in form.criteria for one in criterion.checks}
    names = [short_prompt(prompts[one]) for one in asked if one in prompts]
    return _("Asked because of: {checks}").format(checks="; ".join(names)) if names else ""


def short_prompt(prompt: str) -> str:
    """Shorten a question to its beginning."""
    return shortened(re.split(r"[:;(.?]", prompt)[0].strip())


def shortened(words: str) -> str:
    """Cut words to what a button can show."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


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
