"""What BuildKit refuses in an instruction whose words can be read.

Flags, argument counts, stage names, durations. What depends on the values of variables is
judged in the model.
"""

from dlint import regex
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import ExpansionError
from dlint.parser.dockerfile.heredocs import parse_word
from dlint.parser.dockerfile.mounts import has_variable_from
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.parser.dockerfile.ast import Instruction, Word

KEYWORDS = (
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
    "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
)  # fmt: skip

# Flags of each instruction and how they take a value. --parents, --security and --device are
# accepted although the frontend inside Docker 28 wants a newer "# syntax=" for them.
_STRING, _BOOLEAN, _MANY = "string", "boolean", "many"
_TRANSFER = {"chown": _STRING, "chmod": _STRING, "link": _BOOLEAN, "exclude": _MANY}
_FLAGS: dict[str, dict[str, str]] = {
    "FROM": {"platform": _STRING},
    "RUN": {"mount": _MANY, "network": _STRING, "security": _STRING, "device": _MANY},
    "COPY": _TRANSFER | {"from": _STRING, "parents": _BOOLEAN},
    "ADD": _TRANSFER | {"keep-git-dir": _BOOLEAN, "checksum": _STRING, "unpack": _BOOLEAN},
    "HEALTHCHECK": dict.fromkeys(
        ("interval", "timeout", "start-period", "start-interval", "retries"), _STRING
    ),
}  # fmt: skip

_STAGE_NAME = lazy(r"[a-z][a-z0-9\-_.]*\Z")
_DURATION = lazy(r"[+-]?(?:\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_NANOSECONDS = {"ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 6e10, "h": 3.6e12}


class Refused(Exception):
    """BuildKit would not take this instruction; *span* is None for all of it."""

    def __init__(self, message: str, span: Span | None = None, advice: str | None = None) -> None:
        super().__init__(message)
        self.span = span
        self.advice = advice


def nearest(name: str, names: "tuple[str, ...] | list[str]") -> str | None:
    """Return the name most like *name*, if any is alike; for messages only, so it may be slow."""
    from difflib import get_close_matches

    found = get_close_matches(name, names, 1, 0.6)
    return found[0] if found else None


def did_you_mean(name: str, names: "tuple[str, ...] | list[str]") -> str | None:
    """Return "did you mean X?" or None."""
    candidate = nearest(name, names)
    return f"did you mean {candidate}?" if candidate else None


def refuse_unknown(name: "Word") -> None:
    """Refuse an instruction that does not exist."""
    advice = did_you_mean(name.value.upper(), KEYWORDS)
    if not advice and regex.fullmatch(r"&&.*|\|.*|-.*|[a-z][\w.-]*", name.value):
        advice = "does a line above lack its continuation character?"
    raise Refused(f"unknown instruction {name.value}", name.span, advice)


def check_flags(instruction: "Instruction") -> None:
    """Refuse unknown, repeated and valueless flags."""
    known = _FLAGS.get(instruction.keyword, {})
    if isinstance(instruction, ast.Onbuild):
        known = {}
    seen = set()
    for flag in instruction.flags:
        kind = known.get(flag.name)
        if kind is None:
            advice = did_you_mean(flag.name, list(known))
            raise Refused(f"{instruction.keyword} has no flag --{flag.name}", flag.span, advice)
        if flag.name in seen and kind is not _MANY:
            raise Refused(f"--{flag.name} is given twice", flag.span)
        seen.add(flag.name)
        if kind is _BOOLEAN:
            if flag.value is not None and flag.value.lower() not in ("true", "false"):
                raise Refused(f"--{flag.name} is either true or false, not {flag.value!r}", flag.span)
        elif flag.value is None:
            raise Refused(f"--{flag.name} needs a value", flag.span, f"write --{flag.name}=value")
    if isinstance(instruction, ast.Run):
        _check_run_flags(instruction)


def _check_run_flags(run: ast.Run) -> None:
    network = run.flag("network")
    if network and network.value not in ("default", "none", "host"):
        raise Refused(f"unknown network {network.value!r}", network.value_span, "use default, none or host")
    security = run.flag("security")
    if security and security.value not in ("insecure", "sandbox"):
        raise Refused(f"unknown security mode {security.value!r}", security.value_span, "use sandbox or insecure")
    for flag in run.flags:
        if flag.name == "mount" and has_variable_from(flag):
            advice = "give the image a name with FROM ... AS name and use that"
            raise Refused("from= of a mount takes no variables", flag.span, advice)


def check_stage_name(name: "Word") -> None:
    """Refuse a stage name with characters BuildKit does not allow."""
    if not _STAGE_NAME.match(name.value.lower()):
        advice = "begin with a letter; then letters, digits, '-', '_' and '.'"
        raise Refused(f"invalid stage name {name.value!r}", name.span, advice)


