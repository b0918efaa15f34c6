"""Verifies bundles of large and of many sealed files beside `sha256sum` over the same files on the same cores.

    .venv/bin/python tests/benchmarks/verification.py [--gigabytes 2] [--turns 5]

`sha256sum` runs as often at once as there are cores, over the same files, all in the system's memory; the two take turns. With the key
every file is opened besides, so that is compared with `sha256sum` over the sealed files and `age --decrypt | sha256sum` of each, where
age is installed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor_app.clock import SystemClock
from auditor_app.vault.keys import Secret
from auditor_app.workflows.identity import office_profile
from auditor_app.workflows.verifying import Trust, verify_bundle
from tests.benchmarks.large_bundle import Laptop

MOST = 0.8


def main() -> None:
    """Take turns and print the ratios."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--gigabytes", type=float, default=2.0)
    wanted.add_argument("--turns", type=int, default=5)
    chosen = wanted.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        laptop = Laptop(folder, int(chosen.gigabytes * 1e9))
        bundle = laptop.make()
        files = [str(path) for path in bundle.rglob("*") if path.is_file()]
        size = sum(os.path.getsize(path) for path in files)  # noqa: PTH202
        print(f"{size / 1e9:.2f} GB in {len(files)} files, {os.cpu_count()} cores")
        open_trust = Trust(at=SystemClock().now(), profile=office_profile(laptop.workspace))
        ratio = compare("verifying", lambda: verified(bundle, open_trust), lambda: digested(files), size, chosen.turns)
        if shutil.which("age"):
            keyed = Trust(at=SystemClock().now(), profile=open_trust.profile, secret=laptop.workspace.secret)
            key = key_file(folder, laptop.workspace.secret)
            compare("verifying with the key", lambda: verified(bundle, keyed), lambda: opened(files, key), size, chosen.turns)
        laptop.workspace.close()
    finally:
        shutil.rmtree(folder)
    sys.exit(0 if ratio >= MOST else 1)


def compare(what: str, ours: Callable[[], None], theirs: Callable[[], None], size: int, turns: int) -> float:
    """Let both work in turn; gives the median of the ratios of neighbouring turns."""
    times = [(timed(ours), timed(theirs)) for _turn in range(turns)]
    ratio = statistics.median(there / here for here, there in times)
    here, there = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{what}: {size / here / 1e6:.0f} MB/s beside {size / there / 1e6:.0f}: {ratio:.2f} (wanted {MOST})", flush=True)
    return ratio


def timed(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def verified(bundle: Path, trust: Trust) -> None:
    assert not verify_bundle(bundle, trust).any_no


def digested(files: list[str]) -> None:
    """Digest files with `sha256sum`, one for each core at a time."""
    words = ["xargs", "-0", "-n", "1", "-P", str(os.cpu_count()), "sha256sum"]
    subprocess.run(words, input="\0".join(files).encode(), stdout=subprocess.DEVNULL, check=True)


def opened(files: list[str], key: Path) -> None:
    digested(files)
    sealed = [path for path in files if path.endswith(".age")]
    line = f'age --decrypt -i {key} "$0" | sha256sum'
    words = ["xargs", "-0", "-n", "1", "-P", str(os.cpu_count()), "sh", "-c", line]
    subprocess.run(words, input="\0".join(sealed).encode(), stdout=subprocess.DEVNULL, check=True)


def key_file(folder: Path, secret: Secret) -> Path:
    (folder / "key.txt").write_text(f"{secret.identity}\n")
    return folder / "key.txt"


if __name__ == "__main__":
    main()
