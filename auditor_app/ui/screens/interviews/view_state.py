"""What the interviews screen shows, as pure functions of a visit: progress, rows, words, proposals. Free of Qt widgets. No names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from babel import Locale

from auditor_app.clock import parse_moment
from auditor_app.domain.coverage import QuotaProgress, cover_quotas, matching_quota
from auditor_app.domain.interviews import Interview, Quote
from auditor_app.domain.planning import TRAITS, Quota
from auditor_app.translation import N_, _, current_language, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, PARTLY, Mark
from auditor_app.ui.moments import day_words
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.visits import OpenVisit

CONSENT_WORDS = {
    "given": N_("consent given"),
    "given_in_part": N_("consent in part"),
    "refused": N_("consent refused"),
    "": N_("consent missing"),
}
CONSENT_CHOICES = {"given": N_("Given"), "given_in_part": N_("In part"), "refused": N_("Refused")}
CONSENT_MARKS = {"given": GOOD, "given_in_part": PARTLY, "refused": BAD}
FORM_WORDS = {"individual": N_("One person"), "group": N_("A group")}
STANCE_WORDS = {"supports": N_("Supports"), "contradicts": N_("Contradicts")}
STANCE_MARKS = {"supports": GOOD, "contradicts": BAD}

TRAIT_WORDS = {
    "employer": N_("Employer"),
    "gender": N_("Gender"),
    "shift": N_("Shift"),
    "union": N_("Union"),
    "community": N_("Community"),
    "language": N_("Language"),
}
_SAID_FIRST = ("gender", "shift", "employer", "union", "community", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of the sampling plan: whom, and how many of how many were heard."""

    quota: str
    whom: str
    heard: int
    planned: int

    @property
    def missing(self) -> int:
        """Tell how many people are still to be heard."""
        return max(0, self.planned - self.heard)

    @property
    def mark(self) -> Mark:
        """Give the mark: nobody, some, all."""
        return GOOD if not self.missing else PARTLY if self.heard else OPEN

    @property
    def words(self) -> str:
        """Say it in one line: "line workers, women: 2 of 4 heard"."""
        return f"{self.whom}: {self.counted}"

    @property
    def counted(self) -> str:
        """Say only how many: "2 of 4 heard"."""
        return _("{heard} of {planned} heard").format(heard=self.heard, planned=self.planned)


def consent_mark(consent: str) -> Mark:
    """Give the mark of a consent; an open circle while none is recorded."""
    return CONSENT_MARKS.get(consent, OPEN)


def consent_words(consent: str) -> str:
    """Say what was agreed to."""
    return _(CONSENT_WORDS.get(consent, CONSENT_WORDS[""]))


def whom_words(one: Quota | Interview) -> str:
    """Say who people are to the site: "line workers, women, night"."""
    parts = [one.group, *(getattr(one, trait) for trait in _SAID_FIRST if trait != "language"), language_words(one.language)]
    return ", ".join(part for part in parts if part)


def language_words(text: str) -> str:
    """Name the language of a short code (es) in the reader's language; anything else is given as it is."""
    if not 2 <= len(text) <= 3:
        return text
    return str(Locale.parse(current_language().replace("-", "_")).languages.get(text.lower(), text))


def plan_lines(opened: OpenVisit) -> tuple[PlanLine, ...]:
    """Measure the sampling plan, in its own order."""
    return tuple(_line(one) for one in cover_quotas(opened.state))


def plan_words(lines: tuple[PlanLine, ...]) -> str:
    """Sum the plan up: "14 of 24 people heard · 3 groups still to hear"."""
    heard = sum(min(line.heard, line.planned) for line in lines)
    planned, open_lines = sum(line.planned for line in lines), sum(line.missing > 0 for line in lines)
    total = _("{heard} of {planned} people heard").format(heard=heard, planned=planned)
    rest = plural("{count} group still to hear", "{count} groups still to hear", open_lines) if open_lines else _("every group was heard")
    return f"{total} · {rest}"


