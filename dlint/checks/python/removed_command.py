"""Report commands and options that the installed release of a tool does not have anymore."""

from dlint.checks import ERROR, INFO, WARNING, Fix, Report, Span, fix, rule
from dlint.checks.claims import claim
from dlint.knowledge.removed_commands import (
    GONE,
    MAMBAFORGE,
    NEWEST,
    NO_APT_KEY_SINCE,
    NO_DEPENDENCIES_SINCE,
    Gone,
)
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.downloads import read_download
from dlint.model.tool_versions import pip_release, tool_release
from dlint.model.versions import release
from dlint.parser.shell.ast import Word


@rule(
    "removed-command",
    severity=ERROR,
    triggers=(
        "poetry", "gdown", "huggingface-cli", "transformers-cli", "nbextension", "serverextension", "pipenv",
        "--use-feature", "-option", "--process-dep", "use-wheel", "--egg", "pep517", "apt-key", "setup.py",
        "mambaforge",
    ),
    fix="unsafe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for command in build.commands(*GONE):
        _judge(build, command, report)
    for command in build.commands("apt-key"):
        _apt_key(command, report)
    for command in build.commands("python"):
        if [word.value for word in command.arguments[:2]] == ["setup.py", "install"]:
            _setup_py(build, command, report)
    for command in build.commands("curl", "wget"):
        _mambaforge(command, report)


def _judge(build: Build, command: Command, report: Report) -> None:
    for gone in GONE[command.name]:
        word = _used(command, gone)
        if word is None or (gone.subcommands == ("export",) and _has_export(build)):
            continue
        found = pip_release(build, command) if command.name == "pip" else _release(build, command, gone)
        severity = claim(command, ERROR) if found is not None and found >= gone.since else None
        if severity is None or found is None:
            continue
        which = "which is the newest one here" if found == NEWEST else f"and {'.'.join(map(str, found))} is installed"
        since = ".".join(map(str, gone.since))
        report(
            word.span,
            f"{_shown(command, gone, word)} is gone since {gone.distribution} {since}, {which}",
            advice=f"write {gone.instead}",
            severity=severity,
            fix=_fix(command, gone, word),
        )


def _release(build: Build, command: Command, gone: Gone) -> tuple[int, ...] | None:
    found = tool_release(build, command, gone.distribution)
    if gone.distribution == "notebook" and not any(request.name == "notebook" for request in build.requests):
        # jupyter brings the newest one along.
        return tool_release(build, command, "jupyter") and NEWEST
    return found


def _used(command: Command, gone: Gone) -> Word | None:
    """Return the word that is gone, None if the command does not use it."""
    values = [word for word in command.arguments if not word.value.startswith("-")]
    if gone.subcommands and (not values or values[0].value not in gone.subcommands):
        return None
    if not gone.options:
        return values[0] if gone.subcommands else command.program
    for index, word in enumerate(command.arguments):
        name, _, value = word.value.partition("=")
        following = command.arguments[index + 1].value if index + 1 < len(command.arguments) else ""
        if name in gone.options or f"{name}={value or following}" in gone.options:
            return word
    return None


def _shown(command: Command, gone: Gone, word: Word) -> str:
    if not gone.options:
        return f"{command.name} {word.value}" if gone.subcommands else command.name
    return f"{word.value} of {command.name}"


def _has_export(build: Build) -> bool:
    """Whether the plugin may be there."""
    project = build.context.text("pyproject.toml")
    return "plugin-export" in build.source.text or (project is not None and "plugin-export" in project.text)


def _fix(command: Command, gone: Gone, word: Word) -> Fix | None:
    if not command.can_be_edited(word):
        return None
    if gone.becomes:
        return fix("unsafe", f"write {gone.becomes}", (word.span, gone.becomes))
    verb = command.arguments[0].value if command.arguments else ""
    if command.name == "huggingface-cli" and not command.has("--local-dir-use-symlinks", "--resume-download"):
        name = {"download": "hf", "upload": "hf", "login": "hf auth", "logout": "hf auth", "whoami": "hf auth"}.get(
            verb
        )
        return fix("unsafe", f"write {name} {verb}", (word.span, name)) if name else None
    return None


def _apt_key(command: Command, report: Report) -> None:
    root = command.step.stage.root
    since, version = NO_APT_KEY_SINCE.get(root.os or ""), release(root.os_version)
    severity = claim(command, ERROR)
    if since and version and version >= since and severity is not None and command.program is not None:
        report(
            command.program.span,
            f"Debian {root.os_version} has no apt-key",
            advice="write the key to /etc/apt/keyrings, and name it in the source: [signed-by=…]",
            severity=severity,
        )


def _setup_py(build: Build, command: Command, report: Report) -> None:
    found = tool_release(build, command, "setuptools")
    if found is not None and found < NO_DEPENDENCIES_SINCE:
        return
    python = release(command.step.stage.root.python)
    # Older Pythons have an older setuptools.
    if python is not None and python < (3, 9):
        return
    severity = claim(command, WARNING if found is not None else INFO)
    if severity is not None:
        report(
            command.head(2),
            "setup.py install is deprecated: since setuptools 80 it leaves out what the project depends on",
            advice="pip install . does the same, and installs them",
            severity=severity,
        )


def _mambaforge(command: Command, report: Report) -> None:
    download = read_download(command)
    if download is None or not any(MAMBAFORGE in word.value for word in download.urls):
        return
    word = next(word for word in download.urls if MAMBAFORGE in word.value)
    severity = claim(command, ERROR)
    if severity is None:
        return
    start = word.text.find("Mambaforge")
    edit = None
    if start >= 0 and word.text.count("Mambaforge") == 1 and command.can_be_edited(word):
        place = word.span.start + start
        edit = fix("unsafe", "take Miniforge", (Span(place, place + len("Mambaforge")), "Miniforge3"))
    report(
        word.span,
        "the installers of Mambaforge are gone from the latest release: this address is not found",
        advice="take Miniforge3, which is the same and has mamba, too",
        severity=severity,
        fix=edit,
    )
