"""Interviews without names: who people are to the site, what they agreed to, and what they said in their own words."""

from dataclasses import dataclass

INTERVIEW, QUOTE = "interview", "quote"

CONSENTS = ("given", "given_in_part", "refused")
FORMS = ("individual", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One talk with one person or a group. Names, where they must be kept at all, are in a record sealed apart.

    `quota` is the line of the sampling plan that it counts for; `criteria` are those it spoke of.
    """

    id: str
    form: str = "individual"
    people: int = 1
    quota: str = ""
    group: str = ""
    employer: str = ""
    gender: str = ""
    shift: str = ""
    union: str = ""
    community: str = ""
    language: str = ""
    interpreter: str = ""
    """How it was interpreted, e.g. "independent interpreter, by telephone"; empty when it was not. Never a name."""
    consent: str = ""
    held_at: str = ""
    place: str = ""
    minutes: int = 0
    summary: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What someone said: the original words and, beside them, the interpreted version; for criteria or checks."""

    id: str
    interview: str = ""
    original: str = ""
    interpreted: str = ""
    stance: str = "supports"
    settled: str = ""
    """How it was settled that these words contradict what is said of the criteria."""
    criteria: tuple[str, ...] = ()
