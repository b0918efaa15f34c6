"""The journal in words, as pure functions of its entries and the visit: what, old and new value, who, when, why. Free of Qt widgets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from auditor_app.domain.closing import ATTENDEE, CLOSING
from auditor_app.domain.equivalence import EQUIVALENCE
from auditor_app.domain.journal import DELETED, Entry, Subject
from auditor_app.domain.photos import BLURRED, KEPT, NO_OBJECTION, OBJECTION, REVIEW, SEEN, SHOWN, WITHDRAWN
from auditor_app.domain.reviews import QUESTION, REPLY, REPORT
from auditor_app.domain.reviews import REVIEW as OFFICE_REVIEW
from auditor_app.domain.visit import AUDITOR, CHECK, CRITERION, EVIDENCE, FINDING, INTAKE, LIMIT, LINK, VISIT, Clash
from auditor_app.form_engine.definition import Choice
from auditor_app.ids import Digest, EntryId
from auditor_app.translation import N_, _
from auditor_app.ui.glyphs import GOOD, OPEN, OUTSIDE, WAITING, Mark
from auditor_app.ui.marks import answer_label, answer_mark, rating_label, rating_mark
from auditor_app.ui.moments import full_words, local_words
from auditor_app.ui.names import Names, in_groups, names_of
from auditor_app.ui.screens.findings.view_state import grade_label
from auditor_app.ui.screens.history.field_names import FIELD_NAMES, KIND_NAMES, ONLY_BESIDE
from auditor_app.workflows.closing_words import position_words, side_words, state_words
from auditor_app.workflows.difference_words import about_words, decision_words
from auditor_app.workflows.equivalences import DECISIONS
from auditor_app.workflows.history import BEGINNING, MADE, REVIEWED, UNDID
from auditor_app.workflows.visits import OpenVisit
from auditor_app.workflows.wording import size_words

TITLES = {"title", "what", "name", "group", "text", "date"}
"""Fields whose value is a name for their subject."""
SAID = {SEEN: N_("nothing said yet"), NO_OBJECTION: N_("no objection"), "": N_("taken back")}
DECIDED = {KEPT: N_("kept"), BLURRED: N_("blurred"), WITHDRAWN: N_("withdrawn from release"), "": N_("not settled yet")}
STANCES = {"supports": N_("supports"), "contradicts": N_("contradicts"), "closes": N_("shows that it is closed"), "": N_("link taken away")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry as the list shows it; `old` is None where nothing stood before."""

    id: EntryId
    what: str
    old: str | None
    new: str
    who: str
    when: str
    reason: str
    mark: Mark
    undoable: bool
    found_by: str
    entry: Entry


class Words:
    """Puts the entries of one visit into words; made anew when the visit was loaded anew."""

    def __init__(self, opened: OpenVisit, entries: Sequence[Entry]) -> None:
        """Look up names once; titles of what was withdrawn come from its entries."""
        self.opened = opened
        self.names: Names = names_of(opened)
        self.entries = {one.id: one for one in entries}
        self.titles = {one.subject_id: str(one.value) for one in entries if one.field in TITLES and isinstance(one.value, str)}
        intakes = [one for one in entries if one.subject_kind == INTAKE and one.field == "what"]
        self.files = {one.value["evidence"]: one.value["name"] for one in intakes}
        self.intakes = {one.subject_id: one.value["evidence"] for one in intakes}
        self.objected = {one.subject_id: str(one.value) for one in entries if (one.subject_kind, one.field) == (OBJECTION, "evidence")}

    def subject(self, subject: Subject) -> str:
        """Name what an entry speaks of."""
        known = _SUBJECTS.get(subject.kind)
        if known:
            return known(self, subject.id)
        kind = _(KIND_NAMES.get(subject.kind, subject.kind))
        title = self.titles.get(subject.id, "")
        return _("{kind}: {title}").format(kind=kind, title=title) if title else kind

    def field(self, entry: Entry) -> str:
        """Name the field that an entry sets."""
        if entry.field == DELETED:
            return _("withdrawn")
        named = FIELD_NAMES.get((entry.subject_kind, entry.field))
        return _(named) if named else entry.field.replace("_", " ")

    def value(self, entry: Entry) -> str:
        """Put the value of an entry into words."""
        if entry.field == DELETED:
            return _("withdrawn") if entry.value else _("brought back")
        special = _VALUES.get((entry.subject_kind, entry.field))
        return special(self, entry.value) if special else self._named(entry.value) or _plain(entry.value)

    def who(self, entry: Entry) -> str:
        """Name the author."""
        return self.opened.state.writer(entry.author) or _("somebody unknown")

    def line(self, entry: Entry) -> Line:
        """Put a whole entry into words."""
        before = [self.entries[gone] for gone in entry.replaces if gone in self.entries]
        same = [one for one in before if one.field == entry.field]
        what = f"{self.subject(entry.where.subject)} · {self.field(entry)}"
        old, new, reason = (self.value(same[-1]) if same else None), self.value(entry), self._reason(entry)
        who, when = self.who(entry), local_words(entry.recorded_at)
        return Line(
            id=entry.id,
            what=what,
            old=old,
            new=new,
            who=who,
            when=when,
            reason=reason,
            mark=self._mark(entry),
            undoable=self._taken_back(entry) is None and _may_be_undone(entry),
            found_by=" ".join((what, old or "", new, who, when, reason)).casefold(),
            entry=entry,
        )

    def _named(self, value: Any) -> str:
        """Name the thing whose id or digest a value is; empty when it is none that is known."""
        if not isinstance(value, str):
            return ""
        return _evidence(self, value) if value in self.files else self.titles.get(value, "")

    def _taken_back(self, entry: Entry) -> Entry | None:
        """Find the entry that one takes back; a person's reason may begin with the same word."""
        return self.entries.get(EntryId(entry.reason.removeprefix(UNDID))) if entry.reason.startswith(UNDID) else None

    def _reason(self, entry: Entry) -> str:
        if (entry.subject_kind, entry.field) == (QUESTION, "text"):
            return self._asked(entry)
        gone = self._taken_back(entry)
        return _("takes back the change of {when}").format(when=local_words(gone.recorded_at)) if gone else _office_reason(entry)

    def _asked(self, entry: Entry) -> str:
        asked = next((one for one in self.opened.state.questions if one.id == entry.subject_id), None)
        return f"{_('asked by')}: {asked.asked_by} · {_('round')}: {asked.round}" if asked else ""

    def _mark(self, entry: Entry) -> Mark:
        form = self.opened.form
        if (entry.subject_kind, entry.field) == (CRITERION, "rating"):
            return rating_mark(form, str(entry.value))
        if (entry.subject_kind, entry.field) == (CHECK, "answer"):
            return answer_mark(form, str(entry.value))
        if entry.field == DELETED:
            return OUTSIDE
        return GOOD if entry.subject_kind == INTAKE else WAITING if entry.subject_kind in {FINDING, LIMIT} else OPEN


