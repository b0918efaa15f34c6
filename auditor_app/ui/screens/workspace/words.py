"""What the page of the workspace says, as pure functions: how old the backup is, what a check found. Free of Qt widgets."""

from collections import Counter
from collections.abc import Sequence

from auditor_app.translation import N_, _, plural
from auditor_app.ui.moments import local_words
from auditor_app.workflows.workspaces import BackupNote, WorkspaceFault

JOURNAL, FILES, ROWS = (
    N_("{count} × the journal is not what was written. Restore the latest backup beside this workspace and compare."),
    N_("{count} × a sealed file is missing or damaged. Restore it from a backup; the originals may still be on the camera's card."),
    N_("{count} × something is kept that belongs to nothing. No work is lost; tell whoever looks after the program."),
)
TABLES = N_("{count} × a table differs from the journal. No work is lost: `auditor workspace rebuild` makes the tables anew.")

_KINDS = {
    **dict.fromkeys(("database_page", "entry_unreadable", "entry_differs", "chain_broken"), JOURNAL),
    **dict.fromkeys(("object_missing", "object_differs", "evidence_not_here", "report_without_file"), FILES),
    "table_differs": TABLES,
}
"""By the code of a fault what it means and what to do; other codes are rows that belong to nothing."""


def backup_words(note: BackupNote | None) -> str:
    """Say when and where the last backup was made."""
    if note is None:
        return _("No backup has been made yet. Until there is one, this laptop is the only place where the work is.")
    return _("Last backup {when}, opened again and checked: {folder}").format(when=local_words(note.at), folder=note.folder)


def check_words(faults: Sequence[WorkspaceFault]) -> str:
    """Say what a check found, kind by kind."""
    if not faults:
        return _("Nothing is wrong: every entry, every table and every sealed file is what it should be.")
    kinds = Counter(_KINDS.get(fault.code, ROWS) for fault in faults)
    return "\n".join(_(words).format(count=count) for words, count in kinds.items())


def backed_up_words(count: int) -> str:
    """Say that a backup is done."""
    return plural("Backed up and checked: {count} sealed file.", "Backed up and checked: {count} sealed files.", count)
