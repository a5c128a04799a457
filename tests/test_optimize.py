"""What ``dlint optimize`` makes of whole projects: fixtures/optimize/*/project.txt, and the plans beside them.

``plan.txt`` is what it prints with ``--verbose``, ``plan.diff`` what ``git apply`` gets; DLINT_UPDATE_GOLDENS=1
writes them. Every plan applies with git, leaves nothing to plan, and dlint finds nothing in the result that it
did not find before.
"""

import json
import os
import shutil
import subprocess

import pytest
from helpers import ROOT, run
from test_contexts import lay_out

FOLDER = os.path.join(ROOT, "fixtures", "optimize")
CASES = sorted(os.listdir(FOLDER))
PLAIN = ("--today", "2026-11-22", "--isolated")


def assert_beside(case, name, text):
    """Assert that the file of that name in the folder of a case holds *text*."""
    path = os.path.join(FOLDER, case, name)
    if os.environ.get("DLINT_UPDATE_GOLDENS"):
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(path, encoding="utf-8", newline="") as file:
        assert text == file.read(), f"{path} differs; DLINT_UPDATE_GOLDENS=1 accepts the new text"


def laid_out(folder, case):
    """Write the project of a case."""
    if case == "ml-pipeline":
        shutil.copytree(os.path.join(ROOT, "fixtures", "ml-pipeline"), folder, dirs_exist_ok=True)
        return
    with open(os.path.join(FOLDER, case, "project.txt"), encoding="utf-8") as file:
        lay_out(folder, file.read())


def optimize(folder, *arguments):
    """Run the command on the Dockerfile of a folder."""
    return run("optimize", "Dockerfile", *PLAIN, *arguments, cwd=folder)


def found(folder):
    """Return how often each rule is hit in the Dockerfile."""
    ran = run("check", "Dockerfile", "--output-format", "json", *PLAIN, cwd=folder)
    # Without an ignore file the one says what the other says with one.
    same = {"dockerignore-missing": "heavy-paths-not-ignored"}
    rules = [same.get(found["rule"], found["rule"]) for found in json.loads(ran.stdout)["diagnostics"]]
    return {rule: rules.count(rule) for rule in rules}


@pytest.mark.parametrize("case", CASES)
def test_projects(case, tmp_path):
    laid_out(tmp_path, case)
    plan = optimize(tmp_path, "--verbose")
    assert plan.stderr == ""
    assert_beside(case, "plan.txt", plan.stdout)
    diff = optimize(tmp_path, "--diff")
    assert_beside(case, "plan.diff", diff.stdout)
    assert plan.returncode == diff.returncode == 1

    before = found(tmp_path)
    applied = tmp_path.parent / f"{tmp_path.name}-applied"
    applied.mkdir()
    for name in filter(os.path.exists, (tmp_path / "Dockerfile", tmp_path / ".dockerignore")):
        shutil.copy(name, applied)
    subprocess.run(["git", "apply", "-"], input=diff.stdout, text=True, cwd=applied, check=True)
    assert optimize(tmp_path, "--write").returncode == 0
    for name in ("Dockerfile", ".dockerignore"):
        written = tmp_path / name
        assert written.exists() == (applied / name).exists()
        assert not written.exists() or written.read_bytes() == (applied / name).read_bytes()
    after = found(tmp_path)
    assert {rule: count for rule, count in after.items() if count > before.get(rule, 0)} == {}
    again = optimize(tmp_path, "--verbose")
    assert (again.returncode, again.stderr) == (0, ""), again.stdout
