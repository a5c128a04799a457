"""Report large packages that a later layer removes or replaces."""

from dlint.checks import INFO, WARNING, Report, Saving, Span, rule
from dlint.diagnostic import format_bytes
from dlint.knowledge.wheels import NEEDS_TORCH, WHEEL_BYTES
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.model.environment import Request, environment_key
from dlint.model.packages import Install
from dlint.model.python_installs import normalise
from dlint.parser.shell.ast import Word

_UNINSTALL_OPTIONS = frozenset({"-r", "--requirement", "-p", "--python", "--target", "--prefix"})
_ANEW = ("--force-reinstall", "-I", "--ignore-installed")
_ALL_CUDA = ("cpu", "rocm", "xpu")


@rule("package-replaced-in-later-layer", severity=WARNING, triggers=tuple(WHEEL_BYTES))
def check(build: Build, report: Report) -> None:
    history = _History(report)
    chain = build.runtime_chain
    requests = [request for request in build.requests if request.step.stage in chain]
    removals = [
        (install, word)
        for command in build.commands("pip", "uv")
        if command.step.stage in chain
        for install, word in _removals(command)
    ]
    events: list[tuple[tuple[int, int, int], Request | tuple[Install, Word]]] = [
        *((_place(request.install.command), request) for request in requests),
        *((_place(install.command), (install, word)) for install, word in removals),
    ]
    for _, event in sorted(events, key=lambda event: event[0]):
        if isinstance(event, Request):
            history.install(event)
        else:
            history.remove(*event)


def _place(command: Command) -> tuple[int, int, int]:
    return command.step.stage.index, command.step.index, command.place


def _removals(command: Command) -> list[tuple[Install, Word]]:
    """Return the words of ``pip uninstall`` that name packages, each with the command as an installation."""
    words = command.arguments
    place = next((index for index, word in enumerate(words[:3]) if word.value == "uninstall"), None)
    if place is None:
        return []
    arguments = Arguments(words[place + 1 :], _UNINSTALL_OPTIONS)
    install = Install(command.name, "uninstall", command, arguments)
    return [(install, word) for word in arguments.operands]


class _History:
    """The large packages of each environment, and where they were installed."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.present: dict[tuple[str, str], Request] = {}

    def install(self, request: Request) -> None:
        key = environment_key(request.install)
        name = request.name
        if name in WHEEL_BYTES:
            earlier = self.present.get((key, name))
            is_new = earlier is None or _is_other(earlier, request)
            # A file that lists it again mostly pins what the command line has settled.
            if earlier and is_new and earlier.step is not request.step and request.path is None:
                self._found(earlier, name, request.span, "replaced", request.is_conditional)
            if is_new and not request.package.is_local:
                self.present[key, name] = request
        elif name in NEEDS_TORCH and request.is_from_default_index:
            self.present.setdefault((key, "torch"), request)

    def remove(self, install: Install, word: Word) -> None:
        name = normalise(word.value)
        earlier = self.present.pop((environment_key(install), name), None)
        if earlier and earlier.step is not install.step and name in WHEEL_BYTES:
            self._found(earlier, name, word.span, "removed", install.is_conditional)

    def _found(self, earlier: Request, name: str, span: Span, what: str, is_conditional: bool) -> None:
        # Wheels of other indexes have other sizes.
        size = WHEEL_BYTES[name] if earlier.is_from_default_index else None
        self.report(
            span,
            f"{name} is {what} here, but the layer below keeps its "
            + (f"{format_bytes(size)} or more" if size else "first copy"),
            advice=f"settle version and index where {name} is first installed, or do both in one RUN",
            labels=((earlier.span, f"{earlier.name} is installed here"),),
            severity=INFO if is_conditional or earlier.is_conditional else WARNING,
            saving=Saving(disk_bytes=size, pull_bytes=size, basis="table", bound="at-least") if size else None,
        )


def _is_other(earlier: Request, later: Request) -> bool:
    """Whether the later request surely takes other files than the earlier one has brought."""
    if earlier.path is not None and earlier.path == later.path:
        # One lock for two kinds of Python may name two releases; the same one is taken twice.
        return False
    is_direct = earlier.name == later.name
    if is_direct and earlier.release and later.release and _numbers(earlier) != _numbers(later):
        return True
    local = (later.exact or "").partition("+")[2]
    wanted = local or (later.accelerator if later.install.arguments.has(*_ANEW) else None)
    if not wanted:
        return False
    if is_direct and earlier.accelerator:
        return earlier.accelerator != wanted
    return earlier.is_from_default_index and wanted.startswith(_ALL_CUDA)


def _numbers(request: Request) -> tuple[int, ...]:
    """Return the release without zeros at its end: 2.5 is 2.5.0."""
    numbers = list(request.release or ())
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
