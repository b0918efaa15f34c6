"""Every command, in the order of the work."""

import json
import os
import shutil

import pytest

from auditor_app.cli.lists import LISTS
from auditor_app.digests import sha256_of
from auditor_app.install_paths import shipped_forms
from auditor_app.workflows.lists import REQUIRED
from tests.cli.conftest import ALL_COMMANDS


@pytest.fixture
def office(call, tmp_path):
    """Call `auditor-office` on one folder."""
    (tmp_path / "mailbox").mkdir()
    return lambda *words, code=0: call("auditor-office", "--office", tmp_path / "office", *words, code=code)


def test_the_whole_job_can_be_done_by_commands(auditor, begun, office, call, called, sample_photo, tmp_path, monkeypatch):
    """A whole visit; each command is called at least once, and what it says is held against what was done."""
    work_through_the_criteria(auditor, begun, tmp_path)
    keep_the_lists(auditor)
    first = take_evidence_in(auditor, sample_photo, tmp_path)
    look_back(auditor, call, tmp_path, first)
    enrol(auditor, office, tmp_path)
    hand_over(auditor, office, call, tmp_path)
    keep_safe(auditor, call, tmp_path, monkeypatch)
    call("auditor", "demo", "--out", tmp_path / "office", code=2)  # played for good by tests/packaging
    assert set(ALL_COMMANDS) - called == {("auditor", "workspace", "create")}, "created by a program of its own below"


def work_through_the_criteria(auditor, begun, tmp_path) -> None:
    assert {form["form"] for form in auditor("form", "list", "--json").json} == {"copper-mark-rra-3.0", "copper-mark-rra-2.0"}
    assert "17-d1" in auditor("form", "show", "copper-mark-rra-3.0").out
    assert len(auditor("form", "show", "copper-mark-rra-3.0", "--json").json["criteria"]) == 33
    form = (shipped_forms() / "copper-mark-rra-2.0" / "form.yaml").read_text().replace("copper-mark-rra-2.0", "own-form-1")
    (tmp_path / "own.yaml").write_text(form)
    assert auditor("form", "check", tmp_path / "own.yaml", "--json").json == {"problems": []}
    auditor("form", "import", tmp_path / "own.yaml")
    auditor("answer", "last", "17-d1", "partly", "--note", "Page 3 is missing.")
    auditor("rate", "last", "17", "partially", "--because", "One of five records was missing.")
    finding = auditor("finding", "add", "last", "17", "Guard missing", "--grade", "minor", "--systemic", "--due", "2026-12-01").out.strip()
    auditor("finding", "revise", "last", "1", "--site-reply", "By June.", "--title", "Guard missing at the saw")
    (told,) = auditor("finding", "list", "last", "--json").json
    assert (told["id"], told["title"], told["systemic"], told["site_reply"]) == (finding, "Guard missing at the saw", True, "By June.")
    second = auditor("finding", "add", begun[:30], "2", "Not so").out.strip()
    auditor("finding", "withdraw", "last", second, "--because", "Shown meanwhile.")
    assert "Guard missing" in auditor("finding", "list", "last").out
    auditor("limit", "add", "last", "Night shift", "--because", "Road closed", "--criterion", "17", "--criterion", "18")
    assert auditor("limit", "list", "last", "--json").json[0]["criteria"] == ["17", "18"]
    assert "criteria still lack" in auditor("visit", "close", "last", code=2).err
    shown = auditor("visit", "show", "last", "--json").json
    assert shown["visit"]["facts"]["site"] == "Río Seco"
    assert (shown["ratings"]["partially"], "17" in shown["gaps"], len(shown["gaps"])) == (1, False, 32)
    assert "site: Río Seco" in auditor("visit", "show", "last").out
    assert auditor("visit", "list", "--json").json[0]["id"] == begun


def keep_the_lists(auditor) -> None:
    for kind in LISTS:
        required = f"--{REQUIRED[kind].replace('_', '-')}"
        value = "2026-11-17" if kind == "day" else "something"
        more = ("--interview", auditor("interview", "list", "last", "--json").json[0]["id"]) if kind == "quote" else ()
        line = auditor(kind, "add", "last", required, value, *more).out.strip()
        auditor(kind, "revise", "last", line, required, value.replace("17", "18").replace("some", "any"))
        (told,) = auditor(kind, "list", "last", "--json").json
        assert (told["id"], told[REQUIRED[kind]] in {"2026-11-18", "anything"}) == (line, True)
        if kind != "interview":  # the quote after it needs it
            auditor(kind, "remove", "last", line, "--because", "Not needed.")
            assert auditor(kind, "list", "last", "--json").json == []
    auditor("interview", "remove", "last", auditor("interview", "list", "last", "--json").json[0]["id"], "--because", "Not held.")
    assert auditor("coverage", "last", "--json").json is not None
    assert auditor("search", "last", "saw", "--json").json


