"""Report package managers that ask before they install."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.knowledge.package_managers import ASKING, Asking
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.model.packages import verb_of
from dlint.model.stages import Stage
from dlint.parser.shell.ast import SimpleCommand, Word
from dlint.text import Span

_APT = ("apt-get", "apt", "aptitude")
# It comes along with every downloader.
_RECOMMENDED = frozenset({"ca-certificates"})


@rule(
    "install-prompts", severity=WARNING, aliases=("DL3014", "DS-0021", "DL3030", "DL3034", "DL3038"),
    triggers=("apt", "yum", "dnf", "zypper", "pacman"), fix="unsafe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    text = build.source.text.lower()
    configured = {name for name, tool in ASKING.items() if any(setting in text for setting in tool.settings)}
    needless = _needless(build)
    for command in build.commands(*ASKING):
        if command.name in configured or command.simple in needless:
            continue
        tool = ASKING[command.name]
        word = _verb(command, tool)
        if word is None or _is_answered(command, tool) or _may_be_configured(command, tool):
            continue
        report(
            Span(command.head(0).start, word.span.end),
            f"{command.name} {word.value} asks before it goes on{_more(command)}, and a build has nobody to answer",
            advice=f"add {tool.option}",
            alias=tool.aliases if word.value in ("install", "in") else (),
            severity=INFO if command.is_conditional else WARNING,
            fix=_fix(command, word, tool),
        )


def _verb(command: Command, tool: Asking) -> Word | None:
    """Return the word that tells the package manager to change something."""
    words = command.arguments
    if tool.letters:
        # pacman -S NAME, pacman -Syu; but not -Ss, which searches, and -Sy alone.
        first = words[0].value if words else ""
        changes = first[:2] in tool.letters and not any(letter in first for letter in "sigklcp")
        return words[0] if changes and (len(words) > 1 or "u" in first) else None
    verb, _ = verb_of(words, tool.value_options)
    return next((word for word in words if word.value == verb), None) if verb in tool.verbs else None


def _more(command: Command) -> str:
    return ", where more comes along than is named" if command.name in _APT else ""


def _is_answered(command: Command, tool: Asking) -> bool:
    """Whether an option, the input or a variable answers for the person."""
    arguments = Arguments(command.arguments, tool.value_options)
    texts = [command.resolve(word) for word in command.arguments]
    if any(text is None for text, word in zip(texts, command.arguments, strict=True) if word.value.startswith("$")):
        return True
    # A variable may hold several options.
    values = [value for text in texts if text for value in text.split()]
    if arguments.has(*tool.yes) or any(value in tool.yes or value.startswith(tool.yes_with_value) for value in values):
        return True
    # -q counts twice for apt, which then asks no more.
    if "-q" in tool.quiet and sum(_quietness(value) for value in values) > 1:
        return True
    pipeline = command.simple.pipeline
    is_fed = pipeline is not None and pipeline.elements and pipeline.elements[0] is not command.simple
    reads = any(item.operator.startswith(("<", "0<")) for item in command.redirections)
    return is_fed or reads


def _quietness(value: str) -> int:
    if value == "--quiet":
        return 1
    return value.count("q") if value.startswith("-") and not value.startswith("--") and "=" not in value else 0


def _needless(build: Build) -> frozenset[SimpleCommand]:
    """Return the apt installations of what earlier ones have brought: there is nothing to ask about."""
    names: dict[Stage, set[str]] = {}
    found = set()
    for install in build.installs:
        if install.manager != "apt":
            continue
        stage = install.step.stage
        if stage not in names:
            names[stage] = set(next((names[below] for below in stage.chain if below in names), _RECOMMENDED))
        if install.packages and install.names() <= names[stage]:
            found.add(install.command.simple)
        names[stage] |= install.names()
    return frozenset(found)


def _may_be_configured(command: Command, tool: Asking) -> bool:
    """Whether the base image may have been told to answer yes always."""
    return tool.option == "-y" and command.step.stage.root.family is None


def _fix(command: Command, word: Word, tool: Asking) -> Fix | None:
    if not command.can_be_edited(word):
        return None
    return fix("unsafe", f"add {tool.option}", (Span(word.span.end, word.span.end), f" {tool.option}"))
