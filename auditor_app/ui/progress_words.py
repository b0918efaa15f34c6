"""How far a visit is, as header and rail say it: pure functions of the visit."""

from auditor_app.domain.coverage import cover
from auditor_app.workflows.visits import OpenVisit


def rated_of(opened: OpenVisit) -> tuple[int, int]:
    """Count the criteria with a rating, and all of them."""
    known = opened.state.criteria
    numbers = [str(one.number) for one in opened.form.criteria]
    return sum(bool(number in known and known[number].rating) for number in numbers), len(numbers)


def subtitle_of(opened: OpenVisit) -> str:
    """Name the kind of the visit and the standard."""
    form = opened.form
    kind = next((choice.label for choice in form.visit_kinds if choice.key == opened.state.facts.get("kind")), "")
    return " · ".join(part for part in (kind, form.title) if part)


def counts_of(opened: OpenVisit) -> dict[str, str]:
    """Give the short counts beside the stages, by stage; nothing beside those that have nothing yet."""
    state, (rated, criteria) = opened.state, rated_of(opened)
    lines = cover(state, {}).quotas
    heard, planned = sum(min(one.heard, one.quota.planned) for one in lines), sum(one.quota.planned for one in lines)
    interviews = f"{heard}/{planned}" if planned else str(len(state.interviews) or "")
    evidence, findings = (str(len(things) or "") for things in (state.evidence, state.findings))
    said = sum(one.was_answered for one in state.findings)
    closing = f"{said}/{len(state.findings)}" if state.closings and state.findings else ""
    return {"criteria": f"{rated}/{criteria}", "evidence": evidence, "findings": findings, "interviews": interviews, "closing": closing}
