"""What in a service's command only a shell would understand, where none reads it.

Compose hands the words of ``entrypoint`` and ``command`` to the program as they are: ``&&`` and ``$PORT``
are arguments, and ``sh -c`` takes one word for its script.
"""

from dlint.knowledge.compose_services import image_entrypoint
from dlint.knowledge.entrypoints import NOT_OF_THEMSELVES
from dlint.model.repetition import program_name
from dlint.model.scripts import SH_LIKE, exec_words
from dlint.parser.dockerfile import ast
from dlint.parser.placed import PlacedText
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service
    from dlint.parser.shell.ast import Word

_OPERATORS = frozenset({"&&", "||", "|", ";", ">", ">>", "<", "2>", "2>&1", ">&2", "1>&2", "&>", "&"})
# Programs that take such words for themselves, or hand them to a shell.
_OWN_SYNTAX = frozenset({
    "find", "test", "[", "expr", "awk", "gawk", "mawk", "jq", "yq", "sed", "grep", "parallel", "xargs", "ssh", "su",
    "runuser", "watch", "script", "eval", "docker", "kubectl", "cmd", "cmd.exe", "powershell", "pwsh", "chroot",
    "nsenter", "concurrently", "nodemon", "entr", "java", "envsubst", "sudo", "flock", "parallel-ssh", "concurrent",
})  # fmt: skip
_SUBSTITUTION = lazy(r"(?s)(?:--?[\w-]+=)?(?:\$\(.*\)|`.*`)")
_VARIABLE = lazy(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)(?:\}|(?=[^A-Za-z0-9_/.}]|$|[/.]))")
_ALWAYS_SET = frozenset({"HOME", "HOSTNAME", "PATH"})


class Unread:
    """A word that only a shell would read: *kind* is ``operator``, ``substitution``, ``variable`` or ``rest``.

    *text* is what in the word that is; *program* what gets it, the script for ``rest``.
    """

    __slots__ = ("kind", "program", "text", "word")

    def __init__(self, kind: str, word: "Word", text: str, program: str) -> None:
        self.kind = kind
        self.word = word
        self.text = text
        self.program = program


def image_words(service: "Service") -> "tuple[Word | str, ...] | None":
    """Return the ENTRYPOINT that a service's command is given to; None where it is unknown, or takes no command."""
    if service.entrypoint is not None:
        return service.entrypoint
    own = service.container.final(ast.Entrypoint)
    if own is not None:
        return None if own.instruction.json is None else exec_words(own)
    target = service.container.target
    reference = target.root.reference if target else None
    first = service.command[0].value if service.command else ""
    if reference is None:
        return None
    words = image_entrypoint(reference.official or reference.name, reference.tag or "latest", first)
    return words or (() if target is not None and target.root.family in ("python", "debian", "ubuntu") else None)


def unread_word(service: "Service") -> Unread | None:
    """Return the first word of a service's command that needs a shell, where certainly none reads it."""
    command = service.command or ()
    if not command and not service.entrypoint:
        return None
    entrypoint = image_words(service)
    before = entrypoint or ()
    if any(program_name(_value(word)) in SH_LIKE for word in before):
        return _behind_script(before, command)
    words = command if service.entrypoint is None else (*service.entrypoint, *command)
    first = _value(before[0]) if before else words[0].value if words else ""
    if program_name(words[0].value if words else "") in SH_LIKE:
        return _behind_script((), words)
    if not words or program_name(first) in _OWN_SYNTAX or any(program_name(word.value) in SH_LIKE for word in words):
        return None
    if any(program_name(word.value) in _OWN_SYNTAX for word in words):
        return None
    found = _operator(words, first)
    if found is not None or (entrypoint is None and program_name(first) not in NOT_OF_THEMSELVES):
        # The entrypoint of an image nobody knows may put variables in.
        return found
    return _variable(service, words, first)


def _operator(words: "tuple[Word, ...]", program: str) -> Unread | None:
    for place, word in enumerate(words[1:]):
        is_value = words[place].value.startswith("-") and word.value not in ("&&", "||")
        if word.value in _OPERATORS and not is_value and _is_placed(word):
            return Unread("operator", word, word.value, program_name(program))
    return None


def _variable(service: "Service", words: "tuple[Word, ...]", program: str) -> Unread | None:
    """Return a word in which ``$(nproc)`` or a variable the container has stays as it is written.

    A single word may be a whole line for an entrypoint that hands it to a shell.
    """
    if len(words) < 2 or program.endswith(".sh") or "entrypoint" in program:
        return None
    for word in words:
        if not word.is_literal or not _is_placed(word):
            continue
        if _SUBSTITUTION.fullmatch(word.value):
            return Unread("substitution", word, word.value, program_name(program))
        # A word with blanks may be a script, of Python for example.
        for match in _VARIABLE.finditer(word.value) if not any(sign in word.value for sign in " \n") else ():
            if match[1] in service.environment or match[1] in _ALWAYS_SET:
                return Unread("variable", word, match[0], program_name(program))
    return None


def _behind_script(before: "tuple[Word | str, ...]", command: "tuple[Word, ...]") -> Unread | None:
    """Return the first word behind the script of ``sh -c``, where it is lost."""
    words = [*before, *command]
    place = next((index for index, word in enumerate(words) if program_name(_value(word)) in SH_LIKE), len(words))
    place += 1
    while place < len(words) and _value(words[place]).startswith("-"):
        is_command = not _value(words[place]).startswith("--") and "c" in _value(words[place])
        place += 1
        if is_command:
            break
    else:
        return None
    rest = words[place + 1 :]
    if not rest:
        return None
    script, first = _value(words[place]), rest[0]
    if isinstance(first, str) or not _is_placed(first) or "$" in script or first.value == "--":
        return None
    is_line = len(script.split()) > 1
    if is_line and not first.value.startswith("-") and not any(_value(word) in _OPERATORS for word in rest):
        return None
    return Unread("rest", first, first.value, script)


def _value(word: "Word | str") -> str:
    return word if isinstance(word, str) else word.value


def _is_placed(word: "Word") -> bool:
    """Whether a word stands in a compose file, not in the Dockerfile."""
    return isinstance(word.map, PlacedText)
