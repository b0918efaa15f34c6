"""Makes a bundle of gigabytes of sealed evidence beside copying the same files and digesting the copies.

    .venv/bin/python tests/benchmarks/bundle.py [--gigabytes 5] [--turns 3]

A bundle shares its files with the vault where the disk can, is read again as a whole, and every piece of evidence in it is opened and
compared with what came in. Beside it stand `cp` of the sealed files and `sha256sum` of the copies, one for each core at a time; and, for a
bundle that is copied to another folder besides, the same twice. The two take turns. Needs twice the room.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor_app.workflows.hand_over import make_bundle
from tests.benchmarks.large_bundle import Laptop
from tests.benchmarks.verification import MOST, compare, digested


def main() -> None:
    """Take turns and print the ratios."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--gigabytes", type=float, default=5.0)
    wanted.add_argument("--turns", type=int, default=3)
    chosen = wanted.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        laptop = Laptop(folder, int(chosen.gigabytes * 1e9))
        first = laptop.make()
        files = [path for path in first.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{size / 1e9:.2f} GB in {len(files)} files, {os.cpu_count()} cores")
        ratio = compare("a bundle", lambda: made(laptop, first), lambda: copied(files, folder / "copy"), size, chosen.turns)
        stick = folder / "stick"
        compare("a bundle and a copy", lambda: made(laptop, first, stick), lambda: copied(files, folder / "copy", 2), size, chosen.turns)
        laptop.workspace.close()
    finally:
        shutil.rmtree(folder)
    sys.exit(0 if ratio >= MOST else 1)


def made(laptop: Laptop, first: Path, out: Path | None = None) -> None:
    """Make a bundle, and throw it away: the first keeps the files."""
    record = make_bundle(laptop.workspace, laptop.visit, out=out)
    assert record.id != first.name
    shutil.rmtree(laptop.workspace.outgoing / record.id)
    if out:
        shutil.rmtree(out)


def copied(files: list[Path], target: Path, times: int = 1) -> None:
    """Copy files and digest the copies."""
    for _time in range(times):
        target.mkdir()
        for file in files:
            shutil.copyfile(file, target / file.name)
        digested([str(path) for path in target.iterdir()])
        shutil.rmtree(target)


if __name__ == "__main__":
    main()
