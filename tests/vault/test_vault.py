"""The vault: what goes in comes out byte for byte, damage is always found, and whatever goes wrong leaves nothing behind."""

import errno
import hashlib
import io
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.digests import sha256_of_file
from auditor_app.errors import Cancelled, Corrupted, NotAllowed, Unavailable
from auditor_app.vault.keys import Secret, read_recipient, read_secret, wrap_for_recipient
from auditor_app.vault.resealing import reseal
from auditor_app.vault.sealing import digest_of_sealed, seal_bytes, unseal, unseal_bytes
from auditor_app.vault.vault import Vault
from auditor_app.workflows.intake import plan_intake, seal_file

SECRET, OFFICE, STRANGER = Secret.new(), Secret.new(), Secret.new()
US = [SECRET.recipient, OFFICE.recipient]
CHUNK = 64 * 1024  # age's own

sizes = st.one_of(st.integers(0, 300), st.sampled_from([CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7]))


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "vault")


def files(vault):
    return sorted(path.relative_to(vault.folder).as_posix() for path in vault.folder.rglob("*") if path.is_file())


def opened(vault, sealed, secret=SECRET):
    with vault.open(sealed) as stream:
        target = io.BytesIO()
        return unseal(stream, target, secret, "here"), target.getvalue()


# In and out


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes, st.integers(0, 10**9))
def test_what_was_sealed_opens_byte_for_byte_for_each_recipient_and_nobody_else(vault, size, seed):
    data = random.Random(seed).randbytes(size)
    made = vault.seal(io.BytesIO(data), US, keep=100)
    assert (made.original, made.size, made.head) == (hashlib.sha256(data).hexdigest(), size, data[:100])
    assert (made.sealed, made.sealed_size) == (sha256_of_file(vault.path(made.sealed)), vault.path(made.sealed).stat().st_size)
    for secret in (SECRET, OFFICE):
        assert opened(vault, made.sealed, secret) == ((made.original, size), data)
    with pytest.raises(Corrupted, match="sealed_file_damaged"):
        opened(vault, made.sealed, STRANGER)


def test_an_object_is_named_by_the_digest_of_its_sealed_bytes_and_nothing_else_is_left(vault):
    made = [vault.seal(io.BytesIO(data), US) for data in (b"one", b"two", b"")]
    assert files(vault) == sorted(f"{one.sealed[:2]}/{one.sealed}.age" for one in made)
    assert sorted(vault.objects()) == sorted(one.sealed for one in made)
    assert [vault.digest_now(one.sealed) for one in made] == [one.sealed for one in made]
    assert vault.digest_now("0" * 64) is None


def test_the_same_bytes_make_one_object_when_the_second_is_not_wanted(vault):
    made = vault.seal(io.BytesIO(b"photo"), US)
    again = vault.seal(io.BytesIO(b"photo"), US, wanted=lambda original: original != made.original)
    assert again.original == made.original
    assert list(vault.objects()) == [made.sealed]
    assert len(files(vault)) == 1


@pytest.mark.skipif(not shutil.which("age"), reason="needs the age tool")
def test_the_age_tool_opens_what_we_seal_and_we_open_what_it_seals(vault, tmp_path):
    data = random.Random(7).randbytes(3 * CHUNK + 11)
    made = vault.seal(io.BytesIO(data), US)
    (tmp_path / "identity.txt").write_text(f"# the office\n{OFFICE.identity}\n")
    command = ["age", "--decrypt", "-i", str(tmp_path / "identity.txt"), str(vault.path(made.sealed))]
    assert subprocess.run(command, capture_output=True, check=True).stdout == data
    theirs = subprocess.run(["age", "-r", SECRET.recipient], input=data, capture_output=True, check=True).stdout
    assert unseal_bytes(theirs, SECRET, "here") == data
    found = read_secret((tmp_path / "identity.txt").read_text())
    assert found.recipient == OFFICE.recipient


@pytest.mark.skipif(not shutil.which("age"), reason="needs the age tool")
def test_the_office_opens_the_key_of_a_workspace_with_the_age_tool(tmp_path):
    (tmp_path / "office.age").write_bytes(wrap_for_recipient(SECRET, OFFICE.recipient))
    (tmp_path / "identity.txt").write_text(f"{OFFICE.identity}\n")
    command = ["age", "--decrypt", "-i", str(tmp_path / "identity.txt"), str(tmp_path / "office.age")]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == str(SECRET.identity)


# Damage


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_damage_of_a_sealed_file_is_found(data):
    sealed = bytearray(seal_bytes(random.Random(7).randbytes(CHUNK + 100), US))
    how = data.draw(st.sampled_from(["flip", "cut", "add", "take out"]))
    place = data.draw(st.integers(0, 10**6)) % len(sealed)  # age's headers differ in length
    match how:
        case "flip":
            sealed[place] ^= 1 << data.draw(st.integers(0, 7))
        case "cut":
            del sealed[place:]
        case "add":
            sealed += data.draw(st.binary(min_size=1, max_size=50))
        case "take out":
            del sealed[place : place + data.draw(st.integers(1, 100))]
    for look in (unseal_bytes, lambda *arguments: digest_of_sealed(io.BytesIO(arguments[0]), *arguments[1:])):
        with pytest.raises(Corrupted) as caught:
            look(bytes(sealed), SECRET, "here")
        assert (caught.value.code, caught.value.values) == ("sealed_file_damaged", {"place": "here"})


