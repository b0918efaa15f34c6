"""Many files at once: several are sealed at the same time, one bad file stops nothing, nothing comes twice, a crash loses nothing said."""

import os
import random
import shutil
import subprocess
import sys
import threading
from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CRITERION
from auditor_app.errors import Cancelled, NotAllowed, Unavailable
from auditor_app.store.records import all_sealed, digests_with_thumbnail, sealed, thumbnail
from auditor_app.workflows.evidence import link_evidence, small_picture
from auditor_app.workflows.folders import card_folders, read_folder, sort_by_day, sources_of
from auditor_app.workflows.history import history
from auditor_app.workflows.intake import plan_intake
from auditor_app.workflows.intake_batches import BATCH_BYTES, BATCH_FILES, Source, batches, left_out, record_batch, seal_batch, take_in_all
from auditor_app.workflows.intake_tally import lost_words, outcome_words
from auditor_app.workflows.small_pictures import draw_all, undrawn
from auditor_app.workflows.visits import begin_visit
from auditor_app.workflows.wording import evidence_kind
from auditor_app.workflows.workspaces import check

SEVENTEEN, EIGHTEEN = Subject(CRITERION, "17"), Subject(CRITERION, "18")


@pytest.fixture
def files(tmp_path):
    """Make files of different sizes and contents."""

    def made(count, size=100_000, start=0):
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"film{number:03}.mp4" for number in range(start, start + count)]
        for number, path in enumerate(paths, start):
            path.write_bytes(random.Random(number).randbytes(size + number))
        return paths

    return made


def names(workspace, visit):
    return sorted(one.name for one in workspace.visit(visit).evidence.values())


def test_many_files_come_in_whole_in_their_order_and_the_workspace_is_sound(workspace, visit, files):
    paths = files(60)
    tally = take_in_all(workspace, visit, sources_of(paths), targets=(SEVENTEEN,))
    assert [piece.digest for piece in tally.taken] == [sha256_of(path.read_bytes()) for path in paths]
    assert len(workspace.visit(visit).links) == 60
    assert check(workspace, deep=True) == []
    assert sorted(path.name for path in workspace.vault.folder.iterdir() if path.is_file()) == []


def test_batches_are_small_in_number_and_bytes_and_lose_nothing():
    sizes = [random.Random(4).choice([10, 3_000_000, 90_000_000, 2_000_000_000]) for _number in range(300)]
    made = list(batches(Source(name=str(number), size=size) for number, size in enumerate(sizes)))
    assert [int(source.name) for batch in made for source in batch] == list(range(300))
    assert max(len(batch) for batch in made) <= BATCH_FILES
    assert all(len(batch) == 1 or sum(source.size for source in batch) <= BATCH_BYTES for batch in made)
    assert list(batches([])) == []


def test_several_are_sealed_at_the_same_time(workspace, visit, files):
    threads = set()

    def progress(_step, _done, _total):
        name = threading.current_thread().name
        if name.startswith("sealing"):
            threads.add(name)

    paths = files(12, size=3_000_000)
    seal_batch(plan_intake(workspace), tuple(sources_of(paths)), progress=progress)
    assert len(threads) >= 2


def test_progress_grows_to_the_size_of_all_files(workspace, visit, files):
    told = []
    paths = files(40)
    take_in_all(workspace, visit, sources_of(paths), progress=lambda step, done, total: told.append((step, done, total)))
    total = sum(path.stat().st_size for path in paths)
    assert {(step, of) for step, _done, of in told} == {("sealing", total)}
    assert [done for _step, done, _total in told] == sorted(done for _step, done, _total in told)
    assert told[-1][1] == total


def test_bad_files_are_refused_one_by_one_and_the_others_come_in(workspace, visit, files, tmp_path):
    paths = files(5)
    paths[1].write_bytes(b"")
    bad_name = tmp_path / "a\u202eb.jpg"
    bad_name.write_bytes(b"x")
    tally = take_in_all(workspace, visit, sources_of([*paths, tmp_path / "gone.jpg", bad_name]))
    assert [(one.name, one.error.code) for one in tally.refused] == [
        ("film001.mp4", "file_empty"),
        ("gone.jpg", "file_missing"),
        ("a\u202eb.jpg", "text_has_control_characters"),
    ]
    assert len(tally.taken) == 4
    said = outcome_words(tally)
    assert said[0] == "4 were taken in, 3 were refused."
    assert any("film001.mp4" in line and "empty" in line for line in said)
    assert check(workspace, deep=True) == []


