"""Which files are checked: names, folders, excludes, and what git ignores."""

import os
import re
import subprocess

import pytest
from helpers import ROOT, write

from dlint.project.discovery import (
    COMPOSE,
    DOCKERFILE,
    NO_DOCKERFILE,
    Discovery,
    Filters,
    is_compose_name,
    is_dockerfile_name,
    is_ignore_file,
)
from dlint.project.gitignore import rules_for

NAMES = {
    "Dockerfile": True, "dockerfile": True, "Containerfile": True, "containerfile": True, "Dockerfile.gpu": True,
    "Dockerfile-dev": True, "Dockerfile_train": True, "api.Dockerfile": True, "api.dockerfile": True,
    "x.containerfile": True, "Containerfile.cuda": True, "a/b/Dockerfile": True, ".Dockerfile": True,
    "Dockerfile.dockerignore": False, ".dockerignore": False, "Dockerfile.md": False, "Dockerfile.j2": False,
    "Dockerfile.tmpl": False, "Dockerfile.py": False, "Dockerfiles": False, "myDockerfile": False, "docker-compose.yml": False,
    "Dockerfile.bak": False, "Dockerfile/x": False, "dockerfile.go": False, "Dockerfile.template": False, "DOCKERFILE": False,
}  # fmt: skip


