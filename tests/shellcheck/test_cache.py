"""The cache: what was asked is not asked again, and nothing in it can do harm."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from helpers import ROOT, result_of, run, write
from programs import PASS, TEXT, calls, codes

from dlint.shellcheck import cache
from dlint.shellcheck.document import Remark


def files(folder):
    """Return the files of the cache's entries."""
    return sorted((folder / "cache" / "shellcheck").glob("[0-9a-f][0-9a-f]"))


def test_hit(fake, tmp_path):
    path = fake(PASS)
    first = result_of(TEXT, "shell")
    again = result_of(f"# moved down\n\n{TEXT}", "shell")
    assert calls(path) == 1
    assert [each.message for each in first.diagnostics] == [each.message for each in again.diagnostics]
    assert [each.location.start.line for each in again.diagnostics] == [4]
    assert (tmp_path / "cache" / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


@pytest.mark.parametrize(
    "text",
    [
        "FROM debian:13\nRUN break && mak\n", "FROM alpine\nRUN break && make\n", "FROM x/y\nRUN break && make\n",
        'FROM debian:13\nSHELL ["/bin/sh", "-ec"]\nRUN break && make\n',
    ],
)  # fmt: skip
def test_miss(fake, text):
    """Text, dialect and what is set around it make an entry."""
    path = fake(PASS)
    codes()
    codes(text)
    assert calls(path) == 2


def test_variables_are_a_part_of_the_content(fake):
    path = fake(PASS)
    use = 'RUN make "$x"\n'
    assert codes(f"FROM debian:13\n{use}")[0] == ["SC2154"]
    assert codes(f"FROM debian:13\nARG x\n{use}")[0] == []
    assert codes(f"FROM debian:13\nARG unused\n{use}")[0] == ["SC2154"]
    assert calls(path) == 2


def test_another_version_is_asked_again(fake):
    path = fake(PASS)
    codes()
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("0.11.0", "0.11.99"))
    codes()
    assert calls(path) == 2


def test_no_cache(fake, tmp_path):
    path = fake(PASS)
    codes(no_cache=True)
    codes(no_cache=True)
    assert calls(path) == 2
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("damage", [b"", b"\n", b"\xff\xfe\0", b"x" * 999_999, b"0" * 64 + b" 000000000000 1\terror\n"])
def test_damage_is_ignored(fake, tmp_path, damage):
    path = fake(PASS)
    codes()
    for file in files(tmp_path):
        file.write_bytes(damage)
    assert codes() == (["SC2105"], [])
    assert calls(path) == 2
    assert codes() == (["SC2105"], [])
    assert calls(path) == 2


def test_a_changed_entry_is_ignored(fake, tmp_path):
    path = fake(PASS)
    codes()
    for file in files(tmp_path):
        file.write_bytes(file.read_bytes().replace(b"only valid", b"very valid"))
    assert "only valid" in result_of(TEXT, "shell-mistake").diagnostics[0].message
    assert calls(path) == 2


@pytest.mark.skipif(os.geteuid() == 0 and not os.path.exists("/proc"), reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(fake, tmp_path, monkeypatch):
    fake(PASS)
    for folder in ("/proc/nowhere", str(tmp_path / "file" / "x")):
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("DLINT_CACHE_DIR", folder)
        assert codes() == (["SC2105"], [])


def test_it_stays_small(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MAX_FILE_BYTES", 4000)
    entries = {b"%064d" % index: b"x" * 100 for index in range(100)}
    data = cache._bounded(entries)
    assert len(data) <= 2000
    assert data.splitlines()[-1].startswith(b"%064d" % 99)
    assert cache._bounded(dict(list(entries.items())[:10])).count(b"\n") == 10


def test_pack_and_unpack():
    remarks = [
        Remark(2086, "info", "Double quote … to", 3, 5, ((3, 3, '"', True), (5, 5, '"', False))),
        Remark(1, "error", "", 0, 0, ()),
    ]
    for case in (remarks, remarks[:1], []):
        again = cache.unpack(cache.pack(case))
        assert [[getattr(each, name) for name in Remark.__slots__] for each in again] == [
            [getattr(each, name) for name in Remark.__slots__] for each in case
        ]
    for text in ("x", "1\terror\t0\t0", "1\tbad\t0\t0\tm", "1\terror\ta\t0\tm", "1\terror\t0\t0\tm\t1"):
        with pytest.raises((ValueError, IndexError)):
            cache.unpack(text)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_CACHE_HOME": "/c"}, "/c/dlint"), ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/dlint"),
        ({"HOME": "/h"}, "/h/.cache/dlint"),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="other places")
def test_default_folder(monkeypatch, environment, expected):
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache.default_folder() == expected


def test_runs_at_the_same_time(tmp_path):
    """Eight runs that write the same cache: all are right, and what they leave is whole."""
    for index in range(12):
        write(tmp_path, **{f"d{index}/Dockerfile": f"FROM debian:13\nRUN break && a{index}\n"})
    command = [
        sys.executable,
        "-m",
        "dlint",
        "check",
        "-q",
        "--isolated",
        "--select",
        "shell-mistake",
        "--output-format",
        "concise",
    ]
    environment = os.environ | {"PYTHONPATH": ROOT}

    def one(index):
        folders = [f"d{number}" for number in range(12) if (number + index) % 3]
        ran = subprocess.run(
            [*command, *folders], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return ran.stdout.count("SC2105"), ran.stderr, len(folders)

    with ThreadPoolExecutor(8) as pool:
        for count, errors, expected in pool.map(one, range(8)):
            assert (count, errors) == (expected, "")
    for file in files(tmp_path):
        for line in file.read_bytes().splitlines():
            checksum, _, packed = line[65:].partition(b" ")
            assert checksum == cache._checksum(packed)


def test_cache_folder_option(tmp_path):
    write(tmp_path, Dockerfile=TEXT)
    ran = run(
        "check",
        "--select",
        "shell",
        "--shellcheck",
        "on",
        "--cache-dir",
        "here",
        cwd=tmp_path,
        env={"DLINT_NO_CACHE": ""},
    )
    assert ran.returncode == 1
    assert (tmp_path / "here" / "shellcheck").is_dir()
