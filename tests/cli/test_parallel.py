"""Many files are checked on all cores, and nobody can tell by the report."""

import os
import subprocess
import sys

import pytest
from helpers import ROOT, write

from dlint.cli.parallel import FILES_A_PROCESS, processes_for

MAIN = (
    "import sys; sys.argv[0] = 'dlint'; from dlint.cli import main; code = main()\nsys.stdout.flush(); sys.exit(code)"
)
ONE_CORE = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
TWO_CORES = "import os; os.sched_getaffinity = lambda _: {0, 1}\n"
pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs Linux")


@pytest.fixture
def many(tmp_path):
    """200 files with findings, one that cannot be read and one with another configuration."""
    for index in range(200):
        write(
            tmp_path,
            **{
                f"d{index:03}/Dockerfile": f"FROM debian:latest AS a{index}\nWORKDIR app\n" + "RUN true\n" * (index % 7)
            },
        )
    write(tmp_path, **{"d050/Dockerfile": b"\0\0", "d150/dlint.toml": 'check.ignore = ["DL3007"]\n'})
    return tmp_path


def run(folder, code, *arguments):
    """Run dlint after some code; return code, output and errors."""
    command = [sys.executable, "-c", code + MAIN, "check", "--output-format", "json", "--verbose", *arguments]
    environment = os.environ | {"PYTHONPATH": ROOT}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout, ran.stderr


def test_the_same_as_on_one_core(many):
    one, two = run(many, ONE_CORE), run(many, TWO_CORES)
    assert one == two
    assert one[0] == 2
    assert one[1].count('"rule": "base-image-unpinned"') == 198
    assert "error: d050/Dockerfile: is a binary file" in one[2]


def test_a_process_that_dies_loses_nothing(many):
    dies = "import dlint.engine.run as run\nold = run.parse\nme = os.getpid()\n"
    dies += "run.parse = lambda source: old(source) if os.getpid() == me else os._exit(3)\n"
    assert run(many, TWO_CORES + dies) == run(many, ONE_CORE)


def test_what_is_wrong_is_said_once(many):
    write(many, **{"d010/dlint.toml": "nonsense = 1\n"})
    code, output, errors = run(many, TWO_CORES)
    assert (code, output) == (2, "")
    assert errors.count("unknown option `nonsense`") == 1


def test_crashes_are_told(many):
    breaks = "import dlint.engine.run as run\ndef bad(*_): raise ValueError('x')\nrun.default_invocation = bad\n"
    code, _, errors = run(many, TWO_CORES + breaks)
    assert code == 2
    assert errors.count("the rule the reading crashed on") == 199


def test_few_files_are_not_worth_it():
    assert processes_for(2 * FILES_A_PROCESS - 1) == 1
    assert processes_for(10**6) <= 8
