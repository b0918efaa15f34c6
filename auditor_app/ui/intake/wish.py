"""What a person wants to be done with what is taken in."""

from dataclasses import dataclass

from auditor_app.domain.journal import Subject
from auditor_app.ids import VisitId


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For which visit it is, what it is evidence of, and whether what is known in any visit is left out."""

    visit: VisitId
    targets: tuple[Subject, ...] = ()
    stance: str = "supports"
    only_new: bool = False
