"""Who puts files where, and whose they are."""

import pytest
from helpers import build_of, write

from dlint.model.fillings import fillings, owner


def filled(text, **known):
    """Return path, user and size of what the last instruction puts somewhere."""
    build = build_of(text, **known)
    return [(item.path, item.user, item.size) for item in fillings(build, build.stages[-1].steps[-1])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("COPY . /app\n", [("/app", "root", None)]),
        ("USER app\nCOPY . /app\n", [("/app", "root", None)]),
        ("COPY --chown=app:grp src /app/src\n", [("/app/src", "app", None)]),
        ("COPY --chown=$U src /app\n", [("/app", None, None)]),
        ("WORKDIR /srv\nCOPY src ./\n", [("/srv", "root", None)]),
        ("COPY start.sh /app/\n", []),
        ("ARG X\nCOPY src $X\n", []),
        ("COPY --from=x/y /opt/venv /opt/venv\n", [("/opt/venv", "root", None)]),
        ("USER app\nRUN git clone https://e.org/y /y\n", [("/y", "app", None)]),
        ("WORKDIR /w\nRUN cd a && git clone https://e.org/y\n", [("/w/a/y", "root", None)]),
        ("RUN git clone https://e.org/y && rm -rf y\n", []),
        ("RUN wget -P /m https://e.org/a.gguf\n", [("/m/a.gguf", "root", None)]),
        ("RUN wget https://e.org/a.sh\n", []),
        ("RUN tar xzf a.tgz -C /opt/x && tar -czf b.tgz -C /y .\n", [("/opt/x", "root", None)]),
        ("RUN python -m venv /v\n", [("/v", "root", None)]),
        ("RUN /v/bin/pip install torch==2.9.1\n", [("/v", "root", 4_070_000_000)]),
        ("RUN /v/bin/pip install torch==2.9.1 --index-url https://x/whl/cpu\n", [("/v", "root", None)]),
        ("RUN pip install --target=/t toolz\n", [("/t", "root", None)]),
        ("RUN pip install toolz\n", [("/usr/local/lib", "root", None)]),
        ("RUN pip download torch\n", []),
        ("ENV VIRTUAL_ENV=/v\nRUN uv pip install toolz\n", [("/v", "root", None)]),
        ("WORKDIR /w\nRUN uv sync\n", [("/w/.venv", "root", None)]),
        ("WORKDIR /w\nRUN npm ci\n", [("/w/node_modules", "root", None)]),
        ("RUN bash Miniforge3-Linux-x86_64.sh -b -p /opt/conda\n", [("/opt/conda", "root", None)]),
        ("RUN conda create -y -p /e toolz\n", [("/e", "root", None)]),
        ("ENV A=1\n", []),
    ],
)
def test_fillings(text, expected):
    assert filled("FROM python:3.13\n" + text) == expected


def test_an_unknown_place_is_left_out():
    assert filled("FROM corp/base:1\nRUN git clone https://e.org/y\n") == []
    assert filled("FROM corp/base:1\nRUN pip install numpy\n") == []


def test_sizes_come_from_the_context(tmp_path):
    write(tmp_path, **{"src/a.txt": "12345", "src/b/c.txt": "123", "one.bin": "12"})
    text = "FROM python:3.13\nCOPY src one.bin /app/\n"
    assert filled(text, context=str(tmp_path)) == [("/app", "root", 8), ("/app/one.bin", "root", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("app", ("app", None)), ("app:grp", ("app", "grp")), ("0:0", ("root", "root")), ("root", ("root", "root")),
        (":0", (None, "root")), ("1000", ("1000", None)), ("$U", (None, None)), (None, (None, None)),
    ],
)  # fmt: skip
def test_owner(text, expected):
    assert owner(text) == expected
