import errno
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auditor_app.digests import sha256_of
from auditor_app.domain.journal import Subject
from auditor_app.domain.visit import CHECK, CRITERION, FINDING
from auditor_app.errors import Corrupted, NotAllowed, Unavailable
from auditor_app.install_paths import resources
from auditor_app.store.records import add_sealed, all_sealed, sealed
from auditor_app.workflows.evidence import describe_evidence, export_original, find_evidence, link_evidence, original_bytes, small_picture
from auditor_app.workflows.findings import raise_finding
from auditor_app.workflows.history import history
from auditor_app.workflows.intake import plan_intake, record_intake, seal_file, take_in
from auditor_app.workflows.wording import size_words
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import Workspace

HEIC = resources() / "sample" / "heic" / "casting-barrier.heic"


def everything_in(workspace: Workspace) -> tuple:
    """What must be as before after a refusal: every file of the vault, every entry, everything known to be sealed."""
    files = sorted(path.relative_to(workspace.vault.folder) for path in workspace.vault.folder.rglob("*") if path.is_file())
    return files, workspace.db.execute("SELECT id FROM entries ORDER BY id").fetchall(), all_sealed(workspace.db)


@pytest.fixture
def refusal(workspace, visit):
    """Take a file in that must be refused, see that nothing of it is left, and give the error."""

    def refused(path: Path, **more):
        before = everything_in(workspace)
        with pytest.raises((NotAllowed, Unavailable)) as error:
            take_in(workspace, visit, path, **more)
        assert everything_in(workspace) == before
        return error.value

    return refused


def test_photos_documents_and_texts_are_known_for_what_they_are(workspace, visit, photo, tmp_path):
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n"
    (tmp_path / "permit.pdf").write_bytes(pdf)
    (tmp_path / "notes.txt").write_text("Guard missing.\n")
    (tmp_path / "data.xyz").write_bytes(b"\x00\x01\x02")
    kinds = {}
    for path in (photo, HEIC, tmp_path / "permit.pdf", tmp_path / "notes.txt", tmp_path / "data.xyz"):
        digest, _ = take_in(workspace, visit, path)
        assert digest == sha256_of(path.read_bytes())
        kinds[path.name] = workspace.visit(visit).evidence[digest].media_type
    assert list(kinds.values()) == ["image/jpeg", "image/heic", "application/pdf", "text/plain", kinds["data.xyz"]]
    assert check(workspace, deep=True) == []


@pytest.mark.parametrize("picture", ["jpeg", "heic"])
def test_a_photo_brings_its_camera_data_and_a_small_picture(workspace, visit, photo, picture):
    digest, _ = take_in(workspace, visit, photo if picture == "jpeg" else HEIC)
    captured = workspace.visit(visit).evidence[digest].captured
    assert captured["at"].startswith("2026-")
    assert captured["device"]
    assert -90_000_000 < captured["latitude"] < 0
    assert small_picture(workspace, digest).startswith(b"\xff\xd8\xff")


def test_the_four_times_are_kept_apart(workspace, visit, photo, clock):
    clock.moment += timedelta(days=2)
    digest, _ = take_in(workspace, visit, photo)
    describe_evidence(workspace, visit, digest, caption="Guard at the saw", happened_at="in the night shift")
    one = workspace.visit(visit).evidence[digest]
    assert one.captured["at"] == "2026-05-04T09:08:07"
    assert one.taken_in_at.startswith("2026-05-06T13:")
    assert one.taken_in_offset == "-04:00"
    assert (one.happened_at, one.title) == ("in the night shift", "Guard at the saw")


def test_a_damaged_photo_is_evidence_all_the_same(workspace, visit, photo):
    photo.write_bytes(photo.read_bytes()[:200])
    digest, _ = take_in(workspace, visit, photo)
    assert workspace.visit(visit).evidence[digest].media_type == "image/jpeg"
    assert small_picture(workspace, digest) is None


def test_the_same_bytes_twice_are_one_object_with_two_intakes(workspace, visit, photo, tmp_path):
    shutil.copy(photo, tmp_path / "copy.jpg")
    first, _ = take_in(workspace, visit, photo, targets=[Subject(CRITERION, "17")])
    second, _ = take_in(workspace, visit, tmp_path / "copy.jpg", targets=[Subject(CRITERION, "18")])
    assert first == second
    state = workspace.visit(visit)
    assert len(state.evidence) == len(list(workspace.vault.objects())) == len(all_sealed(workspace.db)) == 1
    assert [one.value["name"] for one in history(workspace, visit) if one.subject_kind == "intake"] == ["IMG_0001.jpg", "copy.jpg"]
    assert state.evidence[first].name == "IMG_0001.jpg"
    assert {link.target.id for link in state.links} == {"17", "18"}


