"""``dlint check`` as people run it: exit codes, options and messages."""

import json
import os
import re
import shutil
import stat

import pytest
from helpers import ROOT, run, write

BAD = "FROM python:3.12-slim\nRUN apt-get update && apt-get install -y git\n"
WARNS = "FROM python:3.12-slim\nWORKDIR app\nCOPY --from=python:3.11-slim /a /a\n"
GOOD = "FROM python:3.12.8-slim-bookworm\nUSER 1000\n"
INFO = "FROM python:3.12-slim AS a\nRUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n"
QUIET = ("--today", "2026-11-22", "--output-format", "concise", "--quiet")


def rules(ran):
    """Return the rules in a concise report."""
    return re.findall(r"\[([\w-]+)\] ", ran.stdout)


def test_clean(tmp_path):
    write(tmp_path, Dockerfile=GOOD)
    ran = run("check", cwd=tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "All checks passed! (1 file)\n")


def test_findings(tmp_path):
    write(tmp_path, Dockerfile=WARNS)
    ran = run("check", cwd=tmp_path)
    assert ran.returncode == 1
    assert "warning[workdir-relative]" in ran.stdout or "workdir-relative" in ran.stdout
    assert re.match(r"Found .*warning.* in 1 file\.", ran.stderr)


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        (INFO, "warning", 0), (INFO, "info", 1), (INFO, "error", 0), (WARNS, "warning", 1), (WARNS, "error", 0),
        (WARNS, "never", 0), ("FORM scratch\n", "error", 1), (GOOD, "info", 0),
    ],
)  # fmt: skip
def test_fail_on(tmp_path, text, level, code):
    write(tmp_path, Dockerfile=text)
    assert run("check", "--fail-on", level, *QUIET, cwd=tmp_path).returncode == code


def test_exit_zero(tmp_path):
    write(tmp_path, Dockerfile=WARNS)
    ran = run("check", "--exit-zero", *QUIET, cwd=tmp_path)
    assert ran.returncode == 0
    assert ran.stdout


def test_missing_files_do_not_hide_the_others(tmp_path):
    write(tmp_path, Dockerfile=WARNS)
    ran = run("check", "Dockerfil", "Dockerfile", *QUIET, cwd=tmp_path)
    assert ran.returncode == 2
    assert "error: Dockerfil: no such file or folder; did you mean Dockerfile?" in ran.stderr
    assert "workdir-relative" in rules(ran)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x7fELF\0\0\0\0", "is a binary file"),
        (b"x" * 6_000_000, "is 6 MB; a file of more than 5 MB is not read"),
    ],
)
def test_unreadable_files_do_not_hide_the_others(tmp_path, content, message):
    write(tmp_path, **{"Dockerfile": WARNS, "Dockerfile.bad": content})
    ran = run("check", *QUIET, cwd=tmp_path)
    assert ran.returncode == 2
    assert f"error: Dockerfile.bad: {message}" in ran.stderr
    assert "workdir-relative" in rules(ran)
    assert "Traceback" not in ran.stderr


def test_forbidden_files(tmp_path):
    write(tmp_path, **{"Dockerfile": WARNS, "Dockerfile.forbidden": WARNS, "folder/Dockerfile": WARNS})
    os.chmod(tmp_path / "Dockerfile.forbidden", 0)
    os.chmod(tmp_path / "folder", 0)
    # Root reads everything, unless it gives that up.
    prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    ran = run("check", *QUIET, cwd=tmp_path, prefix=prefix)
    os.chmod(tmp_path / "folder", 0o755)
    assert ran.returncode == 2
    assert "error: Dockerfile.forbidden: Permission denied" in ran.stderr
    assert "warning: ./folder: Permission denied; what is in it is not checked" in ran.stderr
    assert "workdir-relative" in rules(ran)


def test_nothing_to_check(tmp_path):
    ran = run("check", cwd=tmp_path)
    assert ran.returncode == 0
    assert "warning: no Dockerfiles or compose files found under the current folder" in ran.stderr
    assert run("check", "--error-on-no-files", cwd=tmp_path).returncode == 2


def test_standard_input(tmp_path):
    ran = run("check", "-", *QUIET, cwd=tmp_path, stdin=WARNS)
    assert ran.returncode == 1
    assert ran.stdout.startswith("<stdin>:2:9: ")
    named = run("check", "-", "--stdin-filename", "a/api.Dockerfile", *QUIET, cwd=tmp_path, stdin=WARNS)
    assert named.stdout.startswith("a/api.Dockerfile:2:9: ")
    both = run("check", "-", "Dockerfile", cwd=tmp_path, stdin=WARNS)
    assert both.returncode == 2
    assert "cannot be checked together" in both.stderr