def lines_of(opened: OpenVisit, entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Put the whole journal of a visit into words, newest first."""
    words = Words(opened, entries)
    return tuple(words.line(entry) for entry in reversed(entries) if (entry.subject_kind, entry.field) not in ONLY_BESIDE)


def passing(lines: Iterable[Line], text: str) -> tuple[Line, ...]:
    """Keep the lines that have all the words of a text."""
    wanted = text.casefold().split()
    return tuple(line for line in lines if all(word in line.found_by for word in wanted))


def clash_title(words: Words, clash: Clash) -> str:
    """Say of what two people say different things."""
    return f"{words.subject(clash.subject)} · {words.field(clash.heads[0])}"


def device_words(entry: Entry) -> str:
    """Tell the place of an entry in its device's chain."""
    return _("entry {sequence} of device {device}").format(sequence=entry.sequence, device=entry.device[:8])


def when_words(entry: Entry) -> str:
    """Tell when an entry was written: in local time, and as the clock of its device showed it."""
    return full_words(entry.recorded_at)


def _may_be_undone(entry: Entry) -> bool:
    """Say whether taking an entry back makes sense; the workflow decides, and says why not."""
    begins = entry.subject_kind == VISIT and entry.field in BEGINNING and not entry.replaces
    asked = entry.subject_kind == OFFICE_REVIEW or (entry.subject_kind == QUESTION and entry.field != REPLY)
    return not begins and not asked and entry.subject_kind not in {INTAKE, AUDITOR} and entry.field not in MADE


def _office_reason(entry: Entry) -> str:
    """Say the reason of an entry; one that follows from the office's decision has its review's id for one."""
    followed = entry.subject_kind == VISIT and entry.reason.startswith(REVIEWED)
    return _("the office's decision") if followed else entry.reason


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value) or _("none")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {part}" for name, part in value.items())
    return str(value) or _("empty")


def _criterion(words: Words, number: str) -> str:
    return words.names.long(Subject(CRITERION, number))


def _finding(words: Words, finding: str) -> str:
    number, title = words.names.findings.get(finding, (0, words.titles.get(finding, "")))
    return _("Finding {number}: {title}").format(number=number or "–", title=title)


def _limit(words: Words, limit: str) -> str:
    return _("Not seen: {what}").format(what=words.titles.get(limit, "–"))


def _evidence(words: Words, digest: str) -> str:
    known = words.opened.state.evidence.get(Digest(digest))
    return _("Evidence “{title}”").format(title=known.title if known else words.files.get(digest, digest[:8]))


def _link(words: Words, link: str) -> str:
    digest, _slash, target = link.partition("/")
    kind, _slash, name = target.partition("/")
    return f"{_evidence(words, digest)} → {words.names.short(Subject(kind, name))}"


