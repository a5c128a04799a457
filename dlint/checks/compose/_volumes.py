"""How a named volume is added to a service: its mount, and its name at the end of the file."""

from dlint.checks import Fix, fix
from dlint.checks.compose._edits import add_below, add_key
from dlint.model.compose.service import Service
from dlint.parser.compose.rereading import reread
from dlint.parser.yaml import Node
from dlint.text import Source, Span


def volume_fix(service: Service, name: str, path: str) -> Fix | None:
    """Return the fix that mounts a named volume; None unless both edits are certain.

    Where the file declares no volumes yet, only the first fix that is asked for adds the section: two of
    them would add it twice.
    """
    source = service.project.source
    if len(service.project.files) > 1 or service.node.source is not source:
        return None
    mount, declaration = _mount(service, name, path), _declaration(service, name)
    if mount is None or declaration is None:
        return None
    if declaration and declaration[0][1].lstrip().startswith("volumes:"):
        if service.project.once("adds volumes", lambda: service.name) != service.name:
            return None
    edits = [mount, *declaration]
    if declaration and mount[0] == declaration[0][0]:
        edits = [(mount[0], mount[1] + declaration[0][1])]
    if not _has_both(source, edits, service, name, path):
        return None
    return fix("unsafe", f"mount a volume {name}", *edits)


def _mount(service: Service, name: str, path: str) -> tuple[Span, str] | None:
    key = service.key_at("volumes")
    if key is None:
        return add_key(service, "volumes:", f"  - {name}:{path}")
    if not service.node.span.start <= key.span.start < service.node.span.end:
        return None
    return add_below(service, key, f"- {name}:{path}")


def _declaration(service: Service, name: str) -> list[tuple[Span, str]] | None:
    """Return the edits that declare a volume; none where it is declared, None where that is not certain."""
    source = service.project.source
    declared = service.project.elements("volumes")
    if name in declared:
        return []
    root = service.project.files[0].root
    pairs = root.pairs if root is not None else []
    key = next((key for key, _ in pairs if key.text == "volumes"), None)
    if key is not None:
        edit = add_below(service, key, f"{name}:")
        return [edit] if edit is not None else None
    newline = "\r\n" if "\r\n" in source.text else "\n"
    end = len(source.text.rstrip())
    return [(Span(end, end), f"{newline}volumes:{newline}  {name}:")]


def _has_both(source: Source, edits: list[tuple[Span, str]], service: Service, name: str, path: str) -> bool:
    """Whether the file with the edits has the mount and the volume where they belong."""
    trees = reread(source, edits)
    if trees is None:
        return False
    root = trees[1]
    services = root.get("services")
    found = services.get(service.name) if services is not None else None
    mounts = found.get("volumes") if found is not None else None
    volumes = root.get("volumes")
    return _has(mounts, f"{name}:{path}") and volumes is not None and volumes.get(name) is not None


def _has(mounts: Node | None, text: str) -> bool:
    return mounts is not None and any(item.text == text for item in mounts.items)
