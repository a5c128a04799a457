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
    needless = _needless(build)
    for command in build.commands(*ASKING):
        tool = ASKING[command.name]
        verb, _ = verb_of(command.arguments, tool.value_options)
        if verb not in tool.verbs and not (tool.letters and command.values()[:1] and _has_letter(command, tool)):
            continue
        if (
            _is_answered(command, tool)
            or any(word in text for word in tool.settings)
            or _may_be_configured(command, tool)
        ):
            continue
        if command.simple in needless:
            continue
        word = next((word for word in command.arguments if word.value == verb), command.arguments[0])
        span = Span(command.head(0).start, word.span.end)
        report(
            span,
            f"{command.name} {word.value} asks before it goes on{_more(command)}, and a build has nobody to answer",
            advice=f"add {tool.option}",
            alias=tool.aliases if verb in ("install", "in") else (),
            severity=INFO if command.is_conditional else WARNING,
            fix=_fix(command, word, tool),
        )


def _more(command: Command) -> str:
    return ", where more comes along than is named" if command.name in _APT else ""


def _has_letter(command: Command, tool: Asking) -> bool:
    """Whether the first argument is an operation in letters, as pacman -S and -Syu are."""
    first = command.values()[0]
    return first[:2] in tool.letters and not any(letter in first for letter in "sigklcp")


def _is_answered(command: Command, tool: Asking) -> bool:
    """Whether an option, the input or a variable answers for the person."""
    arguments = Arguments(command.arguments, tool.value_options)
    if arguments.has(*tool.yes) or any(value.startswith(tool.yes_with_value) for value in command.values()):
        return True
    # -q counts twice for apt, which then asks no more.
    if tool.option == "-y" and "-q" in tool.quiet and sum(_quietness(value) for value in command.values()) > 1:
        return True
    if any(command.resolve(word) is None for word in command.arguments if word.value.startswith("$")):
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
