import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.digests import sha256_of
from auditor_app.errors import NotAllowed
from auditor_app.sync.parts import MAX_PART_SIZE, MAX_PARTS, count_parts, missing_parts, plan_parts

DIGEST = sha256_of(b"an object")


@given(content=st.binary(max_size=300), part_size=st.integers(1, 400))
def test_parts_in_the_order_of_their_names_give_the_object_back(content, part_size):
    parts = plan_parts(DIGEST, len(content), part_size)
    assert len(parts) == count_parts(len(content), part_size)
    assert [part.name for part in parts] == sorted({part.name for part in parts})
    assert b"".join(content[part.offset : part.offset + part.size] for part in parts) == content
    assert all(part.size == part_size for part in parts[:-1])
    assert 0 < parts[-1].size <= part_size or not content


@given(size=st.integers(0, 1000), part_size=st.integers(1, 100), data=st.data())
def test_what_is_missing_is_exactly_what_is_not_there_with_the_right_size(size, part_size, data):
    parts = plan_parts(DIGEST, size, part_size)
    wrong = data.draw(st.sets(st.sampled_from(parts)))
    there = {part.name: part.size + (part in wrong) for part in parts if part not in wrong or data.draw(st.booleans())}
    assert set(missing_parts(parts, there)) == wrong


def test_an_object_of_one_part_is_named_by_its_digest_alone():
    assert [part.name for part in plan_parts(DIGEST, 10, 10)] == [DIGEST]
    assert [part.name for part in plan_parts(DIGEST, 11, 10)] == [f"{DIGEST}.00000", f"{DIGEST}.00001"]


def test_an_object_has_no_more_parts_than_five_digits_can_number():
    assert len(plan_parts(DIGEST, MAX_PARTS, 1)) == MAX_PARTS
    with pytest.raises(NotAllowed, match="object_too_many_parts"):
        plan_parts(DIGEST, MAX_PARTS + 1, 1)


@pytest.mark.parametrize("size", [0, -1, MAX_PART_SIZE + 1])
def test_a_part_size_that_cannot_work_is_refused(size):
    with pytest.raises(NotAllowed, match="part_size_refused"):
        plan_parts(DIGEST, 10, size)


def test_planning_does_not_load_the_storage_library():
    code = "import sys, auditor_app.sync.parts, auditor_app.sync.listing; sys.exit('opendal' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
