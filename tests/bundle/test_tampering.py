"""Whatever is done to a bundle, it never passes as whole, and the answer names the file."""

import hashlib
import os
import random
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor_app.bundle import names
from auditor_app.errors import AuditorAppError, Corrupted
from auditor_app.workflows.answers import NO, NOT_CHECKED, QUESTIONS, YES

SMALL = 2_000
SAMPLED = 40


def files_of(bundle) -> list[str]:
    return sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())


def places(verification) -> set[str]:
    return {place for answer in verification.answers if answer.answer == NO for place in answer.places}


def fails_naming(verification, name: str) -> bool:
    """Say whether a verification has a no that names a file."""
    return verification.any_no and not verification.all_yes and any(name in place for place in places(verification))


def test_an_untouched_bundle_gets_every_question_answered_yes(verified, handed_over):
    for path in (handed_over.folder, handed_over.zip):
        found = verified(path)
        assert [answer.question for answer in found.answers] == [one for one in QUESTIONS if one != "report_in_bundle"]
        assert {answer.answer for answer in found.answers} == {YES}
        assert found.signer.name == "Ana Núñez"
        assert found.visit == handed_over.workspace.visit(handed_over.visit)


def test_without_the_offices_key_sealed_questions_stay_open_and_nothing_is_no(verified, handed_over):
    found = verified(handed_over.folder, key=False)
    assert not found.any_no
    assert not found.all_yes
    said = {answer.question: (answer.answer, answer.reason) for answer in found.answers}
    assert [question for question, (answer, _) in said.items() if answer == YES] == ["bag_intact", "signature_valid", "signer_trusted"]
    assert {one for one in said.values() if one[0] != YES} == {(NOT_CHECKED, "no_key")}


def test_no_byte_of_any_file_can_be_changed_unseen(verified, bundle):
    """Every byte of the small files and forty of each larger one; without the key, as any third party could."""
    choose = random.Random(20260504)
    assert len(files_of(bundle)) == 10
    for name in files_of(bundle):
        path = bundle / name
        data = path.read_bytes()
        every = range(len(data)) if len(data) <= SMALL else sorted({0, len(data) - 1, *choose.sample(range(len(data)), SAMPLED)})
        for place in every:
            path.write_bytes(data[:place] + bytes([data[place] ^ (1 << choose.randrange(8))]) + data[place + 1 :])
            assert fails_naming(verified(bundle, key=False), name), f"{name}, byte {place}"
        path.write_bytes(data)
    assert verified(bundle).all_yes


def test_with_the_key_a_changed_byte_is_a_no_as_well(verified, bundle):
    choose = random.Random(5)
    for name in files_of(bundle):
        path = bundle / name
        data = path.read_bytes()
        for place in choose.sample(range(len(data)), 5):
            path.write_bytes(data[:place] + bytes([data[place] ^ 0x80]) + data[place + 1 :])
            assert fails_naming(verified(bundle), name), f"{name}, byte {place}"
        path.write_bytes(data)


@pytest.mark.parametrize("key", [True, False])
def test_no_file_can_be_missing_cut_lengthened_emptied_or_renamed(verified, bundle, key):
    for name in files_of(bundle):
        path = bundle / name
        data = path.read_bytes()
        for changed in (None, b"", data[:-1], data[1:], data + b"\n", data + data):
            path.unlink(missing_ok=True)
            if changed is not None:
                path.write_bytes(changed)
            assert fails_naming(verified(bundle, key=key), name), f"{name} as {changed and len(changed)} bytes"
        path.write_bytes(data)
        for other in (path.with_name(path.name + "x"), path.with_name(path.name.swapcase()), bundle / "elsewhere"):
            path.rename(other)
            found = verified(bundle, key=key)
            assert fails_naming(found, name), f"{name} as {other.name}"
            assert fails_naming(found, other.name)
            other.rename(path)
    assert verified(bundle).all_yes


