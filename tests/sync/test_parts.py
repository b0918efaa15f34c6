import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.digests import sha256_of
from auditor_app.errors import NotAllowed
from auditor_app.sync.pace import FIRST, LEAST, MOST, Pace
from auditor_app.sync.parts import MAX_PART_SIZE, MAX_PARTS, even_sizes, gaps, missing_parts, part_of, parts_of, parts_there

DIGEST = sha256_of(b"an object")
OTHER = sha256_of(b"another")


@given(content=st.binary(max_size=300), part_size=st.integers(1, 400))
def test_parts_in_the_order_of_their_names_give_the_object_back(content, part_size):
    parts = parts_of(DIGEST, even_sizes(len(content), part_size))
    assert [part.name for part in parts] == sorted({part.name for part in parts})
    assert b"".join(content[part.offset : part.offset + part.size] for part in parts) == content
    assert all(part.size == part_size for part in parts[:-1])
    assert 0 < parts[-1].size <= part_size or not content


@given(sizes=st.lists(st.integers(1, 100), max_size=20), data=st.data())
def test_parts_that_are_whole_and_the_gaps_between_them_make_the_object(sizes, data):
    """Whatever was cut before, in whatever sizes, and however much of it is torn: nothing overlaps and nothing is left out."""
    whole = sum(sizes)
    parts = parts_of(DIGEST, sizes) if sizes else ()
    there = {part.name: part.size - data.draw(st.integers(0, 1)) for part in parts if data.draw(st.booleans())}
    for _ in range(data.draw(st.integers(0, 3)) if whole else 0):  # what an earlier sending cut otherwise
        offset = data.draw(st.integers(0, whole - 1))
        part = part_of(DIGEST, whole, offset, data.draw(st.integers(1, whole - offset)))
        there[part.name] = part.size
    there |= {part_of(OTHER, 50, 0, 20).name: 20, f"{DIGEST}.junk": 3, f"{DIGEST}.{'9' * 12}-5": 5}
    found = parts_there(DIGEST, whole, there)
    covered = sorted([(part.offset, part.size) for part in found] + list(gaps(found, whole)))
    assert [start for start, _size in covered] == [sum(size for _start, size in covered[:n]) for n in range(len(covered))]
    assert sum(size for _start, size in covered) == whole and covered
    assert all(there[part.name] == part.size for part in found)


@given(size=st.integers(0, 1000), part_size=st.integers(1, 100), data=st.data())
def test_what_is_missing_is_exactly_what_is_not_there_with_the_right_size(size, part_size, data):
    parts = parts_of(DIGEST, even_sizes(size, part_size))
    wrong = data.draw(st.sets(st.sampled_from(parts)))
    there = {part.name: part.size + (part in wrong) for part in parts if part not in wrong or data.draw(st.booleans())}
    assert set(missing_parts(parts, there)) == wrong


def test_an_object_of_one_part_is_named_by_its_digest_alone():
    assert [part.name for part in parts_of(DIGEST, [10])] == [DIGEST]
    assert [part.name for part in parts_of(DIGEST, [10, 1])] == [f"{DIGEST}.000000000000-10", f"{DIGEST}.000000000010-1"]


def test_an_object_has_no_more_parts_than_a_listing_takes():
    assert len(even_sizes(MAX_PARTS, 1)) == MAX_PARTS
    with pytest.raises(NotAllowed, match="object_too_many_parts"):
        even_sizes(MAX_PARTS + 1, 1)


@pytest.mark.parametrize("size", [0, -1, MAX_PART_SIZE + 1])
def test_a_part_size_that_cannot_work_is_refused(size):
    with pytest.raises(NotAllowed, match="part_size_refused"):
        even_sizes(10, size)


def test_parts_grow_on_a_fast_line_and_shrink_on_a_slow_or_broken_one():
    pace = Pace()
    for _ in range(5):
        pace.took(pace.size, 0.01)
    assert pace.size == MOST
    pace.took(pace.size, 600)
    assert LEAST < pace.size < 1 << 20
    for _ in range(9):
        pace.failed()
    assert pace.size == LEAST
    small = Pace()
    small.took(100, 0.001)
    assert small.size == FIRST, "a short last part says nothing"


def test_a_limit_keeps_parts_short_and_makes_sending_wait():
    pace, looks = Pace(size=MOST, rate=100_000), []
    assert pace.size == 1_000_000
    pace.hold(50_000, 0.0, lambda: looks.append(1))
    assert len(looks) == 3, "half a second, looked at in fifths"


def test_planning_does_not_load_the_storage_library():
    code = "import sys, auditor_app.sync.parts, auditor_app.sync.listing; sys.exit('opendal' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
