"""What BuildKit refuses only once it knows stages and values: the model's part of validity.

Oracle: ``docker buildx build --check`` of Docker 28.
"""

from dlint.model.build import Build, StageUse
from dlint.model.stages import Stage, Step
from dlint.model.variables import Environment, expandable_words
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.ast import Problem
from dlint.parser.dockerfile.expansion import UNKNOWN, ExpansionError, Options, expand
from dlint.parser.dockerfile.mounts import Mount
from dlint.parser.dockerfile.validity import did_you_mean
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PORT = lazy(r"(?:(?P<host>.*):)?(?P<first>\d{1,20})(?:-(?P<last>\d{1,20}))?(?:/(?P<protocol>\w*))?\Z")
_MODE = lazy(r"0*[0-7]{1,4}\Z|(?:[ugoa]*[-+=][rwxXstugo]*)(?:,[ugoa]*[-+=][rwxXstugo]*)*\Z")
_PLATFORM_PART = lazy(r"[A-Za-z0-9_.-]+(?:\([^)]*\))?\Z")
_SIZE = lazy(r"\d+(?:\.\d+)?\s?(?:[kKmMgGtTpP](?:[iI]?[bB])?|[bB])?\Z")
_SIGNALS = frozenset(
    [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
        "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
        "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
    ]
)  # fmt: skip
# github.com/containerd/platforms, database.go
_SYSTEMS = frozenset(
    [
        "aix", "android", "darwin", "macos", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux",
        "nacl", "netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
    ]
)  # fmt: skip
_ARCHITECTURES = frozenset(
    [
        "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips",
        "mipsle", "mips64", "mips64le", "mips64p32", "ppc", "riscv", "riscv64", "s390", "s390x", "sparc",
        "sparc64", "wasm", "i386", "i686", "x86_64", "x86-64", "aarch64", "armhf", "armel",
    ]
)  # fmt: skip
_MOUNT_TYPES = ("bind", "cache", "tmpfs", "secret", "ssh")
_MOUNT_KEYS = (
    "type", "from", "source", "target", "readonly", "id", "sharing", "required", "mode", "uid", "gid", "src",
    "dst", "destination", "ro", "rw", "readwrite", "size", "env",
)  # fmt: skip
# strconv.ParseBool
_BOOLEANS = ("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False")
_BARE_KEYS = ("readonly", "ro", "readwrite", "rw", "required")


def find_problems(build: Build) -> list[Problem]:
    """Return everything BuildKit would refuse, syntax included, in file order."""
    problems = [*build.dockerfile.problems, *_of_check(build), *_of_words(build)]
    for instruction in build.misplaced:
        advice = "move it below FROM" if build.stages else None
        problems.append(_at(instruction.name.span, f"{instruction.keyword} comes before the first FROM", advice))
    if not build.stages and not problems:
        end = len(build.source.text)
        problems.append(Problem("the file has no FROM", max(0, end - 1), end, "begin the stage with FROM image"))
    for stage in build.stages:
        problems += _of_from(stage)
    for use in build.uses:
        problems += _of_use(use, build)
    for step in build.steps():
        problems += _of_step(step)
    return sorted(problems, key=lambda problem: problem.start)


def _of_check(build: Build) -> "Iterator[Problem]":
    """Yield what is wrong with the options of a check directive."""
    directive = build.dockerfile.directive("check")
    for part in directive.value.split(";") if directive else ():
        key, equals, value = part.partition("=")
        if not equals or key.lower() not in ("skip", "error", "experimental"):
            message, advice = f"check has no option {part!r}", "write skip=RULE, error=true or experimental=RULE"
        elif key.lower() == "error" and value not in _BOOLEANS:
            message, advice = f"error is true or false, not {value!r}", None
        else:
            continue
        assert directive is not None
        yield Problem(message, directive.start, directive.end, advice)


def _of_words(build: Build) -> "Iterator[Problem]":
    """Yield the words that cannot be expanded."""
    for word, environment in _expanded_words(build):
        problem = build.variables.problem(word, environment) if "$" in word.value or '"' in word.value else None
        if problem:
            yield problem


