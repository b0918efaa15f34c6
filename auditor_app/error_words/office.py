"""The sentences about the office's register and keys, and about workspaces whose passphrase is lost."""

from auditor_app.translation import N_

WORDS = {
    "office_part_missing": N_(
        "This needs the office's part of the program, which is not installed here ({module} is missing). Nothing was changed; "
        "install auditor-app[office]."
    ),
    "query_unknown": N_("There is no ready query “{query}”. “auditor-office register ask” lists them and what they ask for."),
    "port_not_free": N_("{host}:{port} cannot be used ({detail}). Nothing was changed; choose another with --port."),
    # reading what was received
    "bundle_not_received": N_("No bundle “{bundle}” was received, or several begin like that. Look at the list of what was received."),
    "reading_copy": N_("This is what was handed over: it can be read and not changed. Nothing was changed; ask the auditor about it."),
    # recovery
    "workspace_not_recoverable": N_(
        "The workspace in {path} was never enrolled with an office, so no office's key opens it: only its own passphrase does. "
        "Nothing was changed."
    ),
    "workspace_of_other_office": N_(
        "This workspace was enrolled with another office, or with this one under a key that it no longer has. Nothing was changed; "
        "ask the office that enrolled its auditor."
    ),
    # shares of the key
    "shares_not_possible": N_(
        "The key cannot be split into {needed} of {count} shares. At least 2 must be needed, and there can be {most} at most."
    ),
    "shares_too_few": N_("{given} different shares were given, and {needed} are needed. Nothing was changed; ask further holders."),
    "share_not_right": N_("A share is mistyped or belongs to another key: {detail} Nothing was changed; compare it with its sheet."),
    "sheets_not_right": N_("The sheets in {path} do not give the key back. Delete them and split the key again."),
    "key_of_other_office": N_("The shares give the key {key}, which is not the one of this office's profile. Nothing was changed."),
    # renewed key
    "office_key_changed": N_(
        "{office} has a new key: {now}. Until you confirm it, evidence is sealed to the one before, {before}. Ask the office by "
        "telephone whether it is right, then confirm it under “Report & sign”, or with “auditor identity confirm-key”."
    ),
    "office_key_not_offered": N_(
        "{key} is not the new key that waits to be confirmed. Nothing was changed; look again at what the office said."
    ),
    # reviews
    "review_decided": N_(
        "This version was already decided on in round {round}: {decision}. Nothing was changed; begin a new round to decide anew."
    ),
    "review_of_older_version": N_(
        "This is not the newest version of the visit: version {version} was received. Nothing was changed; review that one."
    ),
    "review_undecided": N_("Nothing was decided on this version yet. Decide first, then return it."),
    "review_questions_open": N_(
        "It cannot be accepted while questions are open: {waiting} without a reply, {drafts} not sent yet. Drop them, say why each needs "
        "no reply any more, or return it."
    ),
    "review_says_nothing": N_("It cannot be returned without a question or a word of why. Ask what is to be answered, then return it."),
    "review_of_another": N_(
        "The letter {place} is a review of a visit that is not on this laptop. It counts for nothing here; take it in where the visit is."
    ),
    "bundles_of_two_visits": N_("The two bundles are of different visits. Choose two versions of one."),
    "question_about_nothing": N_("This bundle has no {kind} “{subject}”. No question was written; look at what the bundle has."),
    "question_unknown": N_("There is no question “{question}” of the office here. Nothing was changed; look at the list of questions."),
    "questions_too_many": N_("A review asks {most} questions at most. This one was not written; return these first."),
    "question_returned": N_(
        "This question went to the auditor already and stays as it is. Say that it needs no reply any more, or ask another."
    ),
    "question_not_returned": N_("This question has not gone to the auditor yet. Change it or drop it."),
    # the profile and its letter
    "place_named_twice": N_("{place} is named twice. The profile was not changed."),
    "too_many_places": N_("A profile names at most {most} places; {count} were given. It was not changed."),
    "retention_not_possible": N_("Months are counted from 0 (not said) to {most}. The profile was not changed."),
    "profile_too_large_for_letter": N_(
        "The profile has grown too large for the codes of a letter ({size} of at most {most}). Hand out the file office.profile instead."
    ),
    "letter_does_not_fit_page": N_("The letter does not fit on one page. Nothing was written; shorten the name of the office."),
    "letter_not_readable": N_("The codes of the letter could not be read again from its page. Nothing was written; try it once more."),
    "codes_not_found": N_(
        "There is no code of an office's letter in {name}. Take the picture straight from above, in good light, with all codes in it."
    ),
    "codes_missing": N_("{read} of {count} codes of the letter were read. Nothing was taken in yet; show the others ({missing})."),
    "codes_of_two_letters": N_("These codes are of two different letters. Nothing was taken in; show those of one letter."),
    "codes_damaged": N_("The codes do not give back what was written ({detail}). Nothing was taken in; ask the office for its file."),
    "office_fingerprint_differs": N_(
        "The key of {office} has the fingerprint {now}, not the one that you were told. Nothing was taken in; ask the office."
    ),
    # receiving
    "office_receives_already": N_("Another program is receiving for the office in {path}. Nothing was changed; wait until it is done."),
    "limits_unreadable": N_("The limits in {path} cannot be read: {detail}. Nothing was received; mend the file or delete it."),
    "limit_not_possible": N_("This limit is not possible: {detail}. Nothing was changed."),
    "bundle_too_large": N_("The bundle has {has} {what}, and this office takes {most} at most. Its files were not copied."),
    "bundle_names_refused": N_("The bundle has files that belong into none, such as {names}. Nothing of it was fetched."),
    "bundle_id_differs": N_("The bundle does not have the id under which it came, {bundle}."),
    "bundle_is_older": N_("The bundle is older than {bundle} of the same visit, which was received."),
    "auditor_not_unique": N_("More than one auditor fits “{name}”. Nothing was changed; give the fingerprint of the certificate."),
    "assignment_altered": N_("Entry {sequence} stands in the office's name, and the office's assignment does not have it."),
    "record_of_someone_else": N_("{name} has signed this bundle, but its record asks for a receipt for someone else."),
    "form_not_of_office": N_(
        "The office does not know the form of this visit: {form} ({digest}). If it is right, name the form in the profile; the bundle is "
        "judged again by itself."
    ),
    "quarantine_full": N_(
        "Quarantine has {used} MB, the bundle needs {needed} MB more, and {most} MB is the limit. It waits. Drop what is not needed from "
        "quarantine, or raise the limit."
    ),
    "disk_kept_free": N_(
        "The disk of {path} has {free} MB free, the bundle needs {needed} MB, and {kept} MB are to stay free. It waits. Make room."
    ),
    "too_many_of_auditor": N_(
        "{count} bundles of this auditor lie in quarantine, and {most} is the limit. It waits. Settle or drop those first."
    ),
    "not_in_quarantine": N_("There is no bundle “{bundle}” in quarantine, or more than one. Nothing was changed."),
    "no_refusal_letter": N_("There is no letter about {bundle}: its auditor is not known here, or it will mend itself."),
    # assignments
    "assignment_file_wrong": N_("{path} cannot be made an assignment: {problems}. Nothing was written and nothing was sent."),
    "assignment_unknown": N_("There is no assignment “{assignment}”, or more than one begins so. Give more of its id."),
    "assignment_wrong": N_(
        "The assignment is not whole, or says what an office may not say ({place}). It was not taken in; ask the office."
    ),
    "assignment_for_others": N_("The assignment in {place} is for other auditors. It was not taken in."),
    "attachments_missing": N_("{place} came without the files that belong to it. Take the whole folder of the stick."),
    "register_visit_unknown": N_("The register has no visit “{visit}”, or more than one begins so. Nothing was sent."),
}
