"""The package as users get it: from a wheel, from the source archive, and editable."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile

import pytest
from helpers import ROOT, write

from dlint.checks.registry import RULES

BAD = "FROM debian:12\nRUN apt-get update && apt-get install -y git\n"


def page_and_finding(python, folder):
    """Run the installed dlint on a file, and print a page."""
    write(folder, Dockerfile=BAD)
    found = subprocess.run(
        [python, "-m", "dlint", "check", "--select", "apt-recommends", "--output-format", "concise"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    page = subprocess.run(
        [python, "-m", "dlint", "rule", "apt-recommends"], cwd=folder, capture_output=True, text=True, check=True
    )
    return found.stdout, page.stdout


def assert_works(python, folder):
    found, page = page_and_finding(python, folder)
    assert found.startswith("Dockerfile:2:")
    assert "## Why" in page


def environment_with(folder, *requirements):
    """Return the Python of a new environment with something installed."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
    return python


def test_wheel(installed, wheel, tmp_path):
    python, dlint = installed
    assert_works(python, tmp_path)
    assert os.path.exists(dlint)
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"dlint/_rules/{rule.family}/{name}.md" for name, rule in RULES.items()} <= names
    assert "dlint/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests", "fixtures", "scripts")) for name in names)


def test_source_archive(tmp_path):
    """It builds the same wheel, which finds its pages."""
    subprocess.run(
        [sys.executable, "-m", "build", "--sdist", "--outdir", str(tmp_path / "dist"), ROOT],
        capture_output=True,
        check=True,
    )
    (archive,) = os.listdir(tmp_path / "dist")
    with tarfile.open(tmp_path / "dist" / archive) as opened:
        names = opened.getnames()
    assert any(name.endswith("/rules/size/apt-recommends.md") for name in names)
    assert not any("/tests/" in name or "/fixtures/" in name for name in names)
    assert_works(environment_with(tmp_path / "env", str(tmp_path / "dist" / archive)), tmp_path / "work")


def test_editable(tmp_path):
    assert_works(environment_with(tmp_path / "env", "-e", ROOT), tmp_path / "work")


def test_it_is_typed(installed, tmp_path):
    """Programs that use the interface pass mypy in strict mode against the installed package."""
    write(
        tmp_path,
        **{
            "use.py": "import dlint\n\ntree = dlint.parse('FROM scratch\\n')\n"
            "keywords: list[str] = [found.keyword for found in tree.instructions]\n"
            "rules: list[str] = [found.rule for found in dlint.check('FROM scratch\\nWORKDIR a\\n', select=('all',))]\n"
        },
    )
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed[0], "use.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("command", [["-c", "import dlint; print(dlint.__version__)"], ["-m", "dlint", "version"]])
def test_version(installed, command):
    ran = subprocess.run([installed[0], *command], capture_output=True, text=True, check=True, cwd="/")
    assert ran.stdout.strip().removeprefix("dlint ")
