"""What a workflow touched, so that screens know what to load again."""

from dataclasses import dataclass, replace

from auditor_app.domain.journal import Subject
from auditor_app.ids import VisitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The subjects of one visit that changed, and the moment of the commit (canonical text)."""

    visit: VisitId
    subjects: frozenset[Subject]
    saved_at: str

    def after(self, before: "Changes | None") -> "Changes":
        """Give these changes together with those before them, if they are of the same visit."""
        if before is None or before.visit != self.visit:
            return self
        return replace(self, subjects=self.subjects | before.subjects)
