"""Report ports without quotes, or with others than a team uses."""

from dlint.checks import INFO, Report, rule
from dlint.checks.style._quotes import requoted
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.written import written_services, written_value
from dlint.parser.yaml import Node
from dlint.regex import lazy

_SEXAGESIMAL = lazy(r"[1-9]\d*(?::[0-5]?\d)+\Z")
_STYLES = {"single": ("'",), "double": ('"',), "any": ("'", '"')}
_NAMES = {"'": "single", '"': "double"}


@rule(
    "port-unquoted", severity=INFO, default=False, looks_at="compose", aliases=("require-quotes-in-ports",),
    triggers=("ports", "expose"), fix="safe", options={"quotes": "any", "sections": ("ports", "expose")},
    choices={"quotes": tuple(_STYLES), "sections": ("ports", "expose")},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    styles, sections = _STYLES[str(report.options["quotes"])], report.options["sections"]
    assert isinstance(sections, list | tuple)
    for _, table in written_services(project):
        for section in sections:
            node = written_value(table, section)
            start = node.span.start if node is not None else 0
            for item in node.items if node is not None else ():
                if item.kind == "text" and item.style not in styles and item.span.start >= start:
                    _item(item, styles[-1], report)


def _item(item: Node, style: str, report: Report) -> None:
    report(
        item,
        _message(item, style),
        advice=f"write {style}{item.text}{style}",
        fix=requoted(item, style),
    )


def _message(item: Node, style: str) -> str:
    if item.style:
        return f"{item.text} is not in {_NAMES[style]} quotes"
    if _SEXAGESIMAL.match(item.text):
        number = 0
        for part in item.text.split(":"):
            number = number * 60 + int(part)
        return f"{item.text} has no quotes: Compose reads it as text, YAML 1.1 as the number {number}"
    if item.text.isdecimal():
        return f"{item.text} has no quotes and is a number to YAML; Compose takes it all the same"
    return f"{item.text} has no quotes; it is text to Compose either way"
