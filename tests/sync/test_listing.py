import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.canonical_json import canonical_bytes
from auditor_app.digests import sha256_of
from auditor_app.errors import Corrupted, NotAllowed, Unsupported
from auditor_app.sync.listing import FORMAT, Limits, Listing, SealedObject, is_safe_name, listing_bytes, parse_listing, safe_name

A = sha256_of(b"a")


def entry(path="data/a.age", content=b"a", **changes):
    return {"path": path, "sha256": sha256_of(content), "size": len(content), "parts": [[len(content), sha256_of(content)]]} | changes


def file_of(*objects, **changes):
    return canonical_bytes({"format": FORMAT, "bundle": "b1", "objects_in": "b1", "objects": list(objects)} | changes)


def refusal(data, limits=Limits()):  # noqa: B008 - frozen
    with pytest.raises(Corrupted, match="mailbox_listing_refused") as caught:
        parse_listing(data, "b1", limits)
    return caught.value.values["place"], caught.value.values["reason"]


def test_a_listing_comes_back_as_it_was_written():
    objects = (SealedObject(path="data/evidence/x.age", sha256=sha256_of(b"x" * 25), size=25),)
    cut = Listing(bundle_id="b1", objects=objects, part_size=10)
    digests = {name: sha256_of(b"x" * part.size) for name, part in cut.parts().items()}
    listing = Listing(bundle_id="b1", objects=objects, part_size=10, digests=digests)
    read = parse_listing(listing_bytes(listing), "b1")
    assert (read, dict(read.digests), read.parts()) == (listing, digests, listing.parts())
    assert json.loads(listing_bytes(listing))["objects"][0]["parts"] == [[size, sha256_of(b"x" * size)] for size in (10, 10, 5)]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up",
        "data/../../up",
        "data/./a",
        "data//a",
        "data/",
        "..",
        "C:/Windows/a",
        "C:a",
        "data\\a",
        "\\\\server\\share\\a",
        "data/a\x00b",
        "data/a\nb",
        "data/a\u202egpj.exe",
        "data/é",
        "CON",
        "data/nul.txt",
        "data/Com1.age",
        "data/lpt9",
        "data/a.",
        "data/a ",
        "data/ a",
        "data/.hidden",
        "data/a:stream",
        "data/a*",
        "~/a",
        "d/" * 120 + "a",
        "a" * 121,
    ],
)
def test_a_path_that_leads_out_or_that_some_system_cannot_have_is_refused(path):
    assert refusal(file_of(entry(), entry(path))) == ("objects[1].path", "unsafe_path")


@pytest.mark.parametrize("first, second", [("data/a", "data/A"), ("data/a", "Data/b")])
def test_paths_that_differ_only_in_case_are_refused(first, second):
    assert refusal(file_of(entry(first), entry(second))) == ("objects[1].path", "differs_only_in_case")


@pytest.mark.parametrize("first, second", [("data/a", "data/a"), ("data/a", "data/a/b"), ("data/a/b/c", "data/a")])
def test_a_path_that_is_used_twice_or_is_both_file_and_folder_is_refused(first, second):
    assert refusal(file_of(entry(first), entry(second))) == ("objects", "repeated_path")


@pytest.mark.parametrize(
    "data, place",
    [
        (b"", ""),
        (b"\xff\xfe", ""),
        (b"[]", ""),
        (b"[" * 100_000, ""),
        (b'{"x":' * 100_000, ""),
        (b'{"format":' * 100_000, "format"),
        (file_of(entry(size=-1)), "objects[0].size"),
        (file_of(entry(size="1")), "objects[0].size"),
        (file_of(entry(parts=1)), "objects[0].parts"),
        (file_of(entry(parts=[])), "objects[0].parts"),
        (file_of(entry(parts=[[-1, "a"]])), "objects[0].parts[0][0]"),
        (file_of(entry(parts=[[1 << 40, "a"]])), "objects[0].parts[0][0]"),
        (file_of(entry(parts=[[1]])), "objects[0].parts[0]"),
        (file_of(entry(path=7)), "objects[0].path"),
        (file_of(entry(extra=1)), "objects[0]"),
        (file_of(entry(), objects_in=5), "objects_in"),
        (file_of(entry(), surprise=True), ""),
    ],
)
def test_what_is_not_a_listing_is_refused_with_the_place(data, place):
    assert refusal(data) == (place, "not_understood")


@pytest.mark.parametrize(
    "change, place, reason",
    [
        ({"sha256": "A" * 64}, "objects[0].sha256", "not_a_digest"),
        ({"sha256": "a" * 64 + "\n"}, "objects[0].sha256", "not_a_digest"),
        ({"parts": [[2, A]]}, "objects[0].parts", "wrong_sizes"),
        ({"parts": [[1, A], [0, A]]}, "objects[0].parts", "wrong_sizes"),
        ({"parts": [[1, "A" * 64]]}, "objects[0].parts", "not_a_digest"),
        ({"parts": [[1, "b" * 64]]}, "objects[0].parts", "not_a_digest"),
        ({"size": 1001, "parts": [[1001, A]]}, "objects[0].size", "too_large"),
        ({"size": 999, "parts": [[999, A]]}, "objects", "too_large"),
    ],
)
def test_values_that_contradict_each_other_or_the_limits_are_refused(change, place, reason):
    limits = Limits(object_bytes=1000, total_bytes=999)
    assert refusal(file_of(entry(**change), entry("data/b", b"b")), limits) == (place, reason)


@pytest.mark.parametrize("folder", ["", "..", "a/b", "../../etc"])
def test_the_folder_of_the_parts_cannot_lead_elsewhere(folder):
    assert refusal(file_of(entry(), objects_in=folder)) == ("objects_in", "unsafe_path")


def test_one_digest_cannot_be_cut_in_two_ways():
    twice = [entry("a", b"ab"), entry("b", b"ab", parts=[[1, A], [1, A]])]
    assert refusal(file_of(*twice)) == ("objects[1].parts", "wrong_sizes")


def test_one_digest_cannot_have_two_sizes():
    assert refusal(file_of(entry("a"), entry("b", size=2))) == ("objects[1].size", "two_sizes")


def test_more_objects_than_the_limit_are_refused():
    assert refusal(file_of(entry("a"), entry("b")), Limits(objects=1)) == ("objects", "too_many")


def test_the_listing_of_another_bundle_is_refused():
    assert refusal(file_of(entry(), bundle="b2")) == ("bundle", "other_bundle")


@pytest.mark.parametrize("data", [file_of(entry()) + b" ", file_of(entry()).replace(b'"bundle":', b'"bundle":"b0","bundle":')])
def test_a_second_way_to_write_the_same_listing_is_refused(data):
    assert refusal(data) == ("", "not_canonical")


def test_a_listing_of_a_newer_format_names_it():
    with pytest.raises(Unsupported, match=r"mailbox_format_unknown format='auditor-app-mailbox-2'"):
        parse_listing(file_of(format="auditor-app-mailbox-2", news=1), "b1")


@given(st.binary(max_size=200))
def test_no_bytes_from_outside_end_in_another_error(data):
    with pytest.raises((Corrupted, Unsupported)):
        parse_listing(data, "b1")


@given(st.text(max_size=20))
def test_a_safe_name_is_one_plain_name(name):
    if is_safe_name(name):
        assert name.isascii() and not set(name) & set("/\\:\0 ") and not name.startswith(".") and not name.endswith(".")
    else:
        with pytest.raises(NotAllowed, match="mailbox_name_refused"):
            safe_name(name)
