"""Finding words in a visit: in what was said of it, and in the form's own texts."""

from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.ids import VisitId
from auditor_app.sqlite_driver import sqlite_errors
from auditor_app.store.search import Hit as Hit
from auditor_app.store.search import search
from auditor_app.workflows.visits import visit_form
from auditor_app.workspace import Workspace


def find_words(workspace: Workspace, visit: VisitId, text: str, *, limit: int = 100) -> list[Hit]:
    """Find words, best first: what people said, then criteria whose name has them."""
    with sqlite_errors(workspace.folder):
        found = search(workspace.db, visit, text, limit)
    wanted = text.casefold().split()
    named = [one for one in visit_form(workspace, visit).criteria if wanted and all(word in one.name.casefold() for word in wanted)]
    return found + [Hit(subject=Subject(CRITERION, str(one.number)), field="name", text=one.name) for one in named]
