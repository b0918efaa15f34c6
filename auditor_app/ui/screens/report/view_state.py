"""What the report screen shows, as pure functions: what is missing, the reports that were made, words. Free of Qt widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from auditor_app.domain.quality import RULES
from auditor_app.translation import N_, _, plural
from auditor_app.ui.glyphs import GOOD, OPEN
from auditor_app.ui.moments import local_words
from auditor_app.ui.screens.coverage.view_state import gap_rows
from auditor_app.ui.sizes import size_text
from auditor_app.ui.widgets.rows import Row
from auditor_app.workflows.coverage import Standing
from auditor_app.workflows.report_kinds import UNSIGNED, file_ending
from auditor_app.workflows.visits import OpenVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document: its name, and what it is for in one line."""

    name: str
    purpose: str


KINDS = {
    "findings": Kind(
        name=N_("Findings report"), purpose=N_("What was rated and found, for the site and the office: short enough to go through.")
    ),
    "full": Kind(
        name=N_("Assessor report"),
        purpose=N_("Everything: sampling, each criterion, evidence, attendance. For the assurance office."),
    ),
    "summary": Kind(
        name=N_("Public summary"),
        purpose=N_(
            "Ratings and what is to be improved, without names and without evidence. Nobody signs it. Read it before you publish it."
        ),
    ),
    "plan": Kind(name=N_("Improvement plan"), purpose=N_("What is to be done, by whom, by when, and how far it is.")),
    "editable": Kind(
        name=N_("Editable copy"),
        purpose=N_("The assessor report as a DOCX with every note and comment, to work on. It is no record and is never signed."),
    ),
}
"""The documents that can be made, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerLine:
    """Who signs in this workspace; `refusal` is the code of why the certificate would be refused now, "" when it would not."""

    name: str
    organisation: str
    office: str
    fingerprint: str
    valid_until: datetime
    valid_since: datetime
    issuer: str
    card: str
    is_own: bool
    has_office_key: bool
    days_left: int
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One report that was made."""

    id: str
    kind: str
    language: str
    made_at: str
    digest: str
    signed: bool
    pages: int
    size: int

    @property
    def title(self) -> str:
        """Name it: "Findings report · English"."""
        return report_title(self.kind, self.language)

    @property
    def ending(self) -> str:
        """Give the ending of its file."""
        return file_ending(self.kind)

    @property
    def facts(self) -> str:
        """Say when it was made, and how large it is."""
        pages = plural("{count} page", "{count} pages", self.pages) if self.pages else ""
        return " · ".join(part for part in (local_words(self.made_at), pages, size_text(self.size)) if part)

    @property
    def state(self) -> str:
        """Say in a word whether it counts."""
        if self.signed:
            return _("Signed")
        return _("Never signed") if self.kind in UNSIGNED else _("Draft, not signed")


PHOTOS = (
    ("mail", N_("Small, for mail")),
    ("screen", N_("For the screen")),
    ("print", N_("Sharp, for print")),
)
"""How photos may be printed, and what each choice is called."""


def report_title(kind: str, language: str) -> str:
    """Name a report: "Findings report · English"."""
    return f"{_(KINDS[kind].name) if kind in KINDS else _('Sheet of the closing meeting')} · {language_name(language)}"


def language_name(code: str) -> str:
    """Name a language in itself: "Español"."""
    name = Locale.parse(code.replace("-", "_")).get_display_name()
    return str(name or code).capitalize()


def missing_rows(opened: OpenVisit, now: Standing) -> tuple[Row, ...]:
    """List what should be mended before sign-off, just as Coverage does."""
    return gap_rows(opened, now, RULES.keys())


def missing_words(rows: Sequence[Row]) -> str:
    """Count what is missing."""
    count = sum(row.mark is not None for row in rows)
    return plural("{count} thing is still missing", "{count} things are still missing", count) if count else _("Nothing is missing")


MARKS = {True: GOOD, False: OPEN}
"""The mark of a report: signed or not."""
