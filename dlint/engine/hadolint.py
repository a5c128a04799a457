"""hadolint's configuration file, read as one of dlint's.

The keys are those of hadolint 2.15.1; what it does not know it does not mind, so keys that are
unlike any of its own are left alone here too. Its codes are aliases of dlint's rules.
"""

from dlint.engine.configuration import Configuration
from dlint.engine.configuration_file import problem_text, read_bytes
from dlint.engine.errors import ConfigurationError
from dlint.knowledge.hadolint import SEVERITIES
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import Node, read_yaml
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

KEYS = (
    "ignored", "override", "trustedRegistries", "label-schema", "strict-labels", "failure-threshold",
    "disable-ignore-pragma", "no-fail",
)  # fmt: skip
# How hadolint prints; dlint has options of its own for that.
OUTPUT_KEYS = ("format", "no-color", "verbose", "output")
LEVELS = {"error": "error", "warning": "warning", "info": "info", "style": "info"}
# With these two hadolint fails whatever is left to report.
THRESHOLDS = {**LEVELS, "ignore": "info", "none": "info"}
LABEL_TYPES = ("text", "rawtext", "url", "rfc3339", "spdx", "hash", "semver", "email")
_SHELLCHECK = lazy(r"SC\d{4}\Z")


class Hadolint:
    """What a file of hadolint says, in its own words."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.ignored: list[str] = []
        self.override: dict[str, str] = {}
        self.registries: list[str] = []
        self.labels: dict[str, str] = {}
        self.strict = False
        self.threshold: str | None = None
        self.no_fail = False
        self.no_pragmas = False
        self.others: list[tuple[str, str]] = []
        """Keys that mean nothing to dlint, and their values as far as they are texts."""

    @property
    def turned_on(self) -> list[str]:
        """The codes that an override makes an error or a warning: who does so wants them reported."""
        return [
            code for code, level in self.override.items() if level in ("error", "warning") and code not in self.ignored
        ]

    @property
    def fail_on(self) -> str | None:
        """The value for ``fail-on``, None where nothing is said."""
        return "never" if self.no_fail else THRESHOLDS[self.threshold] if self.threshold else None

    def rules(self) -> "dict[str, dict[str, Any]]":
        """Return the options of rules."""
        found: dict[str, dict[str, Any]] = {}
        if self.registries:
            hub = {"hub.docker.com": "docker.io"}
            found["untrusted-registry"] = {"trusted-registries": [hub.get(name, name) for name in self.registries]}
        if self.labels or self.strict:
            found["label-schema"] = {"labels": self.labels, "strict": self.strict}
        return found

    def configuration(self) -> Configuration:
        """Return it as dlint's own."""
        result = Configuration(self.path, is_foreign=True)
        values = result.values
        if self.ignored:
            values["ignore"] = tuple(self.ignored)
        if self.override:
            values["severity"] = {code: LEVELS[level] for code, level in self.override.items()}
            values["extend_select"] = tuple(self.turned_on)
        if self.fail_on:
            values["fail_on"] = self.fail_on
        if self.no_pragmas:
            values["no_ignores"] = True
        result.rules = self.rules()
        return result


def read(path: str) -> Configuration:
    """Return a file of hadolint as a configuration.

    Raises ConfigurationError.
    """
    return load(path).configuration()


