"""What cameras and the site say of photos: clock offsets read from a shown code, and the site's objections before release."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from auditor_app.clock import moment_text

CAMERA, REVIEW, OBJECTION = "camera", "photo_review", "objection"

DECISIONS = ("kept", "blurred", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClock:
    """How far one camera's clock is off: seconds to add to its times, learnt from one photo of the laptop's code.

    `id` is the device's name as the camera writes it; `evidence` the photo that showed the code.
    """

    id: str
    offset_seconds: int = 0
    utc_offset: str = ""
    evidence: str = ""
    learnt_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReview:
    """A session in which the site looked at photos before release: when, who was there by role."""

    id: str
    held_at: str = ""
    present: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The site objected to one photo: who by role, why, what was decided, and the copy that is shown instead."""

    id: str
    review: str = ""
    evidence: str = ""
    by: str = ""
    why: str = ""
    decision: str = ""
    instead: str = ""


def true_moment(clock: CameraClock, camera_text: str) -> str:
    """Turn a camera's own local time (2026-05-04T09:08:07) into the true moment in canonical form; empty when that is no time."""
    try:
        return moment_text(datetime.fromisoformat(camera_text).replace(tzinfo=UTC) + timedelta(seconds=clock.offset_seconds))
    except (ValueError, OverflowError):
        return ""
