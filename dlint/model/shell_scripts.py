"""The shell scripts of a build, with what ShellCheck has to know of each: dialect, options, variables."""

from dlint.model.commands import Command
from dlint.model.scripts import handed_word, read_documents, script_text, shell_name
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.words import json_string_text
from dlint.parser.mapped import MappedText
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build

# What the shells are called where ShellCheck knows them. /bin/sh is a matter of the distribution.
_DIALECTS = {"bash": "bash", "dash": "dash", "ash": "busybox", "ksh": "ksh", "mksh": "ksh"}
_SH = {
    "debian": "dash", "ubuntu": "dash", "alpine": "busybox",
    **dict.fromkeys(("rhel", "centos", "rocky", "alma", "fedora", "amazonlinux", "opensuse"), "bash"),
}  # fmt: skip
PORTABLE = "sh"
# RUN has these without an ARG.
_PROXIES = frozenset(
    name
    for base in ("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy")
    for name in (base, base.upper())
)
_NAME = lazy(r"\$\{?[#!]?([A-Za-z_]\w*)|\b([A-Za-z_]\w*)\+?=")
_ANY_NAME = lazy(r"()\b([A-Za-z_]\w*)\b")
_HANDED_OVER = lazy(r"<<|sh\b[^\n]*-\w*c\b")
_RELINKED = lazy(r"\bln\b[^\n]*\s/bin/sh\b|dpkg-(?:reconfigure|divert)\b[^\n]*(?:dash|/bin/sh)\b")
# Images that change /bin/sh or set a SHELL: their own Dockerfiles are not all there to be read.
_OWN_SHELLS = frozenset({"ngc", "rocm", "jupyter", "conda", "tensorflow"})
_WINDOWS = lazy(r"(?i)(?:^|[\s\"'=])[a-z]:\\|\.exe\b|\bpowershell\b")
_SPECIAL = frozenset("$`\\")


class ShellScript:
    """A script that a shell reads.

    *dialect* is ``sh``, ``dash``, ``bash``, ``busybox`` or ``ksh``; *options* are what the shell is
    started with (``e``, ``pipefail``); *names* are the variables of the text that are set from outside.
    """

    __slots__ = ("dialect", "is_complete", "is_verbatim", "names", "options", "text")

    def __init__(
        self,
        text: MappedText,
        dialect: str,
        options: tuple[str, ...],
        names: tuple[str, ...],
        *,
        is_verbatim: bool = True,
        is_complete: bool = True,
    ) -> None:
        self.text = text
        self.dialect = dialect
        self.options = options
        self.names = names
        self.is_verbatim = is_verbatim
        """Whether the file holds the text as the shell reads it, so that it can be edited."""
        self.is_complete = is_complete
        """Whether nothing but *names* can be set: false for what runs with ``docker run -e``, or in ONBUILD."""

    @property
    def is_portable(self) -> bool:
        """Whether it is for an unknown /bin/sh, which may know more than POSIX asks for."""
        return self.dialect == PORTABLE


def shell_scripts(build: "Build") -> "Iterator[ShellScript]":
    """Yield every script for a shell that ShellCheck knows, in file order."""
    is_relinked = bool(_RELINKED.search(build.source.text))
    for step in build.steps(ast.Run, ast.Cmd, ast.Entrypoint, ast.Healthcheck, ast.Onbuild):
        if isinstance(step.instruction, ast.Onbuild):
            trigger = step.instruction.trigger
            step = Step(step.stage, step.index, trigger, step.environment, step.user, step.workdir, step.shell)
            yield from _of_step(step, is_complete=False, is_relinked=is_relinked)
        else:
            is_complete = isinstance(step.instruction, ast.Run) and not _may_set_anything(step)
            yield from _of_step(step, is_complete=is_complete, is_relinked=is_relinked)


def _may_set_anything(step: Step) -> bool:
    """Whether the base image is one of which nobody knows what it sets."""
    root = step.stage.root
    return step.environment.is_open and root.family is None


def _of_step(step: Step, *, is_complete: bool, is_relinked: bool) -> "Iterator[ShellScript]":
    found = script_text(step)
    dialect = _dialect(step, shell_name(found[1]), is_relinked=is_relinked) if found else None
    if found and dialect == PORTABLE and _WINDOWS.search(found[0].text):
        return
    if found and dialect:
        text, words = found
        yield ShellScript(text, dialect, _options(words), _names(text.text, step), is_complete=is_complete)
    if not isinstance(step.instruction, ast.CommandInstruction):
        return
    if step.instruction.json is None and not _HANDED_OVER.search(step.instruction.command_text.text):
        return
    for command in step.commands:
        dialect = _dialect(step, command.name, is_relinked=is_relinked)
        for text, is_verbatim in _handed_over(command) if dialect and command.name != "eval" else ():
            names = _names(text.text, step, step.exports)
            options = _options((command.name, *command.values()))
            yield ShellScript(
                text, dialect or "", options, names, is_verbatim=is_verbatim, is_complete=is_complete
            )  # fmt: skip


def _dialect(step: Step, name: str | None, *, is_relinked: bool) -> str | None:
    """Return what ShellCheck calls the shell with a name, None for shells it does not know."""
    if name != "sh":
        return _DIALECTS.get(name or "")
    root = step.stage.root
    if is_relinked or root.family in _OWN_SHELLS:
        return PORTABLE
    return "busybox" if root.family == "busybox" else _SH.get(root.os or "", PORTABLE)


def _options(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the options among a shell's arguments that matter: ``e`` and ``pipefail``."""
    found = []
    for word in words[1:]:
        if word.startswith("-") and not word.startswith("--"):
            found += ["e"] * ("e" in word)
        elif word == "pipefail":
            found.append(word)
    return tuple(sorted(set(found)))


def _names(text: str, step: Step, exports: "dict[str, list[tuple[int, str]]] | None" = None) -> tuple[str, ...]:
    """Return the variables of a text that ARG, ENV, BuildKit or the script around it set."""
    environment = step.environment
    pattern = _ANY_NAME if "((" in text or "let " in text else _NAME
    names = {match[1] or match[2] for match in pattern.finditer(text)}
    return tuple(
        sorted(
            name
            for name in names
            if environment.set_value(name) is not None
            or environment.declares(name)
            or name in _PROXIES
            or (exports and name in exports)
        )
    )


def _handed_over(command: Command) -> "Iterator[tuple[MappedText, bool]]":
    """Yield the scripts a command hands to another shell, where nothing expands them on the way."""
    word = handed_word(command)
    if word:
        text = _exact_text(command, word)
        if text:
            yield text, False
        return
    for document in read_documents(command):
        body = document.body()
        if document.is_quoted or _SPECIAL.isdisjoint(body.text):
            yield body, True


def _exact_text(command: Command, word: Word) -> MappedText | None:
    """Return the value of a word that reaches the inner shell as it is written."""
    for json_word in command.step.instruction.json or ():
        if json_word.start == word.start and json_word.value == word.value:
            return json_string_text(json_word, command.step.stage.source.text)
    raw = word.text
    if raw == word.value:
        return word.map.slice(word.start, word.end)
    is_quoted = len(raw) > 1 and raw[0] == raw[-1] and raw[0] in "'\"" and raw[0] not in raw[1:-1]
    if is_quoted and (raw[0] == "'" or _SPECIAL.isdisjoint(raw)):
        return word.map.slice(word.start + 1, word.end - 1)
    return None
