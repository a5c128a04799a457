"""What an image will weigh, before it is built."""

import os
import time

import pytest
from helpers import build_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from manifest_samples import POETRY_LOCK, POETRY_PROJECT, PYPROJECT, REQUIREMENTS, UV_LOCK
from samples import samples

from dlint.knowledge.sizes import CLOSURE_BYTES, TORCH_BYTES
from dlint.model.amounts import NOTHING, UNKNOWN, Amount, overlapping, saving, total
from dlint.model.weight import estimate

MB, GB = 10**6, 10**9
BASE = "FROM python:3.12-slim\nWORKDIR /app\n"
# The wheels for CPython 3.12 on x86-64: numpy, requests, pysocks, idna.
LOCKED_BYTES = 16_600_000 + 64_928 + 16_725 + 69_583


def listed(text, folder=None, **known):
    """Return name and weight of the parts of an estimate, without the base image."""
    if folder is not None:
        known["context"] = str(folder)
    found = [part for stage in estimate(build_of(text, **known)).stages for part in stage.parts]
    return [(part.what, part.weight) for part in found if not part.what.startswith("FROM")]


def only(text, folder=None, **known):
    """Return the weight of the last part."""
    return listed(text, folder, **known)[-1][1]


def span(amount):
    return (amount.low, amount.high)


# Python -----------------------------------------------------------------------------------


def test_a_lock_is_exact(tmp_path):
    """What is pulled is the sum of the wheels that the lock records."""
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    weight = only(BASE + "COPY . .\nRUN uv sync --locked --no-dev\n", tmp_path)
    assert (span(weight.pull), weight.pull.basis, weight.pull.bound) == ((LOCKED_BYTES,) * 2, "lock-file", "exact")
    assert LOCKED_BYTES < weight.disk.low < weight.disk.high < 4 * LOCKED_BYTES
    assert (weight.disk.basis, weight.disk.bound) == ("table", "range")


def test_a_lock_for_an_unknown_python(tmp_path):
    """Both releases of numpy may be taken, and of each the smallest or largest wheel."""
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    weight = only("FROM ubuntu:24.04\nWORKDIR /app\nCOPY . .\nRUN uv sync --no-dev\n", tmp_path)
    others = LOCKED_BYTES - 16_600_000
    assert span(weight.pull) == (others, others + 16_900_000 + 16_600_000)


def test_bytecode_weighs(tmp_path):
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    plain = only(BASE + "COPY . .\nRUN uv sync --no-dev\n", tmp_path)
    for command in ("uv sync --no-dev --compile-bytecode", "UV_COMPILE_BYTECODE=1 uv sync --no-dev"):
        compiled = only(f"{BASE}COPY . .\nRUN {command}\n", tmp_path)
        assert compiled.disk.high > plain.disk.high
        assert span(compiled.pull)[0] == LOCKED_BYTES < compiled.pull.high


def test_what_is_built_from_source_is_unknown(tmp_path):
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    weight = only(BASE + "COPY . .\nRUN uv sync --no-dev --extra plot\n", tmp_path)
    assert (span(weight.pull), weight.pull.bound) == ((LOCKED_BYTES, None), "at-least")


def test_a_lock_that_is_installed_twice(tmp_path):
    """The second time there is nothing left to do, also in a stage above."""
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    text = (
        BASE
        + "COPY pyproject.toml uv.lock ./\nRUN uv sync --no-dev --no-install-project\nCOPY . .\nRUN uv sync --no-dev\n"
    )
    assert only(text, tmp_path).is_nothing
    text = f"{BASE.replace('slim', 'slim AS a', 1)}COPY . .\nRUN uv sync --no-dev\nFROM a\nRUN uv sync\n"
    assert span(only(text, tmp_path).pull) == (411_776, 411_776)


def test_a_lock_without_sizes(tmp_path):
    write(tmp_path, **{"pyproject.toml": POETRY_PROJECT, "poetry.lock": POETRY_LOCK})
    assert only(BASE + "COPY . .\nRUN poetry install --only main\n", tmp_path).pull.is_unknown


