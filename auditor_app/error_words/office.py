"""The sentences about the office's register and keys, and about workspaces whose passphrase is lost."""

from auditor_app.translation import N_

WORDS = {
    "office_part_missing": N_(
        "This needs the office's part of the program, which is not installed here ({module} is missing). Nothing was changed; "
        "install auditor-app[office]."
    ),
    "query_unknown": N_("There is no ready query “{query}”. “auditor-office register ask” lists them and what they ask for."),
    "port_not_free": N_("{host}:{port} cannot be used ({detail}). Nothing was changed; choose another with --port."),
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
}
