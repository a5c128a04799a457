"""The text of a RUN that installs packages of the system, with other packages in it."""

from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.packages import Install
    from dlint.parser.dockerfile.ast import Instruction
    from dlint.text import Source

_PREPARING = frozenset({"update", "clean", "autoclean", "autoremove"})
_LISTS = ("/var/lib/apt/lists", "/var/cache/apt", "/tmp", "/var/tmp")
NO_RECOMMENDS = "--no-install-recommends"


def is_only_apt(install: "Install") -> bool:
    """Whether a RUN does nothing but install packages of Debian with one command, and tidy up."""
    for command in install.step.commands:
        if command is install.command or command.simple is install.command.simple:
            continue
        if command.name in ("apt-get", "apt") and not _PREPARING.isdisjoint(command.values()):
            continue
        if command.name == "rm" and all(value.startswith(("-", *_LISTS)) for value in command.values()):
            continue
        return False
    return not install.step.instruction.heredocs and install.step.instruction.json is None


def with_packages(source: "Source", install: "Install", instead: dict[str, tuple[str, ...]]) -> str:
    """Return the text of the RUN with other packages: *instead* has those for each name, none to leave it out.

    Without what is recommended: what is written anew should not bring more than it names.
    """
    instruction = install.step.instruction
    edits: list[tuple[Span, str]] = []
    for package in install.packages:
        words = instead[package.name]
        if words != (package.name,):
            edits.append(_replaced(source.text, instruction, package.span, words))
    if NO_RECOMMENDS not in install.command.values():
        place = install.span.end
        after = source.text[place:]
        if after.startswith((" -y ", " -yq ", " -qy ")):
            place += after.index(" ", 1)
        edits.append((Span(place, place), f" {NO_RECOMMENDS}"))
    if not any(command.has("update") for command in install.step.commands):
        edits.append((Span(install.command.place, install.command.place), "apt-get update && "))
    text, start = source.text[instruction.start : instruction.end], instruction.start
    for span, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start - start] + new + text[span.end - start :]
    text = _without_open_end(text)
    is_tidy = any(command.name == "rm" for command in install.step.commands) or install.step.instruction.flags
    if is_tidy:
        return text
    # A RUN of several lines gets one more, as the others are.
    begin = "\n".join(text.split("\n")[-1:])
    indent = " \\\n" + begin[: len(begin) - len(begin.lstrip())] if "\n" in text else " "
    return f"{text}{indent}&& rm -rf /var/lib/apt/lists/*"


def _without_open_end(text: str) -> str:
    """Return a text without a continuation into nothing."""
    text = text.rstrip()
    while text.endswith("\\"):
        text = text[:-1].rstrip()
    return text


def _replaced(text: str, instruction: "Instruction", span: Span, words: tuple[str, ...]) -> tuple[Span, str]:
    """Return the edit that puts words in the place of one, which has its line to itself if it had one before."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    before, after = text[begin : span.start], text[span.end : end]
    is_alone = not before.strip() and after.strip() in ("\\", "") and begin > instruction.start
    if words:
        return span, (f"{after}\n{before}" if is_alone and after.strip() else " ").join(words)
    if is_alone:
        return Span(begin, end + 1 if after.strip() else end), ""
    if not before.strip():
        return Span(span.start, span.end + len(after) - len(after.lstrip(" "))), ""
    return Span(begin + len(before.rstrip(" ")), span.end), ""
