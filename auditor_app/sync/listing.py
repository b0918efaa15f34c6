"""bundle.json: the list of what a bundle in the mailbox consists of, written and read. Pure; what is read is hostile until checked.

    {"bundle": id, "format": "auditor-app-mailbox-1", "objects_in": id, "objects": [object …]}
    object: {"path", "sha256", "size", "parts": [[size, sha256] …]}

in canonical JSON. `path` is the object's place in the bundle (a BagIt bag); sizes are bytes; a part has a digest of its own, so that a
damaged one is known and sent again without the others. `objects_in` names the folder of the inbox where the parts are: bundles of one
visit share theirs, so that evidence may go ahead of them and goes once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, NoReturn

import msgspec

from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import is_digest
from auditor_app.errors import Corrupted, NotAllowed, Unsupported
from auditor_app.ids import Digest
from auditor_app.sync.parts import MAX_PART_SIZE, MAX_PARTS, PART_SIZE, Part, even_sizes, parts_of

FORMAT = "auditor-app-mailbox-1"

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,118}[A-Za-z0-9_-])?")
"""One name that every file system takes as it is: no space, no leading or trailing dot, so no ".." either."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows gives to devices, with any ending."""
_PATH_LENGTH = 200
"""Leaves room for the receiving folder within the 260 characters of Windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedObject:
    """One file of a bundle: its path in the bundle, the digest of its bytes, its size in bytes."""

    path: str
    sha256: Digest
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a bundle in the mailbox consists of; objects are sent in this order.

    `objects_in` is empty where the parts lie beside bundle.json; `cuts` gives the sizes of an object's parts by its digest, where it is
    known, and `part_size` cuts the rest: a part is never larger. `digests` gives those of the parts by their names; an object in one part
    needs none, and before anything is cut that of the object stands for them.
    """

    bundle_id: str
    objects: tuple[SealedObject, ...]
    objects_in: str = ""
    part_size: int = field(default=PART_SIZE, compare=False)
    cuts: Mapping[Digest, tuple[int, ...]] = field(default_factory=dict, compare=False)
    digests: Mapping[str, Digest] = field(default_factory=dict, compare=False)

    def sizes(self, sealed: SealedObject) -> tuple[int, ...]:
        """Tell how an object is cut."""
        return self.cuts.get(sealed.sha256) or even_sizes(sealed.size, self.part_size)

    def parts(self) -> dict[str, Part]:
        """Give all parts by name; two objects of the same bytes share theirs."""
        return {part.name: part for sealed in self.objects for part in self.parts_of(sealed)}

    def parts_of(self, sealed: SealedObject) -> tuple[Part, ...]:
        """Give the parts of one object, in order."""
        return parts_of(sealed.sha256, self.sizes(sealed))

    def digest(self, sealed: SealedObject, part: Part) -> Digest:
        """Tell what the bytes of a part should be."""
        return self.digests.get(part.name, sealed.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a receiver is ready to take; sizes in bytes."""

    listing_bytes: int = 64 << 20
    objects: int = 200_000
    object_bytes: int = 64 << 30
    total_bytes: int = 1 << 40


LIMITS = Limits()


_Part = tuple[Annotated[int, msgspec.Meta(ge=0, le=MAX_PART_SIZE)], str]


class _Object(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    sha256: str
    size: Annotated[int, msgspec.Meta(ge=0)]
    parts: Annotated[list[_Part], msgspec.Meta(min_length=1, max_length=MAX_PARTS)]


class _Format(msgspec.Struct):
    format: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    bundle: str
    format: str
    objects: list[_Object]
    objects_in: str


def is_safe_name(name: str) -> bool:
    """Say whether a name is fit to be a file or folder name on every system."""
    return _NAME.fullmatch(name) is not None and _RESERVED.fullmatch(name) is None


def safe_name(name: str) -> str:
    """Give a name back if it may be part of an address in the mailbox. Raises NotAllowed("mailbox_name_refused")."""
    if not is_safe_name(name):
        raise NotAllowed("mailbox_name_refused", name=name[:120])
    return name


def listing_bytes(listing: Listing) -> bytes:
    """Encode a listing as the content of bundle.json."""
    objects = [
        {
            "path": each.path,
            "sha256": each.sha256,
            "size": each.size,
            "parts": [[part.size, listing.digest(each, part)] for part in listing.parts_of(each)],
        }
        for each in listing.objects
    ]
    head = {"format": FORMAT, "bundle": listing.bundle_id, "objects_in": listing.objects_in or listing.bundle_id}
    return canonical_bytes(head | {"objects": objects})


def parse_listing(data: bytes, bundle_id: str, limits: Limits = LIMITS) -> Listing:
    """Read and check a bundle.json from outside before anything is done with it.

    Raises Corrupted("mailbox_listing_refused") with the place in the file and a reason, Unsupported("mailbox_format_unknown").
    """
    file = _decode(data)
    if file.bundle != bundle_id:
        _refuse("bundle", "other_bundle")
    if len(file.objects) > limits.objects:
        _refuse("objects", "too_many")
    if not is_safe_name(file.objects_in):
        _refuse("objects_in", "unsafe_path")
    _check_objects(file, limits)
    _check_paths([each.path for each in file.objects])
    objects = tuple(SealedObject(path=each.path, sha256=Digest(each.sha256), size=each.size) for each in file.objects)
    cuts = {Digest(each.sha256): tuple(size for size, _digest in each.parts) for each in file.objects}
    elsewhere = "" if file.objects_in == bundle_id else file.objects_in
    listing = Listing(bundle_id=bundle_id, objects=objects, objects_in=elsewhere, cuts=cuts, digests=_digests(file))
    if listing_bytes(listing) != data:  # repeated keys, spaces: two readers could understand two things
        _refuse("", "not_canonical")
    return listing


def _decode(data: bytes) -> _File:
    try:
        if (named := msgspec.json.decode(data, type=_Format).format) != FORMAT:
            raise Unsupported("mailbox_format_unknown", format=named[:60])
        return msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = re.search(r"`\$\.?(\S*)`$", str(error))
        raise Corrupted("mailbox_listing_refused", place=place[1] if place else "", reason="not_understood") from error


def _digests(file: _File) -> dict[str, Digest]:
    sized = {each.sha256: each.parts for each in file.objects}
    return {
        part.name: Digest(digest)
        for sha256, parts in sized.items()
        for part, (_size, digest) in zip(parts_of(Digest(sha256), [size for size, _digest in parts]), parts, strict=True)
    }


def _check_objects(file: _File, limits: Limits) -> None:
    sizes: dict[str, int] = {}
    cuts: dict[str, list[_Part]] = {}
    for index, each in enumerate(file.objects):
        place = f"objects[{index}]"
        if not is_digest(each.sha256):
            _refuse(f"{place}.sha256", "not_a_digest")
        if each.size > limits.object_bytes or sizes.setdefault(each.sha256, each.size) != each.size:
            _refuse(f"{place}.size", "too_large" if each.size > limits.object_bytes else "two_sizes")
        found = [size for size, _digest in each.parts]
        right = sum(found) == each.size and (len(found) == 1 or 0 not in found)
        if not right or cuts.setdefault(each.sha256, each.parts) != each.parts:
            _refuse(f"{place}.parts", "wrong_sizes")
        if not all(is_digest(digest) and (len(found) > 1 or digest == each.sha256) for _size, digest in each.parts):
            _refuse(f"{place}.parts", "not_a_digest")
    if sum(each.size for each in file.objects) > limits.total_bytes:
        _refuse("objects", "too_large")


def _check_paths(paths: list[str]) -> None:
    """Refuse paths that lead out of a folder, that some system cannot have, or that two systems would see as one."""
    files: set[str] = set()
    spelled: dict[str, str] = {}
    for index, path in enumerate(paths):
        place, names = f"objects[{index}].path", path.split("/")
        if len(path) > _PATH_LENGTH or not all(map(is_safe_name, names)):
            _refuse(place, "unsafe_path")
        prefixes = ["/".join(names[:depth]) for depth in range(1, len(names) + 1)]
        if any(spelled.setdefault(prefix.lower(), prefix) != prefix for prefix in prefixes):
            _refuse(place, "differs_only_in_case")
        files.add(path)
    folders = {path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)}
    if len(files) != len(paths) or files & folders:
        _refuse("objects", "repeated_path")


def _refuse(place: str, reason: str) -> NoReturn:
    raise Corrupted("mailbox_listing_refused", place=place, reason=reason)
