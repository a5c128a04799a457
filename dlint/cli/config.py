"""``dlint config``: the settings that count, and those of hadolint as dlint's own."""

import os
import sys

from dlint.checks.registry import rule_called
from dlint.cli.output import put
from dlint.engine.configuration import HADOLINT_NAMES
from dlint.engine.errors import UsageError
from dlint.engine.hadolint import Hadolint, load
from dlint.engine.options import FORMATS

_FORMATS = {"tty": "full", **{name: name for name in FORMATS}}


def import_hadolint(file: str | None, output: str | None, *, force: bool) -> None:
    """Print hadolint's configuration as a dlint.toml, or write it to a file.

    Raises UsageError and ConfigurationError.
    """
    source = file or next((name for name in HADOLINT_NAMES if os.path.isfile(name)), None)
    if source is None:
        raise UsageError(
            f"there is no {' or '.join(HADOLINT_NAMES)} here; name the file: dlint config import-hadolint FILE"
        )
    text = as_toml(load(source))
    if output is None:
        put(text)
        return
    if os.path.lexists(output) and not force:
        raise UsageError(f"{output} exists; --force overwrites it")
    try:
        with open(output, "w" if force else "x", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}") from None
    print(f"wrote {output}; docs/migrating-from-hadolint.md says what dlint judges otherwise", file=sys.stderr)


def as_toml(hadolint: Hadolint) -> str:
    """Return the equivalent dlint.toml, with comments for what has none."""
    head, tables = [], []
    if hadolint.fail_on:
        head.append(f'fail-on = "{hadolint.fail_on}"{_why(hadolint)}')
    if hadolint.no_pragmas:
        head.append("no-ignores = true")
    check = []
    if hadolint.turned_on:
        check.append(_codes("extend-select", [code for code in hadolint.turned_on if not _is_on(code)]))
    if hadolint.ignored:
        check.append(_codes("ignore", hadolint.ignored))
    tables.append(("check", [text for text in check if text]))
    levels = hadolint.configuration().values.get("severity", {})
    tables.append(("check.severity", [f'{code} = "{level}"{_named(code)}' for code, level in levels.items()]))
    tables += [(f"rules.{name}", _options(options)) for name, options in hadolint.rules().items()]
    lines = [f"# Made from {hadolint.path} by `dlint config import-hadolint`.", *head]
    for name, entries in tables:
        if entries:
            lines += ["", f"[{name}]", *entries]
    left = list(_left_over(hadolint))
    if left:
        lines += ["", "# Without an equivalent:", *(f"# {text}" for text in left)]
    return "\n".join(lines) + "\n"


def _is_on(code: str) -> bool:
    entry = rule_called(code)
    return entry is not None and entry.default


def _why(hadolint: Hadolint) -> str:
    if hadolint.no_fail:
        return "  # no-fail"
    return f"  # failure-threshold: {hadolint.threshold}" if hadolint.threshold != hadolint.fail_on else ""


def _codes(key: str, codes: list[str]) -> str:
    """Return a list of codes, one a line, with the rules they stand for."""
    if not codes:
        return ""
    return "\n".join([f"{key} = [", *(f'    "{code}",{_named(code)}' for code in codes), "]"])


def _named(code: str) -> str:
    entry = rule_called(code)
    return f"  # {entry.name}" if entry else ""


def _options(options: "dict[str, object]") -> list[str]:
    lines = []
    for key, value in options.items():
        if isinstance(value, bool):
            lines += [f"{key} = true"] if value else []
        elif isinstance(value, dict):
            lines += [f"{key} = {{{', '.join(f'{_text(name)} = {_text(kind)}' for name, kind in value.items())}}}"]
        elif isinstance(value, list):
            lines += [f"{key} = [{', '.join(map(_text, value))}]"]
    return lines


def _text(value: str) -> str:
    """Return a TOML string."""
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\u{ord(character):04x}"
        for character in value
    )
    return f'"{escaped}"'


def _left_over(hadolint: Hadolint) -> "list[str]":
    """Return a line about each thing that dlint has not, or has elsewhere."""
    found = []
    for key, value in hadolint.others:
        shown = f"{key}: {value}".replace("\n", " ")[:80]
        if key == "format" and value in _FORMATS:
            found.append(f"{shown} is `dlint check --output-format {_FORMATS[value]}`")
        elif key == "format":
            found.append(f"{shown}; dlint has {', '.join(FORMATS)}")
        elif key == "no-color":
            found.append(f"{shown} is `dlint check --color never`, or NO_COLOR=1")
        else:
            found.append(shown)
    quieter = [code for code in hadolint.override if not _is_on(code) and code not in hadolint.turned_on]
    if quieter:
        rules = ", ".join(f"{code} ({entry.name})" for code in quieter if (entry := rule_called(code)))
        found.append(f"off unless selected, so their severities change nothing: {rules}")
    if not hadolint.threshold and not hadolint.no_fail:
        found.append("hadolint fails from info on, dlint from warning on unless fail-on says otherwise")
    return found
