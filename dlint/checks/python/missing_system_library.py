"""Report Python distributions whose system library or program is missing."""

from dlint.checks import ERROR, WARNING, Fix, Report, Severity, Span, fix, rule
from dlint.checks.claims import claim
from dlint.knowledge.system_libraries import BRINGS_NOTHING, NEEDS, THROUGH, Need
from dlint.model.base_python import finds_base_python
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.order import BEFORE_ALL, first_place
from dlint.model.packages import Install
from dlint.model.python_installs import normalise
from dlint.model.shipping import shipped_stages
from dlint.model.stages import Stage, Step
from dlint.model.system_packages import may_install_more, system_packages
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

# Folders of other stages that hold no system libraries.
_NO_LIBRARIES = lazy(
    r"(?i)venv|site-packages|dist-packages|\.local|conda|/app(?:/|\Z)|/code(?:/|\Z)|/usr/local/bin|\A/uvx?\Z|/bin/uv|\.py\Z|/opt/[\w-]+/?\Z|/usr/local/lib/python|\A/(?:install|wheels|deps)"
)
_INSTEAD = {"opencv-python": "opencv-python-headless", "opencv-contrib-python": "opencv-contrib-python-headless",
            "psycopg2": "psycopg2-binary"}  # fmt: skip
_OWN_LIBRARY = lazy(r"LD_LIBRARY_PATH|LD_PRELOAD")


