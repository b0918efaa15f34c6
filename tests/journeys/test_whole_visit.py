"""A whole visit from the welcome page to the office's receipt, in the real window: by keyboard alone, and by mouse under an X server."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor_app.domain.visit import CHECK
from auditor_app.workflows.hand_over import hand_overs
from auditor_app.workflows.reports import list_reports
from auditor_app.workflows.visits import list_visits
from auditor_app.workflows.workspaces import check, open_existing
from tests.journeys import whole_visit

ROOT = Path(__file__).parents[2]
UNDER_X = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]


@pytest.fixture
def folder(tmp_path, sample_photo):
    sample_photo(tmp_path / "card" / "IMG_0001.JPG")
    return tmp_path


@pytest.mark.parametrize("kind", ["keyboard", "mouse"])
def test_a_whole_visit_is_done_with_one_hand(kind, folder, monkeypatch):
    if kind == "mouse" and not (shutil.which("xvfb-run") and shutil.which("xdotool")):
        pytest.skip("needs xvfb-run and xdotool, which packaging/check.py installs on Debian")
    command = [sys.executable, "-m", "tests.journeys.whole_visit", kind, str(folder)]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "xcb" if kind == "mouse" else "offscreen"}
    done = subprocess.run(
        [*(UNDER_X if kind == "mouse" else []), *command], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(folder / "installation"))
    with open_existing(folder / "workspace", whole_visit.PASSPHRASE) as workspace:
        judge(workspace)


def judge(workspace):
    """See that what the hand did is what the workspace holds."""
    (visit,) = list_visits(workspace)
    state = workspace.visit(visit.id)
    assert visit.site == whole_visit.SITE
    assert [area.name for area in state.areas] == [whole_visit.AREA]
    assert [document.title for document in state.documents] == [whole_visit.DOCUMENT]
    assert (state.criteria["17"].rating, state.criteria["17"].because) == ("partially", whole_visit.REASON)
    assert [name.partition("-")[0] for name, one in state.checks.items() if one.answer == "partly"] == ["17"]
    (evidence,) = state.evidence.values()
    assert evidence.name == "IMG_0001.JPG"
    assert [link.target.id for link in state.links if link.target.kind != CHECK] == ["17"]
    assert [(finding.title, finding.criterion) for finding in state.findings] == [(whole_visit.FINDING, "17")]
    assert [talk.group for talk in state.interviews] == [whole_visit.GROUP]
    assert [quote.original for quote in state.quotes] == [whole_visit.QUOTE]
    assert state.todos
    assert [report.signed for report in list_reports(workspace, visit.id)] == [True]
    (bundle,) = hand_overs(workspace, visit.id)
    assert bundle.received_at, "the office has signed for it"
    assert check(workspace) == []