def test_the_name_of_standard_input_finds_its_configuration(tmp_path):
    write(tmp_path, **{"a/dlint.toml": "check.select = ['apt-lists-left']\n"})
    ran = run("check", "-", "--stdin-filename", "a/Dockerfile", *QUIET, cwd=tmp_path, stdin=BAD)
    assert rules(ran) == ["apt-lists-left"]


def test_several_reports_at_once(tmp_path):
    write(tmp_path, Dockerfile=WARNS)
    ran = run(
        "check", "--output-format", "concise", "--output-format", "json:out/r.json", "--output-format", "sarif:r.sarif", cwd=tmp_path
    )  # fmt: skip
    assert "workdir-relative" in rules(ran)
    assert json.loads((tmp_path / "out" / "r.json").read_text())["version"] == 1
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"
    twice = run("check", "--output-format", "json", "--output-format", "concise", cwd=tmp_path)
    assert (twice.returncode, "two reports for standard output" in twice.stderr) == (2, True)


def test_output_file(tmp_path):
    write(tmp_path, Dockerfile=WARNS)
    ran = run("check", "--output-format", "json", "-o", "report.json", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text())["diagnostics"]
    folder = run("check", "-o", ".", cwd=tmp_path)
    assert (folder.returncode, "cannot write ." in folder.stderr) == (2, True)


def test_statistics(tmp_path):
    write(tmp_path, **{"Dockerfile": WARNS, "Dockerfile.two": WARNS})
    ran = run("check", "--statistics", cwd=tmp_path)
    assert ran.returncode == 1
    assert re.search(r"(?m)^2  workdir-relative +warning  in 2 files$", ran.stdout)


def test_an_empty_selection_is_no_selection(tmp_path):
    """A variable of a script that was not set must not pass everything."""
    write(tmp_path, Dockerfile="FROM python\n")
    for given in ("", ","):
        ran = run("check", "--select", given, *QUIET, cwd=tmp_path)
        assert (ran.returncode, "names no rule" in ran.stderr) == (2, True)


def test_selection(tmp_path):
    write(tmp_path, Dockerfile=BAD)
    assert rules(run("check", "--select", "size", *QUIET, cwd=tmp_path)) == ["apt-lists-left", "apt-recommends"]
    assert rules(run("check", "--select", "size", "--ignore", "DL3015", *QUIET, cwd=tmp_path)) == ["apt-lists-left"]
    ran = run("check", "--select", "size", "--per-file-ignores", "Docker*:DL3015", *QUIET, cwd=tmp_path)
    assert rules(ran) == ["apt-lists-left"]


def test_max_diagnostics(tmp_path):
    write(tmp_path, Dockerfile=BAD)
    ran = run("check", "--select", "all", "--max-diagnostics", "1", "--output-format", "concise", cwd=tmp_path)
    assert len(ran.stdout.splitlines()) == 1
    assert "The first 1 are shown" in ran.stderr


def test_context(tmp_path):
    """The context is found beside the file, or given."""
    write(
        tmp_path,
        **{
            "docker/Dockerfile": "FROM scratch\nCOPY . /app\n",
            "app/big.bin": "x" * 3_000_000,
            "app/.git/HEAD": "x" * 2_000_000,
        },
    )
    nothing = run("check", "--select", "context", *QUIET, "docker/Dockerfile", cwd=tmp_path)
    given = run("check", "--select", "context", *QUIET, "--context", "app", "docker/Dockerfile", cwd=tmp_path)
    assert rules(nothing) == []
    assert rules(given) == ["dockerignore-missing"]


def test_target_and_build_arguments(tmp_path):
    write(tmp_path, Dockerfile="ARG BASE\nFROM $BASE AS one\nWORKDIR x\nFROM scratch AS two\nWORKDIR y\n")
    known = run(
        "check", "--select", "base-eol", "--build-arg", "BASE=ubuntu:18.04", "--target", "one", *QUIET, cwd=tmp_path
    )
    assert rules(known) == ["base-eol"]
    assert rules(run("check", "--select", "base-eol", *QUIET, cwd=tmp_path)) == []


def test_show_files(tmp_path):
    write(tmp_path, **{"Dockerfile": GOOD, "a/api.Dockerfile": GOOD, "node_modules/Dockerfile": GOOD})
    assert run("check", "--show-files", cwd=tmp_path).stdout == "Dockerfile\na/api.Dockerfile\n"


def test_show_settings(tmp_path):
    write(tmp_path, **{"Dockerfile": GOOD, "a/Dockerfile": GOOD, "a/dlint.toml": "fail-on = 'error'\n"})
    text = run("check", "--show-settings", cwd=tmp_path).stdout
    assert "# Dockerfile\n# configuration: none" in text
    assert re.search(r'(?s)# a/Dockerfile\n# configuration: \S*a/dlint.toml\n.*fail-on = "error"', text)


