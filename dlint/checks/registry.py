"""The rules that exist, by name, family and alias; their modules are loaded on demand."""

from dlint.checks._index import ROWS
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
        return self._row[8]

    @property
    def options(self) -> dict[str, object]:
        """Its own settings with their defaults."""
        return self._row[9]

    @property
    def summary(self) -> str:
        """The first sentence of its page."""
        return self._row[10]

    def load(self) -> "Rule":
        """Return the rule, importing its module the first time."""
        if self._rule is not None:
            return self._rule
        module = f"dlint.checks.{self.family.replace('-', '_')}.{self.name.replace('-', '_')}"
        # Not importlib.import_module: it would cost a millisecond at start-up.
        self._rule = __import__(module, fromlist=["check"]).check.rule
        assert self._rule is not None
        return self._rule

    def may_concern(self, text: str, *, has_context: bool) -> bool:
        """Whether a file with this text, in lower case and with hyphens for underscores, can have findings of it."""
        triggers, context_triggers = self._row[6:8]
        if not triggers and not context_triggers:
            return True
        return _occurs(triggers, text) or (has_context and _occurs(context_triggers, text))


def _occurs(triggers: "Triggers", text: str) -> bool:
    # Asked for every rule and every file: a loop is half the time of any().
    for trigger in triggers:
        if trigger in text if trigger.__class__ is str else all(part in text for part in trigger):
            return True
    return False


RULES: dict[str, Entry] = {row[0]: Entry(row) for row in ROWS}
FAMILIES: frozenset[str] = frozenset(entry.family for entry in RULES.values())
ALIASES: dict[str, str] = {alias: entry.name for entry in RULES.values() for alias in entry.aliases}


def is_selector(name: str) -> bool:
    """Whether *name* is a rule, a family, an alias, ``recommended`` or ``all``."""
    return name in RULES or name in FAMILIES or name in ALIASES or name in GROUPS


def suggestion(name: str) -> str | None:
    """Return the selector most like *name*, for error messages."""
    from difflib import get_close_matches

    names = [*RULES, *FAMILIES, *ALIASES, *GROUPS]
    found = get_close_matches(name, names, 1, 0.6)
    if found:
        return found[0]
    upper = {candidate.upper(): candidate for candidate in names}
    return upper.get(name.upper())
