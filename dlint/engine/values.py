"""Whether a configured value has the type its option wants."""

from dlint.engine.options import Option
from dlint.regex import lazy

_DATE = lazy(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z")
_SEVERITIES = ("info", "warning", "error")


def check_value(option: Option, value: object) -> str | None:
    """Return what is wrong with *value*, as the end of a sentence, or None."""
    if option.name == "severity":
        return _severity_table(value)
    if option.name == "per_file_ignores":
        return _ignore_table(value)
    if option.kind == "choice":
        return None if value in option.choices else f"should be one of {', '.join(option.choices)}, not {value!r}"
    if option.kind == "count":
        return None if isinstance(value, int) and value >= 0 else "should be a number"
    if option.kind == "date":
        return None if _DATE.match(str(value)) else "should be a date such as 2026-11-22"
    if option.kind == "list":
        return None if _is_strings(value) else "should be a list of strings"
    if option.kind == "flag":
        return None if isinstance(value, bool) else "should be true or false"
    return None if isinstance(value, str) else "should be a string"


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _severity_table(value: object) -> str | None:
    if not isinstance(value, dict):
        return "should be a table of rules and severities"
    for rule, severity in value.items():
        if severity not in _SEVERITIES:
            return f"should give {rule} one of {', '.join(_SEVERITIES)}, not {severity!r}"
    return None


def _ignore_table(value: object) -> str | None:
    if isinstance(value, dict) and all(_is_strings(rules) for rules in value.values()):
        return None
    return "should be a table of patterns and lists of rules"


def check_rule_option(value: object, default: object, choices: tuple[str, ...] = ()) -> str | None:
    """Return what is wrong with the value of a rule's option, as the end of a sentence, or None.

    The default tells the kind; *choices* are the words it has to be made of.
    """
    kind = next((text for kinds, text in _RULE_KINDS if isinstance(default, kinds)), "a string")
    if not _is_kind(value, default):
        return f"should be {kind}"
    if not choices:
        return None
    if isinstance(value, str):
        return None if value in choices else f"should be one of {', '.join(choices)}, not {value!r}"
    given = value.items() if isinstance(value, dict) else [("", item) for item in value]  # type: ignore[attr-defined]
    for name, word in given:
        if word not in choices:
            return f"should {f'give {name}' if name else 'be made of'} one of {', '.join(choices)}, not {word!r}"
    return None


_RULE_KINDS: "tuple[tuple[type | tuple[type, ...], str], ...]" = (
    (bool, "true or false"),
    (int, "a number"),
    ((list, tuple), "a list of strings"),
    (dict, "a table of strings"),
)


def _is_kind(value: object, default: object) -> bool:
    if isinstance(default, tuple | list):
        return _is_strings(value)
    if isinstance(default, dict):
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return isinstance(value, type(default)) and isinstance(value, bool) == isinstance(default, bool)