def test_the_same_files_again_change_nothing_and_another_target_links_them(workspace, visit, files):
    paths = files(3)
    take_in_all(workspace, visit, sources_of(paths), targets=(SEVENTEEN,))
    before = len(history(workspace, visit))
    again = take_in_all(workspace, visit, sources_of(paths), targets=(SEVENTEEN,))
    assert (len(again.taken), len(again.linked), len(again.known)) == (0, 0, 3)
    plain = take_in_all(workspace, visit, sources_of(paths))
    assert len(plain.known) == 3
    assert len(history(workspace, visit)) == before
    other = take_in_all(workspace, visit, sources_of(paths), targets=(EIGHTEEN,))
    assert len(other.linked) == 3
    assert "3 were here already and are linked now" in outcome_words(other)[0]
    assert {link.target.id for link in workspace.visit(visit).links} == {"17", "18"}
    assert len(list(workspace.vault.objects())) == len(all_sealed(workspace.db)) == 3


def test_taking_a_file_in_again_does_not_turn_what_was_said_of_it(workspace, visit, files):
    (path,) = files(1)
    tally = take_in_all(workspace, visit, sources_of([path]), targets=(SEVENTEEN,))
    link_evidence(workspace, visit, tally.taken[0].digest, SEVENTEEN, "contradicts")
    take_in_all(workspace, visit, sources_of([path]), targets=(SEVENTEEN,))
    assert [link.stance for link in workspace.visit(visit).links] == ["contradicts"]
    link_evidence(workspace, visit, tally.taken[0].digest, SEVENTEEN, "")
    take_in_all(workspace, visit, sources_of([path]), targets=(SEVENTEEN,))
    assert [link.stance for link in workspace.visit(visit).links] == ["supports"]


def test_only_new_leaves_out_what_any_visit_has_even_renamed(workspace, visit, files):
    paths = files(4)
    take_in_all(workspace, visit, sources_of(paths[:2]))
    paths[0].rename(paths[0].with_name("renamed.mp4"))
    other, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Another", "site_type": "smelter"})
    tally = take_in_all(workspace, other, sources_of(sorted(paths[0].parent.iterdir())), only_new=True)
    assert sorted(piece.name for piece in tally.taken) == ["film002.mp4", "film003.mp4"]
    assert sorted(piece.name for piece in tally.known) == ["film001.mp4", "renamed.mp4"]
    assert len(take_in_all(workspace, other, sources_of(paths[1:2])).taken) == 1  # without it, another visit is no reason


def test_what_is_known_is_told_without_being_sealed_again(workspace, visit, files):
    paths = files(2)
    take_in_all(workspace, visit, sources_of(paths))
    plan = plan_intake(workspace, visit)
    batch = seal_batch(plan, tuple(sources_of(paths)), leave_out=left_out(plan, (), only_new=False))
    assert (len(batch.known), batch.sealed) == (2, ())


def test_the_same_bytes_twice_in_one_batch_are_one_piece(workspace, visit, files):
    (path,) = files(1)
    shutil.copy(path, path.with_name("copy.mp4"))
    tally = take_in_all(workspace, visit, sources_of([path, path.with_name("copy.mp4")]))
    assert (len(tally.taken), len(tally.known)) == (1, 1)
    assert len(list(workspace.vault.objects())) == 1
    assert check(workspace, deep=True) == []


@pytest.mark.parametrize("when", [1, 400_000, 3_000_000])
def test_stopping_keeps_what_is_whole_and_leaves_nothing_else(workspace, visit, files, when):
    def progress(_step, done, _total):
        if done >= when:
            raise Cancelled

    tally = take_in_all(workspace, visit, sources_of(files(60)), progress=progress)
    assert tally.stopped
    assert 0 < tally.left <= 60
    assert len(names(workspace, visit)) == len(tally.taken) == 60 - tally.left
    assert "Stopped. What was sealed completely is kept." in outcome_words(tally)
    assert check(workspace, deep=True) == []
    assert [path for path in workspace.vault.folder.rglob("*") if path.is_file() and path.suffix != ".age"] == []


