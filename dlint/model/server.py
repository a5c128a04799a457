"""The server a container runs: where it listens, what it serves, and how it was told.

Options count before variables, variables before defaults, as the servers themselves do it. What a
variable, a file or a script decides is unknown, and said to be.
"""

from dlint.knowledge.servers import (
    EVERYWHERE,
    FACTS,
    LOOPBACK,
    PROXIES,
    SAME_SERVER,
    SERVER_IMAGES,
    SERVING_SUBCOMMANDS,
    Facts,
)
from dlint.model.commands import Arguments, Command
from dlint.model.container_paths import in_context, transfers
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.parser.shell.ast import Word

_LOOPBACKS = frozenset({LOOPBACK, "localhost", "::1", "[::1]", "ip6-localhost"})
_SWITCHED_OFF = frozenset({"", "0", "false", "no", "off"})


class Setting:
    """One setting of a server.

    *value* is None where a variable or a file hides it. *span* is where it is written in the Dockerfile,
    None for defaults, for what the base image sets and for what is said elsewhere. *word* is the word of
    the command that says it, *variable* the name of the environment variable.
    """

    __slots__ = ("span", "value", "variable", "word")

    def __init__(
        self, value: str | None, span: Span | None = None, *, word: "Word | None" = None, variable: str | None = None
    ) -> None:
        self.value = value
        self.span = span
        self.word = word
        self.variable = variable

    @property
    def number(self) -> int | None:
        """The value as a number."""
        return int(self.value) if self.value and self.value.isascii() and self.value.isdigit() else None

    def __repr__(self) -> str:
        return f"Setting({self.value!r})"


HIDDEN = Setting(None)


