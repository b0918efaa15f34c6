"""What the verification page shows, as pure functions of what a check found. Free of Qt widgets."""

from dataclasses import dataclass
from datetime import datetime

from auditor_app.clock import moment_text
from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import BAD, GOOD, OPEN, WAITING, Mark
from auditor_app.ui.moments import day_words, local_words
from auditor_app.ui.names import in_groups
from auditor_app.ui.screens.verification.words import LEVELS, detail_words, reason_words
from auditor_app.workflows.answers import NO, NOT_CHECKED, QUESTIONS, YES
from auditor_app.workflows.verifying import AddedLater, CheckedPdf, PartVerdict, SignerFacts, Verification

ANSWERS: dict[str, tuple[Mark, str, str]] = {
    YES: (GOOD, N_("Yes"), "fully"),
    NO: (BAD, N_("No"), "error"),
    NOT_CHECKED: (OPEN, N_("Not checked"), "muted"),
}
"""By answer its mark, its word, and the role of the word's label."""

MOST_PLACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question with its answer, or one thing that was added later; `reason` says why, `places` where."""

    question: str
    answer: str
    reason: str = ""
    places: str = ""

    @property
    def word(self) -> str:
        """Say the answer in a word."""
        return _(ANSWERS[self.answer][1])

    @property
    def spoken(self) -> str:
        """Say the whole line."""
        return " ".join(part for part in (self.question, f"{self.word}.", self.reason, self.places) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All that is shown of one check."""

    name: str
    lines: tuple[Line, ...]
    signer: str = ""
    about: tuple[str, ...] = ()
    level: tuple[str, str] = ("", "")
    added: tuple[Line, ...] = ()
    is_pdf: bool = True
    nothing_added: bool = False
    """Of a PDF: its signature covers all of the file, and nothing follows it."""

    @property
    def mark(self) -> Mark:
        """Give the mark of the whole: a tick only where every single answer is yes."""
        answers = {line.answer for line in (*self.lines, *self.added)}
        return BAD if NO in answers else WAITING if NOT_CHECKED in answers else GOOD

    @property
    def summary(self) -> str:
        """Count the answers: no word for the whole where they differ."""
        counts = [line.answer for line in (*self.lines, *self.added)]
        wrong, unknown, right = counts.count(NO), counts.count(NOT_CHECKED), counts.count(YES)
        if not wrong and not unknown:
            return plural("The answer is yes", "All {count} answers are yes", right)
        parts = [
            plural("{count} answer is no", "{count} answers are no", wrong) if wrong else "",
            plural("{count} was not checked", "{count} were not checked", unknown) if unknown else "",
            _("{count} yes").format(count=right) if right else "",
        ]
        return " · ".join(part for part in parts if part)

    @property
    def advice(self) -> str:
        """Say what to make of it."""
        if self.mark == BAD:
            return _("Do not rely on it before you know why. Ask whoever gave it to you for the file as it was signed.")
        if self.mark == WAITING:
            return _("Nothing wrong was found, but not everything could be checked. Read what is missing below.")
        return ""


def result_of(name: str, found: Verification) -> Result:
    """Put into words what a check found."""
    if found.pdf is not None:
        return _of_pdf(name, found, found.pdf)
    lines = tuple(
        Line(question=_(QUESTIONS[one.question]), answer=one.answer, reason=reason_words(one.reason), places=_places(one.places))
        for one in found.answers
    )
    signer = found.signer
    parts = (_("Bundle {id}").format(id=in_groups(found.bundle[:16])) if found.bundle else "", *_contents(found))
    about = (" · ".join(part for part in parts if part), *(_certificate(signer) if signer else ()))
    return Result(name=name, lines=lines, signer=signer.name if signer else "", about=about, is_pdf=False)


def _of_pdf(name: str, found: Verification, pdf: CheckedPdf) -> Result:
    asked = (
        (_("Intact: is what was signed still the same?"), pdf.intact),
        (_("Valid: was it signed with the key of the certificate?"), pdf.valid),
        (_("Trusted: does the office vouch for who signed?"), pdf.trusted),
        (_("Whole: does the signature cover the whole file?"), pdf.covers_whole_file),
        (_("Unchanged since, but for what may be added?"), pdf.unchanged_since),
    )
    lines = [_line(question, verdict) for question, verdict in asked]
    lines += [
        Line(question=_(QUESTIONS[one.question]), answer=one.answer, reason=reason_words(one.reason), places=_places(one.places))
        for one in found.answers
        if one.question == "report_in_bundle"
    ]
    title, means = LEVELS[pdf.level]
    return Result(
        name=name,
        lines=tuple(lines),
        signer=pdf.signer.name if pdf.signer else "",
        about=tuple(_about(pdf)),
        level=(_(title), _(means)) if pdf.signer else ("", ""),
        added=tuple(_added(one) for one in pdf.later),
        nothing_added=all(verdict.holds for verdict in (pdf.intact, pdf.covers_whole_file, pdf.unchanged_since)),
    )


def _line(question: str, verdict: PartVerdict) -> Line:
    return Line(question=question, answer=_answer(verdict), reason=reason_words(verdict.reason), places=detail_words(verdict.detail))


def _answer(verdict: PartVerdict) -> str:
    return NOT_CHECKED if verdict.holds is None else YES if verdict.holds else NO


def _about(pdf: CheckedPdf) -> list[str]:
    if pdf.signer is None:
        return []
    when = _("Signed {when}, by the clock of the signer").format(when=_moment(pdf.signed_at)) if pdf.signed_at else ""
    proven = _("A trusted timestamp proves that it was there {when}").format(when=_moment(pdf.proven_at)) if pdf.proven_at else ""
    return [part for part in (when, proven, *_certificate(pdf.signer)) if part]


def _certificate(signer: SignerFacts) -> tuple[str, ...]:
    since, until = (day_words(one.date().isoformat()) for one in (signer.not_before, signer.not_after))
    of = _("Certificate from {issuer}, valid {since} to {until}").format(issuer=signer.issuer, since=since, until=until)
    who = " · ".join(part for part in (signer.organisation, of) if part)
    return who, _("Fingerprint {digest}").format(digest=in_groups(signer.fingerprint))


def _contents(found: Verification) -> tuple[str, ...]:
    if found.record is None:
        return ()
    evidence, reports = len(found.record.evidence), len(found.record.reports)
    return (
        plural("{count} piece of evidence", "{count} pieces of evidence", evidence),
        plural("{count} report", "{count} reports", reports),
    )


def _added(one: AddedLater) -> Line:
    """Tell of one thing that was added: what it is, whose, when; yes only where it is genuine and trusted."""
    words = _("Signature of {name}, {when}") if one.kind == "signature" else _("Timestamp of {name}, {when}")
    wrong = one.trusted if one.valid.holds else one.valid
    said = (reason_words(wrong.reason), one.reason)
    return Line(
        question=words.format(name=one.name, when=_moment(one.at)),
        answer=_answer(wrong),
        reason=" ".join(part for part in said if part),
        places=detail_words(wrong.detail),
    )


def _moment(at: datetime) -> str:
    return local_words(moment_text(at))


def _places(places: tuple[str, ...]) -> str:
    """Name the first places at fault, and count the rest."""
    shown, more = places[:MOST_PLACES], len(places) - MOST_PLACES
    rest = [plural("and {count} more", "and {count} more", more)] if more > 0 else []
    return "\n".join((*shown, *rest))
