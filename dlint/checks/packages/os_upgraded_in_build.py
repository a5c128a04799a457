"""Report upgrades of the whole system in a RUN."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments

_OPTIONS = frozenset({
    "-o", "--option", "-t", "--target-release", "-c", "--config-file", "--setopt", "--enablerepo", "--disablerepo",
    "--repo",
    "--exclude", "-x", "--releasever", "--repository", "-X", "-r", "--advisory", "--cves", "--sec-severity",
})  # fmt: skip
_APT = ("upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade")
_DNF = ("upgrade", "update", "distro-sync", "dist-upgrade")
_VERBS = {
    "apt-get": _APT, "apt": _APT, "aptitude": _APT, "dnf": _DNF, "dnf5": _DNF, "yum": _DNF, "microdnf": _DNF,
    "tdnf": _DNF, "apk": ("upgrade",), "zypper": ("update", "up", "dist-upgrade", "dup", "patch"),
}  # fmt: skip
_ALIASES = {
    "dist-upgrade": ("DS-0024",), "zypper dist-upgrade": ("DL3035",), "zypper dup": ("DL3035",),
}  # fmt: skip


@rule(
    "os-upgraded-in-build", severity=INFO, default=False, aliases=("DL3035", "DS-0024"),
    triggers=("upgrade", "update", "zypper", "distro-sync"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    for command in build.commands(*_VERBS):
        operands = Arguments(command.arguments, _OPTIONS).operands
        # With names it upgrades those packages only.
        if len(operands) != 1 or operands[0].value not in _VERBS[command.name] or command.step.stage not in chain:
            continue
        if command.has("--security", "-s", "--simulate", "--dry-run", "--download-only"):
            continue
        verb = operands[0]
        report(
            command.head(command.arguments.index(verb) + 1),
            "the system becomes what is newest at build time, and each package that changes is kept twice",
            advice="build on a newer tag of the base image, or name the packages that need an update",
            alias=_ALIASES.get(f"{command.name} {verb.value}", _ALIASES.get(verb.value, ()))
            if command.name in ("zypper", "apt-get", "apt")
            else (),
        )
