"""Which files an install command reads, and what it takes of them."""

import pytest
from helpers import build_of, write
from manifest_samples import (
    CONDA_LIST,
    CONDA_LOCK,
    ENVIRONMENT,
    EXPLICIT,
    OLD_POETRY_LOCK,
    PDM_LOCK,
    PIPFILE_LOCK,
    POETRY_LOCK,
    POETRY_PROJECT,
    PYLOCK,
    PYPROJECT,
    UV_LOCK,
)

from dlint.model.lockfiles import files_of

BASE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"


def files(folder, command, *, base=BASE, platform=None, **given):
    """Return what one command reads in a context of these files."""
    write(folder, **given)
    build = build_of(f"{base}RUN {command}\n", context=str(folder), platform=platform)
    return files_of(build, build.installs[-1])


def taken(folder, command, **given):
    """Return the names of what a command takes, and whether that is all."""
    found = files(folder, command, **given)
    return [entry.package.name for each in found.manifests for entry in each.found.entries], found.is_complete


def project(**given):
    return {"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK, **given}


LOCKED = ["numpy", "requests", "pysocks", "idna"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("uv sync --locked --no-dev", LOCKED),
        ("UV_NO_DEV=1 uv sync", LOCKED),
        ("uv sync --no-default-groups", LOCKED),
        ("uv sync --no-group dev --group lint", [*LOCKED, "ruff"]),
        ("uv sync", [*LOCKED, "pytest"]),
        ("uv sync --only-group lint", ["ruff"]),
        ("uv sync --only-dev", ["pytest"]),
        ("uv sync --no-dev --extra plot", [*LOCKED, "pyyaml"]),
        ("uv sync --no-dev --all-extras", [*LOCKED, "pyyaml"]),
        ("uv sync --all-groups", [*LOCKED, "pytest", "ruff"]),
        ("uv sync --no-dev --no-install-project --no-install-package idna", ["numpy", "requests", "pysocks"]),
        ("uv --directory /app sync --no-dev", LOCKED),
        ("uv sync --no-dev --package demo-app", LOCKED),
    ],
)
def test_uv_sync(tmp_path, command, expected):
    names, is_complete = taken(tmp_path, command, **project())
    assert (sorted(names), is_complete) == (sorted(expected), True)


def test_entries_of_a_lock(tmp_path):
    (manifest,) = files(tmp_path, "uv sync --no-dev", **project()).manifests
    entries = {entry.package.name: entry for entry in manifest.found.entries}
    requests = entries["requests"]
    assert (requests.package.version, requests.package.extras, requests.is_pinned) == ("==2.32.3", ("socks",), True)
    assert (requests.has_hash, requests.is_direct, entries["idna"].is_direct) == (True, True, False)
    assert requests.source.position(requests.span.start) == (
        UV_LOCK[: UV_LOCK.index('name = "requests"\nversion')].count("\n") + 1,
        9,
    )
    assert requests.source.text[requests.span.start : requests.span.end] == "requests"
    assert (manifest.path, manifest.found.is_lock) == ("uv.lock", True)


@pytest.mark.parametrize(
    ("base", "versions"),
    [
        ("python:3.11-slim", ["==2.4.6"]),
        ("python:3.13", ["==2.5.5"]),
        ("ubuntu:24.04", ["==2.4.6", "==2.5.5"]),
        ("python:3.13-slim\nENV UV_PYTHON=3.11", ["==2.4.6"]),
        ("python:3.13-slim\nENV UV_PYTHON=/usr/bin/python", ["==2.4.6", "==2.5.5"]),
        ("python:3.13-slim\nRUN uv venv --python 3.11", ["==2.4.6", "==2.5.5"]),
    ],
)
def test_markers_decide(tmp_path, base, versions):
    """What is for another Python is left out; what may be is kept with its marker."""
    found = files(tmp_path, "uv sync --no-dev", base=f"FROM {base}\nWORKDIR /app\nCOPY . .\n", **project())
    numpy = [entry.package for entry in found.manifests[0].found.entries if entry.package.name == "numpy"]
    assert [package.version for package in numpy] == versions
    assert [bool(package.marker) for package in numpy] == [len(versions) > 1] * len(versions)


def test_the_pinned_python_counts(tmp_path):
    found = files(tmp_path, "uv sync --no-dev", **project(**{".python-version": "3.11\n"}))
    assert "==2.4.6" in {entry.package.version for entry in found.manifests[0].found.entries}


