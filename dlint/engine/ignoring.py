"""``--add-ignore``: comments that ignore what is found, written where they count and change nothing."""

import os

from dlint.checks.registry import RULES
from dlint.diagnostic import Edit
from dlint.engine.edits import Edits
from dlint.engine.errors import UsageError
from dlint.engine.fixing import Fixing
from dlint.engine.harm import is_same
from dlint.parser.dockerfile import parse
from dlint.project.discovery import is_compose_path
from dlint.text import BYTE_ORDER_MARK, Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.diagnostic import Diagnostic
    from dlint.engine.result import FileResult
    from dlint.engine.settings import SettingsResolver
    from dlint.parser.dockerfile.ast import Dockerfile
    from dlint.parser.yaml import Node

_COMMENTED = (".txt", ".in", ".env", ".dockerignore", ".containerignore")


class _Place:
    """Where a comment goes: above a line of a file, for that line or for all of the file."""

    __slots__ = ("is_whole", "line", "source")

    def __init__(self, source: Source, line: int, *, is_whole: bool = False) -> None:
        self.source = source
        self.line = line
        self.is_whole = is_whole

    @property
    def key(self) -> tuple[str, int, bool]:
        """What is equal for equal places."""
        return self.source.path, self.line, self.is_whole


def add_ignores(fixing: Fixing, resolver: "SettingsResolver", reason: str) -> int:
    """Put comments into the drafts of all files, and return how many findings they silence.

    Raises UsageError where the reason cannot be given, or has to be and is not.
    """
    if resolver.base.value("fix") or resolver.base.value("fix_only"):
        raise UsageError("--add-ignore and --fix change the same lines; use one after the other")
    if "\n" in reason or "\r" in reason:
        raise UsageError("--add-ignore takes a reason of one line")
    before = _count(fixing)
    if _add(fixing, resolver, reason.strip(), is_last=False):
        # What a line of another file cannot say, a comment for the whole file says.
        _add(fixing, resolver, reason.strip(), is_last=True)
    return before - _count(fixing)


def _count(fixing: Fixing) -> int:
    return sum(len(result.diagnostics) for result in fixing.results)


def _add(fixing: Fixing, resolver: "SettingsResolver", reason: str, *, is_last: bool) -> bool:
    """Ignore what is found now; return whether that changed anything."""
    places: dict[tuple[str, int, bool], tuple[_Place, list[str]]] = {}
    for result in fixing.results:
        for diagnostic, place in _places(result, fixing, is_last=is_last):
            if not reason and resolver.for_file(result.path).value("require_reason"):
                raise UsageError("require-reason is set; write --add-ignore=REASON")
            names = places.setdefault(place.key, (place, []))[1]
            if diagnostic.rule not in names:
                names.append(diagnostic.rule)
    by_file: dict[str, list[Edit]] = {}
    sources: dict[str, Source] = {}
    for place, names in places.values():
        key = fixing.key(place.source.path)
        if fixing.may_change(key, place.source):
            sources[key] = place.source
            by_file.setdefault(key, []).append(_comment(place, names, reason))
    for key, edits in by_file.items():
        fixing.put(key, sources[key], _harmless(sources[key], edits, fixing))
    if by_file:
        fixing.recheck(list(range(len(fixing.results))))
    return bool(by_file)


def _harmless(source: Source, edits: list[Edit], fixing: Fixing) -> Edits:
    """Return the comments that change nothing."""
    kept = _joined(edits)
    is_dockerfile = fixing.is_dockerfile(source)
    if is_same(source, Source(kept.apply(source.text), source.path), is_dockerfile=is_dockerfile):
        return kept
    return _joined(
        [
            edit
            for edit in edits
            if is_same(source, Source(Edits([edit]).apply(source.text), source.path), is_dockerfile=is_dockerfile)
        ]
    )


def _joined(edits: list[Edit]) -> Edits:
    """Return the edits, one for each place: what is for the whole file comes first."""
    texts: dict[Span, str] = {}
    for edit in sorted(edits, key=lambda edit: "file-ignore" not in edit.text):
        texts[edit.span] = texts.get(edit.span, "") + edit.text
    return Edits(Edit(span, text) for span, text in texts.items())


def _comment(place: _Place, names: list[str], reason: str) -> Edit:
    source = place.source
    line = source.line(place.line) if place.line <= source.line_count else ""
    start = source.line_starts[place.line - 1]
    if start == 0 and source.text.startswith(BYTE_ORDER_MARK):
        start, line = 1, line[1:]
    indent = "" if place.is_whole else line[: len(line) - len(line.lstrip())]
    kind = "file-ignore" if place.is_whole else "ignore"
    words = f"{indent}# dlint: {kind}[{', '.join(sorted(names))}] {reason}".rstrip()
    end = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(Span(start, start), words + end)


