"""The sentences about the work on a visit, its evidence and its forms."""

from auditor_app.translation import N_

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
    "closure_not_shown": N_("Link the evidence that shows that it is closed, or say why it is closed without. It was not closed."),
    "day_unreadable": N_("“{value}” is no day. Write it like 2026-11-19. Nothing was changed."),
    "frozen_state_lost": N_("The entries that the closing meeting began with are not all here, so what changed since cannot be told."),
    "closing_unknown": N_("This visit has no such closing meeting. Begin one first."),
    "sheet_missing": N_(
        "The preliminary findings sheet is not made and signed yet. Make and sign it first; then the site can acknowledge it."
    ),
    "closing_at_work": N_("A closing meeting has begun and is not ended yet. Go on with it, or end it first."),
    "limit_unknown": N_("There is no limit “{limit}” in this visit."),
    "target_unknown": N_("Evidence cannot be linked to {target}: it is not in this visit."),
    "copy_of_another": N_(
        "Copy {copy}… was not made from the photo that is objected to. Nothing was changed. Choose a copy of this photo, or make one."
    ),
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
    "capture_not_installed": N_(
        "This laptop's camera and microphone need an extra that is not installed: pip install 'auditor-app[av]'."
        " Until then take photos with another camera and add the files."
    ),
    "capture_library_missing": N_(
        "This laptop's camera and microphone cannot be used, because the system lacks a library ({detail})."
        " On Debian and Ubuntu install libpulse0 and libxrandr2. Until then add files from another camera."
    ),
    "camera_missing": N_("This laptop has no camera, or it is switched off. Connect one, or add photos from another camera."),
    "camera_refused": N_("The system does not let this program use the camera. Allow it in the system's privacy settings and try again."),
    "camera_failed": N_("The camera stopped: {detail}. Photos already taken in are safe; close other programs that use it and try again."),
    "microphone_missing": N_("This laptop has no microphone, or it is switched off. Connect one, or add a recording from another device."),
    "microphone_refused": N_(
        "The system does not let this program use the microphone. Allow it in the system's privacy settings and try again."
    ),
    "microphone_failed": N_(
        "The microphone stopped. What was recorded until then is kept; connect it again and go on with a new recording."
    ),
    "folder_gone": N_("The folder {path} is not there or cannot be opened. Nothing was taken in; connect the card or drive and try again."),
    "file_of_workspace": N_("{path} belongs to the workspace itself. It was not taken in; choose files from elsewhere."),
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
}
