"""Report version specifiers that the shell takes for redirections."""

from dlint.checks import ERROR, Fix, Report, Span, fix, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.parser.shell.ast import Redirection, Word
from dlint.regex import lazy

# What stands behind the sign: "=0.57.1" of ">=0.57.1", or a bare version.
_VERSION = lazy(r"=[\w$]|v?\d+(?:\.[\w*]+)*,?\Z")


@rule(
    "unquoted-version-specifier",
    severity=ERROR,
    triggers=(">", "<"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    for install in build.installs:
        for word, redirections in _specifiers(install):
            last = redirections[-1]
            text = word.map.text[word.start : last.end]
            report(
                Span(word.span.start, last.span.end),
                _message(text, word, redirections),
                advice="put the whole specifier into quotes",
                fix=_quotes(install, text, word, last),
            )


def _specifiers(install: Install) -> list[tuple[Word, list[Redirection]]]:
    """Return each requirement with the redirections that are glued to it, or begin with an equals sign."""
    found: list[tuple[Word, list[Redirection]]] = []
    operands = {package.word.end: package.word for package in install.packages}
    before = 0
    for item in install.command.redirections:
        is_wanted = item.operator in ("<", ">") and item.target is not None and _VERSION.match(item.target.value)
        if is_wanted and found and item.start == before:
            found[-1][1].append(item)
            before = item.end
            continue
        word = operands.get(item.start) or operands.get(_end_of_word_before(item))
        if is_wanted and word is not None:
            found.append((word, [item]))
            before = item.end
    return found


def _end_of_word_before(item: Redirection) -> int:
    """Return where the word in front of a redirection like ``>=1.0`` ends, blanks between left out."""
    if item.target is None or not item.target.value.startswith("="):
        return -1
    text, end = item.map.text, item.start
    while end and text[end - 1] in " \t":
        end -= 1
    return end


def _message(text: str, word: Word, redirections: list[Redirection]) -> str:
    for item in redirections:
        if item.operator == "<":
            name = item.target.value if item.target else ""
            return f"the shell reads {item.text} as a redirection from a file called {name}, and the build stops"
    targets = " and ".join(f'"{item.target.value}"' for item in redirections if item.target)
    return f"{text} is a redirection: any {word.value} is installed, and its output goes to a file called {targets}"


def _quotes(install: Install, text: str, word: Word, last: Redirection) -> Fix | None:
    """Return the fix, where the text stands in the file as the shell reads it."""
    step = install.step
    script = step.script
    span = Span(word.span.start, last.span.end)
    if script is None or script.map is not word.map or step.stage.source.text[span.start : span.end] != text:
        return None
    if any(sign in text for sign in "\"'\\`") or " " in text:
        return None
    return fix("unsafe", "quote the specifier", (span, f'"{text}"'))
