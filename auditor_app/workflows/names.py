"""Names of interviewees, where they must be kept at all: each sealed by itself, outside the journal.

No report, bundle, index, search or log can show them, because none of these reads the table that holds them.
"""

from auditor_app.clock import moment_text
from auditor_app.domain.interviews import INTERVIEW
from auditor_app.domain.journal import Subject
from auditor_app.errors import NotAllowed
from auditor_app.ids import VisitId, new_id
from auditor_app.plain_text import paragraph
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.journal import heads_of_subject
from auditor_app.store.names import add_name, sealed_names
from auditor_app.vault.sealing import seal_bytes, unseal_bytes
from auditor_app.workspace import Workspace


def keep_name(workspace: Workspace, visit: VisitId, interview: str, name: str) -> None:
    """Keep the name (and how to reach the person) for an interview; a later one stands beside the earlier ones, never over them."""
    if not heads_of_subject(workspace.db, visit, Subject(INTERVIEW, interview)):
        raise NotAllowed("line_unknown", kind=INTERVIEW, line=interview)
    sealed = seal_bytes(paragraph(name, "name").encode(), [workspace.secret.recipient])
    with workspace.transaction() as db:
        add_name(db, new_id(workspace.clock), visit, interview, sealed, moment_text(workspace.clock.now()))


def kept_name(workspace: Workspace, visit: VisitId, interview: str) -> str:
    """Open the name last kept for an interview; empty when there is none."""
    with sqlite_errors(workspace.folder):
        found = sealed_names(workspace.db, visit, interview)
    return unseal_bytes(found[-1], workspace.secret, "name").decode() if found else ""
