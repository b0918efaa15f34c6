"""`auditor demo`: the whole job played once, judged by this program and by others."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from auditor_app.clock import SystemClock
from auditor_app.domain.photo_review import tally, withheld
from auditor_app.errors import NotAllowed
from auditor_app.workflows.closing import held
from auditor_app.workflows.sample_visit import PASSPHRASE, play
from auditor_app.workflows.verifying import trust_from_files, verify
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import open_workspace

BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def played(tmp_path_factory, worker_id) -> Path:
    """The sample visit, played by the command into a new folder, once for all workers of a run."""
    base = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    out = base / "sample"
    with FileLock(base / "sample.lock"):
        if not out.exists():
            told = run_demo(out)
            assert told.returncode == 0, told.stderr
            (base / "sample.told").write_text(told.stdout, "utf-8")
    return out


def run_demo(out: Path) -> subprocess.CompletedProcess:
    surroundings = {**os.environ, "AUDITOR_INSTALLATION": str(out.with_name("sample.installation"))}
    command = [BIN / "auditor", "demo", "--out", out]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings, timeout=300)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def opened(played, tmp_path):
    """A copy of the sample's workspace, opened with its passphrase."""
    shutil.copytree(played / "workspace", tmp_path / "workspace")
    with open_workspace(tmp_path / "workspace", PASSPHRASE, installation=tmp_path / "installation") as workspace:
        yield workspace


def test_everything_that_it_speaks_of_is_there(played):
    told = (played.parent / "sample.told").read_text("utf-8")
    for name in (
        "findings.pdf",
        "preliminary.pdf",
        "bundle/bagit.txt",
        "mailbox/inbox",
        "office/register.db",
        "workspace/journal.db",
        "evidence",
    ):
        assert (played / name).exists(), name
    assert told.startswith("The sample visit is ready.\n")
    assert "the office has signed for every digest" in told
    assert "NOT THERE" not in told


def test_a_second_run_changes_nothing(played):
    before = content(played)
    told = run_demo(played)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("The sample visit is here already; nothing was changed.\n")
    assert content(played) == before


def test_the_visit_is_a_whole_one(opened):
    (visit,) = {row[0] for row in opened.db.execute("SELECT DISTINCT visit FROM entries")}
    state = opened.visit(visit)
    assert len(state.evidence) >= 60
    assert {number for number, one in state.criteria.items() if one.rating} == {str(number) for number in range(1, 34)}
    assert len(state.findings) >= 5
    assert len(state.links) > len(state.evidence)
    assert state.limits
    assert state.clashes == ()
    assert {one.media_type for one in state.evidence.values()} >= {"image/jpeg", "image/heic", "application/pdf"}
    assert check(opened, deep=True) == []


def test_the_site_was_shown_every_photo_and_what_it_objected_to_is_settled(opened, played):
    (visit,) = {row[0] for row in opened.db.execute("SELECT DISTINCT visit FROM entries")}
    state = opened.visit(visit)
    counted = tally(state)
    assert (counted.photos > 50, counted.left, counted.objected) == (True, 0, 2)
    assert {one.decision for one in state.objections} == {"blurred", "kept"}
    assert not any(one.lacks for one in state.objections)
    (original, copy), *others = withheld(state).items()
    assert (others, state.evidence[copy].derived_from) == ([], original)
    text = subprocess.run(["pdftotext", played / "findings.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "Photos shown to the site" in text
    assert "Withheld on the site's objection" in text


def test_the_closing_meeting_was_held_and_its_sheet_signed_by_both_sides(opened, played):
    (visit,) = {row[0] for row in opened.db.execute("SELECT DISTINCT visit FROM entries")}
    state = opened.visit(visit)
    assert {one.position for one in state.findings} == {"agrees", "partly", "disagrees"}
    assert len(state.attendees) > 5 and state.closings[0].ended_at
    (change,) = held(opened, visit).changes
    assert (change.field, change.after) == ("due", "2026-11-27") and change.reason
    found = verify(played / "preliminary.pdf", trust_from_files(SystemClock().now(), played / "office" / "office.profile", None))
    assert found.all_yes
    (second,) = found.pdf.later
    assert second.valid.holds and "Raúl Ibarra Montt" in second.reason
    marked, plain = (
        subprocess.run(["pdftotext", played / name, "-"], capture_output=True, text=True, check=True).stdout
        for name in ("preliminary.pdf", "findings.pdf")
    )
    assert all("Preliminary" in page for page in marked.split("\f") if page.strip())
    assert "Preliminary" not in plain


def test_the_bundle_and_the_report_get_every_question_answered_yes(played):
    trust = trust_from_files(SystemClock().now(), played / "office" / "office.profile", None)
    for path in (played / "bundle", played / "findings.pdf"):
        found = verify(path, trust)
        assert found.all_yes, [answer for answer in found.answers if answer.answer != "yes"]


def test_the_commands_that_it_tells_all_succeed(played):
    told = (played.parent / "sample.told").read_text("utf-8")
    tools = ("  pdfsig ", "  python3 ", "  openssl ", "  age ", "  auditor ")
    commands = [line.strip() for line in told.splitlines() if line.startswith(tools)]
    assert len(commands) == 5
    surroundings = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    for command in commands:
        ended = subprocess.run(command, shell=True, cwd=played, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S602
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"


def test_pdfsig_finds_one_valid_signature_over_the_whole_report(played):
    told = subprocess.run(["pdfsig", "-nocert", played / "findings.pdf"], capture_output=True, text=True, check=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 1
    assert "Total document signed" in told


def test_qpdf_finds_nothing_wrong_with_the_report(played):
    subprocess.run(["qpdf", "--check", played / "findings.pdf"], capture_output=True, check=True)


def test_the_offices_register_can_be_read_with_plain_sqlite(played):
    db = sqlite3.connect(f"file:{played / 'office' / 'register.db'}?mode=ro&immutable=1", uri=True)
    try:
        bundles, ratings = (db.execute(f"SELECT * FROM {table}").fetchall() for table in ("bundle", "criterion"))  # noqa: S608
        (pieces,) = db.execute("SELECT count(*) FROM evidence").fetchone()
    finally:
        db.close()
    assert (len(bundles), len(ratings)) == (1, 33)
    assert pieces >= 60


def test_a_folder_that_holds_something_else_is_not_touched(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(NotAllowed, match="sample_exists"):
        play(tmp_path)
    assert content(tmp_path) == {"thesis.txt": b"three years of work"}


def test_an_interrupted_sample_leaves_nothing(tmp_path):
    class Stopped(Exception):
        pass

    def stop(step, done, total):
        if done >= 2:
            raise Stopped

    with pytest.raises(Stopped):
        play(tmp_path / "sample", stop)
    assert not (tmp_path / "sample").exists()