# Places ------------------------------------------------------------------------------------


def _places(result: "FileResult", fixing: Fixing, *, is_last: bool) -> "Iterator[tuple[Diagnostic, _Place]]":
    """Yield the findings of a file that a comment can silence, and where it goes."""
    if result.source is None:
        return
    own = _DockerfilePlaces(result.source) if fixing.is_dockerfile(result.source) else _LinePlaces(result.source)
    if is_compose_path(result.path):
        own = _ComposePlaces(result.source)
    for diagnostic in result.diagnostics:
        # No comment makes Docker read a file, and comments do not speak of themselves.
        if diagnostic.rule == "syntax-error" or RULES[diagnostic.rule].looks_at == "suppressions":
            continue
        location = diagnostic.location
        line = location.source.line_number(location.span.start)
        if location.path != result.path:
            place = None if is_last else _line_elsewhere(location.source, line)
        elif is_last:
            continue
        else:
            place = own.line(location.span.start)
        yield diagnostic, place or own.whole()


def _line_elsewhere(source: Source, line: int) -> _Place | None:
    """Return the place above a line of a file that another one reads, if it can hold comments."""
    name = os.path.basename(source.path)
    if not (name.endswith(_COMMENTED) or name.startswith(".env")):
        return None
    if line > 1 and source.line(line - 1).endswith("\\"):
        return None
    return _Place(source, line)


class _LinePlaces:
    """Places in a file of lines."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def line(self, offset: int) -> _Place | None:
        """Return where a comment counts for what is found at an offset."""
        number = self.source.line_number(offset)
        text = self.source.line(number).strip() if number <= self.source.line_count else ""
        return None if not text or text.startswith("#") else _Place(self.source, number)

    def whole(self) -> _Place:
        """Return where a comment counts for the whole file."""
        return _Place(self.source, 1, is_whole=True)


class _DockerfilePlaces(_LinePlaces):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.dockerfile: Dockerfile = parse(source)

    def line(self, offset: int) -> _Place | None:
        """Return the line of the instruction, or the one of its lines that is found fault with."""
        found = [each for each in self.dockerfile.instructions if each.start <= offset <= each.end]
        if not found:
            return None
        instruction = found[-1]
        first = self.source.line_number(instruction.start)
        number = self.source.line_number(offset)
        is_in_heredoc = any(heredoc.start <= offset for heredoc in instruction.heredocs)
        text = self.source.line(number).strip()
        if number > first and not is_in_heredoc and text and not text.startswith("#"):
            return _Place(self.source, number)
        return _Place(self.source, self._above(first))

    def _above(self, number: int) -> int:
        """Return the line itself, or that of the comments above it that count for what is directly below them."""
        while number > 1 and self.source.line(number - 1).lstrip("# \t").startswith("hadolint"):
            number -= 1
        return number

    def whole(self) -> _Place:
        """Return the line below the directives: a comment above them would turn them off."""
        directives = self.dockerfile.directives
        last = self.source.line_number(max(directive.start for directive in directives)) if directives else 0
        return _Place(self.source, min(last + 1, len(self.source.line_starts)), is_whole=True)


class _ComposePlaces(_LinePlaces):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        from dlint.parser.unreadable import UnreadableError
        from dlint.parser.yaml import read_yaml

        try:
            root = read_yaml(source)
        except UnreadableError:
            root = None
        self.entries = sorted(_entries(root)) if root else []

    def line(self, offset: int) -> _Place | None:
        """Return the line of the innermost entry that holds an offset and begins its line."""
        number = None
        for start, end in self.entries:
            if start > offset:
                break
            line = self.source.line_number(start)
            before = self.source.text[self.source.line_starts[line - 1] : start].strip(f" -{BYTE_ORDER_MARK}")
            if offset <= end and not before:
                number = line
        return None if number is None else _Place(self.source, number)


def _entries(root: "Node") -> "Iterator[Span]":
    """Yield the places of all entries, with what belongs to them, outside of what is written in one line."""
    waiting = [root]
    seen = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen or node.written[:1] in ("{", "["):
            continue
        seen.add(id(node))
        for key, value in node.pairs:
            yield Span(key.span.start, max(key.span.end, value.span.end if value.span > key.span else 0))
        for item in node.items:
            yield item.span
        waiting += [value for _, value in node.pairs] + node.items
