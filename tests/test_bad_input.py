"""Bad input is normal input: bounded work, clear messages, the other files still reported."""

import os
import time

import pytest
from helpers import findings, result_of, run, write

from dlint.engine.result import read_source
from dlint.engine.run import check_source
from dlint.engine.settings import SettingsResolver

GOOD_NEIGHBOUR = "FROM python:3.12-slim\nWORKDIR app\n"
# Seconds of CPU; each case takes a fraction of it on a slow machine.
LIMIT = 20


def timed(text, *select):
    """Return a result, asserting that it took bounded time and no rule crashed."""
    started = time.process_time()
    result = result_of(text, *(select or ("all",)))
    assert time.process_time() - started < LIMIT
    assert not result.crashes, result.crashes[0].traceback
    return result


HUGE = {
    "10,000 stages": "".join(f"FROM scratch AS s{index}\nCOPY --from=s{max(index - 1, 0)} /a /a\n" for index in range(10_000)),
    "10,000 stages in a chain": "FROM scratch AS s0\n" + "".join(f"FROM s{index} AS s{index + 1}\n" for index in range(10_000)),
    "10,000 stages in a circle": "".join(f"FROM scratch AS s{index}\nCOPY --from=s{(index + 1) % 10_000} /a /a\n" for index in range(10_000)),
    "10,000 variables": "FROM scratch\n" + "".join(f"ENV A{index}=$A{index - 1}x\n" for index in range(10_000)),
    "values that double": "FROM scratch\nENV A=xxxxxxxxxx\n" + "ENV A=$A$A\n" * 5000,
    "one RUN of 20,000 lines": "FROM debian:12\nRUN true" + " && \\\n    apt-get install -y x" * 20_000 + "\n",
    "20,000 RUNs": "FROM debian:12\n" + "RUN apt-get update && apt-get install -y x\n" * 20_000,
    "one line of 3 MB": "FROM scratch\nRUN " + "x " * 1_500_000 + "\n",
    "20,000 flags": "FROM scratch\nRUN " + "--mount=type=cache,target=/x " * 20_000 + "true\n",
    "10,000 comments": "FROM scratch\n" + "# dlint: ignore[apt-recommends]\nUSER a\n" * 10_000,
    "10,000 heredocs": "FROM scratch\n" + "RUN <<E\nx\nE\n" * 10_000,
    "heredocs never closed": "FROM scratch\n" + "RUN <<E\nx\n" * 3000,
    "shell nested 100,000 deep": "FROM scratch\nRUN " + "(" * 100_000 + "\n",
    "substitutions nested 50,000 deep": "FROM scratch\nRUN echo " + "$(echo " * 50_000 + "\n",
    "quotes nested": "FROM scratch\nRUN bash -c " + "\"bash -c '" * 5000 + "\n",
    "braces nested": "FROM scratch\nENV A=" + "${A:-" * 20_000 + "\n",
    "JSON nested": "FROM scratch\nCMD " + "[" * 100_000 + "\n",
    "if nested": "FROM scratch\nRUN " + "if a; then " * 5000 + "\n",
    "continuations": "FROM scratch\nRUN a" + " \\\n" * 50_000,
    "numbers": f"FROM scratch\nEXPOSE {'9' * 9000}\nCOPY --from={'9' * 9000} a b\nSTOPSIGNAL {'9' * 9000}\nUSER {'9' * 9000}\nHEALTHCHECK --retries={'9' * 9000} CMD x\nHEALTHCHECK --interval={'9' * 9000}s CMD x\n",
    "a tag without end": f"FROM python:{'3.' * 20_000}\n",
    "every keyword without arguments": "\n".join(
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"]
    ),
    "nothing but NUL": "\0" * 1000,
    "nothing but line feeds": "\n" * 500_000,
    "pip with 50,000 packages": "FROM python:3.12\nRUN pip install " + " ".join(f"p{index}" for index in range(50_000)) + "\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_huge_and_odd(name):
    timed(HUGE[name])


def test_everything_after_the_trouble_is_linted():
    text = "FROM scratch\nRUN " + "(" * 10_000 + "\nWORKDIR x\nRUN <<E\n\nFROM python:3.12-slim\nWORKDIR y\n"
    assert [line for _, line, _ in findings(text, "workdir-relative")] == [3, 7]


PATTERNS = {
    "stars": "*" * 5000 + "x",
    "stars and letters": "*a" * 2000 + "b",
    "double stars": "**/" * 2000 + "x",
    "brackets": "[" * 5000,
    "classes": "[a-z]*" * 500 + "!",
    "many lines": "\n".join(f"*{index}*x*" for index in range(2000)),
    "exceptions": "*\n" + "\n".join(f"!**/{index}*/**" for index in range(1000)),
    "backslashes": "\\" * 5001,
}


@pytest.mark.parametrize("name", PATTERNS)
def test_expression_bombs_in_ignore_files(tmp_path, name):
    write(
        tmp_path,
        **{
            "Dockerfile": "FROM python:3.12-slim\nCOPY . .\n",
            ".dockerignore": PATTERNS[name] + "\n",
            ".gitignore": PATTERNS[name].replace("Dockerfile", "") + "\n",
            ".git/HEAD": "ref: x\n",
            **{f"{'a' * 100}/{'a' * 120}{index}": "x" for index in range(30)},
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": "x",
        },
    )
    started = time.process_time()
    before = os.times()
    ran = run("check", "--select", "all", "--no-respect-gitignore", cwd=tmp_path)
    again = run("check", "--select", "all", "Dockerfile", cwd=tmp_path)
    after = os.times()
    assert after.children_user - before.children_user < LIMIT
    assert time.process_time() - started < LIMIT
    for outcome in (ran, again):
        assert outcome.returncode in (0, 1), outcome.stderr
        assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("patterns", [["*a" * 500 + "b"], ["**/" * 500 + "x"], ["[a-z]*" * 500]])
def test_expression_bombs_in_git_ignores(tmp_path, patterns):
    write(
        tmp_path,
        **{".gitignore": "\n".join(patterns) + "\n", ".git/HEAD": "x", f"{'a' * 200}/Dockerfile": GOOD_NEIGHBOUR},
    )
    before = os.times()
    assert run("check", cwd=tmp_path).returncode in (0, 1)
    assert os.times().children_user - before.children_user < LIMIT


def test_a_context_of_many_files(tmp_path):
    """Counting stops at a limit, and says so."""
    write(tmp_path, Dockerfile="FROM python:3.12-slim\nCOPY . .\n")
    for outer in range(120):
        folder = tmp_path / "data" / str(outer)
        folder.mkdir(parents=True)
        for inner in range(1000):
            (folder / str(inner)).touch()
    before = os.times()
    ran = run("check", "--select", "all", cwd=tmp_path)
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < LIMIT
    assert ran.returncode == 1
    assert "so all of the context, more than 100,000 files and folders (data among them) are sent" in ran.stdout


def test_links_in_circles(tmp_path):
    write(tmp_path, **{"Dockerfile": "FROM python:3.12-slim\nWORKDIR /w\nCOPY . .\nCOPY a/b/c /x\n", "a/x": "x"})
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / ".dockerignore").symlink_to(tmp_path / ".dockerignore")
    (tmp_path / "requirements.txt").symlink_to("/dev/zero")
    ran = run("check", "--select", "all", cwd=tmp_path)
    assert ran.returncode in (0, 1)
    assert "Traceback" not in ran.stderr
    circle = tmp_path / "Dockerfile.circle"
    circle.symlink_to(circle)
    named = run("check", "Dockerfile.circle", "Dockerfile", cwd=tmp_path)
    assert named.returncode == 2
    assert "error: Dockerfile.circle: " in named.stderr
    assert "(1 file)" in named.stderr


