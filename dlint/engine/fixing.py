"""Fixes applied: chosen, made, looked at again, until nothing is left to fix.

Nothing is written here: the new texts are drafts, which whoever checks a file reads in its place.
"""

import os

from dlint.diagnostic import Edit
from dlint.drafts import drafts
from dlint.engine.edits import Edits
from dlint.engine.harm import harm
from dlint.engine.run import tell_once
from dlint.engine.writing import why_not
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dlint.diagnostic import Diagnostic
    from dlint.engine.result import FileResult

    Check = Callable[[list[int]], list[FileResult]]
    Wanted = Callable[[FileResult, Diagnostic], bool]

MAX_ROUNDS = 50
STDIN = "-"


class Fixed:
    """One fix that was made: the rule, and the file its finding was in."""

    __slots__ = ("path", "rule")

    def __init__(self, rule: str, path: str) -> None:
        self.rule = rule
        self.path = path


class Draft:
    """A file that fixes change: as it was read, and as it will be."""

    __slots__ = ("after", "before", "path")

    def __init__(self, path: str, before: bytes) -> None:
        self.path = path
        """As shown to people."""
        self.before = before
        self.after = before


class _Candidate:
    """A fix with its edits by file."""

    def __init__(self, diagnostic: "Diagnostic", index: int, stdin: str | None) -> None:
        self.diagnostic = diagnostic
        self.index = index
        self.edits: dict[str, list[Edit]] = {}
        self.sources: dict[str, Source] = {}
        assert diagnostic.fix is not None
        for edit in diagnostic.fix.edits:
            source = edit.source or diagnostic.location.source
            key = STDIN if source.path == stdin else os.path.realpath(source.path)
            self.sources[key] = source
            self.edits.setdefault(key, []).append(with_line_ends(edit, source))

    @property
    def identity(self) -> object:
        """What is equal for the same fix of the same text."""
        return (
            self.diagnostic.rule,
            tuple((key, edit.span, edit.text) for key, edits in self.edits.items() for edit in edits),
        )

    @property
    def lasting(self) -> object:
        """What is equal for the same fix after another one has moved it."""
        source = self.diagnostic.location.source
        texts = [
            (source.text[edit.span.start : edit.span.end], edit.text) for edits in self.edits.values() for edit in edits
        ]
        return (self.diagnostic.rule, self.diagnostic.message, tuple(texts))


def with_line_ends(edit: "Edit", source: Source) -> "Edit":
    """Return the edit with the line ends that the file has where it is made."""
    if "\n" not in edit.text:
        return edit
    text = source.text
    feed = text.find("\n", edit.span.start)
    if feed < 0:
        feed = text.rfind("\n", 0, edit.span.start)
    if feed < 1 or text[feed - 1] != "\r":
        return edit
    return Edit(edit.span, edit.text.replace("\r\n", "\n").replace("\n", "\r\n"), edit.source)


