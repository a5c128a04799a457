"""Report tools of developers in the image that ships."""

from dlint.checks import WARNING, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.dependency_groups import DEVELOPMENT, default_groups
from dlint.model.packages import Install
from dlint.model.projects import read_project
from dlint.model.python_installs import normalise
from dlint.model.role import Role, has_command
from dlint.model.shipping import shipped_stages
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = lazy(
    r"(?i)(?:\A|/)(?:requirements?[-_.](?:dev|develop|development|test|tests|testing|lint)"
    r"|(?:dev|develop|development|test|tests|testing|lint)[-_.]requirements?"
    r"|requirements/(?:dev|develop|development|test|tests|testing|lint))\.(?:txt|in|lock)\Z"
)
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK)
_LEAVE_OUT = {"uv": "--no-dev", "poetry": "--without", "pdm": "--prod"}


@rule(
    "dev-dependencies-in-image",
    severity=WARNING,
    triggers=("uv ", "uv\"", "poetry", "pdm", "pipenv", "dev", "test", "lint"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    if build.role in _QUIET_ROLES or not has_command(build):
        return
    stages = shipped_stages(build)
    seen: set[str] = set()
    for install in build.installs:
        if install.step.stage not in stages or install.is_conditional or install.manager not in _MANAGERS:
            continue
        asked = _asked_for(install)
        if asked:
            word, what = asked
            if what not in seen:
                seen.add(what)
                report(word.span, f"{what} is for people who work on the project, and gets into the image that ships",
                       advice="leave it out, or install it in a stage of its own for tests")  # fmt: skip
            continue
        groups = _by_default(build, install)
        if groups and str(groups) not in seen:
            seen.add(str(groups))
            _report_default(report, install, groups)


def _asked_for(install: Install) -> tuple[Word, str] | None:
    """Return the argument that asks for tools of developers, and what it asks for."""
    arguments = install.arguments
    for word in install.files:
        if _FILE.search(word.value):
            return word, word.value.rpartition("/")[2] if "requirements/" not in word.value else word.value
    for package in install.packages:
        extras = package.name.partition("[")[2].rstrip("]").split(",") if package.is_local else []
        found = [extra.strip() for extra in extras if normalise(extra.strip()) in DEVELOPMENT]
        if found:
            return package.word, f"the extra {found[0]}"
    for value, word in arguments.words("--group", "--extra", "--with", "--only-group", "-G"):
        found = [name for name in value.replace(",", " ").split() if normalise(name) in DEVELOPMENT]
        if found:
            return word, f"the group {found[0]}"
    if install.manager == "uv" and install.verb == "sync" or install.manager == "pipenv":
        for name, _, word, _ in arguments.options:
            if name in ("--dev", "--only-dev") or (name == "-d" and install.manager == "pipenv"):
                return word, "the group dev"
    return None


def _by_default(build: Build, install: Install) -> dict[str, list[str]]:
    """Return the groups for developers that come along because nobody says no."""
    arguments, command = install.arguments, install.command
    if install.manager == "uv":
        if install.verb != "sync" or arguments.has("--no-dev", "--no-default-groups", "--only-group", "--script", "--dry-run"):
            return {}
        names = ("UV_NO_DEV", "UV_NO_DEFAULT_GROUPS", "UV_NO_GROUP")
        if any(command.step.environment.set_value(name) is not None or command.setting(name) for name in names):
            return {}
    elif install.manager == "poetry":
        if install.verb not in ("install", "sync") or arguments.has("--only", "--no-dev", "--only-root", "--dry-run"):
            return {}
    elif install.manager != "pdm" or install.verb not in ("install", "sync") or arguments.has("--prod", "--production", "--no-default"):
        return {}
    without = _listed(value for value, _ in arguments.words("--no-group", "--without"))
    found = default_groups(read_project(build, install, "pyproject.toml"), install.manager)
    if arguments.has("--no-dev") or is_true(command.setting("PDM_NO_DEV")):
        return {}
    return {name: names for name, names in found.items() if normalise(name) in DEVELOPMENT - without}


def _listed(values: "Iterable[str]") -> set[str]:
    return {normalise(name) for value in values for name in value.replace(",", " ").split()}


def _report_default(report: Report, install: Install, groups: dict[str, list[str]]) -> None:
    names = [name for members in groups.values() for name in members]
    listed = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    option = _LEAVE_OUT[install.manager]
    if install.manager == "poetry":
        option = f"{option} {','.join(groups)}"
    elif install.manager == "uv" and set(groups) != {"dev"}:
        option = "--no-default-groups"
    report(
        install.span,
        f"{install.tool} {install.verb} installs the {'group' if len(groups) == 1 else 'groups'} {', '.join(groups)}, too: {listed}",
        advice=f"pass {option}",
        fix=_fix(install, option),
    )


def _fix(install: Install, option: str) -> Fix | None:
    word = next((word for word in install.command.arguments if word.value == install.verb), None)
    if word is None or not install.command.can_be_edited(word):
        return None
    return fix("unsafe", f"pass {option}", (Span(word.span.end, word.span.end), f" {option}"))


_MANAGERS = frozenset({"pip", "uv", "poetry", "pdm", "pipenv"})
