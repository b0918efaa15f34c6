"""Folders, memory cards and phones as sources of evidence: what is in them, of which kind and day, and what of it is new."""

import mimetypes
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from auditor_app.digests import sha256_of_file
from auditor_app.errors import Unavailable
from auditor_app.progress import Progress, silent
from auditor_app.workflows.intake import IntakePlan
from auditor_app.workflows.intake_batches import Source
from auditor_app.workflows.wording import kind_words

SYSTEM_NAMES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "system volume information", "$recycle.bin", "__macosx", "lost+found"}
SYSTEM_ENDINGS = {".thm", ".ctg", ".ind", ".tmp", ".part"}
"""What systems and cameras write for themselves: thumbnails, catalogues, files that are not finished."""

FURTHER_KINDS = {".heic": "image/heic", ".heif": "image/heic", ".m4a": "audio/mp4", ".3gp": "video/3gpp", ".mts": "video/mp2t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What is in a folder: the files worth taking in, the oldest first, and how many were passed over as the system's own."""

    place: Path
    files: tuple[Source, ...]
    days: tuple[str, ...]
    """The local day (2026-05-04) on which each file was last written, as the card says."""
    passed_over: int = 0

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Count the kinds of files, the most frequent first."""
        return tuple(Counter(kind_words(_media_type(file.name)) for file in self.files).most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The files of one day: what is new, what is evidence of the visit already, and what is of another visit."""

    day: str
    new: tuple[Source, ...] = ()
    known: tuple[Source, ...] = ()
    elsewhere: tuple[Source, ...] = ()


def read_folder(place: Path, progress: Progress = silent) -> Folder:
    """Find the files in a folder and in all folders within it, without reading them. Raises Unavailable when it cannot be listed."""
    if not place.is_dir():
        raise Unavailable("folder_gone", path=str(place))
    found: list[tuple[float, str, Source]] = []
    passed_over = 0
    for folder, path, is_ours in _walk(place):
        progress("looking", len(found), 0)
        facts = _facts(folder / path) if is_ours else None
        if facts is None:
            passed_over += 1
        else:
            found.append((facts.st_mtime, path, Source(name=path, size=facts.st_size, path=folder / path, place=place)))
    found.sort(key=lambda one: one[:2])
    return Folder(
        place=place,
        files=tuple(source for _moment, _name, source in found),
        days=tuple(_local_day(moment) for moment, _name, _source in found),
        passed_over=passed_over,
    )


def sort_by_day(plan: IntakePlan, folder: Folder, progress: Progress = silent) -> tuple[Day, ...]:
    """Tell what of a folder is new, by day. A file is read only when one of its size is known: then its digest decides, not its name."""
    days: dict[str, dict[str, list[Source]]] = {}
    for done, (source, day) in enumerate(zip(folder.files, folder.days, strict=True)):
        progress("comparing", done, len(folder.files))
        days.setdefault(day, {}).setdefault(_standing(plan, source), []).append(source)
    return tuple(Day(day=day, **{standing: tuple(sources) for standing, sources in of_day.items()}) for day, of_day in sorted(days.items()))


def sources_of(paths: Iterable[Path]) -> Iterator[Source]:
    """Turn files and folders into sources: a folder into what is in it, a file into itself, whatever it is called."""
    for path in paths:
        if path.is_dir():
            yield from read_folder(path).files
        else:
            facts = _facts(path)
            yield Source(name=path.name, size=facts.st_size if facts else 0, path=path)


def card_folders(volumes: Iterable[Path]) -> tuple[Path, ...]:
    """Find the folders of photos (DCIM) on cards and phones among mounted volumes; phones have them a folder deeper."""
    found: list[Path] = []
    for volume in volumes:
        found += [folder for folder in (volume / "DCIM", *(inner / "DCIM" for inner in _folders(volume))) if _is_folder(folder)]
    return tuple(dict.fromkeys(found))


def _walk(place: Path) -> Iterator[tuple[Path, str, bool]]:
    """Give the folder and name of every file, and whether it is worth taking in; hidden folders count as one file passed over."""
    problem = partial(_raise_unavailable, place)
    for name, folders, files in os.walk(place, onerror=problem):
        folder = Path(name)
        ours = sorted(inner for inner in folders if _is_ours(inner))
        yield from ((folder, inner, False) for inner in folders if inner not in ours)
        folders[:] = ours
        yield from ((folder, file, _is_ours(file)) for file in sorted(files))


def _raise_unavailable(place: Path, error: OSError) -> None:
    if not place.is_dir():
        raise Unavailable("folder_gone", path=str(place)) from error


def _is_ours(name: str) -> bool:
    plain = name.lower()
    return not (plain.startswith((".", "~$")) or plain in SYSTEM_NAMES or plain.endswith(tuple(SYSTEM_ENDINGS)))


def _facts(path: Path) -> os.stat_result | None:
    """Look a file up; None for what is hidden by the system, a link, no plain file, or gone."""
    try:
        facts = path.lstat()
    except OSError:
        return None
    hidden = getattr(facts, "st_file_attributes", 0) & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM)
    return facts if stat.S_ISREG(facts.st_mode) and not hidden else None


def _standing(plan: IntakePlan, source: Source) -> str:
    if source.path is None or source.size not in plan.sizes:
        return "new"
    try:
        digest = sha256_of_file(source.path)
    except OSError:
        return "new"  # taking it in tells what is wrong with it
    return "known" if digest in plan.in_visit else "elsewhere" if digest in plan.known else "new"


def _local_day(moment: float) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).astimezone().date().isoformat()
    except (OverflowError, OSError, ValueError):  # cards hold dates that no calendar knows
        return ""


def _media_type(name: str) -> str:
    return FURTHER_KINDS.get(Path(name.lower()).suffix) or mimetypes.guess_type(name)[0] or ""


def _folders(volume: Path) -> list[Path]:
    try:
        return sorted(path for path in volume.iterdir() if not path.name.startswith(".") and path.is_dir())
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