def test_verbose(tmp_path):
    write(
        tmp_path,
        **{"Dockerfile": "FROM scratch\nCOPY a /a\n", "a": "x", "b/Dockerfile": "FROM scratch\nCOPY gone /a\n"},
    )
    text = run("check", "--verbose", cwd=tmp_path).stderr
    assert "Dockerfile: configuration built in, build context ." in text
    assert "b/Dockerfile: configuration built in, build context unknown" in text


def test_paths_are_shown_from_here(tmp_path):
    write(tmp_path, **{"a/Dockerfile": WARNS})
    assert run("check", str(tmp_path / "a"), *QUIET, cwd=tmp_path).stdout.startswith("a/Dockerfile:")
    assert run("check", "../a/./Dockerfile", *QUIET, cwd=tmp_path / "a").stdout.startswith("../a/Dockerfile:")


def test_arguments_from_a_file(tmp_path):
    write(tmp_path, **{"Dockerfile": BAD, "args.txt": "--select\napt-lists-left\n\nDockerfile\n"})
    assert rules(run("check", *QUIET, "@args.txt", cwd=tmp_path)) == ["apt-lists-left"]
    missing = run("check", "@none.txt", cwd=tmp_path)
    assert (missing.returncode, "cannot read arguments from none.txt" in missing.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "--select", "apt-recomends"), "did you mean apt-recommends?"),
        (("check", "--output-format", "jsn"), "did you mean json?"),
        (("check", "--fail-on", "warn"), "did you mean warning?"),
        (("check", "--today", "tomorrow"), "should be a date"),
        (("check", "--max-diagnostics", "many"), "takes a number"),
        (("check", "--per-file-ignores", "x"), "takes PATTERN:RULE"),
        (("check", "--selec", "all"), "--select"),
        (("check", "--config", "none.toml"), "cannot read the configuration none.toml"),
        (("check", "--select"), "requires an argument"),
        (("chekc",), "did you mean `dlint check`?"),
        (("Dockerfile",), "did you mean `dlint check Dockerfile`?"),
        (("rule", "apt-recomends"), "did you mean apt-recommends?"),
        (("rule",), "name a rule, or use --all"),
    ],
)
def test_wrong_use(tmp_path, arguments, message):
    write(tmp_path, Dockerfile=GOOD)
    ran = run(*arguments, cwd=tmp_path)
    assert ran.returncode == 2, ran.stderr
    text = re.sub(r"\s+", " ", re.sub(r"[│╭╮╰╯─]", "", ran.stderr))
    assert message in text
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_a_crashing_rule_is_reported(tmp_path):
    """A plug put into a rule's module: the crash is told, the other rules still report, the exit is 2."""
    copy = tmp_path / "copy"
    shutil.copytree(os.path.join(ROOT, "dlint"), copy / "dlint", ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "dlint" / "checks" / "size" / "apt_lists_left.py"
    path.write_text(
        path.read_text()
        + "\n\ndef _broken(build, report):\n    raise ValueError('broken here')\n\n\ncheck.rule.check = _broken\n"
    )
    write(tmp_path, **{"work/Dockerfile": BAD})
    ran = run("check", "--select", "size", *QUIET, cwd=tmp_path / "work", env={"PYTHONPATH": str(copy)})
    assert ran.returncode == 2
    assert rules(ran) == ["apt-recommends"]
    assert "the rule apt-lists-left crashed on Dockerfile; the other rules ran" in ran.stderr
    assert "broken here" in ran.stderr


def test_closed_output_is_no_error(tmp_path):
    """``dlint check | head`` ends without a word."""
    import subprocess
    import sys

    write(tmp_path, Dockerfile=BAD * 2000)
    command = f"{sys.executable} -m dlint check --select all --output-format concise --quiet | head -n 1"
    ran = subprocess.run(
        command, shell=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": ROOT}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) == 1


def test_other_encodings(tmp_path):
    write(tmp_path, Dockerfile="FROM scratch\nWORKDIR žluťoučký\n")
    ran = run("check", cwd=tmp_path, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert ran.returncode == 1
    assert "workdir-relative" in ran.stdout


def test_files_are_only_read(tmp_path):
    write(tmp_path, Dockerfile=BAD)
    before = os.stat(tmp_path / "Dockerfile")
    run("check", "--select", "all", cwd=tmp_path)
    after = os.stat(tmp_path / "Dockerfile")
    assert (before.st_mtime_ns, stat.S_IMODE(before.st_mode)) == (after.st_mtime_ns, stat.S_IMODE(after.st_mode))
    assert sorted(os.listdir(tmp_path)) == ["Dockerfile"]


def test_wrong_targets_and_contexts(tmp_path):
    write(tmp_path, **{"Dockerfile": "FROM scratch AS build\nFROM scratch AS serve\n"})
    wrong = run("check", "--target", "sevre", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr.splitlines()[0]) == (
        2,
        "error: Dockerfile: has no stage sevre; its stages are build, serve",
    )
    assert run("check", "--target", "serve", cwd=tmp_path).returncode == 0
    wrong = run("check", "--context", "nodir", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr) == (2, "error: --context nodir: no such folder\n")
    write(tmp_path, **{"dlint.toml": 'context = "nodir"\n'})
    wrong = run("check", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "nodir is not a folder" in wrong.stderr


def test_statistics_leave_the_reports_for_files(tmp_path):
    write(tmp_path, Dockerfile="FROM scratch\nWORKDIR x\n")
    ran = run(
        "check", "--statistics", "--output-format", "json:report.json", "--output-format", "concise", cwd=tmp_path
    )
    assert "workdir-relative" in ran.stdout
    assert "Dockerfile:2" not in ran.stdout
    assert (tmp_path / "report.json").exists()


def test_build_arguments_from_the_environment(tmp_path):
    """As docker build has it: a name alone stands for the variable of that name."""
    write(tmp_path, Dockerfile="ARG BASE\nFROM $BASE\n")
    arguments = (
        "check",
        "--build-arg",
        "BASE",
        "--select",
        "base-image-unpinned,syntax-error",
        "--output-format",
        "concise",
    )
    assert "base-image-unpinned" in run(*arguments, cwd=tmp_path, env={"BASE": "python:latest"}).stdout
    assert run(*arguments, cwd=tmp_path).returncode == 0


def test_paths_for_code_scanning_begin_at_the_repository(tmp_path):
    write(tmp_path, **{".git/HEAD": "x", "sub/Dockerfile": "FROM scratch\nWORKDIR x\n"})
    sarif = json.loads(run("check", "--output-format", "sarif", cwd=tmp_path / "sub").stdout)["runs"][0]
    place = sarif["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "sub/Dockerfile", "uriBaseId": "%SRCROOT%"}
    assert sarif["originalUriBaseIds"]["%SRCROOT%"]["uri"].endswith(f"{tmp_path}/")
    github = run("check", "--output-format", "github", cwd=tmp_path / "sub", env={"GITHUB_WORKSPACE": str(tmp_path)})
    assert "file=sub/Dockerfile," in github.stdout


def test_groups_count_everywhere(tmp_path):
    write(tmp_path, **{"Dockerfile": "FROM scratch\nWORKDIR x\n", "dlint.toml": '[check.severity]\nall = "error"\n'})
    assert "error[workdir-relative]" in run("check", "--output-format", "concise", cwd=tmp_path).stdout
    write(tmp_path, **{"dlint.toml": '[check.per-file-ignores]\n"*" = ["all"]\n'})
    assert run("check", cwd=tmp_path).returncode == 0


def test_extending_adds_to_tables(tmp_path):
    write(
        tmp_path,
        **{
            "Dockerfile": "FROM scratch\nWORKDIR x\n",
            "base.toml": '[check]\nextend-select = ["shell-form-command"]\n[check.severity]\nworkdir-relative = "info"\n',
            "dlint.toml": 'extend = "base.toml"\n[check.severity]\npinning = "error"\n',
        },
    )
    settings = run("check", "--show-settings", cwd=tmp_path).stdout
    assert '"workdir-relative"' in settings.replace("workdir-relative =", '"workdir-relative"')
    assert "shell-form-command" in settings
    assert run("check", cwd=tmp_path).returncode == 0


def test_secrets_are_not_printed(tmp_path):
    write(
        tmp_path,
        Dockerfile="FROM python:3.13-slim\nENV HF_TOKEN=hf_supersecretvalue\nRUN export API_TOKEN=supersecretvalue\n"
        "RUN git clone https://user:supersecretvalue@github.com/x/y\n",
    )
    for name in ("full", "concise", "json", "sarif", "github"):
        ran = run("check", "--output-format", name, cwd=tmp_path)
        assert "credential-persisted-in-layer" in ran.stdout
        assert "supersecretvalue" not in ran.stdout, name


def test_patterns_without_a_slash_are_names(tmp_path):
    write(
        tmp_path,
        **{
            "dev/gpu.Dockerfile": "FROM scratch\nWORKDIR x\n",
            "dlint.toml": '[check.per-file-ignores]\n"*.Dockerfile" = ["syntax"]\n',
        },
    )
    assert run("check", cwd=tmp_path).returncode == 0
    (tmp_path / "dlint.toml").unlink()
    assert run("check", cwd=tmp_path).returncode == 1
    assert run("check", "--per-file-ignores", "gpu.Dockerfile:all", cwd=tmp_path).returncode == 0
    assert run("check", "--per-file-ignores", "./dev/*:all", cwd=tmp_path).returncode == 0
