"""A bundle as one zip is hostile until every name, size and byte was judged; and judging writes nothing."""

import random
import shutil
import stat
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from auditor_app.bundle import names
from auditor_app.bundle.reading import open_bundle
from auditor_app.errors import AuditorAppError, Corrupted
from auditor_app.workflows.answers import NO
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.receiving import receive_path


def copied(source: Path, target: Path, *, skip: str = "", **more: bytes) -> Path:
    """Copy a zip, leaving a file out, adding others (by name)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.filename != skip:
                new.writestr(entry, old.read(entry))
        for name, data in more.items():
            new.writestr(zipfile.ZipInfo(name), data)
    return target


@pytest.fixture
def refused(verified, tmp_path, clock):
    """See that a zip is refused by whoever verifies it and by the office, and that nothing is written; gives the places."""

    def refuse(path: Path) -> set[str]:
        office = found_office(tmp_path / "judging" / "office", "Judging Office", clock)
        before = sorted(tmp_path.rglob("*"))
        try:
            found = verified(path)
            assert found.any_no
            told = {place for answer in found.answers if answer.answer == NO for place in answer.places}
        except Corrupted as error:
            told = {str(error)}
        assert receive_path(office, path).outcome == "refused"
        own = {"register.db", "register.db-wal", "register.db-shm", "receiving.lock"}
        written = [one for one in sorted(tmp_path.rglob("*")) if one.name not in own and office.quarantine not in (one, *one.parents)]
        assert written == before, "nothing was unpacked outside quarantine"
        return told

    return refuse


def test_a_zip_holds_exactly_what_the_folder_holds(handed_over):
    with zipfile.ZipFile(handed_over.zip) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        stable = {entry.filename: archive.read(entry) for entry in archive.infolist() if "evidence" in entry.filename}
    assert stable == {name: (handed_over.folder / name).read_bytes() for name in stable}
    assert len(stable) == 2


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/evil.txt",
        "data/../../evil.txt",
        "..\\evil.txt",
        "C:\\evil.txt",
        "data/evidence/../../../evil.age",
        "data/evidence/" + "ab" * 32 + ".age/../../../../evil",
        "\x1b[2Jevil",
        "con",
        "data/",
        "evil/",
    ],
)
def test_a_name_that_does_not_belong_into_a_bundle_is_refused(refused, handed_over, tmp_path, name):
    told = refused(copied(handed_over.zip, tmp_path / "evil.zip", **{name: b"evil"}))
    assert any("evil" in place or place in {"con", "data/"} for place in told)
    assert all(place.isprintable() for place in told)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("which", [names.RECORD, names.DECLARATION, names.SIGNATURE])
def test_a_name_that_comes_twice_is_refused(refused, handed_over, tmp_path, which):
    with zipfile.ZipFile(handed_over.zip) as archive:
        same = archive.read(which)
    for data in (same, b"other"):
        path = copied(handed_over.zip, tmp_path / f"{len(data)}.zip", **{which: data})
        assert which in refused(path)
        path.unlink()
        shutil.rmtree(tmp_path / "judging")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressed_files_are_refused_so_that_none_can_grow_large(refused, handed_over, tmp_path, method):
    with zipfile.ZipFile(handed_over.zip) as old, zipfile.ZipFile(tmp_path / "bomb.zip", "w", compression=method) as new:
        for entry in old.infolist():
            if entry.filename != names.RECORD:
                new.writestr(entry, old.read(entry))
        new.writestr(names.RECORD, bytes(50 << 20))
    assert (tmp_path / "bomb.zip").stat().st_size < 1 << 20
    assert names.RECORD in refused(tmp_path / "bomb.zip")


def patched(source: Path, target: Path, which: str, offset: int, layout: str, value: int) -> Path:
    """Change a number in the directory entry of a file."""
    data = bytearray(source.read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(which.encode() + b"PK"))
    struct.pack_into(layout, data, at + offset, value)
    target.write_bytes(data)
    return target


@pytest.mark.parametrize(
    ("offset", "layout", "value"),
    [(8, "<H", 1), (8, "<H", 0x2041), (24, "<L", 5), (24, "<L", 0xFFFFFFF0), (20, "<L", 5), (42, "<L", 7), (16, "<L", 1)],
    ids=["encrypted", "strongly encrypted", "smaller", "bomb", "cut", "elsewhere", "other checksum"],
)
@pytest.mark.parametrize("which", [names.RECORD, names.TAG_MANIFEST])
def test_a_directory_that_lies_is_refused(refused, handed_over, tmp_path, which, offset, layout, value):
    assert any(which in place for place in refused(patched(handed_over.zip, tmp_path / "lies.zip", which, offset, layout, value)))


def test_a_bundle_of_too_many_files_is_refused_before_they_are_read(refused, handed_over, tmp_path, monkeypatch):
    monkeypatch.setattr("auditor_app.bundle.reading.MAX_FILES", 9)
    assert any("bundle_too_many_files" in place for place in refused(handed_over.zip))
    with pytest.raises(Corrupted, match="bundle_too_many_files"), open_bundle(handed_over.folder):
        pass


def test_any_changed_byte_of_a_zip_is_refused_or_changes_nothing_of_the_bundle(verified, handed_over, tmp_path):
    """Dates and such in a zip's own headers are not the bundle's; everything that is, is never all yes when changed."""
    whole, choose, refusals = handed_over.zip.read_bytes(), random.Random(17), 0
    path = tmp_path / "flipped.zip"
    for place in [*choose.sample(range(len(whole)), 120), *range(len(whole) - 900, len(whole))]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << choose.randrange(8))]) + whole[place + 1 :])
        try:
            found = verified(path, key=False)
        except AuditorAppError:
            refusals += 1
            continue
        if found.any_no:
            refusals += 1
            continue
        with zipfile.ZipFile(path) as new, zipfile.ZipFile(handed_over.zip) as old:
            assert {name: new.read(name) for name in new.namelist()} == {name: old.read(name) for name in old.namelist()}, place
    assert refusals > 500


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_zip_is_refused(verified, handed_over, tmp_path, part):
    data = handed_over.zip.read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * part)])
    with pytest.raises(Corrupted, match="bundle_unreadable"):
        verified(tmp_path / "cut.zip")


def test_a_checksum_that_fits_a_change_does_not_help(verified, handed_over, tmp_path):
    with zipfile.ZipFile(handed_over.zip) as archive:
        data = archive.read(names.RECORD)
    changed = data[:-1] + bytes([data[-1] ^ 1])
    path = copied(handed_over.zip, tmp_path / "mended.zip", skip=names.RECORD, **{names.RECORD: changed})
    assert zlib.crc32(changed) != zlib.crc32(data)
    found = verified(path)
    assert names.RECORD in {place for answer in found.answers if answer.answer == NO for place in answer.places}


def test_a_directory_beyond_all_measure_is_refused_without_reading_it_into_memory(tmp_path):
    """Its end says that it has three hundred megabytes; the file is a hole on the disk."""
    size = 300 << 20
    with (tmp_path / "bundle.zip").open("wb") as file:
        file.truncate(size)
        file.seek(size)
        file.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFE, 0xFFFE, size, 0, 0))
    tracemalloc.start()
    try:
        with pytest.raises(Corrupted, match="bundle_unreadable"), open_bundle(tmp_path / "bundle.zip"):
            pass
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_file_that_is_said_to_be_something_else_is_none_of_the_bundle(handed_over, tmp_path, mode):
    with zipfile.ZipFile(handed_over.zip) as old, zipfile.ZipFile(tmp_path / "bundle.zip", "w") as new:
        for entry in old.infolist():
            if entry.filename == names.RECORD:
                entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
            new.writestr(entry, old.read(entry.filename))
    with open_bundle(tmp_path / "bundle.zip") as files:
        assert files.strangers == (names.RECORD,)