def test_default_groups(tmp_path):
    text = PYPROJECT.replace("[tool.uv]\n", '[tool.uv]\ndefault-groups = ["lint"]\n')
    names = taken(tmp_path, "uv sync", **project(**{"pyproject.toml": text}))[0]
    assert sorted(names) == sorted([*LOCKED, "ruff"])
    text = PYPROJECT.replace("[tool.uv]\n", '[tool.uv]\ndefault-groups = "all"\n')
    assert {"ruff", "pytest"} <= set(taken(tmp_path, "uv sync", **project(**{"pyproject.toml": text}))[0])


def test_development_dependencies_of_old(tmp_path):
    text = PYPROJECT.replace("[tool.uv]\n", '[tool.uv]\ndev-dependencies = ["mypy"]\n')
    assert "mypy" in taken(tmp_path, "uv sync", **{"pyproject.toml": text})[0]
    assert "mypy" not in taken(tmp_path, "uv sync --no-dev", **{"pyproject.toml": text})[0]
    text = '[project]\nname = "a"\ndependencies = []\n[tool.pdm.dev-dependencies]\ntest = ["pytest", "-e file:///x#egg=x"]\n'
    assert taken(tmp_path, "pdm install", **{"pyproject.toml": text})[0] == ["pytest", "x"]


def test_without_a_lock(tmp_path):
    """The project says what is asked for, and not all that will be installed."""
    names, is_complete = taken(tmp_path, "uv sync --no-dev", **{"pyproject.toml": PYPROJECT})
    assert (names, is_complete) == (["numpy", "requests", "torch"], False)


CONFLICT = """\
version = 1
requires-python = ">=3.12"
conflicts = [[
    { package = "demo", extra = "cpu" },
    { package = "demo", extra = "cu128" },
]]

[[package]]
name = "demo"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "torch", version = "2.9.1", source = { registry = "https://pypi.org/simple" }, marker = "extra != 'extra-4-demo-cpu'" },
    { name = "torch", version = "2.9.1+cpu", source = { registry = "https://download.pytorch.org/whl/cpu" }, marker = "extra == 'extra-4-demo-cpu'" },
]

[package.optional-dependencies]
cpu = []
cu128 = []

[[package]]
name = "torch"
version = "2.9.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "torch"
version = "2.9.1+cpu"
source = { registry = "https://download.pytorch.org/whl/cpu" }
"""


@pytest.mark.parametrize(("option", "version"), [("--extra cpu", "==2.9.1+cpu"), ("--extra cu128", "==2.9.1")])
def test_conflicting_extras(tmp_path, option, version):
    (manifest,) = files(tmp_path, f"uv sync {option}", **{"uv.lock": CONFLICT}).manifests
    (entry,) = manifest.found.entries
    assert entry.package.version == version
    assert entry.index == ("https://download.pytorch.org/whl/cpu" if "cpu" in option else None)


@pytest.mark.parametrize(
    ("command", "expected", "is_complete"),
    [
        ("pip install .", ["numpy", "requests", "torch"], True),
        ("pip install -e '.[plot]'", ["numpy", "requests", "torch", "pyyaml"], True),
        ("pip install --no-deps .", [], True),
        ("pip install --group dev", ["pytest", "ruff"], True),
        ("pip install --group ./pyproject.toml:lint", ["ruff"], True),
        ("pip install -r requirements.txt", [], False),
        ("pip install -r https://example.org/r.txt", [], False),
        ("pip install -r $FILE", [], False),
        ("pip install ./dist/x-1.0-py3-none-any.whl", [], False),
        ("pip install ./other", [], False),
        ("pip install numpy", [], True),
        ("uv pip install -r pyproject.toml --extra plot", ["numpy", "requests", "torch", "pyyaml"], True),
        ("uv pip sync pylock.toml", ["demo-app", "idna", "trainer"], True),
        ("uv export -o requirements.txt && uv pip install -r requirements.txt", [], False),
        ("uv add httpx", [], False),
        ("uv tool install ruff", [], True),
    ],
)
def test_pip(tmp_path, command, expected, is_complete):
    assert taken(tmp_path, command, **{"pyproject.toml": PYPROJECT, "pylock.toml": PYLOCK}) == (expected, is_complete)


