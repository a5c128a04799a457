"""Variables in compose files and .env files: ``$NAME``, ``${NAME:-default}`` and the like."""

from dlint.parser.compose.merge_keys import inside_out
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_NESTED = 20
MAX_USES = 10_000
"""How many variables a text may hold."""
MAX_LENGTH = 100_000
"""How many characters the variables of a text may stand for."""
MAX_TOTAL = 20_000_000
"""How many characters all values of a file may become."""
_NAME = lazy(r"[_a-zA-Z][_a-zA-Z0-9]*")
_OPERATORS = (":-", ":?", ":+", "-", "?", "+")


class Value:
    """What a variable holds; *is_known* is False where something in it has no value."""

    __slots__ = ("is_known", "text")

    def __init__(self, text: str, *, is_known: bool = True) -> None:
        self.text = text
        self.is_known = is_known


class Variable:
    """A variable where it is used.

    *operator* is ``:-``, ``-``, ``:?``, ``?``, ``:+``, ``+`` or nothing, *word* what stands behind
    it, as it is written. *value* is None where the variable is not set.
    """

    __slots__ = ("name", "node", "operator", "value", "word")

    def __init__(self, name: str, operator: str, word: str, value: Value | None) -> None:
        self.name = name
        self.operator = operator
        self.word = word
        self.value = value
        self.node: Node | None = None

    @property
    def has_default(self) -> bool:
        """Whether the file says what to take if the variable is not set."""
        return self.operator in (":-", "-", ":+", "+")

    @property
    def is_required(self) -> bool:
        """Whether Compose refuses to go on without it."""
        return self.operator in (":?", "?")

    def __repr__(self) -> str:
        return f"Variable({self.name!r}, {self.operator!r}, {self.word!r})"


class InvalidError(Exception):
    """What is wrong with a text: Compose refuses it too, but for *is_limit*, where it is too much for dlint."""

    def __init__(self, message: str, *, is_limit: bool = False) -> None:
        super().__init__(message)
        self.is_limit = is_limit


def interpolate(root: Node, values: "Mapping[str, Value]") -> list[tuple[Node, InvalidError]]:
    """Put values into all texts of a tree but its keys; return the texts where that fails, and why."""
    wrong = []
    total = 0
    for node in inside_out(root):
        if node.kind == "text" and "$" in node.text:
            try:
                if total > MAX_TOTAL:
                    said = f"with its variables the file becomes longer than {MAX_TOTAL:,} characters"
                    raise InvalidError(said, is_limit=True)
                text, variables, is_known = expand(node.text, values)
            except InvalidError as error:
                node.is_known = False
                wrong.append((node, error))
                continue
            total += len(text)
            node.text = text
            node.is_known = is_known
            node.variables = tuple(variables)
            for variable in variables:
                variable.node = node
    return wrong


def expand(text: str, values: "Mapping[str, Value]") -> tuple[str, list[Variable], bool]:
    """Return a text with its variables put in, the variables, and whether all of it is known.

    Raises InvalidError.
    """
    variables: list[Variable] = []
    result, is_known = _expand(text, values, variables, 0)
    return result, variables, is_known


def _expand(text: str, values: "Mapping[str, Value]", variables: list[Variable], depth: int) -> tuple[str, bool]:
    if depth > MAX_NESTED:
        raise InvalidError(f"its variables are nested more than {MAX_NESTED} levels deep", is_limit=True)
    parts = []
    is_known = True
    place = length = 0
    while (dollar := text.find("$", place)) >= 0:
        parts.append(text[place:dollar])
        part, known, place = _one(text, dollar, values, variables, depth)
        is_known = is_known and known
        parts.append(part)
        length += len(part) if part != "$" else 0
        if length > MAX_LENGTH or len(variables) > MAX_USES:
            said = f"its variables are more than {MAX_USES:,}, or stand for more than {MAX_LENGTH:,} characters"
            raise InvalidError(said, is_limit=True)
    parts.append(text[place:])
    return "".join(parts), is_known


def _one(
    text: str, dollar: int, values: "Mapping[str, Value]", variables: list[Variable], depth: int
) -> tuple[str, bool, int]:
    """Return what stands for the ``$`` at a place, whether it is known, and where the text goes on."""
    following = text[dollar + 1 : dollar + 2]
    if following == "$":
        return "$", True, dollar + 2
    if following == "{":
        return _braced(text, dollar, values, variables, depth)
    name = _NAME.match(text, dollar + 1)
    if name is None:
        return "$", True, dollar + 1
    value = values.get(name[0])
    variables.append(Variable(name[0], "", "", value))
    return (value.text, value.is_known, name.end()) if value else ("", False, name.end())


def _braced(
    text: str, dollar: int, values: "Mapping[str, Value]", variables: list[Variable], depth: int
) -> tuple[str, bool, int]:
    end = _closing_brace(text, dollar)
    name = _NAME.match(text, dollar + 2)
    if end < 0:
        raise InvalidError(f"{_short(text[dollar:])} has no closing brace")
    written = text[dollar : end + 1]
    if name is None or name.end() > end:
        raise InvalidError(f"{_short(written)} names no variable; write $${{ for a text that begins with ${{")
    rest = text[name.end() : end]
    operator = next((known for known in _OPERATORS if rest.startswith(known)), "")
    if rest and not operator:
        raise InvalidError(f"{_short(written)} is no variable: behind its name only :- - :? ? :+ and + are known")
    word = rest[len(operator) :]
    value = values.get(name[0])
    variables.append(Variable(name[0], operator, word, value))
    # Compose looks into the word even if it does not take it.
    other, other_known = _expand(word, values, variables, depth + 1) if word else ("", True)
    result, is_known = _chosen(operator, value, Value(other, is_known=other_known))
    return result, is_known, end + 1


def _chosen(operator: str, value: Value | None, other: Value) -> tuple[str, bool]:
    # With a colon, an empty value is as good as none.
    is_set = value is not None and bool(value.text or not operator.startswith(":"))
    if operator in (":+", "+"):
        return (other.text, other.is_known) if is_set else ("", True)
    if operator in (":-", "-") and not is_set:
        return other.text, other.is_known
    if value is None or not is_set:
        return "", False
    return value.text, value.is_known


def _closing_brace(text: str, dollar: int) -> int:
    """Return where the brace is that closes ``${``; variables inside have their own."""
    depth, place = 0, dollar
    while place < len(text):
        if text.startswith("${", place):
            depth += 1
            place += 2
            continue
        if text[place] == "}":
            depth -= 1
            if not depth:
                return place
        place += 1
    return -1


def _short(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 40 else line[:39] + "…"
