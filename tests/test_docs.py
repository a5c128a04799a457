"""The documentation says what is: every option and rule is in it, and what it shows works."""

import glob
import html
import os
import re
import shlex
import shutil

import pytest
from evidence import evidence
from helpers import ROOT, run, write

from dlint.checks.registry import RULES
from dlint.engine.options import FORMATS, OPTIONS

PAGES = sorted(
    os.path.relpath(path, ROOT)
    for path in (*glob.glob(f"{ROOT}/*.md"), *glob.glob(f"{ROOT}/docs/**/*.md", recursive=True))
)


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def blocks(language):
    """Return page and text of every code block in a language."""
    return [(page, text) for page in PAGES for text in re.findall(rf"(?ms)^ *```{language}\n(.*?)^ *```$", read(page))]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_options_are_documented(option):
    page = read("docs/configuration.md")
    assert option.help in page
    for flag in option.flags:
        assert f"`{flag}" in page
    if option.key:
        assert f"`{option.key}`" in page


def test_formats_are_documented():
    page = read("docs/output-formats.md")
    assert all(f"| `{name}` |" in page for name in FORMATS)


def test_default_rules_have_a_precision():
    page = read("docs/precision.md")
    missing = [name for name, info in RULES.items() if info.default and not re.search(rf"\b{name}\b", page)]
    assert missing == []


def test_rules_without_real_hits_have_cases():
    """Ten at least for each rule that the page lists as never seen in real files."""
    listed = re.findall(r"([a-z0-9-]+) \(\d+ / \d+\)", read("docs/precision.md"))
    assert len(listed) > 10
    assert [name for name in listed if sum(evidence(name)) < 10] == []


def test_other_rules_have_a_reason():
    page = read("docs/decisions/rules-off-by-default.md")
    off = [name for name, info in RULES.items() if not info.default]
    assert [name for name in off if name not in page and f"`{name.removesuffix('package-unpinned')}`" not in page] == []


def test_the_readme_counts_right():
    counts = re.findall(r"(\d+) rules", read("README.md")) + re.findall(
        r"(\d+) of them on by default", read("README.md")
    )
    assert counts == [str(len(RULES)), str(sum(info.default for info in RULES.values()))]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    folder = os.path.dirname(os.path.join(ROOT, page))
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page))
    assert [target for target in targets if not os.path.exists(os.path.join(folder, target))] == []


@pytest.mark.parametrize(("page", "text"), blocks("toml"), ids=lambda value: value.split("\n")[0][:40])
def test_configurations_are_read(page, text, tmp_path):
    write(tmp_path, **{"pyproject.toml": text, "Dockerfile": "FROM scratch\n"})
    ran = run("check", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "All checks passed! (1 file)\n")


def commands():
    """Yield every dlint command line of the documentation."""
    for page, text in (*blocks("console"), *blocks("yaml"), *blocks("sh")):
        for line in text.splitlines():
            match = re.match(r"(?:\s*- run: )?(dlint .*)", line)
            if match:
                yield page, match[1].partition(" #")[0].strip()


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_commands_work(page, line, tmp_path):
    shutil.copytree(f"{ROOT}/fixtures/ml-pipeline", tmp_path / "api")
    ran = run(*shlex.split(line)[1:], cwd=tmp_path)
    assert ran.returncode in (0, 1), ran.stderr
    assert "error" not in ran.stderr.replace("errors,", "").replace("error,", "")


def test_rule_addresses_are_files():
    from dlint.report import DOCUMENTATION, rule_url

    for name, info in RULES.items():
        assert os.path.exists(f"{ROOT}/{rule_url(info.family, name).removeprefix(DOCUMENTATION)}")


def test_yaml_hook_id_exists():
    ids = set(re.findall(r"- id: (\S+)", read(".pre-commit-hooks.yaml")))
    assert set(re.findall(r"- id: (\S+)", read("README.md"))) <= ids


def test_python_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, Dockerfile="FROM python:latest\n")
    examples = blocks("python")
    assert examples
    for _, text in examples:
        exec(text, {})
    assert "Dockerfile 1 warning base-image-unpinned" in capsys.readouterr().out


def test_suppressions_are_understood(tmp_path):
    (text,) = [text for page, text in blocks("dockerfile") if page.endswith("configuration.md")]
    write(tmp_path, Dockerfile=text + 'CMD ["python3", "app.py"]\n')
    ran = run(
        "check",
        "Dockerfile",
        "--select",
        "all",
        "--ignore",
        "unused-ignore",
        "--output-format",
        "concise",
        cwd=tmp_path,
    )
    silenced = ("base-image-unpinned", "apt-recommends", "pip-cache-in-layer", "runs-as-root")
    bare = text.replace("# dlint:", "# ") + 'CMD ["python3", "app.py"]\n'
    write(tmp_path, **{"bare.Dockerfile": bare})
    loud = run("check", "bare.Dockerfile", "--select", "all", "--output-format", "concise", cwd=tmp_path).stdout
    assert all(f"[{name}]" in loud for name in silenced), loud
    assert not [line for line in ran.stdout.splitlines() if any(f"[{name}]" in line for name in silenced)]
    assert "unknown-rule-in-ignore" not in ran.stdout


def test_the_picture_is_current():
    """docs/dlint.svg shows what dlint prints now; scripts/picture draws it again."""
    command = re.search(r"COMMAND = \((.*)\)", read("scripts/picture"))[1].replace('"', "").split(", ")
    ran = run(*command, "--today", "2026-11-22", cwd=f"{ROOT}/fixtures/ml-pipeline", env={"COLUMNS": "100"})
    drawn = re.sub(r"<style>.*?</style>|<defs>.*?</defs>", "", read("docs/dlint.svg"), flags=re.DOTALL)
    drawn = html.unescape(re.sub(r"<[^>]*>", "", drawn))
    printed = f"$ dlint {' '.join(command)}{ran.stdout}{ran.stderr}"
    assert _letters(printed) in _letters(drawn)


def _letters(text):
    return "".join(text.split())


def test_nothing_names_where_it_was_made():
    """What is committed speaks of the project, not of a machine."""
    for page in PAGES:
        assert not re.search(r"/work/|/tmp/|/root/(?!\.cache)", read(page)), page
