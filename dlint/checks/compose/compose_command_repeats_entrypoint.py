"""Report a command of a service that names what the image's ENTRYPOINT starts anyway."""

from dlint.checks import ERROR, Fix, Location, Report, fix, rule
from dlint.knowledge.entrypoints import program_of_image
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.repetition import is_shell, repeated_words
from dlint.model.scripts import exec_words
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import Word
from dlint.parser.yaml import Node
from dlint.text import Span


@rule(
    "compose-command-repeats-entrypoint", severity=ERROR, looks_at="compose", triggers=("command",), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        command = service.command
        if command and command[0].is_literal:
            _check(service, command, report)


def _check(service: Service, command: tuple[Word, ...], report: Report) -> None:
    words, label, is_image = _entrypoint(service)
    if not words:
        return
    program = " ".join(words)
    given = tuple(word.value for word in command)
    count = repeated_words(words, given, is_image=is_image)
    place = _around(service, command[: max(count, 1)])
    if place is None:
        return
    labels = ((label, "the ENTRYPOINT"),) if isinstance(label, Location) else ()
    whose = f"of {service.name}" if labels or not isinstance(label, str) else f"of {label}"
    if count:
        more = " …" if len(given) > count + 1 else ""
        runs = " ".join((*words, *given[: count + 1]))
        report(
            place,
            f"the ENTRYPOINT {whose} is {program}, so this runs {runs}{more}",
            advice=_advice(given[count:], program),
            labels=labels,
            fix=_fix(service, place, command, count),
        )
    elif is_image and is_shell(given[0]):
        report(
            place,
            f"the ENTRYPOINT {whose} is {program}: it gets {given[0]} as an argument, and no shell runs",
            advice="write entrypoint instead of command",
            labels=labels,
        )


def _entrypoint(service: Service) -> tuple[tuple[str, ...], Location | str | None, bool]:
    """Return the words a command is given to, the image or the place that says so, and whether it is a known image."""
    if service.entrypoint is not None:
        key = service.get("entrypoint")
        location = Location(key.source, key.span) if key is not None else None
        known = all(word.is_literal for word in service.entrypoint)
        return (tuple(word.value for word in service.entrypoint) if known else ()), location, False
    container = service.container
    own = container.final(ast.Entrypoint)
    if own is not None:
        if own.instruction.json is None:
            return (), None, False
        source = own.stage.source
        return tuple(word.value for word in exec_words(own)), Location(source, own.instruction.span), False
    target = container.target
    if target is None or any(True for stage in container.runtime_chain for _ in stage.instructions(ast.Entrypoint)):
        return (), None, False
    reference = target.root.reference
    if reference is None:
        return (), None, False
    return program_of_image(reference.official or reference.name, reference.tag or "latest"), reference.text, True


def _around(service: Service, words: tuple[Word, ...]) -> Node | None:
    places = [service.place(word) for word in words]
    first, last = places[0], places[-1]
    if first is None or last is None or first.source is not last.source:
        return first
    return Node("text", Span(first.span.start, max(first.span.end, last.span.end)), source=first.source)


def _advice(rest: tuple[str, ...], program: str) -> str:
    if not rest:
        return f"delete it: {program} is started anyway"
    return f"begin with {rest[0]}"


def _fix(service: Service, place: Node, command: tuple[Word, ...], count: int) -> Fix | None:
    """Delete the words of a text; not where it would begin with what YAML reads as something else."""
    node = service.get("command")
    if node is None or node.kind != "text" or len(command) <= count or place.source is not service.project.source:
        return None
    following = service.place(command[count])
    if following is None or not node.is_known or following.source is not place.source:
        return None
    start = place.source.text[following.span.start : following.span.start + 2]
    if not (start[:1].isalpha() or (start[:1] == "-" and start[1:2] not in ("", " "))):
        return None
    if not place.source.text[place.span.end : following.span.start].isspace():
        return None
    return fix("unsafe", "say what to start once", (Span(place.span.start, following.span.start), ""))