def test_bytes_sealed_twice_before_they_were_recorded_are_still_one_object(workspace, visit, photo):
    plan = plan_intake(workspace)
    record_intake(workspace, visit, [seal_file(plan, photo), seal_file(plan, photo)])
    assert len(list(workspace.vault.objects())) == 1
    assert check(workspace, deep=True) == []


def test_one_piece_can_support_and_contradict_several_things(workspace, visit, photo):
    digest, _ = take_in(workspace, visit, photo)
    finding, _ = raise_finding(workspace, visit, "17", "Guard missing")
    for target, stance in (
        (Subject(CRITERION, "17"), "supports"),
        (Subject(CHECK, "17-d1"), "contradicts"),
        (Subject(FINDING, finding), "supports"),
    ):
        link_evidence(workspace, visit, digest, target, stance)
    link_evidence(workspace, visit, digest, Subject(CRITERION, "17"), "contradicts")
    link_evidence(workspace, visit, digest, Subject(FINDING, finding), "")
    assert {(link.target.id, link.stance) for link in workspace.visit(visit).links} == {("17", "contradicts"), ("17-d1", "contradicts")}
    for target in (Subject(CRITERION, "99"), Subject(CHECK, "17-x9"), Subject(FINDING, "nothing"), Subject("moon", "1")):
        with pytest.raises(NotAllowed, match="target_unknown"):
            link_evidence(workspace, visit, digest, target, "supports")
    with pytest.raises(NotAllowed, match="choice_unknown"):
        link_evidence(workspace, visit, digest, Subject(CRITERION, "17"), "proves")


def test_evidence_is_found_by_the_beginning_of_its_digest(workspace, visit, tmp_path):
    for number in range(17):  # one more than there are first digits
        (tmp_path / "n.txt").write_text(str(number))
        digest, _ = take_in(workspace, visit, tmp_path / "n.txt")
    assert find_evidence(workspace, visit, digest).digest == digest
    for name in ("", "xyz"):
        with pytest.raises(NotAllowed, match="evidence_unknown"):
            find_evidence(workspace, visit, name)
    firsts = [one[0] for one in workspace.visit(visit).evidence]
    with pytest.raises(NotAllowed, match="evidence_not_unique"):
        find_evidence(workspace, visit, max(firsts, key=firsts.count))


def test_an_original_is_exported_byte_for_byte_and_never_over_another_file(workspace, visit, photo, tmp_path):
    original = photo.read_bytes()
    digest, _ = take_in(workspace, visit, photo)
    photo.unlink()
    export_original(workspace, digest, tmp_path / "out" / "photo.jpg")
    assert (tmp_path / "out" / "photo.jpg").read_bytes() == original
    with pytest.raises(NotAllowed, match="file_exists"):
        export_original(workspace, digest, tmp_path / "out" / "photo.jpg")
    with pytest.raises(NotAllowed, match="too_large_to_show"):
        original_bytes(workspace, digest, limit=len(original) - 1)


@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_original_is_told_and_not_exported(workspace, visit, photo, tmp_path, damage):
    digest, _ = take_in(workspace, visit, photo)
    (path,) = workspace.vault.folder.glob("??/*.age")
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if damage == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Unavailable if damage == "gone" else Corrupted):
        export_original(workspace, digest, tmp_path / "out.jpg")
    assert not list(tmp_path.glob("out.jpg*"))


@pytest.mark.parametrize("name", ["photo\u202egpj.exe", "a\nb.jpg", "a\x1b[31m.jpg", "\u2066x.jpg", "a\x7f.jpg", "\udcff.jpg"])
def test_a_name_with_control_or_direction_characters_is_refused(refusal, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"something")
    error = refusal(path)
    assert (error.code, error.exit_code) == ("text_has_control_characters", 2)


def test_a_refused_name_can_be_given_anew(workspace, visit, tmp_path):
    path = tmp_path / "a\u202eb.txt"
    path.write_bytes(b"something")
    digest, _ = take_in(workspace, visit, path, name="plain.txt")
    assert workspace.visit(visit).evidence[digest].name == "plain.txt"


