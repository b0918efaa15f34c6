"""A workspace whose passphrase is lost, opened with the office's key and never without a note."""

import shutil
import stat

import pytest

from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.register.register import open_register
from auditor_app.workflows.evidence import export_original
from auditor_app.workflows.identity import enrolment_request, import_enrolment
from auditor_app.workflows.office.enrolment import enrol
from auditor_app.workflows.office.folder import found_office
from auditor_app.workflows.office.keys import rotate
from auditor_app.workflows.office.recovering import Wanted, recover
from auditor_app.workflows.workspaces import back_up, check, open_existing
from auditor_app.workspace import open_workspace
from auditor_app.workspace.layout import read_description

NEW = "a new passphrase"


def noted(office) -> list[dict]:
    with open_register(office.register) as db:
        return list(db.table("recovery").rows)


def tree(folder) -> dict:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def lost(with_photo):
    """The folder of a workspace with evidence that nobody can open any more."""
    with_photo.close()
    return with_photo.folder


@pytest.fixture
def backup(with_photo, tmp_path):
    back_up(with_photo, tmp_path / "backup")
    return tmp_path / "backup"


def test_a_workspace_gets_a_new_passphrase_where_it_is_and_the_register_says_who_did_it(office, lost):
    before = tree(lost)
    assert recover(office, Wanted(source=lost, by_whom="Ines, deputy"), NEW) == lost
    with open_existing(lost, NEW) as workspace:
        assert workspace.me.name == "Ana Núñez"
    with pytest.raises(NotAllowed, match="passphrase_wrong"):
        open_existing(lost, "pass")
    (row,) = noted(office)
    assert (row["by_whom"], row["workspace"], row["source"]) == ("Ines, deputy", read_description(lost).workspace, str(lost))
    assert row["at"].startswith("2026-05-04T")
    assert {path for path in before if path.parts[0] == "vault"} == {path for path in tree(lost) if path.parts[0] == "vault"}


def test_a_backup_is_restored_whole_under_a_new_passphrase_and_stays_as_it_was(office, backup, visit, clock, tmp_path):
    before = tree(backup)
    for path in (backup, *backup.rglob("*")):
        path.chmod(stat.S_IRUSR | (stat.S_IXUSR if path.is_dir() else 0))  # a stick protected against writing
    recover(office, Wanted(source=backup, by_whom="Ines", out=tmp_path / "whole"), NEW)
    assert tree(backup) == before
    with open_workspace(tmp_path / "whole", NEW, clock=clock, installation=tmp_path / "office-laptop") as workspace:
        assert check(workspace, deep=True) == []
        (digest,) = workspace.visit(visit).evidence
        export_original(workspace, digest, tmp_path / "photo.jpg")
    assert [row["target"] for row in noted(office)] == [str(tmp_path / "whole")]


def test_a_copy_of_a_workspace_has_what_was_still_in_its_log(office, with_photo, visit, tmp_path):
    shutil.copytree(with_photo.folder, tmp_path / "stick", ignore=shutil.ignore_patterns("lock"))  # as it is while it is open
    assert (tmp_path / "stick" / "journal.db-wal").stat().st_size > 0
    recover(office, Wanted(source=tmp_path / "stick", by_whom="Ines", out=tmp_path / "whole"), NEW)
    with open_existing(tmp_path / "whole", NEW) as workspace:
        assert len(workspace.visit(visit).evidence) == 1


def test_a_workspace_that_is_open_is_not_copied(office, with_photo, tmp_path):
    with pytest.raises(Unavailable, match="workspace_in_use"):
        recover(office, Wanted(source=with_photo.folder, by_whom="Ines", out=tmp_path / "whole"), NEW)
    assert not (tmp_path / "whole").exists()


def test_a_workspace_that_was_never_enrolled_says_so(office, workspace, tmp_path):
    back_up(workspace, tmp_path / "backup")
    for source in (workspace.folder, tmp_path / "backup"):
        with pytest.raises(NotAllowed, match="workspace_not_recoverable"):
            recover(office, Wanted(source=source, by_whom="Ines"), NEW)
    assert noted(office) == []


def test_another_office_opens_nothing(lost, tmp_path, clock):
    other = found_office(tmp_path / "other", "Other", clock)
    before = tree(lost)
    with pytest.raises(NotAllowed, match="workspace_of_other_office"):
        recover(other, Wanted(source=lost, by_whom="Ines"), NEW)
    assert (tree(lost), noted(other)) == (before, [])


def test_a_key_that_was_renewed_since_still_opens_what_was_enrolled_before(office, lost):
    recover(rotate(office), Wanted(source=lost, by_whom="Ines"), NEW)
    open_existing(lost, NEW).close()


def test_nothing_changes_without_a_passphrase_or_a_name_or_with_a_damaged_key(office, lost, tmp_path):
    before = tree(lost)
    for by_whom, words, code in (("Ines", " ", "passphrase_empty"), (" ", NEW, "text_missing")):
        with pytest.raises(NotAllowed, match=code):
            recover(office, Wanted(source=lost, by_whom=by_whom), words)
    with pytest.raises(NotAllowed, match="workspace_missing"):
        recover(office, Wanted(source=tmp_path, by_whom="Ines"), NEW)
    assert tree(lost) == before
    key = lost / "keys" / "office.age"
    key.write_bytes(key.read_bytes()[:-3] + b"abc")
    with pytest.raises(Corrupted, match="key_file_damaged"):
        recover(office, Wanted(source=lost, by_whom="Ines"), NEW)
    assert noted(office) == []


def test_a_recovered_auditor_can_go_on_with_the_office(office, lost, clock, tmp_path):
    recover(office, Wanted(source=lost, by_whom="Ines"), NEW)
    with open_workspace(lost, NEW, clock=clock, installation=tmp_path / "new-laptop") as workspace:
        import_enrolment(workspace, enrol(office, enrolment_request(workspace))[0])
