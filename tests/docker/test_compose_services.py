"""What compose files write in many forms is read as Docker Compose itself reads it."""

import json

import pytest

from dlint.model.compose.words import left_out
from dlint.project.compose import read_project
from dlint.text import Source

PORTS = [
    "80", "8080:80", "127.0.0.1:8080:80", "0.0.0.0:8080:80", "8000-8002", "9000-9002:8000-8002", "8000-8010:80",
    "[::1]:8080:80", "::1:8080:80", "[::]:80:80", "80/udp", "53:53/UDP", "127.0.0.1::80", "8080:80/tcp", "1234:99999",
    "a:80", "80:", "0:80", "127.0.0.1:5000-5002:6000-6002", "192.168.1.1:80:80/udp", "8000-8001:9000-9002", "+80",
    "080:80", "localhost:8080:80", "80:80/sctp", "6060:6060:6060", ":80", "65535:65535", "9000-9001:80",
    {"target": 80}, {"target": 80, "published": "8080"}, {"target": "80"}, {"target": 80, "published": "8000-8010"},
    {"target": 80, "published": 8080, "protocol": "udp", "mode": "host", "host_ip": "127.0.0.1"},
    {"target": 80, "published": ""}, {"published": 80}, {"target": 80, "name": "web", "app_protocol": "http"},
]  # fmt: skip
VOLUMES = [
    "/data", "data:/data", "data:/data:ro", "./x:/y", "./x:/y:ro,z", "/a:/b:rw", "c:/x:/y:ro", "C:\\x:/y",
    "c:\\x:c:\\y", "\\\\server\\share:/y", "data:/data:nocopy", "../x:/y", "./a", "a:/b:/c", "/a:/b:cached",
    "data:/d:z", "D:/models:/models", "data:relative/path", ".:/app", "..:/app", "data:/data:ro,nocopy", "data:/d/",
    "/var/run/docker.sock:/var/run/docker.sock",
    {"type": "bind", "source": "./x", "target": "/y", "read_only": True}, {"type": "volume", "target": "/y"},
    {"type": "volume", "source": "data", "target": "/y/"}, {"type": "tmpfs", "target": "/t", "tmpfs": {"size": 1000}},
]  # fmt: skip
DURATIONS = [
    "1m30s", "10s", "0", "0s", "1.5h", "500ms", "10", "1d", "1w", "1h1m1s", "-5s", "5 s", "1m 30s", "10us", "1µs",
    "1ns", ".5s", "5.s", "", "1H", "+5s", "100",
]  # fmt: skip
BYTES = [
    "512m", "2gb", "1.5G", "64M", "1g", "1024", "10k", "10kb", "2GiB", "2 GB", "1t", "1p", "1e3", "1e3m", "5mb ", "5x",
    "", "1,5g", "1.2.3g", "10B", "10b", ".5g", "1G i", "1Mi", "512MB", "5gI", "5.m",
]  # fmt: skip
COMMANDS = [
    'a "b c" d\\ e', "a && b", "a 2>f b", "a `b c` d", "a $$(b c) d", "x\\ty 'a\\b' \"a\\\"b\" ''",
    "sh -c 'a && b; c'  # d", "a2>b", 'a "" b', "a\nb", "  a   b  ", 'a"b c"d', "a;b", "a\\\nb", "a\tb", "é ü", "''",
    "\\\\", "a|b", "a>b", "a'b'c\"d\"", "a ` b ` c", 'a $$( b "c" ) d', "python train.py --lr=1e-3 --name='x y'",
    ["a", "b c"], [], "", None, ["sh", "-c", "echo $$A"],
]  # fmt: skip


def read(engine, tmp_path, **keys):
    """Return what Compose makes of a service, None if it refuses it, and the service."""
    text = json.dumps({"name": "p", "services": {"s": {"image": "x", **keys}}, "volumes": {"data": None}})
    path = tmp_path / "compose.yaml"
    path.write_text(text, encoding="utf-8")
    ran = engine.run("compose", "--env-file", "/dev/null", "-f", str(path), "config", "--format", "json")
    service = read_project(Source(text, str(path)), str(path)).services["s"]
    return json.loads(ran.stdout)["services"]["s"] if ran.returncode == 0 else None, service


@pytest.mark.parametrize("port", PORTS, ids=str)
def test_ports(engine, tmp_path, port):
    theirs, service = read(engine, tmp_path, ports=[port])
    if theirs is None:
        assert service.ports == ()
        return
    (ours,) = service.ports
    first, last = theirs["ports"][0], theirs["ports"][-1]
    assert ours.target == (first["target"], last["target"])
    if "published" in first:
        low = first["published"].split("-")[0]
        high = last["published"].split("-")[-1]
        assert ours.published == (int(low), int(high))
    else:
        assert ours.published is None
    assert (ours.host_ip, ours.protocol, ours.mode) == (first.get("host_ip"), first["protocol"], first["mode"])


@pytest.mark.parametrize("volume", VOLUMES, ids=str)
def test_mounts(engine, tmp_path, volume):
    theirs, service = read(engine, tmp_path, volumes=[volume])
    (ours,), (expected,) = service.mounts, theirs["volumes"]
    assert ours.target == expected["target"].rstrip("/")
    assert ours.is_read_only == expected.get("read_only", False)
    assert ours.type == ("anonymous" if expected["type"] == "volume" and "source" not in expected else expected["type"])
    if ours.type == "volume":
        assert ours.source == expected["source"]


