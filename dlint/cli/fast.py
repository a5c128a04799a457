"""The fast path of ``dlint check``: it may only say yes.

Arguments it knows are read here; for anything else it returns None, and the typer
application decides. A property test holds the two equal.
"""

from dlint.engine.errors import UsageError
from dlint.engine.options import BY_FLAG, BY_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Lists whose values may be given together, separated by commas.
_COMMA_LISTS = ("select", "extend_select", "ignore", "exclude", "extend_exclude", "fixable", "unfixable")


def read_arguments(arguments: list[str]) -> "tuple[dict[str, Any], list[str]] | None":
    """Return options and paths, or None where an argument is not known for certain."""
    raw: dict[str, list[str] | bool] = {}
    paths: list[str] = []
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        position += 1
        if argument == "--":
            paths.extend(arguments[position:])
            break
        if not argument.startswith("-") or argument == "-":
            paths.append(argument)
            continue
        flag, equals, value = argument.partition("=")
        option = BY_FLAG.get(flag)
        if option is None or (equals and not flag.startswith("--")):
            return None
        if option.kind == "flag":
            if equals:
                return None
            raw[option.name] = not flag.startswith("--no-") or flag == option.flags[0]
            continue
        if not equals and option.kind != "optional":
            if position == len(arguments):
                return None
            value = arguments[position]
            position += 1
            if value == "--add-ignore":
                return None
        values = raw.setdefault(option.name, [])
        assert isinstance(values, list)
        values.append(value)
    try:
        return normalise(raw), paths
    except UsageError:
        return None


def with_values(arguments: list[str]) -> list[str]:
    """Return the arguments with an equals sign behind options that need no value, which typer does not know."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    optional = {flag for flag, option in BY_FLAG.items() if option.kind == "optional"}
    return [f"{each}=" if each in optional and index < end else each for index, each in enumerate(arguments)]


def normalise(raw: "dict[str, list[str] | bool]") -> "dict[str, Any]":
    """Return the options as settings want them; *raw* has a boolean or all texts given.

    Raises UsageError.
    """
    options: dict[str, Any] = {}
    for name, given in raw.items():
        option = BY_NAME[name]
        if isinstance(given, bool):
            options[name] = given
        elif name == "per_file_ignores":
            options[name] = _ignore_table(given)
        elif option.kind == "list":
            split = name in _COMMA_LISTS
            options[name] = tuple(
                part.strip() for text in given for part in (text.split(",") if split else [text]) if part.strip()
            )
        else:
            options[name] = _single(name, given[-1])
    return options


def _single(name: str, text: str) -> object:
    option = BY_NAME[name]
    flag = option.flags[0]
    if option.kind == "count":
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise UsageError(f"{flag} takes a number, not {text!r}")
        return int(text)
    if option.kind == "choice" and text not in option.choices:
        raise UsageError(f"{flag} is one of {', '.join(option.choices)}, not {text!r}{_near(text, option.choices)}")
    if option.kind == "date":
        from dlint.engine.values import check_value

        problem = check_value(option, text)
        if problem:
            raise UsageError(f"{flag} {problem}, not {text!r}")
    return text


def _near(text: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(text, names, 1)
    return f"; did you mean {found[0]}?" if found else ""


def _ignore_table(given: list[str]) -> dict[str, list[str]]:
    import os

    from dlint.globs import anchored

    table: dict[str, list[str]] = {}
    for text in given:
        pattern, colon, rules = text.rpartition(":")
        if not colon or not pattern or not rules:
            raise UsageError(f"--per-file-ignores takes PATTERN:RULE, not {text!r}")
        table.setdefault(anchored(pattern, os.getcwd()), []).extend(rule for rule in rules.split(",") if rule)
    return table
