"""Report words of a service's command that only a shell would understand, where none reads them."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.shell_words import Unread, unread_word
from dlint.parser.yaml import Node
from dlint.text import Span

_MAX_SHOWN = 70


@rule("command-needs-shell", severity=ERROR, looks_at="compose", triggers=("command", "entrypoint"))
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        unread = unread_word(service)
        place = service.place(unread.word) if unread is not None else None
        if unread is not None and place is not None:
            _report(service, unread, place, report)


def _report(service: Service, unread: Unread, place: Node, report: Report) -> None:
    text, program = _short(unread.text), _short(unread.program)
    severity, advice = ERROR, 'give the line to a shell: ["sh", "-c", "exec …"], as one text'
    if unread.kind == "operator":
        message = f"{text} is an argument of {program}: no shell runs the command of {service.name}"
        advice = 'give the line to a shell: ["sh", "-c", "…"], as one text'
    elif unread.kind == "substitution":
        message = f"{program} gets {text} as it is written: no shell runs what is in it"
    elif unread.kind == "variable":
        message = f"{program} gets the text {text}: no shell puts in what it holds"
        severity = WARNING
    else:
        message = f"the shell runs {program} alone: behind -c it takes one word, and {text} is none of it"
        advice = "write the whole line as one text, in quotes or as one item of a list"
    report(_with_dollar(place, unread), message, advice=advice, severity=severity)


def _with_dollar(place: Node, unread: Unread) -> Node:
    """Return the place with both dollar signs, which are one character of the word."""
    start, end = place.span
    text = place.source.text
    if unread.text.startswith("$") and start > 0 and text[start - 1 : start + 1] == "$$":
        return Node("text", Span(start - 1, end), text[start - 1 : end], source=place.source)
    return place


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