class Server:
    """A server that a container runs as its main command.

    *name* is its row in ``knowledge.servers.FACTS``, *facts* that row.
    """

    def __init__(self, build: "Build", command: Command, name: str) -> None:
        self.build = build
        self.command = command
        self.name = name
        self.facts: Facts = FACTS[name]
        self.arguments = Arguments(command.arguments, self.facts.value_options)
        self._address = self._read_address()

    @property
    def label(self) -> str:
        """Its name for messages: that of the program, or of the server where a module is run."""
        if self.name == "django":
            return "Django"
        return self.name if "." in self.command.name else self.command.name

    @property
    def health(self) -> str | None:
        """The path of an endpoint that says whether it is well: one that every server of the kind has, or its app."""
        if self.facts.health is not None or self.name not in ("uvicorn", "gunicorn", "hypercorn", "granian"):
            return self.facts.health
        secured = ("--ssl", "--certfile", "--keyfile", "--root-path")
        if any(name.startswith(secured) for name, *_ in self.arguments.options):
            return None
        # Only here: few builds come this far.
        from dlint.model.programs import python_program
        from dlint.model.python_text import health_route

        program = python_program(self.build)
        return health_route(program) if program else None

    @property
    def is_alone(self) -> bool:
        """Whether nothing that could stand in front of it is started with it or installed beside it."""
        if has_lambda_adapter(self.build):
            return False
        others = (command for command in self.build.started if command is not self.command)
        if any(command.name in PROXIES or _is_in_background(command) for command in others):
            return False
        chain = self.build.runtime_chain
        return not any(
            install.step.stage in chain and not install.names().isdisjoint(PROXIES) for install in self.build.installs
        )

    # Settings --------------------------------------------------------------------------

    @property
    def host(self) -> Setting:
        """The address it listens on."""
        return self._address[0]

    @property
    def port(self) -> Setting:
        """The port it listens on."""
        return self._address[1]

    @property
    def is_loopback(self) -> bool | None:
        """Whether only the container itself can reach it; None where that is unknown."""
        host = self.host.value
        return None if host is None else host in _LOOPBACKS or host.startswith("127.")

    @property
    def workers(self) -> Setting | None:
        """How many processes it is told to start."""
        return self._option(self.facts.workers) or self._variable(self.facts.worker_variables)

    @property
    def model(self) -> Setting | None:
        """The model it is told to serve: a name on a hub, or a path."""
        found = self._option(self.facts.models) or self._variable(self.facts.model_variables)
        if found is None and self.name == "vllm":
            operands = [word for word in self.arguments.operands if word.value not in ("serve", "")]
            found = self._of_word(operands[0], operands[0].value) if operands else None
        return found

    def flag(self, *names: str) -> Span | None:
        """Return the place of an option that is present; ``--name=false`` and the like count as absent."""
        word = self.option(*names)
        return word.span if word else None

    def option(self, *names: str) -> "Word | None":
        """Return the word of an option that is present; ``--name=false`` and the like count as absent."""
        for name, value, word, _ in self.arguments.options:
            if name in names and (value is None or value.lower() not in _SWITCHED_OFF):
                return word
        return None

    @property
    def development(self) -> Span | None:
        """The place of what puts it into development mode: reloading, or a debugger."""
        found = self.flag(*self.facts.reloads, *self.facts.debugs)
        if found is None:
            setting = self._variable(self.facts.debug_variables)
            if setting and setting.value and setting.value.lower() not in _SWITCHED_OFF:
                found = setting.span
        return found

    # Reading ---------------------------------------------------------------------------

    def _read_address(self) -> tuple[Setting, Setting]:
        facts = self.facts
        default_port = Setting(str(facts.port) if facts.port else None)
        if (
            self._option(facts.hiding)
            or self._variable(facts.hiding_variables)
            or self._may_have(facts.hiding_files)
            or (self.name == "jupyter" and _has_jupyter_settings(self.build))
        ):
            return self._option(facts.hosts) or HIDDEN, self._option(facts.ports) or HIDDEN
        bound = self._bound()
        if bound is not None:
            return _split(bound, default_port)
        host = self._option(facts.hosts) or self._variable(facts.host_variables)
        port = self._option(facts.ports) or self._variable(facts.port_variables)
        if host and host.value and self.name == "ollama":
            return _split(host, default_port)
        if self.flag(*facts.opening):
            host = Setting(EVERYWHERE, self.flag(*facts.opening), word=self.option(*facts.opening))
        if self.name == "bentoml" and self.development and not host:
            host = Setting(LOOPBACK)
        return host or Setting(facts.host), port or default_port

    def _bound(self) -> Setting | None:
        """Return an address and port that are given as one word."""
        if self.name == "django":
            operands = [word for word in self.arguments.operands if word.value not in ("manage.py", "runserver")]
            return self._of_word(operands[0], operands[0].value) if operands else None
        found = self.arguments.words(*self.facts.binds)
        if len(found) > 1:
            return HIDDEN
        if found:
            return self._of_word(found[0][1], found[0][0])
        if self.name == "gunicorn":
            port = self._variable(("PORT",))
            if port is not None:
                return _part(port, f"{EVERYWHERE}:{port.value}") if port.value else HIDDEN
        return None

    def _option(self, names: tuple[str, ...]) -> Setting | None:
        found = self.arguments.words(*names) if names else []
        if found:
            return self._of_word(found[-1][1], found[-1][0])
        return HIDDEN if self.command.is_partial or self._takes_more() else None

    def _takes_more(self) -> bool:
        """Whether a variable may add options: ``uvicorn app:app $OPTIONS``."""
        return any(word.value.startswith("$") and not word.is_quoted for word in self.arguments.operands)

    def _of_word(self, word: "Word", value: str) -> Setting:
        """Return a setting as its word gives it; what stands in variables is decided when the container starts."""
        if "$" in value or "`" in value:
            value = self._expanded(value) or ""
            return Setting(value or None, word.span, word=word)
        return Setting(value, word.span, word=word)

    def _expanded(self, value: str) -> str | None:
        """Return a value with variables that ENV sets put in; a JSON form has nobody to do that."""
        name = value.strip('"').removeprefix("$").strip("{}")
        if self.command.step.instruction.json is not None or not name.isidentifier():
            return None
        found = self._variable((name,))
        return found.value if found else None

    def _variable(self, names: tuple[str, ...]) -> Setting | None:
        """Return what ENV, the script or a known base image gives the first of these variables that is set."""
        for name in names:
            found = runtime_variable(self.build, self.command, name)
            if found is not None:
                return found
        return None

    def _may_have(self, files: tuple[str, ...]) -> bool:
        """Whether a file that changes the settings lies in the working directory, as far as can be seen."""
        return any(_may_lie_there(self.build, self.command, name) for name in files)


def has_lambda_adapter(build: "Build") -> bool:
    """Whether the image has an extension of AWS Lambda, such as the web adapter, which asks the server from within."""
    return any(
        isinstance(step.instruction, ast.Transfer)
        and step.instruction.destination.value.strip("\"'").startswith("/opt/extensions")
        for stage in build.runtime_chain
        for step in stage.instructions(ast.Copy, ast.Add)
    )


def _is_in_background(command: Command) -> bool:
    return command.and_or is not None and command.and_or.is_background


def _split(bound: Setting, default_port: Setting) -> tuple[Setting, Setting]:
    """Return address and port of ``HOST:PORT`` and its short forms; both hidden for sockets."""
    text = bound.value
    if text is None:
        return HIDDEN, HIDDEN
    text = text.rpartition("://")[2] if text.startswith(("http://", "https://", "tcp://")) else text
    if "/" in text or text.startswith(("unix:", "fd:", "fd@")):
        return HIDDEN, HIDDEN
    if text.isdigit():
        return _part(bound, LOOPBACK if bound.value == text else None), _part(bound, text)
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        return _part(bound, text), default_port
    host = EVERYWHERE if host in ("", "*", "0", "[::]", "::") else host
    return _part(bound, host), _part(bound, port or None)


