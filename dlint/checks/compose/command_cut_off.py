"""Report commands of which Compose leaves out the end, because it runs no shell."""

from dlint.checks import ERROR, WARNING, Fix, Report, fix, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.compose.topics.shell_words import image_words
from dlint.model.compose.values import items_of
from dlint.model.compose.words import left_out
from dlint.model.repetition import is_shell
from dlint.parser.yaml import Node
from dlint.regex import lazy

# What only says where output goes: the program runs all the same.
_OUTPUT = lazy(r">+&?\s*[^\s;&|=<>]+(?:\s+\d?>+&?\s*\S+)*\s*(?:&\s*|\|\s*tee\b.*)?\Z|\|\s*tee\b|&\s*\Z")
# A line whose last program can take the place of the shell: what is before it, the program, its arguments.
_LAST = lazy(r"(?s)(.*(?:&&|;)\s*)?([A-Za-z_./][\w./-]*)((?:\s[^|;]*)?)")
_OF_SHELL = frozenset({
    ".", "cd", "eval", "exec", "exit", "export", "for", "if", "set", "source", "true", "until", "wait", "while",
})  # fmt: skip
_HOOKS = ("post_start", "pre_stop")


@rule(
    "command-cut-off", severity=ERROR, looks_at="compose",
    triggers=("command", "entrypoint"), fix="unsafe",
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        texts = [(key, service.get(key)) for key in ("entrypoint", "command")]
        texts += [("command", item.get("command")) for hook in _HOOKS for item in items_of(service.get(hook))]
        for key, node in texts:
            cut = left_out(node)
            if node is not None and cut is not None and cut[0].strip("; \t\r\n&"):
                _report(service, key, node, *cut, report)


def _report(service: Service, key: str, node: Node, text: str, place: Node, report: Report) -> None:
    words = " ".join(text.split())
    shown = words if len(words) <= 50 else f"{words[:47]}..."
    is_output = _OUTPUT.match(text) is not None and ";" not in text and "&&" not in text
    operator = "&&" if text.startswith("&&") else "||" if text.startswith("||") else text[0]
    report(
        place,
        f"Compose leaves '{shown}' out of the {key} of service {service.name}: "
        f"no shell reads it, and {operator} ends it",
        advice=_advice(service, key, node, text, operator),
        severity=WARNING if is_output else ERROR,
        fix=_fix(service, key, node, text),
    )


def _advice(service: Service, key: str, node: Node, text: str, operator: str) -> str:
    before = image_words(service) if key == "command" else ()
    names = [word if isinstance(word, str) else word.value for word in before or ()]
    if any(map(is_shell, names)):
        return "write the line as the one item of a list, which the shell of the entrypoint gets whole"
    line = " ".join(node.text.split())
    if names and not names[-1].endswith(".sh"):
        # What the image starts takes "sh" for an argument.
        key, line = "entrypoint", f"{' '.join(names)} {line}"
    quoted = f", or quote the {operator}: it is part of a word" if _is_in_word(node, text, operator) else ""
    if not node.is_known or any(sign in line for sign in '"$\\`') or len(line) > 100:
        return f'run a shell: {key}: ["sh", "-c", "..."], with the whole line as one text{quoted}'
    return f'run a shell: {key}: sh -c "{_for_shell(line)}"{quoted}'


def _is_in_word(node: Node, text: str, operator: str) -> bool:
    """Whether an operator may belong to the word it stands in: a version, an address, the value of an option."""
    if operator in ("&&", "||", "|") or text[1:2].isspace():
        return False
    before = node.text.rpartition(text)[0]
    return before[-1:] != "" and not before[-1].isspace()


def _for_shell(line: str) -> str:
    """Return a line for a shell; its last program takes the place of the shell, and gets the signals."""
    match = _LAST.fullmatch(line)
    if match is None or match[2] in _OF_SHELL or "&" in match[3].replace("&1", "").replace("&2", ""):
        return line
    return f"{match[1] or ''}exec {match[2]}{match[3]}"


def _fix(service: Service, key: str, node: Node, text: str) -> Fix | None:
    """Give the line to a shell, where it stands as it is read and says nothing that a shell would read otherwise."""
    if node.style or node.written != node.text or node.source is not service.project.source or not node.is_known:
        return None
    if any(sign in node.text for sign in "\"'\\$`\n*?~#!(){}") or not text.startswith(("&& ", "; ", "| ")):
        return None
    if key == "command" and image_words(service):
        return None
    return fix("unsafe", "run it with a shell", (node.span, f'sh -c "{_for_shell(node.text)}"'))