@pytest.mark.parametrize("duration", DURATIONS)
def test_durations(engine, tmp_path, duration):
    theirs, service = read(engine, tmp_path, stop_grace_period=duration)
    ours = service.stop_grace_period
    assert (ours is None or ours.value is None) == (theirs is None)
    if theirs is not None:
        # What Compose writes is read again.
        _, again = read(engine, tmp_path, stop_grace_period=theirs["stop_grace_period"])
        assert again.stop_grace_period.value == pytest.approx(ours.value)


@pytest.mark.parametrize("amount", BYTES)
def test_bytes(engine, tmp_path, amount):
    theirs, service = read(engine, tmp_path, mem_limit=amount)
    ours = service.memory_limit
    assert (None if ours is None else ours.value) == (None if theirs is None else float(theirs["mem_limit"]))


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_commands(engine, tmp_path, command):
    theirs, service = read(engine, tmp_path, command=command)
    words = None if service.command is None else [word.value for word in service.command]
    expected = theirs["command"]
    if expected is not None:
        expected = [word.replace("$$", "$") for word in expected]
        words = [word.replace("$$", "$") for word in words]
    assert words == expected


# A text, and what Compose drops of it; None where it drops nothing that says something.
CUT = [
    ("python migrate.py && python serve.py", "&& python serve.py"), ("a;b", ";b"), ("a | b", "| b"), ("a||b", "||b"),
    ("a > log", "> log"), ("a >log 2>&1", ">log 2>&1"), ("a 2>&1", ">&1"), ("a < in", "< in"), ("a & b", "& b"),
    ("&& b", "&& b"), ("x http://h/?a=1&b=2", "&b=2"), ("pip install torch>=2 x", ">=2 x"), ("--a=x;y", ";y"),
    ("python a.py &&\n python b.py", "&& python b.py"), ("a &", "&"), ("a;", ";"), ("a \\&\\& b", None),
    ("a '&&' b", None), ("sh -c 'a && b'", None), ('sh -c "a; b"', None), ("a `b && c` d", None), ("a $$(b; c) d", None),
    ("a\nb", None), ("VAR=1 a # b", None), ("a *.py {b,c} ~", None),
]  # fmt: skip


@pytest.mark.parametrize("key", ["command", "entrypoint"])
@pytest.mark.parametrize(("text", "rest"), CUT)
def test_what_ends_a_command(engine, tmp_path, key, text, rest):
    theirs, service = read(engine, tmp_path, **{key: text})
    cut = left_out(service.get(key))
    assert (None if cut is None else cut[0].split()) == (None if rest is None else rest.split())
    words = [word.replace("$$", "$") for word in theirs[key]]
    assert words == [word.value for word in getattr(service, key)]


@pytest.mark.parametrize("test", ["a && b", "a; b > c"])
def test_a_health_check_is_for_a_shell(engine, tmp_path, test):
    theirs, _ = read(engine, tmp_path, healthcheck={"test": test})
    assert theirs["healthcheck"]["test"] == ["CMD-SHELL", test]


@pytest.mark.parametrize("hook", ["post_start", "pre_stop"])
def test_hooks_are_cut_too(engine, tmp_path, hook):
    theirs, _ = read(engine, tmp_path, **{hook: [{"command": "a && b"}]})
    assert theirs[hook][0]["command"] == ["a"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["python", "a.py", "&&", "b"], ["python", "a.py", "&&", "b"]), (["a", "$$PORT"], ["a", "$$PORT"]),
        (["a", "${PORT}"], ["a", ""]), ("a $PORT", ["a"]), ("sh -c a b", ["sh", "-c", "a", "b"]),
        ("${COMMAND:-a && b}", ["a"]),
    ],
)  # fmt: skip
def test_no_shell_reads_a_command(engine, tmp_path, command, words):
    """The variables of the service are those of the container; Compose puts in its own."""
    theirs, _ = read(engine, tmp_path, command=command, environment={"PORT": "8000"})
    assert theirs["command"] == words


@pytest.mark.parametrize(
    "depends_on",
    [["a", "b"], {"a": {"condition": "service_healthy", "required": False}, "b": {"condition": "service_started"}}],
    ids=("list", "table"),
)
def test_dependencies(engine, tmp_path, depends_on):
    text = json.dumps({"services": {"s": {"image": "x", "depends_on": depends_on}, "a": {"image": "x"},
                                    "b": {"image": "x"}}})  # fmt: skip
    path = tmp_path / "compose.yaml"
    path.write_text(text, encoding="utf-8")
    ran = engine.run("compose", "-f", str(path), "config", "--format", "json")
    theirs = json.loads(ran.stdout)["services"]["s"]["depends_on"]
    service = read_project(Source(text, str(path)), str(path)).services["s"]
    ours = {each.name: (each.condition, each.is_required) for each in service.dependencies}
    assert ours == {name: (value["condition"], value["required"]) for name, value in theirs.items()}
