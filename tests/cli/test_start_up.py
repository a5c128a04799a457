"""What a short run costs: which modules it loads, and how much CPU it takes."""

import os
import subprocess
import sys

import pytest
from helpers import ROOT, run, write

# Each would cost a millisecond or more before anything is read.
BANNED = {
    "argparse", "asyncio", "click", "collections", "concurrent.futures", "contextlib", "ctypes", "dataclasses", "datetime", "decimal",
    "difflib", "email", "enum", "fnmatch", "functools", "glob", "hashlib", "html", "http", "importlib.metadata", "importlib.resources", "inspect",
    "json", "logging", "multiprocessing", "pathlib", "pickle", "operator", "platform", "random", "re", "rich", "shutil", "socket", "sqlite3",
    "string", "subprocess", "tempfile", "textwrap", "threading", "tokenize", "tomllib", "traceback", "typer", "typing",
    "unittest", "urllib", "uuid", "warnings", "xml", "yaml", "zipfile",
}  # fmt: skip
with open(os.path.join(ROOT, "benchmarks", "Dockerfile"), encoding="utf-8") as _file:
    TEXT = _file.read()


@pytest.fixture
def project(tmp_path):
    """A file of 60 lines without findings to speak of."""
    write(tmp_path, Dockerfile=TEXT)
    assert TEXT.count("\n") == 60
    return tmp_path


def test_modules(project, installed):
    """The list of modules that may not be imported on the way, once the first run has left its bundle."""
    python, dlint = installed
    code = (
        "import sys; before = set(sys.modules); sys.argv = ['dlint', 'check', 'Dockerfile'];"
        "from dlint import bundle; bundle.install();"
        "from dlint.cli import main; code = main();"
        "sys.stderr.write('\\n'.join(sorted(set(sys.modules) - before)))"
    )
    subprocess.run(
        [dlint, "check", "--quiet", "Dockerfile"],
        cwd=project,
        env=plain_environment(),
        capture_output=True,
        check=False,
    )
    ran = subprocess.run(
        [python, "-c", code], cwd=project, env=plain_environment(), capture_output=True, text=True, check=True
    )  # fmt: skip
    loaded = set(ran.stderr.split("\n"))
    assert "dlint.engine.run" in loaded
    assert not {name for name in loaded if name in BANNED or name.partition(".")[0] in BANNED}
    assert len([name for name in loaded if name.startswith("dlint.")]) < 200


def plain_environment():
    """Return the environment without what steers Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def cpu_of(command, folder):
    """Return the CPU seconds of one process."""
    process = subprocess.Popen(
        command, cwd=folder, env=plain_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def test_processor_time(project, installed):
    """One cold file takes at most four times the CPU of an empty Python program.

    The least of many runs, taken by turns, is what the machine's noise does not touch.
    """
    python, dlint = installed
    empty, check = [], []
    for _ in range(25):
        empty.append(cpu_of([python, "-c", "pass"], project))
        check.append(cpu_of([dlint, "check", "Dockerfile"], project))
    ratio = min(check) / min(empty)
    assert ratio <= 4, f"{ratio:.2f} times: {min(check) * 1000:.1f} ms to {min(empty) * 1000:.1f} ms"


# The peak of a process counts what it was before it became another program, so a small one starts it.
_MEASURE = """
import os, sys
pid = os.fork()
if not pid:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in 0, 1, 2:
        os.dup2(null, stream)
    os.execv(sys.argv[1], sys.argv[1:])
_, _, usage = os.wait4(pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def measure(command, folder):
    """Return CPU seconds and peak memory (kilobytes) of one process."""
    ran = subprocess.run(
        [sys.executable, "-S", "-c", _MEASURE, *command], cwd=folder, env=os.environ | {"PYTHONPATH": ROOT},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, kilobytes = ran.stdout.split()
    return float(seconds), int(kilobytes)


def test_many_files_take_proportionally_long(tmp_path):
    """Twice the files take about twice the time; memory stays where it is."""
    for index in range(400):
        write(
            tmp_path,
            **{f"many/d{index}/Dockerfile": TEXT, **({f"few/d{index}/Dockerfile": TEXT} if index < 200 else {})},
        )
    measured = {}
    for name in ("few", "many"):
        times = []
        for _ in range(3):
            seconds, kilobytes = measure([sys.executable, "-m", "dlint", "check", "--quiet", name], tmp_path)
            times.append(seconds)
            assert kilobytes < 150 * 1024
        measured[name] = min(times)
    assert measured["many"] < 2.6 * measured["few"]
    assert run("check", "--quiet", "few", cwd=tmp_path).returncode == 1