def take_evidence_in(auditor, sample_photo, tmp_path) -> str:
    photo = sample_photo(tmp_path / "card" / "IMG 1.jpg")
    (tmp_path / "card" / "notes.txt").write_text("Guard missing.")
    out = auditor("evidence", "add", "last", photo, tmp_path / "card" / "notes.txt", "--for", "17", "--for", "17-d1").out
    digests = [line.split()[0] for line in out.splitlines()]
    assert digests == [sha256_of(photo.read_bytes()), sha256_of(b"Guard missing.")]
    first = digests[0]
    auditor("evidence", "annotate", "last", first[:10], "--caption", "The saw", "--happened-at", "morning")
    auditor("evidence", "annotate", "last", first[:10], "--contradicts", "18", "--unlink", "17")
    shown = auditor("evidence", "show", "last", first[:10], "--json").json
    assert shown["evidence"]["caption"] == "The saw"
    assert {(link["target"]["id"], link["stance"]) for link in shown["links"]} == {("17-d1", "supports"), ("18", "contradicts")}
    assert "The saw" in auditor("evidence", "show", "last", first).out
    assert {one["digest"] for one in auditor("evidence", "list", "last", "--json").json} == set(digests)
    assert len(auditor("evidence", "list", "last").out.splitlines()) == 2
    auditor("evidence", "export", "last", first, "--out", tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == photo.read_bytes()
    auditor("camera", "learn", "last", first, code=None)  # no code is in this photo
    return first


def look_back(auditor, call, tmp_path, first: str) -> None:
    call("auditor", "camera", "code", "--out", tmp_path / "code.png")
    assert (tmp_path / "code.png").read_bytes().startswith(b"\x89PNG")
    told = auditor("history", "last", "criterion:17", "--json").json
    assert [(one["field"], one["value"]) for one in told] == [("rating", "partially"), ("because", "One of five records was missing.")]
    assert len(auditor("history", "last").out.splitlines()) > 20
    auditor("evidence", "annotate", "last", first, "--caption", "A mistake")
    assert "evidence" in auditor("undo", "last").err
    assert auditor("evidence", "show", "last", first, "--json").json["evidence"]["caption"] == "The saw"
    entry = told[0]["id"]
    assert auditor("undo", "last", "--entry", entry).code == 0
    auditor("rate", "last", "17", "partially")
    assert auditor("clashes", "last", "--json").json == []
    auditor("clashes", "last", "--choose", entry, code=2)


def enrol(auditor, office, tmp_path) -> None:
    assert "Nobody yet" in auditor("identity", "show").out
    auditor("report", "last", "--out", tmp_path / "no.pdf", "--sign", code=2)
    assert not (tmp_path / "no.pdf").exists()
    office("init", "--name", "Office of Assurance", "--mailbox", tmp_path / "mailbox")
    auditor("identity", "request", "--out", tmp_path / "request.json")
    office("enrol", tmp_path / "request.json", "--out", tmp_path / "answer.json", "--days", 30)
    assert "Office of Assurance" in auditor("identity", "import", tmp_path / "answer.json").err
    assert auditor("identity", "show", "--json").json["name"] == "Ana Núñez"


def hand_over(auditor, office, call, tmp_path) -> None:
    profile = tmp_path / "office" / "office.profile"
    report = auditor("report", "last", "--out", tmp_path / "findings.pdf", "--sign", "--json").json
    assert report["digest"] == sha256_of((tmp_path / "findings.pdf").read_bytes())
    assert call("auditor", "verify", tmp_path / "findings.pdf", "--office", profile, "--json").json["all_yes"]
    made = auditor("bundle", "last", "--out", tmp_path / "bundle", "--json").json
    found = call("auditor", "verify", tmp_path / "bundle", "--office", profile, "--json").json
    assert (found["bundle"], found["all_yes"], found["signer"]["name"]) == (made["id"], True, "Ana Núñez")
    assert auditor("mailbox", "--json").json["url"] == str(tmp_path / "mailbox")
    auditor("mailbox", tmp_path / "mailbox", "--user", "ana")
    assert office("receive", "--json").json == []
    synced = auditor("sync", "--json").json
    assert ([one["bundle"] for one in synced["sent"]], synced["waiting"]) == ([made["id"]], [made["id"]])
    auditor("evidence", "release", "last", code=2)
    assert [one["outcome"] for one in office("receive", "--json").json] == ["received"]
    assert "known" in office("receive", tmp_path / "bundle").out
    assert office("register", "--json").json[0]["site"] == "Río Seco"
    assert "Río Seco" in office("register").out
    office("receipt", made["id"], "--out", tmp_path / "receipt.json")
    assert "has signed for" in auditor("receipt", tmp_path / "receipt.json").err
    assert auditor("sync", "--json").json == {"sent": [], "received": [], "waiting": []}
    assert "yes" in office("verify", tmp_path / "bundle", "--office", profile).out
    assert "2 sealed files" in auditor("evidence", "release", "last").err


def keep_safe(auditor, call, tmp_path, monkeypatch) -> None:
    assert auditor("workspace", "check", "--deep", "--json").json == {"faults": []}
    auditor("workspace", "backup", "--out", tmp_path / "backup")
    auditor("workspace", "rebuild")
    assert auditor("workspace", "check").out == "Nothing is wrong.\n"
    call("auditor", "--workspace", tmp_path / "restored", "workspace", "restore", tmp_path / "backup")
    monkeypatch.delenv("AUDITOR_PASSPHRASE")
    (tmp_path / "words.txt").write_text("pass\n")
    listed = call("auditor", "--workspace", tmp_path / "restored", "--passphrase-file", tmp_path / "words.txt", "visit", "list", "--json")
    assert len(listed.json) == 1


def test_a_bad_letter_in_the_mailbox_does_not_keep_a_bundle_from_being_sent(auditor, begun, office, tmp_path):
    enrol(auditor, office, tmp_path)
    for visit in (begun, "last"):
        auditor("report", visit, "--out", tmp_path / "findings.pdf", "--sign")
        auditor("bundle", visit)
        auditor("sync", code=0 if visit == begun else 4)
        office("receive")
        next((tmp_path / "mailbox" / "outbox").glob("*/*")).write_bytes(b"damaged")
        auditor("visit", "new", "--form", "copper-mark-rra-2.0", "--site", "Puerto", "--site-type", "mine")
    assert len(list((tmp_path / "mailbox" / "inbox").glob("*/bundle.json"))) == 2


def test_json_is_the_only_thing_on_standard_output_and_keeps_every_letter(auditor, begun, tmp_path):
    (tmp_path / "许可证.txt").write_text("x")
    auditor("evidence", "add", "last", tmp_path / "许可证.txt")
    ended = auditor("evidence", "list", "last", "--json")
    assert json.loads(ended.out)[0]["name"] == "许可证.txt"
    assert "许可证" in ended.out
    assert ended.err == ""


def test_a_piece_taken_in_under_another_name_is_told_under_it(auditor, begun, tmp_path):
    strange = tmp_path / os.fsdecode(b"foto\xff.txt")
    strange.write_text("x")
    assert auditor("evidence", "add", "last", strange, code=2).out == ""
    assert auditor("evidence", "add", "last", strange, "--name", "foto.txt").out.endswith("  foto.txt\n")


def test_a_bundle_from_a_stick_that_was_damaged_exits_4_naming_the_file(auditor, begun, office, call, tmp_path):
    (tmp_path / "n.txt").write_text("x")
    auditor("evidence", "add", "last", tmp_path / "n.txt")
    enrol(auditor, office, tmp_path)
    auditor("report", "last", "--out", tmp_path / "findings.pdf", "--sign")
    auditor("bundle", "last", "--out", tmp_path / "bundle")
    (one,) = (tmp_path / "bundle" / "data" / "evidence").iterdir()
    one.write_bytes(one.read_bytes() + b"x")
    (tmp_path / "bundle" / "\x1b[31mred").touch()
    for words in (("verify", tmp_path / "bundle"), ("verify", tmp_path / "bundle", "--json")):
        ended = call("auditor", *words, code=4)
        assert one.name in ended.out
        assert "\x1b" not in ended.out
    assert one.name in office("receive", tmp_path / "bundle", code=4).out
    shutil.copy(tmp_path / "office" / "office.profile", tmp_path / "office.profile")
    (tmp_path / "bundle" / "\x1b[31mred").unlink()
    one.write_bytes(one.read_bytes()[:-1])
    found = call("auditor", "verify", tmp_path / "bundle", "--office", tmp_path / "office.profile", "--json").json
    reasons = {answer["reason"] for answer in found["answers"] if answer["answer"] != "yes"}
    assert (reasons, found["all_yes"]) == ({"no_key"}, False), "without the key: questions stay open, exit code 0"
