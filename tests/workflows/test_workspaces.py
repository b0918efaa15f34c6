"""Checked, backed up, restored, rebuilt."""

import contextlib
import io
import os
import shutil
from pathlib import Path

import pytest

from auditor_app.digests import sha256_of
from auditor_app.disk import write_file
from auditor_app.domain.fields import Captured, Original
from auditor_app.domain.journal import Subject, entry_digest
from auditor_app.domain.visit import CRITERION, EVIDENCE, LINK, link_id
from auditor_app.errors import AuditorAppError, Corrupted, NotAllowed, Unavailable, Unsupported
from auditor_app.sqlite_driver import open_database
from auditor_app.store.journal import entries_of_visit
from auditor_app.store.records import all_sealed
from auditor_app.vault.keys import Secret
from auditor_app.vault.sealing import seal_bytes
from auditor_app.workflows.criteria import explain, rate
from auditor_app.workflows.hand_over import find_bundle, make_bundle
from auditor_app.workflows.history import history
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.intake import take_in
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.reports import make_report
from auditor_app.workflows.workspaces import back_up, check, create, rebuild_tables, restore
from auditor_app.workspace import Workspace
from auditor_app.workspace.layout import write_description
from tests.quick_key import quick_key
from tests.small_disk import needs_root, remount, small_disk

