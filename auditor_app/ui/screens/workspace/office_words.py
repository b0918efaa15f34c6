"""What the page of the workspace says of its office, as pure functions. Free of Qt widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor_app.translation import _

if TYPE_CHECKING:
    from auditor_app.workflows.mailboxes import Mailbox
    from auditor_app.workflows.profile_offers import OfficeKnown


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeShown:
    """The office that is known, and the places of its mailbox in the order in which they are tried."""

    known: "OfficeKnown"
    places: "tuple[Mailbox, ...]"

    @property
    def office(self) -> str:
        """Name it."""
        return self.known.profile.office

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint of its key."""
        return self.known.fingerprint

    @property
    def may_follow(self) -> bool:
        """Say whether the auditor chose a place before those that the office names."""
        return bool(self.known.profile.mailboxes) and any(one.is_own for one in self.places)


def facts_of(shown: OfficeShown) -> str:
    """Say in lines where its mailbox is, which forms it uses, and how long things are kept."""
    return "\n".join(_lines(shown))


def _lines(shown: OfficeShown) -> Iterator[str]:
    from auditor_app.workflows.profile_words import retention_words  # noqa: PLC0415 - loads with the office

    for number, one in enumerate(shown.places, start=1):
        words = _("Place {number}: {place}, your own choice") if one.is_own else _("Place {number}: {place}")
        yield words.format(number=number, place=one.url)
    if len(shown.places) > 1:
        yield _("The first place that answers is used.")
    missing = set(shown.known.missing_forms)
    for form in shown.known.profile.forms:
        words = _("Form {form}: this version is not here; ask the office for it") if form in missing else _("Form {form}")
        yield words.format(form=form.form)
    yield from retention_words(shown.known.profile.retention)