def test_setup_py_is_a_program(tmp_path):
    assert taken(tmp_path, "pip install .", **{"setup.py": "from setuptools import setup\n"}) == ([], False)


def test_dynamic_dependencies_are_unknown(tmp_path):
    text = '[project]\nname = "a"\ndynamic = ["version", "dependencies"]\n'
    assert taken(tmp_path, "pip install .", **{"pyproject.toml": text}) == ([], False)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("poetry install", ["iniconfig", "markupsafe", "requests", "trainer"]),
        ("poetry install --only main --no-root", ["markupsafe", "requests", "trainer"]),
        ("poetry install --without dev", ["markupsafe", "requests", "trainer"]),
        ("poetry install --no-dev -E plot", ["markupsafe", "pyyaml", "requests", "trainer"]),
        ("poetry install --only=main --all-extras", ["markupsafe", "pyyaml", "requests", "trainer"]),
        ("poetry install --with docs --without dev,main", ["sphinx"]),
        ("poetry -C /app sync --only dev", ["iniconfig", "markupsafe"]),
    ],
)
def test_poetry(tmp_path, command, expected):
    given = {"pyproject.toml": POETRY_PROJECT, "poetry.lock": POETRY_LOCK}
    assert taken(tmp_path, command, **given) == (expected, True)


def test_old_poetry(tmp_path):
    """Without groups in the lock, what the project lists and what that needs is taken."""
    given = {"pyproject.toml": POETRY_PROJECT, "poetry.lock": OLD_POETRY_LOCK}
    assert taken(tmp_path, "poetry install --only main", **given) == (["requests", "urllib3"], True)
    assert taken(tmp_path, "poetry install", **given) == (["iniconfig", "requests", "urllib3"], True)
    assert taken(tmp_path / "alone", "poetry install", **{"poetry.lock": OLD_POETRY_LOCK}) == ([], False)


def test_poetry_without_a_lock(tmp_path):
    (manifest,) = files(tmp_path, "poetry install --only main", **{"pyproject.toml": POETRY_PROJECT}).manifests
    pins = {(entry.package.name, entry.package.version, entry.is_pinned) for entry in manifest.found.entries}
    assert pins == {
        ("requests", "^2.32", False), ("markupsafe", "==3.0.2", True), ("trainer", "@ https://example.org/trainer.git", True),
        ("shared", "", True), ("numpy", "", False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pdm sync", ["numpy", "pytest"]),
        ("pdm sync --prod", ["numpy"]),
        ("pdm install --prod --no-editable -G dev", ["numpy", "pytest"]),
        ("pdm install --no-default -G dev", ["pytest"]),
        ("pdm install -G :all", ["numpy", "pytest"]),
    ],
)
def test_pdm(tmp_path, command, expected):
    assert taken(tmp_path, command, **{"pyproject.toml": PYPROJECT, "pdm.lock": PDM_LOCK}) == (expected, True)


@pytest.mark.parametrize(
    ("command", "expected", "is_complete"),
    [
        ("pipenv install --deploy --system", ["idna", "torch"], True),
        ("pipenv sync --dev", ["idna", "torch", "iniconfig"], True),
        ("pipenv sync --categories dev-packages", ["iniconfig"], True),
        ("pipenv install requests", [], False),
    ],
)
def test_pipenv(tmp_path, command, expected, is_complete):
    assert taken(tmp_path, command, **{"Pipfile.lock": PIPFILE_LOCK}) == (expected, is_complete)


def test_pipenv_index(tmp_path):
    (manifest,) = files(tmp_path, "pipenv sync", **{"Pipfile.lock": PIPFILE_LOCK}).manifests
    assert [entry.index for entry in manifest.found.entries] == [None, "https://download.pytorch.org/whl/cpu"]


IN_ENVIRONMENT = ["python", "pytorch", "numpy", "scipy", "pip", "transformers", "fastapi", "datasets", "."]


