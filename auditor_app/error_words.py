"""The sentence for every error code: what happened, what it means for your work, what to do. One table, read by window and command line.

Values in braces are those that the error was raised with.
"""

from collections import defaultdict

from auditor_app.errors import AuditorAppError
from auditor_app.translation import N_, _

WORDS = {
    # the work itself
    "cancelled": N_("Cancelled. Nothing was changed."),
    "auditor_unknown": N_("This workspace does not know yet whose it is. Say your name first."),
    "text_missing": N_("The field “{place}” is empty. Fill it in and try again."),
    "text_has_control_characters": N_(
        "“{place}” has invisible control or direction characters ({characters}), which can hide what it really says."
        " Nothing was changed. Give it a plain name and try again."
    ),
    "text_too_long": N_("“{place}” is longer than {longest} characters. Nothing was changed; shorten it and try again."),
    "fact_unknown": N_("There is no field called {facts}."),
    "choice_unknown": N_("“{value}” is not one of the choices for {field}. The choices are: {choices}."),
    "visit_unknown": N_("There is no visit “{visit}” in this workspace. “auditor visit list” shows those that are there."),
    "visit_not_unique": N_("More than one visit begins with “{visit}”. Give more of its id."),
    "criterion_unknown": N_("The form has no criterion {criterion}; it has {last}, numbered from 1."),
    "check_unknown": N_("The form has no check “{check}”. “auditor form show” lists them."),
    "reason_missing": N_("Criterion {criterion} needs a reason for that. Say why first; nothing was changed."),
    "criteria_open": N_("{count} criteria still lack a rating, a reason or a finding: {criteria}. The visit stays open."),
    "clashes_open": N_("{count} fields were set differently by two people. Choose in “Clashes” first; both values are kept."),
    "finding_unknown": N_("There is no finding “{finding}” in this visit."),
    "limit_unknown": N_("There is no limit “{limit}” in this visit."),
    "target_unknown": N_("Evidence cannot be linked to {target}: it is not in this visit."),
    "line_unknown": N_("There is no {kind} “{line}” in this visit."),
    "value_wrong": N_("“{field}” does not take this value: {detail}. Nothing was changed."),
    "nothing_missing": N_("Nothing is missing that is not on the list already."),
    "camera_unknown": N_(
        "The photo {name} does not say which camera took it and when, so its clock cannot be learnt. Use the original file."
    ),
    "code_not_found": N_(
        "There is no time code in the photo {name}. Photograph the code on the laptop's screen sharp and whole, and try again."
    ),
    "nothing_to_edit": N_("Nothing was changed in the picture, so no copy was made."),
    "picture_unreadable": N_("The picture {name} cannot be opened to make a copy of it. The original is untouched."),
    "nothing_to_undo": N_("There is nothing left to undo on this device."),
    "entry_not_current": N_("This change cannot be undone: the field was set anew since then. Set the value that you want instead."),
    "entry_not_undone": N_("This cannot be undone: an intake happened, and a visit keeps what it began with. It stays in the history."),
    "entry_not_in_clash": N_("The entry {entry} is not part of an open clash."),
    # evidence and files
    "evidence_unknown": N_("There is no evidence “{evidence}” in this visit."),
    "evidence_not_unique": N_("More than one piece of evidence begins with “{evidence}”. Give more of its digest."),
    "evidence_not_here": N_(
        "The original of evidence {evidence} is not on this laptop, so the visit cannot be handed over from here."
        " Hand it over from the laptop that has it, or merge with it first."
    ),
    "original_not_here": N_("The original of evidence {evidence} is not on this laptop: it was released, or it is on a colleague's."),
    "too_large_to_show": N_("This file has {size} bytes and is too large to show here. Export it to look at it."),
    "file_empty": N_("The file {path} is empty. It was not taken in; check the card or copy it again."),
    "file_exists": N_("{path} exists already and was not touched. Choose another name."),
    "file_is_a_folder": N_("{path} is a folder, not a file. Choose the files in it."),
    "file_not_plain": N_("{path} is a device or a pipe, not a file. Nothing was taken in."),
    "file_not_there": N_("There is no file {path}."),
    "file_not_text": N_("{path} is not a text in UTF-8. Save it as UTF-8 and try again."),
    "file_missing": N_("The file {path} is not there any more. Nothing was taken in; connect the card or drive and try again."),
    "file_changed": N_("The file {path} changed while it was read. It was not taken in; wait until it is finished and try again."),
    "file_unreadable": N_("{path} cannot be read or written: {detail}. Nothing was changed; mend that and try again."),
    "folder_not_empty": N_("The folder {path} is not empty and was not touched. Choose a new or an empty one."),
    "disk_full": N_("The disk is full at {path}. What was saved before is safe; make room and try again."),
    "disk_full_for_file": N_("The disk has no room for {path} ({size}). Nothing was taken in; make room and try again."),
    "object_differs": N_("The sealed file {place} is not what it was when it was taken in. It was damaged; use the backup."),
    "sealed_file_damaged": N_("{place} cannot be opened: it is damaged, cut short, or not sealed to this key."),
    # workspace
    "workspace_missing": N_("There is no workspace in {path}. Create one, or choose its folder."),
    "workspace_exists": N_("There is a workspace in {path} already; it was not touched. Open it instead."),
    "workspace_in_use": N_("The workspace in {path} is open in another window or program. Close it there and try again."),
    "workspace_not_open": N_("No workspace is open."),
    "workspace_unreadable": N_("The description of the workspace in {path} is damaged. Nothing was changed; restore the backup."),
    "made_by_newer_version": N_(
        "This was made by a newer version of the program ({steps}). Nothing was changed; install the newer version to open it."
    ),
    "passphrase_empty": N_("The passphrase is empty. Choose one that you can remember: nobody can look it up."),
    "passphrase_wrong": N_("The passphrase is wrong. Nothing was changed; try again."),
    "passphrase_missing": N_("No passphrase was given. Use --passphrase-file or the variable AUDITOR_PASSPHRASE."),
    "key_file_damaged": N_("The key file {file} is damaged. Restore it from the backup, or let the office recover the workspace."),
    "identity_unreadable": N_("This is not an age identity file."),
    "recipient_unreadable": N_("“{recipient}” is not an age public key."),
    "database_busy": N_("The database {path} is busy. Nothing was lost; try again in a moment."),
    "database_unreachable": N_("The database {path} cannot be reached: {detail}. Nothing was changed; check the disk and try again."),
    "database_missing": N_(
        "The database {path} is gone or empty. Nothing was changed, and no new one was made in its place; restore the backup."
    ),
    "database_unreadable": N_("The database {path} cannot be read: {detail}. Nothing was changed; restore the backup."),
    "journal_unprotected": N_("The journal has lost its protection ({triggers}). Do not go on with it; restore the backup."),
    "backup_damaged": N_("The backup in {path} is not complete: {places}. It must not be relied on; make a new one."),
    # forms
    "form_unknown": N_("There is no form “{form}”. “auditor form list” shows those at hand."),
    "form_has_problems": N_(
        "The form has {count} problems, the first in line {line} at {place} ({problem}). “auditor form check” lists all."
    ),
    "form_missing": N_("The form of this visit ({digest}) is not in this workspace. Restore the backup."),
    "form_differs": N_("The form of this visit is not what its digest says ({digest}). Restore the backup."),
    "form_unreadable": N_("This is not a form of this program: {detail}"),
    # journal from outside
    "entry_unreadable": N_("An entry at {place} cannot be read: {detail}. Nothing was taken over."),
    "entry_differs": N_("The entry {entry} exists with two contents. One of them was altered; nothing was taken over."),
    "entry_field_unknown": N_("The entry {entry} sets a field that this version does not know: {field}."),
    "entry_value_wrong": N_("The entry {entry} sets {field} to a value of the wrong form: {detail}."),
    "entry_replaces_unknown": N_("The entry {entry} replaces an entry that is not there: {replaces}."),
    "entries_in_a_circle": N_("The entry {entry} replaces itself in a circle: this journal was altered."),
    "chain_broken": N_("The journal of device {device} is broken at entry {sequence}: something was removed or altered there."),
    "journal_of_other_visit": N_("The journal in {place} is not that of one visit."),
    "journal_does_not_continue": N_("The journal of device {device} does not go on from entry {sequence} that was received before."),
    "record_incomplete": N_("The record in the bundle is not complete."),
    "record_line_too_long": N_("A line is too long: {place}."),
    "record_unreadable": N_("{place} cannot be read: {detail}"),
    # signing
    "certificate_missing": N_("You have no certificate to sign with. Send the office your request, and import its answer."),
    "certificate_not_trusted": N_("The certificate is not from the office's own authority ({reason}). It was not taken in."),
    "certificate_expired": N_("The certificate of {name} expired on {until}. Nothing was signed; ask the office for a new one."),
    "certificate_not_yet_valid": N_(
        "The certificate of {name} is valid only from {since}. Nothing was signed; check the clock of this laptop."
    ),
    "certificate_may_not_issue": N_("The certificate of {name} may not issue certificates."),
    "certificate_may_not_sign": N_("The certificate of {name} is not meant for signing. Nothing was signed; ask the office for another."),
    "certificate_unreadable": N_("This is not a certificate that can be read."),
    "enrolment_not_asked_for": N_("This workspace has not asked for a certificate yet. Make the request first."),
    "key_does_not_match_certificate": N_("The certificate of {name} is for another key. It was not taken in."),
    "key_not_accepted": N_("Keys of this kind are not accepted: use P-256, or RSA of 3072 bits or more."),
    "private_key_unreadable": N_("The private key cannot be read."),
    "password_missing": N_("This key file needs its password."),
    "pkcs12_not_opened": N_("The key file cannot be opened: the password is wrong, or it is damaged."),
    "name_not_acceptable": N_("“{name}” cannot stand in a certificate: at most {longest} printable characters."),
    "request_not_signed_by_its_key": N_("The request is not signed by its own key. It was refused."),
    "request_unreadable": N_("This is not a certificate request that can be read."),
    "office_unknown": N_("No office is known yet. Import its answer to your request first."),
    "letter_not_genuine": N_("The letter “{place}” is not genuine ({reason}). It was not taken in; ask the office."),
    "letter_unreadable": N_("The letter “{place}” cannot be read: {detail}"),
    "signature_not_verified": N_("The finished signature did not verify ({reason}). Nothing was kept; try again, and tell the office."),
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
    # bundles and the office
    "bundle_missing": N_("There is no bundle at {path}."),
    "bundle_unreadable": N_("{path} is not a bundle that can be read: {detail}"),
    "zip_unreadable": N_("{place} cannot be read from the zip: it is damaged."),
    "bundle_unknown": N_("There is no bundle “{bundle}” of this workspace."),
    "bundle_not_here": N_("The files of bundle {bundle} are not on this laptop any more. Make the bundle again."),
    "bundle_not_verified": N_("The bundle {path} did not pass when it was read again ({questions}). Do not send it; make it again."),
    "bundle_too_many_files": N_("A bundle has at most {limit} files; this one has more and was refused."),
    "file_missing_in_bundle": N_("The bundle lacks {place}."),
    "no_receipt": N_("Nothing can be released: the office has not signed for the evidence of this visit yet."),
    "receipt_incomplete": N_(
        "The receipt {place} does not name every file of its bundle ({files}). It counts for nothing; ask the office."
    ),
    "receipt_missing": N_("There is no receipt for bundle {bundle}."),
    "office_missing": N_("There is no office in {path}. “auditor-office init” makes one."),
    "auditor_not_enrolled": N_("The auditor with certificate {fingerprint} is not enrolled with this office."),
    "pkcs12_incomplete": N_("The key file has no private key or no certificate. You cannot sign with it; ask for a complete one."),
    # mailbox
    "mailbox_unknown": N_("No mailbox is named yet. Say where the office's mailbox is first."),
    "place_unreachable": N_(
        "The office's mailbox {place} cannot be reached ({reason}). Nothing is lost; what was sent stays sent. Check "
        "the network or the stick and try again."
    ),
    "place_not_found": N_(
        "{place} is not there. Nothing was sent and no folder was made. Plug in the stick, or check the address of the mailbox."
    ),
    "place_refused_password": N_(
        "{place} refused the user name or password ({reason}). Nothing was sent. Enter them again, or ask the office."
    ),
    "place_refused_access": N_(
        "{place} does not let you do this ({path}, {reason}). Nothing was changed. Ask the office for write access, or "
        "check that the stick is not write-protected."
    ),
    "place_full": N_(
        "{place} is full or does not take a piece of this size ({reason}). What was sent stays sent. Ask the office for "
        "room, or use another stick, then send again."
    ),
    "place_busy": N_("{place} is busy ({reason}). What was sent stays sent. Try again in a few minutes."),
    "place_wrong_kind": N_("{place} does not work as a WebDAV mailbox ({reason}). Nothing was sent. Check the address with the office."),
    "place_kind_unknown": N_(
        "Addresses that begin with {kind} are not known to this version. Use a folder, or an address that begins with "
        "https:// or webdavs://."
    ),
    "place_address_refused": N_("The mailbox's address is not valid ({reason}). Correct it and try again."),
    "place_password_in_address": N_("The address contains a user name or password. It was not used. Enter them in their own fields."),
    "place_not_encrypted": N_(
        "{place} would show your password to others on the way. Nothing was sent. Use an address that begins with https:// or webdavs://."
    ),
    "place_object_missing": N_("{path} is not in the mailbox {place}. It may have been taken away already; look again later."),
    "place_object_too_large": N_("{path} in {place} is larger than the {limit} bytes allowed. It was not taken. Ask its sender."),
    "place_returned_other_bytes": N_(
        "{place} does not keep what is sent to it ({path}). The bundle was not finished. Send again; if it happens "
        "again, tell the office or use another stick."
    ),
    "mailbox_name_refused": N_(
        "“{name}” cannot be a name in the mailbox. Nothing was done. Use letters, digits, dot, dash and underscore."
    ),
    "mailbox_bundle_missing": N_("Bundle {bundle} is not, or not completely, in the mailbox. Wait until it has been sent."),
    "mailbox_listing_refused": N_(
        "The list of a bundle is refused ({place}: {reason}). Nothing of it was received. Ask the auditor to send again."
    ),
    "mailbox_format_unknown": N_("This bundle was sent by a newer version ({format}). Nothing was received. Update the program."),
    "mailbox_parts_missing": N_(
        "{count} parts of bundle {bundle} are missing or have the wrong size (first: {first}). Nothing was received. "
        "Ask the auditor to send again."
    ),
    "mailbox_part_damaged": N_("{path} in {place} is shorter than it should be. Whole files were kept. Ask the auditor to send again."),
    "mailbox_object_damaged": N_(
        "{path} of bundle {bundle} is damaged. It was not received, whole files were kept. Ask the auditor to send again."
    ),
    "mailbox_path_leads_out": N_("{path} would be written outside the receiving folder. It was not written. Use an empty folder."),
    "object_damaged": N_(
        "{path} on this computer is not what it was when sealed. It was not sent. Restore it from a backup or another team laptop."
    ),
    "object_too_many_parts": N_(
        "A file of {size} bytes is too large for the mailbox (limit {limit}). Split it, or hand it over on a stick."
    ),
    "part_size_refused": N_("A part of {size} bytes is not possible (1 to {limit})."),
    # the sample visit
    "sample_broken": N_("The sample visit of this installation is damaged ({file}: {problem}). Install the program again."),
    "sample_not_written": N_("The sample file {file} could not be written: {problem}."),
    "sample_exists": N_("{path} holds something already, but not a whole sample visit. It was not touched; choose another folder."),
}


def words(error: AuditorAppError) -> str:
    """Give the sentence for an error in the language of the context; an unknown code is shown with its values, never hidden."""
    template = WORDS.get(error.code)
    if template is None:
        return str(error)
    return _(template).format_map(defaultdict(lambda: "?", {name: str(value) for name, value in error.values.items()}))
