"""Files that list packages: what each format holds, and that no file can hurt."""

import json
import time

import pytest
from helpers import build_of, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manifest_samples import CONDA_LIST, PYPROJECT, SAMPLES, UV_LOCK

from dlint.model.manifests import conda, pipfile_lock, poetry_lock, pylock, pyproject, read_conda_list, read_manifest
from dlint.model.manifests.common import MalformedError
from dlint.model.manifests.uv_lock import UvLock
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import read_yaml
from dlint.text import Source


def read(folder, name, text):
    """Return one file of a context."""
    write(folder, **{name: text})
    return read_manifest(build_of("FROM x\n", context=str(folder)), name)


def names(found):
    return [entry.package.name for entry in found.entries]


EXPECTED = {
    "pyproject.toml": ["numpy", "requests", "colorama", "torch", "pyyaml", "pytest", "ruff"],
    "uv.lock": ["colorama", "idna", "numpy", "numpy", "pysocks", "pytest", "pyyaml", "requests", "ruff"],
    "pylock.toml": ["demo-app", "idna", "pywin32", "pytest", "trainer"],
    "poetry.lock": ["iniconfig", "markupsafe", "pyyaml", "pyyaml", "requests", "sphinx", "trainer"],
    "pdm.lock": ["colorama", "numpy", "pytest"],
    "Pipfile.lock": ["idna", "torch", "iniconfig"],
    "environment.yml": ["python", "pytorch", "numpy", "scipy", "pip", "transformers", "datasets", "."],
    "conda-lock.yml": ["numpy", "pytest", "transformers"],
    "requirements.txt": ["torch", "numpy"],
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("change", ["", "crlf", "bom"])
def test_formats(tmp_path, name, change):
    """Every entry is found, and at its place, with line ends of Windows and a byte order mark too."""
    text = SAMPLES[name]
    text = text.replace("\n", "\r\n") if change == "crlf" else f"\ufeff{text}" if change == "bom" else text
    found = read(tmp_path, name, text)
    assert found.problem is None
    assert names(found) == EXPECTED[name]
    for entry in found.entries:
        shown = entry.source.text[entry.span.start : entry.span.end].lower().replace("_", "-")
        assert entry.package.name in shown, (entry, shown)


def test_the_lists_of_conda(tmp_path):
    write(tmp_path, **{"explicit.txt": SAMPLES["linux-64.txt"], "list.txt": CONDA_LIST})
    build = build_of("FROM x\n", context=str(tmp_path))
    explicit, plain = read_conda_list(build, "explicit.txt"), read_conda_list(build, "list.txt")
    assert [(e.package.name, e.package.version, e.has_hash) for e in explicit.entries] == [
        ("_openmp_mutex", "==4.5", True), ("numpy", "==1.26.4", False), ("tzdata", "==2025b", True),
    ]  # fmt: skip
    assert (explicit.is_lock, plain.is_lock) == (True, False)
    assert [(e.package.name, e.is_pinned) for e in plain.entries] == [("numpy", True), ("scipy", False)]


def test_an_entry_is_not_looked_for_in_the_wrong_list(tmp_path):
    found = read(tmp_path, "pyproject.toml", PYPROJECT)
    torch = next(entry for entry in found.entries if entry.package.name == "torch")
    assert torch.span.start > PYPROJECT.index("dependencies")


def test_entries_of_several_groups(tmp_path):
    found = read(tmp_path, "pyproject.toml", PYPROJECT)
    groups = {entry.package.name: (entry.groups, entry.extras) for entry in found.entries}
    assert groups["ruff"] == (("lint", "dev"), ())
    assert groups["pyyaml"] == ((), ("plot",))


BROKEN = [
    ("uv.lock", "version = 1\n[[package]]\nname = \n", (3, 8), "is no valid TOML: invalid value"),
    ("uv.lock", "version = 2\n[[package]]\nname = 'a'\n", (1, 1), "is a uv.lock of a version that is not known"),
    ("uv.lock", "version = 1\npackage = 3\n", (2, 1), "is malformed: package is no list of tables"),
    ("uv.lock", "version = 1\n[[package]]\nversion = '1'\n", (2, 1), "is malformed: a package has no name"),
    ("uv.lock", "<<<<<<< HEAD\nversion = 1\n", (1, 1), "is no valid TOML: invalid statement"),
    ("uv.lock", "", (1, 1), "is no uv.lock"),
    ("uv.lock", b"version = 1\0\n", (1, 1), "is no text"),
    (
        "pyproject.toml",
        "[project]\ndependencies = 'torch'\n",
        (2, 1),
        "is malformed: project.dependencies is no list of texts",
    ),
    (
        "pyproject.toml",
        "[project]\nname = 'a'\n[project]\n",
        (3, 9),
        "is no valid TOML: cannot declare ('project',) twice",
    ),
    ("pyproject.toml", "project = 1\n", (1, 1), "is malformed: project is no table"),
    (
        "pyproject.toml",
        "[dependency-groups]\ndev = 'x'\n",
        (2, 1),
        "is malformed: dependency-groups.dev is no list of texts",
    ),
    ("pyproject.toml", "a = [\n", (1, 6), "is no valid TOML: invalid value"),
    ("pylock.toml", "lock-version = '2.0'\n", (1, 1), "is no pylock.toml of version 1"),
    ("poetry.lock", "[[package]]\nname = 'a'\n", (1, 1), "is malformed: a package has no name or version"),
    (
        "Pipfile.lock",
        "{\n  'default': {}\n}",
        (2, 3),
        "is no valid JSON: expecting property name enclosed in double quotes",
    ),
    ("Pipfile.lock", "[]", (1, 1), "is no Pipfile.lock"),
    (
        "environment.yml",
        "name: a\ndependencies:\n  - a\n - b\n",
        (4, 2),
        "is no valid YAML: this line does not fit the indentation of the lines above",
    ),
    ("environment.yml", "dependencies: numpy\n", (1, 1), "is malformed: dependencies is no list"),
    ("environment.yml", "- numpy\n", (1, 1), "is no conda environment"),
    ("conda-lock.yml", "version: 1\n", (1, 1), "is no lock file of conda-lock"),
    ("requirements.txt", "numpy\n<<<<<<< HEAD\ntorch\n", (2, 1), "holds a merge conflict"),
]


@pytest.mark.parametrize(("name", "text", "place", "message"), BROKEN)
def test_what_is_wrong_and_where(tmp_path, name, text, place, message):
    found = read(tmp_path, name, text)
    assert found.entries == []
    place_of = found.source.position(found.problem.span.start)
    assert (tuple(place_of), found.problem.message) == (place, message)


HUGE = 5_000_000
HOSTILE = {
    "deep lists": ("pyproject.toml", "a = " + "[" * 100_000),
    "deep tables": ("pyproject.toml", "a = " + "{b = " * 50_000),
    "a long key": ("pyproject.toml", ".".join(["a"] * 200_000) + " = 1"),
    "a long header": ("uv.lock", "[" + ".".join(["a"] * 200_000) + "]"),
    "a quoted long key": ("uv.lock", ".".join(['""'] * 200_000) + " = 1"),
    "a huge number": ("uv.lock", "version = " + "9" * 100_000),
    "a huge file": ("uv.lock", "# " + "x" * HUGE),
    "many packages": ("uv.lock", "version = 1\n" + "[[package]]\nname = 'a'\n" * 30_000),
    "a cycle": ("uv.lock", "version = 1\n[[package]]\nname = 'a'\nsource = { virtual = '.' }\ndependencies = [{ name = 'b' }]\n[[package]]\nname = 'b'\nversion = '1'\ndependencies = [{ name = 'b' }]\n"),
    "texts that are not found": ("pyproject.toml", "[project]\ndependencies = [" + '"\\u0061>=1",' * 15_000 + "]\n" + "#" * 1_000_000),
    "long markers": ("pyproject.toml", f'[project]\ndependencies = ["a; {"(" * 3000}"]\n'),
    "deep yaml": ("environment.yml", "[" * 100_000),
    "deep blocks": ("environment.yml", "- " * 10_000),
    "a thousand laughs": ("environment.yml", "a: &a [x]\n" + "".join(f"b{i}: &b{i} [{'*a, ' * 9}*a]\n" for i in range(30))),
    "an alias of itself": ("environment.yml", "dependencies: &a [*a]\n"),
    "many values": ("environment.yml", "dependencies:\n" + "- a\n" * 400_000),
    "a control character": ("environment.yml", "a: \x01"),
    "no text in yaml": ("environment.yml", b"a: \xff\xfe"),
    "no text in toml": ("uv.lock", b"version = 1\n# \xff\xfe"),
    "a python object": ("environment.yml", "dependencies: !!python/object/apply:os.system ['true']\n"),
    "deep json": ("Pipfile.lock", '{"_meta": ' + "[" * 100_000),
    "a huge number in json": ("Pipfile.lock", '{"_meta": ' + "9" * 10_000 + "}"),
    "a long line of requirements": ("requirements.txt", "a" * 1_000_000),
    "continued for ever": ("requirements.txt", "a\\\n" * 300_000),
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_files(tmp_path, title):
    """None raises, none takes long."""
    name, text = HOSTILE[title]
    write(tmp_path, **{name: text})
    build = build_of(f"FROM python:3.12\nCOPY . .\nRUN uv sync\nRUN pip install -r {name}\n", context=str(tmp_path))
    start = time.process_time()
    found = read_manifest(build, name)
    assert found is not None
    list(build.requests)
    assert time.process_time() - start < 4


def test_a_python_object_is_a_list(tmp_path):
    """Tags mean nothing here."""
    found = read(tmp_path, "environment.yml", HOSTILE["a python object"][1])
    assert names(found) == ["true"]


def test_windows_shells_write_utf16(tmp_path):
    """pip reads them; what is in them is not known here, and nothing is wrong with them."""
    assert read(tmp_path, "requirements.txt", "torch\n".encode("utf-16")) is None


# Anything a TOML or JSON file can hold.
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.sampled_from(
    ["main", "dev", "torch>=2", "1.0", ".", "a; b", "python_version < '3'", "git+https://x/y@z", "extra == 'x'", "[", "1.0"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["project", "dependencies", "optional-dependencies", "dependency-groups", "tool", "poetry", "uv", "pdm", "group",
     "extras", "dev-dependencies", "package", "packages", "name", "version", "source", "wheels", "sdist", "url", "size",
     "hash", "registry", "editable", "virtual", "marker", "markers", "groups", "category", "files", "file", "metadata",
     "lock-version", "include-group", "_meta", "sources", "default", "develop", "index", "dynamic", "extra", "path", "git"]
) | st.text(max_size=4)  # fmt: skip
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)
TABLES = st.dictionaries(KEYS, DATA, max_size=8)


def _walk_lock(data, source):
    from dlint.model.manifests.common import Wanted
    from dlint.model.wheels import Target

    lock = UvLock(data, source)
    lock.everything()
    lock.taken(lock.packages, Wanted(Target("3.12"), None, None))


@pytest.mark.parametrize(
    "reader", [pyproject.read, _walk_lock, pylock.read, poetry_lock.read], ids=lambda each: each.__module__
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=TABLES)
def test_any_data_is_read_or_refused(reader, data):
    """Wrong types everywhere: a reader gives entries or says what is wrong, and nothing else."""
    for given_data in (data, {"version": 1, "lock-version": "1.0", "requires-python": "", **data}):
        try:
            reader(given_data, Source(json.dumps(given_data, default=str), "x"))
        except MalformedError as error:
            assert error.message


@settings(max_examples=100, deadline=None)
@given(data=TABLES)
def test_any_json_is_read_or_refused(data):
    try:
        pipfile_lock.read(Source(json.dumps({"_meta": {}, **data}), "x"))
    except MalformedError as error:
        assert error.message


@settings(max_examples=100, deadline=None)
@given(data=DATA, key=st.sampled_from(["dependencies", "package", ""]))
def test_any_yaml_is_read_or_refused(data, key):
    source = Source(json.dumps({key: data} if key else data), "x")
    for reader in (conda.read_environment, lambda text: conda.read_lock(text, "x86_64"), conda.read_list):
        try:
            reader(source)
        except (MalformedError, UnreadableError) as error:
            assert error.message


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab:-[]{},&*!|>'\"%@?#\n \t\ufeff"), max_size=60))
def test_any_text_is_yaml_or_not(text):
    try:
        node = read_yaml(Source(text, "x"))
    except UnreadableError as error:
        assert 0 <= error.span.start <= len(text) + 1
        return
    waiting = [node] if node else []
    while waiting:
        node = waiting.pop()
        assert 0 <= node.span.start <= node.span.end <= len(text) + 1
        waiting += [*node.items, *(each for pair in node.pairs for each in pair)]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data(), name=st.sampled_from(sorted(SAMPLES)))
def test_damaged_files(tmp_path, data, name):
    """A file that lost a piece, or got one, is read or has a problem at a place of its own."""
    text = SAMPLES[name]
    cut = data.draw(st.integers(0, len(text)))
    text = (
        text[:cut]
        + data.draw(
            st.sampled_from(
                ["", "\n", '"', "]", "[[", "\0", "{", "\\", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")]
            )
        )
        + text[cut + data.draw(st.integers(0, 40)) :]
    )
    found = read(tmp_path, name, text)
    if found is not None and found.problem:
        assert found.problem.message
        assert 0 <= found.problem.span.start <= found.problem.span.end <= len(found.source.text)


def test_sizes_of_a_lock(tmp_path):
    found = read(tmp_path, "uv.lock", UV_LOCK)
    assert [len(entry.files) for entry in found.entries] == [1, 2, 2, 6, 1, 1, 1, 1, 1]
