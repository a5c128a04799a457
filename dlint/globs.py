"""Path patterns: one matcher for .dockerignore, .gitignore and configuration files.

The dialects differ in how a pattern is cut into tokens; matching is the same. Patterns come
from linted repositories, so no pattern may make matching slow: those with more than a few
wildcards run on a bit-parallel automaton, whose time is linear in the path.
"""

from dlint import regex
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Token = tuple[str, str]
    Matcher = Callable[[str], bool]

# Kinds of tokens: a character; any character but a slash; a class; ``[^/]*``; ``.*``; ``(.*/)?``.
CHARACTER, ANY, CLASS, STAR, GLOBSTAR, FOLDERS = "char", "any", "class", "star", "globstar", "folders"
_MAX_REGEX_WILDCARDS = 2
_CLASS = lazy(r"\[([!^]?)(\]?(?:\\.|[^\]\\])*)\]", regex.DOTALL)


def tokens(pattern: str, *, docker: bool = False) -> "list[Token]":
    """Cut a pattern into tokens.

    With *docker* ``**`` means what moby/patternmatcher makes of it (any number of folders
    anywhere); else it does so only as a whole path segment, as in git.
    """
    found: list[Token] = []
    position = 0
    if docker and pattern.startswith("**") and not any(sign in pattern[2:] for sign in "*?[]\\"):
        # moby compares plain endings as they are: ``**.pt`` is anything that ends in ``.pt``.
        found.append((FOLDERS, "") if pattern[2:3] == "/" else (GLOBSTAR, ""))
        position = 3 if pattern[2:3] == "/" else 2
    stars = _docker_stars if docker else _git_stars
    while position < len(pattern):
        character = pattern[position]
        if character == "*":
            position = stars(pattern, position, found)
            continue
        if character == "[" and (match := _CLASS.match(pattern, position)):
            body = match[2].replace("[", r"\[")
            found.append((CLASS, f"[{'^' if match[1] else ''}{body}]"))
            position = match.end()
            continue
        position += 1
        if character == "\\" and position < len(pattern):
            found.append((CHARACTER, pattern[position]))
            position += 1
        else:
            found.append((ANY, "") if character == "?" else (CHARACTER, character))
    return found


def _docker_stars(pattern: str, position: int, found: "list[Token]") -> int:
    """Read one or two stars; what follows two of them, a slash excepted, is a name in any folder."""
    if pattern[position + 1 : position + 2] != "*":
        found.append((STAR, ""))
        return position + 1
    stop = position + 3 if pattern[position + 2 : position + 3] == "/" else position + 2
    found.append((GLOBSTAR, "") if stop >= len(pattern) else (FOLDERS, ""))
    return stop


def _git_stars(pattern: str, position: int, found: "list[Token]") -> int:
    """Read all stars; two or more mean folders only as a whole segment."""
    stop = position
    while stop < len(pattern) and pattern[stop] == "*":
        stop += 1
    is_segment = stop - position > 1 and (position == 0 or pattern[position - 1] == "/")
    if is_segment and stop == len(pattern):
        found.append((GLOBSTAR, ""))
    elif is_segment and pattern[stop] == "/":
        found.append((FOLDERS, ""))
        return stop + 1
    else:
        found.append((STAR, ""))
    return stop


def compile_tokens(found: "list[Token]") -> "Matcher":
    """Return a function that says whether a whole path matches.

    Raises ValueError for a class that is none.
    """
    if all(kind == CHARACTER for kind, _ in found):
        literal = "".join(text for _, text in found)
        return literal.__eq__
    wildcards = sum(kind in (STAR, GLOBSTAR, FOLDERS) for kind, _ in found)
    if wildcards <= _MAX_REGEX_WILDCARDS:
        return as_regex(found)
    return Automaton(found).matches


def as_regex(found: "list[Token]") -> "Matcher":
    """Return a matcher built on a regular expression."""
    parts = {ANY: "[^/]", STAR: "[^/]*", GLOBSTAR: ".*", FOLDERS: "(?:.*/)?"}
    text = "".join(
        regex.escape(value) if kind == CHARACTER else _checked_class(value) if kind == CLASS else parts[kind]
        for kind, value in found
    )
    match = regex.compile(text + r"\Z", regex.DOTALL).match
    return lambda path: match(path) is not None