def _expanded_words(build: Build) -> "Iterator[tuple[ast.Word, Environment | dict[str, str]]]":
    for argument in build.global_args:
        for pair in argument.pairs:
            if pair.value:
                yield pair.value, build.global_values
    for stage in build.stages:
        yield stage.instruction.image, build.global_values
        platform = stage.instruction.platform
        if platform and platform.value:
            yield ast.Word(platform.value, platform.value_start, platform.end), build.global_values
    for step in build.steps():
        if isinstance(step.instruction, ast.Arg):
            for pair in step.instruction.pairs:
                if pair.value:
                    yield pair.value, step.environment
        for word in expandable_words(step.instruction):
            yield word, step.environment


def _at(span: Span, message: str, advice: str | None = None) -> Problem:
    return Problem(message, span.start, span.end, advice)


def _of_from(stage: Stage) -> "Iterator[Problem]":
    instruction = stage.instruction
    image = instruction.image
    text = stage.image_text
    if not text:
        yield _at(
            image.span, f"the image {image.value} is empty", "give the argument a default: ARG NAME=value above FROM"
        )
    elif UNKNOWN not in text and stage.image is None and stage.base is None and text != "scratch":
        advice = "repository names are lower case" if text != text.lower() else None
        yield _at(image.span, f"{text!r} is not a valid image name", advice)
    platform = instruction.platform
    value = stage.platform
    if platform and platform.value and value is not None and UNKNOWN not in value:
        parts = value.split("/")
        if not value:
            yield _at(platform.value_span, f"the platform {platform.value} is empty")
        elif len(parts) > 3 or not all(_PLATFORM_PART.match(part) for part in parts) or _is_nowhere(parts):
            yield _at(platform.value_span, f"invalid platform {value!r}", "write os/architecture, such as linux/amd64")


def _is_nowhere(parts: list[str]) -> bool:
    """Whether a platform of one word is neither an operating system nor an architecture."""
    return len(parts) == 1 and parts[0].lower() not in _SYSTEMS and parts[0].lower() not in _ARCHITECTURES


def _of_use(use: StageUse, build: Build) -> "Iterator[Problem]":
    span, value = use.word.span, use.word.value
    if "$" in value:
        if isinstance(use.step.instruction, ast.Copy):
            advice = "name the image with FROM ... AS name above, and copy from that name"
            yield _at(span, "COPY --from takes no variables", advice)
        return
    if use.stage is None:
        if value.isascii() and value.isdigit():
            count = len(build.stages)
            yield _at(span, f"there is no stage {value}; the file has {count}, counted from 0")
        elif use.image is None and value:
            yield _at(span, f"{value!r} is neither a stage nor a valid image name")
        return
    # Cycles are another rule's business.
    if use.stage.index > use.step.stage.index and use not in build.uses_in_cycles:
        yield _at(span, f"stage {use.stage.label} is defined only further down", "move that stage up")


def _of_step(step: Step) -> "Iterator[Problem]":
    instruction = step.instruction
    if isinstance(instruction, ast.Expose):
        for word in instruction.words:
            yield from _of_port(word, step)
    elif isinstance(instruction, ast.StopSignal):
        value = _value(instruction.value, step)
        if value is not None and not _is_signal(value):
            yield _at(instruction.value.span, f"unknown signal {value!r}", "use a name such as SIGTERM")
    elif isinstance(instruction, ast.Transfer):
        chmod = instruction.flag("chmod")
        if chmod and chmod.value and "$" not in chmod.value and not _MODE.match(chmod.value):
            yield _at(chmod.value_span, f"invalid mode {chmod.value!r}", "write an octal number such as 755")
    elif isinstance(instruction, ast.Run) and instruction.flags:
        for mount in instruction.mounts:
            problem = _of_mount(mount, step)
            if problem:
                yield problem
    yield from _of_heredocs(instruction, step)


def _value(word: ast.Word, step: Step) -> str | None:
    """Return a word's value, None where it is not certain or is another rule's problem."""
    if "$" not in word.value:
        return word.value.strip("\"'")
    try:
        result = expand(word.value, step.environment, Options()).result  # type: ignore[arg-type]
    except ExpansionError:
        return None
    return None if UNKNOWN in result else result


