"""The rules: one module each, ``checks/<family>/<rule_name>.py``.

A module becomes a rule by existing: :func:`rule` marks its check, ``scripts/index_rules``
writes ``_index.py`` from all of them, and the engine loads a module only when one of its
trigger words occurs in the file at hand.
"""

from dlint.diagnostic import Diagnostic, Edit, Fix, Label, Location, Saving, Severity
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from dlint.diagnostic import Applicability
    from dlint.parser.yaml import Node

    Check = TypeVar("Check", bound=Callable[..., None])

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

__all__ = [
    "ERROR", "INFO", "WARNING", "Edit", "Fix", "Location", "Report", "Rule", "Saving", "Severity", "Span",
    "fix", "rule",
]  # fmt: skip


class Rule:
    """The metadata of a rule; see :func:`rule`."""

    __slots__ = (
        "aliases", "check", "choices", "context_triggers", "default", "family", "fix", "looks_at", "name", "options",
        "severity", "triggers",
    )  # fmt: skip

    def __init__(
        self,
        check: "Callable[..., None]",
        name: str,
        severity: Severity,
        *,
        default: bool,
        aliases: tuple[str, ...],
        triggers: tuple[str, ...],
        context_triggers: tuple[str, ...],
        fix: str | None,
        looks_at: str,
        options: dict[str, object],
        choices: dict[str, tuple[str, ...]],
    ) -> None:
        self.check = check
        self.name = name
        self.family = check.__module__.split(".")[-2].replace("_", "-")
        self.severity = severity
        self.default = default
        self.aliases = aliases
        self.triggers = triggers
        self.context_triggers = context_triggers
        self.fix = fix
        self.looks_at = looks_at
        self.options = options
        self.choices = choices


def rule(
    name: str,
    *,
    severity: Severity,
    default: bool = True,
    aliases: tuple[str, ...] = (),
    triggers: tuple[str, ...] = (),
    context_triggers: tuple[str, ...] = (),
    fix: str | None = None,
    looks_at: str = "dockerfile",
    options: dict[str, object] | None = None,
    choices: dict[str, tuple[str, ...]] | None = None,
) -> "Callable[[Check], Check]":
    """Make a function the check of a rule.

    *triggers* are lower-case texts, one of which a file must contain, in any case and with ``_`` or
    ``-``, for the rule to have anything to say (none: it always may); ``"env AND $("`` asks for both.
    Where the build context is known, and with it what other files say, *context_triggers* count too.
    *aliases* are codes of other tools; a rule with several reports each finding under those that
    fit. *fix* is the class of its fix.
    *looks_at* is what the check needs: ``dockerfile`` (a Build), ``context`` (a Build whose
    context is known), ``compose`` (a ComposeProject), ``suppressions`` or ``shellcheck`` (what ShellCheck found).
    *options* are the rule's own settings with their defaults, which also tell what kind of value each
    takes: a tuple is a list of strings, a dict a table of strings. *choices* are, for some of them, the
    only strings there are. Options given to a rule that is off by default turn it on.
    """

    def mark(check: "Check") -> "Check":
        check.rule = Rule(  # type: ignore[attr-defined]
            check, name, severity, default=default, aliases=aliases, triggers=triggers,
            context_triggers=context_triggers, fix=fix, looks_at=looks_at, options=options or {}, choices=choices or {},
        )  # fmt: skip
        return check

    return mark


class Report:
    """Collects the findings of one rule in one file; rules call it like a function.

    *options* are the rule's settings, *today* is an ISO date.
    """

    __slots__ = ("diagnostics", "options", "rule", "source", "today")

    def __init__(self, rule: Rule, source: Source, today: str, options: dict[str, object]) -> None:
        self.rule = rule
        self.source = source
        self.today = today
        self.options = options
        self.diagnostics: list[Diagnostic] = []

    def __call__(
        self,
        place: "Span | Location | Node",
        message: str,
        *,
        advice: str | None = None,
        labels: "tuple[tuple[Span | Location | Node, str], ...]" = (),
        fix: Fix | None = None,
        saving: Saving | None = None,
        severity: Severity | None = None,
        alias: str | tuple[str, ...] | None = None,
        source: Source | None = None,
        hidden: "tuple[Span | Location, ...]" = (),
    ) -> None:
        """Add a finding at *place*.

        *labels* are related places with their messages; *severity* and *alias* say which case
        of the rule this is; *source* is another file than the one being checked; *hidden* are
        the places of secrets, which no report may show; spans are in the file of *place*.
        """
        home = source or self.source
        where = _location(place, home)
        aliases = self.rule.aliases if alias is None else (alias,) if isinstance(alias, str) else alias
        self.diagnostics.append(
            Diagnostic(
                self.rule.name,
                self.rule.family,
                severity or self.rule.severity,
                message,
                where,
                advice=advice,
                labels=tuple(Label(_location(related, home), text) for related, text in labels),
                fix=fix,
                saving=saving,
                aliases=aliases,
                hidden=tuple(_location(each, where.source) for each in hidden),
            )
        )


def _location(place: "Span | Location | Node", home: Source) -> Location:
    """Return where a place is; nodes know their file."""
    if isinstance(place, Location):
        return place
    return Location(home, place) if isinstance(place, Span) else Location(place.source, place.span)


def fix(applicability: "Applicability", message: str, *edits: tuple[Span, str] | Edit) -> Fix:
    """Return a fix of the given replacements; an Edit may be one in another file."""
    return Fix(applicability, message, tuple(each if isinstance(each, Edit) else Edit(*each) for each in edits))