def test_a_batch_that_cannot_be_recorded_leaves_no_sealed_file(workspace, visit, files):
    batch = seal_batch(plan_intake(workspace), tuple(sources_of(files(5))))
    workspace.db.execute("CREATE TRIGGER full BEFORE INSERT ON sealed BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
    with pytest.raises(Unavailable, match="disk_full"):
        record_batch(workspace, visit, batch)
    assert list(workspace.vault.objects()) == []


def test_an_unknown_target_is_refused_before_anything_is_read(workspace, visit, files):
    with pytest.raises(NotAllowed, match="target_unknown"):
        take_in_all(workspace, visit, sources_of(files(2)), targets=(Subject(CRITERION, "99"),))
    assert list(workspace.vault.objects()) == []


def test_a_card_that_vanishes_stops_the_rest_and_is_named(workspace, visit, files):
    paths = files(60)
    place = paths[0].parent
    sources = read_folder(place).files

    def progress(_step, done, _total):
        if done > 2_000_000:
            shutil.rmtree(place, ignore_errors=True)

    tally = take_in_all(workspace, visit, sources, progress=progress)
    assert tally.gone == place
    assert 0 < len(tally.taken) < 60
    assert any(f"{place} is not there any more" in line for line in outcome_words(tally))
    assert len(names(workspace, visit)) == len(tally.taken)
    assert check(workspace, deep=True) == []


def test_files_of_the_workspace_itself_are_no_evidence(workspace, visit):
    tally = take_in_all(workspace, visit, sources_of([workspace.folder / "workspace.json"]))
    assert [one.error.code for one in tally.refused] == ["file_of_workspace"]


KILLED = """
import os, sys
from pathlib import Path
from auditor_app.vault.keys import read_secret
from auditor_app.workflows.folders import sources_of
from auditor_app.workflows import intake_batches
from auditor_app.workspace import open_workspace

folder, secret, installation, visit, files, when = sys.argv[1:]
record, rounds = intake_batches.record_batch, [0]

def dies(*arguments, **more):
    rounds[0] += 1
    if rounds[0] == int(when):
        os._exit(9)
    ended = record(*arguments, **more)
    print(len(ended[0].taken), flush=True)
    return ended

intake_batches.record_batch = dies
with open_workspace(Path(folder), secret=read_secret(secret), installation=Path(installation)) as workspace:
    intake_batches.take_in_all(workspace, visit, sources_of([Path(files)]))
"""


@pytest.mark.parametrize("when", [1, 2])
def test_a_program_that_is_killed_keeps_what_it_said_and_the_workspace_is_sound_afterwards(laptop, files, when):
    with laptop.workspace() as workspace:
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "A", "site_type": "smelter"})
        folder = workspace.folder
    place = files(40)[0].parent
    arguments = [folder, laptop.secret.identity, laptop.installation, visit, place, when]
    ended = subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)], capture_output=True, text=True)
    assert ended.returncode == 9
    said = sum(map(int, ended.stdout.split()))
    with laptop.open(folder) as workspace:
        assert len(names(workspace, visit)) == said == (when - 1) * BATCH_FILES
        assert check(workspace, deep=True) == []
        tally = take_in_all(workspace, visit, sources_of([place]))
        assert (len(tally.taken), len(tally.known)) == (40 - said, said)
        assert check(workspace, deep=True) == []


# Folders and cards


@pytest.fixture
def card(tmp_path, sample_photo):
    folder = tmp_path / "card" / "DCIM"
    for number, day in enumerate((4, 4, 5)):
        path = sample_photo(folder / "100ANDINA" / f"IMG_000{number}.JPG", shade=20 * number)
        moment = datetime(2026, 5, day, 12).astimezone().timestamp()
        os.utime(path, (moment, moment))
    return folder


def test_a_folder_gives_its_files_oldest_first_and_passes_over_what_systems_leave(card):
    for name in ("Thumbs.db", ".DS_Store", "desktop.ini", "100ANDINA/IMG_0001.THM", ".thumbnails/1.jpg", "~$permit.docx", "x.part"):
        (card / name).parent.mkdir(exist_ok=True)
        (card / name).write_bytes(b"not ours")
    (card / "permit.pdf").write_bytes(b"%PDF-1.4")
    os.utime(card / "permit.pdf", (1, 1))
    (card / "loop").symlink_to(card)
    found = read_folder(card)
    assert [file.name for file in found.files] == ["permit.pdf", "IMG_0000.JPG", "IMG_0001.JPG", "IMG_0002.JPG"]
    assert dict(found.kinds)["Photo"] == 3
    assert found.passed_over == 7
    assert {file.place for file in found.files} == {card}


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Unavailable, match="folder_gone"):
        read_folder(tmp_path / "gone")


def test_days_tell_what_is_new_here_and_elsewhere_by_the_bytes(workspace, visit, card):
    other, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "Another", "site_type": "smelter"})
    first, second, third = (file.path for file in read_folder(card).files)
    take_in_all(workspace, visit, sources_of([first]))
    take_in_all(workspace, other, sources_of([second]))
    first.rename(card / "renamed.JPG")
    data = bytearray(third.read_bytes())
    data[-1] ^= 1  # another picture of the same size and time as a known one is new
    (card / "same size.JPG").write_bytes(data)
    os.utime(card / "same size.JPG", (third.stat().st_mtime, third.stat().st_mtime))
    days = sort_by_day(plan_intake(workspace, visit), read_folder(card))
    found = {day.day: tuple([source.name for source in part] for part in (day.new, day.known, day.elsewhere)) for day in days}
    assert found == {
        "2026-05-04": ([], ["renamed.JPG"], ["IMG_0001.JPG"]),
        "2026-05-05": (["IMG_0002.JPG", "same size.JPG"], [], []),
    }