def _of_port(word: ast.Word, step: Step) -> "Iterator[Problem]":
    value = _value(word, step)
    for port in (value or "").split():
        match = _PORT.match(port)
        if not match:
            yield _at(word.span, f"invalid port {port!r}", "write a number from 0 to 65535")
            continue
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if first > 65535 or last > 65535:
            yield _at(word.span, f"port {max(first, last)} is above 65535")
        elif last < first:
            yield _at(word.span, f"the port range {port} runs backwards")
        elif match["protocol"] and match["protocol"].lower() not in ("tcp", "udp", "sctp"):
            yield _at(word.span, f"unknown protocol {match['protocol']!r}", "use tcp, udp or sctp")


def _is_signal(value: str) -> bool:
    if value.isascii() and value.isdigit():
        return value.strip("0") != ""
    name = value.upper().removeprefix("SIG")
    base, sign, number = name.partition("+") if "+" in name else name.partition("-")
    if sign and base in ("RTMIN", "RTMAX"):
        return number.isdigit()
    return name in _SIGNALS


def _of_mount(mount: Mount, step: Step) -> Problem | None:
    options = mount.options
    span = mount.flag.value_span
    if not mount.flag.value:
        return _at(mount.flag.span, "the mount is empty", "write --mount=type=cache,target=/path")
    for key, word in options.items():
        if key not in _MOUNT_KEYS:
            return _at(word.span if word else span, f"unknown mount option {key!r}", did_you_mean(key, _MOUNT_KEYS))
        if word is None and key not in _BARE_KEYS:
            return _at(span, f"the mount option {key!r} needs a value", f"write {key}=value")
    kind = options.get("type")
    if kind and "$" in kind.value:
        return None
    if mount.type not in _MOUNT_TYPES:
        return _at(
            kind.span if kind else span, f"unknown mount type {mount.type!r}", did_you_mean(mount.type, _MOUNT_TYPES)
        )
    return _of_mount_values(mount, span) or _of_mount_kind(mount, span, step)


def _of_mount_values(mount: Mount, span: Span) -> Problem | None:
    for key, word in mount.options.items():
        if word is None or "$" in word.value:
            continue
        value = word.value
        if key == "sharing" and value.lower() not in ("shared", "private", "locked"):
            return _at(word.span, f"unknown sharing mode {value!r}", "use shared, private or locked")
        if key == "mode" and (not value or value.strip("01234567")):
            return _at(word.span, f"invalid mode {value!r}", "write an octal number such as 0755")
        if key in ("uid", "gid") and not (value.isascii() and value.isdigit()):
            return _at(word.span, f"{key} is a number, not {value!r}")
        if key == "size" and not _SIZE.match(value):
            return _at(word.span, f"invalid size {value!r}", "write a number and a unit, such as 512m")
    return None


def _of_mount_kind(mount: Mount, span: Span, step: Step) -> Problem | None:
    options, kind = mount.options, mount.type
    # Without a target it is the working directory, which must not be the root.
    if kind in ("bind", "cache", "tmpfs") and not mount.target and step.workdir == "/":
        return _at(span, f"the {kind} mount has no target, and the working directory is /", "add target=/path")
    if kind in ("bind", "tmpfs"):
        for key in ("mode", "uid", "gid"):
            if key in options:
                return _at(span, f"{key} is not allowed for a {kind} mount")
    if kind == "secret" and not (mount.source or mount.target or "id" in options):
        return _at(span, "the secret mount names no secret", "add id=name")
    if "size" in options and kind != "tmpfs":
        return _at(span, f"size is not allowed for a {kind} mount")
    if "sharing" in options and kind != "cache":
        return _at(span, f"sharing is not allowed for a {kind} mount")
    if "required" in options and kind not in ("secret", "ssh"):
        return _at(span, f"required is not allowed for a {kind} mount")
    return None


def _of_heredocs(instruction: ast.Instruction, step: Step) -> "Iterator[Problem]":
    """Check what BuildKit expands in the bodies of COPY and ADD."""
    if not isinstance(instruction, ast.Transfer):
        return
    for heredoc in instruction.heredocs:
        if heredoc.expand and "$" in heredoc.body.text:
            try:
                expand(heredoc.body.text, step.environment, Options(quotes=False))  # type: ignore[arg-type]
            except ExpansionError as error:
                advice = f"quote the word to keep the body as it is: <<'{heredoc.name}'"
                yield _at(heredoc.word, f"the heredoc cannot be expanded: {error}", advice)
