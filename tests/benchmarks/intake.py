"""Taking evidence in: one file of 2 GB and 1,000 photos, as a ratio to sha256sum and the age tool over the same bytes; peak memory.

    .venv/bin/python tests/benchmarks/intake.py [--megabytes 2000] [--photos 1000] [--large-photos 0]

The plain tools run one file after the other, as people use them, on the same files, in turns with ours. Ours ends when every file is
sealed, looked into for its camera's data and recorded; small pictures are drawn afterwards, and their time is told beside it. Memory
is the most that the process ever had while it took evidence in, or drew, over what it had before.
"""

import argparse
import io
import os
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.workflows.folders import sources_of
from auditor_app.workflows.intake_batches import take_in_all
from auditor_app.workflows.small_pictures import draw_all
from auditor_app.workflows.visits import begin_visit
from auditor_app.workflows.workspaces import check
from auditor_app.workspace import Me, Workspace, create_workspace, open_workspace

STATUS = Path("/proc/self/status")
TURN = 100
"""Files that the plain tools, then ours, take in."""

RESET = Path("/proc/self/clear_refs")


def main() -> None:
    """Measure both and print ratios."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--megabytes", type=int, default=2000)
    chosen.add_argument("--photos", type=int, default=1000)
    chosen.add_argument("--large-photos", type=int, default=0, help="photos of 48 megapixels in addition")
    wanted = chosen.parse_args()
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCHMARK_FOLDER")))
    secret = create_workspace(folder / "workspace", "benchmark", me=Me(id="auditor", name="Ana Núñez"))
    with open_workspace(folder / "workspace", secret=secret, installation=folder / "installation") as workspace:
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "A", "site_type": "smelter"})
        if wanted.megabytes:
            _measure(workspace, visit, f"one file of {wanted.megabytes} MB", [_large(folder, wanted.megabytes)])
        if wanted.photos:
            _measure(workspace, visit, f"{wanted.photos} photos of 12 MP", _photos(folder, wanted.photos, (4000, 3000)))
        if wanted.large_photos:
            _measure(workspace, visit, f"{wanted.large_photos} photos of 48 MP", _photos(folder, wanted.large_photos, (8000, 6000)))
        assert check(workspace) == []
    shutil.rmtree(folder)


def _measure(workspace: Workspace, visit: str, name: str, files: list[Path]) -> None:
    """Let the plain tools and ours take turns, so that whatever else the machine does hits both alike."""
    size, plain, ours, peak = sum(file.stat().st_size for file in files) / 1e6, 0.0, 0.0, 0
    for first in range(0, len(files), TURN):
        turn = files[first : first + TURN]
        plain += _plain_tools(turn)
        if RESET.exists():
            RESET.write_text("5")  # the peak counts from now
        idle, began = _memory("VmRSS"), time.perf_counter()
        tally = take_in_all(workspace, visit, sources_of(turn))
        ours += time.perf_counter() - began
        peak = max(peak, _memory("VmHWM") - idle)
        assert len(tally.taken) == len(turn)
    print(f"{name}: {size / ours:.0f} MB/s, plain tools {size / plain:.0f} MB/s, ratio {plain / ours:.2f} (at least 0.7);", end=" ")
    idle, began = _memory("VmRSS"), time.perf_counter()
    draw_all(workspace, visit)
    peak, drawing = max(peak, _memory("VmHWM") - idle), time.perf_counter() - began
    print(f"peak memory over the idle program {peak} MB (at most 200); small pictures {drawing / len(files) * 1000:.0f} ms a file later")


def _memory(what: str) -> int:
    """Give the resident memory (VmRSS) or the most it ever was (VmHWM) in megabytes."""
    return next(int(line.split()[1]) // 1024 for line in STATUS.read_text().splitlines() if line.startswith(what))


def _plain_tools(files: list[Path]) -> float:
    """Hash and encrypt with the ordinary tools, one file after the other as their users do; the target goes to the same disk."""
    identity = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stderr.split()[-1]
    target = files[0].with_name("plain.age")
    began = time.perf_counter()
    for file in files:
        subprocess.run(["sha256sum", file], stdout=subprocess.DEVNULL, check=True)
        subprocess.run(["age", "-r", identity, "-o", target, file], check=True)
    took = time.perf_counter() - began
    target.unlink()
    return took


def _large(folder: Path, megabytes: int) -> Path:
    path = folder / "film.bin"
    with path.open("wb") as stream:
        for _part in range(megabytes):
            stream.write(os.urandom(1_000_000))
    return path


def _photos(folder: Path, count: int, size: tuple[int, int]) -> list[Path]:
    """Make photos of 4 MB and more: one drawn, then with a different ending each, which decoders ignore and digests do not."""
    target = io.BytesIO()
    shot = Shot(camera=CAMERAS["phone"], taken_at=datetime(2026, 5, 4, 9, tzinfo=UTC), latitude="-22.4", longitude="-68.9")
    Image.effect_noise(size, 40).convert("RGB").save(target, "JPEG", quality=60, exif=camera_data(shot))
    inner = folder / f"photos of {size[0]}"
    inner.mkdir()
    paths = [inner / f"IMG_{number:04}.JPG" for number in range(count)]
    for path in paths:
        path.write_bytes(target.getvalue() + os.urandom(16))
    return paths


if __name__ == "__main__":
    main()
