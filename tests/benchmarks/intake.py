"""Taking evidence in: one file of 2 GB and 1,000 photos, as a ratio to sha256sum and the age tool over the same bytes; peak memory.

.venv/bin/python tests/benchmarks/intake.py [--megabytes 2000] [--photos 1000]
"""

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from auditor_app.sample.camera import CAMERAS, Shot, camera_data
from auditor_app.workflows.evidence import plan_intake, record_intake, seal_file
from auditor_app.workflows.visits import begin_visit
from auditor_app.workspace import Me, Workspace, create_workspace, open_workspace


def main() -> None:
    """Measure both and print ratios."""
    chosen = argparse.ArgumentParser()
    chosen.add_argument("--megabytes", type=int, default=2000)
    chosen.add_argument("--photos", type=int, default=1000)
    wanted = chosen.parse_args()
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("BENCHMARK_FOLDER")))
    secret = create_workspace(folder / "workspace", "benchmark", me=Me(id="auditor", name="Ana Núñez"))
    with open_workspace(folder / "workspace", secret=secret, installation=folder / "installation") as workspace:
        visit, _changes = begin_visit(workspace, "copper-mark-rra-3.0", {"site": "A", "site_type": "smelter"})
        idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _measure(workspace, visit, "one large file", [_large(folder, wanted.megabytes)])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak memory over the idle program {(peak - idle) // 1024} MB (at most 200)")
        _measure(workspace, visit, f"{wanted.photos} photos", _photos(folder, wanted.photos))
    shutil.rmtree(folder)


def _measure(workspace: Workspace, visit: str, name: str, files: list[Path]) -> None:
    size = sum(file.stat().st_size for file in files) / 1e6
    plain = _plain_tools(files)
    began = time.perf_counter()
    plan = plan_intake(workspace)
    for first in range(0, len(files), 20):
        record_intake(workspace, visit, [seal_file(plan, file) for file in files[first : first + 20]])
    ours = time.perf_counter() - began
    print(f"{name}: {size / ours:.0f} MB/s, plain tools {size / plain:.0f} MB/s, ratio {plain / ours:.2f} (at least 0.7)")


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


def _photos(folder: Path, count: int) -> list[Path]:
    """Make photos of 3 MB: one drawn, then with a different ending each, which decoders ignore and digests do not."""
    import io
    from datetime import UTC, datetime

    from PIL import Image

    target = io.BytesIO()
    shot = Shot(camera=CAMERAS["phone"], taken_at=datetime(2026, 5, 4, 9, tzinfo=UTC), latitude="-22.4", longitude="-68.9")
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(target, "JPEG", quality=60, exif=camera_data(shot))
    (folder / "photos").mkdir()
    paths = [folder / "photos" / f"IMG_{number:04}.JPG" for number in range(count)]
    for path in paths:
        path.write_bytes(target.getvalue() + os.urandom(16))
    return paths


if __name__ == "__main__":
    main()
