"""Tests with the real ShellCheck, which is a part of the tests' environment."""

import pytest
from programs import write_program

from dlint.shellcheck import program


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    """ShellCheck is on, and its cache is the test's own."""
    monkeypatch.setenv("DLINT_SHELLCHECK", "on")
    monkeypatch.setenv("DLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("DLINT_NO_CACHE")


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Put a program of Python code in ShellCheck's place; $REAL is the real one."""

    def make(code):
        path = write_program(tmp_path / "bin", code)
        monkeypatch.setattr(program, "beside", lambda: path)
        return path

    return make
