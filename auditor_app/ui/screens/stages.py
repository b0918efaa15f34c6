"""The stages of a visit as the rail lists them: the one place where a screen is registered.

A screen's module is imported when it is first shown, so that the first window need not wait for all of them.
"""

from dataclasses import dataclass
from importlib import import_module

from auditor_app.translation import N_
from auditor_app.ui.desk import Desk
from auditor_app.ui.screens.screen import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One place of the work: its key, its title, and the module and class of its screen.

    One that is reached from another stage names it by `under`, and the rail shows that one instead.
    """

    key: str
    title: str
    module: str
    screen: str
    under: str = ""

    def make(self, desk: Desk) -> Screen:
        """Import the screen and build it."""
        made = getattr(import_module(f"auditor_app.ui.screens.{self.module}"), self.screen)(desk)
        assert isinstance(made, Screen)  # noqa: S101 - a mistake in the table below
        return made


STAGES = (
    Stage(key="plan", title=N_("Plan"), module="plan.screen", screen="PlanScreen"),
    Stage(key="criteria", title=N_("Criteria"), module="criteria.screen", screen="CriteriaScreen"),
    Stage(key="evidence", title=N_("Evidence"), module="evidence.screen", screen="EvidenceScreen"),
    Stage(key="photo_review", title=N_("Photo review"), module="photo_review.screen", screen="PhotoReviewScreen", under="evidence"),
    Stage(key="interviews", title=N_("Interviews"), module="interviews.screen", screen="InterviewsScreen"),
    Stage(key="findings", title=N_("Findings"), module="findings.screen", screen="FindingsScreen"),
    Stage(key="coverage", title=N_("Coverage"), module="coverage.screen", screen="CoverageScreen"),
    Stage(key="closing", title=N_("Closing meeting"), module="closing.screen", screen="ClosingScreen"),
    Stage(key="report", title=N_("Report & sign"), module="report.screen", screen="ReportScreen"),
    Stage(key="verification", title=N_("Check a signature"), module="verification.screen", screen="VerificationScreen", under="report"),
    Stage(key="hand_over", title=N_("Hand over"), module="hand_over.screen", screen="HandOverScreen"),
    Stage(key="history", title=N_("History"), module="history.screen", screen="HistoryScreen"),
)
"""All stages in the order of the work."""
