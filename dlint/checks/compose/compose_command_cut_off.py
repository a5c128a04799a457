"""Report commands of services that are written for a shell, and no shell reads them."""

from dlint.checks import ERROR, WARNING, Fix, Report, Severity, fix, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.shell_words import Unread, image_words, unread_word
from dlint.model.compose.values import items_of
from dlint.model.compose.words import Cut, cut_of
from dlint.model.scripts import SH_LIKE
from dlint.parser.yaml import Node
from dlint.regex import lazy
from dlint.text import Span

_LAST = lazy(r"(?s)(.*(?:&&|;)\s*)?([A-Za-z_./][\w./-]*)((?:\s[^|;]*)?)")
_OF_SHELL = frozenset({
    ".", "cd", "eval", "exec", "exit", "export", "for", "if", "set", "source", "true", "until", "wait", "while",
})  # fmt: skip
_MAX_SHOWN = 70


@rule(
    "compose-command-cut-off", severity=ERROR, looks_at="compose",
    triggers=("command", "entrypoint"), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        cuts = [(key, node, cut_of(node)) for key, node in _texts(service)]
        for key, node, cut in cuts:
            if cut is not None:
                _cut_off(service, key, node, cut, report)
        if any(cut is not None and key in ("command", "entrypoint") for key, _, cut in cuts):
            continue
        unread = unread_word(service)
        if unread is not None:
            _unread(service, unread, report)
        else:
            _own_variable(service, report)


def _texts(service: Service) -> list[tuple[str, Node]]:
    """Return the commands that Compose splits, each with its key; the test of a health check goes to a shell."""
    found = [(key, service.get(key)) for key in ("entrypoint", "command")]
    for hook in ("post_start", "pre_stop"):
        found += [("command", item.get("command")) for item in items_of(service.get(hook))]
    return [(key, node) for key, node in found if node is not None and node.kind == "text"]


def _cut_off(service: Service, key: str, node: Node, cut: Cut, report: Report) -> None:
    place = service.place(cut.operator)
    if place is None:
        return
    operator = cut.operator.value
    if cut.is_in_word:
        message = f"Compose reads no further than {_short(cut.before)}: without quotes, {operator} ends the command"
        advice = f"put the word in quotes of its own: '{cut.word}'"
    else:
        runs = f"runs {_short(cut.before)} and nothing more" if cut.before else "finds no command here"
        message = f"Compose {runs}: no shell reads this, and {operator} ends the command"
        advice = _advice(service, key, cut)
    report(place, message, advice=advice, severity=_severity(cut), fix=_fix(service, key, node, cut))


def _severity(cut: Cut) -> Severity:
    """Programs that never run are errors; a redirection or a way out that is dropped is none."""
    if cut.is_in_word or not cut.before:
        return ERROR
    if cut.operator.value == "|":
        return WARNING if cut.rest.startswith("tee ") else ERROR
    if cut.operator.value in ("&&", ";"):
        return ERROR
    return WARNING if cut.operator.value != "&" or cut.rest.startswith(("1", ">", "2")) else ERROR


def _line(cut: Cut) -> str:
    return " ".join(f"{cut.before} {cut.operator.value} {cut.rest}".replace(" ;", ";").split())


def _advice(service: Service, key: str, cut: Cut) -> str:
    line = _line(cut)
    before = image_words(service) if key == "command" else ()
    names = [word if isinstance(word, str) else word.value for word in before or ()]
    if any(name.rpartition("/")[2] in SH_LIKE for name in names):
        return "write the line as the one item of a list, which the shell of the entrypoint gets whole"
    if names and not names[-1].endswith(".sh"):
        line = f"{' '.join(names)} {line}"
        key = "entrypoint"
    line = _script(line)
    if '"' in line or "$" in line or "\\" in line:
        return f'give it to a shell: {key}: ["sh", "-c", "…"], with the whole line as one text'
    return f'give it to a shell: {key}: sh -c "{line}"'


def _script(line: str) -> str:
    """Return a line for a shell; its last program takes the place of the shell, and gets the signals."""
    match = _LAST.fullmatch(line)
    if match is None or match[2] in _OF_SHELL or "&" in match[3].replace("&1", "").replace("&2", ""):
        return line
    return f"{match[1] or ''}exec {match[2]}{match[3]}"


def _fix(service: Service, key: str, node: Node, cut: Cut) -> Fix | None:
    if cut.is_in_word or node.style or node.written != node.text or node.source is not service.project.source:
        return None
    if not node.is_known or any(sign in node.text for sign in '"\\$`\n') or service.key_at(key) is None:
        return None
    if key == "command" and image_words(service):
        return None
    return fix("unsafe", "run it with a shell", (node.span, f'sh -c "{_script(node.text)}"'))


def _unread(service: Service, unread: Unread, report: Report) -> None:
    place = service.place(unread.word)
    if place is None:
        return
    if place.source.text[place.span.start - 1] == "$" and unread.text.startswith("$"):
        # $$ is one character of the word, and two of the file.
        place = Node("text", Span(place.span.start - 1, place.span.end), source=place.source)
    text, program = _short(unread.text), _short(unread.program)
    severity = ERROR
    if unread.kind == "operator":
        message = f"{text} is an argument of {program}: a list runs without a shell"
        advice = 'give the line to a shell: ["sh", "-c", "…"], as one text'
    elif unread.kind == "substitution":
        message = f"{program} gets {text} as it is written: no shell runs what is in it"
        advice = 'give the line to a shell: ["sh", "-c", "exec …"], as one text'
    elif unread.kind == "variable":
        message = f"{program} gets the text {text}: no shell puts in what it holds"
        advice = 'give the line to a shell: ["sh", "-c", "exec …"], as one text'
        severity = WARNING
    else:
        message = f"the shell runs {program} alone: behind -c it takes one word, and {text} is none of it"
        advice = "write the whole line as one text, in quotes or as one item of a list"
    report(place, message, advice=advice, severity=severity)


def _own_variable(service: Service, report: Report) -> None:
    """Report a variable that Compose puts in, where only the container has it."""
    for key in ("entrypoint", "command"):
        node = service.get(key)
        for item in () if node is None else (node, *node.items):
            for variable in item.variables:
                own = service.environment.get(variable.name)
                if variable.value is not None or variable.operator or own is None or own.value is None:
                    continue
                report(
                    item,
                    f"Compose puts in ${variable.name} itself, which has no value where it is run: the "
                    f"{variable.name} of {service.name} is set in the container only",
                    advice=_variable_advice(service, variable.name, own.value),
                    labels=((own.node, "this is for the container"),),
                    severity=WARNING,
                )
                return


def _variable_advice(service: Service, name: str, value: str) -> str:
    command = service.main_command
    if command is not None and any(wrapper in SH_LIKE for wrapper in command.wrappers):
        return f"write $${name}, which the shell of the container puts in"
    return f"set {name} in .env and write {name}: ${{{name}}} above too, or write what it is"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
