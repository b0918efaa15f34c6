"""Single faults of a bundle, made at random from a seed over a real one: as a folder, as a zip, and in a mailbox.

A fault is a function that gets the `Bench` (what is there to work with), a random source and a new folder, and yields deliveries:
paths to receive, and folders that stand for a mailbox. Every delivery holds the one fault and nothing else that is wrong.
"""

import hashlib
import io
import os
import random
import shutil
import stat
import struct
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from auditor_app.bundle import names
from auditor_app.bundle.packing import Payload, pack
from auditor_app.bundle.record import Record, read_record, record_lines
from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.signing.cms import sign_detached
from auditor_app.signing.keys import SigningIdentity
from auditor_app.sync.listing import Listing, SealedObject, listing_bytes
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import seal_bytes, unseal_bytes
from auditor_app.workflows.office.folder import Office


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A good bundle (a folder) that goes on from what the office received, former versions of it, and people who could sign."""

    office: Office
    good: Path
    older: tuple[Path, ...]
    auditor: SigningIdentity
    others: dict[str, SigningIdentity]
    secret: Secret
    """Opens what is sealed in the bundle."""
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Delivery:
    """One way in which a faulty bundle comes: "path" or "mailbox", and where it is."""

    way: str
    place: Path


Fault = Callable[[Bench, random.Random, Path], Iterator[Delivery]]
Change = Callable[[Bench, random.Random, Path], None]


# How a faulty folder comes


def everywhere(change: Change) -> Fault:
    """Change a copy of the good bundle, and let it come by path (as a folder or as a zip) and in a mailbox."""

    def fault(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
        folder = copied(bench.good, out)
        change(bench, choose, folder)
        yield Delivery("path", choose.choice((lambda: folder, lambda: zipped(folder, out)))())
        yield Delivery("mailbox", posted(folder, out))

    return fault


def copied(good: Path, out: Path) -> Path:
    """Copy a bundle; no link of it is shared with the good one."""
    return Path(shutil.copytree(good, out / "bundle"))


def files_of(folder: Path) -> list[str]:
    """Name the files of a folder, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def zipped(folder: Path, out: Path) -> Path:
    """Pack a folder as a zip whose files are stored."""
    with zipfile.ZipFile(out / "bundle.zip", "w", zipfile.ZIP_STORED) as archive:
        for name in files_of(folder):
            archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes())
    return out / "bundle.zip"


def posted(folder: Path, out: Path, *, paths: dict[str, str] | None = None) -> Path:
    """Put a folder into a mailbox as it is, with a list that says just that; `paths` gives files another path in the list."""
    mailbox = out / "mailbox"
    tags = folder / names.TAG_MANIFEST
    bundle = sha256_of(tags.read_bytes()) if tags.is_file() else sha256_of(b"none")
    inbox = mailbox / "inbox" / bundle
    objects = []
    for name in files_of(folder):
        data = (folder / name).read_bytes()
        objects.append(SealedObject(path=(paths or {}).get(name, name), sha256=sha256_of(data), size=len(data)))
        place = inbox / "objects" / sha256_of(data)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    (inbox / "bundle.json").write_bytes(listing_bytes(Listing(bundle_id=bundle, objects=tuple(objects))))
    return mailbox


# Faults of files


def byte(_bench: Bench, choose: random.Random, folder: Path) -> None:
    """One bit of one byte of one file."""
    path = folder / choose.choice(files_of(folder))
    data = bytearray(path.read_bytes())
    data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    path.write_bytes(data)


def truncated(_bench: Bench, choose: random.Random, folder: Path) -> None:
    """A file that ends too early, or goes on after its end."""
    path = folder / choose.choice(files_of(folder))
    data = path.read_bytes()
    path.write_bytes(choose.choice((data[: choose.randrange(len(data))], data + choose.randbytes(choose.randrange(1, 50)))))


def missing(at: int) -> Change:
    """Take one file away."""
    return lambda _bench, _choose, folder: (folder / files_of(folder)[at % len(files_of(folder))]).unlink()


