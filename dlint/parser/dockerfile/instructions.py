"""One instruction's line to its node, refusing what BuildKit refuses.

Sources: moby/buildkit, frontend/dockerfile/parser/line_parsers.go and
frontend/dockerfile/instructions/parse.go, and what Docker 28 answers to ``build --check``.
"""

from dlint import regex
from dlint.parser.dockerfile import ast, validity
from dlint.parser.dockerfile.ast import Instruction, KeyValue, Problem, Word
from dlint.parser.dockerfile.lines import BLANKS, NO_BLANK, LogicalLine
from dlint.parser.dockerfile.validity import Refused
from dlint.parser.dockerfile.words import NotStrings, blank_separated, json_words, quoted_words, split_flags
from dlint.parser.mapped import MappedText
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BLANK_RUN = lazy(r"[\t\v\f\r ]+")


def build(logical: LogicalLine, escape: str) -> Instruction:
    """Return the node of one logical line."""
    return _node(logical.text, logical.comments, escape)


def _node(line: MappedText, comments: tuple[ast.Comment, ...], escape: str) -> Instruction:
    text = line.text.rstrip(BLANKS)
    start = len(text) - len(text.lstrip(BLANKS))
    match = _BLANK_RUN.search(text, start)
    keyword_end = match.start() if match else len(text)
    span = line.span(start, keyword_end)
    name = Word(text[start:keyword_end], span.start, span.end)
    keyword = name.value.upper()
    class_ = _CLASSES.get(keyword, ast.Invalid)
    instruction = class_(keyword, name, line, line.end_offset(len(text)))
    instruction.comments = comments
    try:
        rest = match.end() if match else len(text)
        if match:
            flags, rest = split_flags(line, rest)
            instruction.flags = flags
            rest = len(text) - len(text[rest:].lstrip(BLANKS))
        instruction.arguments = line.slice(rest, len(text)) if rest < len(text) else _nothing(line, len(text))
        if class_ is ast.Invalid:
            validity.refuse_unknown(name)
        _BUILDERS[keyword](instruction, escape)
        if instruction.flags:
            validity.check_flags(instruction)
        return instruction
    except Refused as refusal:
        return _invalid(instruction, refusal)


def _nothing(line: MappedText, index: int) -> MappedText:
    return MappedText("", (0,), (line.end_offset(index),))


def _invalid(instruction: Instruction, refusal: Refused) -> Instruction:
    invalid = ast.Invalid(instruction.keyword, instruction.name, instruction.line, instruction.end)
    invalid.comments = instruction.comments
    invalid.flags = instruction.flags
    invalid.arguments = instruction.arguments
    invalid.json = instruction.json
    span = refusal.span or instruction.header
    invalid.problem = Problem(str(refusal), span.start, span.end, refusal.advice)
    return invalid


def _read_json(instruction: Instruction, arguments: MappedText) -> tuple[Word, ...] | None:
    try:
        words = json_words(arguments)
    except NotStrings:
        span = arguments.span(0, len(arguments.text))
        raise Refused("a JSON form may hold only strings", span, "put every element in double quotes") from None
    instruction.json = words
    return words


def _from(instruction: ast.From, escape: str) -> None:
    words = blank_separated(instruction.arguments)
    if len(words) == 3 and words[1].value.lower() == "as":
        validity.check_stage_name(words[2])
    elif len(words) != 1:
        validity.refuse_from(instruction, words)
    instruction.image = words[0]
    instruction.as_keyword = words[1] if len(words) == 3 else None
    instruction.alias = words[2] if len(words) == 3 else None


def _transfer(instruction: ast.Transfer, escape: str) -> None:
    words = _read_json(instruction, instruction.arguments)
    if words is None:
        words = blank_separated(instruction.arguments)
    validity.check_transfer(instruction, words)
    instruction.sources, instruction.destination = words[:-1], words[-1]


def _command(instruction: ast.CommandInstruction, escape: str) -> None:
    _read_json(instruction, instruction.arguments)


def _shell(instruction: ast.Shell, escape: str) -> None:
    words = _read_json(instruction, instruction.arguments)
    if words is None and instruction.arguments.text:
        raise Refused("SHELL takes the JSON form only", None, 'write SHELL ["/bin/bash", "-c"]')
    if not words:
        raise Refused("SHELL needs at least one argument")