def _part(setting: Setting, value: str | None) -> Setting:
    """Return a part of what a setting says, or more than it, at the same place."""
    return Setting(value, setting.span, word=setting.word, variable=setting.variable)


def runtime_variable(build: "Build", command: Command, name: str) -> Setting | None:
    """Return what a variable is set to when a command of the container starts.

    None if it is not set, or only by those who start the container; a setting without a value where
    somebody sets it to what nobody here knows.
    """
    for word in command.assignments:
        key, equals, text = word.value.partition("=")
        if equals and key == name:
            return Setting(text if word.is_literal else None, word.span)
    if name in command.step.exports:
        return Setting(command.setting(name))
    given = build.invocation.evidence.environment
    if name in given:
        return Setting(given[name], variable=name)
    for stage in build.runtime_chain:
        for step in reversed(stage.steps):
            instruction = step.instruction
            if not isinstance(instruction, ast.Env):
                continue
            for pair in reversed(instruction.pairs):
                if pair.key.value == name:
                    value = build.variables.expand(pair.value, step.environment) if pair.value else ""
                    return Setting(None if UNKNOWN in value else value, pair.span)
    return _of_base(build, name)


def _of_base(build: "Build", name: str) -> Setting | None:
    target = build.target
    root = target.root if target else None
    if root is None:
        return HIDDEN
    image = SERVER_IMAGES.get(root.reference.name) if root.reference else None
    if image is not None:
        return Setting(image[1][name]) if name in image[1] else None
    # An image nobody knows may set anything.
    return HIDDEN if root.family is None else None


def _may_lie_there(build: "Build", command: Command, name: str) -> bool:
    path = in_context(build, command, name)
    if path is not None:
        return not build.context.is_known or build.context.exists(path)
    if build.context.is_known:
        # Copied from another stage, or into a folder that is not certain.
        return any(
            entry.name == name.rpartition("/")[2]
            for folder in ("", name.rpartition("/")[0])
            for entry in build.context.children(folder)
        )
    return any(
        item.is_everything or item.source.rpartition("/")[2] == name
        for stage in build.runtime_chain
        for step in stage.instructions(ast.Copy, ast.Add)
        for item in transfers(build, step)
    )


def _has_jupyter_settings(build: "Build") -> bool:
    """Whether a configuration file of Jupyter may lie somewhere: the base image has one, or the file speaks of it."""
    root = build.target.root if build.target else None
    return root is None or root.family in (None, "jupyter") or "_config" in build.source.text


def _name_of(command: Command) -> str | None:
    """Return the row of the server a command runs, None if it runs no server that is known."""
    name = SAME_SERVER.get(command.name, command.name)
    values = command.values()
    if name == "fastapi":
        name = f"fastapi {next((value for value in values if value in ('run', 'dev')), '')}"
    elif _is_django(command):
        name = "django"
    if name not in FACTS:
        return None
    if name == "mlflow":
        return name if "server" in values or "ui" in values or values[:2] == ["models", "serve"] else None
    if name == "jupyter":
        verbs = ("lab", "notebook", "server")
        return name if command.name != "jupyter" or any(value in verbs for value in values) else None
    if name == "airflow":
        return name if "webserver" in values or "api-server" in values else None
    if name == "prefect":
        return name if values[:2] == ["server", "start"] else None
    needed = SERVING_SUBCOMMANDS.get(command.name)
    return name if needed is None or any(value in needed for value in values) else None


def _is_django(command: Command) -> bool:
    values = command.values()
    if command.name == "python":
        return values[:1] != [] and values[0].endswith("manage.py") and "runserver" in values[1:2]
    return command.name in ("manage.py", "django-admin") and "runserver" in values[:1]


def read_server(build: "Build") -> Server | None:
    """Return the server that the target's main command runs, None if it is none of those known."""
    command = main_command(build)
    name = _name_of(command) if command else None
    return Server(build, command, name) if command and name else None


def exposed_ports(build: "Build") -> tuple[dict[int, Span], bool]:
    """Return the TCP ports that EXPOSE names in the target's own stages, and whether that is all of them.

    It is not where a variable hides some.
    """
    ports: dict[int, Span] = {}
    is_complete = True
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Expose):
            assert isinstance(step.instruction, ast.Expose)
            for word in step.instruction.words:
                text = build.variables.expand(word, step.environment) if "$" in word.value else word.value
                number, _, protocol = text.strip("\"'").partition("/")
                if number.isascii() and number.isdigit():
                    if protocol.lower() in ("", "tcp"):
                        ports.setdefault(int(number[:6]), word.span)
                else:
                    is_complete = False
    return ports, is_complete
