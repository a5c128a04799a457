"""Report caches that apk, dnf, yum, microdnf and zypper leave in the layer."""

from dlint.checks import INFO, Report, fix, rule
from dlint.model.build import Build
from dlint.model.caches import is_kept_out, last_of_kinds, runs_later
from dlint.model.packages import Install
from dlint.text import Span

_CACHES = {
    "apk": ("/var/cache/apk", "/etc/apk/cache"), "dnf": ("/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"),
    "zypper": ("/var/cache/zypp",),
}  # fmt: skip
_ALIASES = {
    "apk": ("DL3019", "DS-0025"), "yum": ("DL3032", "DS-0015"), "zypper": ("DL3036", "DS-0020"),
    "dnf": ("DL3040", "DS-0019"), "microdnf": ("DL3040", "DS-0027"),
}  # fmt: skip


@rule(
    "os-cache-left", severity=INFO,
    aliases=("DL3019", "DL3032", "DL3036", "DL3040", "DS-0015", "DS-0019", "DS-0020", "DS-0025", "DS-0027"),
    triggers=("apk", "dnf", "yum", "microdnf", "zypper", "tdnf"), fix="safe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    last = last_of_kinds(build.installs)
    for install in build.installs:
        if install.manager not in _CACHES or install.step.stage not in chain:
            continue
        if install.manager != "apk" and install not in last:
            continue
        if _is_clean(install):
            continue
        alias = _ALIASES.get(install.tool, ("DL3040",))
        if install.manager == "apk":
            verb = next(word for word in install.command.arguments if word.value == "add")
            end = verb.span.end
            edit = fix("safe", "add --no-cache", (Span(end, end), " --no-cache"))
            report(
                install.span,
                "apk keeps its package index in this layer",
                advice="add --no-cache",
                alias=alias,
                fix=edit if install.command.can_be_edited(verb) else None,
            )
        else:
            clean = f"{install.tool} clean {'-a' if install.manager == 'zypper' else 'all'}"
            report(
                install.span,
                f"{install.tool} keeps metadata and packages in this layer",
                advice=f"end the RUN with && {clean}",
                alias=alias,
            )


def _is_clean(install: Install) -> bool:
    command, step = install.command, install.step
    if install.manager == "apk" and (install.arguments.has("--no-cache") or command.has("--no-cache")):
        return True
    if is_kept_out(step, command, *_CACHES[install.manager]):
        return True
    if install.manager == "zypper":
        return runs_later(step, command, ("zypper",), "clean", "cc")
    return install.manager == "dnf" and runs_later(step, command, ("dnf", "yum", "microdnf", "dnf5", "tdnf"), "clean")
