"""The sentences about reports, signatures, certificates and cards."""

from auditor_app.translation import N_

WORDS = {
    # reports
    "summary_names_person": N_(
        "The public summary would name {name} ({place}). It was not made: take the name out of that text, and make it again."
    ),
    "kind_never_signed": N_("A document of the kind “{kind}” is never signed. Nothing was made; make it without a signature."),
    "kind_never_preliminary": N_("Only the findings sheet can be preliminary, not “{kind}”. Nothing was made."),
    # signing
    "certificate_missing": N_("You have no certificate to sign with. Send the office your request, and import its answer."),
    "certificate_not_trusted": N_("The certificate is not from the office's own authority ({reason}). It was not taken in."),
    "certificate_expired": N_("The certificate of {name} expired on {until}. Nothing was signed; ask the office for a new one."),
    "certificate_not_yet_valid": N_(
        "The certificate of {name} is valid only from {since}. Nothing was signed; check the clock of this laptop."
    ),
    "certificate_revoked": N_(
        "The certificate of {name} is revoked since {since}. Nothing was signed; ask the office for a new one, or use another key."
    ),
    "certificate_revoked_already": N_("The certificate with serial number {serial} is revoked already. Nothing was changed."),
    "certificate_of_other_authority": N_(
        "The certificate of {name} was not issued by this office, so it cannot revoke it. Ask the authority that issued it."
    ),
    "revocations_unreadable": N_("The list of revoked certificates cannot be read. Ask the office for its profile again."),
    "office_profile_older": N_(
        "This profile of {office} is older than the one that is known here, so it was not taken in. Ask the office for its present one."
    ),
    "office_differs": N_(
        "This workspace belongs to another office than {office}. The profile was not taken in; use a workspace of its own for it."
    ),
    "card_support_missing": N_("Smart cards are not supported by this installation. Install the program with its extra “smartcard”."),
    "card_library_missing": N_("No library for smart cards was found. Install OpenSC, or name the library of the card's maker."),
    "card_library_unusable": N_("The smart card library {path} cannot be used ({reason}). Nothing was signed; check its path."),
    "card_missing": N_("The smart card {serial} is not plugged in. Nothing was signed; plug it in and try again."),
    "card_failed": N_("The smart card {card} failed ({reason}). Nothing was signed; take it out, plug it in and try again."),
    "card_key_unknown": N_("“{key}” does not name exactly one key on this card. “auditor identity cards” shows them."),
    "card_locked": N_("The smart card {card} is locked after too many wrong PINs. Nothing was signed; unlock it with its PUK."),
    "pin_missing": N_("The smart card {card} needs its PIN. Nothing was signed; enter it."),
    "pin_wrong": N_("The PIN of {card} is wrong ({wrong} wrong in a row). Nothing was signed; enter it again with care."),
    "pin_wrong_few_left": N_(
        "The PIN of {card} is wrong ({wrong} wrong in a row), and the card counts: a few more wrong ones lock it."
        " Nothing was signed; enter it again with care."
    ),
    "pin_wrong_last_try": N_(
        "The PIN of {card} is wrong ({wrong} wrong in a row). One try is left: another wrong PIN locks the card. Nothing was signed."
    ),
    "pin_last_try": N_(
        "The smart card {card} takes one more try: a wrong PIN locks it. Nothing was tried. If you are sure of the PIN, choose the card"
        " again and allow its last try."
    ),
    "certificate_may_not_issue": N_("The certificate of {name} may not issue certificates."),
    "certificate_may_not_sign": N_("The certificate of {name} is not meant for signing. Nothing was signed; ask the office for another."),
    "certificate_unreadable": N_("This is not a certificate that can be read."),
    "enrolment_not_asked_for": N_("This workspace has not asked for a certificate yet. Make the request first."),
    "key_does_not_match_certificate": N_("The certificate of {name} is for another key. It was not taken in."),
    "key_not_accepted": N_("Keys of this kind are not accepted: use P-256, or RSA of 3072 bits or more."),
    "private_key_unreadable": N_("The private key cannot be read."),
    "password_missing": N_("This key file needs its password."),
    "pkcs12_not_opened": N_(
        "The key file cannot be opened: the password is wrong, or it is damaged. This was try {wrong} in a row; nothing was changed."
    ),
    "name_not_acceptable": N_("“{name}” cannot stand in a certificate: at most {longest} printable characters."),
    "request_not_signed_by_its_key": N_("The request is not signed by its own key. It was refused."),
    "request_unreadable": N_("This is not a certificate request that can be read."),
    "office_unknown": N_("No office is known yet. Import its answer to your request first."),
    "letter_not_genuine": N_("The letter “{place}” is not genuine ({reason}). It was not taken in; ask the office."),
    "letter_unreadable": N_("The letter “{place}” cannot be read: {detail}"),
    "signature_not_verified": N_("The finished signature did not verify ({reason}). Nothing was kept; try again, and tell the office."),
    "signature_field_missing": N_("This PDF has no place prepared for the signature “{field}”. It was not changed."),
    "signature_field_filled": N_("The place for the signature “{field}” is signed already. It was not changed."),
    "drawing_missing": N_("Nothing was drawn, and no certificate was chosen. Nothing was signed; draw the signature first."),
    "drawing_not_acceptable": N_("The drawn signature is empty, or has more than {most} points. Nothing was signed; draw it again."),
    "timestamp_authority_unknown": N_(
        "The office trusts no timestamp authority yet, so no timestamp would count. “auditor-office trust FILE --for timestamps” names one."
    ),
    "pdf_not_signed_yet": N_("This PDF is not signed yet. It was not changed."),
    "signature_page_missing": N_("The report has no page {page} to sign on; it has {pages}."),
    "signature_text_not_drawable": N_("No font of this program can draw {characters} in the signature. Nothing was signed."),
    "pdf_already_signed": N_("This PDF is signed already. It was not changed."),
    "pdf_encrypted": N_("This PDF is encrypted and cannot be signed or checked."),
    "pdf_unreadable": N_("This PDF cannot be read."),
    # reports
    "missing_glyphs": N_(
        "The report cannot be made yet: no font of this program can print {characters} (in: {place})."
        " Nothing was written. Replace these characters there and make the report again."
    ),
    "font_missing": N_("The font {font} is missing from this installation. Your visit is untouched. Install the program again."),
    "font_unavailable": N_("The font {font} is missing from this installation. Your visit is untouched. Install the program again."),
    "font_unreadable": N_("A font of this installation is damaged. Your visit is untouched. Install the program again."),
    "report_not_archival": N_(
        "The finished PDF did not pass its own check as an archival file, so it was not kept. Tell support: {findings}"
    ),
    "report_missing": N_("There is no signed report of this visit yet. Make and sign the findings first, then hand over."),
}
