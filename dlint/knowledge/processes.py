"""What happens to processes and system settings in a RUN: it has no init, no daemons, few privileges.

Sources: docs.docker.com/build/buildkit and docs.docker.com/engine/containers/run (default
capabilities); the manual pages of the programs (2026-11-22).
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_START = frozenset({"start", "restart", "reload", "force-reload"})
# Programs that go into the background by themselves, unless one of these arguments is given.
_DAEMONS: dict[str, frozenset[str]] = {
    "nginx": frozenset({"-t", "-T", "-v", "-V", "-s", "-h", "-?", "-g"}),
    "sshd": frozenset({"-t", "-T", "-D", "-G", "-V"}),
    "supervisord": frozenset({"-n", "--nodaemon", "-v", "--version", "-h", "--help"}),
    "cron": frozenset({"-f", "-h"}), "crond": frozenset({"-f", "-h"}), "rsyslogd": frozenset({"-n", "-v", "-N1"}),
}  # fmt: skip
# Programs that do so when they are told: one of these arguments.
_ON_DEMAND: dict[str, frozenset[str]] = {
    "redis-server": frozenset({"--daemonize"}), "mongod": frozenset({"--fork"}), "dbus-daemon": frozenset({"--fork"}),
    "pg_ctl": _START, "pg_ctlcluster": _START, "apachectl": _START, "apache2ctl": _START, "httpd": _START,
    "rc-service": _START, "service": _START, "start-stop-daemon": frozenset({"--start", "-S"}),
    "memcached": frozenset({"-d"}),
}  # fmt: skip

# What fails for want of privileges, unless the RUN has --security=insecure.
PRIVILEGED = frozenset({"mount", "umount", "swapon", "swapoff", "modprobe", "insmod", "rmmod", "sysctl"})
_POWER = frozenset({"shutdown", "reboot", "halt", "poweroff"})
_SYSTEMD = frozenset({"timedatectl", "hostnamectl", "loginctl", "localectl"})
# What systemctl does to files, and does without a running systemd.
_SYSTEMCTL_FILES = frozenset({
    "enable", "disable", "mask", "unmask", "preset", "preset-all", "reenable", "set-default", "get-default",
    "is-enabled",
    "link", "add-wants", "edit", "cat", "list-unit-files", "--version", "--help",
})  # fmt: skip
_DOCKER = frozenset({"run", "pull", "push", "build", "exec", "start", "stop", "ps", "images", "load", "rm", "rmi"})
_EDITORS = frozenset({"vi", "vim", "nano", "pico"})
_EDITOR_BATCH = (
    "-c",
    "+",
    "-es",
    "-E",
    "-s",
    "-u",
    "--version",
    "--headless",
    "-S",
    "--cmd",
    "-h",
    "--help",
    "-T",
    "-n",
)

ADVICE = {
    "systemctl": "systemctl enable writes files and works; for the rest, start the program in CMD or ENTRYPOINT",
    "sysctl": "set it when the container is started: docker run --sysctl",
    "mount": "use RUN --mount=…, or a volume when the container is started",
    "timedatectl": "write ENV TZ, or link /etc/localtime",
    "docker": "use the image as a stage: FROM image, and COPY --from",
}


def starts(name: str, values: "Sequence[str]") -> bool:
    """Whether a program with these arguments leaves a process in the background and returns."""
    if name in _DAEMONS:
        return _DAEMONS[name].isdisjoint(values)
    return name in _ON_DEMAND and not _ON_DEMAND[name].isdisjoint(values)


def impossible(name: str, values: "Sequence[str]") -> str | None:
    """Return why a program cannot have an effect in a build, None if it can."""
    first = next((value for value in values if not value.startswith("-")), "")
    if name == "systemctl":
        return "needs a running systemd" if first and _SYSTEMCTL_FILES.isdisjoint(values) else None
    if name in _SYSTEMD:
        return "needs a running systemd" if first.startswith("set") else None
    if name in PRIVILEGED:
        return _privileged(name, values)
    if name in _POWER:
        return "has no machine to act on in a build"
    if name == "docker":
        return "needs a Docker daemon, which a build does not have" if first in _DOCKER else None
    if name in _EDITORS and values and not any(value.startswith(_EDITOR_BATCH) for value in values):
        return "waits for somebody at a terminal"
    return None


def _privileged(name: str, values: "Sequence[str]") -> str | None:
    if name == "mount" and not (len(values) > 1 or "-a" in values):
        return None
    if name == "sysctl" and not any(
        value in ("-w", "-p", "--system", "--write", "--load") or "=" in value for value in values
    ):
        return None
    if name == "modprobe" and any(value in ("-c", "--showconfig", "-V", "--version") for value in values):
        return None
    return "needs privileges that a build does not have" if values else None
