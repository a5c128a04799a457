"""Whether edits do what no fix may: make a file unreadable, or change what they do not name."""

from dlint.parser.unreadable import UnreadableError
from dlint.project.discovery import is_compose_path, is_dockerfile_name
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.engine.edits import Edits
    from dlint.parser.dockerfile.ast import Dockerfile
    from dlint.parser.yaml import Node
    from dlint.text import Source


def harm(before: "Source", after: "Source", edits: "Edits", *, is_dockerfile: bool = False) -> str | None:
    """Return what edits break, as the end of a sentence; None if they break nothing.

    *is_dockerfile* says so where the name of the file does not.
    """
    if is_compose_path(before.path):
        return _harm_to_compose(before, after, edits)
    if is_dockerfile or is_dockerfile_name(before.path):
        return _harm_to_dockerfile(before, after, edits)
    return None


def is_same(before: "Source", after: "Source", *, is_dockerfile: bool) -> bool:
    """Whether two texts of a file say the same, whatever their comments say."""
    if is_compose_path(before.path):
        from dlint.parser.yaml import read_yaml

        try:
            old, new = read_yaml(before), read_yaml(after)
        except UnreadableError:
            return False
        return _told(old) == _told(new)
    if is_dockerfile or is_dockerfile_name(before.path):
        from dlint.parser.dockerfile import parse

        return _said(parse(before)) == _said(parse(after))
    return True


def _told(root: "Node | None") -> list[tuple[tuple[str, ...], str]]:
    return [(path, text) for path, text, _ in _values(root)] if root else []


def _said(dockerfile: "Dockerfile") -> list[object]:
    """Return all that a Dockerfile says."""
    directives = [(directive.name, directive.value) for directive in dockerfile.directives]
    return directives + [
        (instruction.line.text, [heredoc.content for heredoc in instruction.heredocs])
        for instruction in dockerfile.instructions
    ]


def _harm_to_dockerfile(before: "Source", after: "Source", edits: "Edits") -> str | None:
    from dlint.parser.dockerfile import parse

    old, new = parse(before), parse(after)
    problem = _new_problem(_problems(old), _problems(new))
    if problem:
        return f"makes Docker refuse the file: {problem}"
    for directive in old.directives:
        kept = new.directive(directive.name)
        if not edits.touches(directive.span) and (kept is None or kept.value != directive.value):
            return f"changes the directive {directive.name}"
    there = {instruction.start: instruction for instruction in new.instructions}
    for instruction in old.instructions:
        if edits.touches(instruction.span):
            continue
        kept_one = there.get(edits.moved(instruction.start))
        if (
            kept_one is None
            or kept_one.end != edits.moved(instruction.end - 1) + 1
            or kept_one.line.text != instruction.line.text
        ):
            line = before.line_number(instruction.start)
            return f"changes the {instruction.keyword} in line {line}, which it does not name"
    return None


def _problems(dockerfile: "Dockerfile") -> list[str]:
    """Return why Docker would refuse a file, and what no shell can read of its scripts."""
    from dlint.model.build import Build
    from dlint.model.invocation import Invocation
    from dlint.model.validity import find_problems
    from dlint.parser.dockerfile.ast import Run

    build = Build(dockerfile, Invocation(dockerfile.source.path))
    found = [problem.message for problem in find_problems(build)]
    scripts = [step.script for step in build.steps(Run)]
    return found + [problem.message for script in scripts if script for problem in script.problems]


def _new_problem(old: list[str], new: list[str]) -> str | None:
    """Return a problem that there are more of than before."""
    for problem in new:
        if new.count(problem) > old.count(problem) and len(new) > len(old):
            return problem
    return None


def _harm_to_compose(before: "Source", after: "Source", edits: "Edits") -> str | None:
    from dlint.parser.yaml import read_yaml

    try:
        old = read_yaml(before)
    except UnreadableError:
        return "is made in a file that cannot be read"
    try:
        new = read_yaml(after)
    except UnreadableError as error:
        return f"makes the file unreadable: it {error}"
    kept = list(_values(new)) if new else []
    counts: dict[tuple[tuple[str, ...], str], int] = {}
    for path, text, _ in kept:
        counts[path, text] = counts.get((path, text), 0) + 1
    for path, text, spans in _values(old) if old else ():
        if any(edits.meets(span) for span in spans):
            continue
        if not counts.get((path, text)):
            return f"changes {'.'.join(path)}, which it does not name"
        counts[path, text] -= 1
    return None


def _values(root: "Node") -> "Iterator[tuple[tuple[str, ...], str, tuple[Span, ...]]]":
    """Yield each value with the names that lead to it, and the places that make it what it is."""
    waiting: list[tuple[Node, tuple[str, ...], tuple[Span, ...]]] = [(root, (), ())]
    while waiting:
        node, path, spans = waiting.pop()
        if node.kind == "text":
            yield path, node.text, (*spans, node.span)
        waiting += [(item, (*path, "-"), spans) for item in node.items]
        waiting += [(value, (*path, key.text), (*spans, key.span)) for key, value in node.pairs]
