"""Whose packages get into the image."""

import pytest
from helpers import build_of

from dlint.model.shipping import shipped_stages


@pytest.mark.parametrize(
    ("source", "ships"),
    [
        ("/opt/venv", True),
        ("/app/.venv", True),
        ("/v", True),
        ("/deps", True),
        ("/x/target", True),
        ("/app", True),
        ("/usr/local", True),
        ("/usr/local/lib/python3.12/site-packages", True),
        ("/usr/local/lib/python3.12/site-packages/jinja2", False),
        ("/root/.local", True),
        ("/opt/conda/envs/app", True),
        ("/app/dist", False),
        ("/usr/local/bin/uv", False),
        ("/app/target/release/server", False),
        ("/etc/ssl/certs", False),
    ],
)
def test_copies(source, ships):
    build = build_of(
        "FROM python AS b\nRUN python -m venv /v && pip install --prefix=/x/target a\n"
        f"FROM python\nCOPY --from=b {source} /y\n"
    )
    assert (build.stages[0] in shipped_stages(build)) is ships


def test_bases_ship():
    build = build_of("FROM python AS a\nFROM a AS b\nFROM python AS c\nFROM b\n")
    assert shipped_stages(build) == {build.stages[0], build.stages[1], build.stages[3]}
