"""What each table and column of the register means: one table for the documentation, the browser's captions and the typed export.

The register never holds what people said in interviews, who they are, quotes, or the names of files, which often name a person.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. A day is as in 2026-11-19, a moment as in 2026-11-19T18:30:00.000000Z; both may be unknown (NULL)."""

    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes or no"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what it holds, what it means, and whether it is part of the row's key."""

    name: str
    kind: Kind
    words: str
    is_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: what one row of it is, and its columns. A `is_count` table holds counts of another, kept in step by triggers."""

    name: str
    words: str
    columns: tuple[Column, ...]
    is_count: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Name the columns that tell a row from all others."""
        return tuple(column.name for column in self.columns if column.is_key)


def _text(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.TEXT, words=words)


def _key(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.TEXT, words=words, is_key=True)


def _day(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.DAY, words=words)


def _moment(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.MOMENT, words=words)


def _count(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.COUNT, words=words)


def _yes_no(name: str, words: str) -> Column:
    return Column(name=name, kind=Kind.YES_NO, words=words)


_VISIT = _key("visit", "The visit.")
_BUNDLE = _key("bundle", "The bundle: the SHA-256 of its tag manifest.")

TABLES = (
    Table(
        name="visit",
        words="A visit to a site, as its newest bundle tells it.",
        columns=(
            _VISIT,
            _text("bundle", "The newest bundle of the visit."),
            _text("site", "Name of the site."),
            _text("company", "Company that runs it."),
            _text("country", "Country, as the auditor wrote it."),
            _text("location", "Where it is."),
            _text("site_type", "Type of the site: a key of the form."),
            _text("kind", "Kind of visit: a key of the form, such as a first or a follow-up visit."),
            _text("form", "Form that was used."),
            _text("form_digest", "Which version of it: its SHA-256."),
            _day("starts_on", "First day on site."),
            _day("ends_on", "Last day on site."),
            _text("state", "State of the auditor's work: open or closed."),
            _text("auditor", "Certificate that signed the newest bundle: its fingerprint."),
            _text("auditor_name", "Name in that certificate."),
            _moment("reported_at", "When the first signed report was made."),
            _count("days_to_report", "Days from the last day on site to the first signed report; unknown without either."),
            _moment("received_at", "When the office received the newest bundle."),
        ),
    ),
    Table(
        name="criterion",
        words="A criterion that was rated or otherwise worked on in a visit.",
        columns=(
            _VISIT,
            _key("criterion", "Number of the criterion in the form."),
            _text("form", "The form."),
            _text("name", "Name of the criterion."),
            _text("rating", "Proposed rating: a key of the form; empty while there is none."),
            _text("rating_label", "The same as the form words it."),
            _count("level", "Its place in the form's scale, 1 for the best; unknown where the form is not at hand."),
            _text("because", "The auditor's reason."),
            _text("departs", "Why the rating is not what the answers suggest."),
            _text("applies", "The plan's word on whether it applies here: yes, no, or empty for what the form says."),
        ),
    ),
    Table(
        name="finding",
        words="A finding of a visit, also an observation or a good practice.",
        columns=(
            _VISIT,
            _key("finding", "The finding's id."),
            _count("number", "Its number in the reports."),
            _text("criterion", "Number of the criterion."),
            _text("check_id", "The check that it came from; empty for none."),
            _text("title", "Title."),
            _text("grade", "Grade: a key of the form."),
            _text("grade_label", "The same as the form words it."),
            _text("nature", "What the grade means: gap, observation or good_practice."),
            _yes_no("systemic", "Whether it is systemic."),
            _text("statement", "What was found."),
            _text("objective_evidence", "What shows it."),
            _text("requirement", "What was required."),
            _text("position", "What the site says of it: agrees, partly, disagrees, or empty."),
            _text("site_reply", "The site's own words."),
            _text("state", "open, replied, in_progress or closed."),
            _day("closed_on", "When it was closed."),
            _text("closed_because", "Why it is closed, where no evidence shows it."),
        ),
    ),
    Table(
        name="improvement_item",
        words="What is to follow from a finding: who does what by when. A good practice has none.",
        columns=(
            _VISIT,
            _key("finding", "The finding that it follows from."),
            _text("criterion", "Number of the criterion."),
            _text("title", "Title of the finding."),
            _text("grade_label", "Its grade."),
            _text("action", "What is to be done."),
            _text("owner", "Who of the site does it: a role or a name, as the auditor wrote it."),
            _day("due", "By when."),
            _text("state", "open, replied, in_progress or closed."),
            _day("closed_on", "When it was closed."),
        ),
    ),
    Table(
        name="evidence",
        words="A piece of evidence of a visit; its bytes are in the newest bundle, sealed.",
        columns=(
            _VISIT,
            _key("original", "SHA-256 of the original bytes."),
            _text("sealed", "SHA-256 of the sealed file, which is its name in the bundle."),
            _count("size", "Size of the original in bytes."),
            _text("media_type", "What it is, such as image/jpeg."),
            _text("captured_at", "When it was captured by the camera's own clock, as it wrote it; empty if it did not."),
            _text("happened_at", "When it happened, as the auditor says; empty for nothing said."),
            _moment("taken_in_at", "When it was taken in."),
            _yes_no("is_copy", "Whether it is a rotated, cropped, annotated or blurred copy of another piece."),
        ),
    ),
    Table(
        name="receipt",
        words="The office's signed word for a bundle.",
        columns=(
            _BUNDLE,
            _text("visit", "The visit."),
            _moment("made_at", "When it was signed."),
            _count("files", "How many files it names."),
            _count("size", "How many bytes they have."),
            Column(name="letter", kind=Kind.BYTES, words="The signed letter itself."),
        ),
    ),
    Table(
        name="bundle",
        words="A bundle that was received; a visit has one for each time that it was handed over.",
        columns=(
            _BUNDLE,
            _text("visit", "The visit."),
            _text("auditor", "Certificate that signed it: its fingerprint."),
            _text("auditor_name", "Name in that certificate."),
            _moment("received_at", "When it was received."),
            _count("entries", "How many entries the journal of the visit had."),
        ),
    ),
    Table(
        name="file",
        words="A file that the office holds in a received bundle.",
        columns=(
            _BUNDLE,
            _key("name", "Its name in the bundle."),
            _text("digest", "Its SHA-256."),
            _count("size", "Its size in bytes."),
        ),
    ),
    Table(
        name="chain",
        words="How far the journal of a device had come in a bundle; the next bundle of the visit must go on from there.",
        columns=(
            _key("visit", "The visit."),
            _key("device", "The device."),
            _BUNDLE,
            _count("sequence", "The last entry's number."),
            _text("digest", "The last entry's SHA-256."),
        ),
    ),
    Table(
        name="site",
        words="A site, as its latest visit left it.",
        columns=(
            _key("company", "The company."),
            _key("site", "The site."),
            _key("country", "The country."),
            _text("visit", "The latest visit by its last day on site."),
            _text("state", "improving (an item is open), improved (all items are closed), or nothing_to_improve."),
            _count("open_items", "Improvement items that are not closed."),
            _day("next_due", "The earliest day of those."),
        ),
    ),
    Table(
        name="recovery",
        words="A workspace that the office opened with its key because a passphrase was lost.",
        columns=(
            Column(name="number", kind=Kind.COUNT, words="Counts up.", is_key=True),
            _moment("at", "When."),
            _text("by_whom", "Who did it, in their own words."),
            _text("workspace", "Id of the workspace, as in its workspace.json."),
            _text("source", "The folder that was opened."),
            _text("target", "The folder that now has a new passphrase."),
        ),
    ),
    Table(
        name="rating_count",
        words="How many visits have a rating, by form and criterion.",
        is_count=True,
        columns=(
            _key("form", "The form."),
            _key("criterion", "Number of the criterion."),
            _key("name", "Its name."),
            Column(name="level", kind=Kind.COUNT, words="Its place in the form's scale, 99 where that is not known.", is_key=True),
            _key("rating_label", "The rating."),
            _count("rows", "How many."),
        ),
    ),
    Table(
        name="due_count",
        words="How many improvement items that are not closed are due, by day.",
        is_count=True,
        columns=(_key("due", "The day."), _count("rows", "How many.")),
    ),
    Table(
        name="site_count",
        words="How many sites there are, by state and the earliest day of an open item.",
        is_count=True,
        columns=(_key("state", "The state."), _key("next_due", "The day, or empty."), _count("rows", "How many.")),
    ),
    Table(
        name="report_count",
        words="How many visits took how many days from the last day on site to the first signed report.",
        is_count=True,
        columns=(Column(name="days", kind=Kind.COUNT, words="Days.", is_key=True), _count("rows", "How many.")),
    ),
)