def swapped(_bench: Bench, choose: random.Random, folder: Path) -> None:
    """Two files, or two lines of a manifest, in each other's place."""
    if choose.random() < 0.5:
        one, other = (folder / name for name in choose.sample(files_of(folder), 2))
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        return
    path = folder / choose.choice((names.MANIFEST, names.TAG_MANIFEST))
    lines = path.read_bytes().splitlines(keepends=True)
    one_line, other_line = choose.sample(range(len(lines)), 2)
    lines[one_line], lines[other_line] = lines[other_line], lines[one_line]
    path.write_bytes(b"".join(lines))


EXTRA = (
    *("notes.txt", "data/notes.txt", ".hidden", "fetch.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt", "data/evidence/x.age"),
    *("CON", "aux.txt", "data/nul", "data/evidence/com1.age", "bagit.txt.", "data/record.age ", "BAGIT.TXT", "data/RECORD.age", "Data/x"),
    *(unicodedata.normalize(form, "data/Río Seco.age") for form in ("NFC", "NFD")),
    *("data/findings/report.pdf", "data/evidence/deeper/x.age", "desktop.ini", "data/x\u202etxt.age", "-rf", "data/evidence/.DS_Store"),
    *(f"data/evidence/{'ab' * 32}.age", f"data/findings/{'cd' * 32}.pdf.age", f"data/evidence/{'AB' * 32}.age", "a" * 180),
)


