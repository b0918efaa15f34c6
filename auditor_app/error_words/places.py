"""The sentences about where things are kept and sent: workspace, bundles, mailbox, the sample."""

from auditor_app.translation import N_

WORDS = {
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
    "computer_too_busy": N_("This computer is too busy to try the passphrase just now. Close other programs and try again."),
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
    "no_letter": N_("There is no letter of the office for you at {path}. Nothing was taken in; ask the office which file it is."),
    "receipt_missing": N_("There is no receipt for bundle {bundle}."),
    "office_missing": N_("There is no office in {path}. “auditor-office init” makes one."),
    "auditor_not_enrolled": N_("The auditor with certificate {fingerprint} is not enrolled with this office."),
    "pkcs12_incomplete": N_("The key file has no private key or no certificate. You cannot sign with it; ask for a complete one."),
    "stick_missing": N_("{path} is not there. Nothing was written. Plug in the stick and choose it again."),
    "stick_too_small": N_(
        "The bundle needs {needed} and {path} has {free} free. Nothing was written. Make room there, or take another stick."
    ),
    # mailbox
    "sending_waits_for_night": N_(
        "Sending waits: it is kept to the hours from {begins} to {ends}. What was sent stays sent; it goes on then, or change the hours."
    ),
    "sending_waits_for_network": N_(
        "Sending waits: this network is paid by the amount, and you said to send only on others. What was sent stays sent."
    ),
    "sending_rule_refused": N_("“{value}” cannot be a rule for sending ({rule}). The rules were not changed."),
    "nothing_to_send_ahead": N_(
        "There is no evidence of this visit that could go ahead: none is sealed to an office yet. It goes with the bundle."
    ),
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
    "place_credentials_expired": N_(
        "{place} says that your access has expired ({reason}). What was sent stays sent. Ask the office for new keys and enter them."
    ),
    "place_clock_differs": N_(
        "{place} refuses because the clock of this laptop is wrong ({reason}). What was sent stays sent. Set date and time, then send "
        "again."
    ),
    "place_certificate_unknown": N_(
        "This laptop does not know who vouches for {place} ({reason}), so nothing was sent. If the office has a certificate authority "
        "of its own, add its file to the mailbox; if not, do not go on and tell the office."
    ),
    "place_certificate_expired": N_(
        "The certificate of {place} has expired, or this laptop's date is wrong. Nothing was sent. Check the date; then tell the office."
    ),
    "place_authority_unreadable": N_(
        "This file holds no certificate that can be read. Nothing was changed. Ask the office for its authority's certificate as PEM."
    ),
    "place_authority_later": N_(
        "The office's certificate authority was kept. It counts once you have closed this program and opened it again."
    ),
    "place_name_unknown": N_(
        "{place} was not found by its name: there is no network here, or the address is mistyped. What was sent stays sent. "
        "Check the network, then the address."
    ),
    "place_proxy_refused": N_(
        "The proxy between this laptop and {place} did not let it through ({reason}). Nothing is lost. "
        "Ask whoever runs this network, or try another one."
    ),
    "place_too_slow": N_(
        "{place} did not answer in time ({reason}). What was sent stays sent. Try again with a better connection, or take a stick."
    ),
    "place_wrong_kind": N_("{place} does not work as a WebDAV mailbox ({reason}). Nothing was sent. Check the address with the office."),
    "place_kind_unknown": N_(
        "Addresses that begin with {kind} are not known to this version. Use a folder, or an address that begins with "
        "https://, webdavs://, s3:// or azblob://."
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
        "The list of this bundle is damaged, or this program did not write it. Nothing of it was received. Ask the auditor to send again."
    ),
    "mailbox_format_unknown": N_("This bundle was sent by a newer version ({format}). Nothing was received. Update the program."),
    "mailbox_parts_missing": N_(
        "{count} parts of bundle {bundle} are missing or have the wrong size (first: {first}). Nothing was received. "
        "The auditor's next sending puts them there again."
    ),
    "mailbox_part_damaged": N_(
        "{path} in {place} was damaged and was taken out. Whole files were kept. The auditor's next sending puts it there again."
    ),
    "mailbox_object_damaged": N_(
        "{path} of bundle {bundle} was damaged and was taken out. Whole files were kept. The auditor's next sending puts it there again."
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