def _checked_class(text: str) -> str:
    import re

    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text}: {error}") from None
    return f"(?!/){text}"


class Automaton:
    """The tokens as states of an automaton, one bit each."""

    __slots__ = (
        "_classes",
        "_final",
        "_folders",
        "_loops_always",
        "_loops_in_segment",
        "_masks",
        "_pieces",
        "_skips",
        "_tokens",
    )

    def __init__(self, found: "list[Token]") -> None:
        # "(.*/)?" becomes ".*" and "/", both of which may be skipped.
        flat: list[Token] = []
        folders = 0
        for kind, value in found:
            if kind == FOLDERS:
                folders |= 1 << len(flat)
                flat += [(GLOBSTAR, ""), (CHARACTER, "/")]
            else:
                flat.append((kind, value))
        self._tokens = flat
        self._pieces = _literal_runs(found)
        self._folders = folders
        self._final = 1 << len(flat)
        self._loops_in_segment = self._bits(STAR)
        self._loops_always = self._bits(GLOBSTAR)
        self._skips = (self._loops_in_segment | self._loops_always) & ~folders
        self._classes = {value: regex.compile(_checked_class(value)) for kind, value in flat if kind == CLASS}
        self._masks: dict[str, int] = {}

    def _bits(self, kind: str) -> int:
        return sum(1 << index for index, token in enumerate(self._tokens) if token[0] == kind)

    def _mask(self, character: str) -> int:
        mask = 0
        for index, (kind, value) in enumerate(self._tokens):
            if (
                (kind == CHARACTER and value == character)
                or (kind == ANY and character != "/")
                or (kind == CLASS and self._classes[value].match(character))
            ):
                mask |= 1 << index
        self._masks[character] = mask
        return mask

    def _closure(self, states: int) -> int:
        while True:
            # The ".*" of "(.*/)?" leads to its slash; both together may be left out.
            grown = states | (states & self._skips) << 1 | (states & self._folders) << 1 | (states & self._folders) << 2
            if grown == states:
                return states
            states = grown

    def matches(self, path: str) -> bool:
        """Whether the whole path matches."""
        # Most paths lack some of the text; looking for it is quicker than walking.
        if not all(piece in path for piece in self._pieces):
            return False
        states = self._closure(1)
        started = self._folders
        for character in path:
            mask = self._masks.get(character)
            if mask is None:
                mask = self._mask(character)
            loops = self._loops_always if character == "/" else self._loops_always | self._loops_in_segment
            moved = (states & mask) << 1
            kept = states & loops
            # Once inside "(.*/)?" its end is the slash, not the shortcut around it.
            states = self._closure(moved) | kept | (kept & self._skips) << 1 | (kept & started) << 1
            if not states:
                return False
        return bool(states & self._final)


def _literal_runs(found: "list[Token]") -> "list[str]":
    """Return the runs of plain characters, each of which a path must hold."""
    runs = [""]
    for kind, value in found:
        if kind == CHARACTER:
            runs[-1] += value
        elif runs[-1]:
            runs.append("")
    return [run for run in runs if run]


def anchored(pattern: str, root: str) -> str:
    """Return a pattern of a configuration file made absolute; without a slash it is a name in any folder."""
    if pattern.startswith("/"):
        return pattern
    pattern = pattern.removeprefix("./")
    if "/" not in pattern.rstrip("/"):
        pattern = f"**/{pattern}"
    return f"{root.rstrip('/')}/{pattern}"


def matches_path(pattern: str, path: str) -> bool:
    """Whether an absolute pattern of a configuration file stands for a path or a folder above it.

    A pattern without a slash stands for that name in any folder.
    """
    pattern = pattern.rstrip("/")
    if "/" not in pattern:
        matcher = compiled(pattern)
        return any(matcher(part) for part in path.split("/") if part)
    matcher = compiled(pattern)
    while path:
        if matcher(path):
            return True
        path = path.rpartition("/")[0]
    return False


_compiled: "dict[str, Matcher]" = {}


def compiled(pattern: str) -> "Matcher":
    """Return the matcher of a git-like pattern, made once."""
    matcher = _compiled.get(pattern)
    if matcher is None:
        try:
            matcher = compile_tokens(tokens(pattern))
        except ValueError:
            matcher = pattern.__eq__
        _compiled[pattern] = matcher
    return matcher
