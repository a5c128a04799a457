"""Configuration files: which one counts, what it may hold, and how mistakes are told."""

import os

import pytest
from goldens import assert_golden
from helpers import run, write

from dlint.engine.configuration import ConfigurationFinder
from dlint.engine.configuration_file import read_setting, version_matches
from dlint.engine.errors import ConfigurationError
from dlint.engine.options import OPTIONS
from dlint.engine.settings import SettingsResolver

DOCKERFILE = "FROM debian:12\nRUN apt-get update && apt-get install -y git\n"


@pytest.fixture(autouse=True)
def no_user_configuration(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


def configuration_for(path):
    """Return the path of the configuration that counts for a file."""
    found = ConfigurationFinder().find(str(path))
    return found and found.path


def test_the_nearest_counts_and_nothing_is_merged(tmp_path):
    write(
        tmp_path,
        **{
            "dlint.toml": "check.ignore = ['apt-recommends']\n",
            "a/pyproject.toml": "[project]\nname = 'x'\n",
            "b/pyproject.toml": "[tool.dlint]\nfail-on = 'error'\n",
            "b/c/Dockerfile": DOCKERFILE,
        },
    )
    assert configuration_for(tmp_path / "a" / "Dockerfile") == str(tmp_path / "dlint.toml")
    assert configuration_for(tmp_path / "b" / "c" / "Dockerfile") == str(tmp_path / "b" / "pyproject.toml")
    settings = SettingsResolver({}).for_file(str(tmp_path / "b" / "c" / "Dockerfile"))
    assert settings.value("fail_on") == "error"
    assert settings.value("ignore") == ()


def test_order_in_one_folder(tmp_path):
    for name in ("pyproject.toml", "dlint.toml", ".dlint.toml"):
        text = "fail-on = 'error'\n" if name != "pyproject.toml" else "[tool.dlint]\nfail-on = 'error'\n"
        write(tmp_path, **{name: text})
        assert configuration_for(tmp_path / "Dockerfile") == str(tmp_path / name)


def test_the_repository_is_the_border(tmp_path):
    write(tmp_path, **{"dlint.toml": "", "repository/.git/HEAD": "x", "repository/a/Dockerfile": DOCKERFILE})
    assert configuration_for(tmp_path / "repository" / "a" / "Dockerfile") is None


def test_the_user_comes_last(tmp_path):
    home = os.environ["XDG_CONFIG_HOME"]
    write(home, **{"dlint/dlint.toml": "fail-on = 'never'\n"})
    write(tmp_path, **{"r/.git/HEAD": "x", "r/Dockerfile": DOCKERFILE})
    assert configuration_for(tmp_path / "r" / "Dockerfile") == os.path.join(home, "dlint", "dlint.toml")


def test_extend(tmp_path):
    write(
        tmp_path,
        **{
            "base.toml": "fail-on = 'error'\n[check]\nignore = ['size']\n",
            "a/dlint.toml": "extend = '../base.toml'\nfail-on = 'info'\n",
        },
    )
    settings = SettingsResolver({}).for_file(str(tmp_path / "a" / "Dockerfile"))
    assert settings.value("fail_on") == "info"
    assert settings.value("ignore") == ["size"]


def test_extend_in_a_circle(tmp_path):
    write(tmp_path, **{"dlint.toml": "extend = 'dlint.toml'\n"})
    with pytest.raises(ConfigurationError, match="extend each other"):
        ConfigurationFinder().find(str(tmp_path / "Dockerfile"))


def test_precedence(tmp_path, monkeypatch):
    """Command line over --config over environment over file over default."""
    write(tmp_path, **{"dlint.toml": "fail-on = 'error'\noutput-format = ['json']\n"})
    path = str(tmp_path / "Dockerfile")
    assert SettingsResolver({}).for_file(path).value("output_format") == ["json"]
    monkeypatch.setenv("DLINT_OUTPUT_FORMAT", "github")
    assert SettingsResolver({}).for_file(path).value("output_format") == ("github",)
    pair = SettingsResolver({"config": ("fail-on = 'info'", "output-format = ['sarif']")}).for_file(path)
    assert (pair.value("fail_on"), pair.value("output_format")) == ("info", ["sarif"])
    line = SettingsResolver({"config": ("fail-on = 'info'",), "fail_on": "never"}).for_file(path)
    assert line.value("fail_on") == "never"
    assert SettingsResolver({"isolated": True}).for_file(path).value("fail_on") == "warning"


def test_selection_on_the_command_line_starts_afresh(tmp_path):
    write(tmp_path, **{"dlint.toml": "[check]\nselect = ['size']\nignore = ['DL3015']\n"})
    path = str(tmp_path / "Dockerfile")
    afresh = SettingsResolver({"select": ("caching",)}).for_file(path)
    assert (afresh.value("select"), afresh.value("ignore")) == (("caching",), ())
    added = SettingsResolver({"ignore": ("DL3009",)}).for_file(path)
    assert (list(added.value("select")), list(added.value("ignore"))) == (["size"], ["DL3015", "DL3009"])


def test_environment_names_a_configuration(tmp_path, monkeypatch):
    write(tmp_path, **{"other.toml": "fail-on = 'never'\n"})
    monkeypatch.setenv("DLINT_CONFIG", str(tmp_path / "other.toml"))
    assert SettingsResolver({}).for_file(str(tmp_path / "Dockerfile")).value("fail_on") == "never"
    assert SettingsResolver({"isolated": True}).for_file(str(tmp_path / "Dockerfile")).value("fail_on") == "warning"


def test_today(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert SettingsResolver({"isolated": True}).base.today == "2023-11-14"
    assert SettingsResolver({"isolated": True, "today": "2020-01-02"}).base.today == "2020-01-02"
    for wrong in ("x", "", "9" * 40, "²"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        assert len(SettingsResolver({"isolated": True}).base.today) == 10


def test_per_file_ignores_are_relative_to_the_file(tmp_path):
    write(
        tmp_path,
        **{
            "dlint.toml": "[check]\nselect = ['apt-recommends']\n[check.per-file-ignores]\n'dev/**' = ['size']\n'*.ci.Dockerfile' = ['DL3015']\n",
            "dev/x/Dockerfile": DOCKERFILE, "prod/dev.Dockerfile": DOCKERFILE, "a.ci.Dockerfile": DOCKERFILE,
        },
    )  # fmt: skip
    ran = run("check", str(tmp_path), "--output-format", "concise", cwd="/")
    assert [line.split(":")[0].rpartition("/")[2] for line in ran.stdout.splitlines()] == ["dev.Dockerfile"]


@pytest.mark.parametrize(
    ("version", "wanted", "expected"),
    [
        ("0.1.0", ">=0.1", True),
        ("0.1.0", ">=0.2", False),
        ("0.1.0", ">=0.1,<0.2", True),
        ("1.0", "==1.0.0", True),
        ("1.2.3", "!=1.2.3", False),
        ("1.2.3", "1.2.3", True),
        ("1.2", "nonsense", False),
    ],
)
def test_versions(version, wanted, expected):
    assert version_matches(version, wanted) == expected


MISTAKES = {
    "pyproject.toml": """\
[project]
name = "x"

[tool.dlint]
fail-on = "warn"
nonsense = 1
require-reason = "yes"

[tool.dlint.check]
selec = ["gpu"]
ignore = ["DL3015", "apt-recomends"]
extend-select = "all"

[tool.dlint.check.severity]
base-eol = "fatal"

[tool.dlint.check.per-file-ignores]
"dev/*" = ["no-such-thing"]

[tool.dlint.rules.no-such-rule]
x = 1

[tool.dlint.rules.base-eol]
monts = 3

[tool.dlint.rules.untrusted-registry]
trusted-registry = ["ghcr.io"]
trusted-registries = "ghcr.io"

[tool.dlint.rules.label-schema]
labels = {version = "semantic"}
strict = 1
""",
    "dlint.toml": "fail-on = 'never'\nselect = ['all']\n[check]\nselect = ['al']\n",
    "broken.toml": "[check\nselect = 1\n",
    "version.toml": "required-version = '>=99'\nfuture-option = 1\n",
    "extends.toml": "extend = 'missing.toml'\n",
    "not-a-table.toml": "check = 3\nrules = 'x'\n",
    "rule-not-a-table.toml": "rules.base-eol = 3\nrules.DL3026.trusted-registries = [1]\n",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_all_at_once(tmp_path, name):
    write(tmp_path, **{name: MISTAKES[name], "Dockerfile": DOCKERFILE})
    ran = run("check", "--config", name, "Dockerfile", cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert_golden(f"configuration/{name}.txt", ran.stderr)


TRUSTED = "rules.untrusted-registry.trusted-registries"
IMAGES = "FROM ghcr.io/x/y:1 AS a\nFROM python:3.13-slim\nCOPY --from=a /x /x\n"


def found_with(tmp_path, *arguments, **files):
    """Return the rules that report something about two images, under a configuration."""
    write(tmp_path, **{"Dockerfile": IMAGES, **files})
    ran = run("check", "--output-format", "concise", *arguments, cwd=tmp_path)
    assert ran.returncode in (0, 1), ran.stderr
    return [line.split("[")[1].split("]")[0] for line in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "configuration", "expected"),
    [
        ((), "", []),
        (("--select", "untrusted-registry"), "", []),
        ((), f"{TRUSTED} = ['ghcr.io']\n", ["untrusted-registry"]),
        ((), f"{TRUSTED} = ['*']\n", []),
        ((), f"{TRUSTED} = ['docker.io', 'ghcr.io/x']\n", []),
        ((), f"{TRUSTED} = ['docker.io', 'ghcr.io/z']\n", ["untrusted-registry"]),
        ((), "[rules.untrusted-registry]\n", []),
        ((), f"{TRUSTED} = ['ghcr.io']\n[check]\nignore = ['DL3026']\n", []),
        ((), f"{TRUSTED} = ['ghcr.io']\n[check]\nignore = ['security']\n", ["untrusted-registry"]),
        (("--ignore", "untrusted-registry"), f"{TRUSTED} = ['ghcr.io']\n", []),
        (("--select", "base-eol"), f"{TRUSTED} = ['ghcr.io']\n", []),
        (("--select", "DL3026"), f"{TRUSTED} = ['ghcr.io']\n", ["untrusted-registry"]),
        (("--config", f"{TRUSTED}=['ghcr.io']"), "", ["untrusted-registry"]),
        (("--config", f"{TRUSTED}=['*']"), f"{TRUSTED} = ['ghcr.io']\n", []),
    ],
)
def test_options_of_a_rule(tmp_path, arguments, configuration, expected):
    """They turn a rule on that is off by default, unless something says otherwise."""
    assert found_with(tmp_path, *arguments, **{"dlint.toml": configuration}) == expected


def test_options_of_a_rule_are_joined(tmp_path):
    """Each option counts where it is given nearest: --config, the file, the file it extends."""
    write(
        tmp_path,
        **{
            "base.toml": "rules.label-schema = {strict = true, labels = {a = 'url'}}\n",
            "dlint.toml": "extend = 'base.toml'\nrules.label-schema.labels = {a = 'text'}\n",
        },
    )
    settings = SettingsResolver({}).for_file(str(tmp_path / "Dockerfile"))
    assert settings.rules == {"label-schema": {"strict": True, "labels": {"a": "text"}}}
    given = ("rules.label-schema.strict=false", "rules.label-schema.labels={b='semver'}")
    settings = SettingsResolver({"config": given}).for_file(str(tmp_path / "Dockerfile"))
    assert settings.rules == {"label-schema": {"strict": False, "labels": {"b": "semver"}}}


def test_options_of_rules_are_shown(tmp_path):
    setting = "rules.label-schema={labels={'a.b'='url'},strict=true}"
    shown = run("check", "--show-settings", "--config", setting, cwd=tmp_path).stdout
    assert 'rules.label-schema.labels = {"a.b" = "url"}\nrules.label-schema.strict = true\n' in shown
    write(tmp_path, **{"dlint.toml": shown})
    assert run("check", "--show-settings", cwd=tmp_path).stdout.count("rules.label-schema") == 2


@pytest.mark.parametrize("text", ["x", "check.select = [", "check.selec = ['all']", "fail-on = 3"])
def test_wrong_settings(text):
    with pytest.raises(ConfigurationError):
        read_setting(text)


def test_every_option_can_be_set(tmp_path):
    """What --show-settings prints is a configuration that gives the same settings."""
    shown = run("check", "--show-settings", "--isolated", cwd=tmp_path).stdout
    write(tmp_path, **{"dlint.toml": shown, "Dockerfile": DOCKERFILE})
    again = run("check", "--show-settings", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    kept = [line for line in shown.splitlines() if not line.startswith("#")]
    assert [line for line in again.stdout.splitlines() if not line.startswith("#")] == kept
    keys = {option.key for option in OPTIONS if option.key and option.default is not None}
    assert keys == {line.split(" = ")[0] for line in kept if line}