def load(path: str) -> Hadolint:
    """Read and check a file of hadolint.

    Raises ConfigurationError with all that is wrong with it.
    """
    return _Reader(Source(read_bytes(path).decode("utf-8", "replace"), path)).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[str] = []
        self.result = Hadolint(source.path)

    def read(self) -> Hadolint:
        try:
            root = read_yaml(self.source) or _EMPTY
        except UnreadableError as error:
            place = self.source.position(error.span.start)
            problem = f"{self.source.path}:{place.line}:{place.column}: {error.message}"
            raise ConfigurationError([problem]) from None
        readers = {
            "ignored": self._ignored, "override": self._override, "trustedRegistries": self._registries,
            "label-schema": self._labels, "strict-labels": self._strict, "failure-threshold": self._threshold,
            "disable-ignore-pragma": self._pragmas, "no-fail": self._no_fail,
        }  # fmt: skip
        for key, value in self._pairs(root, "a configuration of hadolint"):
            reader = readers.get(key.text)
            if reader is None:
                self._other(key, value)
            elif not _is_empty(value):
                reader(value)
        if self.problems:
            raise ConfigurationError(self.problems)
        return self.result

    def _ignored(self, node: Node) -> None:
        self.result.ignored = self._codes(node, "`ignored`")

    def _override(self, node: Node) -> None:
        for key, codes in self._pairs(node, "`override`"):
            if key.text not in LEVELS:
                self._problem(key, f"`override` has no level `{key.text}`", f"there are {', '.join(LEVELS)}")
            else:
                for code in self._codes(codes, f"`override.{key.text}`"):
                    self.result.override[code] = key.text

    def _registries(self, node: Node) -> None:
        # hadolint takes a single name, too.
        self.result.registries = [node.text] if node.text else self._texts(node, "`trustedRegistries`")

    def _labels(self, node: Node) -> None:
        for key, kind in self._pairs(node, "`label-schema`"):
            name = kind.text or ("rawtext" if kind.kind == "text" else kind.kind)
            if name not in LABEL_TYPES:
                self._problem(kind, f"label `{key.text}` has no type `{name}`", f"there are {', '.join(LABEL_TYPES)}")
            elif key.text:
                self.result.labels[key.text] = name

    def _strict(self, node: Node) -> None:
        self.result.strict = self._flag(node, "strict-labels")

    def _pragmas(self, node: Node) -> None:
        self.result.no_pragmas = self._flag(node, "disable-ignore-pragma")

    def _no_fail(self, node: Node) -> None:
        self.result.no_fail = self._flag(node, "no-fail")

    def _threshold(self, node: Node) -> None:
        if node.text not in THRESHOLDS:
            self._problem(node, f"`failure-threshold` should be one of {', '.join(THRESHOLDS)}", None)
        self.result.threshold = node.text

    def _other(self, key: Node, value: Node) -> None:
        name = key.text
        from difflib import get_close_matches

        near = [] if name in OUTPUT_KEYS else get_close_matches(name, KEYS, 1, 0.7)
        if near:
            self._problem(key, f"hadolint has no key `{name}`", f"did you mean `{near[0]}`?")
        self.result.others.append((name, value.text or "…"))

    # Values ----------------------------------------------------------------------------

    def _pairs(self, node: Node, what: str) -> list[tuple[Node, Node]]:
        if node.kind != "table" and not _is_empty(node):
            self._problem(node, f"{what} should be a mapping", None)
        return node.pairs

    def _texts(self, node: Node, what: str) -> list[str]:
        return [item.text for item in self._items(node, what) if item.text]

    def _items(self, node: Node, what: str) -> list[Node]:
        if node.kind != "list" and not _is_empty(node):
            self._problem(node, f"{what} should be a list", None)
        return node.items

    def _codes(self, node: Node, what: str) -> list[str]:
        found = []
        for item in self._items(node, what):
            code = item.text
            if item.kind != "text":
                self._problem(item, f"an entry of {what} should be a code, not a {item.kind}", None)
            elif code in SEVERITIES or _SHELLCHECK.match(code):
                found.append(code)
            else:
                self._unknown(item, code, what)
        return found

    def _unknown(self, item: Node, code: str, what: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(code.upper(), SEVERITIES, 1, 0.6)
        self._problem(item, f"unknown code `{code}` in {what}", f"did you mean `{near[0]}`?" if near else None)

    def _flag(self, node: Node, key: str) -> bool:
        if not node.is_plain or node.text not in ("true", "True", "TRUE", "false", "False", "FALSE"):
            self._problem(node, f"`{key}` should be true or false", None)
        return node.text.lower() == "true"

    def _problem(self, node: Node, message: str, hint: str | None) -> None:
        line, column = self.source.position(node.span.start)
        end = min(node.span.end, self.source.line_span(line).end)
        place = (line, column, max(1, end - node.span.start))
        self.problems.append(problem_text(message, self.source.path, self.source.text, place, hint))


_EMPTY = Node("text", Span(0, 0), source=Source(""))


def _is_empty(node: Node) -> bool:
    """Whether a key has no value: nothing behind it, or null."""
    return node.is_plain and node.text in ("", "~", "null", "Null", "NULL")