PASSPHRASE = "pass"


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def flip(path: Path, place: int) -> None:
    """Change one byte of a file, and of no other name of it."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    write_file(path, bytes(data))


def codes(workspace: Workspace, **more) -> set[str]:
    return {fault.code for fault in check(workspace, **more)}


@contextlib.contextmanager
def unprotected(workspace: Workspace):
    """Let entries be altered, as someone with the passphrase and an SQL tool could."""
    kept = workspace.db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'").fetchall()
    for name, _ in kept:
        workspace.db.execute(f"DROP TRIGGER {name}")
    with workspace.transaction() as db:
        yield db
    for _, sql in kept:
        workspace.db.execute(sql)


@pytest.fixture
def kept(workspace, visit, photo, secret):
    """A workspace with a photo and some words."""
    quick_key(workspace.folder, secret, PASSPHRASE)
    take_in(workspace, visit, photo)
    explain(workspace, visit, "5", "Two of five records were missing.")
    rate(workspace, visit, "5", "partially")
    return workspace


def test_a_sound_workspace_has_no_faults(kept):
    assert check(kept) == check(kept, deep=True) == []


@pytest.mark.parametrize(
    ("statement", "codes_found"),
    [
        ("UPDATE entries SET document = replace(document, 'Two of five', 'Ten of five')", {"entry_differs", "chain_broken"}),
        ("UPDATE entries SET document = replace(document, '\"value\"', '\"valu\"') WHERE field = 'because'", {"entry_unreadable"}),
        ("UPDATE entries SET field = 'rating' WHERE field = 'because'", {"entry_differs"}),
        ("UPDATE entries SET recorded_at = '2020'", {"entry_differs"}),
        ("DELETE FROM entries WHERE sequence = 3", {"chain_broken"}),
    ],
)
def test_check_finds_an_altered_journal(kept, statement, codes_found):
    with unprotected(kept) as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("DELETE FROM heads WHERE entry IN (SELECT number FROM entries WHERE sequence = 3)")
        assert db.execute(statement).rowcount
    assert codes_found <= codes(kept)


def test_check_finds_an_entry_altered_together_with_its_digest(kept, visit):
    first = entries_of_visit(kept.db, visit)[2]
    with unprotected(kept) as db:
        db.execute("UPDATE entries SET document = replace(document, '-04:00', '-05:00') WHERE id = ?", [first.id])
        altered = next(one for one in entries_of_visit(db, visit) if one.id == first.id)
        assert altered != first
        db.execute("UPDATE entries SET digest = ? WHERE id = ?", [entry_digest(altered), first.id])
    assert codes(kept) == {"chain_broken"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM heads WHERE field = 'because'",
        "DELETE FROM heads",
        "INSERT INTO awaited SELECT id, id FROM entries",
        "INSERT INTO heads SELECT visit, subject_kind, subject_id, 'rating', number FROM entries WHERE field = 'because' AND number NOT IN"
        " (SELECT entry FROM heads)",
        "UPDATE heads SET field = 'rating' WHERE field = 'because'",
    ],
)
def test_check_finds_wrong_tables_and_rebuilding_mends_them(kept, visit, statement):
    explain(kept, visit, "5", "Three of five records were missing.")
    before = kept.visit(visit)
    with kept.transaction() as db:
        assert db.execute(statement).rowcount
    assert "table_differs" in codes(kept)
    rebuild_tables(kept)
    assert check(kept) == []
    assert kept.visit(visit) == before


@pytest.mark.parametrize(
    ("damage", "code"),
    [("flip", "object_differs"), ("cut", "object_differs"), ("remove", "object_missing"), ("forget", "evidence_not_here")],
)
def test_check_finds_damaged_evidence_and_names_it(kept, damage, code):
    (one,) = all_sealed(kept.db)
    path = kept.vault.path(one.sealed)
    if damage == "flip":
        flip(path, 200)
    elif damage == "cut":
        os.truncate(path, 100)
    elif damage == "remove":
        path.unlink()
    else:
        with kept.transaction() as db:
            db.execute("DELETE FROM sealed")
    found = [(fault.code, fault.place) for fault in check(kept)]
    assert (code, one.original if damage == "forget" else f"{one.sealed}.age") in found


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("INSERT INTO sealed VALUES ('none', 'none', 1, 1, '[]', '2026')", "sealed_without_evidence"),
        ("INSERT INTO thumbnails VALUES ('none', x'ffd8')", "picture_without_original"),
        ("INSERT INTO reports VALUES ('r', 'none', 'findings', 'en', '2026', 'none', 0, '{}')", "report_without_visit"),
        ("INSERT INTO reports SELECT 'r', visit, 'findings', 'en', '2026', 'none', 0, '{}' FROM heads LIMIT 1", "report_without_file"),
        ("INSERT INTO bundles VALUES ('b', 'none', '2026', '[]', '', '', NULL)", "bundle_without_visit"),
        ("INSERT INTO names SELECT 'n', visit, 'none', x'00', '2026' FROM heads LIMIT 1", "name_without_interview"),
    ],
)
def test_check_finds_rows_that_belong_to_nothing(kept, statement, code):
    with kept.transaction() as db:
        db.execute(statement)
    assert code in codes(kept)


def test_check_finds_evidence_that_was_never_taken_in_and_links_to_none(kept, visit):
    digest = "e" * 64
    with kept.recording(visit) as recorder:
        recorder.set(Subject(EVIDENCE, digest), "original", Original(size=1, media_type="image/jpeg", captured=Captured()))
        recorder.set(Subject(LINK, link_id("f" * 64, Subject(CRITERION, "5"))), "stance", "supports")
    assert {"evidence_without_intake", "link_without_evidence"} <= codes(kept)


@pytest.mark.parametrize("sealed_to_us", [True, False])
def test_only_a_deep_check_finds_sealed_bytes_that_are_not_the_original(kept, secret, sealed_to_us):
    (one,) = all_sealed(kept.db)
    other = seal_bytes(b"something else", [(secret if sealed_to_us else Secret.new()).recipient])
    write_file(kept.vault.path(sha256_of(other)), other)
    kept.vault.path(one.sealed).unlink()
    with kept.transaction() as db:
        db.execute("UPDATE sealed SET sealed = ?", [sha256_of(other)])
    assert check(kept) == []
    assert [(fault.code, fault.place) for fault in check(kept, deep=True)] == [("object_differs", f"{sha256_of(other)}.age")]


def test_check_finds_a_damaged_page_of_the_database(kept, laptop):
    folder = kept.folder
    kept.close()
    path = folder / "journal.db"
    flip(path, path.stat().st_size - 2000)
    try:
        with laptop.open(folder) as opened:
            assert "database_page" in codes(opened)
    except Corrupted as error:
        assert error.code == "database_unreadable"


def test_a_workspace_without_its_database_is_not_opened_as_an_empty_one(kept, laptop):
    folder = kept.folder
    kept.close()
    for damage in (Path.unlink, Path.touch):
        damage(folder / "journal.db")
        with pytest.raises(Corrupted):
            laptop.open(folder)


def test_sealed_files_that_nobody_recorded_are_set_aside_when_the_workspace_is_opened(kept, laptop, photo):
    """A kill between sealing and recording leaves one; it is not thrown away, and it is no fault."""
    made = kept.vault.seal(io.BytesIO(b"never recorded"), kept.recipients())
    assert codes(kept) == {"object_unknown"}
    folder = kept.folder
    kept.close()
    with laptop.open(folder) as opened:
        assert check(opened, deep=True) == []
        assert len(list(opened.vault.objects())) == 1
    (aside,) = (path for path in folder.rglob(f"{made.sealed}*") if path.is_file())
    assert aside.stat().st_size == made.sealed_size


def test_a_backup_is_a_workspace_of_its_own_that_holds_everything(kept, visit, laptop, tmp_path):
    assert back_up(kept, tmp_path / "backup") == 1
    before, told = kept.visit(visit), history(kept, visit)
    kept.close()
    shutil.rmtree(kept.folder)
    with laptop.open(tmp_path / "backup") as opened:
        assert opened.visit(visit) == before
        assert history(opened, visit) == told
        assert check(opened, deep=True) == []


def test_a_backup_shares_no_bytes_with_the_workspace(kept, tmp_path):
    back_up(kept, tmp_path / "backup")
    (one,) = all_sealed(kept.db)
    with kept.vault.path(one.sealed).open("r+b") as stream:  # a bad sector, or a program that overwrites
        stream.write(b"overwritten")
    assert codes(kept) == {"object_differs"}
    restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)


def test_a_second_backup_into_the_same_folder_adds_only_what_is_new(kept, visit, tmp_path, sample_photo, laptop):
    back_up(kept, tmp_path / "backup")
    objects = {path: path.stat().st_mtime_ns for path in (tmp_path / "backup" / "vault").glob("??/*.age")}
    take_in(kept, visit, sample_photo(tmp_path / "card" / "2.jpg", shade=7))
    assert back_up(kept, tmp_path / "backup") == 2
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "backup" / "vault").glob("??/*.age")}
    assert objects.items() < after.items()
    with laptop.open(tmp_path / "backup") as opened:
        assert len(opened.visit(visit).evidence) == 2


def test_a_backup_interrupted_at_any_file_is_finished_by_the_next_and_never_passes_for_a_whole_one(kept, visit, tmp_path, sample_photo):
    for shade in (0, 60, 200):
        take_in(kept, visit, sample_photo(tmp_path / "card" / "n.jpg", shade=shade))

    class Killed(Exception):
        pass

    for stop_at in range(4):
        target = tmp_path / f"backup{stop_at}"

        def killed(step, done, total, stop_at=stop_at):
            if done == stop_at:
                raise Killed

        with pytest.raises(Killed):
            back_up(kept, target, killed)
        with pytest.raises(AuditorAppError):
            restore(target, tmp_path / "restored", PASSPHRASE)
        assert not (tmp_path / "restored").exists()
        assert back_up(kept, target) == 4


def test_a_backup_never_goes_over_something_else(kept, tmp_path, make_laptop):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("three years of work")
    with make_laptop("other").workspace() as other:
        write_description(other.folder, "f" * 32)  # laptops of tests begin as copies of one workspace
        back_up(other, tmp_path / "other-backup")
    for target in (tmp_path / "mine", tmp_path / "other-backup"):
        before = content(target)
        with pytest.raises(NotAllowed, match="folder_not_empty"):
            back_up(kept, target)
        assert content(target) == before
    with pytest.raises((NotAllowed, Unavailable)):
        back_up(kept, tmp_path / "mine" / "thesis.txt")


def test_a_damaged_workspace_is_not_backed_up_as_if_it_were_whole(kept, tmp_path):
    (one,) = all_sealed(kept.db)
    kept.vault.path(one.sealed).unlink()
    with pytest.raises(Corrupted, match="backup_damaged"):
        back_up(kept, tmp_path / "backup")


@pytest.mark.parametrize(
    "damage", ["object", "object gone", "database", "database gone", "database empty", "key", "key gone", "description"]
)
def test_a_damaged_backup_is_refused_and_nothing_is_restored(kept, tmp_path, damage):
    backup = tmp_path / "backup"
    back_up(kept, backup)
    named = {"object": next(backup.glob("vault/??/*.age")), "database": backup / "journal.db", "key": backup / "keys" / "passphrase.age"}
    path = named.get(damage.split()[0], backup / "workspace.json")
    if damage.endswith("gone"):
        path.unlink()
    elif damage.endswith("empty"):
        path.write_bytes(b"")
    else:
        flip(path, path.stat().st_size // 2 if damage != "description" else 0)
    before = content(backup)
    with pytest.raises((Corrupted, Unavailable, NotAllowed)):
        restore(backup, tmp_path / "restored", PASSPHRASE)
    assert not (tmp_path / "restored").exists()
    assert content(backup) == before


@needs_root
def test_a_backup_on_a_write_protected_stick_is_restored(kept, visit, laptop, tmp_path):
    with small_disk(tmp_path / "stick", "20m") as stick:
        back_up(kept, stick / "backup")
        remount(stick, "ro")
        restore(stick / "backup", tmp_path / "restored", PASSPHRASE)
    with laptop.open(tmp_path / "restored") as restored:
        assert restored.visit(visit) == kept.visit(visit)


@needs_root
def test_a_backup_that_finds_no_room_leaves_the_older_one_as_it_was(kept, visit, tmp_path, photo):
    with small_disk(tmp_path / "stick", "3m") as stick:
        back_up(kept, stick / "backup")
        (tmp_path / "film.mp4").write_bytes(bytes(5 << 20))
        take_in(kept, visit, tmp_path / "film.mp4")
        with pytest.raises(Unavailable, match="disk_full"):
            back_up(kept, stick / "backup")
        restore(stick / "backup", tmp_path / "restored", PASSPHRASE)


def test_a_backup_of_a_newer_version_is_not_touched(kept, tmp_path):
    backup = tmp_path / "backup"
    back_up(kept, backup)
    (backup / "workspace.json").write_text('{"format":2,"workspace":"x"}')
    with pytest.raises(Unsupported):
        restore(backup, tmp_path / "restored", PASSPHRASE)


def test_restoring_needs_the_passphrase_and_an_empty_place(kept, tmp_path):
    back_up(kept, tmp_path / "backup")
    with pytest.raises(NotAllowed, match="passphrase_wrong"):
        restore(tmp_path / "backup", tmp_path / "restored", "wrong")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(NotAllowed, match="folder_not_empty"):
        restore(tmp_path / "backup", tmp_path / "full", PASSPHRASE)
    with pytest.raises((NotAllowed, Unavailable)):
        restore(tmp_path / "backup", tmp_path / "full" / "x", PASSPHRASE)
    with pytest.raises(NotAllowed, match="workspace_missing"):
        restore(tmp_path / "full", tmp_path / "restored", PASSPHRASE)
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("place", ["same", "other"])
def test_a_restored_workspace_goes_on_as_a_new_device_and_meets_what_was_done_after_the_backup(kept, visit, tmp_path, laptop, unite, place):
    back_up(kept, tmp_path / "backup")
    explain(kept, visit, "6", "written after the backup")
    old_device, old_folder = kept.device, kept.folder
    kept.close()
    shutil.move(old_folder, tmp_path / "moved away")
    folder = old_folder if place == "same" else tmp_path / "restored"
    restore(tmp_path / "backup", folder, PASSPHRASE)
    with laptop.open(folder) as restored:
        assert restored.device != old_device
        explain(restored, visit, "7", "written after restoring")
        with laptop.open(tmp_path / "moved away") as moved:
            unite(moved, restored)
            assert moved.visit(visit) == restored.visit(visit)
            assert {number: one.because for number, one in restored.visit(visit).criteria.items()} == {
                "5": "Two of five records were missing.",
                "6": "written after the backup",
                "7": "written after restoring",
            }
            assert check(moved, deep=True) == check(restored, deep=True) == []


def test_a_restored_workspace_still_hands_over(kept, visit, tmp_path, laptop, office):
    import_enrolment(kept, enrol(office, enrolment_request(kept))[0])
    make_report(kept, visit, sign=True)
    back_up(kept, tmp_path / "backup")
    kept.close()
    restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    with laptop.open(tmp_path / "restored") as restored:
        made = make_bundle(restored, visit, out=tmp_path / "bundle.zip")
        assert find_bundle(restored, made.id[:8]).listing == made.listing
        assert check(restored, deep=True) == []


def test_a_workspace_is_created_whole_or_not_at_all(tmp_path, clock):
    for passphrase, name, code in ((PASSPHRASE, "  ", "text_missing"), (" ", "Ana", "passphrase_empty"), (PASSPHRASE, "A\nB", "text_has")):
        with pytest.raises(NotAllowed, match=code):
            create(tmp_path / "new", passphrase, name, clock=clock)
        assert not (tmp_path / "new").exists()


def test_the_database_opens_with_no_other_key(kept):
    folder = kept.folder
    kept.close()
    with pytest.raises(Corrupted):
        open_database(folder / "journal.db", b"\x01" * 32)
    with pytest.raises(Corrupted):
        open_database(folder / "journal.db")
