"""What an image is for: serving, training, notebooks, development, or nobody knows."""

from dlint.knowledge import servers
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from dlint.model.build import Build
    from dlint.model.commands import Command

_DEVELOPMENT_PATH = lazy(
    r"(^|[/._-])(\.?devcontainer|\.circleci|\.github|packit|workspace|workbench|dev|devel|develop|ci|(?:unit)?tests?|testing|lint|docs?|examples?)([/._-]|$)"
)
_DEVELOPMENT_STAGE = lazy(
    r"(^|[-_.])(dev|devel|develop|development|ci|tests?|testing|build|builder|lint|debug)($|[-_.])"
)
_DEVELOPMENT_TARGET = lazy(r"(^|[-_.])(dev|devel|develop|development|devcontainer|debug)($|[-_.])|^dev-envs?$")
_TRAINING_SCRIPT = lazy(
    r"(^|/)(\w*_)?(train|finetune|fine_tune|pretrain|sft)(_\w*)?\.(py|sh)$|(^|/)(trainer|training)/\w+\.py$"
)


class Role:
    """What an image is for; there is one object for each."""

    __slots__ = ("value",)

    SERVING: "ClassVar[Role]"
    TRAINING: "ClassVar[Role]"
    NOTEBOOK: "ClassVar[Role]"
    DEVELOPMENT: "ClassVar[Role]"
    UNKNOWN: "ClassVar[Role]"

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"Role.{self.value.upper()}"


Role.SERVING = Role("serving")
Role.TRAINING = Role("training")
Role.NOTEBOOK = Role("notebook")
Role.DEVELOPMENT = Role("development")
Role.UNKNOWN = Role("unknown")
_BY_VALUE = {role.value: role for role in (Role.SERVING, Role.TRAINING, Role.NOTEBOOK, Role.DEVELOPMENT, Role.UNKNOWN)}


def find_role(build: "Build") -> Role:
    """Return the role of the target, UNKNOWN unless the files say it."""
    if build.invocation.evidence.role:
        return _BY_VALUE[build.invocation.evidence.role]
    command = main_command(build)
    target = build.target.name if build.target else None
    if target and _DEVELOPMENT_TARGET.search(target):
        return Role.DEVELOPMENT
    if command is not None:
        if is_notebook(command):
            return Role.NOTEBOOK
        if is_server(command):
            return Role.SERVING
        if is_trainer(command):
            return Role.TRAINING
    if is_for_development(build):
        return Role.DEVELOPMENT
    if any(stage.root.family == "jupyter" for stage in build.runtime_chain[-1:]):
        return Role.NOTEBOOK
    healthcheck = build.final(ast.Healthcheck)
    if healthcheck and healthcheck.instruction.json != () and _has_probe(healthcheck.instruction):
        return Role.SERVING
    if build.invocation.evidence.ports:
        return Role.SERVING
    if command is not None and _keeps_open(command):
        return Role.DEVELOPMENT
    return Role.UNKNOWN


def _keeps_open(command: "Command") -> bool:
    """Whether a command only keeps the container open for somebody to work in."""
    if command.name in ("sleep", "tail"):
        return True
    values = command.values()
    return command.name in servers.KEEPALIVE and all(value in ("-l", "-i", "-il", "-li", "--login") for value in values)


def _has_probe(instruction: ast.Instruction) -> bool:
    return isinstance(instruction, ast.Healthcheck) and instruction.kind.value.upper() == "CMD"


def is_for_development(build: "Build") -> bool:
    """Whether the names of the file, its folders or the target say that it is for development, whatever it starts."""
    target = build.target.name if build.target else None
    path = build.invocation.project_path.lower()
    return bool(_DEVELOPMENT_PATH.search(path) or _DEVELOPMENT_STAGE.search(target or ""))


def has_command(build: "Build") -> bool:
    """Whether the image that is built runs something of its own; one that does not may be a base for others."""
    return build.role is Role.SERVING or build.final(ast.Cmd) is not None or build.final(ast.Entrypoint) is not None


def is_server(command: "Command") -> bool:
    """Whether a command runs a known server."""
    if command.name in servers.SERVERS:
        verbs = servers.SERVING_SUBCOMMANDS.get(command.name)
        return verbs is None or any(value in verbs for value in command.values())
    return "python" in command.wrappers and command.name in servers.SERVER_MODULES


def is_notebook(command: "Command") -> bool:
    """Whether a command opens notebooks."""
    return command.name in servers.NOTEBOOKS


def is_trainer(command: "Command") -> bool:
    """Whether a command trains a model."""
    if command.name in servers.TRAINERS or command.name in servers.TRAINER_MODULES:
        return True
    values = [command.program.value if command.program else "", *command.values()]
    return command.name in ("python", "bash", "sh") and any(_TRAINING_SCRIPT.search(value) for value in values[1:2])
