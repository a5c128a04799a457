"""dlint optimize on the command line: what is chosen, shown, written, and the exit codes."""

import json

import pytest
from helpers import run, write

DOCKERFILE = """\
FROM python:3.13-slim
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "-u", "app.py"]
"""
ORDERED = """\
FROM python:3.13-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["python", "-u", "app.py"]
"""


UNKNOWN = "error: there is no rewrite and no rule with a fix called 'cache-oder'; did you mean cache-order?"


@pytest.fixture
def project(tmp_path):
    write(tmp_path, Dockerfile=DOCKERFILE, requirements__txt="numpy==2.2.1\n", app__py="print()\n")
    return tmp_path


def optimize(project, *arguments):
    return run("optimize", *arguments, "--isolated", cwd=project)


def steps(ran):
    return [step["name"] for step in json.loads(ran.stdout)["files"][0]["steps"]]


def test_only_and_skip(project):
    ran = optimize(project, "--output-format", "json", "--only", "cache-order,cache-mounts")
    assert (ran.returncode, sorted(steps(ran))) == (1, ["cache-mounts", "cache-order"])
    ran = optimize(project, "--output-format", "json", "--only", "cache-order", "--only", "pins")
    assert steps(ran) == ["cache-order"]
    assert "cache-order" not in steps(optimize(project, "--output-format", "json", "--skip", "cache-order"))


def test_write(project):
    ran = optimize(project, "--only", "cache-order", "--write")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "1 step made" in ran.stdout
    assert (project / "Dockerfile").read_text() == ORDERED
    ran = optimize(project, "--only", "cache-order")
    assert (ran.returncode, ran.stdout) == (0, "Dockerfile: nothing to optimize\n")


def test_nothing_is_written_without_being_asked_for(project):
    for arguments in ((), ("--diff",), ("--output-format", "json")):
        assert optimize(project, *arguments).returncode == 1
    assert optimize(project, "--exit-zero").returncode == 0
    assert sorted(path.name for path in project.iterdir()) == ["Dockerfile", "app.py", "requirements.txt"]
    assert (project / "Dockerfile").read_text() == DOCKERFILE


def test_json(project):
    ran = optimize(project, "--output-format", "json", "--only", "cache-order")
    document = json.loads(ran.stdout)
    assert (document["version"], document["written"]) == (1, False)
    (step,) = document["files"][0]["steps"]
    assert (step["kind"], step["safety"], step["order"]) == ("rewrite", "unsafe", 1)
    assert step["rebuild_seconds"] > 2
    assert [change["path"] for change in step["changes"]] == ["Dockerfile"]
    assert "+COPY requirements.txt ." in step["changes"][0]["diff"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "cache-oder"), UNKNOWN),
        (("--write", "--diff"), "error: --write and --diff exclude each other"),
        (("--output-format", "sarif"), "error: unknown output format 'sarif'; there are text and json"),
        (("-",), "error: standard input cannot be optimized: rewrites need the file and its build context"),
        (("missing",), "error: missing: no such file or folder"),
    ],
)  # fmt: skip
def test_wrong_use(project, arguments, message):
    ran = optimize(project, *arguments)
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (2, message)


def test_secrets_are_not_shown(project):
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    text = DOCKERFILE.replace("COPY . .", f"ENV GITHUB_TOKEN={token}\nCOPY . .")
    write(project, Dockerfile=text)
    for arguments in ((), ("--diff",), ("--output-format", "json")):
        ran = optimize(project, *arguments)
        assert ran.returncode == 1
        assert "GITHUB_TOKEN" in ran.stdout
        assert token not in ran.stdout + ran.stderr
    assert optimize(project, "--write").returncode == 0
    assert token in (project / "Dockerfile").read_text()


def test_two_files_of_one_context(project):
    write(project, worker__Dockerfile=DOCKERFILE)
    write(project, **{".git/HEAD": "ref: refs/heads/main\n", ".env": "API_TOKEN=Zx81kq72LmPw93Vd\n"})
    ran = optimize(project, "--write", "--only", "dockerignore,cache-order")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (project / ".dockerignore").read_text() == ".env\n.git\n"
    assert (project / "Dockerfile").read_text() == (project / "worker.Dockerfile").read_text() == ORDERED


def test_services_that_build_a_file_in_different_ways(project):
    write(
        project,
        compose__yaml="services:\n  a:\n    build: .\n  b:\n    build: {context: ., dockerfile: Dockerfile}\n",
        **{"sub/compose.yaml": "services:\n  c:\n    build: {context: ., dockerfile: ../Dockerfile}\n", "sub/x.py": ""},
    )
    ran = optimize(project, "Dockerfile", "--only", "cache-order", "--verbose")
    assert ran.stderr == ""
    assert "1 step planned" in ran.stdout or "services of the project build this file" in ran.stdout


def test_a_file_that_cannot_be_written(project):
    (project / "Dockerfile").chmod(0o444)
    ran = optimize(project, "--write", "--only", "cache-order")
    assert (ran.returncode, ran.stderr) == (2, "error: Dockerfile: is read-only; it is left as it is\n")
    assert (project / "Dockerfile").read_text() == DOCKERFILE


def test_compose_files_are_left_out(project):
    write(project, compose__yaml="services:\n  a:\n    image: redis\n")
    ran = optimize(project, "--output-format", "json")
    assert [file["path"] for file in json.loads(ran.stdout)["files"]] == ["Dockerfile"]
