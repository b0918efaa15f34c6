"""What the full report says of each criterion beside its rating. Pure, in the language of the context."""

import re

from auditor_app.domain.interviews import QUOTE
from auditor_app.domain.visit import Link
from auditor_app.ids import Digest
from auditor_app.reporting.assessment import CheckRow, Contradiction, Detail
from auditor_app.reporting.values import EvidenceRef
from auditor_app.translation import N_, _
from auditor_app.workflows.criteria import CheckLine
from auditor_app.workflows.report_sampling import codes
from auditor_app.workflows.triangulation import Conclusion, conclusions
from auditor_app.workflows.triangulation import Contradiction as Against
from auditor_app.workflows.visits import OpenVisit

KINDS = {"document": N_("Document"), "interview": N_("Interview"), "observation": N_("On site")}


def details(opened: OpenVisit, numbers: dict[Digest, str]) -> tuple[Detail, ...]:
    """Gather all criteria; `numbers` are those of the evidence."""
    names = {one.id: code for code, one in codes(opened.state)}
    return tuple(_detail(opened, one, numbers, names) for one in conclusions(opened))


def references(links: tuple[Link, ...], numbers: dict[Digest, str]) -> tuple[EvidenceRef, ...]:
    """Name the evidence of links by its numbers, each piece once."""
    found: dict[str, bool] = {}
    for link in links:
        if link.evidence in numbers:
            number = numbers[link.evidence]
            found[number] = found.get(number, False) or link.stance == "contradicts"
    return tuple(EvidenceRef(number=number, contradicts=found[number]) for number in sorted(found, key=int))


def _detail(opened: OpenVisit, one: Conclusion, numbers: dict[Digest, str], names: dict[str, str]) -> Detail:
    page, sources = one.page, one.sources
    talks = [names[item.subject.id] for item in one.items["interview"] if item.subject.id in names]
    return Detail(
        number=one.number,
        asks=page.criterion.asks,
        applies=_applies(one),
        departs=page.state.departs,
        checks=tuple(_check(opened, line, numbers) for line in page.checks),
        evidence=references(page.links, numbers),
        interviews=tuple(talks),
        contradictions=tuple(_against(against, numbers, names) for against in one.contradictions),
        sources=(sources.document, sources.interview, sources.observation),
        stances=(sources.supports, sources.contradicts),
    )


def _applies(one: Conclusion) -> str:
    words = {"yes": _("It applies here"), "no": _("It does not apply here")}.get(one.page.state.applies, "")
    because = one.page.state.applies_because
    return f"{words}: {because}" if words and because.strip() else words


def _check(opened: OpenVisit, line: CheckLine, numbers: dict[Digest, str]) -> CheckRow:
    answers = {answer.key: answer.label for answer in opened.form.rating.check_answers}
    return CheckRow(
        prompt=_short(line.check.prompt),
        kind=_(KINDS[line.check.kind]),
        answer=answers.get(line.state.answer, line.state.answer),
        note=line.state.note,
        evidence=references(line.links, numbers),
    )


def _short(prompt: str) -> str:
    """Give the first sentence of a check's prompt; what follows is advice to whoever checks."""
    return re.split(r"(?<=[.!?])\s|(?<=[。！？])", prompt.strip(), maxsplit=1)[0]


def _against(one: Against, numbers: dict[Digest, str], names: dict[str, str]) -> Contradiction:
    if one.subject.kind == QUOTE:  # what people said stays in the sealed record
        return Contradiction(what=_("Something said in interview {code}").format(code=names[one.target.id]), settled=one.settled)
    number = numbers.get(one.link.evidence, "") if one.link else ""
    return Contradiction(what=_("Evidence {number}: {title}").format(number=number, title=one.words), settled=one.settled)