@pytest.mark.parametrize("where", ["", "data", "data/evidence", "data/findings"])
def test_nothing_can_be_added_anywhere(verified, bundle, where, tmp_path):
    digest = "ab" * 32
    (tmp_path / "outside").mkdir()
    additions = {
        "file": lambda path: path.write_bytes(b"more"),
        ".hidden": lambda path: path.touch(),
        f"{digest}.age": lambda path: path.write_bytes(b"more"),
        f"{digest}.pdf.age": lambda path: path.write_bytes(b"more"),
        "folder": lambda path: path.mkdir(),
        "deep/folder": lambda path: path.mkdir(parents=True),
        "link": lambda path: path.symlink_to(bundle / "bagit.txt"),
        "link to a folder": lambda path: path.symlink_to(tmp_path / "outside", target_is_directory=True),
        "link to nothing": lambda path: path.symlink_to(tmp_path / "nothing"),
        "fetch.txt": lambda path: path.write_text("https://example.org/x 5 data/x\n"),
        "manifest-sha512.txt": lambda path: path.write_text("\n"),
    }
    for name, add in additions.items():
        path = bundle / where / name
        add(path)
        assert fails_naming(verified(bundle), f"{where}/{name}".strip("/")), f"{where}/{name}"
        path = bundle / where / name.split("/")[0]
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    assert verified(bundle).all_yes


def test_a_link_in_place_of_a_file_is_not_followed(verified, bundle, tmp_path):
    for name in files_of(bundle):
        (bundle / name).rename(tmp_path / "real")
        (bundle / name).symlink_to(tmp_path / "real")
        assert fails_naming(verified(bundle), name)
        (bundle / name).unlink()
        (tmp_path / "real").rename(bundle / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(verified, bundle):
    for name in files_of(bundle):
        (bundle / name).rename(bundle.parent / "real")
        os.mkfifo(bundle / name)
        assert fails_naming(verified(bundle), name)
        (bundle / name).unlink()
        (bundle.parent / "real").rename(bundle / name)


def test_two_evidence_files_cannot_trade_places(verified, bundle):
    one, other = sorted((bundle / "data" / "evidence").iterdir())
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    for key in (True, False):
        found = verified(bundle, key=key)
        assert fails_naming(found, one.name)
        assert fails_naming(found, other.name)


def test_a_manifest_made_anew_to_fit_the_change_breaks_the_signature(verified, bundle):
    """Someone without the auditor's key exchanges evidence and mends every manifest."""
    (one, _other) = sorted((bundle / "data" / "evidence").iterdir())
    data = b"age-encryption.org/v1\nnot what it was"
    one.unlink()
    digest = hashlib.sha256(data).hexdigest()
    (bundle / names.evidence_name(digest)).write_bytes(data)
    payload = sorted((bundle / "data").rglob("*.age"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(bundle).as_posix()}\n" for path in payload]
    (bundle / names.MANIFEST).write_text("".join(sorted(lines, key=lambda line: line[66:])))
    size = sum(path.stat().st_size for path in payload)
    info = (bundle / names.INFO).read_text().splitlines()
    (bundle / names.INFO).write_text("\n".join([*info[:-1], f"Payload-Oxum: {size}.{len(payload)}"]) + "\n")
    tags = [f"{hashlib.sha256((bundle / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names.TAG_FILES)]
    (bundle / names.TAG_MANIFEST).write_text("".join(tags))
    for key in (True, False):
        found = verified(bundle, key=key)
        said = {answer.question: answer for answer in found.answers}
        assert said["bag_intact"].answer == YES, "the bag fits itself"
        assert (said["signature_valid"].answer, said["signature_valid"].reason) == (NO, "content_changed")
        assert names.TAG_MANIFEST in said["signature_valid"].places


def test_names_that_would_play_tricks_on_a_terminal_are_shown_harmlessly(verified, bundle):
    (bundle / "\x1b[2Jall yes\u202e").touch()
    (bundle / os.fsdecode(b"\xff")).touch()
    shown = places(verified(bundle))
    assert all(place.isprintable() for place in shown), shown
    assert any("all yes" in place for place in shown)
    "".join(shown).encode()


def test_what_is_no_bundle_at_all_is_refused(verified, tmp_path):
    (tmp_path / "empty").mkdir()
    found = verified(tmp_path / "empty")
    assert found.any_no
    assert {names.MANIFEST, names.TAG_MANIFEST, names.DECLARATION} <= places(found)
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(Corrupted, match="bundle_unreadable"):
        verified(tmp_path / "text.zip")
    with pytest.raises(AuditorAppError, match="bundle_missing"):
        verified(tmp_path / "nothing")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), name=st.sampled_from([*names.TAG_FILES, names.TAG_MANIFEST, names.SIGNATURE, names.RECORD]))
def test_any_other_content_of_a_file_is_answered_and_never_a_crash(verified, bundle, name, data):
    kept = (bundle / name).read_bytes()
    try:
        (bundle / name).write_bytes(data)
        assert fails_naming(verified(bundle), name)
    finally:
        (bundle / name).write_bytes(kept)
