"""Reading the files of a compose project: one after the other, bounded, and each problem at its place."""

import os

from dlint.model.compose.project import ComposeFile, EnvironmentFile, Problem
from dlint.parser.compose.kinds import kind_of
from dlint.parser.compose.merge_keys import inside_out, resolve_merge_keys
from dlint.parser.compose.merging import Merger
from dlint.parser.compose.variables import Value, interpolate
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import Node, read_documents
from dlint.project.compose.environment import project_name, read_environment
from dlint.project.compose.reading import Reader
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILES = 100
MAX_LENGTH = 5_000_000
"""How many characters the other files of a project may have together."""
_KINDS = {"null": "empty", "boolean": "a truth value", "integer": "a number", "number": "a number", "date": "a date"}


class Loader:
    """Loads files and collects what belongs to the project."""

    def __init__(self, source: Source, path: str) -> None:
        self.source = source
        self.path = path
        self.can_read = not path.startswith("<")
        self.folder = os.path.dirname(os.path.abspath(path))
        self.reader = Reader(self, source, path)
        self.files: list[ComposeFile] = []
        self.environment_files: list[EnvironmentFile] = []
        self.problems: dict[tuple[str, Span, str], Problem] = {}
        self.not_read: list[Node] = []
        self.variables: dict[str, Value] = {}
        self._trees: dict[tuple[int, int, str], tuple[Node | None, object]] = {}
        self._length = 0

    # What is wrong

    def problem(
        self, message: str, source: Source, span: Span, advice: str | None = None,
        labels: tuple[tuple[Source, Span, str], ...] = (),
    ) -> None:  # fmt: skip
        """Note a problem, once."""
        self.problems.setdefault((source.path, span, message), Problem(message, source, span, advice, labels))

    def problem_at(self, node: Node, message: str, advice: str | None = None, *, labels: tuple[Node, ...] = ()) -> None:
        """Note a problem at a node; *labels* are other nodes that mean the same."""
        more = tuple((label.source, label.span, "the other one") for label in labels)
        self.problem(message, node.source, node.span, advice, more)

    def mark(self) -> tuple[int, int, int, int]:
        """Return how far things have come, for :meth:`forget`."""
        return len(self.files), len(self.problems), len(self.not_read), len(self.environment_files)

    def forget(self, mark: tuple[int, int, int, int]) -> None:
        """Drop everything that came after a mark."""
        del self.files[mark[0] :]
        for key in list(self.problems)[mark[1] :]:
            del self.problems[key]
        del self.not_read[mark[2] :]
        del self.environment_files[mark[3] :]

    # Files

    def load_main(self) -> Node | None:
        """Return the tree of the file that is checked, with what it extends and includes; None if there is none."""
        if self.can_read:
            self.variables = read_environment(self, self.folder, {})
        return self._load(self.source, self.path, "main")

    def load_beside(self, name: str, role: str) -> Node | None:
        """Return the tree of a file in the project directory."""
        path = os.path.join(self.folder, name)
        source = self.reader.read(path, None)
        return self._load(source, path, role) if source is not None else None

    def _load(self, source: Source, path: str, role: str) -> Node | None:
        from dlint.project.compose.including import with_includes

        root = self.tree(source, path, role, self.variables, self.folder)
        if root is None:
            return None
        return with_includes(
            self, self.extended(root, path, self.variables, self.folder), path, self.variables, (), self.folder
        )

    def extended(self, root: Node, path: str, variables: "Mapping[str, Value]", folder: str) -> Node:
        """Return a file's tree with ``extends`` resolved."""
        from dlint.project.compose.extending import with_extends

        return with_extends(self, root, os.path.abspath(path) if self.can_read else path, variables, folder)

    def tree(self, source: Source, path: str, role: str, variables: "Mapping[str, Value]", folder: str) -> Node | None:
        """Return what stands in a file, its variables put in and its documents merged; None if that is no table."""
        key = (id(source), id(variables), role)
        if key in self._trees:
            return self._trees[key][0]
        self._length += len(source.text) if self.files else 0
        if len(self.files) >= MAX_FILES or self._length > MAX_LENGTH:
            said = f"the project has more than {MAX_FILES} files or {MAX_LENGTH:,} characters; the rest is not read"
            self.problem(said, self.source, Span(0, 0))
            return None
        root = self._documents(source, variables)
        self.files.append(ComposeFile(source.path, source, root, role, folder))
        # The variables are held too, so that no others get their identity.
        self._trees[key] = (root, variables)
        return root

    def _documents(self, source: Source, variables: "Mapping[str, Value]") -> Node | None:
        try:
            documents, repeated = read_documents(source)
        except UnreadableError as error:
            self.problem(f"the file {error.message}", source, error.span)
            return None
        for second, first in repeated:
            line = source.line_number(first.span.start)
            self.problem_at(
                second, f"{_short(second.text)} stands twice in this table, first in line {line}",
                "keep one of them", labels=(first,),
            )  # fmt: skip
        documents = [document for document in documents if not document.is_null]
        if not documents:
            self.problem("the file is empty", source, Span(0, 0), "Compose refuses an empty file; delete it")
        root: Node | None = None
        for document in documents:
            if document.kind != "table":
                self.problem_at(document, f"the file is a {document.kind}; a compose file is a table with services")
                continue
            self._resolve(document, variables)
            root = self.merge(root, document) if root is not None else document
        return root

    def _resolve(self, document: Node, variables: "Mapping[str, Value]") -> None:
        for node, message in resolve_merge_keys(document):
            self.problem_at(node, message)
        self._look_at_keys(document)
        if "COMPOSE_PROJECT_NAME" not in variables:
            variables = {**variables, "COMPOSE_PROJECT_NAME": project_name(document, self.folder)}
        for node, error in interpolate(document, variables):
            if error.is_limit:
                self.problem_at(node, f"this text is not read: {error}")
            else:
                self.problem_at(node, f"Compose refuses this variable: {error}", "write $$ for a dollar sign")

    def _look_at_keys(self, document: Node) -> None:
        for node in inside_out(document):
            for key, _ in node.pairs:
                if key.kind != "text":
                    self.problem_at(key, f"a key has to be a text, and this is a {key.kind}")
                elif (kind := kind_of(key)) != "string":
                    said = f"the key {key.text}" if key.text else "a key"
                    self.problem_at(key, f"{said} is {_KINDS[kind]}, and Compose takes only texts", "put it in quotes")

    def merge(self, base: Node, over: Node) -> Node:
        """Return one tree laid over another; problems are noted."""
        return self.noted(merger := Merger(), merger.merge(base, over))

    def noted(self, merger: Merger, merged: Node) -> Node:
        """Return a merged tree after noting what was wrong."""
        for node, message in merger.wrong:
            self.problem_at(node, message)
        return merged


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
