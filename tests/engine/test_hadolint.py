"""hadolint's configuration: found, read, and told what is wrong with it."""

import os

import pytest
from goldens import assert_golden
from helpers import run, write

from dlint.cli.config import as_toml
from dlint.engine.configuration_file import read as read_toml
from dlint.engine.errors import ConfigurationError
from dlint.engine.hadolint import load, read
from dlint.engine.settings import SettingsResolver

WHOLE = """\
ignored:
  - DL3008
  - SC2046
trustedRegistries:
  - hub.docker.com
  - "*.gcr.io"
failure-threshold: style
override:
  error: [DL3006, DL3013]
  warning:
    - SC2086
    - DL3057
  info: [DL3018, DL3015]
  style: [DL3059]
label-schema:
  author: text
  org.opencontainers.image.created: rfc3339
strict-labels: true
format: gnu
no-color: true
disable-ignore-pragma: true
"""


def written(folder, text, name=".hadolint.yaml"):
    """Write a file and return its path."""
    write(folder, **{name: text})
    return os.path.join(folder, name)


def values(folder, text):
    """Return the settings that hadolint's file gives."""
    configuration = read(written(folder, text))
    return configuration.values, configuration.rules


@pytest.mark.parametrize(
    ("text", "expected", "rules"),
    [
        ("", {}, {}), ("# nothing\n", {}, {}), ("ignored:\n", {}, {}),
        ("ignored: [DL3008, SC2086]", {"ignore": ("DL3008", "SC2086")}, {}),
        ("override:\n  error: [DL3008]\n  style: [DL3015]\n", {"severity": {"DL3008": "error", "DL3015": "info"}, "extend_select": ("DL3008",)}, {}),
        ("ignored: [DL3008]\noverride: {error: [DL3008]}", {"ignore": ("DL3008",), "severity": {"DL3008": "error"}, "extend_select": ()}, {}),
        ("failure-threshold: error", {"fail_on": "error"}, {}), ("failure-threshold: none", {"fail_on": "info"}, {}),
        ("no-fail: true\nfailure-threshold: error", {"fail_on": "never"}, {}), ("no-fail: false", {}, {}),
        ("disable-ignore-pragma: true", {"no_ignores": True}, {}),
        ("trustedRegistries: my.io", {}, {"untrusted-registry": {"trusted-registries": ["my.io"]}}),
        ("trustedRegistries: [hub.docker.com]", {}, {"untrusted-registry": {"trusted-registries": ["docker.io"]}}),
        ("label-schema: {a: text, b: ''}", {}, {"label-schema": {"labels": {"a": "text", "b": "rawtext"}, "strict": False}}),
        ("strict-labels: true", {}, {"label-schema": {"labels": {}, "strict": True}}),
        ("format: gnu\nx-mine: [1]\n", {}, {}),
    ],
)  # fmt: skip
def test_values(tmp_path, text, expected, rules):
    assert values(str(tmp_path), text) == (expected, rules)


MISTAKES = """\
ignored: DL3006
ignore: [x]
override:
  fatal: [DL3006]
  error: [dl3006, "DL9999", [a]]
  warning: DL3006
no-fail: yes
failure-threshold: high
label-schema: {a: b, c: [d]}
strict-labels: {}
trustedRegistries: {a: b}
"""


@pytest.mark.parametrize("text", [MISTAKES, "a: [\n", "- a\n", "text", "a: b: c\n", "[" * 9999, "\0"])
def test_mistakes_are_told_all_at_once(tmp_path, text):
    with pytest.raises(ConfigurationError) as raised:
        read(written(str(tmp_path), text))
    if text == MISTAKES:
        assert_golden("configuration/hadolint.txt", "\n".join(raised.value.problems).replace(f"{tmp_path}/", "") + "\n")
    assert all(".hadolint.yaml:" in problem for problem in raised.value.problems)


