"""How commands end when something is wrong: one sentence, and the exit code of its family."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from auditor_app.cli.terminal import run
from auditor_app.error_words import WORDS
from auditor_app.errors import Cancelled
from tests.quick_key import quick_key
from tests.small_disk import needs_root, remount, small_disk

BIN = Path(sys.executable).parent
EXIT = {"not_allowed": 2, "unavailable": 3, "corrupted": 4, "unsupported": 5, "bug": 70, "cancelled": 130}


def one_sentence(ended) -> str:
    """Give what was said on standard error, which is one line, and see that nothing else was said."""
    assert ended.out == ""
    assert ended.err.startswith("Error: ")
    assert ended.err.count("\n") == 1
    return ended.err


def test_a_wrong_passphrase_ends_with_2_and_changes_nothing(auditor, begun, monkeypatch, tmp_path):
    monkeypatch.setenv("AUDITOR_PASSPHRASE", "wrong")
    assert "passphrase is wrong" in one_sentence(auditor("visit", "list", code=2))
    monkeypatch.delenv("AUDITOR_PASSPHRASE")
    assert "No passphrase" in one_sentence(auditor("visit", "list", code=2))
    (tmp_path / "words").write_bytes(b"\xff\xfe")
    for words in (tmp_path / "words", tmp_path / "nothing", tmp_path):
        one_sentence(auditor("--passphrase-file", words, "visit", "list", code=2))


@pytest.mark.parametrize("written", ["pass", "pass\n", "pass\r\n", "\ufeffpass\n"])
def test_a_passphrase_file_may_end_in_a_line_and_begin_as_notepad_does(auditor, begun, monkeypatch, tmp_path, written):
    monkeypatch.delenv("AUDITOR_PASSPHRASE")
    (tmp_path / "words").write_text(written, "utf-8", newline="")
    auditor("--passphrase-file", tmp_path / "words", "visit", "list")


def test_a_workspace_in_use_ends_with_3(auditor, laptop, folder):
    with laptop.open(folder):
        assert str(folder) in one_sentence(auditor("visit", "list", code=3))
    auditor("visit", "list")


def test_no_workspace_ends_with_2(call, surroundings, tmp_path):
    assert "no workspace" in one_sentence(call("auditor", "--workspace", tmp_path / "nothing", "visit", "list", code=2))
    assert "no workspace" in one_sentence(call("auditor", "visit", "list", code=2)), "nor in the default place"


def test_refusals_end_with_2_and_leave_the_workspace_as_it_was(auditor, begun, tmp_path):
    (tmp_path / "empty").touch()
    (tmp_path / "a\u202eb").write_text("x")
    before = auditor("history", "last", "--json").json
    for words in (
        ("rate", "last", "5", "not_applicable"),
        ("rate", "last", "99", "fully"),
        ("answer", "last", "17-d1", "perhaps"),
        ("evidence", "add", "last", tmp_path / "empty"),
        ("evidence", "add", "last", tmp_path / "a\u202eb"),
        ("evidence", "add", "last", tmp_path / "laptop" / "workspace" / "workspace.json"),
        ("evidence", "show", "last", "abc"),
        ("finding", "withdraw", "last", "1", "--because", "x"),
        ("clashes", "last", "--choose", "x"),
        ("undo", "0199nothing"),
        ("bundle", "last", "--out", tmp_path / "bundle"),
        ("form", "show", "nothing"),
        ("verify", tmp_path / "nothing"),
        ("mailbox", "set", "https://ana:secret@example.org/"),
    ):
        said = one_sentence(auditor(*words, code=2))
        assert "secret" not in said
    assert auditor("history", "last", "--json").json == before


@pytest.mark.parametrize("words", [(), ("nothing",), ("rate",), ("rate", "last", "5", "fully", "--colour", "red"), ("visit", "new")])
def test_a_wrongly_asked_command_ends_with_2_and_says_how_to_ask(auditor, words):
    assert "Usage: " in auditor(*words, code=2).err


def test_a_missing_file_ends_with_3(auditor, begun, tmp_path):
    one_sentence(auditor("evidence", "add", "last", tmp_path / "gone.jpg", code=3))
    one_sentence(auditor("mailbox", "set", tmp_path / "no-stick", code=3))


def test_a_damaged_form_ends_with_4_and_every_problem_has_a_place(auditor, tmp_path):
    (tmp_path / "form.yaml").write_text("form: x\ntitle: 5\nrating: {scale: []}\n")
    ended = auditor("form", "check", tmp_path / "form.yaml", "--json", code=4)
    problems = ended.json["problems"]
    assert len(problems) > 3
    assert {"code", "line", "place", "detail"} <= set(problems[0])
    assert auditor("form", "check", tmp_path / "form.yaml", code=4).out.startswith("line ")
    assert "problems" in one_sentence(auditor("form", "import", tmp_path / "form.yaml", code=4))
    assert len(auditor("form", "list", "--json").json) == 2


def test_a_damaged_workspace_ends_with_4_and_names_the_place(auditor, begun, folder, tmp_path):
    (tmp_path / "n.txt").write_text("x")
    auditor("evidence", "add", "last", tmp_path / "n.txt")
    (one,) = (folder / "vault").glob("??/*.age")
    one.write_bytes(b"damaged")
    assert auditor("workspace", "check", "--json", code=4).json["faults"] == [{"code": "object_differs", "place": one.name}]
    assert one.name in auditor("workspace", "check", code=4).out
    key = folder / "keys" / "passphrase.age"
    key.write_bytes(key.read_bytes()[:50])
    one_sentence(auditor("visit", "list", code=4))


def test_what_a_newer_version_made_ends_with_5_untouched(auditor, folder):
    (folder / "workspace.json").write_text('{"format": 2, "workspace": "of the future", "more": []}')
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "newer version" in one_sentence(auditor("visit", "list", code=5))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_bug_ends_with_70_and_a_report_without_the_auditors_words(surroundings, tmp_path, capsys, monkeypatch):
    @click.command()
    def broken() -> None:
        raise RuntimeError("María López said that …")

    monkeypatch.setattr(sys, "argv", ["broken"])
    with pytest.raises(SystemExit) as ended:
        run(broken)
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (EXIT["bug"], "")
    assert "bug in the program" in err
    (report,) = (tmp_path / "home").rglob("crash-*.txt")
    assert str(report) in err
    told = report.read_text()
    assert "test_ends.py" in told
    assert "RuntimeError" in told
    assert "María" not in told + err


def test_cancelling_ends_with_130(capsys, monkeypatch):
    @click.command()
    def cancelled() -> None:
        raise Cancelled

    monkeypatch.setattr(sys, "argv", ["cancelled"])
    with pytest.raises(SystemExit) as ended:
        run(cancelled)
    assert (ended.value.code, capsys.readouterr().err) == (EXIT["cancelled"], f"{WORDS['cancelled']}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to one program")
def test_an_interrupt_from_the_keyboard_ends_with_130(folder):
    command = [BIN / "auditor", "--workspace", folder, "sync", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "Nothing to send, nothing to fetch.\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err.strip()) == (EXIT["cancelled"], "", "Cancelled. Nothing was changed.")


def test_a_workspace_is_created_by_the_installed_program_and_opened_with_its_passphrase(surroundings, tmp_path):
    def auditor(*words: str) -> subprocess.CompletedProcess:
        command = [BIN / "auditor", "--workspace", tmp_path / "mine", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    created = auditor("workspace", "create", "--name", "Ana Núñez", "--organisation", "Andes")
    assert (created.returncode, created.stdout) == (0, "")
    assert auditor("workspace", "create", "--name", "Ana Núñez").returncode == EXIT["not_allowed"]
    listed = auditor("visit", "list", "--json")
    assert (listed.returncode, listed.stdout.strip()) == (0, "[]")


@needs_root
def test_a_full_disk_ends_with_3_and_loses_nothing_that_was_saved(call, laptop, secret, surroundings, tmp_path):
    with small_disk(tmp_path / "disk", "6m") as disk:
        with laptop.workspace() as made:
            quick_key(made.folder, secret, "pass")
        shutil.move(made.folder, disk / "w")
        call("auditor", "--workspace", disk / "w", "visit", "new", "--form", "copper-mark-rra-3.0", "--site", "A", "--site-type", "mine")
        saved, ends = [], []
        for number in range(1, 34):
            words = f"{number} " + "word " * 15_000
            ended = call("auditor", "--workspace", disk / "w", "rate", "last", number, "partially", "--because", words, code=None)
            ends.append(ended.code)
            if ended.code == 0:
                saved.append((str(number), words))
            else:
                assert "disk is full" in one_sentence(ended)
        assert set(ends) == {0, 3}
        (tmp_path / "n.txt").write_text("x")
        one_sentence(call("auditor", "--workspace", disk / "w", "evidence", "add", "last", tmp_path / "n.txt", code=3))
        assert not list((disk / "w" / "vault").rglob("*.age*"))
        remount(disk, "size=200m")
        assert call("auditor", "--workspace", disk / "w", "workspace", "check", "--json").json == {"faults": []}
        kept = call("auditor", "--workspace", disk / "w", "visit", "show", "last", "--json").json["visit"]["criteria"]
        assert [(number, one["because"]) for number, one in kept.items()] == saved
        call("auditor", "--workspace", disk / "w", "evidence", "add", "last", tmp_path / "n.txt")
