"""Creating and opening a workspace: whatever is wrong is said with its own error, and the folder stays as it was."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from filelock import FileLock

from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.sqlite_driver import open_database
from auditor_app.store.database import create_store
from auditor_app.vault.keys import OFFICE_FILE, PASSPHRASE_FILE, Secret, read_secret, unwrap_with_passphrase, wrap_for_recipient
from auditor_app.vault.sealing import unseal_bytes
from auditor_app.workflows import workspaces
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import create_workspace, open_workspace
from auditor_app.workspace.layout import DATABASE, DESCRIPTION, KEYS, LOCK
from tests.conftest import FORM, PASSPHRASE

KEY_FILE = f"{KEYS}/{PASSPHRASE_FILE}"


@pytest.fixture
def folder(workspace_template, tmp_path):
    """A closed workspace that was never opened."""
    shutil.copytree(workspace_template, tmp_path / "workspace")
    return tmp_path / "workspace"


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; the lock is empty and says nothing by being there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def opening(folder: Path, passphrase: str = PASSPHRASE, **more: object) -> None:
    open_workspace(folder, passphrase, installation=folder.parent / "installation", **more).close()


def test_a_workspace_is_created_closed_and_opens_with_its_passphrase(folder, clock, secret):
    assert sorted(content(folder)) == [DATABASE, KEY_FILE, DESCRIPTION]
    with open_workspace(folder, PASSPHRASE, clock=clock, installation=folder.parent / "installation") as workspace:
        assert workspace.secret.recipient == secret.recipient
        assert workspace.device


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_nobody_else_on_the_machine_may_look_into_a_workspace(folder):
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_of_the_work_stands_in_a_workspace_in_clear(enrolled, sample_photo, tmp_path):
    begin_visit(enrolled, FORM, {"site": "Fundición Río Seco", "company": "Cobres del Sur", "site_type": "smelter"})
    files = content(enrolled.folder)
    assert any(name.endswith("-wal") for name in files)
    for word in ("Fundición", "Cobres", "Ana", "Núñez", "Office of", "smelter", "copper-mark", "BEGIN PRIVATE", "AGE-SECRET"):
        assert [name for name, data in files.items() if word.encode() in data] == []


def test_what_is_not_a_workspace_is_said_to_be_none(tmp_path):
    with pytest.raises(NotAllowed, match="workspace_missing"):
        opening(tmp_path)
    assert content(tmp_path) == {}


def test_a_wrong_passphrase_is_not_allowed_and_changes_nothing(folder):
    before = content(folder)
    with pytest.raises(NotAllowed) as caught:
        opening(folder, "not it")
    assert (caught.value.code, caught.value.exit_code) == ("passphrase_wrong", 2)
    assert content(folder) == before
    opening(folder)


def damage(folder: Path, name: str, data: bytes | None) -> None:
    (folder / name).unlink() if data is None else (folder / name).write_bytes(data)


DAMAGE = [
    (DESCRIPTION, b"", Corrupted, "workspace_unreadable"),
    (DESCRIPTION, b"\xff\xfe{", Corrupted, "workspace_unreadable"),
    (DESCRIPTION, b"[]", Corrupted, "workspace_unreadable"),
    (DESCRIPTION, b'{"format":"1","workspace":7}', Corrupted, "workspace_unreadable"),
    (DESCRIPTION, b'{"format":1,"workspace":"../../elsewhere"}', Corrupted, "workspace_unreadable"),
    (DESCRIPTION, b'{"format":2,"workspace":"x","more":true}', Unsupported, "made_by_newer_version"),
    (DESCRIPTION, b'{"format":2,"rooms":[]}', Unsupported, "made_by_newer_version"),
    (KEY_FILE, None, Unavailable, "file_unreadable"),
    (KEY_FILE, b"", Corrupted, "key_file_damaged"),
    (KEY_FILE, b"age-encryption.org/v1\n", Corrupted, "key_file_damaged"),
    (KEY_FILE, b"\0" * 300, Corrupted, "key_file_damaged"),
    (DATABASE, None, Corrupted, "database_missing"),
    (DATABASE, b"", Corrupted, "database_missing"),
    (DATABASE, b"\0" * 8192, Corrupted, "database_unreadable"),
]


@pytest.mark.parametrize(("name", "data", "family", "code"), DAMAGE, ids=lambda part: str(part)[:40])
def test_each_damage_has_its_own_error_and_the_folder_stays_as_it_was(folder, secret, name, data, family, code):
    damage(folder, name, data)
    before = content(folder)
    with pytest.raises(family, match=code) as caught:
        opening(folder, **({} if name == KEY_FILE else {"secret": secret}))
    assert caught.value.exit_code == {Corrupted: 4, Unsupported: 5, Unavailable: 3}[family]
    assert content(folder) == before
    assert not (folder.parent / "installation").exists()
    with FileLock(folder / LOCK, timeout=0):
        pass  # nor does a failed opening keep the lock


@pytest.mark.parametrize("part", ["header", "wrapped key", "body"])
def test_no_damage_of_the_key_file_opens_or_crashes(folder, part):
    wrapped = bytearray((folder / KEY_FILE).read_bytes())
    place = {"header": 3, "wrapped key": wrapped.index(b"---") - 5, "body": len(wrapped) - 40}[part]
    wrapped[place] ^= 1
    with pytest.raises((Corrupted, NotAllowed)) as caught:
        unwrap_with_passphrase(bytes(wrapped), PASSPHRASE)
    assert caught.value.code in {"key_file_damaged", "passphrase_wrong"}  # sealed together, they cannot always be told apart


def test_a_database_of_a_newer_version_is_refused_untouched(folder, secret):
    db = open_database(folder / DATABASE, secret.database_key())
    db.table("_sqlite_migrations").insert({"migration_set": "auditor_app", "name": "m0099_future", "applied_at": ""})
    db.close()
    before = content(folder)
    with pytest.raises(Unsupported, match="made_by_newer_version"):
        opening(folder, secret=secret)
    assert content(folder) == before


def test_a_database_under_another_key_is_refused_untouched(folder, secret, tmp_path):
    create_store(tmp_path / DATABASE, Secret.new().database_key()).close()
    shutil.copyfile(tmp_path / DATABASE, folder / DATABASE)
    before = content(folder)
    with pytest.raises(Corrupted, match="database_unreadable"):
        opening(folder, secret=secret)
    assert content(folder) == before


HOLD = """
import sys, time
from pathlib import Path
from auditor_app.vault.keys import read_secret
from auditor_app.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]), secret=read_secret(sys.stdin.readline()), installation=Path(sys.argv[2]))
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_workspace_in_use_by_another_program_is_refused_untouched_and_free_once_that_is_killed(folder, secret):
    command = [sys.executable, "-c", HOLD, str(folder), str(folder.parent / "installation")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        holder.stdin.write(f"{secret.identity}\n"), holder.stdin.flush()
        assert holder.stdout.readline() == "open\n"
        before = content(folder)
        with pytest.raises(Unavailable) as caught:
            opening(folder, secret=secret)
        assert (caught.value.code, caught.value.values) == ("workspace_in_use", {"path": str(folder)})
        assert content(folder) == before
        holder.kill()
    opening(folder, secret=secret)


def test_a_workspace_is_not_opened_twice_in_one_program(laptop, workspace):
    with pytest.raises(Unavailable, match="workspace_in_use"):
        laptop.open(workspace.folder)


# Creating


def test_the_office_can_open_a_workspace_whose_passphrase_is_forgotten(enrolled, office):
    wrapped = (enrolled.folder / KEYS / OFFICE_FILE).read_bytes()
    found = read_secret(unseal_bytes(wrapped, office.secret, OFFICE_FILE).decode())
    assert found.database_key() == enrolled.secret.database_key()
    assert wrapped != wrap_for_recipient(enrolled.secret, office.profile.recipient)


@pytest.mark.parametrize("passphrase", ["", "   "])
def test_an_empty_passphrase_creates_nothing(tmp_path, passphrase):
    with pytest.raises(NotAllowed, match="passphrase_empty"):
        create_workspace(tmp_path / "new", passphrase)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("there", ["a workspace", "something", "a file"])
def test_a_folder_that_holds_anything_is_not_touched(tmp_path, there, workspace_template):
    folder = tmp_path / "new"
    if there == "a file":
        folder.write_text("mine")
    else:
        shutil.copytree(workspace_template, folder) if there == "a workspace" else (folder / "photos").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotAllowed, match="workspace_exists" if there == "a workspace" else "folder_not_empty"):
        create_workspace(folder, PASSPHRASE)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.skipif(os.name == "nt", reason="limits the size of files, which only POSIX can")
