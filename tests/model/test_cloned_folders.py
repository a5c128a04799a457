"""Where clones lie, and which of them a command builds."""

import pytest
from helpers import build_of

from dlint.model.clones import cloned_at, clones


def test_reading():
    build = build_of(
        "FROM python:3.13\nWORKDIR /src\n"
        "RUN git clone --depth 1 -b v1 https://github.com/facebookresearch/sam2.git && git pull\n"
        "RUN cd /opt && git clone git@host:a/b /x/c && git clone $URL $DIR && git clone\n"
    )
    found = [(clone.name, clone.branch, clone.place) for clone in clones(build)]
    assert found == [("sam2", "v1", "/src/sam2"), ("b", None, "/x/c"), ("$URL", None, None)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RUN git clone https://h/a && cd a && pip install .", "a"),
        ("RUN git clone https://h/a && pip install ./a/python", "a"),
        ("RUN git clone https://h/a\nRUN pip install -e a", "a"),
        ("WORKDIR /w\nRUN git clone https://h/a\nWORKDIR a\nRUN pip install .", "a"),
        ("RUN git clone https://h/a /opt/b && cd /opt/b && pip install .", "a"),
        ("RUN git clone https://h/a && cd a && cd .. && pip install .", None),
        ("RUN git clone https://h/a && cd $X && pip install .", None),
        ("RUN git clone https://h/a && pip install ./ab", None),
        ("RUN git clone https://h/a && git clone https://h/b a/b && pip install a/b", "b"),
        ("RUN pip install .", None),
    ],
)
@pytest.mark.parametrize("base", ["python:3.13", "nvidia/cuda:12.8.1-devel-ubuntu24.04"])
def test_folders(text, name, base):
    """Also where the first folder is unknown, paths can be compared."""
    build = build_of(f"FROM {base}\n{text}\n")
    (install,) = build.installs
    found = cloned_at(build, install.command, install.packages[0].name)
    assert (found.name if found else None) == name


def test_other_stages():
    build = build_of("FROM python:3.13 AS x\nRUN git clone https://h/a /a\nFROM python:3.13\nRUN pip install /a\n")
    assert cloned_at(build, build.installs[0].command, "/a") is None
