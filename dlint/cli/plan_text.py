"""Plans as people and programs read them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from dlint.report import Style
    from dlint.rewrites.plan import Change, Item, Plan

_BASES = {"measured": "measured", "lock-file": "from the lock file", "table": "estimated"}


def render(plans: "list[Plan]", style: "Style", *, verbose: bool, written: bool) -> str:
    """Return the plans for people."""
    parts = [_plan(plan, style, verbose=verbose, written=written) for plan in plans]
    return "\n".join(parts)


def _plan(plan: "Plan", style: "Style", *, verbose: bool, written: bool) -> str:
    count = len(plan.items)
    lines = [style.paint(plan.path, 1) + f": {_head(count, written=written)}"]
    for number, item in enumerate(plan.ranked, 1):
        lines += ["", *_item(number, item, plan, style, is_short=written)]
    if plan.declined and verbose:
        lines += ["", "Left alone:"]
        for declined, line in plan.declined:
            place = f"line {line}, " if line else ""
            lines.append(f"  {style.paint(declined.name, 1)}: {place}{declined.reason}")
    elif plan.declined:
        count = len(plan.declined)
        lines += ["", f"{count} place{'s' * (count != 1)} left alone; --verbose says why."]
    if count and not written:
        lines += ["", "--write makes all of this, --only NAME and --skip NAME choose, --diff prints it for git apply."]
    return "\n".join(lines) + "\n"


def _head(count: int, *, written: bool) -> str:
    if not count:
        return "nothing to optimize"
    return f"{count} step{'s' * (count != 1)} {'made' if written else 'planned'}, the most worth first"


def _item(number: int, item: "Item", plan: "Plan", style: "Style", *, is_short: bool) -> list[str]:
    kind = "fix" if item.is_fix else "rewrite"
    head = f"{number}. {style.paint(item.name, 1)} ({item.safety} {kind}): {item.title}"
    lines = [head, *_wrapped(_sentence(item.why), style)]
    worth = worth_of(item)
    if worth:
        lines += _wrapped(f"Saves {worth}.", style)
    if item.caution:
        lines += _wrapped(f"Look at: {item.caution}.", style)
    if not is_short:
        for change in item.changes:
            text = diff(change, plan.secrets, style)
            lines += ["", *(f"   {line}".rstrip() for line in text.split("\n")[:-1])]
    return lines


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _wrapped(text: str, style: "Style") -> list[str]:
    from textwrap import wrap

    return wrap(text, style.width, initial_indent="   ", subsequent_indent="   ", break_long_words=False)


def worth_of(item: "Item") -> str:
    """Return what a step saves, with how that is known; empty where nobody knows."""
    from dlint.diagnostic import format_bytes

    said = []
    saving = item.saving
    if saving:
        least = "" if saving.bound == "exact" else "at least "
        sizes = []
        if saving.disk_bytes:
            sizes.append(f"{format_bytes(saving.disk_bytes)} on disk")
        if saving.pull_bytes:
            sizes.append(f"{format_bytes(saving.pull_bytes)} to pull")
        if sizes:
            said.append(f"{least}{' and '.join(sizes)} ({_BASES[saving.basis]})")
    if item.seconds:
        said.append(f"about {item.seconds:.0f} s of each rebuild after a change of the source (estimated)")
    if item.context_bytes:
        said.append(f"{format_bytes(item.context_bytes)} of what is sent to the builder (measured)")
    return ", ".join(said)


# Diffs ------------------------------------------------------------------------------------


def diff(change: "Change", secrets: "Iterable[str]", style: "Style", *, for_git: bool = False) -> str:
    """Return a unified diff, with stars in place of secrets."""
    from difflib import unified_diff

    path = change.path.replace("\\", "/")
    before, after = (_lines(data, secrets) for data in (change.before or b"", change.after))
    old, new = (f"a/{path}", f"b/{path}") if for_git else (path, path)
    old = "/dev/null" if change.before is None else old
    lines = []
    for index, line in enumerate(unified_diff(before, after, old, new)):
        text, feed, _ = line.partition("\n")
        codes = (1,) if index < 2 else {"+": (32,), "-": (31,), "@": (36,)}.get(text[:1], ())
        lines.append((style.paint(text, *codes) if codes else text) + "\n")
        if not feed:
            lines.append("\\ No newline at end of file\n")
    return "".join(lines)


def combined_diff(changes: "Iterable[Change]", secrets: "Iterable[str]", style: "Style") -> bytes:
    """Return the diff of all files, as ``git apply`` takes it."""
    ordered = sorted(changes, key=lambda change: change.path)
    text = "".join(diff(change, secrets, style, for_git=True) for change in ordered)
    return text.encode("utf-8", "surrogateescape")


def _lines(data: bytes, secrets: "Iterable[str]") -> list[str]:
    text = data.decode("utf-8", "surrogateescape")
    for secret in secrets:
        text = text.replace(secret, "*" * len(secret))
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


# JSON -------------------------------------------------------------------------------------


def render_json(plans: "list[Plan]", *, written: bool) -> str:
    """Return the plans as one JSON object."""
    import json

    from dlint import __version__
    from dlint.report import Style

    plain = Style()
    document = {
        "version": 1,
        "tool": {"name": "dlint", "version": __version__},
        "written": written,
        "files": [
            {
                "path": plan.path,
                "steps": [_json_item(item, plan, plain) for item in plan.ranked],
                "declined": [
                    {"name": declined.name, "line": line, "reason": declined.reason} for declined, line in plan.declined
                ],
            }
            for plan in plans
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _json_item(item: "Item", plan: "Plan", style: "Style") -> "dict[str, Any]":
    saving = item.saving
    return {
        "name": item.name,
        "kind": "fix" if item.is_fix else "rewrite",
        "title": item.title,
        "why": item.why,
        "safety": item.safety,
        "caution": item.caution,
        "order": plan.items.index(item) + 1,
        "saving": saving
        and {
            "disk_bytes": saving.disk_bytes,
            "pull_bytes": saving.pull_bytes,
            "basis": saving.basis,
            "bound": saving.bound,
        },
        "rebuild_seconds": item.seconds,
        "context_bytes": item.context_bytes,
        "changes": [
            {"path": change.path, "is_new": change.before is None, "diff": diff(change, plan.secrets, style)}
            for change in item.changes
        ],
    }