COMPOSE_NAMES = {
    "compose.yaml": True, "compose.yml": True, "docker-compose.yml": True, "docker-compose.override.yaml": True,
    "a/b/compose.gpu.yml": True, "docker-compose-dev.yaml": True, "compose_test.yml": True, "compose.yaml.bak": False,
    "my-compose.yml": False, "docker-stack.yml": True, "docker-stack-prod.yaml": True, "stack.yml": False,
    "decompose.yml": False, "compose.json": False, "composer.yml": False, "Compose.yml": False,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names(name):
    assert is_dockerfile_name(name) == NAMES[name]


@pytest.mark.parametrize("name", COMPOSE_NAMES)
def test_compose_names(name):
    assert is_compose_name(name) == COMPOSE_NAMES[name]


def test_the_hook_takes_the_same_names():
    """The expressions of .pre-commit-hooks.yaml are those of the discovery."""
    with open(os.path.join(ROOT, ".pre-commit-hooks.yaml"), encoding="utf-8") as file:
        text = file.read()
    include = re.compile(re.search(r"(?m)^  files: '?(.*?)'?$", text)[1])
    exclude = re.compile(re.search(r"(?m)^  exclude: '?(.*?)'?$", text)[1])
    compose = COMPOSE.pattern.removeprefix("(^|/)").removesuffix("$")
    assert include.pattern == rf"{DOCKERFILE.pattern[:-2]}|{compose}|([^/]*\.)?(docker|container)ignore)$"
    assert exclude.pattern == NO_DOCKERFILE.pattern.replace("dockerignore|containerignore|", "")
    for name in [
        *NAMES,
        *COMPOSE_NAMES,
        ".dockerignore",
        "a/api.Dockerfile.dockerignore",
        ".containerignore",
        ".gitignore",
    ]:
        wanted = is_dockerfile_name(name) or is_compose_name(name) or is_ignore_file(name)
        assert bool(include.search(name) and not exclude.search(name)) == wanted, name


def found(folder, *paths, **options):
    """Return what is found below a folder, relative to it."""
    discovery = Discovery(lambda path: Filters(str(folder), **options))
    files = discovery.find([str(path) for path in paths] or [str(folder)])
    return [os.path.relpath(file, folder) for file in files], discovery


@pytest.fixture
def tree(tmp_path):
    names = [
        "Dockerfile",
        "a/Dockerfile.gpu",
        "a/README.md",
        "b/c/api.Dockerfile",
        "node_modules/x/Dockerfile",
        "z/skip/Dockerfile",
    ]
    write(tmp_path, **dict.fromkeys(names, "FROM scratch\n"))
    return tmp_path


def test_folders(tree):
    files, discovery = found(tree)
    assert files == [
        "Dockerfile",
        "a/Dockerfile.gpu",
        "b/c/api.Dockerfile",
        "node_modules/x/Dockerfile",
        "z/skip/Dockerfile",
    ]
    assert (discovery.missing, discovery.empty) == ([], [])


@pytest.mark.parametrize(
    ("exclude", "gone"),
    [
        (("node_modules",), {"node_modules/x/Dockerfile"}),
        (("skip",), {"z/skip/Dockerfile"}),
        (("z/skip",), {"z/skip/Dockerfile"}),
        (("skip/z",), set()),
        (("*.gpu",), {"a/Dockerfile.gpu"}),
        (("b/**",), {"b/c/api.Dockerfile"}),
        (("a", "b"), {"a/Dockerfile.gpu", "b/c/api.Dockerfile"}),
    ],
)
def test_exclude(tree, exclude, gone):
    assert set(found(tree)[0]) - set(found(tree, exclude=exclude)[0]) == gone


def test_named_files_are_checked_whatever_their_name(tree):
    assert found(tree, tree / "a" / "README.md")[0] == ["a/README.md"]
    assert found(tree, tree / "node_modules" / "x" / "Dockerfile", exclude=("node_modules",))[0] != []
    assert (
        found(tree, tree / "node_modules" / "x" / "Dockerfile", exclude=("node_modules",), force_exclude=True)[0] == []
    )


def test_include_replaces_the_names(tree):
    assert found(tree, include=("README.md", "*.gpu"))[0] == ["a/Dockerfile.gpu", "a/README.md"]
    assert found(tree, include=("b/**/*.Dockerfile",))[0] == ["b/c/api.Dockerfile"]


def test_missing_and_empty(tree):
    files, discovery = found(tree, tree / "nope", tree / "a" / "Dockerfile.gpu", tree / "z")
    assert files == ["a/Dockerfile.gpu", "z/skip/Dockerfile"]
    assert discovery.missing == [str(tree / "nope")]
    (tree / "empty").mkdir()
    assert found(tree, tree / "empty")[1].empty == [str(tree / "empty")]


def test_each_file_once(tree):
    assert found(tree, tree / "a", tree / "a" / "Dockerfile.gpu", tree)[0].count("a/Dockerfile.gpu") == 1


def test_links(tree):
    """Links to files count, links to folders are not followed, loops end."""
    (tree / "a" / "loop").symlink_to(tree)
    (tree / "a" / "Dockerfile.link").symlink_to(tree / "Dockerfile")
    (tree / "a" / "Dockerfile.dangling").symlink_to(tree / "nothing")
    files = found(tree)[0]
    assert "a/Dockerfile.link" in files
    assert not any("loop" in file or "dangling" in file for file in files)


IGNORES = {
    "a name": "skip\n",
    "a folder": "skip/\n",
    "a file is no folder": "Dockerfile/\n",
    "anchored": "/a\n",
    "in the middle": "b/c\n",
    "a star": "*.gpu\n",
    "two stars": "**/api.Dockerfile\n",
    "two stars at the end": "b/**\n",
    "two stars inside": "b/**/api.Dockerfile\n",
    "negated": "*.Dockerfile\n!api.Dockerfile\n",
    "negated below an ignored folder": "b/\n!b/c/api.Dockerfile\n",
    "a comment and an escaped one": "# skip\n\\#x\nskip # not a comment\n",
    "trailing blanks": "skip   \n",
    "an escaped blank": "skip\\ \n",
    "a class": "Dockerfile.[fg]pu\n",
    "a negated class": "Dockerfile.[!g]pu\n",
    "a question mark": "Dockerfile.?pu\n",
    "crlf": "skip\r\n",
    "everything but": "*\n!*/\n!Dockerfile\n",
    "a leading slash and stars": "/**/skip\n",
    "two stars glued": "a/**gpu\n",
    "an empty class": "Dockerfile.[]pu\n",
    "a lone bracket": "Dockerfile.[gpu\n",
}


@pytest.mark.parametrize("name", IGNORES)
def test_ignored_as_git_does(tree, name):
    """Checked against git itself, with ignore files in two folders and in .git/info."""
    write(tree, **{".gitignore": IGNORES[name], "b/.gitignore": "!c\n/d\n", "b/d/Dockerfile": "x"})
    subprocess.run(["git", "init", "-q", str(tree)], check=True)
    write(tree, **{".git/info/exclude": "z/other\n", "z/other/Dockerfile": "x"})
    everything = found(tree, respect_gitignore=False, exclude=(".git",))[0]
    checked = subprocess.run(
        ["git", "-C", str(tree), "check-ignore", "--no-index", *everything], capture_output=True, text=True, check=False
    )
    ignored = set(checked.stdout.split("\n")) - {""}
    assert set(everything) - set(found(tree, exclude=(".git",))[0]) == ignored


def test_outside_of_a_repository_nothing_is_ignored(tree):
    write(tree, **{".gitignore": "*\n"})
    assert rules_for(str(tree)) is None
    assert len(found(tree)[0]) == 5


def test_below_the_root_the_rules_above_count(tree):
    subprocess.run(["git", "init", "-q", str(tree)], check=True)
    write(tree, **{".gitignore": "/z/skip\n"})
    assert found(tree, tree / "z")[0] == []
