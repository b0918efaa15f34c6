"""The sample's list of evidence: what each piece is and what to draw it from, read from `resources/sample/evidence.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import msgspec
import yaml

from auditor_app.errors import Corrupted
from auditor_app.install_paths import resources

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture to draw: which painter, the texts in it, light or state, and the camera's part."""

    scene: str
    words: tuple[str, ...]
    camera: str
    area: str
    taken_at: datetime
    mood: str = ""
    turned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A file that comes with the program, by its name under `resources/sample/heic`."""

    source: str
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document to lay out; form is "pdf", "scan" or "scan_tiff"."""

    title: str
    lines: tuple[str, ...]
    form: str = "pdf"
    letterhead: str = "Fundición y Refinería Quebrada Honda SpA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A sound to compute."""

    kind: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A workbook with one sheet."""

    name: str
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One piece of evidence; exactly one of the last six fields says what it is made from."""

    key: str
    file: str
    caption: str
    provided_by: str
    happened_at: datetime | None = None
    photo: Photo | None = None
    shipped: Shipped | None = None
    paper: Paper | None = None
    sound: Recording | None = None
    text: str | None = None
    sheet: Sheet | None = None

    def when(self) -> datetime | None:
        """Tell when it happened; for pictures this is the true time, not what a slow camera wrote."""
        if self.photo:
            return self.photo.taken_at
        return self.shipped.taken_at if self.shipped else self.happened_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All evidence of the sample, and the places where pictures are taken (latitude and longitude as decimal texts)."""

    areas: Mapping[str, tuple[str, str]]
    pieces: tuple[EvidenceItem, ...]


def read_shipped(name: str) -> Any:
    """Read one YAML file of the sample. Raises Corrupted when it is missing or no YAML."""
    try:
        return yaml.safe_load((resources() / "sample" / name).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Corrupted("sample_broken", file=name, problem=str(error)) from error


def converted(raw: Any, shape: type[Shape], name: str) -> Shape:
    """Turn plain data into the typed form. Raises Corrupted with the place of the first problem."""
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        raise Corrupted("sample_broken", file=name, problem=str(error)) from error


@cache
def catalogue() -> Catalogue:
    """Load the list of evidence. Raises Corrupted when the shipped file is damaged or contradicts itself."""
    found = converted(read_shipped("evidence.yaml"), Catalogue, "evidence.yaml")
    for problem in _problems(found):
        raise Corrupted("sample_broken", file="evidence.yaml", problem=problem)
    return found


def _problems(found: Catalogue) -> list[str]:
    keys = [item.key for item in found.pieces]
    files = [item.file.casefold() for item in found.pieces]
    problems = [f"twice: {name}" for names in (keys, files) for name in sorted(set(names)) if names.count(name) > 1]
    for item in found.pieces:
        made_from = (item.photo, item.shipped, item.paper, item.sound, item.text, item.sheet)
        if sum(part is not None for part in made_from) != 1:
            problems.append(f"not made from exactly one thing: {item.key}")
        if item.photo and item.photo.area not in found.areas:
            problems.append(f"unknown area: {item.photo.area}")
    return problems
