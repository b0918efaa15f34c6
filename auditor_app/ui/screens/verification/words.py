"""What the answers of a check mean, in words for auditors: a sentence for each reason code and each level. Free of Qt widgets."""

import re

from auditor_app.translation import N_, _

REASONS = {
    # what a signature says
    "pdf_not_signed": N_("There is no signature in it."),
    "pdf_unreadable": N_("It is no PDF that can be read, or it is damaged."),
    "content_changed": N_("What was signed is not what is there now: it was altered after signing."),
    "signature_covers_too_little": N_("The signature leaves out a part of what it should cover, so anything could stand there."),
    "signature_wrong": N_("The signature does not belong to this content and this certificate."),
    "signature_not_valid": N_("The signature is not genuine, so whom it names means nothing."),
    "signature_not_canonical": N_("The signature is written in a way in which something could be hidden."),
    "signature_algorithm_not_accepted": N_("It was signed by a method that is not accepted any more."),
    "signature_unreadable": N_("The signature cannot be read."),
    "key_not_accepted": N_("The signer's key is too weak, or of a kind that is not accepted."),
    # trust
    "no_trusted_certificates": N_("No office is known here whose word could be asked. Import the office's answer or profile first."),
    "certificate_may_not_sign": N_("The certificate is not meant for signing reports."),
    "certificate_expired": N_("The certificate had expired, and no timestamp proves that it was signed before."),
    "certificate_not_yet_valid": N_("The certificate was not valid yet."),
    "certificate_issued_by_someone_else": N_("The certificate comes from an authority that the office does not trust."),
    "certificate_revoked": N_("The certificate is revoked."),
    "timestamp_not_trusted": N_("The time comes from an authority that the office does not trust for timestamps."),
    "timestamp_wrong": N_("The timestamp does not belong to this file."),
    # what came after the signature
    "allowed_additions_follow": N_("What follows the signature is only what may be added; it is listed below."),
    "file_continues_after_signature": N_("The file goes on after the part that is signed."),
    "only_proofs_added": N_("Only proofs for later checking were added."),
    "only_signatures_added": N_("Only a further signature was added, in the place kept for it."),
    "filled_in_after_signing": N_("A field was filled in that the signature does not allow to be filled in."),
    "changed_after_signing": N_("Something was changed that the signature does not allow to be changed."),
    "bytes_put_behind": N_("Something was put behind the end of the file."),
    "later_signature_wrong": N_("A signature or timestamp that was added later is not genuine."),
    # bundles
    "missing": N_("A file is missing."),
    "added": N_("A file is there that does not belong to it."),
    "changed": N_("A file is not what was signed."),
    "unreadable": N_("A file cannot be read."),
    "no_signature": N_("The bundle is not signed."),
    "no_key": N_("It is sealed to others; only their key opens it."),
    "record_closed": N_("The record could not be opened."),
    "journal_broken": N_("The journal of the visit is broken."),
    "form_differs": N_("The visit names another form than the record."),
    "form_not_here": N_("The form of that visit is not installed here."),
    "no_form": N_("The record does not hold the form."),
    "form_wrong": N_("It is not a form that this program can use."),
    "not_in_record": N_("The record does not name it."),
    "index_differs": N_("The list of evidence differs from the journal."),
    "named_twice": N_("Something is named twice, so one of the two would not be looked at."),
    "digest_differs": N_("The content is not what its digest says."),
    "signed_digest_differs": N_("It is another report than the one that was recorded."),
    "no_report": N_("There is no report in the bundle."),
    "report_closed": N_("The report could not be opened."),
}
"""By reason code what it means."""

LEVELS = {
    "": (N_("No level"), N_("The signature does not hold, so it proves nothing.")),
    "B-B": (
        N_("Level B-B: signed"),
        N_("The signature is complete. When it was made is the signer's own word; no independent clock proves it."),
    ),
    "B-T": (N_("Level B-T: signed at a proven time"), N_("An independent authority confirms that the signature was there at that time.")),
    "B-LT": (
        N_("Level B-LT: signed, with everything to check it later"),
        N_("The time is proven, and the certificates and revocation lists are in the file: it can be checked after they have expired."),
    ),
    "B-LTA": (
        N_("Level B-LTA: for long keeping"),
        N_("A later timestamp protects the proofs too. Add another one before that one's certificate expires."),
    ),
}
"""By PAdES level its name and what an auditor can rely on."""


CHANGES = {
    "added": N_("page {page} was added"),
    "removed": N_("page {page} was removed"),
    "exchanged": N_("page {page} was exchanged"),
    "content": N_("page {page}: what it shows"),
    "annotations": N_("page {page}: its notes and fields"),
}
"""What was done to a page of a report."""
PROPERTIES = N_("title or other properties of the file")


def detail_words(detail: str) -> str:
    """Name what was changed in a report; any other detail is a name or a day and stays."""
    return ", ".join(_change_words(one) for one in detail.split(", "))


def _change_words(one: str) -> str:
    found = re.fullmatch(r"page (\d+) (\w+)", one)
    if found and found[2] in CHANGES:
        return _(CHANGES[found[2]]).format(page=found[1])
    return _(PROPERTIES) if one == "document properties" else one


def reason_words(code: str | None) -> str:
    """Say what a reason code means; a code that only a damaged file gives is named as it is."""
    if not code:
        return ""
    return _(REASONS[code]) if code in REASONS else _("It is not as it should be ({code}).").format(code=code)
