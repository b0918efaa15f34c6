"""What is said of whoever signs: with which key, and how long its certificate still counts. Free of Qt widgets."""

from auditor_app.translation import _, plural
from auditor_app.ui.glyphs import BAD, GOOD, PARTLY, Mark
from auditor_app.ui.moments import day_words
from auditor_app.ui.screens.report.view_state import SignerLine

WARN_DAYS = 30
"""So many days before a certificate expires it is said."""


def key_words(signer: SignerLine) -> str:
    """Say with which key one signs, and who vouches for it."""
    if signer.card:
        return _("smart card {card}, certificate from {issuer}, trusted by {office}").format(
            card=signer.card, issuer=signer.issuer, office=signer.office
        )
    if signer.is_own:
        return _("own key from a file, certificate from {issuer}, trusted by {office}").format(issuer=signer.issuer, office=signer.office)
    return _("certificate of {office}").format(office=signer.office)


def validity_of(signer: SignerLine) -> tuple[Mark, str, str]:
    """Say whether one can sign now: a mark, words, and the role of their label."""
    since, until = (day_words(one.date().isoformat()) for one in (signer.valid_since, signer.valid_until))
    if signer.refusal == "certificate_revoked":
        return BAD, _("Revoked by the office: nothing can be signed with it. Ask for a new one, or use another key."), "error"
    if signer.refusal == "certificate_expired":
        return BAD, _("Expired on {day}: nothing can be signed with it. Ask for a new one, or use another key.").format(day=until), "error"
    if signer.refusal == "certificate_not_yet_valid":
        return BAD, _("Valid only from {day}: nothing can be signed yet. Check the clock of this laptop.").format(day=since), "error"
    if signer.days_left <= WARN_DAYS:
        left = plural("in {count} day", "in {count} days", signer.days_left) if signer.days_left > 0 else _("today")
        return PARTLY, _("Expires {when}, on {day}. Ask for a new one now.").format(when=left, day=until), "warning"
    return GOOD, _("valid from {since} until {until}").format(since=since, until=until), "muted"