def rows_of(opened: OpenVisit) -> tuple[Row, ...]:
    """List the interviews under the days on which they were held, the latest day first; those without a day at the top."""
    days: dict[str, list[Interview]] = {}
    for one in sorted(opened.state.interviews, key=lambda one: (_day(one.held_at) or "9", one.held_at, one.id)):
        days.setdefault(_day(one.held_at), []).append(one)
    rows: list[Row] = []
    for day in sorted(days, key=lambda day: day or "9", reverse=True):
        rows.append(Row(key=f"day {day}", title=day_words(day).upper() if day else _("NO DAY YET"), side=str(len(days[day]))))
        rows.extend(_row(one) for one in days[day])
    return tuple(rows)


def counted(opened: OpenVisit) -> str:
    """Count talks and people: "8 interviews · 30 people"."""
    interviews = opened.state.interviews
    people = sum(one.people for one in interviews)
    talks = plural("{count} interview", "{count} interviews", len(interviews))
    return f"{talks} · {plural('{count} person', '{count} people', people)}" if interviews else ""


def proposal(opened: OpenVisit, interview: Interview) -> Quota | None:
    """Give the line of the plan that an interview fits and does not count for yet."""
    found = matching_quota(opened.state.quotas, interview)
    if not found or found == interview.quota:
        return None
    return next(quota for quota in opened.state.quotas if quota.id == found)


def from_line(opened: OpenVisit, quota: str) -> dict[str, object]:
    """Give the fields of an interview that begins for a line of the plan."""
    line = next(one for one in opened.state.quotas if one.id == quota)
    traits = {trait: getattr(line, trait) for trait in TRAITS if getattr(line, trait)}
    return {"group": line.group, "quota": line.id, **traits}


def from_group(opened: OpenVisit, group: str) -> dict[str, object]:
    """Give the fields of an interview that begins with a group alone, with the line of the plan that it fits."""
    known = next((one.group for one in opened.state.quotas if one.group.casefold() == group.casefold()), group)
    found = matching_quota(opened.state.quotas, replace(Interview(id=""), group=known))
    return {"group": known, **({"quota": found} if found else {})}


def known_values(opened: OpenVisit, field: str) -> tuple[str, ...]:
    """List what was said in a field before, in plan and interviews, to be offered while typing."""
    said: Iterable[object] = (*opened.state.quotas, *opened.state.interviews)
    return tuple(sorted({text for one in said if (text := getattr(one, field, ""))}, key=str.casefold))


def quotes_of(opened: OpenVisit, interview: str) -> tuple[Quote, ...]:
    """List the quotes of an interview, in the order in which they were written."""
    return tuple(quote for quote in opened.state.quotes if quote.interview == interview)


def is_said_without_consent(opened: OpenVisit, interview: Interview) -> bool:
    """Say whether something was written down although consent was refused."""
    return interview.consent == "refused" and bool(interview.summary.strip() or quotes_of(opened, interview.id))


def _line(one: QuotaProgress) -> PlanLine:
    return PlanLine(quota=one.quota.id, whom=whom_words(one.quota), heard=one.heard, planned=one.quota.planned)


def _row(one: Interview) -> Row:
    people = plural("{count} person", "{count} people", one.people)
    hint = " · ".join(part for part in (consent_words(one.consent), people, language_words(one.language)) if part)
    title = whom_words(replace(one, language=""))
    return Row(
        key=one.id,
        title=title,
        mark=consent_mark(one.consent),
        hint=hint,
        hint_colour="muted" if one.consent in {"given", "given_in_part"} else "partially",
        side=_time(one.held_at),
        spoken=f"{title}, {hint}",
    )


def _day(held_at: str) -> str:
    return _local(held_at)[:10]


def _time(held_at: str) -> str:
    return _local(held_at)[11:16]


def _local(held_at: str) -> str:
    """Give a canonical moment as local ISO text; a bare day is given as it is."""
    try:
        return parse_moment(held_at).astimezone().isoformat()
    except ValueError:
        return held_at[:10]
