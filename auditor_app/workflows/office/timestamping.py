"""Raising signed reports to long-term validity: a timestamp, proofs of revocation, a document timestamp. Online, and never at a loss."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from auditor_app.disk import disk_errors, write_file
from auditor_app.errors import AuditorAppError, NotAllowed
from auditor_app.progress import Progress, silent
from auditor_app.signing.pdf_timestamp import raise_level
from auditor_app.signing.trust import Trusted
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows.letters import trusted_by
from auditor_app.workflows.office.folder import Office
from auditor_app.workflows.office.trusting import fresh_revocations

REPORTS = "reports"
MAX_REPORT = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What became of one report: PAdES level before and now, why it went no further ("" at the highest level), where it is as it was."""

    path: Path
    before: str
    level: str
    problem: str = ""
    detail: str = ""
    kept: Path | None = None


def timestamp_file(office: Office, path: Path, authority: str, *, renew: bool = False) -> Stamped:
    """Raise a signed PDF in place as far as it goes now; the file as it was stays beside it, named after its level.

    A step that fails lowers the level that is reached and nothing else. Raises NotAllowed `file_not_there` or
    `timestamp_authority_unknown`, Unavailable when the disk refuses.
    """
    if not path.is_file():
        raise NotAllowed("file_not_there", path=str(path))
    with disk_errors(path):
        pdf = path.read_bytes()
    raised = raise_level(pdf, authority, _trusted(office), office.clock.now(), renew=renew)
    result = Stamped(path=path, before=raised.before, level=raised.level, problem=raised.problem, detail=raised.detail)
    if raised.pdf == pdf:
        return result
    kept = path.with_name(f"{path.stem}.{raised.before}{path.suffix}")
    mode = path.stat().st_mode & 0o777
    for file, data in ((kept, pdf), (path, raised.pdf)):
        if file is path or not kept.exists():
            write_file(file, data)
            file.chmod(mode)
    return replace(result, kept=kept)


def timestamp_all(office: Office, authority: str, progress: Progress = silent, *, renew: bool = False) -> list[Stamped]:
    """Raise every report of every bundle that was received; the raised files stand in the office's folder, readable by its owner alone.

    The bundles stay as the receipts say. A report that has been raised before goes on from there.
    """
    results = []
    waiting = list(_received(office))
    for done, (bundle, sealed) in enumerate(waiting):
        progress("timestamping", done, len(waiting))
        path = office.folder / REPORTS / f"{bundle[:16]}-{sealed.name.partition('.')[0][:16]}.pdf"
        try:
            _unpack(office, sealed, path)
            results.append(timestamp_file(office, path, authority, renew=renew))
        except AuditorAppError as error:
            results.append(Stamped(path=path, before="", level="", problem=error.code, detail=str(error)))
    return results


def _trusted(office: Office) -> Trusted:
    if not office.profile.timestampers:
        raise NotAllowed("timestamp_authority_unknown")
    return replace(trusted_by(office.profile), revocations=[fresh_revocations(office)])


def _received(office: Office) -> Iterator[tuple[str, Path]]:
    with disk_errors(office.received):
        for bundle in sorted(office.received.glob("*")):
            for sealed in sorted((bundle / "data" / "findings").glob("*.pdf.age")):
                yield bundle.name, sealed


def _unpack(office: Office, sealed: Path, path: Path) -> None:
    if path.exists():
        return
    with disk_errors(sealed):
        pdf = unseal_bytes(sealed.read_bytes(), office.secret, str(sealed))
        path.parent.mkdir(mode=0o700, exist_ok=True)
    write_file(path, pdf)
    path.chmod(0o600)
