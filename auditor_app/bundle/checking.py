"""Is the bag intact? Every file is there once, nothing else is, and every byte is what the manifests say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor_app.bundle import names
from auditor_app.bundle.reading import BundleFiles, read_small
from auditor_app.digests import sha256_of, sha256_of_stream
from auditor_app.errors import Corrupted, Unavailable
from auditor_app.progress import Progress, on_all_cores, silent

_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing wrong with a bag: the file's name and a stable code ("missing", "added", "changed", "unreadable")."""

    place: str
    code: str


def bag_faults(files: BundleFiles, progress: Progress = silent) -> tuple[Fault, ...]:
    """Find everything wrong with a bag, each with the name of the file; empty when it is intact."""
    return tuple(sorted(set(_faults(files, progress))))


def _faults(files: BundleFiles, progress: Progress) -> Iterator[Fault]:
    yield from (Fault(place=name, code="added") for name in files.strangers)
    payload = _listed(files, names.MANIFEST)
    tags = _listed(files, names.TAG_MANIFEST)
    yield from _manifest_faults(names.MANIFEST, payload, {name for name in files.sizes if names.is_payload(name)} | {names.RECORD})
    yield from _manifest_faults(names.TAG_MANIFEST, tags, set(names.TAG_FILES))
    if names.SIGNATURE not in files.sizes:
        yield Fault(place=names.SIGNATURE, code="missing")
    listed = {**(payload or {}), **(tags or {})}
    found = on_all_cores(lambda line: list(_file_faults(files, *line)), listed.items())
    for done, faults in enumerate(found):
        progress("checking", done, len(listed))
        yield from faults
    yield from _form_faults(files)


def _listed(files: BundleFiles, manifest: str) -> dict[str, str] | None:
    """Read a manifest in the one form that we write, or None when it is anything else."""
    data = read_small(files, manifest)
    lines = data.decode("ascii", errors="replace").splitlines() if data else []
    found = [_LINE.fullmatch(line) for line in lines]
    if not found or not all(found):
        return None
    listed = {line[2]: line[1] for line in found if line}
    written = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items())).encode()
    return listed if written == data else None


def _manifest_faults(manifest: str, listed: dict[str, str] | None, wanted: set[str]) -> Iterator[Fault]:
    if listed is None:
        yield Fault(place=manifest, code="unreadable")
        return
    yield from (Fault(place=name, code="added") for name in wanted - set(listed))
    yield from (Fault(place=manifest, code="unreadable") for _name in set(listed) - wanted if not names.is_known(_name))


def _file_faults(files: BundleFiles, name: str, digest: str) -> Iterator[Fault]:
    if name not in files.sizes:
        yield Fault(place=name, code="missing")
        return
    try:
        with files.open(name) as stream:
            changed = sha256_of_stream(stream) != digest
    except (Corrupted, Unavailable):
        yield Fault(place=name, code="unreadable")
        return
    if changed:
        yield Fault(place=name, code="changed")
    own = name.rsplit("/", 1)[-1].split(".")[0]
    if len(own) == 64 and own != digest:
        yield Fault(place=name, code="changed")


def _form_faults(files: BundleFiles) -> Iterator[Fault]:
    """Hold what the tag files say of the bag against the bag."""
    if read_small(files, names.DECLARATION) != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        yield Fault(place=names.DECLARATION, code="changed")
    info = (read_small(files, names.INFO) or b"").decode("utf-8", errors="replace")
    sizes = [size for name, size in files.sizes.items() if names.is_payload(name)]
    if f"Payload-Oxum: {sum(sizes)}.{len(sizes)}\n" not in info:
        yield Fault(place=names.INFO, code="changed")


def bundle_id(files: BundleFiles) -> str:
    """Give the bundle's id, the digest of its tag manifest; empty when it has none."""
    data = read_small(files, names.TAG_MANIFEST)
    return sha256_of(data) if data else ""
