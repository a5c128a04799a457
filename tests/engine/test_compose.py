"""Compose files and Dockerfiles in one run: what they say about each other, and where it is told."""

import pytest
from helpers import place, write, write_file

import dlint

SERVER = """\
FROM python:3.13-slim
RUN pip install --no-cache-dir torch==2.9.0
COPY --chown=app . /app
USER app
CMD ["uvicorn", "--port", "8000", "app:app"]
"""
API = "services:\n  api:\n    build: .\n    ports: ['8000:8000']\n"


@pytest.fixture(autouse=True)
def _in_project(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def check(*paths, select="recommended", **options):
    """Return what is found as path:line:column rule."""
    found = dlint.check(list(paths or ["."]), select=select, today="2026-11-22", **options)
    return [f"{each.location.path}:{':'.join(map(str, place(each)))} {each.rule}" for each in found]


def the_one(rule, *paths):
    """Return the only finding of a rule."""
    (found,) = dlint.check(list(paths or ["."]), select=rule, today="2026-11-22")
    return found


def test_a_service_speaks_for_its_dockerfile(tmp_path):
    write(tmp_path, Dockerfile=SERVER)
    assert the_one("server-unreachable").severity.label == "warning"
    assert the_one("cuda-wheels-on-cpu-image").severity.label == "info"
    write(tmp_path, compose__yaml=API)
    found = the_one("server-unreachable", "Dockerfile")
    assert found.severity.label == "error"
    (label,) = found.labels
    assert (label.location.path, label.location.start.line, label.message) == ("compose.yaml", 4, "published here")
    found = the_one("cuda-wheels-on-cpu-image", "Dockerfile")
    assert (found.severity.label, found.labels[0].location.path) == ("warning", "compose.yaml")
    write(tmp_path, compose__yaml=API + "    gpus: all\n")
    assert check("Dockerfile", select="cuda-wheels-on-cpu-image") == []


def test_services_in_folders_above_and_in_other_folders(tmp_path):
    write_file(tmp_path, "images/api/Dockerfile", SERVER)
    write_file(tmp_path, "images/api/x.py", "")
    write_file(tmp_path, "compose.yaml", API.replace("build: .", "build: images/api"))
    assert the_one("server-unreachable", "images/api").severity.label == "error"
    (tmp_path / "compose.yaml").unlink()
    write_file(tmp_path, "deploy/compose.yaml", API.replace("build: .", "build: ../images/api"))
    assert the_one("server-unreachable", "images/api").severity.label == "warning"
    assert the_one("server-unreachable", "images", "deploy").severity.label == "error"


def test_services_outside_of_the_repository_say_nothing(tmp_path):
    write_file(tmp_path, "repository/Dockerfile", SERVER)
    write_file(tmp_path, "repository/.git/HEAD", "")
    write_file(tmp_path, "compose.yaml", API.replace("build: .", "build: repository"))
    assert the_one("server-unreachable", "repository").severity.label == "warning"


STAGES = """\
FROM python:3.13-slim AS base
FROM base AS dev
RUN apt-get install -y vim
FROM base AS prod
RUN apt-get install -y curl
"""


def test_a_target_adds_to_the_last_stage(tmp_path):
    """A service that builds another stage does not hide the one that everybody else builds."""
    write(tmp_path, Dockerfile=STAGES, compose__yaml="services:\n  a:\n    build: {context: ., target: dev}\n")
    assert check(select="apt-recommends") == [
        "Dockerfile:3:5 apt-recommends", "Dockerfile:5:5 apt-recommends",
    ]  # fmt: skip
    lines = [line.split(":")[1] for line in check("Dockerfile", select="apt-recommends", target="prod")]
    assert lines == check_lines("prod")


def check_lines(target):
    """Return the lines that are told when only one stage is built."""
    return [line.split(":")[1] for line in check("Dockerfile", select="apt-recommends", target=target)]


def test_one_finding_for_several_ways_to_build(tmp_path):
    services = "".join(
        f"  {name}:\n    build: {{context: ., args: {{A: {name}}}}}\n    ports: ['80']\n" for name in "abc"
    )
    write(tmp_path, Dockerfile="FROM debian\nRUN pip install x\n", compose__yaml=f"services:\n{services}")
    assert check("Dockerfile", select="base-image-unpinned") == ["Dockerfile:1:6 base-image-unpinned"]


INLINE = """\
services:
  api:
    build:
      context: .
      dockerfile_inline: |
        FROM python
        # dlint: ignore[pip-cache-in-layer] wanted
        RUN pip install torch==2.9.0
        RUN pip install numpy==2.3 && \\
            echo "$$HOME"
"""


def test_an_inline_dockerfile(tmp_path):
    write(tmp_path, compose__yaml=INLINE)
    assert check(select=("base-image-unpinned", "pip-cache-in-layer")) == [
        "compose.yaml:6:14 base-image-unpinned", "compose.yaml:9:13 pip-cache-in-layer",
    ]  # fmt: skip
    found = the_one("pip-cache-in-layer")
    assert found.location.source.text[slice(*found.location.span)] == "pip install"
    assert found.fix.apply(INLINE) == INLINE.replace("pip install numpy", "pip install --no-cache-dir numpy")


def test_an_inline_dockerfile_that_is_wrong(tmp_path):
    write(tmp_path, compose__yaml=INLINE.replace("FROM python", "FORM python"))
    assert check(select="syntax-error")[0].startswith("compose.yaml:6:9 ")


def test_images_of_services(tmp_path):
    write(
        tmp_path,
        compose__yaml="""\
services:
  db: &db
    image: postgres:13
  other:
    <<: *db
  web:
    image: "nginx"  # dlint: ignore[base-image-unpinned] rolled out by digest
  built:
    image: example/built
    build: .
  hidden:
    image: ${IMAGE}
""",
    )
    assert check(select=("base-eol", "base-image-unpinned")) == ["compose.yaml:3:12 base-eol"]


def test_comments(tmp_path):
    write(
        tmp_path,
        compose__yaml="""\
services:
  # dlint: ignore[base-eol] frozen
  a:
    ports: ["1:1"]

    # nothing
    image: postgres:13
  b:
    image: postgres:13
  # dlint: disable[base-eol]
  c:
    image: postgres:13
  # dlint: enable[base-eol]
  d:
    image: postgres:13
  e:
    image: postgres:13 # dlint: ignore[base-eol]
  f:
    image: postgres:18 # dlint: ignore[base-eol]
    command: "# dlint: ignore[base-eol]"
""",
    )
    found = check(select=("base-eol", "unused-ignore"))
    assert found == [
        "compose.yaml:9:12 base-eol", "compose.yaml:15:12 base-eol", "compose.yaml:19:40 unused-ignore",
    ]  # fmt: skip
    assert len(check(select="base-eol", no_ignores=True)) == 5
    write(tmp_path, compose__yaml="# dlint: file-ignore[base-eol]\nservices:\n  a:\n    image: postgres:13\n")
    assert check(select="base-eol") == []


def test_any_yaml_file_that_is_named(tmp_path):
    write(tmp_path, stack__yml="services:\n  a:\n    image: postgres:13\n")
    assert check("stack.yml", select="base-eol") == ["stack.yml:3:12 base-eol"]
    assert check(".", select="base-eol") == []


@pytest.mark.parametrize("name", [".dockerignore", "api.Dockerfile.dockerignore"])
def test_an_ignore_file_that_is_named(tmp_path, name):
    dockerfile = name.removesuffix(".dockerignore") or "Dockerfile"
    write_file(tmp_path, dockerfile, "FROM python:3.13-slim\nCOPY . /app\n")
    write_file(tmp_path, "src/a/__pycache__/a.pyc", "")
    write_file(tmp_path, name, ".git\n__pycache__\n")
    expected = [f"{name}:2:1 ignore-pattern-root-only"]
    rule = "ignore-pattern-root-only"
    assert check(name, select=rule) == expected
    assert check(dockerfile, select=rule) == expected
    assert check(dockerfile, name, select=rule) == expected
    write_file(
        tmp_path, name, ".git\n# dlint: ignore[ignore-pattern-root-only] the root is all there is\n__pycache__\n"
    )
    assert check(name, select=rule) == check(dockerfile, select=rule) == []
