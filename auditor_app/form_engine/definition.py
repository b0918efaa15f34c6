"""The shape of a form file, as typed values. The published JSON Schema is made from this module."""

from typing import Annotated, Literal

import msgspec

_END = r"$(?!\n)"
"""The very end of a text: in Python "$" alone also fits before a last line end."""

Key = Annotated[str, msgspec.Meta(pattern=f"^[a-z][a-z0-9_]*{_END}", max_length=60)]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
FormId = Annotated[str, msgspec.Meta(pattern=f"^[a-z0-9][a-z0-9.-]*{_END}", max_length=80)]
Date = Annotated[str, msgspec.Meta(pattern=f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_END}")]
Months = Annotated[int, msgspec.Meta(ge=1, le=600)]
Number = Annotated[int, msgspec.Meta(ge=1, le=9999)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a form: immutable, and every key of the file must be known."""


class Choice(_Part, frozen=True, kw_only=True):
    """A key with the label that people read."""

    key: Key
    label: Label


class FindingGrade(Choice, frozen=True, kw_only=True):
    """A grade of findings. A gap asks for an action, an owner and a day; an observation may have them; a good practice has none.

    `due_months` counts from the visit, where a grade has a deadline of its own; otherwise that of the improvement plan holds.
    """

    nature: Literal["gap", "observation", "good_practice"] = "gap"
    due_months: Months | None = None


class RatingLevel(_Part, frozen=True, kw_only=True):
    """One step of the rating scale, from best to worst; `needs` says what must be given with it."""

    key: Key
    label: Label
    needs: tuple[Literal["reason", "finding"], ...] = ()
    outside_scale: bool = False


class RollUpWhen(_Part, frozen=True, kw_only=True):
    """A condition on the answers given: all of them among these, none among these, or at least one (and no others) among these."""

    all: tuple[Key, ...] = ()
    none: tuple[Key, ...] = ()
    any: tuple[Key, ...] = ()
    no_others: bool = False


class RollUpRule(_Part, frozen=True, kw_only=True):
    """The first rule that fits gives the proposal; `propose` null means that none can be made, and `say` tells why."""

    when: RollUpWhen | None = None
    otherwise: bool = False
    propose: Key | None = None
    say: Words | None = None


class Rating(_Part, frozen=True, kw_only=True):
    """The rating scale, the answers a check can have, and the rule from answers to a proposal."""

    scale: Annotated[tuple[RatingLevel, ...], msgspec.Meta(min_length=2)]
    check_answers: Annotated[tuple[Choice, ...], msgspec.Meta(min_length=2)]
    roll_up: Annotated[tuple[RollUpRule, ...], msgspec.Meta(min_length=1)]


class Deadline(_Part, frozen=True, kw_only=True):
    """A number of months from an event of the scheme."""

    months: Months
    from_event: Key = msgspec.field(name="from")
    note: Words | None = None


class Award(_Part, frozen=True, kw_only=True):
    """What every criterion must reach for the award (shown, never decided here), and the deadlines."""

    every_criterion: tuple[Key, ...]
    deadlines: dict[Key, Deadline] = {}


class QualityRule(_Part, frozen=True, kw_only=True):
    """What should be true before sign-off: an error stops, a warning asks, a hint shows."""

    rule: Key
    severity: Literal["error", "warning", "hint"]
    at_least: int | None = None


class Levels(_Part, frozen=True, kw_only=True):
    """How to tell the ratings of one criterion apart, as an auditor would say it."""

    fully: Words
    partially: Words
    does_not: Words


class CheckWhen(_Part, frozen=True, kw_only=True):
    """When a check is shown: for types of site, and after certain answers to other checks of the same criterion."""

    site_type: tuple[Key, ...] = ()
    answer: dict[str, tuple[Key, ...]] = {}


class Check(_Part, frozen=True, kw_only=True):
    """One question under a criterion."""

    id: Annotated[str, msgspec.Meta(pattern=f"^[0-9a-z][0-9a-z.-]*{_END}", max_length=40)]
    kind: Literal["document", "interview", "observation"]
    prompt: Words
    expects: tuple[Key, ...] = ()
    groups: tuple[Key, ...] = ()
    when: CheckWhen | None = None


class Equivalence(_Part, frozen=True, kw_only=True):
    """Which certificate may cover which checks, and what must still be looked at."""

    system: Label
    covers: tuple[str, ...]
    confidence: Key
    still_look_at: tuple[str, ...] = ()


class Criterion(_Part, frozen=True, kw_only=True):
    """One criterion of the standard with the guidance for its assessment."""

    number: Number
    pillar: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    name: Label
    asks: Words
    applies_to: Literal["all"] | Annotated[tuple[Key, ...], msgspec.Meta(min_length=1)]
    levels: Levels
    checks: Annotated[tuple[Check, ...], msgspec.Meta(min_length=1)]
    traps: Words
    evidence: Annotated[tuple[Label, ...], msgspec.Meta(min_length=1)]
    not_applicable_hint: Words | None = None
    related: tuple[Number, ...] = ()
    sdg: tuple[Annotated[int, msgspec.Meta(ge=1, le=17)], ...] = ()
    equivalence: tuple[Equivalence, ...] = ()
    carries_over: dict[FormId, tuple[Number, ...]] = {}
    """Numbers of the criteria of another form that this one grew out of or into."""


class Pillar(_Part, frozen=True, kw_only=True):
    """A group of criteria."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    name: Label


class Form(_Part, frozen=True, kw_only=True):
    """One version of one standard. Immutable; known by the digest of its canonical JSON."""

    form: FormId
    title: Label
    version: Label
    owner: Label
    language: Annotated[str, msgspec.Meta(pattern=f"^[a-z]{{2,3}}(-[A-Za-z0-9]+)*{_END}")]
    in_force: Date
    texts: Words
    rating: Rating
    award: Award
    quality: tuple[QualityRule, ...] = ()
    finding_grades: Annotated[tuple[FindingGrade, ...], msgspec.Meta(min_length=1)]
    visit_kinds: Annotated[tuple[Choice, ...], msgspec.Meta(min_length=1)]
    site_types: Annotated[tuple[Choice, ...], msgspec.Meta(min_length=1)]
    pillars: Annotated[tuple[Pillar, ...], msgspec.Meta(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], msgspec.Meta(min_length=1)]

    def criterion(self, number: str) -> Criterion | None:
        """Find a criterion by its number as text, or None."""
        return next((one for one in self.criteria if str(one.number) == number), None)

    def grade(self, key: str) -> FindingGrade | None:
        """Find a grade of findings by its key, or None."""
        return next((one for one in self.finding_grades if one.key == key), None)

    def level(self, key: str) -> RatingLevel | None:
        """Find a step of the rating scale by its key, or None."""
        return next((one for one in self.rating.scale if one.key == key), None)
