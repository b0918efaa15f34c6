"""The two commands of the README, and what they say on a machine that is not ready."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ("start.py", "check.py")
SET_UP = (*SCRIPTS, "environment.py")
OLD_PYTHON = """
import argparse, hashlib, os, pathlib, runpy, shutil, subprocess, sys, time
sys.version_info, sys.version = (3, 9, 18, "final", 0), "3.9.18 (main)"
sys.argv = [sys.argv[1]]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_old_python_is_refused_in_one_sentence(script, tmp_path):
    command = [sys.executable, "-B", "-c", OLD_PYTHON, str(ROOT / "packaging" / script)]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == "Auditor App needs Python 3.11 or newer; this is 3.9.18.\n"


@pytest.mark.parametrize("script", SET_UP)
def test_the_scripts_are_understood_by_pythons_old_enough_to_be_refused(script):
    """Python 3.8 must get as far as the sentence: no newer syntax, and no newer annotation that is looked at when it runs."""
    tree = ast.parse((ROOT / "packaging" / script).read_text(), feature_version=(3, 8))
    lazy = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    annotations = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation]
    annotations += [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    newer = [ast.unparse(one) for one in annotations if any(isinstance(part, ast.Subscript | ast.BinOp) for part in ast.walk(one))]
    assert lazy or not newer, newer


@pytest.mark.parametrize("script", SET_UP)
def test_the_scripts_can_be_imported_and_do_nothing_then(script, tmp_path):
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r}); import {script.removesuffix('.py')}"
    ended = subprocess.run([sys.executable, "-B", "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_playing_the_sample_needs_a_place_for_it(tmp_path):
    command = [sys.executable, "-B", str(ROOT / "packaging" / "start.py"), "--demo"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "--demo needs --out DIR" in ended.stderr


def test_the_locks_pin_every_dependency_exactly_with_hashes_and_name_no_address():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / "packaging" / lock).read_text()
        assert "//" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in pin for pin in pins)
        assert text.count("--hash=sha256:") > len(pins)
        names = {pin.partition("==")[0].partition("[")[0].lower().replace("_", "-") for pin in pins}
        wanted = {name_of(one) for one in project["project"]["dependencies"]}
        assert wanted <= names, wanted - names


def name_of(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")
