"""The rules that exist, by name, family and alias; their modules are loaded on demand."""

from _operator import add

from dlint.checks._index import ALWAYS, CONTEXT_TRIGGERS, ROWS, TRIGGERS
from dlint.diagnostic import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.checks import Rule
    from dlint.checks._index import Row, Triggers

GROUPS = ("recommended", "all")


class Entry:
    """A rule as the index knows it, without its code."""

    __slots__ = ("_row", "_rule")

    def __init__(self, row: "Row") -> None:
        self._row = row
        self._rule: Rule | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self._row[0]

    @property
    def family(self) -> str:
        """The family it belongs to."""
        return self._row[1]

    @property
    def severity(self) -> Severity:
        """How much its findings count, unless one says otherwise."""
        return Severity(self._row[2])

    @property
    def default(self) -> bool:
        """Whether it is part of ``recommended``."""
        return self._row[3]

    @property
    def fix(self) -> str | None:
        """The class of its fix, None if it has none."""
        return self._row[4]

    @property
    def aliases(self) -> tuple[str, ...]:
        """What other tools call it."""
        return self._row[5]

    @property
    def looks_at(self) -> str:
        """What it needs: ``dockerfile``, ``context`` or ``suppressions``."""
        return self._row[6]

    @property
    def options(self) -> dict[str, object]:
        """Its own settings with their defaults."""
        return self._row[7]

    @property
    def summary(self) -> str:
        """The first sentence of its page."""
        return self._row[8]

    def load(self) -> "Rule":
        """Return the rule, importing its module the first time."""
        if self._rule is not None:
            return self._rule
        module = f"dlint.checks.{self.family.replace('-', '_')}.{self.name.replace('-', '_')}"
        # Not importlib.import_module: it would cost a millisecond at start-up.
        self._rule = __import__(module, fromlist=["check"]).check.rule
        assert self._rule is not None
        return self._rule


RULES: dict[str, Entry] = {row[0]: Entry(row) for row in ROWS}
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


def concerned(text: str, *, has_context: bool) -> set[str]:
    """Return the names of the rules that can have findings in a file with this text."""
    text = text.lower().replace("_", "-")
    found = set(ALWAYS)
    fours = _fours(text)
    _add(TRIGGERS, text, fours, found)
    if has_context:
        _add(CONTEXT_TRIGGERS, text, fours, found)
    return found


def _fours(text: str) -> set[str]:
    """Return all four characters that stand side by side in a word of the text, and ``""``."""
    words = "\n".join(set(text.split()))
    pairs = [*map(add, words, words[1:])]
    return {"", *map(add, pairs, pairs[2:])}


def _add(triggers: "Triggers", text: str, fours: set[str], found: set[str]) -> None:
    """Add the rules whose triggers the text holds; what lacks a trigger's four characters lacks the trigger."""
    for key in triggers.keys() & fours:
        for trigger, names in triggers[key]:
            if trigger in text if trigger.__class__ is str else all(part in text for part in trigger):
                found.update(names)


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
