"""The settings of one checked file: command line over ``--config`` over files over defaults."""

import os

from dlint.engine.configuration import Configuration, ConfigurationFinder, read_hadolint
from dlint.engine.errors import ConfigurationError, UsageError
from dlint.engine.options import BY_NAME
from dlint.engine.selection import Selection
from dlint.project.discovery import Filters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_LISTS = ("select", "extend_select", "ignore")
_SELECTORS = (*_LISTS, "fixable", "unfixable")
ENVIRONMENT = {
    "output_format": "DLINT_OUTPUT_FORMAT", "output_file": "DLINT_OUTPUT_FILE", "config": "DLINT_CONFIG",
    "shellcheck": "DLINT_SHELLCHECK", "cache_dir": "DLINT_CACHE_DIR", "no_cache": "DLINT_NO_CACHE",
}  # fmt: skip


class Settings:
    """What applies to one file. ``settings.value("fail_on")`` gives any option."""

    __slots__ = ("_today", "configuration", "rules", "selection", "values")

    def __init__(
        self,
        values: "dict[str, Any]",
        rules: "dict[str, dict[str, Any]]",
        configuration: Configuration | None,
        turned_on: "Iterable[str]" = (),
    ) -> None:
        self.values = values
        self.rules = rules
        self.configuration = configuration
        self._today: str | None = None
        select = [*self.value("select"), *self.value("extend_select"), *turned_on]
        if self.value("require_reason"):
            select.append("ignore-without-reason")
        self.selection = Selection(select, self.value("ignore"), self.value("severity"))

    def value(self, name: str) -> "Any":
        """Return the value of an option, its default if nobody set it."""
        return self.values.get(name, BY_NAME[name].default)

    def rule_options(self, name: str, defaults: dict[str, object]) -> dict[str, object]:
        """Return the options of a rule."""
        given = self.rules.get(name)
        return defaults | given if given else defaults

    def ignores_in(self, path: str) -> list[str]:
        """Return the selectors that per-file-ignores leave out of a file."""
        table = self.value("per_file_ignores")
        if not table:
            return []
        from dlint.globs import matches_path

        absolute = os.path.abspath(path)
        return [rule for pattern, rules in table.items() if matches_path(pattern, absolute) for rule in rules]

    @property
    def filters(self) -> Filters:
        """Which files of a folder are wanted."""
        return Filters(
            self.configuration.root if self.configuration else os.getcwd(),
            include=tuple(self.value("include")),
            exclude=(*self.value("exclude"), *self.value("extend_exclude")),
            force_exclude=self.value("force_exclude"),
            respect_gitignore=self.value("respect_gitignore"),
        )

    @property
    def today(self) -> str:
        """The date for rules that look at dates, ISO 8601; the same for a whole run."""
        if self._today is None:
            self._today = str(self.value("today") or _current_date())
        return self._today


def _current_date() -> str:
    import time

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.gmtime(int(epoch)) if epoch.isascii() and epoch.isdigit() and len(epoch) < 12 else time.localtime()
    return time.strftime("%Y-%m-%d", moment)


def _from_environment() -> "dict[str, Any]":
    """Return the options that environment variables set; an empty one sets nothing."""
    values: dict[str, Any] = {}
    for name, variable in ENVIRONMENT.items():
        text = os.environ.get(variable, "")
        option = BY_NAME[name]
        if not text or name == "config":
            continue
        if option.kind == "choice" and text not in option.choices:
            raise UsageError(f"{variable} is one of {', '.join(option.choices)}, not {text!r}")
        values[name] = (text,) if option.kind == "list" else True if option.kind == "flag" else text
    return values


