"""Report commands and options that the version to be installed no longer has."""

from dlint.checks import ERROR, WARNING, Fix, Report, Severity, fix, rule
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.environment import Request
from dlint.model.stages import Stage
from dlint.model.versions import release
from dlint.parser.shell.ast import Word

# Nothing of these asks for an older huggingface_hub.
_BESIDE_HUB = frozenset({"huggingface-hub", "hf-transfer", "hf-xet", "pip", "uv", "setuptools", "wheel"})


@rule(
    "removed-command",
    severity=ERROR,
    triggers=("poetry install", "poetry export", "2020-resolver", "huggingface-cli", "apt-key"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    for command in build.commands("poetry", "pip", "huggingface-cli", "apt-key"):
        stage = command.step.stage
        if command.name == "poetry" and command.arguments:
            _poetry(build, command, report)
        elif command.name == "pip" and _has_new_pip(build, stage):
            for word in command.arguments:
                if word.value in ("--use-feature=2020-resolver", "2020-resolver"):
                    _report(
                        report, command, word, "pip no longer knows 2020-resolver", "leave it out: it is the only one"
                    )
        elif command.name == "huggingface-cli" and command.program and _has_new_hub(build, command):
            _report(report, command, command.program, "huggingface_hub 1.0 took huggingface-cli away", "write hf", "hf")
        elif (
            command.name == "apt-key" and command.program and (stage.root.os, stage.root.os_version) == ("debian", "13")
        ):
            _report(
                report, command, command.program, "Debian 13 has no apt-key",
                "put the key into /etc/apt/keyrings and name it with signed-by", severity=WARNING,
            )  # fmt: skip


def _poetry(build: Build, command: Command, report: Report) -> None:
    verb = command.arguments[0]
    if verb.value not in ("install", "export") or not _has_new_poetry(build, command):
        return
    if verb.value == "install":
        for word in command.arguments:
            if word.value == "--no-dev":
                _report(report, command, word, "poetry 2 has no --no-dev", "write --only main", "--only main")
    elif "plugin-export" not in build.source.text:
        _report(report, command, verb, "poetry 2 has no export of its own", "install poetry-plugin-export with it")


def _report(
    report: Report, command: Command, word: Word, what: str, advice: str, instead: str | None = None, *,
    severity: "Severity | None" = None,
) -> None:  # fmt: skip
    found: Fix | None = None
    if instead and command.can_be_edited(word):
        found = fix("unsafe", f"write {instead}", (word.span, instead))
    lowered = WARNING if severity is WARNING or command.is_conditional else None
    report(word.span, what, advice=advice, severity=lowered, fix=found)


def _python(stage: Stage) -> tuple[int, ...]:
    """Return the version of Python in an image of python, () where it is unknown."""
    return (release(stage.root.python) or ()) if stage.root.family == "python" else ()


def _requests(build: Build, command: Command, name: str) -> list[Request]:
    """Return where a package is asked for above a command, in its stage or those below."""
    chain = command.step.stage.chain
    return [
        request
        for request in build.requests
        if request.name == name and request.step.stage in chain and request.install.command.place < command.place
    ]


def _has_new_pip(build: Build, stage: Stage) -> bool:
    """Whether pip is surely 23 or later: images of Python 3.12 never had an older one."""
    return _python(stage) >= (3, 12) and not any(
        request.name == "pip" and request.package.version for request in build.requests
    )


def _has_new_poetry(build: Build, command: Command) -> bool:
    """Whether poetry 2 is what every way to install it above the command gives; it needs Python 3.9."""
    if _python(command.step.stage) < (3, 9):
        return False
    found = _requests(build, command, "poetry")
    chain = command.step.stage.chain
    others = [
        other for other in build.commands("pipx", "curl", "wget", "python")
        if other.step.stage in chain and any("poetry" in value for value in other.values())
    ]  # fmt: skip
    return bool(found) and not others and all(_is_at_least(request, 2) for request in found)


def _is_at_least(request: Request, major: int) -> bool:
    """Whether a request surely gives this major version, or a later one."""
    version = request.package.version
    if version is None or request.is_conditional or not request.is_from_default_index or request.install.constraints:
        return False
    if request.install.command.setting("PIP_CONSTRAINT"):
        return False
    if not version:
        return True
    parts = [part.strip() for part in version.split(",")]
    lowest = [release(part.lstrip("=~> ")) for part in parts if part.startswith(("==", "~=", ">="))]
    return any(numbers is not None and numbers[0] >= major for numbers in lowest)


def _has_new_hub(build: Build, command: Command) -> bool:
    """Whether huggingface_hub is 1.0 or later: asked for alone, or in a version that says so."""
    found = _requests(build, command, "huggingface-hub")
    if not found or _python(command.step.stage) < (3, 9) or not all(_is_at_least(request, 1) for request in found):
        return False
    chain = command.step.stage.chain
    if any(request.package.version for request in found):
        return True
    installs = [install for install in build.installs if install.step.stage in chain]
    if any(install.files or install.constraints for install in installs if install.manager in ("pip", "uv")):
        return False
    return all(request.name in _BESIDE_HUB for request in build.requests if request.step.stage in chain)
