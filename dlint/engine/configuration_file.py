"""Reading a configuration file: its settings, or everything that is wrong with them."""

import os

from dlint import __version__, regex
from dlint.engine.configuration import Configuration
from dlint.engine.errors import ConfigurationError
from dlint.engine.options import BY_KEY, Option
from dlint.globs import anchored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Place = tuple[int, int, int]

    from dlint.checks.registry import Entry

_MAX_EXTENDS = 10


def read(path: str, data: bytes | None = None, depth: int = 0) -> Configuration:
    """Read and check a configuration file.

    Raises ConfigurationError.
    """
    data = read_bytes(path) if data is None else data
    return _Reader(path, data.decode("utf-8", "replace"), depth).read()


def read_bytes(path: str) -> bytes:
    """Return what is in a configuration file.

    Raises ConfigurationError.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise ConfigurationError([f"cannot read the configuration {path}: {error.strerror}"]) from None


def read_setting(text: str) -> Configuration:
    """Read one setting as given to ``--config``: TOML, such as ``check.ignore = ["DL3008"]``.

    Raises ConfigurationError.
    """
    return _Reader("--config", text, 0).read()


class _Reader:
    def __init__(self, path: str, text: str, depth: int) -> None:
        self.path = path
        self.text = text
        self.depth = depth
        self.problems: list[str] = []
        self.in_pyproject = os.path.basename(path) == "pyproject.toml"
        self.configuration = Configuration(None if path == "--config" else path)

    def read(self) -> Configuration:
        table = self._table()
        self._required_version(table)
        if "extend" in table:
            self._extend(table["extend"])
        self._values(table, "")
        if self.problems:
            raise ConfigurationError(self.problems)
        return self.configuration

    def _table(self) -> "dict[str, Any]":
        import tomllib

        try:
            table = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            match = regex.search(r"at line (\d+), column (\d+)", str(error))
            place = f"{self.path}:{match[1]}:{match[2]}" if match else self.path
            raise ConfigurationError([f"{place}: not valid TOML: {error}"]) from None
        if self.in_pyproject:
            tool = table.get("tool")
            table = tool.get("dlint", {}) if isinstance(tool, dict) else {}
        if not isinstance(table, dict):
            raise ConfigurationError([f"{self.path}: [tool.dlint] is not a table"])
        return table

    def _required_version(self, table: "dict[str, Any]") -> None:
        """Complain about the version before anything else: newer keys are then no surprise."""
        wanted = table.get("required-version")
        if isinstance(wanted, str) and not version_matches(__version__, wanted):
            place = self._place("required-version")
            raise ConfigurationError([f"{place}: this configuration is for dlint {wanted}, and this is {__version__}"])

    def _extend(self, value: object) -> None:
        if not isinstance(value, str):
            return
        if self.depth >= _MAX_EXTENDS:
            self.problems.append(f"{self._place('extend')}: more than {_MAX_EXTENDS} files extend each other")
            return
        path = os.path.join(os.path.dirname(self.path), os.path.expanduser(value))
        if not os.path.exists(path):
            self._problem("extend", f"there is no file {path}", None)
            return
        try:
            base = read(path, depth=self.depth + 1)
        except ConfigurationError as error:
            self.problems.extend(error.problems)
            return
        self.configuration.values.update(base.values)
        self.configuration.rules.update({name: dict(options) for name, options in base.rules.items()})

    def _values(self, table: "dict[str, Any]", prefix: str) -> None:
        for key, value in table.items():
            name = prefix + key
            option = BY_KEY.get(name)
            if option:
                self._value(option, name, value)
            elif name == "rules" and isinstance(value, dict):
                self._rules(value)
            elif name == "rules" or any(known.startswith(f"{name}.") for known in BY_KEY):
                if isinstance(value, dict):
                    self._values(value, f"{name}.")
                else:
                    self._problem(name, f"`{name}` should be a table", None)
            else:
                self._unknown(key, name, prefix)

    def _unknown(self, key: str, name: str, prefix: str) -> None:
        from difflib import get_close_matches

        known = [*BY_KEY, "check", "rules"]
        here = [full.removeprefix(prefix) for full in known if full.startswith(prefix)]
        found = get_close_matches(key, here, 1, 0.6) or get_close_matches(
            key, [k.rpartition(".")[2] for k in known], 1, 0.6
        )
        table = (
            f"[tool.dlint{'.' if prefix else ''}{prefix.rstrip('.')}]"
            if self.in_pyproject
            else (f"[{prefix.rstrip('.')}]" if prefix else "the top level")
        )
        if key == "tool" and not self.in_pyproject:
            self._problem(name, "`[tool.dlint]` is for pyproject.toml", "leave out `tool.dlint` in this file")
            return
        hint = f"did you mean `{found[0]}`?" if found else f"known here: {', '.join(sorted(here))}"
        self._problem(name, f"unknown option `{key}` in {table}", hint)

    def _value(self, option: Option, name: str, value: object) -> None:
        from dlint.engine.values import check_value

        problem = check_value(option, value)
        if problem:
            self._problem(name, f"`{name}` {problem}", None)
            return
        if option.name == "per_file_ignores":
            value = {anchored(pattern, self.configuration.root): rules for pattern, rules in value.items()}  # type: ignore[attr-defined]
        elif option.name == "context":
            value = os.path.join(self.configuration.root, str(value))
        for selector in _selectors(option, value):
            self._selector(name, selector)
        if option.kind == "table":
            value = {**self.configuration.values.get(option.name, {}), **value}  # type: ignore[dict-item]
        elif option.name in ("extend_select", "extend_exclude"):
            value = (*self.configuration.values.get(option.name, ()), *value)  # type: ignore[misc]
        self.configuration.values[option.name] = value

    def _selector(self, name: str, selector: str) -> None:
        from dlint.checks.registry import is_selector, suggestion

        if not is_selector(selector):
            near = suggestion(selector)
            hint = f"did you mean `{near}`?" if near else "`dlint rule --all` lists the rules"
            self._problem(name, f"unknown rule `{selector}` in `{name}`", hint, selector)

    def _rules(self, tables: "dict[str, Any]") -> None:
        from dlint.checks.registry import rule_called, suggestion

        for given, options in tables.items():
            rule = rule_called(given)
            if rule is None or not isinstance(options, dict):
                near = suggestion(given) if rule is None else None
                what = f"unknown rule `{given}` in `rules`" if rule is None else f"`rules.{given}` should be a table"
                self._problem(f"rules.{given}", what, f"did you mean `{near}`?" if near else None, given)
                continue
            for key, value in options.items():
                self._rule_option(rule, given, key, value)
            self.configuration.rules[rule.name] = {**self.configuration.rules.get(rule.name, {}), **options}

    def _rule_option(self, rule: "Entry", given: str, key: str, value: object) -> None:
        """Take one option of a rule, or complain about it at its place."""
        from difflib import get_close_matches

        from dlint.engine.values import check_rule_option

        name = f"rules.{given}.{key}"
        if key not in rule.options:
            near = get_close_matches(key, rule.options, 1, 0.6)
            known = ", ".join(sorted(rule.options))
            hint = f"did you mean `{near[0]}`?" if near else f"its options: {known}" if known else "it has no options"
            self._problem(name, f"`{rule.name}` has no option `{key}`", hint)
            return
        problem = check_rule_option(value, rule.options[key], rule.load().choices.get(key, ()))
        if problem:
            self._problem(name, f"`{key}` of `{rule.name}` {problem}", None)

    def _problem(self, name: str, message: str, hint: str | None, word: str | None = None) -> None:
        self.problems.append(problem_text(message, self.path, self.text, self._find(name, word), hint))

    def _place(self, name: str) -> str:
        return _place_text(self.path, self._find(name, None))

    def _find(self, name: str, word: str | None) -> "_Place | None":
        """Find a key (and a word below it) again; tomllib tells no positions."""
        start, width = _place_of(self.text, f"tool.dlint.{name}" if self.in_pyproject else name)
        if word and start >= 0:
            inner = regex.compile(rf"[\"']({regex.escape(word)})[\"']|\b({regex.escape(word)})\b").search(
                self.text, start
            )
            if inner:
                group = inner.lastindex or 0
                start, width = inner.start(group), len(word)
        if start < 0:
            return None
        line = self.text.count("\n", 0, start) + 1
        column = start - (self.text.rfind("\n", 0, start) + 1) + 1
        return line, column, width


def problem_text(message: str, path: str, text: str, place: "_Place | None", hint: str | None) -> str:
    """Return a problem with the line it is in and a mark below the place: line, column, width."""
    told = f"{message}\n --> {_place_text(path, place)}"
    if place is None:
        return told + (f" ({hint})" if hint else "")
    line, column, width = place
    gutter = " " * len(str(line))
    source = text.split("\n")[line - 1].rstrip("\r")
    told += f"\n {gutter}|\n{line} | {source}\n {gutter}| {' ' * (column - 1)}{'^' * width}"
    return told + (f" {hint}" if hint else "")


def _place_text(path: str, place: "_Place | None") -> str:
    return f"{path}:{place[0]}:{place[1]}" if place else path


_KEY = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')"
_TABLE_OR_KEY = regex.compile(rf"(?m)^[ \t]*\[([^\]\n]+)\]|^[ \t]*({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*=")


def _place_of(text: str, name: str) -> tuple[int, int]:
    """Return offset and width of the key with a full name, or of the table; (-1, 0) if it is not written so."""
    table: tuple[str, ...] = ()
    for match in _TABLE_OR_KEY.finditer(text):
        group = 1 if match[1] else 2
        parts = [
            (part[0].strip("\"'"), match.start(group) + part.start()) for part in regex.finditer(_KEY, match[group])
        ]
        names = tuple(part for part, _ in parts)
        full = names if group == 1 else (*table, *names)
        if group == 1:
            table = names
        if ".".join(full) == name:
            return parts[-1][1], len(parts[-1][0])
    return -1, 0


def _selectors(option: Option, value: "Any") -> list[str]:
    if option.name in ("select", "extend_select", "ignore", "fixable", "unfixable"):
        return list(value)
    if option.name == "severity":
        return list(value)
    if option.name == "per_file_ignores":
        return [rule for rules in value.values() for rule in rules]
    return []


def version_matches(version: str, wanted: str) -> bool:
    """Whether *version* fits all comparisons in *wanted* (``>=0.2,<1``)."""

    def key(text: str) -> list[int]:
        return [int(part[0]) for part in regex.finditer(r"\d+", text)][:3]

    for comparison in wanted.split(","):
        match = regex.match(r"\s*(>=|<=|==|!=|>|<)?\s*([\d.]+)", comparison)
        if not match:
            return False
        left, right = key(version), key(match[2])
        width = max(len(left), len(right))
        left += [0] * (width - len(left))
        right += [0] * (width - len(right))
        outcome = {
            ">=": left >= right, "<=": left <= right, "==": left == right, "!=": left != right,
            ">": left > right, "<": left < right,
        }  # fmt: skip
        if not outcome[match[1] or "=="]:
            return False
    return True