@pytest.mark.parametrize(
    ("command", "low", "high"),
    [
        ("pip install --no-cache-dir torch", CLOSURE_BYTES["torch"], 3.4 * GB),
        ("pip install --no-cache-dir torch==2.9.1", TORCH_BYTES["2.9"], 4.6 * GB),
        ("uv pip install --system torch==2.9.1", TORCH_BYTES["2.9"], TORCH_BYTES["2.9"]),
        (
            "uv pip install --system torch numpy",
            CLOSURE_BYTES["torch"],
            CLOSURE_BYTES["torch"] + CLOSURE_BYTES["numpy"],
        ),
        ("uv pip install --system torch left-pad", CLOSURE_BYTES["torch"], None),
        ("uv pip install --system left-pad", 0, None),
        ("uv pip install --system torch -i https://download.pytorch.org/whl/cpu", 180 * MB, 300 * MB),
        ("uv pip install --system torch==2.9.1+cpu", 180 * MB, 300 * MB),
        ("uv pip install --system vllm -i https://download.pytorch.org/whl/cpu", 0, None),
        ("uv pip install --system torch==$V", 0, None),
        ("uv pip install --system 'torch @ https://example.org/torch.whl'", 0, None),
        ("uv pip install --system 'transformers[torch]'", CLOSURE_BYTES["transformers"], None),
        ("uv pip install --system -r requirements.txt", 0, None),
        ("test -f x && uv pip install --system torch || true", 0, CLOSURE_BYTES["torch"]),
        ("pip download torch==2.9.1", TORCH_BYTES["2.9"], TORCH_BYTES["2.9"]),
        ("conda install -y numpy", 0, None),
        ("npm install", 0, None),
    ],
)
def test_the_table(command, low, high):
    pull = only(f"{BASE}ARG V\nRUN {command}\n").pull
    assert pull.low == low
    assert (pull.high is None) if high is None else (low <= pull.high <= high)


def test_files_that_are_read(tmp_path):
    write(tmp_path, **{"requirements.txt": REQUIREMENTS})
    pull = only(BASE + "COPY . .\nRUN uv pip install --system -r requirements.txt\n", tmp_path).pull
    assert span(pull) == (TORCH_BYTES["2.9"], TORCH_BYTES["2.9"] + CLOSURE_BYTES["numpy"])


def test_other_machines_are_not_in_the_table():
    assert only(BASE + "RUN uv pip install --system torch\n", platform="linux/arm64").pull.is_unknown
    assert only("FROM python:3.12-alpine\nRUN uv pip install --system numpy\n").pull.is_unknown


def test_what_the_base_image_has():
    base = "FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime\n"
    assert only(base + "RUN uv pip install --system torch\n").is_nothing
    assert only(base + "RUN uv pip install --system torch==2.8.0\n").pull.low == TORCH_BYTES["2.8"]


def test_the_cache_weighs_again():
    without = only(BASE + "RUN pip install --no-cache-dir torch==2.9.1\n")
    kept = only(BASE + "RUN pip install torch==2.9.1\n")
    assert kept.pull.low - without.pull.low == TORCH_BYTES["2.9"] == kept.disk.low - without.disk.low
    mounted = only(BASE + "RUN --mount=type=cache,target=/root/.cache/pip pip install torch==2.9.1\n")
    assert span(mounted.disk) == span(without.disk)


# Everything else --------------------------------------------------------------------------


def test_files_of_the_context(tmp_path):
    write(
        tmp_path,
        **{"app.py": "x" * 1000, "models/m.safetensors": "x" * 5000, ".dockerignore": "data\n", "data/x": "xx"},
    )
    found = dict(listed(BASE + "COPY app.py models /app/\nCOPY . .\nADD gone.txt /x\n", tmp_path))
    copied = found["COPY app.py models /app/"]
    assert (span(copied.disk), copied.disk.basis, copied.disk.bound) == ((6000, 6000), "measured", "exact")
    assert span(copied.pull) == (4500 + 100, 6000)
    assert span(found["COPY . ."].disk) == (6005, 6005)
    assert found["ADD gone.txt /x"].disk.is_unknown


