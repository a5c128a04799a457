"""What a service starts: its entrypoint and command over those of its image, as commands that know their places.

Source: compose-spec, ``command`` and ``entrypoint``.
"""

from dlint.knowledge.compose_services import image_entrypoint
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.compose.build import built_or_unknown
from dlint.model.scripts import commands_of_words, exec_words
from dlint.model.server import Setting
from dlint.model.stages import Stage, Step
from dlint.model.start import read_start, script_path
from dlint.parser import dockerfile
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.parser.placed import PlacedText, placed
from dlint.parser.shell.ast import Word
from dlint.parser.yaml import Node
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service
    from dlint.model.image_reference import ImageReference


class Container(Build):
    """The image of a service with what the service says over it: ``started`` are the service's commands."""

    def __init__(self, service: "Service", image: Build) -> None:
        # The stages are those of the image; only what is asked about the start is asked anew.
        self.__dict__.update(image.__dict__)
        self._cache = {}
        self.service = service

    @property
    def started(self) -> tuple[Command, ...]:
        """What a container of the service starts."""
        return self.once("started", lambda: _read_start(self))


def make_container(service: "Service") -> Container:
    """Return the model of what a service runs."""
    return Container(service, built_or_unknown(service))


# Commands --------------------------------------------------------------------------------


def _read_start(container: Container) -> tuple[Command, ...]:
    service = container.service
    entrypoint, command = service.entrypoint, service.command
    if entrypoint is not None:
        # An entrypoint of the service takes back the CMD of its image.
        return _joined(container, commands_of_words(service_step(container), entrypoint), entrypoint, command or ())
    if command is None:
        found = read_start(container)
        return found or commands_of_words(service_step(container), _image_words(container, ()))
    own = container.final(ast.Entrypoint)
    if own is None:
        return commands_of_words(service_step(container), (*_image_words(container, command), *command))
    if own.instruction.json is None:
        # An entrypoint in shell form gets no arguments.
        return own.commands
    return _joined(container, own.commands, exec_words(own), command)


def _joined(
    container: Container, own: tuple[Command, ...], words: tuple[Word, ...], command: tuple[Word, ...]
) -> tuple[Command, ...]:
    """Return the commands of an entrypoint with the words it gets; a script of its own runs them after it."""
    if not command:
        return own
    if own and script_path(own[-1]) is not None and not command[0].value.startswith("-"):
        return (*own, *commands_of_words(service_step(container), command))
    return commands_of_words(service_step(container), (*words, *command))


def _image_words(container: Container, command: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the ENTRYPOINT of a known image, as words that stand where the image is named."""
    target = container.target
    reference = target.root.reference if target else None
    words = _entrypoint_of(reference, command[0].value if command else "")
    if not words or (command and command[0].value == words[0]):
        return ()
    node = container.service.image_node
    if container.service.build is not None or node is None:
        node = container.service.key
    place = placed(node)
    return tuple(Word(place, 0, len(place.text), word, is_quoted=True) for word in words)


def _entrypoint_of(reference: "ImageReference | None", first: str) -> tuple[str, ...]:
    if reference is None:
        return ()
    return image_entrypoint(reference.official or reference.name, reference.tag or "latest", first)


def service_step(container: Container) -> Step:
    """Return the step at which the words of a service run: behind all those of its image."""
    return container.once("service_step", lambda: _make_step(container))


def _make_step(container: Container) -> Step:
    """Return a step behind those of the image, with what holds when the service's words are run."""
    stage = container.target or _nowhere()
    service = container.service
    given = {variable.name: variable.value for variable in service.environment.values()}
    environment = stage.environment.with_env(
        {name: UNKNOWN if value is None else value for name, value in given.items()}
    )
    user = service.user
    workdir = service.text("working_dir")
    return Step(
        stage,
        len(stage.steps),
        _empty().stages[0].steps[0].instruction,
        environment,
        user.value if user else stage.user,
        workdir.value if workdir else stage.workdir,
        stage.shell,
    )


def _empty() -> Build:
    return Build(dockerfile.parse(Source("ARG IMAGE\nFROM ${IMAGE}\nCMD []\n", "")))


def _nowhere() -> Stage:
    return _empty().stages[0]


# Places ----------------------------------------------------------------------------------


def place_of(service: "Service", what: "Word | Command | Setting") -> Node | None:
    """Return a node at the place of a word, a command or a setting, in the file it is written in."""
    if isinstance(what, Command):
        words = [word for word in (what.program, *what.arguments) if word is not None]
        return _place_of_words(service, words)
    if isinstance(what, Setting):
        if what.word is not None:
            return _place_of_words(service, [what.word])
        if what.variable is not None and what.variable in service.environment:
            return service.environment[what.variable].node
        return _in_dockerfile(service, what.span) if what.span is not None else None
    return _place_of_words(service, [what])


def _place_of_words(service: "Service", words: list[Word]) -> Node | None:
    """Return the place of words; where only some stand in compose files, of those in the first such file."""
    maps = [word.map for word in words if isinstance(word.map, PlacedText)]
    if not maps:
        spans = [word.span for word in words]
        return _in_dockerfile(service, _around(spans)) if spans else None
    source = maps[0].source
    spans = [word.span for word in words if isinstance(word.map, PlacedText) and word.map.source is source]
    own = [word.span for word in words if isinstance(word.map, PlacedText) and word.map.source is source
           and not _is_image(service, word)]  # fmt: skip
    span = _around(own or spans)
    return Node("text", span, source.text[span.start : span.end], source=source)


def _is_image(service: "Service", word: Word) -> bool:
    """Whether a word is one of the image's entrypoint, which stands where the image is named."""
    return word.value != word.map.text and word.text == word.map.text


def _around(spans: list[Span]) -> Span:
    start = min(span.start for span in spans)
    return Span(start, max(start, *(span.end for span in spans)))


def _in_dockerfile(service: "Service", span: Span) -> Node | None:
    """Return a node in the service's Dockerfile; None where it has none of its own."""
    if service.build is None or service.built is None:
        return None
    source = service.built.source
    return Node("text", span, source.text[span.start : span.end], source=source)
