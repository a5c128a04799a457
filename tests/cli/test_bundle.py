"""The bytecode of all modules in one file: used, kept up to date, and never in the way."""

import _sre
import gc
import importlib
import marshal
import os
import pkgutil
import re
import shutil
import subprocess
import sys

import pytest
from helpers import ROOT, write

import dlint
from dlint import regex

TAG = sys.implementation.cache_tag


@pytest.fixture
def copy(tmp_path):
    """A copy of the package that may be changed, and a file to check."""
    shutil.copytree(
        os.path.join(ROOT, "dlint"), tmp_path / "dlint", ignore=shutil.ignore_patterns("__pycache__", "*.bundle")
    )
    write(tmp_path, Dockerfile="FROM python:latest\nRUN pip install torch&&apt-get install -y git\n")
    return tmp_path


def check(folder, code="from dlint.cli import entry; entry()", **more):
    """Run the command in the copy."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DLINT_", "PYTHON"))}
    environment |= {"PYTHONPATH": str(folder)} | more
    code = f"import sys; sys.argv = ['dlint', 'check', 'Dockerfile', '--output-format', 'concise']; {code}"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def bundle_of(folder):
    return folder / "dlint" / "__pycache__" / f"dlint.{TAG}.bundle"


COUNT = "from dlint import bundle; held = bundle.install(); from dlint.cli import main; main(); print(len(held.served), file=sys.stderr)"


def test_the_second_run_takes_it_all_from_the_bundle(copy):
    first = check(copy)
    assert bundle_of(copy).exists()
    written = bundle_of(copy).stat().st_mtime_ns
    second = check(copy)
    assert "base-image-unpinned" in first.stdout
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert bundle_of(copy).stat().st_mtime_ns == written
    assert int(check(copy, COUNT).stderr.split("\n")[-2]) > 50


def test_a_changed_module_is_read_anew(copy):
    check(copy)
    path = copy / "dlint" / "checks" / "pinning" / "base_image_unpinned.py"
    text = path.read_text()
    assert text.count("moves from one image") == 1
    path.write_text(text.replace("moves from one image", "goes from one image"))
    for _ in range(2):
        assert "goes from one image" in check(copy).stdout


@pytest.mark.parametrize("data", [b"", b"\0\1", b"i\1\0\0\0", b"{i\1\0\0\0i\2\0\0\0" + b"0", b"not marshal"])
def test_a_damaged_bundle_is_replaced(copy, data):
    expected = check(copy)
    bundle_of(copy).write_bytes(data)
    found = check(copy)
    assert (found.returncode, found.stdout, found.stderr) == (expected.returncode, expected.stdout, expected.stderr)
    assert len(bundle_of(copy).read_bytes()) > 10_000


def test_nothing_is_written_where_bytecode_is_not_wanted(copy):
    assert check(copy, PYTHONDONTWRITEBYTECODE="1").returncode == 1
    assert not bundle_of(copy).exists()


def test_a_folder_that_cannot_be_written(copy):
    (copy / "dlint" / "__pycache__").write_text("a file in its place")
    found = check(copy)
    assert "base-image-unpinned" in found.stdout
    assert found.stderr.startswith("Found")


def test_a_moved_package(copy, tmp_path):
    """Paths are kept below the package, so that the bundle moves with it."""
    check(copy)
    os.rename(copy / "dlint", copy / "kept")
    os.mkdir(copy / "new")
    os.rename(copy / "kept", copy / "new" / "dlint")
    found = check(copy, PYTHONPATH=str(copy / "new"))
    assert "base-image-unpinned" in found.stdout


COMPILED = "from dlint.cli import main; main(); from dlint import regex; print(len(regex.fresh), file=sys.stderr)"
WITH_BUNDLE = f"from dlint import bundle; held = bundle.install(); {COMPILED}"


def compiled(folder, code=WITH_BUNDLE):
    """Return how many patterns a run compiles."""
    return int(check(folder, code).stderr.split("\n")[-2])


def test_the_second_run_compiles_no_pattern(copy):
    check(copy)
    assert compiled(copy, COMPILED) > 5
    assert compiled(copy) == 0


def test_the_programs_of_another_interpreter_are_not_used(copy):
    expected = check(copy)
    held = bundle_of(copy).read_bytes()
    version = sys.version.encode()
    assert held.count(version) == 1
    bundle_of(copy).write_bytes(held.replace(version, version[::-1]))
    assert compiled(copy) > 5
    assert check(copy).stdout == expected.stdout
    assert compiled(copy) == 0


def test_where_no_program_can_be_kept_nothing_is_written_again(copy):
    other = copy / "dlint" / "regex.py"
    other.write_text(other.read_text().replace("from re import _compiler, _parser", "from re import _another"))
    check(copy)
    written = bundle_of(copy).stat().st_mtime_ns
    assert compiled(copy) > 5
    assert check(copy).returncode == 1
    assert bundle_of(copy).stat().st_mtime_ns == written


@pytest.mark.parametrize("program", [b"", b"not marshal", marshal.dumps((0, [1, 2], 0, {}, ()))])
def test_a_damaged_program_is_compiled_again(program):
    key = ("a+b", 0)
    regex.programs[key] = program
    try:
        assert regex.lazy(*key).fullmatch("aab")
        assert key not in regex.programs
    finally:
        regex.programs.pop(key, None)
        regex.fresh.remove(key)


def test_every_pattern_can_be_kept():
    """What is kept is what re would make of it: same pattern, same flags, same groups."""
    for module in pkgutil.walk_packages(dlint.__path__, "dlint."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    keys = {held._key for held in gc.get_objects() if type(held) is regex._Lazy}
    assert len(keys) > 200
    for pattern, flags in keys:
        kept = _sre.compile(pattern, *marshal.loads(regex.program_of((pattern, flags))))
        plain = re.compile(pattern, flags)
        assert (kept, kept.groups, kept.groupindex) == (plain, plain.groups, plain.groupindex)
