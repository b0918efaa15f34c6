"""What cameras and the site say of photos: clock offsets read from a shown code, and the site's objections before release."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from auditor_app.clock import moment_text

CAMERA, REVIEW, SHOWN, OBJECTION = "camera", "photo_review", "shown", "objection"

KEPT, BLURRED, WITHDRAWN = "kept", "blurred", "withdrawn"
DECISIONS = (KEPT, BLURRED, WITHDRAWN)

SEEN, NO_OBJECTION = "seen", "no_objection"
SAID = (SEEN, NO_OBJECTION)
"""What the site said of a photo that it was shown: nothing yet, or that it does not object."""


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
    """A session in which the site looked at photos before release: when, who was there by role, never by name."""

    id: str
    held_at: str = ""
    present: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One photo was shown in one session; `said` is one of SAID, or "" when that was taken back."""

    review: str
    evidence: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The site objected to one photo: who by role, why, and what was decided.

    `because` is the auditor's reason for keeping it all the same, `instead` the digest of the copy that is printed in its place.
    """

    id: str
    review: str = ""
    evidence: str = ""
    by: str = ""
    why: str = ""
    decision: str = ""
    because: str = ""
    instead: str = ""

    @property
    def lacks(self) -> str:
        """Name what is missing until it is settled (decision, because, instead); "" when nothing is."""
        if self.decision not in DECISIONS:
            return "decision"
        needed = {KEPT: "because", BLURRED: "instead"}.get(self.decision, "")
        return needed if needed and not getattr(self, needed).strip() else ""

    @property
    def withholds(self) -> bool:
        """Say whether the photo itself must not be printed: always, unless it was kept."""
        return self.decision != KEPT


def showing_id(review: str, evidence: str) -> str:
    """Name a showing so that two laptops that show the same photo in the same session name it alike."""
    return f"{review}/{evidence}"


def read_showings(showings: Mapping[str, Mapping[str, Any]]) -> Iterator[Showing]:
    """Read what was shown in which session; a word that was taken back is left out."""
    for name, fields in sorted(showings.items()):
        review, _slash, evidence = name.partition("/")
        if fields.get("said") in SAID:
            yield Showing(review=review, evidence=evidence, said=fields["said"])


def true_moment(clock: CameraClock, camera_text: str) -> str:
    """Turn a camera's own local time (2026-05-04T09:08:07) into the true moment in canonical form; empty when that is no time."""
    try:
        return moment_text(datetime.fromisoformat(camera_text).replace(tzinfo=UTC) + timedelta(seconds=clock.offset_seconds))
    except (ValueError, OverflowError):
        return ""
