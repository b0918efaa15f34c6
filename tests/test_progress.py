"""Long work on several threads: in order, ended by the first error, and after the window's thread where the system can tell them apart."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor_app.progress import give_way, on_all_cores


def test_results_come_in_the_order_of_the_items():
    assert list(on_all_cores(lambda item: item * 2, range(50))) == [item * 2 for item in range(50)]


def test_what_one_item_raises_ends_the_work():
    def work(item: int) -> int:
        if item == 3:
            raise ValueError(item)
        return item

    results = on_all_cores(work, range(1_000))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(results)


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a thread be asked for its priority without more ado")
def test_a_thread_that_gives_way_comes_after_the_one_that_started_it():
    def own() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = own()
    with ThreadPoolExecutor(1, initializer=give_way) as pool:
        assert pool.submit(own).result() > before
    assert own() == before
