"""Report indexes that are asked beside PyPI, where the highest version wins."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.indexes import OPEN_TO_ALL, is_left_behind, is_public
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy
from dlint.text import Span

# The name and password in front of the host may be a command: $(cat /run/secrets/token).
_HOST = lazy(r"https?://(?:(?:\$\([^()]*\)|[^/\s@$]|\$)*@)?([a-z0-9.-]+)(?=[:/]|\Z)")
_BUILD = lazy(r"download\.pytorch\.org/whl/(cu\d+)")
_TORCH = ("torch", "torchvision", "torchaudio")
_VARIABLES = ("PIP_EXTRA_INDEX_URL", "UV_EXTRA_INDEX_URL")


@rule("ambiguous-extra-index", severity=WARNING, triggers=("extra-index-url", "extra_index_url"))
def check(build: Build, report: Report) -> None:
    installs = [install for install in build.installs if install.manager in ("pip", "uv")]
    for install in installs:
        if _asks_in_order(install) or _is_exact(install):
            continue
        for value, word in install.arguments.words("--extra-index-url"):
            address = install.command.resolve(word) or value
            start = word.span.end - len(value) if word.value.endswith(value) and not word.is_quoted else word.span.start
            if _judge(report, install, address.removeprefix("--extra-index-url="), Span(start, word.span.end)):
                break
    _variables(build, installs, report)


def _judge(report: Report, install: Install, address: str, span: Span) -> bool:
    """Report an address if it is one to report; whether it was."""
    build = _BUILD.search(address)
    loose = [package.name for package in install.packages if package.name in _TORCH and not package.version]
    if (
        build
        and loose
        and is_left_behind(build[1])
        and all(package.version is not None for package in install.packages)
    ):
        report(
            span,
            f"PyPI has newer releases of {loose[0]} than this index, so pip does not take those for {build[1]}",
            advice="use --index-url for it, or pin the release",
        )
        return True
    host = _HOST.match(address)
    if host is None or UNKNOWN in host[1]:
        return False
    name = _main_host(install) if host[1].endswith("pypi.org") and host[1] not in OPEN_TO_ALL else host[1]
    if name is None or is_public(name):
        return False
    _private(report, name, span)
    return True


def _main_host(install: Install) -> str | None:
    """Return the host of the main index, where one is given."""
    given = install.arguments.get("-i", "--index-url") or install.command.setting("PIP_INDEX_URL")
    match = _HOST.match(given) if given else None
    return match[1] if match else None


def _private(report: Report, host: str, span: Span) -> None:
    if host in OPEN_TO_ALL:
        message = f"anybody may upload to {host}, and pip takes a higher version from there"
        advice = "install from PyPI, or name the one file that is needed"
    else:
        message = f"whoever registers a name of {host} on PyPI with a higher version gets installed instead"
        advice = "use one index with --index-url that also passes PyPI on, or uv, which takes the first that has a name"
    report(span, message, advice=advice)


def _variables(build: Build, installs: list[Install], report: Report) -> None:
    """Report the ENV that gives installations a further index, once for each value."""
    used = {
        (name, install.command.setting(name))
        for install in installs
        if not _asks_in_order(install) and not _is_exact(install)
        for name in _VARIABLES
    }
    for step in build.steps(ast.Env):
        assert isinstance(step.instruction, ast.Env)
        for pair in step.instruction.pairs:
            if pair.key.value not in _VARIABLES or pair.value is None:
                continue
            value = build.variables.expand(pair.value, step.environment)
            hosts = [match[1] for part in value.split() if (match := _HOST.match(part)) and not is_public(match[1])]
            if hosts and (pair.key.value, value) in used:
                used.remove((pair.key.value, value))
                _private(report, hosts[0], pair.span)


def _asks_in_order(install: Install) -> bool:
    """Whether the first index that has a name decides, or no index does."""
    if install.arguments.has("--no-index", "--require-hashes"):
        return True
    if install.manager != "uv":
        return bool(install.command.setting("PIP_NO_INDEX"))
    strategy = install.arguments.get("--index-strategy") or install.command.setting("UV_INDEX_STRATEGY")
    return strategy != "unsafe-best-match"


def _is_exact(install: Install) -> bool:
    """Whether all that is named is one build that only one index can have."""
    return bool(install.packages) and all(
        package.is_local or package.is_url or ("==" in (package.version or "") and "+" in (package.version or ""))
        for package in install.packages
    )
