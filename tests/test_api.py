"""The Python interface: dlint.parse and dlint.check."""

import inspect
import subprocess
import sys

import pytest
from helpers import ROOT, place, write

import dlint
from dlint.engine.errors import DlintError
from dlint.parser.dockerfile import ast

TEXT = "FROM python:3.12-slim\nWORKDIR app\n"


def test_exported_names():
    assert dir(dlint) == ["__version__", "check", "parse"]
    with pytest.raises(AttributeError, match="no attribute 'inspect'"):
        dlint.inspect  # noqa: B018


def test_public_names_have_docstrings():
    for name in ("check", "parse"):
        assert inspect.getdoc(getattr(dlint, name))


def test_importing_costs_nothing():
    code = "import sys; before = set(sys.modules); import dlint; print(set(sys.modules) - before)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "{'dlint'}"


@pytest.mark.parametrize("text", [TEXT, TEXT.encode()])
def test_parse(text):
    tree = dlint.parse(text)
    assert isinstance(tree, ast.Dockerfile)
    assert [instruction.keyword for instruction in tree.walk()] == ["FROM", "WORKDIR"]
    assert tree.source.path == "<string>"


def test_parse_names_its_source():
    assert dlint.parse(TEXT, "api/Dockerfile").source.path == "api/Dockerfile"


def test_check_text():
    (found,) = dlint.check(TEXT, select=("workdir-relative",))
    assert found.rule == "workdir-relative"
    assert found.location.path == "<string>"
    assert place(found) == (2, 9)


def test_check_text_ignores_configuration(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, **{"dlint.toml": 'ignore = ["workdir-relative"]\n'})
    assert dlint.check(TEXT, select=("workdir-relative",))


def test_check_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        **{
            "Dockerfile": TEXT,
            "api/Dockerfile": TEXT,
            "web/web.Dockerfile": TEXT,
            "dlint.toml": '[check]\nselect = ["workdir-relative"]\n',
        },
    )

    def paths(target, **options):
        return [found.location.path for found in dlint.check(target, **options)]

    assert paths("Dockerfile") == ["Dockerfile"]
    assert paths(tmp_path / "api") == [str(tmp_path / "api" / "Dockerfile")]
    assert paths(["api", tmp_path / "web"]) == ["api/Dockerfile", str(tmp_path / "web" / "web.Dockerfile")]
    assert paths(".", exclude=("api",)) == ["Dockerfile", "web/web.Dockerfile"]
    assert paths(".", isolated=True, select=("apt-recommends",)) == []


def test_check_errors(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, Dockerfile=TEXT)
    with pytest.raises(DlintError, match="no such file or folder: nothing"):
        dlint.check("nothing")
    with pytest.raises(DlintError, match="did you mean workdir-relative"):
        dlint.check(TEXT, select=("workdir-relativ",))
    write(tmp_path, **{"Dockerfile.bin": b"FROM x\n\0\0\0"})
    with pytest.raises(DlintError, match=r"Dockerfile\.bin"):
        dlint.check("Dockerfile.bin")


def test_one_name_stands_for_a_list():
    assert [found.rule for found in dlint.check(TEXT, select="workdir-relative")] == ["workdir-relative"]
    assert [found.rule for found in dlint.check(TEXT, select="workdir-relative, base-image-unpinned")] == [
        "workdir-relative"
    ]


def test_unknown_options_are_errors():
    with pytest.raises(TypeError, match="selct"):
        dlint.check(TEXT, selct=("all",))