class SettingsResolver:
    """Gives every file its settings.

    *command_line* holds the options that were given there. Raises ConfigurationError and
    UsageError.
    """

    def __init__(self, command_line: "dict[str, Any]") -> None:
        self.command_line = dict(command_line)
        self._finder = ConfigurationFinder()
        self._explicit: Configuration | None = None
        self._resolved: dict[int, Settings] = {}
        self._pairs: dict[str, Any] = {}
        self._pair_rules: dict[str, dict[str, Any]] = {}
        self._read_given()
        self._check_selectors()
        context = self.command_line.get("context")
        if context and not os.path.isdir(context):
            raise UsageError(f"--context {context}: no such folder")

    @property
    def base(self) -> Settings:
        """The settings of the run itself: those of the current folder."""
        return self.for_file(os.path.join(os.getcwd(), "Dockerfile"))

    def for_file(self, path: str) -> Settings:
        """Return the settings of the file at *path*."""
        if self.command_line.get("isolated"):
            configuration = None
        else:
            configuration = self._explicit or self._finder.find(path)
        key = id(configuration)
        settings = self._resolved.get(key)
        if settings is None:
            settings = self._resolved[key] = self._merge(configuration)
        return settings

    @property
    def foreign(self) -> list[str]:
        """The files of other tools that count for some of the files asked about."""
        found = (settings.configuration for settings in self._resolved.values())
        return sorted({str(each.path) for each in found if each is not None and each.is_foreign})

    def filters_for(self, path: str) -> Filters:
        """Return which files are wanted where *path* lies."""
        return self.for_file(path).filters

    def _read_given(self) -> None:
        given = self.command_line.pop("config", None) or ()
        if not given and "DLINT_CONFIG" in os.environ and not self.command_line.get("isolated"):
            given = (os.environ["DLINT_CONFIG"],)
        if not given:
            return
        from dlint.engine.configuration_file import read, read_setting

        problems: list[str] = []
        for text in given:
            try:
                if "=" in text and not os.path.exists(text):
                    setting = read_setting(text)
                    self._pairs |= setting.values
                    self._pair_rules = _joined(self._pair_rules, setting.rules)
                elif text.endswith((".yaml", ".yml")):
                    self._explicit = read_hadolint(text)
                else:
                    self._explicit = read(text)
            except ConfigurationError as error:
                problems.extend(error.problems)
        if problems:
            raise ConfigurationError(problems)

    def _check_selectors(self) -> None:
        from dlint.checks.registry import is_selector, suggestion

        ignores = self.command_line.get("per_file_ignores", {}).values()
        given = {name: self.command_line.get(name, ()) for name in _SELECTORS}
        if "select" in self.command_line and not self.command_line["select"]:
            raise UsageError("--select names no rule, so nothing would be checked; 'dlint rule --all' lists the rules")
        given["per_file_ignores"] = [selector for selectors in ignores for selector in selectors]
        for name, selectors in given.items():
            for selector in selectors:
                if not is_selector(selector):
                    near = suggestion(selector)
                    hint = f"; did you mean {near}?" if near else "; 'dlint rule --all' lists the rules"
                    raise UsageError(f"unknown rule {selector!r} in --{name.replace('_', '-')}{hint}")

    def _merge(self, configuration: Configuration | None) -> Settings:
        values: dict[str, Any] = _from_environment()
        if configuration:
            values = configuration.values | values
        values |= self._pairs
        if "select" in self.command_line:
            # A selection on the command line starts afresh.
            for name in _LISTS:
                values.pop(name, None)
        for name, value in self.command_line.items():
            if name in ("extend_select", "ignore", "extend_exclude"):
                value = (*values.get(name, ()), *value)
            elif name == "per_file_ignores":
                value = values.get(name, {}) | value
            values[name] = value
        rules = _joined(configuration.rules if configuration else {}, self._pair_rules)
        # A selection on the command line starts afresh.
        given = [] if "select" in self.command_line else _turned_on(rules)
        return Settings(values, rules, configuration, given)


def _turned_on(rules: "dict[str, dict[str, Any]]") -> list[str]:
    """Return the rules that are off by default and given options: who does so wants them."""
    from dlint.checks.registry import RULES

    return [name for name, options in rules.items() if options and not RULES[name].default]


def _joined(tables: "dict[str, dict[str, Any]]", others: "dict[str, dict[str, Any]]") -> "dict[str, dict[str, Any]]":
    """Return the options of both, rule by rule; those of *others* count where both name one."""
    return {name: tables.get(name, {}) | others.get(name, {}) for name in (*tables, *others)}