@pytest.mark.parametrize(
    "line",
    ["COPY x /y", "ADD https://example.org/x.bin /y", "ADD https://example.org/r.git /y", "COPY $FILE /y",
     "COPY --from=other/image:1 /a /b", "COPY --from=a /nothing /b", "COPY --from=gone /a /b", "COPY --from=a /op* /b"],
)  # fmt: skip
def test_what_nobody_can_see(line):
    weight = only(f"FROM python:3.12-slim AS a\nRUN python -m venv /opt/venv\nFROM scratch\nARG FILE\n{line}\n")
    assert weight.disk.is_unknown
    assert weight.pull.is_unknown


def test_an_archive_is_unpacked(tmp_path):
    write(tmp_path, **{"x.tar.gz": "x" * 100})
    assert span(only("FROM scratch\nADD x.tar.gz /\n", tmp_path).disk) == (100, None)
    assert span(only("FROM scratch\nCOPY x.tar.gz /\n", tmp_path).disk) == (100, 100)


def test_heredocs_weigh_nothing():
    assert only("FROM scratch\nCOPY <<EOF /x\nhello\nEOF\n").is_nothing


def test_an_environment_from_another_stage():
    """What is installed into it comes along, and no cache."""
    text = "FROM python:3.12-slim AS build\n{}FROM python:3.12-slim\nCOPY --from=build {} /opt/venv\n"
    install = "RUN python -m venv /opt/venv && /opt/venv/bin/pip install torch==2.9.1\n"
    weight = only(text.format(install, "/opt/venv"))
    assert weight.pull.low == TORCH_BYTES["2.9"]
    assert weight.pull.high < 1.2 * TORCH_BYTES["2.9"]
    # Beside it may be anything.
    assert span(only(text.format(install + "RUN make -C /opt\n", "/opt")).pull) == (TORCH_BYTES["2.9"], None)
    assert only(text.format(install, "/opt")).pull.high is not None
    assert only(text.format(install, "/")).pull.high is None
    assert only(text.format(install, "/srv")).pull.is_unknown


def test_a_project_from_another_stage(tmp_path):
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK, "app.py": "x" * 1000})
    text = f"{BASE.replace('slim', 'slim AS a', 1)}COPY . .\nRUN uv sync --no-dev\n{BASE}COPY --from=a /app /app\n"
    weight = only(text, tmp_path)
    files = sum(os.path.getsize(tmp_path / name) for name in os.listdir(tmp_path))
    assert LOCKED_BYTES < weight.pull.low < weight.pull.high <= LOCKED_BYTES + files
    assert weight.pull.basis == "lock-file"


def test_the_binary_of_uv():
    weight = only(BASE + "COPY --from=ghcr.io/astral-sh/uv:0.9.11 /uv /uvx /bin/\n")
    assert 30 * MB < weight.disk.low < weight.disk.high < 70 * MB


@pytest.mark.parametrize(
    ("line", "low", "high"),
    [
        ("RUN apt-get update && apt-get install -y build-essential && rm -rf /var/lib/apt/lists/*", 150 * MB, 350 * MB),
        ("RUN apt-get update && apt-get install -y build-essential", 150 * MB, 390 * MB),
        ("RUN apt-get install -y gcc g++", 120 * MB, 480 * MB),
        ("RUN apt-get install -y gcc git", 100 * MB, None),
        ("RUN make install", 0, None),
        ("RUN apt-get install -y gcc && make", 100 * MB, None),
    ],
)
def test_system_packages_and_other_commands(line, low, high):
    assert span(only(BASE + line + "\n").disk) == (low, high)


def test_commands_that_add_next_to_nothing():
    assert dict(listed(BASE + "RUN mkdir -p /x && chown -R app /x && apt-get clean\n")).keys() == {"RUN chown"}
    assert dict(listed(BASE + "RUN mkdir -p /x && useradd app && pip config set a.b c && apt-get update\n")) == {}


