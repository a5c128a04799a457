"""What Compose says a project is, and what dlint says, in one form: both as plain data.

Compose does not print ``env_file``; all else that rules ask for is compared.
"""

import json
import os
import shlex
import subprocess

from dlint.parser.compose.entries import mount_target, split_entry
from dlint.parser.compose.kinds import kind_of

FLAGS = ("--no-normalize", "--no-path-resolution", "--no-consistency", "--no-env-resolution")
SIMPLE = (
    "image", "container_name", "restart", "user", "working_dir", "runtime", "privileged", "hostname", "network_mode",
    "ipc", "pid", "tty", "stdin_open", "init", "platform", "pull_policy", "scale", "stop_signal", "read_only",
)  # fmt: skip
TEXTS = ("profiles", "cap_add", "cap_drop", "security_opt", "expose", "links", "group_add", "dns", "tmpfs")
ENTRIES = ("environment", "labels", "annotations", "sysctls")


def ask_compose(docker, folder, files, environment):
    """Return the configuration that ``docker compose config`` prints, or its error as text.

    *files* are named with -f; without any, Compose looks for them itself.
    """
    named = [part for file in files for part in ("-f", file)]
    command = [docker, "compose", *named, "--profile", "*", "config", *FLAGS, "--format", "json"]
    held = {name: environment[name] for name in ("DOCKER_HOST", "DOCKER_CONFIG")}
    try:
        ran = subprocess.run(command, cwd=folder, env=held, capture_output=True, text=True, check=False, timeout=60)
    except subprocess.TimeoutExpired:
        return "timeout"
    if ran.returncode:
        return next((line for line in reversed(ran.stderr.splitlines()) if line and "level=warn" not in line), "?")
    # What it prints is a compose file again, with its dollar signs doubled.
    return json.loads(ran.stdout.replace("$$", "$"))


# Compose


def of_compose(answer):
    """Return services in the common form."""
    return {name: _their_service(service) for name, service in (answer.get("services") or {}).items()}


def _their_service(service):
    said = {name: _scalar(service[name]) for name in SIMPLE if service.get(name) is not None}
    for name in TEXTS:
        if service.get(name):
            said[name] = sorted(_texts(service[name]))
    for name in ENTRIES:
        if service.get(name):
            said[name] = {key: None if value is None else _scalar(value) for key, value in service[name].items()}
    for name in ("command", "entrypoint"):
        if service.get(name) is not None:
            said[name] = service[name]
    if service.get("depends_on"):
        said["depends_on"] = {key: value["condition"] for key, value in service["depends_on"].items()}
    if service.get("ports"):
        said["ports"] = sorted(
            (port.get("host_ip", ""), str(port.get("published", "")), str(port["target"]), port.get("protocol", "tcp"))
            for port in service["ports"]
        )
    if service.get("volumes"):
        said["volumes"] = sorted(
            (_path(volume.get("source", "")), _path(volume["target"]), bool(volume.get("read_only")))
            for volume in service["volumes"]
        )
    build = service.get("build")
    if build:
        said["build"] = {key: _scalar(build[key]) for key in ("dockerfile", "target", "network") if build.get(key)}
        said["build"]["context"] = _path(build.get("context") or ".")
        said["build"]["args"] = {key: None if v is None else _scalar(v) for key, v in (build.get("args") or {}).items()}
    test = (service.get("healthcheck") or {}).get("test")
    if test is not None:
        said["healthcheck"] = test
    if service.get("networks"):
        said["networks"] = sorted(service["networks"])
    limits = ((service.get("deploy") or {}).get("resources") or {}).get("limits") or {}
    if limits.get("cpus") is not None:
        said["cpus"] = float(limits["cpus"])
    replicas = (service.get("deploy") or {}).get("replicas")
    if replicas is not None:
        said["replicas"] = str(replicas)
    devices = ((service.get("deploy") or {}).get("resources") or {}).get("reservations", {}).get("devices")
    if devices:
        said["devices"] = sorted((d.get("driver", ""), tuple(d.get("capabilities", ()))) for d in devices)
    return said


def _path(text):
    return os.path.normpath(text) if text else ""


