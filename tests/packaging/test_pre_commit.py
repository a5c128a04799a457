"""The hook, run by pre-commit itself on a repository of its own."""

import os
import shutil
import subprocess
import sys

import pytest
from helpers import ROOT, write

WARNS = "FROM python:3.12-slim\nWORKDIR app\n"
GIT = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory):
    """A repository with the files of this checkout, as pre-commit clones it."""
    folder = tmp_path_factory.mktemp("dlint-repository")
    for name in ("dlint", "rules", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        source = os.path.join(ROOT, name)
        if os.path.isdir(source):
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "all")
    return folder


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, env=os.environ | GIT, check=True, capture_output=True)


def try_repo(hook_repository, folder, home, hook="dlint"):
    """Run ``pre-commit try-repo`` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(hook_repository), hook, "--all-files", "--verbose"],
        cwd=folder, env=os.environ | GIT | {"PRE_COMMIT_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_try_repo(hook_repository, tmp_path):
    project = tmp_path / "project"
    write(
        project,
        **{
            "Dockerfile": WARNS,
            "docker/api.Dockerfile": "FROM python:3.12.8-slim\nUSER 1000\n",
            "Dockerfile.md": "# no Dockerfile\n",
            "deploy/compose.prod.yaml": "services:\n  db:\n    image: redis:8.2.1\n    prots: ['1']\n",
            "deploy/values.yaml": "a: 1\n",
            ".dockerignore": "# dlint: ignore[nothing] no such rule\n.git\n",
            "vendor/Dockerfile": WARNS,
            "dlint.toml": "extend-exclude = ['vendor']\n",
        },
    )
    git(project, "init", "-q")
    git(project, "add", ".")
    ran = try_repo(hook_repository, project, tmp_path / "home")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Dockerfile:2:9" in ran.stdout
    assert "workdir-relative" in ran.stdout
    assert "deploy/compose.prod.yaml:4:5" in ran.stdout
    assert "values.yaml" not in ran.stdout
    assert ".dockerignore:1:17" in ran.stdout
    assert "in 4 files" in ran.stdout
    assert "vendor/Dockerfile" not in ran.stdout
    write(project, Dockerfile="FROM python:3.12.8-slim\nWORKDIR /app\nUSER 1000\n", __dockerignore=".git\n")
    write(project, **{"deploy/compose__prod__yaml": "services:\n  db:\n    image: redis:8.2.1\n"})
    git(project, "add", ".")
    assert try_repo(hook_repository, project, tmp_path / "home").returncode == 0


def test_fixing_hook(hook_repository, tmp_path):
    """It changes files and fails when it did, like all hooks that do."""
    project = tmp_path / "project"
    write(project, Dockerfile="FROM python:3.12.8-slim\nENV A 1\nRUN apt-get update\n")
    git(project, "init", "-q")
    git(project, "add", ".")
    ran = try_repo(hook_repository, project, tmp_path / "home", "dlint-fix")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 × legacy-key-value" in ran.stdout
    assert (project / "Dockerfile").read_text() == "FROM python:3.12.8-slim\nENV A=1\nRUN apt-get update\n"
    git(project, "add", ".")
    assert try_repo(hook_repository, project, tmp_path / "home", "dlint-fix").returncode == 0