def extra(name: str) -> Change:
    """Put one file there that belongs into no bundle, or into no bundle of this record."""

    def change(_bench: Bench, choose: random.Random, folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(choose.randbytes(40))

    return change


def renamed(_bench: Bench, choose: random.Random, folder: Path) -> None:
    """One file under another name: other letters, another folder, another ending, another digest."""
    name = choose.choice(files_of(folder))
    path = folder / name
    others = [path.with_name(path.name + "x"), path.with_name(path.name.swapcase()), folder / "elsewhere", folder / "data" / path.name]
    others += [path.with_name(path.name[1:]), folder / "data" / "evidence" / f"{choose.randbytes(32).hex()}.age"]
    target = choose.choice([one for one in others if one.relative_to(folder).as_posix() not in files_of(folder)])
    path.rename(target)


def manifest_line(line: str) -> Change:
    """A line in the manifest that leads out of the bag."""

    def change(_bench: Bench, _choose: random.Random, folder: Path) -> None:
        path = folder / names.MANIFEST
        lines = sorted([*path.read_text().splitlines(keepends=True), f"{sha256_of(b'x')}  {line}\n"])
        path.write_text("".join(lines))

    return change


def signed_by(who: str) -> Change:
    """The same bundle with a genuine signature of someone else."""

    def change(bench: Bench, _choose: random.Random, folder: Path) -> None:
        tags = (folder / names.TAG_MANIFEST).read_bytes()
        (folder / names.SIGNATURE).write_bytes(sign_detached(tags, bench.others[who], bench.office.clock.now()))

    return change


def signature_of_older(bench: Bench, choose: random.Random, folder: Path) -> None:
    """The auditor's own signature, of another bundle."""
    shutil.copyfile(choose.choice(bench.older) / names.SIGNATURE, folder / names.SIGNATURE)


def older_version(at: int) -> Fault:
    """A former version of the visit, whole and genuine."""

    def fault(bench: Bench, _choose: random.Random, out: Path) -> Iterator[Delivery]:
        folder = copied(bench.older[at], out)
        yield Delivery("path", folder)
        yield Delivery("path", zipped(folder, out))
        yield Delivery("mailbox", posted(folder, out))

    return fault


# Links, which only a folder can have, and a mailbox that is one


def link(_bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A link in place of a file, beside the files, or in place of a folder."""
    folder = copied(_bench.good, out)
    secret = out / "secret.txt"
    secret.write_text("not to be read")
    kind = choose.randrange(5)
    path = folder / choose.choice(files_of(folder))
    if kind == 0:
        path.unlink()
        path.symlink_to(secret)
    elif kind == 1:
        (path.parent / "link").symlink_to(out, target_is_directory=True)
    elif kind == 2:
        (folder / "data" / "evidence").rename(out / "evidence")
        (folder / "data" / "evidence").symlink_to(out / "evidence", target_is_directory=True)
    elif kind == 3:
        path.unlink()
        os.link(secret, path)
    else:
        path.rename(out / "real")
        path.symlink_to(out / "real")
    yield Delivery("path", folder)


def link_in_mailbox(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A link to a file of the office in place of a part."""
    mailbox = posted(copied(bench.good, out), out)
    victim = choose.choice(sorted(mailbox.glob("inbox/*/objects/*")))
    victim.unlink()
    victim.symlink_to(bench.office.folder / "identity.txt")
    yield Delivery("mailbox", mailbox)


# Zips that nobody honest makes


def bad_zip(write: Callable[[Bench, random.Random, zipfile.ZipFile], None]) -> Fault:
    """A zip of the good bundle with something more in it."""

    def fault(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
        path = zipped(copied(bench.good, out), out)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
            write(bench, choose, archive)
        yield Delivery("path", path)

    return fault


ESCAPES = (
    *("../evil.txt", "../../evil.txt", "/evil.txt", "data/../../../evil.txt", "C:\\evil.txt", "..\\..\\evil.txt", "//host/share/evil.txt"),
    *(
        "data/evidence/../../../received/evil.txt",
        "data/evidence/..",
        "./bagit.txt",
        "data//record.age",
        "~/evil.txt",
        "\\\\?\\C:\\evil.txt",
    ),
)


def zip_escape(name: str) -> Fault:
    """A name that leads out of the folder."""
    return bad_zip(lambda _bench, _choose, archive: archive.writestr(name, b"evil"))


def zip_link(_bench: Bench, choose: random.Random, archive: zipfile.ZipFile) -> None:
    """A link, as zips have them."""
    entry = zipfile.ZipInfo(choose.choice(("link", "data/link", f"data/evidence/{'ab' * 32}.age")))
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def file_as_link(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A zip in which a file of the bundle is said to be a link."""
    victim = choose.choice(files_of(bench.good))
    with zipfile.ZipFile(out / "bundle.zip", "w", zipfile.ZIP_STORED) as archive:
        for name in files_of(bench.good):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, ((stat.S_IFLNK if name == victim else stat.S_IFREG) | 0o644) << 16
            archive.writestr(entry, (bench.good / name).read_bytes())
    yield Delivery("path", out / "bundle.zip")


def zip_bomb(_bench: Bench, choose: random.Random, archive: zipfile.ZipFile) -> None:
    """Much from little: a packed file under a name that belongs into a bundle, or under any."""
    name = choose.choice((f"data/evidence/{'00' * 32}.age", "bomb", f"data/findings/{'11' * 32}.pdf.age"))
    archive.writestr(name, bytes(4_000_000), compress_type=zipfile.ZIP_DEFLATED)


def zip_twice(bench: Bench, choose: random.Random, archive: zipfile.ZipFile) -> None:
    """A name that is there twice: two readers could see two files."""
    name = choose.choice(files_of(bench.good))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(zipfile.ZipInfo(name), choose.choice((b"other", (bench.good / name).read_bytes())))


def packed_zip(bench: Bench, _choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A zip of the good bundle whose files are packed."""
    with zipfile.ZipFile(out / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files_of(bench.good):
            archive.writestr(name, (bench.good / name).read_bytes())
    yield Delivery("path", out / "bundle.zip")


def cut_zip(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A zip that ends too early."""
    path = zipped(copied(bench.good, out), out)
    data = path.read_bytes()
    path.write_bytes(data[: choose.randrange(len(data))])
    yield Delivery("path", path)


def lying_zip(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """A zip whose directory says another size, method, flag or place of a file than is true."""
    path = zipped(copied(bench.good, out), out)
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    field, value = choose.choice(
        ((24, struct.pack("<I", 0xFFFFFFF0)), (10, struct.pack("<H", 99)), (8, struct.pack("<H", 1)), (42, b"\xff\xff\xff\x7f"))
    )
    data[entry + field : entry + field + len(value)] = value
    path.write_bytes(data)
    yield Delivery("path", path)


def endless_zip(count: int) -> Fault:
    """A small zip whose directory has more entries than a bundle may have files, all of them one file."""

    def fault(_bench: Bench, _choose: random.Random, out: Path) -> Iterator[Delivery]:
        one = io.BytesIO()
        with zipfile.ZipFile(one, "w") as archive:
            archive.writestr("bagit.txt", b"x")
        data = one.getvalue()
        begins, ends = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
        directory = data[begins:ends] * count
        end64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, len(directory), begins)
        place64 = struct.pack("<IIQI", 0x07064B50, 0, begins + len(directory), 1)
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
        (out / "bundle.zip").write_bytes(data[:begins] + directory + end64 + place64 + end)
        yield Delivery("path", out / "bundle.zip")

    return fault


# Mailboxes that nobody honest fills


def bad_listing(change: Callable[[Bench, random.Random, bytes], bytes]) -> Fault:
    """The good bundle in a mailbox, with another bundle.json."""

    def fault(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
        mailbox = posted(copied(bench.good, out), out)
        path = next(mailbox.glob("inbox/*/bundle.json"))
        path.write_bytes(change(bench, choose, path.read_bytes()))
        yield Delivery("mailbox", mailbox)

    return fault


def listing_byte(_bench: Bench, choose: random.Random, data: bytes) -> bytes:
    """One bit of the list."""
    changed = bytearray(data)
    changed[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    return bytes(changed)


def listing_escape(name: str) -> Fault:
    """A path in the list that leads out of the folder, or that a system would take for something else."""
    return bad_listing(lambda _bench, _choose, data: data.replace(b'"path":"bagit.txt"', b'"path":' + canonical_bytes(name)))


HUGE = (
    lambda data: data.replace(b'"size":', b'"size":1' + b"0" * 17, 1),
    lambda data: data.replace(b'"size":', b'"size":1' + b"0" * 400, 1),
    lambda data: data.replace(b'"objects":[', b'"objects":[' + data.partition(b'"objects":[')[2].partition(b"},{")[0] + b"},", 1),
    lambda data: data.replace(b'"parts":[', b'"parts":[' + b'[0,"' + b"0" * 64 + b'"],' * 100_001, 1),
    lambda data: b"[" * 100_000,
    lambda data: data + b" " * (65 << 20),
)


def huge_listing(at: int) -> Fault:
    """Sizes, counts, depth or length beyond anything that is real."""
    return bad_listing(lambda _bench, _choose, data: HUGE[at](data))


def endless_listing(bench: Bench, _choose: random.Random, data: bytes) -> bytes:
    """More files than a bundle may have."""
    head, objects = data.partition(b'"objects":[')[::2]
    first = objects.partition(b"},{")[0] + b"},"
    return head + b'"objects":[' + first * 200_001 + objects


def part(change: Callable[[random.Random, Path], object]) -> Fault:
    """The good bundle in a mailbox, with one part that is not as it was put there."""

    def fault(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
        mailbox = posted(copied(bench.good, out), out)
        change(choose, choose.choice(sorted(mailbox.glob("inbox/*/objects/*"))))
        yield Delivery("mailbox", mailbox)

    return fault


def part_byte(choose: random.Random, path: Path) -> None:
    """One bit of one part."""
    data = bytearray(path.read_bytes())
    data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    path.write_bytes(data)


def under_other_id(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
    """The good bundle under an id that is not its own."""
    mailbox = posted(copied(bench.good, out), out)
    own = next((mailbox / "inbox").iterdir())
    other = choose.choice((choose.randbytes(32).hex(), "0000", own.name.upper(), "con"))
    data = (own / "bundle.json").read_bytes().replace(own.name.encode(), other.encode())
    own.rename(own.with_name(other))
    (own.with_name(other) / "bundle.json").write_bytes(data)
    yield Delivery("mailbox", mailbox)


# Bundles that are genuine and wrong: what a broken program, or an auditor who means ill, could sign


def inside(change: Callable[[Bench, random.Random, "Insides"], "Insides"]) -> Fault:
    """Open the bundle, change one thing, seal it and sign it again as its auditor."""

    def fault(bench: Bench, choose: random.Random, out: Path) -> Iterator[Delivery]:
        opened = change(bench, choose, Insides.of(bench))
        opened.write(bench, out / "bundle")
        yield Delivery("path", out / "bundle")
        yield Delivery("mailbox", posted(out / "bundle", out))

    return fault


@dataclass(frozen=True)
class Insides:
    """What is in a bundle: its record, and every other payload file by its name."""

    record: Record
    files: dict[str, bytes]

    @classmethod
    def of(cls, bench: Bench) -> "Insides":
        files = {name: (bench.good / name).read_bytes() for name in files_of(bench.good) if names.is_payload(name)}
        record = read_record(unseal_bytes(files.pop(names.RECORD), bench.secret, "record").splitlines())
        return cls(record, files)

    def write(self, bench: Bench, target: Path) -> None:
        record = seal_bytes(b"".join(record_lines(self.record)), bench.recipients)
        payload = [
            Payload(name=name, digest=sha256_of(data), size=len(data), data=data)
            for name, data in {**self.files, names.RECORD: record}.items()
        ]
        pack(target, payload, date="2026-05-04", sign=lambda data: sign_detached(data, bench.auditor, bench.office.clock.now()))

    def with_head(self, **values: str) -> "Insides":
        return replace(self, record=msgspec.structs.replace(self.record, head=msgspec.structs.replace(self.record.head, **values)))

    def with_record(self, **values: object) -> "Insides":
        return replace(self, record=msgspec.structs.replace(self.record, **values))


def lost_evidence(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """A piece of evidence that the record names is not there."""
    gone = choose.choice([name for name in found.files if "evidence" in name])
    return replace(found, files={name: data for name, data in found.files.items() if name != gone})


def unnamed_evidence(bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """A piece of evidence is there that the record does not name."""
    data = seal_bytes(choose.randbytes(50), bench.recipients)
    return replace(found, files={**found.files, names.evidence_name(sha256_of(data)): data})


def unlisted_evidence(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """The journal has a piece of evidence that the index leaves out, with its file."""
    gone = choose.choice(found.record.evidence)
    files = {name: data for name, data in found.files.items() if name != names.evidence_name(gone.sealed)}
    return replace(found.with_record(evidence=tuple(one for one in found.record.evidence if one != gone)), files=files)


def swapped_evidence(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """Two originals in each other's place."""
    one, other = choose.sample(found.record.evidence, 2)
    changed = {one: msgspec.structs.replace(one, sealed=other.sealed), other: msgspec.structs.replace(other, sealed=one.sealed)}
    return found.with_record(evidence=tuple(changed.get(line, line) for line in found.record.evidence))


def lost_entry(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """An entry is missing from the middle of the journal."""
    gone = choose.randrange(len(found.record.entries) - 1)
    return found.with_record(entries=found.record.entries[:gone] + found.record.entries[gone + 1 :])


def changed_entry(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """An entry says something else than it did."""
    at = choose.randrange(len(found.record.entries) - 1)
    entry = msgspec.structs.replace(found.record.entries[at], recorded_at="2020-01-01T00:00:00.000000Z")
    return found.with_record(entries=(*found.record.entries[:at], entry, *found.record.entries[at + 1 :]))


def entry_twice(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """An entry is there twice."""
    return found.with_record(entries=(*found.record.entries, choose.choice(found.record.entries)))


def with_pdf(change: Callable[[bytes], bytes]) -> Fault:
    """A findings PDF that was changed after it was signed, with digests in the record that fit it."""

    def changed(bench: Bench, choose: random.Random, found: Insides) -> Insides:
        line = choose.choice(found.record.reports)
        pdf = change(unseal_bytes(found.files[names.findings_name(line.sealed)], bench.secret, "pdf"))
        data = seal_bytes(pdf, bench.recipients)
        anew = msgspec.structs.replace(line, digest=sha256_of(pdf), sealed=sha256_of(data))
        files = {name: old for name, old in found.files.items() if name != names.findings_name(line.sealed)}
        reports = tuple(anew if one == line else one for one in found.record.reports)
        return replace(found.with_record(reports=reports), files={**files, names.findings_name(anew.sealed): data})

    return inside(changed)


def other_pdf_digest(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """The record says another digest of what the PDF's signature signs."""
    line = choose.choice(found.record.reports)
    anew = msgspec.structs.replace(line, signed_digest=hashlib.sha256(b"another").hexdigest())
    return found.with_record(reports=tuple(anew if one == line else one for one in found.record.reports))


def no_reports(_bench: Bench, _choose: random.Random, found: Insides) -> Insides:
    """No report at all."""
    files = {name: data for name, data in found.files.items() if "findings" not in name}
    return replace(found.with_record(reports=()), files=files)


def other_form(_bench: Bench, _choose: random.Random, found: Insides) -> Insides:
    """The form in the record is another one than its digest says."""
    return found.with_record(form=found.record.form.replace(b'"title":"', b'"title":"Another ', 1))


def form_of_nothing(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """Something else stands where the form should."""
    return found.with_record(form=choose.choice((b"{}", b"null", b"[[", b'{"form":1}', found.record.form[:-1] + b',"more":1}')))


def other_visit(_bench: Bench, choose: random.Random, found: Insides) -> Insides:
    """The record names another visit than its journal."""
    return found.with_head(visit=f"{choose.randbytes(4).hex()}-0000-7000-8000-{choose.randbytes(6).hex()}")


FAULTS: dict[str, tuple[Fault, ...]] = {
    "byte": (*[everywhere(byte)] * 45, *[bad_listing(listing_byte)] * 12, *[part(part_byte)] * 8),
    "name": (*[everywhere(renamed)] * 16, *[under_other_id] * 4),
    "missing": (*[everywhere(missing(at)) for at in range(11)], *[part(lambda _choose, path: path.unlink())] * 3),
    "extra": tuple(everywhere(extra(name)) for name in EXTRA),
    "swapped": tuple([everywhere(swapped)] * 12),
    "truncated": (
        *[everywhere(truncated)] * 12,
        *[cut_zip] * 5,
        *[part(lambda choose, path: path.write_bytes(path.read_bytes()[: choose.randrange(20)]))] * 4,
    ),
    "other signer": (
        *[everywhere(signed_by(who)) for who in ("stranger", "colleague", "office", "revoked")],
        everywhere(signature_of_older),
    ),
    "replayed": (older_version(0), older_version(1)),
    "zip bomb": (*[bad_zip(zip_bomb)] * 3, packed_zip, *[bad_zip(zip_twice)] * 4, *[lying_zip] * 5),
    "path escape": (
        *[zip_escape(name) for name in ESCAPES],
        *[listing_escape(name) for name in (*ESCAPES, "CON", "aux.age", "data", "a" * 300, "bagit.txt.", "data/Bagit", "é")],
        *[everywhere(manifest_line(line)) for line in ("../evil.txt", "/evil.txt", "data/../../evil.txt")],
    ),
    "links": (*[link] * 10, *[link_in_mailbox] * 3, *[bad_zip(zip_link)] * 3, *[file_as_link] * 3),
    "huge counts": (endless_zip(200_001), bad_listing(endless_listing), *[huge_listing(at) for at in range(len(HUGE))]),
    "genuine and wrong": (
        *[inside(one) for one in (lost_evidence, unnamed_evidence, unlisted_evidence, swapped_evidence)],
        *[inside(one) for one in (lost_entry, changed_entry, entry_twice, other_pdf_digest, no_reports, other_visit, other_form)],
        *[inside(form_of_nothing)] * 3,
        inside(lambda _bench, _choose, found: found.with_head(form_digest="0" * 64)),
        inside(lambda bench, _choose, found: found.with_head(reply_to=bench.office.profile.recipient)),
        with_pdf(lambda pdf: pdf + b"\n% more\n"),
        with_pdf(lambda pdf: pdf[:600] + bytes([pdf[600] ^ 1]) + pdf[601:]),
        with_pdf(lambda pdf: pdf[:-40]),
    ),
}
"""By kind all faults; those that choose at random are there more than once."""

GOOD: tuple[Fault, ...] = (
    everywhere(lambda _bench, _choose, _folder: None),
    inside(lambda _bench, _choose, found: found),
    with_pdf(lambda pdf: pdf),
)
"""The same ways without a fault: what they deliver is received."""
