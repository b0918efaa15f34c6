"""What was known of a criterion before the visit, in words: the visit before, and the site itself. Free of Qt widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor_app.domain.visit import CheckState, CriterionState
from auditor_app.form_engine.definition import Criterion
from auditor_app.translation import _
from auditor_app.ui.glyphs import GOOD, WAITING, Mark
from auditor_app.ui.marks import answer_label, answer_mark, rating_label, rating_mark
from auditor_app.ui.moments import day_words
from auditor_app.ui.screens.criteria.view_state import short_prompt
from auditor_app.workflows.visits import OpenVisit


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that was said: a mark, its words, what stands muted beside it, and a text of its own."""

    mark: Mark
    words: str
    beside: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """What the visit before said, with its form and day, and what the site says of itself."""

    visit: str
    last: tuple[Saying, ...]
    site: tuple[Saying, ...]


def known_before(opened: OpenVisit, criterion: Criterion) -> KnownBefore:
    """Gather it from what the office handed over."""
    earlier = opened.state.facts.get("earlier", {})
    day = day_words(str(earlier.get("day", "")))
    return KnownBefore(
        " · ".join(part for part in (str(earlier.get("title", "")), str(earlier.get("kind", "")), day) if part),
        tuple(_last(opened, str(criterion.number))),
        tuple(_site(opened, criterion)),
    )


def _last(opened: OpenVisit, number: str) -> Iterator[Saying]:
    state = opened.state.criteria.get(number, CriterionState())
    for one in state.earlier_ratings:
        was = _("was criterion {number} {name}").format(number=one.criterion, name=one.name)
        yield Saying(rating_mark(opened.form, one.rating), one.label, "" if one.criterion == number else was, one.because)
    for finding in (one for one in opened.state.earlier if number in one.criteria):
        due = _("due {day}").format(day=day_words(finding.due)) if finding.due and finding.is_open else ""
        words = _("Open: {title}") if finding.is_open else _("Closed: {title}")
        about = " · ".join(part for part in (finding.grade, due, finding.owner if finding.is_open else "") if part)
        yield Saying(
            WAITING if finding.is_open else GOOD, words.format(title=finding.title), about, finding.action if finding.is_open else ""
        )


def _site(opened: OpenVisit, criterion: Criterion) -> Iterator[Saying]:
    state = opened.state.criteria.get(str(criterion.number), CriterionState())
    if state.site_rating or state.site_says:
        mark = rating_mark(opened.form, state.site_rating)
        yield Saying(mark, rating_label(opened.form, state.site_rating) or _("no rating"), "", state.site_says)
    for check in criterion.checks:
        said = opened.state.checks.get(check.id, CheckState())
        if said.site_answer or said.site_says:
            answer = answer_label(opened.form, said.site_answer) or _("no answer")
            yield Saying(answer_mark(opened.form, said.site_answer), answer, short_prompt(check.prompt), said.site_says)