@pytest.mark.parametrize(
    ("command", "expected", "is_complete"),
    [
        ("conda env create -f environment.yml", IN_ENVIRONMENT, True),
        ("conda env create", IN_ENVIRONMENT, True),
        ("mamba env update -n base --file=environment.yml", IN_ENVIRONMENT, True),
        ("micromamba create -y -f environment.yml", IN_ENVIRONMENT, True),
        ("micromamba install -y -n base -f conda-lock.yml", ["numpy", "transformers"], True),
        ("conda-lock install -p /opt/env conda-lock.yml", ["numpy", "pytest", "transformers"], True),
        ("conda-lock install --no-dev", ["numpy", "transformers"], True),
        ("conda create -n x --file linux-64.txt", ["_openmp_mutex", "numpy", "tzdata"], True),
        ("conda install --file list.txt scikit-learn", ["numpy", "scipy"], True),
        ("conda env create -f other.yml", [], False),
        ("conda install numpy", [], True),
    ],
)
def test_conda(tmp_path, command, expected, is_complete):
    given = {
        "environment.yml": ENVIRONMENT, "requirements.txt": "fastapi==0.121.2\n", "conda-lock.yml": CONDA_LOCK,
        "linux-64.txt": EXPLICIT, "list.txt": CONDA_LIST,
    }  # fmt: skip
    assert taken(tmp_path, command, **given) == (expected, is_complete)


def test_pins_of_an_environment(tmp_path):
    given = {"environment.yml": ENVIRONMENT, "requirements.txt": "fastapi\n"}
    (manifest,) = files(tmp_path, "conda env create", **given).manifests
    pins = {entry.package.name: (entry.manager, entry.is_pinned) for entry in manifest.found.entries}
    assert pins == {
        "python": ("conda", True), "pytorch": ("conda", True), "numpy": ("conda", False), "scipy": ("conda", False),
        "pip": ("conda", False), "transformers": ("pip", True), "fastapi": ("pip", False), "datasets": ("pip", False),
        ".": ("pip", True),
    }  # fmt: skip
    assert manifest.found.indexes == ["https://download.pytorch.org/whl/cu126"]
    shown = [entry.source.text[entry.span.start : entry.span.end] for entry in manifest.found.entries]
    assert shown[2:4] + shown[-2:] == ["numpy >=1.26", "scipy", "datasets>=3", "-e ."]


def test_where_the_files_come_from(tmp_path):
    """Bind mounts, wildcards and folders lead to the same file; a file that nothing copies is not seen."""
    write(tmp_path, **project(), **{"sub/uv.lock": UV_LOCK, "sub/pyproject.toml": PYPROJECT})
    texts = {
        "COPY pyproject.toml uv.lock* ./\nRUN uv sync --no-dev\n": "uv.lock",
        "RUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --no-dev\n": "uv.lock",
        "COPY sub ./\nRUN uv sync --no-dev\n": "sub/uv.lock",
        "COPY . .\nRUN cd sub && uv sync --no-dev\n": "sub/uv.lock",
        "COPY . .\nRUN uv sync --project sub --no-dev\n": "sub/uv.lock",
        "RUN uv sync --no-dev\n": None,
    }
    found = {}
    for text in texts:
        build = build_of("FROM python:3.12-slim\nWORKDIR /app\n" + text, context=str(tmp_path))
        manifests = files_of(build, build.installs[0]).manifests
        found[text] = manifests[0].path if manifests else None
    assert found == texts


def test_what_the_ignore_file_leaves_out_is_not_there(tmp_path):
    assert taken(tmp_path, "uv sync", **project(**{".dockerignore": "*.lock\npyproject.toml\n"})) == ([], False)


def test_a_lock_installed_in_two_steps_asks_once(tmp_path):
    write(tmp_path, **project())
    text = f"{BASE}RUN uv sync --no-dev --no-install-project\nRUN uv sync --no-dev\n"
    found = build_of(text, context=str(tmp_path)).requests
    assert sorted(request.name for request in found) == sorted(LOCKED)
    assert [request.is_direct for request in found if request.name == "idna"] == [False]


def test_requests_know_their_files(tmp_path):
    """A name that conda takes is no name of PyPI, and the index of a lock says which build is taken."""
    write(tmp_path, **{"environment.yml": ENVIRONMENT, "requirements.txt": "", "uv.lock": CONFLICT})
    text = f"{BASE}RUN conda env create -f environment.yml\nRUN uv sync --extra cpu\n"
    found = {request.name: request for request in build_of(text, context=str(tmp_path)).requests}
    assert [found[name].manager for name in ("numpy", "transformers", "torch")] == ["conda", "pip", "uv"]
    assert (found["torch"].accelerator, found["torch"].is_from_default_index) == ("cpu", False)
    assert (found["pytorch"].exact, found["transformers"].exact) == ("2.5.1", "4.57.1")