def test_a_file_whose_size_is_unknown_is_new_without_being_read(workspace, visit, tmp_path):
    (tmp_path / "card").mkdir()
    path = tmp_path / "card" / "film.mp4"
    path.write_bytes(bytes(1000))
    found = read_folder(tmp_path / "card")
    path.unlink()  # whoever reads it now fails
    (day,) = sort_by_day(plan_intake(workspace, visit), found)
    assert [source.name for source in day.new] == ["film.mp4"]


def test_cards_and_phones_are_found_by_their_folder_of_photos(tmp_path):
    for name in ("CANON/DCIM", "phone/Internal storage/DCIM", "backup/photos"):
        (tmp_path / name).mkdir(parents=True)
    volumes = [tmp_path / "CANON", tmp_path / "phone", tmp_path / "backup", tmp_path / "gone"]
    assert card_folders(volumes) == (tmp_path / "CANON" / "DCIM", tmp_path / "phone" / "Internal storage" / "DCIM")


def test_what_was_lost_before_is_counted_in_words(workspace, visit, tmp_path, sample_photo):
    photos = [sample_photo(tmp_path / "IMG_1.jpg")]
    for name in ("IMG-20260504-WA0007.jpg", "signal-2026-05-04-091214.jpg", "Screenshot_1.png", "IMG_0007.HEIC.jpg"):
        photos.append(tmp_path / name)
        Image.new("RGB", (90, 60), (len(name), 2, 3)).save(photos[-1])
    tally = take_in_all(workspace, visit, sources_of(photos))
    assert lost_words(tally) == (
        "Before they came here: 1 is a picture of a screen, 2 were shrunk by a messenger, 1 was converted from another format,"
        " 4 have no camera time, 4 have no place. Ask for the originals while you can."
    )
    assert lost_words(take_in_all(workspace, visit, sources_of(photos))) == ""


def test_a_scanned_document_is_called_a_scan(workspace, visit, tmp_path):
    Image.new("RGB", (600, 800), (240, 240, 230)).save(tmp_path / "permit.pdf")
    tally = take_in_all(workspace, visit, sources_of([tmp_path / "permit.pdf"]))
    one = workspace.visit(visit).evidence[tally.taken[0].digest]
    assert (one.captured["pages"], one.captured["scan"], evidence_kind(one)) == (1, True, "Scan")
    assert small_picture(workspace, one.digest)


# Small pictures


@pytest.fixture
def photos(tmp_path, sample_photo):
    return [sample_photo(tmp_path / f"IMG_{number:04}.JPG", shade=20 * number) for number in range(12)]


def test_pictures_of_many_are_drawn_after_all_are_safe_and_camera_data_is_there_at_once(workspace, visit, photos):
    tally = take_in_all(workspace, visit, sources_of(photos))
    assert digests_with_thumbnail(workspace.db) == set()
    assert {one.captured["width"] for one in workspace.visit(visit).evidence.values()} == {64}
    assert all(one.captured["at"] for one in workspace.visit(visit).evidence.values())
    assert draw_all(workspace, visit) == 12
    assert digests_with_thumbnail(workspace.db) == {piece.digest for piece in tally.taken}
    assert undrawn(workspace, visit).pieces == ()


def test_a_few_come_with_their_pictures_at_once(workspace, visit, photos):
    take_in_all(workspace, visit, sources_of(photos[:2]))
    assert len(digests_with_thumbnail(workspace.db)) == 2


def test_whoever_looks_at_a_picture_before_its_turn_gets_it(workspace, visit, photos):
    tally = take_in_all(workspace, visit, sources_of(photos))
    picture = small_picture(workspace, tally.taken[7].digest)
    assert Image.open(BytesIO(picture)).size == (64, 48)
    assert thumbnail(workspace.db, tally.taken[7].digest) == picture


def test_what_can_have_no_picture_is_asked_only_once_and_what_is_lost_may_come_back(workspace, visit, photos, tmp_path):
    photos[0].write_bytes(photos[0].read_bytes()[:150])
    tally = take_in_all(workspace, visit, sources_of(photos))
    lost = workspace.vault.path(sealed(workspace.db, tally.taken[1].digest).sealed)
    lost.rename(tmp_path / "aside.age")
    draw_all(workspace, visit)
    assert small_picture(workspace, tally.taken[0].digest) is None
    assert small_picture(workspace, tally.taken[1].digest) is None
    assert [one.original for one, _type in undrawn(workspace, visit).pieces] == [tally.taken[1].digest]
    (tmp_path / "aside.age").rename(lost)
    assert small_picture(workspace, tally.taken[1].digest)
