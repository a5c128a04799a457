"""A Docker engine for the tests in this folder.

``scripts/test`` starts one (scripts/engine) and says so in the environment. Without it the
tests here are skipped, unless DLINT_REQUIRE_ENGINE is set: then its absence is an error.
"""

import json
import os
import subprocess
import tempfile

import pytest
from helpers import ROOT, write_file

STUBS = ("python:3.12-slim", "python:3.12")


class Engine:
    """The Docker command with the right environment. *stubs* are names of images that are always there."""

    stubs = STUBS

    def __init__(self, environment):
        self.environment = os.environ | environment
        self.program = environment["DLINT_DOCKER"]

    def run(self, *arguments, **more):
        """Run docker; return its CompletedProcess."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, check=False, **more
        )

    def check(self, text, files=()):
        """Return what ``docker build --check`` says: None or its error, and its warnings."""
        with tempfile.TemporaryDirectory() as folder:
            write_file(folder, "Dockerfile", text)
            for name in files:
                write_file(folder, name, "x")
            ran = self.run("buildx", "build", "--call=check,format=json", folder)
        try:
            answer = json.loads(ran.stdout)
        except ValueError:
            return ran.stderr.strip().splitlines()[-1], []
        error = answer.get("buildError", {}).get("message")
        warnings = [
            (found["ruleName"], found["location"]["ranges"][0]["start"]["line"])
            for found in answer.get("warnings") or ()
        ]
        return error, warnings

    def build_tree(self, folder, *arguments):
        """Build a folder and return the paths of the files in the result, sorted."""
        with tempfile.TemporaryDirectory() as target:
            ran = self.run("buildx", "build", "--output", f"type=local,dest={target}", *arguments, str(folder))
            assert ran.returncode == 0, ran.stderr
            return sorted(
                os.path.relpath(os.path.join(top, name), target) for top, _, names in os.walk(target) for name in names
            )


def _environment():
    if "DLINT_DOCKER" in os.environ:
        return {name: os.environ[name] for name in ("DLINT_DOCKER", "DOCKER_HOST", "DOCKER_CONFIG")}
    found = subprocess.run([f"{ROOT}/scripts/engine", "env"], capture_output=True, text=True, check=False)
    if found.returncode:
        return None
    return dict(part.split("=", 1) for part in found.stdout.split()[1:])


@pytest.fixture(scope="session")
def engine():
    """A running engine with a few empty images that carry the names of real ones."""
    environment = _environment()
    if environment is None:
        reason = "no Docker engine: run scripts/engine start (root on Debian)"
        if os.environ.get("DLINT_REQUIRE_ENGINE"):
            pytest.fail(reason)
        pytest.skip(reason)
    docker = Engine(environment)
    empty = subprocess.run(["tar", "-c", "--files-from", "/dev/null"], capture_output=True, check=True).stdout
    for stub in STUBS:
        # Another worker may be using it.
        if docker.run("image", "inspect", stub).returncode == 0:
            continue
        subprocess.run(
            [docker.program, "import", "-", stub], env=docker.environment, input=empty, capture_output=True, check=True
        )
    return docker


def pytest_collection_modifyitems(items):
    """Mark these tests, so that they can be left out."""
    for item in items:
        if "/docker/" in str(item.path):
            item.add_marker(pytest.mark.engine)