@pytest.mark.parametrize(
    ("image", "low", "high"),
    [
        ("scratch", 0, 0), ("python:3.12-slim", 115 * MB, 160 * MB), ("python:3.12-slim-bookworm", 115 * MB, 160 * MB),
        ("nvidia/cuda:12.8.1-devel-ubuntu24.04", 4 * GB, 11 * GB), ("company/base:1", 0, None), ("$BASE", 0, None),
    ],
)  # fmt: skip
def test_base_images(image, low, high):
    found = estimate(build_of(f"ARG BASE\nFROM {image}\n"))
    assert span(found.total.disk) == (low, high)


def test_stages_below_count_and_others_do_not():
    text = "FROM scratch AS a\nCOPY <<E /a\nE\nFROM python:3.12 AS other\nRUN make\nFROM a\nCOPY <<E /b\nE\n"
    found = estimate(build_of(text))
    assert [stage.stage.label for stage in found.stages] == ["a", "stage 2"]
    assert found.total.is_nothing


# Amounts ----------------------------------------------------------------------------------


def test_sums():
    """An unknown part makes a sum a least; the least sure basis counts."""
    measured, locked, table = Amount(1, 1, "measured"), Amount(2, 2, "lock-file"), Amount.table(3)
    assert (measured + locked, (measured + locked).bound) == (Amount(3, 3, "lock-file"), "exact")
    assert ((locked + table).basis, (locked + table).bound) == ("table", "range")
    assert total([measured, UNKNOWN, table]) == Amount(4, None, "table")
    assert total([]) == NOTHING
    assert overlapping([measured, table]) == Amount(3, 4, "table")
    assert (UNKNOWN.is_unknown, NOTHING.is_nothing, measured.at_most(), measured.at_least()) == (
        True, True, Amount(0, 1, "measured"), Amount(1, None, "measured"),
    )  # fmt: skip


def test_savings():
    assert saving(UNKNOWN, UNKNOWN) is None
    found = saving(Amount(5, 5, "lock-file"), Amount(5, 5, "lock-file"))
    assert (found.disk_bytes, found.pull_bytes, found.basis, found.bound) == (5, 5, "lock-file", "exact")
    assert saving(Amount(5, 9, "table"), UNKNOWN).bound == "at-least"


# No input may hurt ------------------------------------------------------------------------


def test_every_file_is_weighed():
    for name, text in samples().items():
        assert estimate(build_of(text)).total.disk.low >= 0, name


@pytest.mark.parametrize(
    "text",
    [
        BASE + "RUN pip install x\n" * 10_000,
        BASE + "RUN true" + " && pip install torch" * 10_000 + "\n",
        "FROM scratch AS a\n" + "COPY --from=a /x /y\n" * 10_000,
        "FROM scratch AS s0\n"
        + "".join(f"FROM s{i} AS s{i + 1}\nRUN pip install x{i}\nCOPY --from=s{i} /a /a\n" for i in range(1000)),
    ],
    ids=["installations", "one RUN", "copies", "stages"],
)
def test_large_files(text):
    build = build_of(text)
    start = time.process_time()
    assert estimate(build).total.disk.low >= 0
    assert time.process_time() - start < 15


LINES = st.sampled_from(
    ["FROM python:3.12-slim AS a", "FROM a", "FROM scratch", "FROM $X", "COPY . .", "COPY --from=a /opt/venv /opt/venv", "ADD x y",
     "COPY --from=0 / /", "RUN pip install torch", "RUN uv sync", "RUN pip install -r r.txt $X", "RUN", "COPY", "RUN if x; then pip install",
     "RUN --mount=type=cache,target=/x uv pip install .", "RUN <<E\npip install numpy\nE", "WORKDIR $X", "ARG X", "RUN conda env create",
     "RUN /opt/venv/bin/pip install -e '.[a]' --group x", "RUN poetry install", "RUN apt-get install -y gcc$X", 'RUN ["pip", "install", "x"]']
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, max_size=12))
def test_any_lines_are_weighed(lines):
    for part in (part for stage in estimate(build_of("\n".join(lines))).stages for part in stage.parts):
        for amount in (part.weight.disk, part.weight.pull):
            assert amount.high is None or 0 <= amount.low <= amount.high
