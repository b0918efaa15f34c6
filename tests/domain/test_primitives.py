"""The small modules at the bottom: ids, moments, plain texts, digests and files that are whole or not there."""

import hashlib
import io
import os
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor_app.clock import moment_text, offset_text, parse_moment
from auditor_app.digests import CHUNK, is_digest, sha256_of, sha256_of_file, sha256_of_stream
from auditor_app.disk import TEMPORARY, link_or_copy, new_file, write_file
from auditor_app.errors import AuditorAppError, NotAllowed, Unavailable
from auditor_app.ids import new_id
from auditor_app.plain_text import forbidden_characters, one_line, paragraph, required

offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(9000, 1, 1), timezones=offsets)  # noqa: DTZ001 - as hypothesis wants
texts = st.text(st.characters(codec="utf-8"), max_size=40)


# Ids and moments


def test_ids_are_uuids_of_version_7_and_sort_by_the_clock_that_made_them(clock):
    clock.tick = timedelta(microseconds=1)
    made = [new_id(clock) for _ in range(5000)]
    assert made == sorted(made) and len(set(made)) == len(made)
    one = uuid.UUID(made[0])
    assert (one.version, one.variant) == (7, uuid.RFC_4122)
    assert datetime.fromtimestamp((one.int >> 80) / 1000, UTC) <= clock.moment


@settings(max_examples=100, deadline=None)
@given(moments, moments)
def test_a_moment_reads_back_and_its_text_sorts_as_time_does(one, other):
    assert parse_moment(moment_text(one), offset_text(one)) == one
    assert parse_moment(moment_text(one), offset_text(one)).utcoffset() == one.utcoffset()
    assert (moment_text(one) < moment_text(other)) == (one < other)
    assert len(moment_text(one)) == len("2026-05-04T09:08:07.000000Z")


@pytest.mark.parametrize("text", ["", "2026-05-04", "2026-05-04T09:08:07Z", "2026-05-04T09:08:07.000000+00:00", "yesterday"])
def test_what_is_not_in_the_one_form_is_no_moment(text):
    with pytest.raises(ValueError):
        parse_moment(text)


# Texts


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_text_is_kept_as_it_is_meant_or_refused_whole(text):
    try:
        kept = one_line(text, "site")
    except NotAllowed as error:
        assert error.values["place"] == "site" and forbidden_characters(text)
        return
    assert one_line(kept, "site") == kept == kept.strip()
    assert not forbidden_characters(kept)


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "\u202egpj.exe", "a\u200fb", "\ud800", "a\x85b", "\u2066x\u2069"])
def test_characters_that_hide_what_a_name_says_are_refused(text):
    with pytest.raises(NotAllowed, match="text_has_control_characters"):
        one_line(text, "file name")


@pytest.mark.parametrize("text", ["Fundición Río Seco", "王小明", "مصهر النحاس", "Łucja Żółć", "🙂"])
def test_names_of_all_scripts_are_welcome(text):
    assert one_line(text, "name") == required(text, "name") == text


def test_a_paragraph_keeps_its_lines_and_a_required_text_may_not_be_empty():
    assert paragraph("one\r\n\ttwo\n", "note") == "one\n\ttwo\n"
    assert one_line("Nu\u0301n\u0303ez", "name") == "Núñez"
    for empty in ("", "  "):
        with pytest.raises(NotAllowed, match="text_missing"):
            required(empty, "name")


# Digests and files


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
def test_bytes_streams_and_files_have_the_same_digest(tmp_path, size):
    data = os.urandom(size)
    (tmp_path / "file").write_bytes(data)
    expected = hashlib.sha256(data).hexdigest()
    assert sha256_of(data) == sha256_of_stream(io.BytesIO(data)) == sha256_of_file(tmp_path / "file") == expected
    assert is_digest(expected)


@pytest.mark.parametrize("text", ["", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "../" + "a" * 61])
def test_what_is_no_digest_is_told(text):
    assert not is_digest(text)


def test_a_file_is_the_old_one_or_the_new_one_and_never_half(tmp_path):
    target = tmp_path / "folder" / "file"
    write_file(target, b"old")
    with pytest.raises(ZeroDivisionError), new_file(target) as stream:
        stream.write(b"half of the n")
        assert target.read_bytes() == b"old"
        raise ZeroDivisionError
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"old"]
    write_file(target, b"new")
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"new"]


def test_what_a_kill_leaves_has_the_ending_that_is_swept(tmp_path):
    with new_file(tmp_path / "file"):
        assert [path.suffix for path in tmp_path.iterdir()] == [TEMPORARY]


def test_the_errors_of_the_system_name_the_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable) as caught:
        write_file(tmp_path / "file" / "below", b"x")
    assert caught.value.values["path"] == str(tmp_path / "file" / "below")
    with pytest.raises(AuditorAppError):
        write_file(tmp_path, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_second_name_for_a_file_never_takes_the_place_of_another(tmp_path):
    (tmp_path / "one").write_bytes(b"one")
    link_or_copy(tmp_path / "one", tmp_path / "folder" / "two")
    assert (tmp_path / "folder" / "two").read_bytes() == b"one"