def test_mistakes_end_the_run(tmp_path):
    write(tmp_path, **{"Dockerfile": "FROM scratch\n", ".hadolint.yml": "ignored: [dl3008]\n"})
    ran = run("check", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "error: unknown code `dl3008` in `ignored`" in ran.stderr
    assert ".hadolint.yml:1:11" in ran.stderr
    assert "did you mean `DL3008`?" in ran.stderr


# Which file counts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a/.hadolint.yaml": ""}, "a/.hadolint.yaml"), ({".hadolint.yaml": ""}, ".hadolint.yaml"), ({".hadolint.yml": ""}, ".hadolint.yml"),
        ({".hadolint.yaml": "", ".hadolint.yml": "", "a/.hadolint.yml": ""}, "a/.hadolint.yml"),
        ({".hadolint.yml": "", ".hadolint.yaml": ""}, ".hadolint.yaml"),
        ({".hadolint.yaml": "", "dlint.toml": ""}, "dlint.toml"), ({"a/.hadolint.yaml": "", "dlint.toml": ""}, "dlint.toml"),
        ({".hadolint.yaml": "", "a/dlint.toml": ""}, "a/dlint.toml"),
        ({".hadolint.yaml": "", "pyproject.toml": "[project]\n"}, ".hadolint.yaml"),
        ({".hadolint.yaml": "", "pyproject.toml": "[tool.dlint]\n"}, "pyproject.toml"),
        ({".hadolint.yaml": "", "home/dlint/dlint.toml": ""}, ".hadolint.yaml"), ({"home/dlint/dlint.toml": ""}, "home/dlint/dlint.toml"),
        ({"a/.git/x": "", ".hadolint.yaml": ""}, None), ({}, None),
    ],
)  # fmt: skip
def test_which_counts(tmp_path, monkeypatch, files, expected):
    """dlint's own wherever it lies, else hadolint's nearest, else the user's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    write(tmp_path, **{".git/HEAD": "", **files})
    resolver = SettingsResolver({})
    for _ in range(2):
        found = resolver.for_file(str(tmp_path / "a" / "Dockerfile")).configuration
        assert (os.path.relpath(found.path, tmp_path) if found else None) == expected


def test_folders_do_not_mix(tmp_path):
    """A file above does not get what lies below, whichever is asked about first."""
    write(tmp_path, **{".git/HEAD": "", "a/.hadolint.yaml": "", "a/b/Dockerfile": "", "Dockerfile": ""})
    for order in (("a/b/Dockerfile", "Dockerfile", "a/Dockerfile"), ("Dockerfile", "a/Dockerfile", "a/b/Dockerfile")):
        resolver = SettingsResolver({})
        for name in order:
            assert bool(resolver.for_file(str(tmp_path / name)).configuration) == name.startswith("a/")


def test_it_is_said(tmp_path):
    write(
        tmp_path,
        **{"Dockerfile": "FROM scratch\n", "d/Dockerfile": "FROM scratch\n", ".hadolint.yaml": "ignored: [DL3008]\n"},
    )
    ran = run("check", cwd=tmp_path)
    note = (
        "note: .hadolint.yaml counts, as dlint has no configuration here; `dlint config import-hadolint` makes it one\n"
    )
    assert ran.stderr == "All checks passed! (2 files)\n" + note
    assert run("check", "-q", cwd=tmp_path).stderr == ""
    assert run("check", "--isolated", cwd=tmp_path).stderr == "All checks passed! (2 files)\n"
    assert ".hadolint.yaml" in run("config", "show", "Dockerfile", cwd=tmp_path).stdout


def test_it_counts(tmp_path):
    text = "FROM debian\n# hadolint ignore=DL3015\nRUN apt-get update && apt-get install -y curl\n"
    config = "override: {error: [DL3006], warning: [DL3008]}\nignored: [DL3009]\n"
    write(tmp_path, **{"Dockerfile": text, ".hadolint.yaml": config})
    ran = run("check", "--output-format", "concise", "-q", cwd=tmp_path)
    assert ran.returncode == 1
    assert "error[base-image-unpinned]" in ran.stdout
    assert "warning[apt-package-unpinned]" in ran.stdout
    assert "apt-lists-left" not in ran.stdout
    assert "apt-recommends" not in ran.stdout
    write(tmp_path, **{".hadolint.yaml": config + "no-fail: true\ndisable-ignore-pragma: true\n"})
    ran = run("check", "--output-format", "concise", "-q", cwd=tmp_path)
    assert ran.returncode == 0
    assert "apt-recommends" in ran.stdout


def test_named_on_the_command_line(tmp_path):
    write(
        tmp_path,
        **{"Dockerfile": "FROM debian\nUSER 1\n", "lint/hadolint.yaml": "ignored: [DL3006]\n", "dlint.toml": ""},
    )
    assert run("check", "--config", "lint/hadolint.yaml", cwd=tmp_path).returncode == 0
    assert "base-image-unpinned" in run("check", cwd=tmp_path).stdout


# dlint config import-hadolint ------------------------------------------------------------


def test_import(tmp_path):
    written(str(tmp_path), WHOLE)
    ran = run("config", "import-hadolint", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert_golden("configuration/imported.toml", ran.stdout)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE, "", "no-fail: true\n", "ignored: [SC2086]\n", "failure-threshold: ignore\n", "format: tty\n", "format: 'a\n  b'\n",
        'label-schema: {"a\\"b\\\\ä\\x07": text}\n', "trustedRegistries: [a, 'b\"c']\n", "override: {info: [DL3008]}\n",
    ],
)  # fmt: skip
def test_import_means_the_same(tmp_path, text):
    """What is written gives the same settings as hadolint's file itself."""
    path = written(str(tmp_path), text)
    direct = read(path)
    again = read_toml(written(str(tmp_path), as_toml(load(path)), "dlint.toml"))
    plain = {name: value for name, value in direct.values.items() if value != ()}
    taken = plain.pop("extend_select", ())
    selected = again.values.pop("extend_select", ())
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()} == again.values
    assert set(selected) <= set(taken)
    rules = {
        name: {key: value for key, value in options.items() if value is not False}
        for name, options in direct.rules.items()
    }
    assert rules == again.rules


def test_import_overwrites_nothing(tmp_path):
    written(str(tmp_path), "ignored: [DL3008]\n", "h.yml")
    write(tmp_path, **{"dlint.toml": "mine"})
    ran = run("config", "import-hadolint", "h.yml", "--output", "dlint.toml", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "error: dlint.toml exists; --force overwrites it\n")
    assert (tmp_path / "dlint.toml").read_text() == "mine"
    ran = run("config", "import-hadolint", "h.yml", "--output", "dlint.toml", "--force", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert '"DL3008",  # apt-package-unpinned' in (tmp_path / "dlint.toml").read_text()
    ran = run("config", "import-hadolint", "h.yml", "-o", "no/such/x.toml", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "error: cannot write no/such/x.toml: No such file or directory\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "there is no .hadolint.yaml or .hadolint.yml here; name the file: dlint config import-hadolint FILE"),
        (("x.yaml",), "cannot read the configuration x.yaml: No such file or directory"),
    ],
)
def test_import_without_a_file(tmp_path, arguments, message):
    ran = run("config", "import-hadolint", *arguments, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, f"error: {message}\n")
