"""The stages of a visit that the office reads, and its own: the review."""

from dataclasses import replace

from auditor_app.translation import N_
from auditor_app.ui.screens.stages import STAGES, Stage

REVIEW = "review"
TITLES = {"report": N_("Reports")}
"""Other titles than an auditor's."""
READ = ("plan", "criteria", "evidence", "interviews", "findings", "coverage", "closing", "report", "verification", "history")

OFFICE_STAGES = (
    Stage(key=REVIEW, title=N_("Review"), module="review.screen", screen="ReviewScreen"),
    *(replace(stage, title=TITLES.get(stage.key, stage.title)) for stage in STAGES if stage.key in READ),
)
"""All stages of the office's window in the order of its rail."""
