"""The rules that exist, by name, family and alias; their modules are loaded on demand."""

from dlint.checks._index import ROWS
from dlint.diagnostic import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from dlint.checks import Rule

GROUPS = ("recommended", "all")


class Entry:
    """A rule as the index knows it, without its code."""

    __slots__ = (
        "_rule", "aliases", "default", "family", "fix", "looks_at", "name", "options", "severity", "summary",
        "triggers",
    )  # fmt: skip

    def __init__(self, row: "tuple[object, ...]") -> None:
        (
            self.name, self.family, severity, self.default, self.fix, self.aliases, triggers,
            self.looks_at, self.options, self.summary,
        ) = row  # type: ignore[assignment]  # fmt: skip
        self._rule: Rule | None = None
        self.severity = Severity(severity)  # type: ignore[arg-type]
        self.triggers = triggers  # type: ignore[assignment]

    name: str
    family: str
    severity: Severity
    default: bool
    fix: str | None
    aliases: tuple[str, ...]
    triggers: tuple[str, ...]
    looks_at: str
    options: dict[str, object]
    summary: str

    def load(self) -> "Rule":
        """Return the rule, importing its module the first time."""
        if self._rule is not None:
            return self._rule
        module = f"dlint.checks.{self.family.replace('-', '_')}.{self.name.replace('-', '_')}"
        # Not importlib.import_module: it would cost a millisecond at start-up.
        self._rule = __import__(module, fromlist=["check"]).check.rule
        assert self._rule is not None
        return self._rule

    def may_concern(self, words: "AbstractSet[str]") -> bool:
        """Whether a file that has these trigger words can have findings of the rule."""
        return not self.triggers or not words.isdisjoint(self.triggers)


RULES: dict[str, Entry] = {str(row[0]): Entry(row) for row in ROWS}
TRIGGERS: frozenset[str] = frozenset(word for entry in RULES.values() for word in entry.triggers)
FAMILIES: frozenset[str] = frozenset(entry.family for entry in RULES.values())
ALIASES: dict[str, str] = {
    alias: entry.name for entry in RULES.values() for alias in entry.aliases if not alias.endswith("*")
}
# "SC*" stands for every code of ShellCheck that no rule names itself.
_OPEN_ALIASES: dict[str, str] = {
    alias[:-1]: entry.name for entry in RULES.values() for alias in entry.aliases if alias.endswith("*")
}


def aliased_rule(name: str) -> str | None:
    """Return the rule an alias stands for; ``SC2086`` is one although no rule lists it."""
    if name in ALIASES:
        return ALIASES[name]
    code = name[-4:]
    return _OPEN_ALIASES.get(name[:-4]) if len(code) == 4 and code.isascii() and code.isdigit() else None


def rule_called(name: str) -> Entry | None:
    """Return the rule with a name or an alias."""
    return RULES.get(name) or RULES.get(aliased_rule(name) or "")


def is_selector(name: str) -> bool:
    """Whether *name* is a rule, a family, an alias, ``recommended`` or ``all``."""
    return name in RULES or name in FAMILIES or name in GROUPS or aliased_rule(name) is not None


def suggestion(name: str) -> str | None:
    """Return the selector most like *name*, for error messages."""
    from difflib import get_close_matches

    names = [*RULES, *FAMILIES, *ALIASES, *GROUPS]
    found = get_close_matches(name, names, 1, 0.6)
    if found:
        return found[0]
    upper = {candidate.upper(): candidate for candidate in names}
    return upper.get(name.upper()) or (name.upper() if aliased_rule(name.upper()) else None)
