"""Edits of compose files that add something, and keep all that is there: comments, anchors, order, line ends.

An edit is certain only if the file, read again with it, says the same as before and the addition. So
what stands in flow style, in quotes over several lines or behind an anchor that others use gets no fix.
"""

from dlint.model.compose.service import Service
from dlint.model.compose.values import texts_of
from dlint.parser.compose.rereading import can_reread, reread
from dlint.parser.yaml import Node
from dlint.text import Source, Span

Insertion = tuple[Span, str]


def add_key(service: Service, *lines: str) -> Insertion | None:
    """Return the edit that adds a key behind the last one of a service; None where that is not certain.

    *lines* are the key and what is below it, indented as if it stood at the margin: ``"gpus: all"``, or
    ``"logging:", "  options:", "    max-size: 10m"``.
    """
    name = lines[0].partition(":")[0]
    if service.get(name) is not None or service.key_at(name) is not None:
        return None
    return add_below(service, service.key, *lines)


def add_entry(service: Service, section: str, name: str, value: str) -> Insertion | None:
    """Return the edit that adds ``name`` with a value to a list or table of entries: ``environment``, ``labels``.

    *value* is a text, which is quoted where it has to be. The section is added where there is none.
    """
    shown = f'"{value}"' if not value.isidentifier() or value.lower() in _WORDS else value
    node, key = service.get(section), service.key_at(section)
    if node is None or key is None:
        return add_key(service, f"{section}:", f"  {name}: {shown}")
    if node.kind == "list":
        return add_below(service, key, f"- {name}={value}")
    return add_below(service, key, f"{name}: {shown}") if node.kind == "table" else None


# What YAML does not read as a text.
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})


def add_below(service: Service, key: Node, *lines: str) -> Insertion | None:
    """Return the edit that adds lines to the table or list below a key of a service; None where it is not certain."""
    source = key.source
    if source is not service.project.source or not can_reread(source):
        return None
    found = _last_line(source, key)
    if found is None:
        return None
    end, margin = found
    newline = "\r\n" if "\r\n" in source.text else "\n"
    edit = (Span(end, end), "".join(f"{newline}{margin}{line}" for line in lines))
    return edit if _adds_only(source, key, service.name, edit) else None


def _last_line(source: Source, key: Node) -> tuple[int, str] | None:
    """Return where the last line of what stands below a key ends, without its line end, and what it begins with."""
    number = source.line_number(key.span.start)
    before = source.text[source.line_starts[number - 1] : key.span.start]
    if before.strip(" "):
        return None
    margin: str | None = None
    last = 0
    for line in range(number + 1, len(source.line_starts) + 1):
        text = source.line(line)
        content = text.lstrip(" ")
        blank = text[: len(text) - len(content)]
        if not content.strip():
            continue
        is_comment = content.startswith("#")
        if is_comment and (margin is None or len(blank) <= len(margin)):
            continue
        # The items of a list may stand as far left as its key.
        is_item = content.startswith("- ") and (margin is None or len(blank) == len(margin))
        if len(blank) < len(before) or (len(blank) == len(before) and not is_item):
            break
        margin = blank if margin is None else margin
        last = line
    if margin is None:
        return None
    return source.line_starts[last - 1] + len(source.line(last).rstrip("\r\n")), margin


def _adds_only(source: Source, key: Node, name: str, edit: Insertion) -> bool:
    """Whether a file with the edit says the same as without it, and one thing more at the end of what a key has.

    Not where another service takes over that of *name*, and would get it too.
    """
    trees = reread(source, [edit])
    return trees is not None and not is_extended(trees[0], name) and _is_more(*trees, key.span)


def is_extended(root: Node, name: str) -> bool:
    """Whether another service of the file takes over what this one says."""
    services = root.get("services")
    for key, service in services.pairs if services is not None else []:
        extended = service.get("extends")
        named = extended.get("service") if extended is not None and extended.kind == "table" else extended
        if key.text != name and any(text.value is None or text.value == name for text in texts_of(named)):
            return True
    return False


def _is_more(before: Node, after: Node, place: Span) -> bool:
    """Whether two trees are the same but for one more pair or item at the end of what the key at *place* has."""
    waiting, seen, count = [(before, after, 0)], set(), 0
    while waiting:
        old, new, more = waiting.pop()
        if (id(old), id(new), more) in seen:
            continue
        seen.add((id(old), id(new), more))
        if (old.kind, old.text, old.tag, old.style) != (new.kind, new.text, new.tag, new.style):
            return False
        if len(old.items) + len(old.pairs) + more != len(new.items) + len(new.pairs):
            return False
        count += more
        waiting += [(one, other, 0) for one, other in zip(old.items, new.items, strict=False)]
        for (name, value), (new_name, new_value) in zip(old.pairs, new.pairs, strict=False):
            waiting.append((name, new_name, 0))
            waiting.append((value, new_value, int(name.span == place and value.kind != "text")))
    return count == 1
