"""``dlint rule``, ``dlint version`` and help."""

import json

import pytest
from helpers import run

from dlint import __version__
from dlint.checks.registry import RULES
from dlint.engine.options import OPTIONS


@pytest.mark.parametrize("name", ["apt-recommends", "DL3015", "dl3015"])
def test_a_page(tmp_path, name):
    ran = run("rule", name, cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout.startswith("# apt-recommends\n")
    assert "Family: size" in ran.stdout
    assert "## Why" in ran.stdout


def test_every_rule_has_a_page(tmp_path):
    for name in RULES:
        from dlint.pages import read_page

        page = read_page(name)
        assert page is not None, name
        assert page.why, name


def test_list(tmp_path):
    text = run("rule", "--all", cwd=tmp_path).stdout
    assert all(f"  {name} " in text for name in RULES)


def test_list_as_json(tmp_path):
    rows = json.loads(run("rule", "--all", "--output-format", "json", cwd=tmp_path).stdout)
    assert [row["name"] for row in rows] == list(RULES)
    for row in rows:
        assert set(row) == {"name", "family", "severity", "default", "fix", "aliases", "options", "summary"}
        assert row["summary"]
        assert row["severity"] in ("info", "warning", "error")
        assert row["fix"] in (None, "safe", "unsafe", "display-only")


def test_explain_is_another_name(tmp_path):
    assert run("explain", "base-eol", cwd=tmp_path).stdout == run("rule", "base-eol", cwd=tmp_path).stdout


def test_version(tmp_path):
    for arguments in (("version",), ("--version",), ("-V",)):
        ran = run(*arguments, cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (0, f"dlint {__version__}\n")


def test_help_names_every_option(tmp_path):
    text = run("check", "--help", cwd=tmp_path, env={"COLUMNS": "200"}).stdout
    for option in OPTIONS:
        for flag in option.flags:
            assert flag in text
    assert "Exit codes: 0" in text
    assert run("help", "check", cwd=tmp_path, env={"COLUMNS": "200"}).stdout == text
    assert "check" in run("--help", cwd=tmp_path).stdout


def test_no_arguments_print_help(tmp_path):
    ran = run(cwd=tmp_path)
    assert "Usage" in ran.stdout + ran.stderr
    assert ran.returncode in (0, 2)