def _healthcheck(instruction: ast.Healthcheck, escape: str) -> None:
    arguments = instruction.arguments
    kind = regex.match(f"{NO_BLANK}*", arguments.text)
    assert kind is not None
    if not kind[0]:
        raise Refused("HEALTHCHECK needs CMD or NONE", None, "write HEALTHCHECK CMD command")
    span = arguments.span(0, kind.end())
    instruction.kind = Word(kind[0], span.start, span.end)
    begin = len(arguments.text) - len(arguments.text[kind.end() :].lstrip(BLANKS))
    if begin < len(arguments.text):
        instruction.command = arguments.slice(begin, len(arguments.text))
    else:
        instruction.command = _nothing(arguments, len(arguments.text))
    _read_json(instruction, instruction.command)
    validity.check_healthcheck(instruction)


def _pairs(instruction: ast.Pairs, escape: str) -> None:
    arguments = instruction.arguments
    found = quoted_words(arguments, escape)
    if not found:
        raise Refused(f"{instruction.keyword} needs at least one argument")
    if "=" not in found[0][0]:
        instruction.pairs = (_legacy_pair(instruction),)
        return
    pairs = []
    for text, start, end in found:
        if "=" not in text:
            advice = "write name=value, and put values with blanks in double quotes"
            raise Refused(f"there is no '=' in {text!r}", arguments.span(start, end), advice)
        pairs.append(_pair(arguments, text, start, end))
    instruction.pairs = tuple(pairs)
    validity.check_names(instruction)


def _legacy_pair(instruction: ast.Pairs) -> KeyValue:
    arguments = instruction.arguments
    match = _BLANK_RUN.search(arguments.text)
    if not match:
        advice = f"write {instruction.keyword} {arguments.text}=value"
        raise Refused(f"{instruction.keyword} needs a name and a value", None, advice)
    key = arguments.span(0, match.start())
    value = arguments.span(match.end(), len(arguments.text))
    return KeyValue(
        Word(arguments.text[: match.start()], key.start, key.end),
        Word(arguments.text[match.end() :], value.start, value.end),
        legacy=True,
    )


def _pair(arguments: MappedText, text: str, start: int, end: int) -> KeyValue:
    name, equals, value = text.partition("=")
    split = start + len(name)
    key = arguments.span(start, split)
    word = None
    if equals:
        place = arguments.span(split + 1, end)
        word = Word(value, place.start, place.end)
    return KeyValue(Word(name, key.start, key.end), word)


def _arg(instruction: ast.Arg, escape: str) -> None:
    arguments = instruction.arguments
    found = quoted_words(arguments, escape)
    if not found:
        raise Refused("ARG needs at least one argument")
    instruction.pairs = tuple(_pair(arguments, text, start, end) for text, start, end in found)
    validity.check_names(instruction)


def _words(instruction: ast.WordList, escape: str) -> None:
    words = _read_json(instruction, instruction.arguments) if instruction.keyword == "VOLUME" else None
    instruction.words = words if words is not None else blank_separated(instruction.arguments)
    validity.check_word_list(instruction)


def _single(instruction: ast.Single, escape: str) -> None:
    if not instruction.arguments.text:
        raise Refused(f"{instruction.keyword} needs exactly one argument")
    instruction.value = instruction.whole_argument()


def _onbuild(instruction: ast.Onbuild, escape: str) -> None:
    if not instruction.arguments.text:
        raise Refused("ONBUILD needs an instruction")
    validity.check_deferred(instruction)
    trigger = _node(instruction.arguments, (), escape)
    trigger.onbuild = instruction
    instruction.trigger = trigger


_CLASSES: dict[str, type[Instruction]] = {
    "FROM": ast.From, "RUN": ast.Run, "CMD": ast.Cmd, "ENTRYPOINT": ast.Entrypoint,
    "SHELL": ast.Shell, "HEALTHCHECK": ast.Healthcheck, "COPY": ast.Copy, "ADD": ast.Add,
    "ENV": ast.Env, "LABEL": ast.Label, "ARG": ast.Arg, "EXPOSE": ast.Expose,
    "VOLUME": ast.Volume, "USER": ast.User, "WORKDIR": ast.Workdir,
    "STOPSIGNAL": ast.StopSignal, "MAINTAINER": ast.Maintainer, "ONBUILD": ast.Onbuild,
}  # fmt: skip

_BUILDERS: "dict[str, Callable[..., None]]" = {
    "FROM": _from, "RUN": _command, "CMD": _command, "ENTRYPOINT": _command, "SHELL": _shell,
    "HEALTHCHECK": _healthcheck, "COPY": _transfer, "ADD": _transfer, "ENV": _pairs,
    "LABEL": _pairs, "ARG": _arg, "EXPOSE": _words, "VOLUME": _words, "USER": _single,
    "WORKDIR": _single, "STOPSIGNAL": _single, "MAINTAINER": _single, "ONBUILD": _onbuild,
}  # fmt: skip
