"""Quotes around texts of compose files, changed so that the file says the same."""

from dlint.checks import Fix, fix
from dlint.parser.compose.blocks import says_the_same
from dlint.parser.yaml import Node
from dlint.regex import lazy

_SIMPLE = lazy(r"[^'\"\\\s][^'\"\\\n]*\Z")
# What may stand without quotes anywhere, and stays a text.
_PLAIN = lazy(r"[\w./~$](?:[^\s'\"\\,\[\]#&*!|>%@`:]|:(?=\S)|(?<=\S) (?=[^\s#]))*\Z")
_WORD = lazy(r"(?i)[-+.\d_e:xo]*\Z|true\Z|false\Z|yes\Z|no\Z|on\Z|off\Z|y\Z|n\Z|null\Z|~\Z")


def requoted(node: Node, style: str) -> Fix | None:
    """Return the fix that puts a text in quotes of another style, None where it is not so simple."""
    written = node.source.text[node.span.start : node.span.end]
    if node.tag or not _SIMPLE.match(node.text) or written != f"{node.style}{node.text}{node.style}":
        return None
    edits = [(node.span, f"{style}{node.text}{style}")]
    return fix("safe", f"write {edits[0][1]}", *edits) if says_the_same(node.source, edits) else None


def needs_quotes(node: Node) -> bool:
    """Whether a text in quotes would not be the same text without them."""
    return not _PLAIN.match(node.text) or bool(_WORD.match(node.text)) or node.text.endswith(" ")


def unquoted(node: Node) -> Fix | None:
    """Return the fix that takes the quotes of a text away, None where it needs them."""
    written = node.source.text[node.span.start : node.span.end]
    if needs_quotes(node) or written != f"{node.style}{node.text}{node.style}":
        return None
    edits = [(node.span, node.text)]
    return fix("safe", f"write {node.text}", *edits) if says_the_same(node.source, edits) else None
