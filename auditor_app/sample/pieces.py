"""Writes the sample's evidence to a folder: pictures, papers, sounds and data of the kinds an auditor brings home."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor_app.errors import Unavailable
from auditor_app.progress import Progress, silent
from auditor_app.sample.catalogue import EvidenceItem, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePiece:
    """One file of evidence; `happened_at` is the true time, which a slow camera's own time is not."""

    key: str
    path: Path
    caption: str
    provided_by: str
    happened_at: datetime | None = None


def make_evidence(folder: Path, progress: Progress = silent) -> list[SamplePiece]:
    """Make all files in a folder, created if missing; files of the same names are replaced.

    Progress counts pieces. Raises Unavailable when a file cannot be written; files made so far stay.
    """
    items = catalogue().pieces
    made = []
    for done, item in enumerate(items):
        progress("sample_evidence", done, len(items))
        made.append(_made(item, folder))
    progress("sample_evidence", len(items), len(items))
    return made


def _made(item: EvidenceItem, folder: Path) -> SamplePiece:
    from auditor_app.sample.making import bytes_of  # noqa: PLC0415 - loads Pillow, which reading the story does not need

    path = folder / item.file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes_of(item, catalogue()))
    except OSError as error:
        raise Unavailable("sample_not_written", file=item.file, problem=error.strerror or str(error)) from error
    return SamplePiece(key=item.key, path=path, caption=item.caption, provided_by=item.provided_by, happened_at=item.when())
