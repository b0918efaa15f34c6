"""No sequence number of a chain is ever used twice, whatever happens to the folder: copied, moved, restored, killed."""

import shutil
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.domain.journal import Subject, chain_heads
from auditor_app.errors import Unavailable
from auditor_app.store.journal import entries_of_visit
from auditor_app.workflows import workspaces
from tests.conftest import PASSPHRASE, Laptop, TickingClock

VISIT = "visit-1"
CRITERION = Subject("criterion", "17")


def edit(workspace, text="seen"):
    """Write something; gives the entry."""
    with workspace.recording(VISIT) as recorder:
        return recorder.add(CRITERION, "because", text, replaces=(), reason="")


@pytest.fixture
def folder(laptop):
    """A workspace that was used and closed; its device is told by `device_of`."""
    with laptop.workspace() as workspace:
        edit(workspace)
        return workspace.folder


def device_of(laptop, folder):
    with laptop.open(folder) as workspace:
        return workspace.device


def test_a_workspace_that_stays_where_it_is_stays_the_same_device(laptop, folder):
    assert len({device_of(laptop, folder) for _ in range(3)}) == 1


def test_two_workspaces_on_one_laptop_are_two_devices(laptop, folder, tmp_path):
    with laptop.workspace("another") as other:
        assert other.device != device_of(laptop, folder)


def test_a_copy_and_its_original_go_on_as_different_devices(laptop, folder, make_laptop):
    before = device_of(laptop, folder)
    copy = shutil.copytree(folder, folder.with_name("copy"))
    elsewhere = shutil.copytree(folder, make_laptop("other laptop").folder / "workspace")
    devices = [device_of(laptop, copy), device_of(make_laptop("other laptop"), elsewhere), device_of(laptop, folder)]
    assert len({before, *devices[:2]}) == 3
    assert devices[2] not in devices[:2]


def test_a_folder_that_was_moved_goes_on_as_a_new_device(laptop, folder):
    before = device_of(laptop, folder)
    assert device_of(laptop, folder.rename(folder.with_name("moved"))) != before


def test_a_folder_copied_away_and_put_back_goes_on_as_a_new_device(laptop, folder):
    before = device_of(laptop, folder)
    copy = shutil.copytree(folder, folder.with_name("copy"))
    with laptop.open(folder) as workspace:
        edit(workspace)
    shutil.rmtree(folder), copy.rename(folder)
    assert device_of(laptop, folder) != before


def test_a_folder_copied_while_it_was_in_use_and_put_back_goes_on_as_a_new_device(laptop, folder):
    with laptop.open(folder) as workspace:
        before = workspace.device
        copy = shutil.copytree(folder, folder.with_name("copy"))
        edit(workspace)
    shutil.rmtree(folder), copy.rename(folder)
    assert device_of(laptop, folder) != before


def test_a_backup_restored_in_the_place_of_its_original_goes_on_as_a_new_device(laptop, folder):
    with laptop.open(folder) as workspace:
        before = workspace.device
        workspaces.back_up(workspace, folder.with_name("backup"))
        lost = edit(workspace)
    shutil.rmtree(folder)
    workspaces.restore(folder.with_name("backup"), folder, PASSPHRASE)
    with laptop.open(folder) as workspace:
        assert workspace.device != before
        again = edit(workspace)
        assert (again.device, again.sequence) != (lost.device, lost.sequence)
        assert workspaces.check(workspace) == []


@pytest.mark.parametrize("mark", [b"", b"{", b'{"device": 7}', None])
def test_a_lost_or_damaged_mark_makes_a_new_device(laptop, folder, mark):
    before = device_of(laptop, folder)
    (path,) = (laptop.installation / "devices").iterdir()
    path.unlink() if mark is None else path.write_bytes(mark)
    assert device_of(laptop, folder) != before
    assert device_of(laptop, folder) == device_of(laptop, folder)


def test_a_crash_between_the_two_counts_keeps_the_device(laptop, folder):
    (mark,) = (laptop.installation / "devices").iterdir()
    outer = mark.read_bytes()
    with laptop.open(folder) as workspace:
        killed = shutil.copytree(folder, folder.with_name("killed"))  # the inner count was written, the outer not yet
    shutil.rmtree(folder), killed.rename(folder), mark.write_bytes(outer)
    assert [device_of(laptop, folder), device_of(laptop, folder)] == [workspace.device] * 2


def test_a_laptop_that_cannot_keep_the_mark_does_not_open_the_workspace(laptop, folder):
    shutil.rmtree(laptop.installation), laptop.installation.write_text("in the way")
    with pytest.raises(Unavailable):
        laptop.open(folder)


def test_a_workspace_closes_even_when_its_closing_cannot_be_counted(laptop, folder):
    workspace = laptop.open(folder)
    shutil.rmtree(laptop.installation), laptop.installation.write_text("in the way")
    workspace.close()
    laptop.installation.unlink()
    assert device_of(laptop, folder) != workspace.device


def test_a_workspace_that_was_killed_while_open_keeps_its_device(laptop, folder):
    workspace = laptop.open(folder)
    edit(workspace)
    killed = [shutil.copytree(place, place.with_name(f"{place.name} as killed")) for place in (folder, laptop.installation)]
    workspace.close()
    for place, as_killed in zip((folder, laptop.installation), killed, strict=True):
        shutil.rmtree(place), as_killed.rename(place)
    with laptop.open(folder) as again:
        assert again.device == workspace.device
        assert len(chain_heads(entries_of_visit(again.db, VISIT))) == 1


events = st.lists(st.sampled_from(["edit", "reopen", "kill", "copy", "put back", "back up", "move"]), min_size=3, max_size=14)


@settings(max_examples=25, deadline=None)
@given(story=events)
def test_whatever_happens_no_sequence_number_is_used_twice_and_every_chain_stays_whole(story, tmp_path_factory, secret, workspace_template):
    laptop = Laptop(folder=tmp_path_factory.mktemp("laptop"), clock=TickingClock(), secret=secret, template=workspace_template)
    workspace = laptop.workspace()
    folder, copy, backup = workspace.folder, laptop.folder / "copy", laptop.folder / "backup"
    written = [edit(workspace)]
    for event in story:
        if event == "edit":
            written.append(edit(workspace))
        elif event == "copy":
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
        elif event == "back up":
            workspaces.back_up(workspace, backup)
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(backup, copy)
        else:
            workspace.close()
            if event == "put back" and copy.exists():
                shutil.rmtree(folder)
                shutil.copytree(copy, folder)
            elif event == "move":
                folder = folder.rename(folder.with_name(f"{folder.name} moved"))
            workspace = laptop.open(folder)
    assert chain_heads(entries_of_visit(workspace.db, VISIT))
    workspace.close()
    used = Counter((entry.device, entry.sequence) for entry in written)
    assert [place for place, times in used.items() if times > 1] == []