@pytest.mark.parametrize("name", ["تصريح العمل.pdf", "היתר.jpg", "许可证 第一页.jpg", "Fundición Río Seco – ñandú.txt", "نامه\u200cها.txt"])
def test_names_in_every_script_are_welcome(workspace, visit, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(name.encode())
    digest, _ = take_in(workspace, visit, path)
    assert workspace.visit(visit).evidence[digest].name == name


def test_an_empty_file_a_folder_and_a_missing_one_are_refused_in_words_of_their_own(refusal, tmp_path):
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "folder").mkdir()
    assert refusal(tmp_path / "empty.jpg").code == "file_empty"
    assert refusal(tmp_path / "folder").code == "file_is_a_folder"
    assert refusal(tmp_path / "gone.jpg").code == "file_missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_instead_of_waiting_for_ever(refusal, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "file_not_plain"


def test_a_file_that_cannot_be_read_is_refused_naming_it(refusal, tmp_path):
    path = tmp_path / "loop.jpg"
    path.symlink_to(path)
    error = refusal(path)
    assert (error.code, error.exit_code, error.values["path"]) == ("file_unreadable", 3, str(path))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_refused(refusal, photo):
    photo.chmod(0)
    assert refusal(photo).code == "file_unreadable"


def test_a_file_larger_than_the_free_space_is_refused_before_a_byte_is_read(refusal, tmp_path):
    path = tmp_path / "film.mp4"
    size = shutil.disk_usage(tmp_path).free + (1 << 30)
    with path.open("wb") as stream:
        try:
            stream.truncate(size)
        except OSError as error:
            if error.errno == errno.EFBIG:
                pytest.skip("this disk has no files of that size")
            raise
    error = refusal(path)
    assert (error.code, error.exit_code, error.values["size"]) == ("disk_full_for_file", 3, size_words(size))


@pytest.mark.parametrize("change", ["grown", "cut", "rewritten"])
def test_a_file_that_changes_while_it_is_read_is_refused(refusal, tmp_path, change):
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(3 << 20))

    def meanwhile(step, done, total):
        if done < (1 << 20):
            return
        if change == "rewritten":
            with path.open("r+b") as stream:
                stream.write(b"other")
        else:
            os.truncate(path, (4 << 20) if change == "grown" else (2 << 20))

    assert refusal(path, progress=meanwhile).code == "file_changed"


def test_a_card_pulled_out_while_it_is_read_leaves_nothing(refusal, tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(3 << 20))

    def pulled(step, done, total):
        if done > (1 << 20):
            raise OSError(errno.EIO, "Input/output error")

    error = refusal(path, progress=pulled)
    assert (error.code, error.values["detail"]) == ("file_unreadable", "Input/output error")


def test_an_intake_that_cannot_be_recorded_leaves_no_sealed_file(workspace, visit, photo):
    before = everything_in(workspace)
    workspace.db.execute("CREATE TRIGGER full BEFORE INSERT ON sealed BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
    with pytest.raises(Unavailable, match="disk_full"):
        take_in(workspace, visit, photo)
    assert everything_in(workspace) == before


def test_evidence_of_an_unknown_visit_or_target_is_refused_before_sealing(workspace, visit, photo):
    before = everything_in(workspace)
    with pytest.raises(NotAllowed, match="visit_unknown"):
        take_in(workspace, "0199", photo)
    with pytest.raises(NotAllowed, match="target_unknown"):
        take_in(workspace, visit, photo, targets=[Subject(CRITERION, "99")])
    assert everything_in(workspace) == before


@pytest.mark.parametrize("loss", ["released", "lost"])
def test_evidence_that_is_no_longer_here_comes_back_when_it_is_taken_in_again(workspace, visit, photo, tmp_path, loss):
    digest, _ = take_in(workspace, visit, photo)
    (path,) = workspace.vault.folder.glob("??/*.age")
    path.unlink()
    if loss == "released":
        with workspace.transaction() as db:
            add_sealed(db, replace(sealed(db, digest), released_at="2026-05-04T13:08:07.000000Z"))
        with pytest.raises(Unavailable, match="original_not_here"):
            export_original(workspace, digest, tmp_path / "out.jpg")
    take_in(workspace, visit, photo)
    export_original(workspace, digest, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == photo.read_bytes()
    assert check(workspace, deep=True) == []