def _scalar(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _texts(value):
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


# dlint


def of_dlint(project):
    """Return services in the common form."""
    return {name: _our_service(project, service.node) for name, service in project.services.items()}


def _text(node):
    kind = kind_of(node)
    text = node.text
    if kind == "boolean":
        return text.lower()
    if kind == "integer" and ("x" in text or not set(text) & set(".eE")):
        plain = text.replace("_", "")
        octal = plain.lstrip("+-")
        if len(octal) > 1 and octal[0] == "0" and octal.isdigit():
            return str(int(octal, 8)) if not set(octal) & set("89") else text
        return str(int(plain, 0))
    if kind in ("integer", "number"):
        number = float(text.replace("_", ""))
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return text


def _list(node):
    return [_text(item) for item in ([node] if node.kind == "text" else node.items)]


def _entries(node):
    pairs = [split_entry(item) for item in node.items] or node.pairs
    return {key.text: None if value.is_null else _text(value) for key, value in pairs}


def _where(project, node, text, *, is_mount=False):
    """Return a path as Compose prints it: those of included files are relative to the project."""
    if is_mount and not text.startswith((".", "/", "~")):
        return text
    folder = project.folder_of(node)
    if text and folder != project.folder and not text.startswith(("/", "~")) and "://" not in text:
        text = os.path.join(os.path.relpath(folder, project.folder), text)
    return _path(text)


def _command(node):
    return shlex.split(node.text) if node.kind == "text" else [_text(item) for item in node.items]


def _our_service(project, node):
    def get(*path):
        found = node
        for name in path:
            found = found.get(name) if found is not None else None
        return None if found is None or found.is_null else found

    said = {name: _text(get(name)) for name in SIMPLE if get(name) is not None and get(name).text}
    for name in TEXTS:
        if get(name) is not None and _list(get(name)):
            said[name] = sorted(set(_list(get(name)))) if name not in ("security_opt",) else sorted(_list(get(name)))
    for name in ENTRIES:
        if get(name) is not None and _entries(get(name)):
            said[name] = _entries(get(name))
    for name in ("command", "entrypoint"):
        if get(name) is not None:
            said[name] = _command(get(name))
    needed = get("depends_on")
    if needed is not None and (needed.items or needed.pairs):
        said["depends_on"] = {item.text: "service_started" for item in needed.items}
        for key, value in needed.pairs:
            condition = value.get("condition")
            said["depends_on"][key.text] = condition.text if condition is not None else "service_started"
    if get("ports") is not None and get("ports").items:
        said["ports"] = sorted({port for item in get("ports").items for port in _ports(item)})
    if get("volumes") is not None and get("volumes").items:
        volumes = {volume[1]: volume for item in get("volumes").items for volume in [_volume(project, item)]}
        said["volumes"] = sorted(volumes.values())
    if get("build") is not None:
        said["build"] = _build(project, get("build"))
    test = get("healthcheck", "test")
    if test is not None:
        said["healthcheck"] = ["CMD-SHELL", test.text] if test.kind == "text" else _list(test)
    networks = get("networks")
    if networks is not None and (networks.items or networks.pairs):
        said["networks"] = sorted([item.text for item in networks.items] + [key.text for key, _ in networks.pairs])
    cpus = get("deploy", "resources", "limits", "cpus")
    if cpus is not None:
        said["cpus"] = float(cpus.text)
    if get("deploy", "replicas") is not None:
        said["replicas"] = _text(get("deploy", "replicas"))
    devices = get("deploy", "resources", "reservations", "devices")
    if devices is not None and devices.items:
        said["devices"] = sorted(_device(item) for item in devices.items)
    return said


def _device(item):
    driver, capabilities = item.get("driver"), item.get("capabilities")
    return (driver.text if driver else "", tuple(_list(capabilities)) if capabilities else ())


def _build(project, node):
    if node.kind == "text":
        return {"context": _where(project, node, node.text), "args": {}}
    said = {}
    for key in ("dockerfile", "target", "network"):
        value = node.get(key)
        if value is not None and not value.is_null and value.text:
            said[key] = _text(value)
    context = node.get("context")
    said["context"] = _where(project, context, context.text) if context is not None else "."
    arguments = node.get("args")
    said["args"] = _entries(arguments) if arguments is not None and arguments.kind != "text" else {}
    return said


def _ports(item):
    """Yield the single ports of an entry: Compose splits ranges."""
    if item.kind == "table":
        held = {key.text: _text(value) for key, value in item.pairs}
        yield held.get("host_ip", ""), held.get("published", ""), held["target"], held.get("protocol", "tcp")
        return
    text, _, protocol = _text(item).partition("/")
    parts = text.rsplit(":", 2)
    target = parts[-1]
    published = parts[-2] if len(parts) > 1 else ""
    address = parts[0] if len(parts) > 2 else ""
    first, _, last = target.partition("-")
    if not last:
        yield address, published, target, protocol or "tcp"
        return
    from_host = published.partition("-")[0]
    for offset in range(int(last) - int(first) + 1):
        host = str(int(from_host) + offset) if from_host else ""
        yield address, host, str(int(first) + offset), protocol or "tcp"


def _volume(project, item):
    if item.kind == "table":
        held = {key.text: value for key, value in item.pairs}
        source = held.get("source")
        is_bind = "type" in held and held["type"].text == "bind"
        where = _where(project, item, source.text, is_mount=not is_bind) if source is not None else ""
        return (
            _path(where),
            _path(held["target"].text),
            "read_only" in held and held["read_only"].text.lower() == "true",
        )
    target = mount_target(item.text)
    if target == item.text:
        return "", _path(target), False
    source, _, mode = item.text.partition(f":{target}")
    return _path(_where(project, item, source, is_mount=True)), _path(target), "ro" in mode.lstrip(":").split(",")


def compare(ours, theirs):
    """Yield what is different, as service, key and both values."""
    for name in sorted(set(ours) | set(theirs)):
        if name not in ours or name not in theirs:
            yield name, "", name in ours, name in theirs
            continue
        for key in sorted(set(ours[name]) | set(theirs[name])):
            if ours[name].get(key) != theirs[name].get(key):
                yield name, key, ours[name].get(key), theirs[name].get(key)