def test_a_file_cut_between_two_chunks_is_found(vault):
    sealed = seal_bytes(bytes(3 * CHUNK), US)
    body = len(sealed) - 3 * (CHUNK + 16)
    for chunks in range(3):
        with pytest.raises(Corrupted):
            unseal_bytes(sealed[: body + chunks * (CHUNK + 16)], SECRET, "here")


def test_an_object_from_elsewhere_is_taken_over_only_if_its_bytes_are_what_its_name_says(vault, tmp_path):
    made = vault.seal(io.BytesIO(b"photo"), US)
    other = Vault(tmp_path / "other")
    other.adopt(vault.path(made.sealed), made.sealed)
    assert opened(other, made.sealed)[1] == b"photo"
    with pytest.raises(Corrupted, match="object_differs"):
        other.adopt(vault.path(made.sealed), "0" * 64)
    assert list(other.objects()) == [made.sealed]


# What goes wrong leaves nothing


class Breaking(io.BytesIO):
    """A source that fails after some bytes."""

    def __init__(self, data, error):
        super().__init__(data)
        self.error = error

    def read(self, size=-1):
        data = super().read(size)
        if not data:
            raise self.error
        return data


@pytest.mark.parametrize("error", [OSError(errno.EIO, "the card was pulled"), FileNotFoundError(errno.ENOENT, "gone"), Cancelled()])
@pytest.mark.parametrize("size", [0, 3 * CHUNK])
def test_a_source_that_fails_is_told_as_it_failed_and_leaves_nothing(vault, error, size):
    with pytest.raises(type(error)) as caught:
        vault.seal(Breaking(bytes(size), error), US)
    assert caught.value is error
    assert files(vault) == []


def test_whoever_stops_it_leaves_nothing(vault):
    def told(done):
        if done > CHUNK:
            raise Cancelled

    with pytest.raises(Cancelled):
        vault.seal(io.BytesIO(bytes(4 * CHUNK)), US, told=told)
    assert files(vault) == []


def test_progress_counts_every_byte_once(vault):
    reports = []
    vault.seal(io.BytesIO(bytes(3 * CHUNK + 5)), US, told=reports.append)
    assert reports == sorted(reports)
    assert reports[-1] == 3 * CHUNK + 5


@pytest.mark.parametrize("recipient", ["", "age1", "AGE-SECRET-KEY-1", "age1" + "q" * 58])
def test_a_recipient_that_is_none_is_refused_before_anything_is_written(vault, recipient):
    with pytest.raises(Corrupted, match="recipient_unreadable"):
        vault.seal(io.BytesIO(b"x"), [SECRET.recipient, recipient])
    assert files(vault) == []


def test_a_file_that_shrinks_or_grows_while_it_is_read_is_not_taken_in(workspace, tmp_path):
    plan = plan_intake(workspace)
    path = tmp_path / "video.mp4"
    for size in (2 * CHUNK, 50 * CHUNK):
        path.write_bytes(bytes(40 * CHUNK))
        with pytest.raises(Unavailable, match="file_changed"):
            seal_file(plan, path, progress=lambda *_, size=size: os.truncate(path, size))
        assert files(workspace.vault) == []


def test_a_card_that_is_pulled_while_it_is_read_is_told_with_the_path_on_the_card(workspace, tmp_path):
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(bytes(CHUNK))

    def pulled(*_):
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(Unavailable) as caught:
        seal_file(plan_intake(workspace), path, progress=pulled)
    assert (caught.value.code, caught.value.values["path"]) == ("file_unreadable", str(path))
    assert files(workspace.vault) == []


FULL = """
import io, resource, signal, sys
from pathlib import Path
from auditor_app.errors import Unavailable
from auditor_app.vault.vault import Vault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    Vault(Path(sys.argv[1])).seal(io.BytesIO(bytes(1 << 20)), [sys.argv[2]])
except Unavailable as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="limits the size of files, which only POSIX can")
@pytest.mark.parametrize("limit", [0, 100, 700_000, (1 << 20) + 100])
def test_a_disk_that_fills_up_is_told_and_leaves_nothing(vault, limit):
    done = subprocess.run([sys.executable, "-c", FULL, str(vault.folder), SECRET.recipient, str(limit)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("disk_full\n", "")
    assert files(vault) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte, where the system lets us have one."""
    disk = tmp_path / "small disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("needs the right to mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_is_told_leaves_nothing_and_works_again_once_there_is_room(small_disk):
    vault = Vault(small_disk / "vault")
    kept = vault.seal(io.BytesIO(bytes(300_000)), US)
    with pytest.raises(Unavailable) as caught:
        vault.seal(io.BytesIO(bytes(900_000)), US)
    assert caught.value.code == "disk_full"
    assert list(vault.objects()) == [kept.sealed]
    assert len(files(vault)) == 1
    vault.seal(io.BytesIO(bytes(300_000)), US)
    assert opened(vault, kept.sealed)[1] == bytes(300_000)


