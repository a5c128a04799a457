"""Which rules are on, and what they count for, from layers of selectors."""

from dlint.checks.registry import FAMILIES, GROUPS, RULES, aliased_rule
from dlint.diagnostic import Diagnostic, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from dlint.checks.registry import Entry
    from dlint.engine.settings import Settings

# How specific a selector is; the more specific one wins, and of equals the ignore.
_GROUP, _FAMILY, _RULE, _ALIAS = range(1, 5)


class Selection:
    """The selectors of one file.

    A rule is on when it is selected more specifically than it is ignored. An alias stands for
    those findings of its rule that carry it.
    """

    __slots__ = ("_entries", "_ignored", "_included", "_is_plain", "_selected", "_severities")

    def __init__(
        self, select: "Iterable[str]", ignore: "Iterable[str]", severities: dict[str, str] | None = None
    ) -> None:
        self._selected = frozenset(select)
        self._ignored = frozenset(ignore)
        self._severities = severities or {}
        self._included: dict[str, bool] = {}
        self._entries: dict[str, dict[str, Entry]] = {}
        self._is_plain = not self._ignored and self._selected == {"recommended"}
        """Whether nobody chose anything."""

    def includes(self, entry: "Entry") -> bool:
        """Whether the rule has to run: some of its findings may be wanted."""
        if self._is_plain:
            return entry.default
        included = self._included.get(entry.name)
        if included is None:
            included = self._included[entry.name] = any(
                self._rank(self._selected, entry, aliases) > self._rank(self._ignored, entry, aliases)
                for aliases in [(), *((alias,) for alias in self._aliases(entry))]
            )
        return included

    def _aliases(self, entry: "Entry") -> "Iterable[str]":
        """Return the aliases of a rule that its findings may carry, as far as they matter here."""
        return (*entry.aliases, *(name for name in self._selected if aliased_rule(name) == entry.name))

    def entries(self, looks_at: str) -> "tuple[Entry, ...]":
        """Return the rules that have to run, of those that look at one kind of thing."""
        return tuple(self.by_name(looks_at).values())

    def by_name(self, looks_at: str) -> "dict[str, Entry]":
        """Return the same rules by their names."""
        found = self._entries.get(looks_at)
        if found is None:
            found = self._entries[looks_at] = {
                name: entry for name, entry in RULES.items() if entry.looks_at == looks_at and self.includes(entry)
            }
        return found

    def wants(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is to be reported."""
        entry = RULES[diagnostic.rule]
        aliases = diagnostic.aliases
        return self._rank(self._selected, entry, aliases) > self._rank(self._ignored, entry, aliases)

    def severity(self, diagnostic: Diagnostic) -> Severity:
        """Return the severity the configuration gives a finding, its own if it gives none."""
        groups = ("recommended", "all") if RULES[diagnostic.rule].default else ("all",)
        for name in (*diagnostic.aliases, diagnostic.rule, diagnostic.family, *groups):
            if name in self._severities:
                return Severity.named(self._severities[name])
        return diagnostic.severity

    @staticmethod
    def _rank(selectors: frozenset[str], entry: "Entry", aliases: tuple[str, ...]) -> int:
        if not selectors.isdisjoint(aliases):
            return _ALIAS
        if entry.name in selectors:
            return _RULE
        if entry.family in selectors:
            return _FAMILY
        if "all" in selectors or (entry.default and "recommended" in selectors):
            return _GROUP
        return 0


def is_fixable(diagnostic: Diagnostic, settings: "Settings") -> bool:
    """Whether the settings of a file let the fix of a finding be made."""
    fixable, unfixable = settings.value("fixable"), settings.value("unfixable")
    if not unfixable and "all" in fixable:
        return True
    return Selection(fixable, unfixable).wants(diagnostic)


def matches(selector: str, diagnostic: Diagnostic) -> bool:
    """Whether a selector stands for a finding: its rule, alias, family or group."""
    if selector in GROUPS:
        return selector == "all" or RULES[diagnostic.rule].default
    if aliased_rule(selector):
        return selector in diagnostic.aliases
    if selector in FAMILIES and selector not in RULES:
        return selector == diagnostic.family
    return selector == diagnostic.rule
