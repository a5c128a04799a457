"""Fixtures shared by the tests."""

import os
import subprocess
import sys
import venv

import pytest
from helpers import ROOT
from hypothesis import settings

# The tests' environment holds ShellCheck; only tests about it ask for it, and none may touch the user's cache.
os.environ["DLINT_SHELLCHECK"] = "off"
os.environ["DLINT_NO_CACHE"] = "1"

settings.register_profile("dlint", print_blob=True, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dlint")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), ROOT], capture_output=True, check=True
    )
    (name,) = os.listdir(folder)
    return str(folder / name)


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """Python and dlint of an environment into which the wheel was installed, as users have it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = str(folder / "bin" / "python")
    # Today's pip, not the one that came with this Python: it writes another script for the command.
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel], check=True)
    subprocess.run([python, "-m", "compileall", "-q", str(folder / "lib")], check=False, stdout=subprocess.DEVNULL)
    return python, str(folder / "bin" / "dlint")
