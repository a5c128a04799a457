"""Commands that name what the ENTRYPOINT in front of them starts anyway, or a shell for it to run."""

from dlint.knowledge.entrypoints import NOT_OF_THEMSELVES, SAME_PROGRAM, STARTERS
from dlint.model.scripts import SH_LIKE
from dlint.regex import lazy

_PYTHON = lazy(r"python[\d.]*\Z")
_OPTIONS_OF_STARTERS = frozenset({"--", "-s", "-g", "-v", "-w"})


def repeated_words(entrypoint: tuple[str, ...], command: tuple[str, ...], *, is_image: bool) -> int:
    """Return how many words at the start of a command the entrypoint has said already; 0 for none.

    *is_image* says that the entrypoint is that of a known image, which looks at no command. Another one
    may be a program that starts what it is given: it counts only if nothing can be meant by it.
    """
    entrypoint = _without_starters(entrypoint)
    if not entrypoint or not command:
        return 0
    if is_image:
        return _repeated_program(entrypoint, command)
    own = tuple(program_name(word) for word in entrypoint[:1]) + entrypoint[1:]
    if own[0] not in NOT_OF_THEMSELVES or (own[0] == program_name(command[0]) and len(own) > len(command)):
        return 0
    given = (program_name(command[0]), *command[1 : len(own)])
    return len(own) if given == own else 0


def _repeated_program(entrypoint: tuple[str, ...], command: tuple[str, ...]) -> int:
    name = program_name(command[0])
    if name == "python" and len(command) > 2 and command[1] == "-m":
        return 3 if SAME_PROGRAM.get(command[2]) == entrypoint[0] else 0
    if name == entrypoint[0]:
        same = 1
        while same < min(len(entrypoint), len(command)) and command[same] == entrypoint[same]:
            same += 1
        return same
    return 1 if len(entrypoint) > 1 and command[0] == entrypoint[-1] else 0


def is_shell(word: str) -> bool:
    """Whether a word names a shell."""
    return program_name(word) in SH_LIKE


def program_name(word: str) -> str:
    """Return the name of a program without its folder; every Python is ``python``."""
    name = word.rpartition("/")[2]
    return "python" if _PYTHON.match(name) else name


def _without_starters(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or program_name(words[0]) not in STARTERS:
        return words
    rest = words[1:]
    while rest and rest[0] in _OPTIONS_OF_STARTERS:
        rest = rest[1:]
    return rest
