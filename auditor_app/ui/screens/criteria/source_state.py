"""What a conclusion rests on, in words: its sources by kind, warnings in place, gaps and where each belongs. Free of Qt widgets."""

from auditor_app.domain.coverage import KINDS, Sources
from auditor_app.domain.interviews import INTERVIEW
from auditor_app.domain.journal import Subject
from auditor_app.domain.quality import SEVERITIES, TWO_VALUES
from auditor_app.domain.visit import CHECK
from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, PARTLY, WAITING, Mark
from auditor_app.ui.marks import answer_label, answer_mark
from auditor_app.ui.screens.criteria.view_state import short_prompt
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.coverage import gap_words
from auditor_app.workflows.triangulation import NOT_BEGUN, Conclusion, Source
from auditor_app.workflows.visits import OpenVisit

KIND_NAMES = {"document": N_("Documents"), "interview": N_("Interviews"), "observation": N_("On site")}
MOST = 3
"""Quotes that are written out on the page."""
SEVERITY_MARKS = {"error": BAD, "warning": PARTLY, "hint": WAITING}
SEVERITY_WORDS = {"error": N_("stops sign-off"), "warning": N_("ask yourself"), "hint": N_("worth a look")}


def kind_mark(sources: Sources, kind: str) -> Mark:
    """Give the mark of a kind of source: a tick, half a disc for the only kind there is, a circle for none."""
    return (PARTLY if len(sources.kinds) == 1 else GOOD) if kind in sources.kinds else OPEN


def sources_words(sources: Sources) -> str:
    """Count the sources by kind: "4 documents, 2 interviews, 1 observation"."""
    counts = (
        plural("{count} document", "{count} documents", sources.document),
        plural("{count} interview", "{count} interviews", sources.interview),
        plural("{count} observation", "{count} observations", sources.observation),
    )
    there = [words for kind, words in zip(KINDS, counts, strict=True) if getattr(sources, kind)]
    return ", ".join(there) or _("nothing yet")


def alone_words(one: Conclusion) -> str:
    """Warn where a conclusion rests on one source, or on one kind of source only; before it is begun there is nothing to warn of."""
    if one.state == NOT_BEGUN or not one.sources.total:
        return ""
    if one.sources.total == 1:
        return _("one source only")
    return _("one kind of source only") if len(one.sources.kinds) == 1 else ""


def source_name(source: Source) -> str:
    """Name a source shortly: the beginning of a check's question, or a group with how many people it was."""
    if source.subject.kind == INTERVIEW:
        return f"{source.words} · {plural('{count} person', '{count} people', source.people)}"
    evidence = source.supports + source.contradicts
    more = (f" · {evidence}" if evidence else "") + (" ≠" if source.contradicts else "")
    return short_prompt(source.words) + more


def source_words(opened: OpenVisit, source: Source) -> str:
    """Say a source in full, for tips and screen readers."""
    if source.subject.kind == INTERVIEW:
        return source_name(source)
    said = [answer_label(opened.form, source.answer)]
    said += [plural("{count} piece of evidence supports", "{count} pieces of evidence support", source.supports)] if source.supports else []
    if source.contradicts:
        said.append(plural("{count} piece of evidence contradicts", "{count} pieces of evidence contradict", source.contradicts))
    return f"{source.words} {', '.join(said)}"


def source_mark(opened: OpenVisit, source: Source) -> Mark:
    """Give the mark of a source: that of its answer; an interview has the tick of what was heard."""
    return answer_mark(opened.form, source.answer) if source.subject.kind == CHECK else GOOD


def quote_lines(one: Conclusion) -> tuple[str, ...]:
    """Write out what people said in favour of a conclusion, shortly; what contradicts it stands apart."""
    found = [said for said in one.said if said.quote.stance != "contradicts"]
    lines = [f"“{' '.join((said.quote.interpreted or said.quote.original).split())}” ({said.interview.group})" for said in found[:MOST]]
    if len(found) > MOST:
        lines.append(plural("{count} more quote", "{count} more quotes", len(found) - MOST))
    return tuple(lines)


def gap_rows(one: Conclusion) -> tuple[Row, ...]:
    """List the gaps of a criterion that was begun, the worst first; keys are "rule kind:id"."""
    if not one.gap_count:
        return ()
    rows = []
    for gap in sorted(one.gaps, key=lambda gap: SEVERITIES.index(gap.severity)):
        words, severity = gap_words(gap), _(SEVERITY_WORDS[gap.severity])
        key = f"{gap.rule} {gap.subject.kind}:{gap.subject.id}"
        rows.append(Row(key=key, title=words, mark=SEVERITY_MARKS[gap.severity], side=severity, spoken=f"{severity}: {words}"))
    return tuple(rows)


def gap_place(key: str, one: Conclusion) -> str:
    """Tell which part of the page a gap belongs to: "rating", "because", "departs", "findings", "settle", "sources" or "history"."""
    rule = key.partition(" ")[0]
    if rule == "rating_incomplete":
        places = {"reason": "because", "finding": "findings"}
        return next((places[lacks] for lacks in one.page.missing if lacks in places), "rating")
    return {"departs_without_reason": "departs", "unresolved_contradiction": "settle", TWO_VALUES: "history"}.get(rule, "sources")


def target_words(opened: OpenVisit, target: Subject) -> str:
    """Say what is contradicted: a check by its question, otherwise the criterion."""
    checks = {check.id: check.prompt for criterion in opened.form.criteria for check in criterion.checks}
    if target.kind == CHECK and target.id in checks:
        return _("contradicts: {what}").format(what=checks[target.id])
    if target.kind == INTERVIEW:
        group = next((talk.group for talk in opened.state.interviews if talk.id == target.id), "")
        return _("said in an interview with: {group}").format(group=group)
    return _("contradicts the criterion as a whole")