@rule(
    "missing-system-library",
    severity=ERROR,
    triggers=(*NEEDS, *THROUGH),
    context_triggers=("install", "sync"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    target = build.target
    if target is None:
        return
    seen: set[tuple[Stage, str]] = set()
    removed = _removed(build)
    for request in build.requests:
        wanted = THROUGH.get(request.name, request.name)
        if wanted not in NEEDS or wanted in removed or not _counts(request):
            continue
        for need in NEEDS[wanted]:
            stage = request.step.stage if need.at_build else target
            if (stage, need.what) in seen or not _lacks(build, stage, need) or not _applies(build, request, need):
                continue
            severity = _severity(request, need)
            if severity is not None:
                seen.add((stage, need.what))
                _report(build, report, request, wanted, need, stage, severity)


def _removed(build: Build) -> set[str]:
    """Return what is uninstalled again, and what a headless build replaces."""
    found = {
        normalise(word.value)
        for command in build.commands("pip", "uv")
        if command.has("uninstall")
        for word in command.arguments
    }
    if any(request.name.endswith("-headless") for request in build.requests):
        found |= {"opencv-python", "opencv-contrib-python"}
    return found


def _counts(request: Request) -> bool:
    """Whether a distribution comes as a wheel or an archive of its own name."""
    package, install = request.package, request.install
    if install.manager == "conda" or package.is_url or package.is_local or package.marker:
        return False
    return install.verb not in ("download", "wheel", "tool install") and not install.arguments.has("--no-binary")


def _applies(build: Build, request: Request, need: Need) -> bool:
    if need.at_build:
        if request.release is not None and request.release < need.since:
            return False
        return finds_base_python(build, request.install.command) and request.is_from_default_index
    return request.step.stage in shipped_stages(build)


def _lacks(build: Build, stage: Stage, need: Need) -> bool:
    """Whether a stage certainly does not have what is needed."""
    installed = set(system_packages(build, stage))
    if not build.once(f"is plain {stage.index}", lambda: _is_plain(build, stage, installed)):
        return False
    return not _has_all(installed, need) if need.at_build else not installed & need.given_by


def _is_plain(build: Build, stage: Stage, installed: set[str]) -> bool:
    """Whether a stage surely holds nothing but a bare system and packages that bring no libraries."""
    root = stage.root
    is_bare = (
        (root.family == "python" and root.flavour == "slim")
        or root.family in ("debian", "ubuntu")
        or (root.family == "cuda" and root.flavour in ("base", "runtime"))
    )
    if not is_bare or root.os not in ("debian", "ubuntu") or may_install_more(build, stage):
        return False
    return installed <= BRINGS_NOTHING and not _may_come_otherwise(build, stage)


def _has_all(installed: set[str], need: Need) -> bool:
    """Whether every package that a build needs is there, or something that brings it."""
    others = need.given_by - frozenset(need.packages.split())
    has_compiler = bool(installed & {"gcc", "g++", "build-essential", "clang", "gfortran"})
    for name in need.packages.split():
        if name in ("gcc", "g++"):
            if not has_compiler:
                return False
        elif name not in installed and not (name != "cmake" and others & installed):
            return False
    return True


def _may_come_otherwise(build: Build, stage: Stage) -> bool:
    """Whether libraries may come from another stage, the context, or what somebody builds."""
    return any(first_place(build, part, "library", _brings_library) is not None for part in stage.chain)


def _brings_library(build: Build, step: Step) -> int | None:
    instruction = step.instruction
    if isinstance(instruction, ast.Copy) and instruction.flag("from"):
        return None if all(_NO_LIBRARIES.search(word.value) for word in instruction.sources) else BEFORE_ALL
    if isinstance(instruction, ast.Transfer):
        text = instruction.destination.value.rstrip("/")
        return BEFORE_ALL if text in ("", "/usr", "/usr/lib", "/usr/local/lib") or text.endswith(".so") else None
    if isinstance(instruction, ast.Pairs):
        hit = any(
            _OWN_LIBRARY.match(pair.key.value) or "graphics" in (pair.value.value if pair.value else "")
            for pair in instruction.pairs
        )
        return BEFORE_ALL if hit else None
    names = (
        "make",
        "dpkg",
        "ninja",
        "conda",
        "mamba",
        "micromamba",
        "tar",
        "cmake",
        "alien",
        "aptitude",
        "apt-fast",
        "playwright",
    )
    places = [command.place for command in step.named(*names)]
    return min(places, default=None)


def _severity(request: Request, need: Need) -> Severity | None:
    if not need.at_build:
        # The build goes well; the container stops.
        is_sure = need.is_certain and not request.is_conditional
        return claim(request.install.command, ERROR if is_sure else WARNING)
    return claim(request.install.command, ERROR, is_certain=not request.is_conditional)


def _report(
    build: Build, report: Report, request: Request, wanted: str, need: Need, stage: Stage, severity: Severity
) -> None:
    through = f", which brings {wanted}," if wanted != request.name else ""
    if need.at_build:
        rest = "which is not installed: pip finds no wheel and cannot compile it"
    elif ".so" in need.what:
        rest = "which the image does not have: importing it fails"
    else:
        rest = "which the image does not have"
    instead = _INSTEAD.get(wanted) if wanted == request.name else None
    report(
        request.span,
        f"{request.name}{through} needs {need.what}, {rest}",
        advice=f"apt-get install -y --no-install-recommends {need.packages}"
        + (f", or take {instead}" if instead else ""),
        labels=((request.location, "asked for here"),) if request.path else (),
        severity=severity,
        fix=_fix(build, stage, need),
    )


def _fix(build: Build, stage: Stage, need: Need) -> Fix | None:
    """Return a fix that adds the packages to what the stage installs anyway."""
    present = system_packages(build, stage)
    wanted = [name for name in need.packages.split() if name not in present]
    for install in build.installs:
        if (
            install.manager != "apt"
            or install.step.stage not in stage.chain
            or install.is_conditional
            or not install.packages
        ):
            continue
        last = install.packages[-1].word
        if _is_last(install, last.span) and install.command.can_be_edited(last):
            return fix(
                "unsafe", f"install {' '.join(wanted)}", (Span(last.span.end, last.span.end), f" {' '.join(wanted)}")
            )
    return None


def _is_last(install: Install, span: Span) -> bool:
    return span.end >= install.command.span.end