def test_a_disk_that_fills_up_while_a_workspace_is_created_leaves_what_was_there(tmp_path, existed):
    import resource

    folder = tmp_path / "new"
    if existed:
        folder.mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))  # the key fits, the database does not
    try:
        with pytest.raises(AuditorAppError) as caught:
            create_workspace(folder, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.code in {"disk_full", "database_unreachable"}
    assert folder.exists() == existed
    assert list(tmp_path.rglob("*")) == ([folder] if existed else [])


def test_a_workspace_knows_from_its_creation_whose_it_is(tmp_path, laptop):
    secret = workspaces.create(tmp_path / "new", PASSPHRASE, " Ana Nu\u0301n\u0303ez ", "Andes Field Audits")
    with open_workspace(tmp_path / "new", secret=secret, installation=laptop.installation) as workspace:
        assert (workspace.me.name, workspace.me.organisation) == ("Ana Núñez", "Andes Field Audits")


def test_whose_workspace_it_is_must_be_said_with_a_plain_name(tmp_path):
    for name in ("", "Ana\u202eNúñez"):
        with pytest.raises(NotAllowed, match="text_"):
            workspaces.create(tmp_path / "new", PASSPHRASE, name)
    assert not (tmp_path / "new").exists()


def test_a_workspace_knows_whose_it_is_only_once_it_was_said(laptop, folder):
    with laptop.open(folder) as workspace, pytest.raises(NotAllowed, match="auditor_unknown"):
        workspace.me  # noqa: B018 - asking is the test


def test_the_description_tells_the_format_and_a_random_id_and_nothing_else(folder, tmp_path):
    told = msgspec.json.decode((folder / DESCRIPTION).read_bytes())
    assert set(told) == {"format", "workspace"}
    assert told["format"] == 1


def test_a_passphrase_that_this_computer_has_no_time_to_try_is_not_called_damage(folder):
    """The library measures how fast the computer is just now, and refuses what would take too long."""
    wrapped = (folder / KEYS / PASSPHRASE_FILE).read_bytes()
    head, factor, rest = re.fullmatch(rb"(age-encryption.org/v1\n-> scrypt \S+ )(\d+)(\n.*)", wrapped, re.DOTALL).groups()
    assert int(factor) < 30
    with pytest.raises(Unavailable, match="computer_too_busy"):
        unwrap_with_passphrase(head + b"40" + rest, PASSPHRASE)
