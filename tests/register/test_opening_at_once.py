"""A register that several open for the first time at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from auditor_app.register.register import open_register, received

OPENERS = 8


@pytest.mark.parametrize("round_", range(60))
def test_everybody_gets_the_one_register(tmp_path: Path, round_: int):
    barrier = Barrier(OPENERS)

    def opening(_number: int) -> list[object]:
        barrier.wait()
        with open_register(tmp_path / "register.db") as db:
            return received(db)

    with ThreadPoolExecutor(OPENERS) as pool:
        assert list(pool.map(opening, range(OPENERS))) == [[]] * OPENERS
