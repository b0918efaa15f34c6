"""What the list of criteria shows, as pure functions: its filters, its rows, how far each criterion is. Free of Qt widgets."""

from collections.abc import Iterable, Sequence

from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import DIFFER, OPEN, WAITING, Mark
from auditor_app.ui.marks import rating_label, rating_mark
from auditor_app.ui.reading import only_reads
from auditor_app.ui.screens.criteria.view_state import MISSING
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.triangulation import CLASH, COMPLETE, IN_WORK, NOT_BEGUN, Conclusion, works_on
from auditor_app.workflows.visits import OpenVisit

ALL, UNRATED, GAPS, MINE, RATED = "all", "open", "gaps", "mine", "rated:"
FILTER_NAMES = {ALL: N_("All"), UNRATED: N_("Open"), GAPS: N_("Gaps"), MINE: N_("Mine")}
NOTHING = {
    UNRATED: N_("Every criterion has a rating."),
    GAPS: N_("Nothing is missing."),
    MINE: N_("No criterion has your name yet. Take one on its page, or share them out in the plan."),
}
STATE_NAMES = {NOT_BEGUN: N_("Not begun"), IN_WORK: N_("In work"), COMPLETE: N_("Complete"), CLASH: N_("Two values")}


def filter_names(opened: OpenVisit) -> dict[str, str]:
    """Name every filter: the usual ones, and one for each rating of the form."""
    usual = {key: _(name) for key, name in FILTER_NAMES.items()}
    return usual | {RATED + level.key: level.label for level in opened.form.rating.scale}


def passes(opened: OpenVisit, one: Conclusion, which: str, me: str) -> bool:
    """Say whether a criterion passes a filter; what the plan says is not applicable counts as that before it is rated."""
    own = one.page.state
    if which.startswith(RATED):
        level = opened.form.level(which.removeprefix(RATED))
        outside = level is not None and level.outside_scale and not own.rating and not one.page.applies
        return outside or (level is not None and own.rating == level.key)
    return {
        ALL: True,
        UNRATED: not own.rating,
        GAPS: one.gap_count > 0 or one.state == CLASH,
        MINE: works_on(one.page, me),
    }.get(which, True)


def state_mark(opened: OpenVisit, one: Conclusion) -> Mark:
    """Give the mark of how far a criterion is: a complete one shows its rating."""
    if one.state == COMPLETE:
        return rating_mark(opened.form, one.page.state.rating)
    return {CLASH: DIFFER, IN_WORK: WAITING}.get(one.state, OPEN)


def list_rows(opened: OpenVisit, known: Sequence[Conclusion], which: str, me: str) -> tuple[Row, ...]:
    """Make the rows of the list, grouped by pillar."""
    rows = list[Row]()
    for pillar in opened.form.pillars:
        of_pillar = [one for one in known if one.page.criterion.pillar == pillar.key]
        shown = [one for one in of_pillar if passes(opened, one, which, me)]
        if shown:
            rows.append(Row(key=pillar.key, title=pillar.name.upper(), side=pillar_words(of_pillar)))
            rows += [_row(opened, one, me) for one in shown]
    return tuple(rows)


def pillar_words(known: Iterable[Conclusion]) -> str:
    """Say how many criteria of a pillar are rated, and how many gaps they have: "9 of 15 · 3 gaps"."""
    listed = list(known)
    gaps = sum(one.gap_count for one in listed)
    rated = sum(bool(one.page.state.rating) for one in listed)
    done = _("{done} of {total}").format(done=rated, total=len(listed))
    return done + (" · " + plural("{count} gap", "{count} gaps", gaps) if gaps else "")


def _row(opened: OpenVisit, one: Conclusion, me: str) -> Row:
    page, hint = one.page, hint_of(opened, one)
    rating = rating_label(opened.form, page.state.rating) or _("no rating yet")
    own = works_on(page, me)
    works = _("{name} worked on it") if only_reads() else _("{name} works on it")
    who = page.state.assigned and (_("you work on it") if own else works.format(name=page.state.assigned))
    parts = (f"{one.number} {page.criterion.name}", _(STATE_NAMES[one.state]), rating, hint, who)
    return Row(
        key=one.number,
        title=page.criterion.name,
        mark=state_mark(opened, one),
        number=one.number,
        hint=hint,
        hint_colour="partially" if one.gap_count or one.state == CLASH else "muted",
        side=initials(page.state.assigned),
        spoken=", ".join(dict.fromkeys(part for part in parts if part)),
    )


def state_words(one: Conclusion) -> str:
    """Say how far a criterion is, and what is still to do: "In work · 3 of 9 answered", "Complete · 1 gap"."""
    proposal = one.page.proposal
    said = [_(STATE_NAMES[one.state])]
    if proposal.answered < proposal.shown and one.state != NOT_BEGUN:
        said.append(_("{done} of {total} answered").format(done=proposal.answered, total=proposal.shown))
    if one.gap_count:
        said.append(plural("{count} gap", "{count} gaps", one.gap_count))
    return " · ".join(said)


def initials(names: str) -> str:
    """Shorten who works on a criterion: "Rosa Vidal" is RV; of several people the first and how many more."""
    people = [one.split() for one in names.split(",") if one.strip()]
    first = "".join(word[0] for word in (people[0][0], *people[0][1:][-1:])).upper() if people else ""
    return first + (f" +{len(people) - 1}" if len(people) > 1 else "")


def hint_of(opened: OpenVisit, one: Conclusion) -> str:
    """Say shortly what a criterion lacks, otherwise what there is of it."""
    page = one.page
    if page.clash:
        return _("two values")
    counts = [plural("{count} gap", "{count} gaps", one.gap_count)] if one.gap_count else []
    if page.state.rating and page.missing:
        lacks = _("{what} missing").format(what=", ".join(_(MISSING[one]) for one in page.missing))
        return " · ".join((rating_label(opened.form, page.state.rating), lacks))
    if page.findings and page.state.rating:
        counts.append(plural("{count} finding", "{count} findings", len(page.findings)))
    if page.proposal.answered and not page.state.rating:
        counts = [_("{done} of {total} answered").format(done=page.proposal.answered, total=page.proposal.shown)]
    if page.evidence:
        counts.append(plural("{count} evidence", "{count} evidence", len(page.evidence)))
    if not page.applies and not page.state.rating:
        counts.append(_("usually not applicable here"))
    return " · ".join(counts)