def refuse_from(instruction: "ast.From", words: "tuple[Word, ...]") -> None:
    """Refuse FROM with a wrong number of arguments, saying which word is too many."""
    if not words:
        raise Refused("FROM needs an image", None, "write FROM image[:tag] [AS name]")
    extra = next((word for word in words[1:] if word.value.startswith("#")), None)
    if extra:
        end = words[-1].end
        raise Refused("a comment must stand on a line of its own", Span(extra.start, end))
    raise Refused("FROM takes an image and, optionally, AS and a name", Span(words[1].start, words[-1].end))


def check_transfer(instruction: "ast.Transfer", words: "tuple[Word, ...]") -> None:
    """Refuse COPY and ADD without sources or with a heredoc as destination."""
    keyword = instruction.keyword
    if len(words) < 2:
        raise Refused(f"{keyword} needs at least one source and a destination")
    destination = words[-1]
    if "<<" in destination.value and _is_heredoc(destination):
        raise Refused(f"{keyword} cannot take a heredoc as its destination", destination.span)
    if keyword == "COPY":
        _check_copy_sources(instruction, words[:-1])
    elif checksum := instruction.flag("checksum"):
        _check_checksum(checksum, words[:-1])


def _is_heredoc(word: "Word") -> bool:
    try:
        return parse_word(word.value) is not None
    except ExpansionError as error:
        raise Refused(str(error), word.span) from None


def _check_copy_sources(instruction: "ast.Transfer", sources: "tuple[Word, ...]") -> None:
    for source in sources:
        if source.value.startswith(("http://", "https://")) and not instruction.flag("from"):
            raise Refused("COPY cannot take a URL", source.span, "use ADD, or download it in a RUN")


def _check_checksum(flag: "ast.Flag", sources: "tuple[Word, ...]") -> None:
    value = flag.value or ""
    if "$" in value:
        return
    if not regex.fullmatch(r"sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}|[0-9a-f]{7,64}", value):
        raise Refused("invalid checksum", flag.value_span, "write sha256: and 64 hexadecimal digits")
    for source in sources:
        if not regex.match(r"https?://|git@|git://|ssh://", source.value) and "$" not in source.value:
            raise Refused("--checksum needs an HTTP(S) or Git source", source.span)


def check_healthcheck(instruction: "ast.Healthcheck") -> None:
    """Refuse unknown kinds, a missing command and bad durations."""
    kind = instruction.kind
    if kind.value.upper() == "NONE":
        if instruction.command.text:
            text = instruction.command
            raise Refused("HEALTHCHECK NONE takes no arguments", text.span(0, len(text.text)))
        return
    if kind.value.upper() != "CMD":
        raise Refused(f"unknown kind of HEALTHCHECK {kind.value!r}", kind.span, "write CMD before the command")
    if not instruction.command.text or instruction.json == ():
        raise Refused("HEALTHCHECK CMD needs a command")
    for flag in instruction.flags:
        if flag.name == "retries" and flag.value:
            if not regex.fullmatch(r"\+?\d{1,10}", flag.value):
                raise Refused(f"--retries is a number from 0, not {flag.value!r}", flag.value_span)
        elif flag.name in _FLAGS["HEALTHCHECK"] and flag.value:
            _check_duration(flag)


def _check_duration(flag: "ast.Flag") -> None:
    value = flag.value or ""
    amount, place = 0.0, 0
    for match in _DURATION.finditer(value):
        if match.start() != place:
            break
        amount += float(match[0][: -len(match[1])]) * _NANOSECONDS[match[1]]
        place = match.end()
    if value != "0" and (place != len(value) or not place):
        raise Refused(f"invalid duration {value!r}", flag.value_span, "write a number and a unit, such as 30s")
    if amount and (amount < 1e6 or value.startswith("-")):
        raise Refused(f"--{flag.name} is shorter than 1ms", flag.value_span)


def check_names(instruction: "ast.Pairs") -> None:
    """Refuse empty names."""
    for pair in instruction.pairs:
        if not pair.key.value:
            raise Refused(
                f"{instruction.keyword} with an empty name", pair.span, "write name=value, without blanks around '='"
            )


def check_word_list(instruction: "ast.WordList") -> None:
    """Refuse EXPOSE and VOLUME without arguments, and empty volumes."""
    if not instruction.words:
        raise Refused(f"{instruction.keyword} needs at least one argument")
    if isinstance(instruction, ast.Volume):
        for word in instruction.words:
            if not word.value.strip():
                raise Refused("a volume cannot be an empty string", word.span)


def check_deferred(instruction: "ast.Onbuild") -> None:
    """Refuse triggers that BuildKit forbids; other errors come when the trigger runs."""
    keyword = instruction.arguments.text.split(None, 1)[0]
    if keyword.upper() in ("ONBUILD", "FROM", "MAINTAINER"):
        raise Refused(f"ONBUILD cannot defer {keyword.upper()}", instruction.arguments.span(0, len(keyword)))
