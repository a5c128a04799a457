"""Report settings of the Hugging Face libraries that they read no more."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.knowledge.huggingface import FIRST_NEW, HUB_USERS, PATHS, RENAMED
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.environment import PYTHON_MANAGERS, Request, manifests
from dlint.model.stages import Step
from dlint.model.versions import admits
from dlint.parser.dockerfile import ast

# Servers in Rust that read the old names on purpose.
_RUST_SERVERS = ("text-generation-launcher", "text-embeddings-router")


@rule(
    "hf-setting-deprecated", severity=WARNING, fix="unsafe",
    triggers=(*(name.lower() for name in RENAMED), "hf-transfer"), context_triggers=PYTHON_TOOLS,
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    if (build.server and build.server.name in _RUST_SERVERS) or not _takes_new_releases(build):
        return
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Env):
            assert isinstance(step.instruction, ast.Env)
            for pair in step.instruction.pairs:
                if pair.key.value in RENAMED and pair.value is not None:
                    _setting(build, report, step, pair)
    for request in build.requests:
        if request.name == "hf-transfer" and request.step.stage in build.runtime_chain:
            report(
                request.span,
                "hf_transfer has had no effect since huggingface_hub 1.0",
                advice="leave it out; huggingface_hub brings hf_xet",
                severity=INFO,
            )


def _takes_new_releases(build: Build) -> bool:
    """Whether the image surely gets transformers 5 or huggingface_hub 1: asked for, or held back by nothing."""
    users = [
        request for request in build.requests if request.name in HUB_USERS and request.step.stage in build.runtime_chain
    ]
    if any(_is_new(request) for request in users):
        return True
    return bool(users) and all(_is_open(request) for request in users) and not _hides_pins(build)


def _hides_pins(build: Build) -> bool:
    """Whether something is installed whose own requirements cannot be seen: a project, a lock, a file."""
    for install in build.installs:
        if install.manager not in PYTHON_MANAGERS or install.step.stage not in build.runtime_chain:
            continue
        if install.verb.endswith("sync") or install.manager in ("poetry", "pdm", "pipenv"):
            return True
        if any(package.is_local or package.is_url for package in install.packages):
            return True
        if len(install.files) != sum(1 for _ in manifests(build, install)):
            return True
    return False


def _is_new(request: Request) -> bool:
    first, release = FIRST_NEW.get(request.name), request.release
    return first is not None and release is not None and release >= first


def _is_open(request: Request) -> bool:
    """Whether the newest release is taken; one of a package that asks for transformers pins that too."""
    package = request.package
    if package.is_url or package.is_local or package.version is None or request.install.constraints:
        return False
    return not package.version or ("<" not in package.version and admits(package.version, "999999") is True)


def _setting(build: Build, report: Report, step: Step, pair: ast.KeyValue) -> None:
    old = pair.key.value
    renamed = RENAMED[old]
    target = build.target
    if target is None or pair.value is None or any(target.environment.set_value(name) for name in renamed.covers):
        return
    value = build.variables.expand(pair.value, step.environment)
    if not value or (old not in PATHS and not is_true(value)):
        return
    report(
        pair.key.span,
        f"{renamed.why}: {old} is now {renamed.new}" if renamed.is_read else renamed.why,
        advice=f"set {renamed.new}",
        severity=INFO if renamed.is_read else WARNING,
        fix=_fix(build, pair, renamed.new),
    )


def _fix(build: Build, pair: ast.KeyValue, new: str) -> Fix | None:
    # Another line that uses the old name would lose its value.
    name = pair.key.value
    if build.once(f"count {name}", lambda: build.source.text.count(name)) != 1:
        return None
    return fix("unsafe", f"rename it to {new}", (pair.key.span, new))
