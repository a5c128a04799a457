"""Install commands: manager, packages, pins, and where they stand."""

import pytest
from helpers import build_of


def installs(line, head="FROM python:3.12\n"):
    """Return the installations of a RUN."""
    return list(build_of(f"{head}RUN {line}\n").installs)


def packages(line, **known):
    """Return name, version and pin of each package of a RUN."""
    return [
        (package.name, package.version, package.is_pinned)
        for install in installs(line, **known)
        for package in install.packages
    ]


@pytest.mark.parametrize(
    ("line", "manager", "tool", "verb"),
    [
        ("pip install x", "pip", "pip", "install"),
        ("pip3 --no-cache-dir install x", "pip", "pip", "install"),
        ("python -m pip install x", "pip", "pip", "install"),
        ("uv pip install --system x", "uv", "uv", "pip install"),
        ("uv sync --frozen", "uv", "uv", "sync"),
        ("uv add x", "uv", "uv", "add"),
        ("uv tool install x", "uv", "uv", "tool install"),
        ("poetry install --no-root", "poetry", "poetry", "install"),
        ("pdm sync", "pdm", "pdm", "sync"),
        ("pipenv install --deploy", "pipenv", "pipenv", "install"),
        ("conda install -y -c conda-forge x", "conda", "conda", "install"),
        ("mamba env create -f environment.yml", "conda", "mamba", "env create"),
        ("micromamba create -n x python=3.12", "conda", "micromamba", "create"),
        ("apt-get -y install x", "apt", "apt-get", "install"),
        ("apt install -y x", "apt", "apt", "install"),
        ("apk add --no-cache x", "apk", "apk", "add"),
        ("dnf -y install x", "dnf", "dnf", "install"),
        ("yum install x", "dnf", "yum", "install"),
        ("microdnf install x", "dnf", "microdnf", "install"),
        ("zypper --non-interactive install x", "zypper", "zypper", "install"),
        ("npm ci", "npm", "npm", "ci"),
        ("yarn install --frozen-lockfile", "yarn", "yarn", "install"),
        ("pnpm add x", "pnpm", "pnpm", "add"),
    ],
)
def test_manager(line, manager, tool, verb):
    (found,) = installs(line)
    assert (found.manager, found.tool, found.verb) == (manager, tool, verb)


@pytest.mark.parametrize(
    "line",
    ["pip list", "pip uninstall x", "apt-get update", "apt-get -s install x", "npm run build", "pip download --help", "uv lock"],
)  # fmt: skip
def test_no_install(line):
    assert installs(line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pip install torch", [("torch", "", False)]),
        ("pip install torch==2.9.1 'numpy>=2' Flask~=3.0", [("torch", "==2.9.1", True), ("numpy", ">=2", False), ("flask", "~=3.0", True)]),
        ("pip install 'Scikit_Learn[extra]==1.5.*'", [("scikit-learn", "==1.5.*", False)]),
        ("pip install -r requirements.txt -c constraints.txt", []),
        ("pip install -e . ./lib /x/y.whl", [("./lib", "", True), ("/x/y.whl", "", True), (".", "", True)]),
        ("pip install git+https://github.com/a/b.git@v1", [("b", "git+https://github.com/a/b.git@v1", True)]),
        ("pip install git+https://github.com/a/b", [("b", "git+https://github.com/a/b", False)]),
        ("pip install 'x @ https://e.com/x-1.whl'", [("x", "@ https://e.com/x-1.whl", True)]),
        ("pip install --extra-index-url https://e.com torch", [("torch", "", False)]),
        ('pip install torch==$VERSION "$X"', [("torch", None, True), ("$X", None, None)]),
        ("pip install \"torch==2; python_version > '3'\"", [("torch", "==2", True)]),
        ("conda install pytorch=2.1 'numpy>=1' conda-forge::scipy python=3", [("pytorch", "=2.1", True), ("numpy", ">=1", False), ("scipy", "", False), ("python", "=3", False)]),
        ("apt-get install -y git=1:2.39 curl libx11-dev:amd64 ./a.deb", [("git", "1:2.39", True), ("curl", "", False), ("libx11-dev", "", False), ("./a.deb", "", True)]),
        ("apk add git=2.4 'curl>8' build-base", [("git", "=2.4", True), ("curl", ">8", True), ("build-base", "", False)]),
        ("dnf install -y git-2.39.1-1.el9 vim @development", [("git", "2.39.1-1.el9", True), ("vim", "", False), ("@development", "", False)]),
        ("npm install -g a@1.2 @s/b@latest c ./d", [("a", "1.2", True), ("@s/b", "latest", False), ("c", "", False), ("./d", "", True)]),
    ],
)  # fmt: skip
def test_packages(line, expected):
    assert packages(line) == expected


def test_known_variables_are_put_in():
    assert packages("pip install torch==$V", head="FROM scratch\nARG V=2.1\n") == [("torch", "==2.1", True)]
    assert packages("apt-get install $PKGS", head='FROM scratch\nENV PKGS="git curl"\n') == [
        ("git", "", False),
        ("curl", "", False),
    ]


def test_files():
    (found,) = installs("pip install -r a.txt --requirement=b.txt -c c.txt")
    assert [word.value.removeprefix("--requirement=") for word in found.files] == ["a.txt", "b.txt"]
    assert [word.value for word in found.constraints] == ["c.txt"]


def test_places():
    (found,) = installs("set -e; \\\n    apt-get -y install git")
    text = found.step.stage.source.text
    assert text[found.span.start : found.span.end] == "apt-get -y install"
    word = found.packages[0].word
    assert text[word.span.start : word.span.end] == "git"
