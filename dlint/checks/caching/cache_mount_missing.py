"""Report installations whose downloads no cache mount keeps for the next build."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.caches import has_mount_below, has_variable_mount, home, removes
from dlint.model.packages import Install
from dlint.parser.dockerfile import ast
from dlint.text import Span

# Manager -> parts of the paths that a mount may cover, and the folder below the home.
_CACHES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "pip": ((".cache/pip", "/pip"), ".cache/pip"), "uv": ((".cache/uv", "/uv"), ".cache/uv"),
    "poetry": ((".cache/pypoetry", "poetry"), ".cache/pypoetry"), "pdm": ((".cache/pdm", "pdm"), ".cache/pdm"),
    "pipenv": ((".cache/pip", "pipenv"), None), "conda": (("/pkgs", ".cache"), None),
    "npm": (("/.npm", "npm"), ".npm"), "yarn": (("yarn",), None), "pnpm": (("pnpm",), None),
    "apt": (("/var/cache/apt", "/var/lib/apt"), None), "apk": (("/var/cache/apk", "/etc/apk/cache"), None),
    "dnf": (("/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"), None), "zypper": (("/var/cache/zypp",), None),
    "go": (("/go/pkg/mod", "go-build", "/pkg/mod"), None), "gem": (("/gem", "bundle"), None),
}  # fmt: skip
_CACHE_OFF = ("--no-cache-dir", "--no-cache", "-n")


@rule(
    "cache-mount-missing", severity=INFO, default=False, fix="unsafe",
    triggers=("pip", "uv", "conda", "mamba", "poetry", "pdm", "npm", "yarn", "apt", "apk", "dnf", "yum", "zypper",
    "go ", "gem"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    seen = set()
    # A mount is for the whole instruction: none of its commands may refuse it.
    refused = {(install.step, install.manager) for install in build.installs if _is_off(install)}
    for install in build.installs:
        known = _CACHES.get(install.manager)
        if known is None or (install.step, install.manager) in seen or install.step.instruction.onbuild:
            continue
        seen.add((install.step, install.manager))
        fragments, below_home = known
        if has_variable_mount(install.step) or has_mount_below(install.step, *fragments):
            continue
        folder = home(install.step)
        target = f"{folder}/{below_home}" if folder and below_home else None
        place = target or (fragments[0] if not below_home and fragments[0].startswith("/var") else None)
        report(
            install.span,
            f"whenever this layer is built anew, {install.tool} downloads everything again",
            advice=f"write RUN --mount=type=cache,target={place}"
            if place
            else f"add RUN --mount=type=cache for the folder where {install.tool} keeps its downloads",
            fix=None if (install.step, install.manager) in refused else _fix(install, target),
        )


def _fix(install: Install, target: str | None) -> Fix | None:
    instruction = install.step.instruction
    if target is None or not isinstance(instruction, ast.Run):
        return None
    if removes(install.step, install.command, *_CACHES[install.manager][0]):
        return None
    end = instruction.name.end
    return fix("unsafe", "add a cache mount", (Span(end, end), f" --mount=type=cache,target={target}"))


def _is_off(install: Install) -> bool:
    """Whether an installation uses no cache, or one somewhere else."""
    command = install.command
    return any(word.value in _CACHE_OFF for word in command.arguments) or any(
        command.setting(name) for name in ("PIP_NO_CACHE_DIR", "UV_NO_CACHE", "PIP_CACHE_DIR", "UV_CACHE_DIR")
    )