KILLED = """
import io, os, sys
from pathlib import Path
from auditor_app.vault.vault import Vault
def told(done):
    if done > 200_000:
        os._exit(9)
Vault(Path(sys.argv[1])).seal(io.BytesIO(bytes(1 << 20)), [sys.argv[2]], told=told)
"""


def test_what_a_killed_program_left_is_swept_and_no_object_is_touched(vault):
    kept = vault.seal(io.BytesIO(b"photo"), US)
    assert subprocess.run([sys.executable, "-c", KILLED, str(vault.folder), SECRET.recipient]).returncode == 9
    (vault.folder / "intake.123.abc").write_bytes(b"left over")
    (vault.folder / kept.sealed[:2] / "x.age.0a1b2c3d.part").write_bytes(b"left over")
    assert len(files(vault)) == 4
    assert vault.sweep() == 3
    assert files(vault) == [f"{kept.sealed[:2]}/{kept.sealed}.age"]
    assert vault.sweep() == 0
    assert opened(vault, kept.sealed)[1] == b"photo"


def test_sweeping_a_vault_that_is_not_there_yet_finds_nothing(vault):
    assert vault.sweep() == 0
    assert list(vault.objects()) == []


def test_an_object_that_is_missing_is_told_with_its_path(vault):
    with pytest.raises(Unavailable) as caught:
        vault.open("ab" * 32)
    assert (caught.value.code, caught.value.values) == ("file_missing", {"path": str(vault.path("ab" * 32))})


# Sealing anew


def test_sealing_anew_opens_for_the_new_recipient_and_keeps_the_old_object(vault):
    data = random.Random(7).randbytes(5 * CHUNK)
    old = vault.seal(io.BytesIO(data), [SECRET.recipient])
    new = reseal(vault, old.sealed, old.original, SECRET, US)
    assert (new.original, new.size) == (old.original, old.size)
    assert opened(vault, new.sealed, OFFICE)[1] == opened(vault, old.sealed)[1] == data


@pytest.mark.parametrize("damage", ["flip at the end", "cut", "not the original"])
def test_what_is_damaged_is_not_sealed_anew(vault, damage):
    old = vault.seal(io.BytesIO(bytes(5 * CHUNK)), [SECRET.recipient])
    sealed = bytearray(vault.path(old.sealed).read_bytes())
    if damage == "flip at the end":
        sealed[-1] ^= 1
    elif damage == "cut":
        del sealed[3 * CHUNK :]
    else:
        sealed = bytearray(seal_bytes(b"another", [SECRET.recipient]))
    vault.path(old.sealed).write_bytes(sealed)
    with pytest.raises(Corrupted, match="object_differs"):
        reseal(vault, old.sealed, old.original, SECRET, US)
    assert files(vault) == [f"{old.sealed[:2]}/{old.sealed}.age"]


# Memory

FLAT = """
import resource, sys
from pathlib import Path
from auditor_app.vault.keys import read_secret
from auditor_app.vault.resealing import reseal
from auditor_app.vault.sealing import digest_of_sealed
from auditor_app.vault.vault import Vault
vault, secret, size = Vault(Path(sys.argv[1])), read_secret(sys.argv[2]), int(sys.argv[3])
source = Path(sys.argv[1] + ".source")
with source.open("wb") as stream:
    stream.truncate(size)
with source.open("rb") as stream:
    made = vault.seal(stream, [secret.recipient], keep=1 << 20)
with vault.open(made.sealed) as stream:
    assert digest_of_sealed(stream, secret, "") == (made.original, size)
anew = reseal(vault, made.sealed, made.original, secret, [secret.recipient])
assert vault.digest_now(anew.sealed) == anew.sealed
for path in (source, vault.path(made.sealed), vault.path(anew.sealed)):
    path.unlink()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in kilobytes as Linux does")
def test_a_video_of_300_megabytes_takes_no_more_memory_than_a_small_one(tmp_path):
    def peak(size):
        command = [sys.executable, "-c", FLAT, str(tmp_path / "vault"), str(SECRET.identity), str(size)]
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)

    assert peak(300 << 20) - peak(3 << 20) < 16 << 10


def test_a_secret_is_never_shown():
    assert str(SECRET.identity) not in f"{SECRET!r} {SECRET}"


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1QQQ", "hello\nworld", "\x00"])
def test_an_identity_that_is_none_is_refused(text):
    with pytest.raises(Corrupted, match="identity_unreadable"):
        read_secret(text)


def test_a_recipient_is_read_back_as_it_was_written():
    assert str(read_recipient(SECRET.recipient)) == SECRET.recipient
    assert len(SECRET.database_key()) == 32
    assert SECRET.database_key() != OFFICE.database_key()


def test_an_empty_file_is_told_and_not_taken_in(workspace, tmp_path):
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(NotAllowed, match="file_empty"):
        seal_file(plan_intake(workspace), Path(tmp_path / "empty.jpg"))
    assert files(workspace.vault) == []
