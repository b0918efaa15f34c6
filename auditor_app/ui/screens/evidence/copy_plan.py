"""What is to be done to a copy of a picture, as values: marks in pixels of the picture as it is seen. Free of Qt."""

from dataclasses import dataclass, replace

from auditor_app.workflows.copies import Box, Editing

BLUR, BOX, ARROW, TEXT, CROP = "blur", "boxes", "arrows", "texts", "crop"
AREAS = (BLUR, BOX, CROP)

SMALLEST = 4
"""Pixels of an area or arrow below which a press was no drag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: an area, an arrow from its first to its second point, or words at its first point."""

    kind: str
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPlan:
    """Size of the picture as it is seen, how often it was turned clockwise, and the marks in the order in which they were made."""

    width: int
    height: int
    turns: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def crop(self) -> Box | None:
        """Give the part that stays."""
        return next((mark.box for mark in self.marks if mark.kind == CROP), None)

    @property
    def does_anything(self) -> bool:
        """Say whether the copy would differ from the picture."""
        return bool(self.turns % 4 or self.marks)


def with_mark(plan: CopyPlan, kind: str, box: Box, text: str = "") -> CopyPlan:
    """Add a mark, kept inside the picture; a new crop takes the place of the old one. What is too small, or says nothing, is not added."""
    left, top, right, bottom = (max(0, min(end, at)) for end, at in zip((plan.width, plan.height) * 2, box, strict=True))
    if kind in AREAS:
        left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
    width, height = abs(right - left), abs(bottom - top)
    too_small = min(width, height) < SMALLEST if kind in AREAS else max(width, height) < SMALLEST
    if (kind == TEXT and not text.strip()) or (kind != TEXT and too_small):
        return plan
    kept = tuple(mark for mark in plan.marks if kind != CROP or mark.kind != CROP)
    return replace(plan, marks=(*kept, Mark(kind=kind, box=(left, top, right, bottom), text=text.strip())))


def without_last(plan: CopyPlan) -> CopyPlan:
    """Take the last mark back, or the turning when there is none."""
    return replace(plan, marks=plan.marks[:-1]) if plan.marks else turned(plan, -plan.turns)


def turned(plan: CopyPlan, quarters: int = 1) -> CopyPlan:
    """Turn clockwise by quarters, with the marks where they are on the picture."""
    for _quarter in range(quarters % 4):
        marks = tuple(replace(mark, box=_turned_box(mark, plan.height)) for mark in plan.marks)
        plan = replace(plan, width=plan.height, height=plan.width, turns=(plan.turns + 1) % 4, marks=marks)
    return plan


def editing_of(plan: CopyPlan) -> Editing:
    """Give the plan to the workflow."""
    boxes = {kind: tuple(mark.box for mark in plan.marks if mark.kind == kind) for kind in (BLUR, BOX, ARROW)}
    texts = tuple((mark.box[0], mark.box[1], mark.text) for mark in plan.marks if mark.kind == TEXT)
    return Editing(quarter_turns=plan.turns, blur=boxes[BLUR], boxes=boxes[BOX], arrows=boxes[ARROW], texts=texts, crop=plan.crop)


def _turned_box(mark: Mark, height: int) -> Box:
    left, top, right, bottom = mark.box
    if mark.kind in AREAS:
        return height - bottom, left, height - top, right
    return height - top, left, height - bottom, right
