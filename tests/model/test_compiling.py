"""Whether something compiles."""

import pytest
from helpers import build_of, write

from dlint.model.compiling import BUILDS, NOTHING, RUNS, UNSEEN, compiling, is_all_seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN pip install fastapi", NOTHING),
        ("RUN apt-get update && apt-get install -y ffmpeg", NOTHING),
        ("RUN make -j8", BUILDS),
        ("RUN ./build_all.sh", BUILDS),
        ("RUN apt-get install -y build-essential", BUILDS),
        ("RUN pip install flash-attn", BUILDS),
        ("RUN pip install x --no-build-isolation", BUILDS),
        ("RUN pip install deepspeed flash-attn", RUNS),
        ("RUN pip install cupy-cuda13x", RUNS),
        ('CMD ["vllm", "serve", "m"]', RUNS),
        ("RUN pip install -r requirements.txt", UNSEEN),
        ("RUN pip install .", UNSEEN),
        ("RUN uv sync", UNSEEN),
        ("RUN git clone https://x.org/y", UNSEEN),
        ("RUN python fetch.py", UNSEEN),
    ],
)
def test_compiling(text, expected):
    build = build_of(f"FROM python:3.13\n{text}\n")
    assert compiling(build, build.runtime_chain) == expected


@pytest.mark.parametrize(
    ("listed", "expected"), [("flask\n", NOTHING), ("apex\n", BUILDS), ("numba\n", RUNS), ("-r x.txt\n", UNSEEN)]
)
def test_files(tmp_path, listed, expected):
    """Requirement files are read where they can be seen."""
    write(tmp_path, **{"requirements.txt": listed})
    text = "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
    build = build_of(text, context=str(tmp_path))
    assert compiling(build, build.runtime_chain) == expected
    assert is_all_seen(build, build.installs[0]) == (expected != UNSEEN)


def test_other_stages_do_not_count():
    build = build_of("FROM gcc AS a\nRUN make\nFROM python:3.13\nCOPY --from=a /x /x\n")
    assert compiling(build, build.runtime_chain) == NOTHING