def test_devices_and_pipes_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "Dockerfile")
    write(tmp_path, **{"Dockerfile.ok": GOOD_NEIGHBOUR})
    ran = run("check", "Dockerfile", "/dev/zero", "Dockerfile.ok", cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.count("is not a regular file") == 2
    assert "workdir-relative" in ran.stdout


def test_fifty_megabytes(tmp_path):
    write(tmp_path, **{"Dockerfile": GOOD_NEIGHBOUR})
    with open(tmp_path / "Dockerfile.big", "wb") as file:
        file.write(b"RUN true\n" * 6_000_000)
    ran = run("check", cwd=tmp_path)
    assert ran.returncode == 2
    assert "error: Dockerfile.big: is 54 MB; a file of more than 5 MB is not read" in ran.stderr
    assert "workdir-relative" in ran.stdout


def test_hostile_requirements(tmp_path):
    write(
        tmp_path,
        **{
            "Dockerfile": "FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n",
            "requirements.txt": "-r requirements.txt\n-r /etc/passwd\n-r ../../etc/passwd\n"
            + "a" * 100_000
            + "\n"
            + "\\\n" * 10_000
            + "[[[[\n===\n@@\n-e\n-r\n",
        },
    )
    ran = run("check", "--select", "all", cwd=tmp_path)
    assert ran.returncode in (0, 1), ran.stderr
    assert "Traceback" not in ran.stderr
    assert "passwd" not in ran.stdout


SLOW_ONCE = {
    "a RUN of 8,000 pip installations": "FROM python:3.12-slim\nRUN a" + " && \\\n  pip install torch" * 8000 + "\n",
    "8,000 RUNs of pip": "FROM python:3.12-slim\n" + "RUN pip install torch\n" * 8000,
    "8,000 stages that install": "FROM python:3.12-slim AS s0\n"
    + "".join(f"FROM s{index} AS s{index + 1}\nRUN pip install torch\n" for index in range(8000)),
    "8,000 exports": "FROM python:3.12-slim\nRUN a" + " && \\\n  export A=1 && pip install x" * 8000 + "\n",
    "8,000 ignores": "FROM python:3.12-slim\n" + "# dlint: ignore[pip-cache-in-layer] x\nRUN pip install torch\n" * 8000,
    "20,000 regions": "FROM scratch\n" + "# dlint: disable[pip-cache-in-layer] x\n" * 20_000 + "# dlint: enable[pip-cache-in-layer]\n" * 20_000,
    "misspelt arguments": "".join(f"ARG NAME{index}\n" for index in range(2000)) + "".join(f"FROM $NAMF{index}\n" for index in range(2000)),
    "20,000 undefined names": "FROM scratch\nENV A=" + "".join(f"$B{index}" for index in range(20_000)) + "\n",
    "900 times ONBUILD": "FROM scratch\n" + "ONBUILD " * 900 + "RUN x\n",
    "heredocs with open quotes": "FROM scratch\nCOPY a <<'x\nADD a <<EOF\"\nCOPY a <<EOF${\nWORKDIR x\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW_ONCE)
def test_time_grows_with_the_file(name):
    """Each took minutes once, or raised."""
    timed(SLOW_ONCE[name])


def test_a_link_to_itself_hides_nothing(tmp_path):
    write(tmp_path, **{"b.Dockerfile": GOOD_NEIGHBOUR, "sub/Dockerfile": GOOD_NEIGHBOUR})
    (tmp_path / "a.txt").symlink_to("a.txt")
    ran = run("check", "--output-format", "concise", cwd=tmp_path)
    assert ran.returncode == 1
    assert "b.Dockerfile:2" in ran.stdout
    assert "sub/Dockerfile:2" in ran.stdout


def test_streams_that_take_nothing(tmp_path):
    write(tmp_path, Dockerfile=GOOD_NEIGHBOUR)
    for redirection in (">/dev/full", ">&-"):
        ran = run("check", cwd=tmp_path, prefix=("sh", "-c", f'exec "$@" {redirection}', "sh"))
        assert ran.returncode == 2, ran.stderr
        assert ran.stderr.startswith("error: "), ran.stderr
        assert "Traceback" not in ran.stderr


def _services(count, text):
    return "services:\n" + "".join(f"  s{index}: {text.replace('#', str(index))}\n" for index in range(count))


COMPOSE = {
    "1,000 services": _services(1000, "{image: postgres:17, ports: ['#:5432'], environment: {POSTGRES_PASSWORD: q8Zt#vN3k, URL: 'http://localhost:80#/'}}"),
    "1,000 services that build": _services(1000, "{build: ./s#, command: python train.py, volumes: [./s#:/app, data:/data]}"),
    "1,000 services in block style": "services:\n" + "".join(
        f"  s{index}:\n    restart: always\n    image: postgres:17\n    depends_on:\n      - s{index + 1}\n" for index in range(1000)
    ),
    "1,000 services that wait": _services(1000, "{image: redis, depends_on: [s#0]}"),
    "1,000 names that nothing has": _services(1000, "{image: redis, depends_on: [t#], networks: [n#], volumes: ['v#:/x']}"),
    "1,000 services that extend in a row": "services:\n  s0: {image: x}\n" + "".join(f"  s{index + 1}: {{extends: s{index}}}\n" for index in range(1000)),
    "1,000 services that extend one": "services:\n  s: {image: x}\n" + "".join(f"  s{index}: {{extends: {{service: s}}}}\n" for index in range(1000)),
    "services that extend in a circle": "services:\n" + "".join(f"  s{index}: {{extends: s{(index + 1) % 500}}}\n" for index in range(500)),
    "10,000 ports": "services:\n  a:\n    image: x\n    ports:\n" + "".join(f'      - "{index + 1000}:{index + 1000}"\n' for index in range(10_000)),
    "10,000 wide ranges": "services:\n  a:\n    image: x\n    ports:\n" + "".join(f'      - "1-65535:1-65535/tcp" # {index}\n' for index in range(10_000)),
    "10,000 variables": "services:\n  a:\n    image: x\n    environment:\n" + "".join(f"      TOKEN_{index}: q8Zt{index}vN3kLw2\n" for index in range(10_000)),
    "10,000 dependencies": "services:\n  a:\n    image: x\n    depends_on:\n" + "".join(f"      - b{index}\n" for index in range(10_000)) + "  b1: {image: postgres}\n",
    "aliases that laugh": "x0: &a0 [lol]\n" + "".join(f"x{index}: &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n" for index in range(1, 30)) + "services: {a: {image: x, command: *a29}}\n",
    "merge keys that laugh": "x0: &a0 {k: lol}\n" + "".join(f"x{index}: &a{index} {{<<: [{', '.join([f'*a{index - 1}'] * 9)}], k{index}: *a{index - 1}}}\n" for index in range(1, 30)) + "services: {a: *a29}\n",
    "variables that double": "services:\n  a:\n    image: " + "${A:-" * 10_000 + "}" * 10_000 + "\n",
    "lists nested 50,000 deep": "services: " + "[" * 50_000 + "\n",
    "tables nested 5,000 deep": "services:\n" + "".join(f"{' ' * index}a:\n" for index in range(1, 5000)),
    "one text of 10 MB": "services:\n  a:\n    image: x\n    command: " + "x " * 5_000_000 + "\n",
    "10 MB of comments": "services: {a: {image: x}}\n" + "# dlint: ignore[compose-version-key]\n" * 270_000,
    "2 MB of services": _services(30_000, "{image: x, command: 'abcdefghijklmnopqrstuvwxyz #'}"),
    "1,000 suppressions": "services:\n" + "".join(f"  # dlint: ignore[build-and-image] x\n  s{index}: {{image: x}}\n" for index in range(1000)),
}  # fmt: skip


@pytest.mark.parametrize("name", COMPOSE)
def test_huge_and_odd_compose_files(name, tmp_path):
    write(tmp_path, **{"compose.yaml": COMPOSE[name]})
    path = str(tmp_path / "compose.yaml")
    started = time.process_time()
    source = read_source(path, path)
    if isinstance(source, str):
        assert "MB" in source
        return
    settings = SettingsResolver({"isolated": True, "select": ("all",), "shellcheck": "off"}).for_file(path)
    result = check_source(source, path, settings)
    assert time.process_time() - started < LIMIT
    assert not result.crashes, result.crashes[0].traceback
