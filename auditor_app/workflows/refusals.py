"""What the office said of bundles that it did not take: kept on the auditor's side, with the reasons in words and what to do."""

from dataclasses import dataclass

import msgspec

from auditor_app.domain.refusals import Reason, Refusal
from auditor_app.store.records import bundles
from auditor_app.translation import N_, _
from auditor_app.workflows.custody import REFUSED
from auditor_app.workflows.identity import office_profile
from auditor_app.workflows.letters import read_letter
from auditor_app.workflows.mail import News, Taking
from auditor_app.workspace import Workspace

WHY = {
    # what the checks asked
    "bag_intact": N_("The bundle is not as it was made: a file is missing, added or changed."),
    "signature_valid": N_("The signature over the bundle is not valid."),
    "signer_trusted": N_("The certificate that signed it does not count: it has expired or was revoked."),
    "record_opens": N_("The office cannot open its record."),
    "journal_unbroken": N_("A chain of its journal is broken."),
    "evidence_complete": N_("Evidence is missing, or some is there that the record does not name."),
    "evidence_right": N_("A piece of evidence is not what its digest says."),
    "form_known": N_("The visit names another form than the record."),
    "form_right": N_("The form in the record is not what its digest says."),
    "report_right": N_("A report is missing, or is not what its digest says."),
    "report_signature_valid": N_("The signature in a report is not valid."),
    "report_signer_trusted": N_("The certificate that signed a report does not count: it has expired or was revoked."),
    "report_whole_file_signed": N_("The signature does not cover the whole of a report."),
    "report_unchanged": N_("A report was changed after it was signed."),
    # other problems
    "assignment_altered": N_("Its journal has entries in the office's name that the office did not write."),
    "bundle_id_differs": N_("It lies in the mailbox under another id than its own."),
    "bundle_is_older": N_("The office has a newer bundle of this visit already."),
    "bundle_too_large": N_("It has more files or bytes than this office takes."),
    "form_not_of_office": N_("The office does not know the form of the visit."),
    "journal_does_not_continue": N_("Its journal does not go on from what the office has of this visit: it is older, or was altered."),
    "record_of_someone_else": N_("Its record asks for a receipt for someone else than the one who signed it."),
}
"""By the question that was answered no, or the code of another problem, why the office did not take a bundle."""

ANEW = N_("Make the bundle anew and send that one; sending the same again changes nothing.")
WHAT_TO_DO = {
    "signer_trusted": N_("Ask the office for a new certificate, sign the reports with it, and make the bundle anew."),
    "report_signer_trusted": N_("Ask the office for a new certificate, sign the reports with it, and make the bundle anew."),
    "record_opens": N_("Take in the office's present profile, then make the bundle anew; sending the same again changes nothing."),
    "form_not_of_office": N_("Ask the office to name the form in its profile; it then takes this bundle by itself."),
    "bundle_too_large": N_("Ask the office to raise its limit; it then takes this bundle by itself."),
    "bundle_is_older": N_("Nothing needs to be done: the office has the newer one."),
    "journal_does_not_continue": N_(
        "Bring the visit together with the laptop that has its newer state, then make the bundle anew; sending the same again changes "
        "nothing."
    ),
}
"""What to do where it is not to make the bundle anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedBundle:
    """A bundle of this workspace that the office did not take: by whom and when, why, and what to do about it."""

    bundle: str
    office: str
    refused_at: str
    reasons: tuple[str, ...]
    to_do: str

    @property
    def words(self) -> str:
        """Say why and what to do."""
        return " ".join((*self.reasons, self.to_do))


def take_refusal(workspace: Workspace, taking: Taking) -> News | None:
    """Keep why the office did not take a bundle of this workspace; None where it has signed for it meanwhile. Raises Corrupted."""
    authority = office_profile(workspace).authority.encode()
    refusal, _answers = read_letter(taking.letter, Refusal, [authority], workspace.clock.now(), place=taking.name)
    open_ones = {record.id for record in bundles(workspace.db) if not record.received_at}
    kept = _kept(workspace)
    before = kept.get(refusal.bundle)
    if refusal.bundle not in open_ones or (before and before.refused_at >= refusal.refused_at):
        return None
    workspace.set_fact(REFUSED, {**(workspace.fact(REFUSED) or {}), refusal.bundle: msgspec.to_builtins(refusal)})
    return News(kind="refusal", about=refusal.bundle, detail=_told(refusal).words)


def refused_bundles(workspace: Workspace) -> dict[str, RefusedBundle]:
    """Tell which bundles the office did not take, by their ids; one that it took later is not among them."""
    received = {record.id for record in bundles(workspace.db) if record.received_at}
    return {bundle: _told(refusal) for bundle, refusal in _kept(workspace).items() if bundle not in received}


def open_refusals(workspace: Workspace) -> list[RefusedBundle]:
    """List the refused bundles after which no other was made of the same visit: something is to be done about them."""
    refused, newest = refused_bundles(workspace), dict[str, str]()
    for record in bundles(workspace.db):
        newest.setdefault(record.visit, record.id)
    return [refused[bundle] for bundle in newest.values() if bundle in refused]


def why_refused(code: str) -> str:
    """Say why a bundle is refused, by the question that was answered no or the code of another problem."""
    return _(WHY[code]) if code in WHY else _("It is not as it should be ({code}).").format(code=code)


def _kept(workspace: Workspace) -> dict[str, Refusal]:
    return {bundle: msgspec.convert(kept, Refusal) for bundle, kept in (workspace.fact(REFUSED) or {}).items()}


def _told(refusal: Refusal) -> RefusedBundle:
    return RefusedBundle(
        bundle=refusal.bundle,
        office=refusal.office,
        refused_at=refusal.refused_at,
        reasons=tuple(dict.fromkeys(why_refused(reason.code) for reason in refusal.reasons)),
        to_do=_what_to_do(refusal.reasons),
    )


def _what_to_do(reasons: tuple[Reason, ...]) -> str:
    """Say what to do about the first reason that has something of its own; else to make it anew."""
    return _(next((WHAT_TO_DO[reason.code] for reason in reasons if reason.code in WHAT_TO_DO), ANEW))