def _review(words: Words, review: str) -> str:
    held = next((one.held_at for one in words.opened.state.reviews if one.id == review), "")
    return _("Review of photos of {when}").format(when=held or "–")


def _office_review(words: Words, review: str) -> str:
    number = next((one.round for one in words.opened.state.decisions if one.id == review), 0)
    return _("The office's review, round {round}").format(round=number or "–")


def _question(words: Words, question: str) -> str:
    asked = next((one for one in words.opened.state.questions if one.id == question), None)
    about = about_words(words.opened.state, words.opened.form, asked.target) if asked else "–"
    about = about[:1].lower() + about[1:] if asked and asked.about == REPORT else about
    return _("The office's question about {what}").format(what=about)


def _closing(words: Words, closing: str) -> str:
    held = next((one.held_at for one in words.opened.state.closings if one.id == closing), "")
    return _("Closing meeting of {when}").format(when=held or "–")


def _choice(choices: Iterable[Choice], key: str) -> str:
    return next((one.label for one in choices if one.key == key), key)


_SUBJECTS: dict[str, Callable[[Words, str], str]] = {
    VISIT: lambda _words, _id: _("Visit"),
    CRITERION: _criterion,
    CHECK: lambda words, check: words.names.long(Subject(CHECK, check)),
    FINDING: _finding,
    LIMIT: _limit,
    EVIDENCE: _evidence,
    INTAKE: lambda words, intake: _evidence(words, words.intakes.get(intake, "")),
    LINK: _link,
    AUDITOR: lambda _words, _id: _("Auditor"),
    REVIEW: lambda words, review: _review(words, review),
    CLOSING: _closing,
    SHOWN: lambda words, showing: _evidence(words, showing.partition("/")[2]),
    OFFICE_REVIEW: lambda words, review: _office_review(words, review),
    QUESTION: lambda words, question: _question(words, question),
    OBJECTION: lambda words, one: _("Objection to {evidence}").format(evidence=_evidence(words, words.objected.get(one, ""))),
}
_VALUES: dict[tuple[str, str], Callable[[Words, Any], str]] = {
    (CRITERION, "rating"): lambda words, value: rating_label(words.opened.form, value) or _("no rating"),
    (CRITERION, "site_rating"): lambda words, value: rating_label(words.opened.form, value) or _("no rating"),
    (CRITERION, "earlier"): lambda _words, value: "; ".join(f"{one['criterion']}: {one.get('label', '')}" for one in value) or _("empty"),
    (CHECK, "site_answer"): lambda words, value: answer_label(words.opened.form, value) or _("open"),
    (VISIT, "earlier"): lambda _words, value: " · ".join(value[name] for name in ("title", "kind", "day") if name in value) or _("empty"),
    (CHECK, "answer"): lambda words, value: answer_label(words.opened.form, value) or _("open"),
    (FINDING, "grade"): lambda words, value: grade_label(words.opened.form, value),
    (FINDING, "systemic"): lambda _words, value: _("systemic") if value else _("isolated"),
    (FINDING, "criterion"): _criterion,
    (FINDING, "state"): lambda _words, value: state_words(value),
    (FINDING, "position"): lambda _words, value: position_words(value) or _("not said"),
    (FINDING, "check"): lambda words, value: words.names.long(Subject(CHECK, value)) if value else _("empty"),
    (CLOSING, "frozen"): lambda _words, value: _("as it was") if value else _("taken back"),
    **{(CLOSING, name): lambda _words, value: full_words(value) if value else _("empty") for name in ("frozen_at", "ended_at")},
    (EQUIVALENCE, "decision"): lambda _words, value: _(DECISIONS[value]) if value in DECISIONS else _("empty"),
    (ATTENDEE, "side"): lambda _words, value: side_words(value) or _("empty"),
    (LINK, "stance"): lambda _words, value: _(STANCES.get(value, value)),
    (EVIDENCE, "original"): lambda _words, value: f"{value['media_type']}, {size_words(value['size'])}",
    (EVIDENCE, "happened_at"): lambda _words, value: full_words(value) if value else _("empty"),
    (INTAKE, "what"): lambda _words, value: f"{value['name']} · {in_groups(value['evidence'][:16])}…",
    (VISIT, "site_type"): lambda words, value: _choice(words.opened.form.site_types, value),
    (OFFICE_REVIEW, "decision"): lambda _words, value: decision_words(value) or str(value),
    (OFFICE_REVIEW, "heads"): lambda _words, _value: _("as it was"),
    **{where: lambda _words, value: full_words(value) for where in ((OFFICE_REVIEW, "made_at"), (QUESTION, "asked_at"))},
    (SHOWN, "said"): lambda _words, value: _(SAID.get(value, value)),
    (OBJECTION, "decision"): lambda _words, value: _(DECIDED.get(value, value)),
    (OBJECTION, "review"): lambda words, value: _review(words, value),
    (VISIT, "kind"): lambda words, value: _choice(words.opened.form.visit_kinds, value),
}