class Fixing:
    """What is fixed in a run, file by file and round by round."""

    def __init__(self, results: "list[FileResult]", check: "Check", wanted: "Wanted", stdin: str | None = None) -> None:
        self.results = results
        self.check = check
        self.wanted = wanted
        self.stdin = stdin
        """The name of what is read from standard input."""
        self.changed: dict[str, Draft] = {}
        self.fixed: list[Fixed] = []
        self.left_alone: dict[str, str] = {}
        """Files with fixes that may not be changed, and why."""
        self.bugs: list[str] = []
        self._dropped: set[object] = set()
        self._named = [result.path for result in results]

    def run(self) -> None:
        """Fix until nothing is left, or as often as that may take."""
        is_certain = True
        for _ in range(MAX_ROUNDS):
            candidates = self._candidates()
            touched = self._round(candidates)
            if touched:
                self.recheck(sorted(touched))
                is_certain = len(self.results) == 1
            elif is_certain:
                return
            else:
                # What one file says may matter to another one.
                self.recheck(list(range(len(self.results))))
                is_certain = True
        rules = sorted({candidate.diagnostic.rule for candidate in self._candidates()})
        self.bugs.append(f"the fixes of {', '.join(rules)} come to no end")

    def recheck(self, indices: list[int]) -> None:
        """Check some of the files again."""
        for index, result in zip(indices, self.check(indices), strict=True):
            self.results[index] = result
        tell_once(self.results)

    # One round -------------------------------------------------------------------------

    def _candidates(self) -> list[_Candidate]:
        """Return the fixes to be made, each once, in the order of the files."""
        found: dict[object, _Candidate] = {}
        for index, result in enumerate(self.results):
            for diagnostic in result.diagnostics:
                if diagnostic.fix is None or not diagnostic.fix.edits or not self.wanted(result, diagnostic):
                    continue
                candidate = _Candidate(diagnostic, index, self.stdin)
                if candidate.lasting not in self._dropped and all(
                    self.may_change(key, source) for key, source in candidate.sources.items()
                ):
                    found.setdefault(candidate.identity, candidate)
        return list(found.values())

    def may_change(self, key: str, source: Source) -> bool:
        """Whether a file may be changed, and is the one that was read."""
        if key in self.changed:
            return source.data == self.changed[key].after
        if key != STDIN:
            reason = why_not(source.path, self._named)
            if reason:
                self.left_alone[source.path] = reason
                return False
        self.changed[key] = Draft(source.path, source.data)
        return True

    def _round(self, candidates: list[_Candidate]) -> set[int]:
        """Make the fixes that go together; return the numbers of the files to look at again."""
        chosen: list[_Candidate] = []
        edits: dict[str, Edits] = {}
        claims = _Claims()
        for candidate in candidates:
            if all(edits.get(key, Edits()).fits(more) for key, more in candidate.edits.items()) and claims.take(
                candidate, [key for key, source in candidate.sources.items() if self.is_dockerfile(source)]
            ):
                chosen.append(candidate)
                for key, more in candidate.edits.items():
                    edits[key] = edits.get(key, Edits()).with_more(more)
        made = self._made(chosen)
        waiting = {candidate.index for candidate in candidates}
        paths = {key for candidate in made for key in candidate.edits}
        return {
            index
            for index, result in enumerate(self.results)
            if made and (index in waiting or self.key(result.path) in paths)
        }

    def key(self, path: str) -> str:
        """Return what a file goes by: its real path, or that it is standard input."""
        return STDIN if path == self.stdin else os.path.realpath(path)

    def _made(self, chosen: list[_Candidate]) -> list[_Candidate]:
        """Make fixes: all at once if nothing breaks, else those that break nothing, one after the other."""
        made: list[_Candidate] = []
        for group in _groups(chosen):
            problem = self._problem(group)
            if problem is None:
                self._take(group)
                made += group
                continue
            kept: list[_Candidate] = []
            for candidate in group:
                if self._problem([*kept, candidate]) is None:
                    kept.append(candidate)
                    continue
                problem = self._problem([candidate])
                if problem:
                    self._drop(candidate, problem)
            if kept:
                self._take(kept)
                made += kept
        return made

    def _problem(self, group: list[_Candidate]) -> str | None:
        """Return what fixes break that are made together."""
        for key in dict.fromkeys(key for candidate in group for key in candidate.edits):
            source = next(candidate.sources[key] for candidate in group if key in candidate.sources)
            edits = Edits(edit for candidate in group for edit in candidate.edits.get(key, ()))
            after = Source(edits.apply(source.text), source.path)
            problem = harm(source, after, edits, is_dockerfile=self.is_dockerfile(source))
            if problem:
                return problem
        return None

    def is_dockerfile(self, source: Source) -> bool:
        """Whether a file was checked as a Dockerfile."""
        from dlint.project.discovery import is_compose_path, is_ignore_file

        if is_compose_path(source.path) or is_ignore_file(source.path):
            return False
        key = self.key(source.path)
        return any(self.key(path) == key for path in self._named)

    def _take(self, group: list[_Candidate]) -> None:
        for key in dict.fromkeys(key for candidate in group for key in candidate.edits):
            source = next(candidate.sources[key] for candidate in group if key in candidate.sources)
            edits = Edits(edit for candidate in group for edit in candidate.edits.get(key, ()))
            self.put(key, source, edits)
        self.fixed += [Fixed(each.diagnostic.rule, each.diagnostic.location.path) for each in group]

    def put(self, key: str, source: Source, edits: Edits) -> None:
        """Make edits in the draft of a file."""
        draft = self.changed.setdefault(key, Draft(source.path, source.data))
        draft.after = drafts[key] = Source(edits.apply(source.text), source.path).data

    def _drop(self, candidate: _Candidate, problem: str) -> None:
        self._dropped.add(candidate.lasting)
        location = candidate.diagnostic.location
        self.bugs.append(
            f"the fix of {candidate.diagnostic.rule} at {location.path}:{location.start.line} is not made: it {problem}"
        )


class _Claims:
    """Which instructions fixes change in a round.

    One that changes the build on purpose has its instruction for itself: what others say of it may not hold after.
    """

    def __init__(self) -> None:
        self._instructions: dict[str, list[Span]] = {}
        self._safe: set[tuple[str, int]] = set()
        self._unsafe: set[tuple[str, int]] = set()

    def take(self, candidate: _Candidate, dockerfiles: list[str]) -> bool:
        """Claim the instructions that a fix changes in Dockerfiles; return whether none is taken."""
        assert candidate.diagnostic.fix is not None
        wanted = set()
        for key in dockerfiles:
            if key not in self._instructions:
                from dlint.parser.dockerfile import parse

                self._instructions[key] = [each.span for each in parse(candidate.sources[key]).instructions]
            edits = Edits(candidate.edits[key])
            wanted |= {(key, span.start) for span in self._instructions[key] if edits.touches(span)}
        if candidate.diagnostic.fix.applicability == "safe":
            self._safe |= wanted - self._unsafe
            return not wanted & self._unsafe
        if wanted & (self._safe | self._unsafe):
            return False
        self._unsafe |= wanted
        return True


def _groups(candidates: list[_Candidate]) -> "Iterable[list[_Candidate]]":
    """Yield the fixes that share files, directly or through others, together."""
    groups: list[tuple[set[str], list[_Candidate]]] = []
    for candidate in candidates:
        keys, members = set(candidate.edits), [candidate]
        apart = []
        for group in groups:
            if group[0] & keys:
                keys |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (keys, members)]
    return (members for _, members in groups)
