"""``dlint rule``: the pages, and the list of all rules."""

import sys

from dlint.checks.registry import FAMILIES, RULES, Entry, rule_called, suggestion
from dlint.cli.output import put
from dlint.engine.errors import UsageError
from dlint.pages import read_page


def run_rule(name: str | None, *, all_rules: bool, output_format: str) -> None:
    """Print a rule's page or the list of rules.

    Raises UsageError for unknown names and formats.
    """
    if output_format not in ("text", "json"):
        raise UsageError(f"unknown output format {output_format!r}; there are text and json")
    if all_rules:
        put(_list_json() if output_format == "json" else _list_text())
        return
    if name is None:
        raise UsageError("name a rule, or use --all for the list")
    entry = _entry(name)
    if output_format == "json":
        import json

        page = read_page(entry.name)
        put(json.dumps({**_row(entry), "page": page.text if page else None}, indent=2) + "\n")
        return
    _show(entry)


def _entry(name: str) -> Entry:
    entry = rule_called(name) or rule_called(name.upper())
    if entry is None and name in FAMILIES:
        rules = ", ".join(rule.name for rule in RULES.values() if rule.family == name)
        raise UsageError(f"{name!r} is a family; its rules are {rules}")
    if entry is None:
        near = suggestion(name)
        hint = f"did you mean {near}?" if near else "`dlint rule --all` lists the rules"
        raise UsageError(f"there is no rule {name!r}; {hint}")
    return entry


def _row(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "family": entry.family,
        "severity": entry.severity.label,
        "default": entry.default,
        "fix": entry.fix,
        "aliases": list(entry.aliases),
        "options": entry.options,
        "summary": entry.summary,
    }


def _list_json() -> str:
    import json

    return json.dumps([_row(entry) for entry in RULES.values()], indent=2) + "\n"


def _list_text() -> str:
    width = max(len(name) for name in RULES)
    lines = []
    for family in dict.fromkeys(entry.family for entry in RULES.values()):
        lines.append(f"{family}\n")
        for entry in RULES.values():
            if entry.family == family:
                state = entry.severity.label if entry.default else "off"
                lines.append(f"  {entry.name:<{width}}  {state:<7}  {entry.summary}\n")
    return "".join(lines)


def _show(entry: Entry) -> None:
    page = read_page(entry.name)
    text = page.text if page else f"# {entry.name}\n\n{entry.summary}\n"
    facts = [
        f"Family: {entry.family}",
        f"Severity: {entry.severity.label}",
        "On by default" if entry.default else "Off by default",
    ]
    if entry.fix:
        facts.append(f"Fix: {entry.fix}")
    if entry.aliases:
        facts.append(f"Also known as: {', '.join(entry.aliases)}")
    if entry.options:
        facts.append(f"Options: {', '.join(entry.options)}")
    title, _, rest = text.partition("\n")
    text = f"{title}\n\n{' · '.join(facts)}\n{rest}"
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(text))
    else:
        put(text)
