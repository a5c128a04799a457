"""Report commands of which Compose leaves out the end, because it runs no shell."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.words import left_out
from dlint.parser.yaml import Node
from dlint.regex import lazy

# What only says where output goes: the program runs all the same.
_OUTPUT = lazy(r">+&?\s*[^\s;&|=<>]+(?:\s+\d?>+&?\s*\S+)*\s*(?:&\s*|\|\s*tee\b.*)?\Z|\|\s*tee\b|&\s*\Z")


@rule(
    "command-cut-off", severity=ERROR, looks_at="compose",
    triggers=("command", "entrypoint"),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        for key in ("entrypoint", "command"):
            node = service.get(key)
            cut = left_out(node)
            if cut is not None and cut[0].strip(";"):
                _report(service, key, *cut, report)


def _report(service: Service, key: str, text: str, place: Node, report: Report) -> None:
    words = " ".join(text.split())
    shown = words if len(words) <= 50 else f"{words[:47]}..."
    is_output = _OUTPUT.match(text) is not None and ";" not in text and "&&" not in text
    operator = "&&" if text.startswith("&&") else "||" if text.startswith("||") else text[0]
    report(
        place,
        f"Compose leaves '{shown}' out of the {key} of service {service.name}: "
        f"no shell reads it, and {operator} ends it",
        advice=_advice(key, operator),
        severity=WARNING if is_output else ERROR,
    )


def _advice(key: str, operator: str) -> str:
    if key == "entrypoint":
        return 'run a shell: entrypoint: ["sh", "-c", "..."], or quote it if it is part of a word'
    quoted = "" if operator in ("&&", "||", "|") else f", or quote the {operator} if it is part of a word"
    return f'run a shell: command: ["sh", "-c", "..."]{quoted}'
