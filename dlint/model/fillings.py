"""Which instructions put files where in an image, whose they are, and how much that is."""

import posixpath

from dlint.knowledge.files import is_data, is_weights
from dlint.knowledge.sizes import closure_bytes
from dlint.model.clones import read_clone
from dlint.model.commands import Arguments, Command
from dlint.model.container_paths import absolute, transfers
from dlint.model.downloads import read_download
from dlint.model.installs import read_install
from dlint.model.packages import Install, takes_cpu_wheels
from dlint.model.removals import Removals
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlint.model.build import Build

# Options that name the folder which a command fills.
_FOLDER_OPTIONS = {
    "tar": ("-C", "--directory"), "bsdtar": ("-C", "--directory"), "unzip": ("-d",), "hf": ("--local-dir",),
    "huggingface-cli": ("--local-dir",),
}  # fmt: skip
# Where pip puts packages in the base images that are known (docker-library/python, sclorg/s2i-python-container).
_PREFIXES = {"python": "/usr/local/lib", "ubi-python": "/opt/app-root"}
_CONDA_PREFIX = "/opt/conda"
_CONDA_INSTALLER = lazy(r"(?i)(?:conda|miniforge|mambaforge|mamba)[^/]*\.sh\Z")
_ENVIRONMENT_MAKERS = ("venv", "virtualenv")
_ENVIRONMENT_NAMES = frozenset({"venv", ".venv", "env", "conda", "site-packages", "dist-packages", "node_modules"})


class Filling:
    """Files that one instruction puts below *path*, an absolute path of the image.

    *user* and *group* own them, None where that is unknown. *size* is in bytes, None where it is
    unknown; *is_measured* tells files of the context from table values. *is_large* says that the
    files are many or heavy whatever their size: environments, repositories, weights.
    """

    __slots__ = ("group", "is_large", "is_measured", "path", "size", "span", "step", "user")

    def __init__(
        self, step: Step, path: str, span: Span, *, size: int | None = None, is_measured: bool = False, is_large: bool
    ) -> None:
        self.step = step
        self.path = path
        self.span = span
        self.size = size
        self.is_measured = is_measured
        self.is_large = is_large
        self.user, self.group = owner(step.user)


def owner(text: str | None) -> tuple[str | None, str | None]:
    """Return user and group of ``user:group``; root's group is root, any other left out is unknown."""
    if text is None or UNKNOWN in text or "$" in text:
        return None, None
    user, _, group = text.partition(":")
    user = "root" if user == "0" else user
    group = "root" if group == "0" or (user == "root" and not group) else group
    return user or None, group or None


def fillings(build: "Build", step: Step) -> "list[Filling]":
    """Return what a COPY, ADD or RUN puts where, as far as that is certain."""
    if isinstance(step.instruction, ast.Transfer):
        return list(_transferred(build, step, step.instruction))
    if isinstance(step.instruction, ast.Run):
        return list(_made(step))
    return []


def _transferred(build: "Build", step: Step, instruction: ast.Transfer) -> "Iterator[Filling]":
    destination = absolute(build.variables.expand(instruction.destination, step.environment), step.workdir)
    if destination is None:
        return
    span = instruction.header
    chown = instruction.flag("chown")
    # COPY makes files of root, whoever the user is.
    given = owner(build.variables.expand(_word(chown), step.environment)) if chown and chown.value else ("root", "root")
    found = _from_context(build, step, destination, span)
    if instruction.flag("from"):
        is_large = not _ENVIRONMENT_NAMES.isdisjoint(destination.split("/"))
        found = [Filling(step, destination, span, is_large=is_large)]
    for filling in found:
        filling.user, filling.group = given
        yield filling


def _word(flag: ast.Flag) -> ast.Word:
    return ast.Word(flag.value or "", flag.value_start, flag.end)


def _from_context(build: "Build", step: Step, destination: str, span: Span) -> list[Filling]:
    found = []
    for item in transfers(build, step):
        name = posixpath.basename(item.source)
        is_file = "." in name.strip(".") and not item.is_everything
        size = None
        if build.context.is_known:
            entries = list(build.context.copied(item.source))
            is_file = len(entries) == 1 and not entries[0].is_folder
            size = sum(entry.size for entry in entries)
        path = posixpath.join(destination, name) if is_file and item.is_folder else destination
        # A lone file of unknown size is a script or a manifest.
        if size is not None or not is_file:
            found.append(Filling(step, path, span, size=size, is_measured=size is not None, is_large=False))
    return found


def _made(step: Step) -> "Iterator[Filling]":
    removals = Removals(step)
    for command in step.commands:
        found = _made_by(command)
        if found is None:
            continue
        path, size = found
        place = absolute(path, removals.folder(command))
        if place is not None and "\1" not in place and not removals.may_take(command, path):
            yield Filling(step, place, command.head(1), size=size, is_large=True)


def _made_by(command: Command) -> tuple[str, int | None] | None:
    """Return the path a command fills, and with how many bytes at least."""
    if command.name == "git":
        clone = read_clone(command)
        return (clone.folder, None) if clone else None
    download = read_download(command)
    if download is not None:
        is_large = is_weights(download.filename) or is_data(download.filename)
        return (download.path, None) if is_large and not download.to_stdout else None
    folder = _named_folder(command)
    if folder is not None:
        return folder, None
    install = read_install(command)
    if install is None or install.verb in ("download", "wheel") or command.is_partial:
        return None
    folder = environment_folder(install)
    sizes = [closure_bytes(package.name, package.version) or 0 for package in install.packages]
    size = None if takes_cpu_wheels(install) else max(sizes, default=0) or None
    return (folder, size) if folder else None


def _named_folder(command: Command) -> str | None:
    """Return the folder a command is told to fill."""
    values = command.values()
    if command.name in _ENVIRONMENT_MAKERS:
        return next((value for value in values if not value.startswith("-")), None)
    if command.name in ("bash", "sh"):
        is_conda = any(_CONDA_INSTALLER.search(value) for value in values[:1])
        return Arguments(command.arguments, frozenset({"-p"})).get("-p") if is_conda else None
    options = _FOLDER_OPTIONS.get(command.name)
    if options is None or (command.name in ("tar", "bsdtar") and not _extracts(values)):
        return None
    return Arguments(command.arguments, frozenset(options)).get(*options)


def _extracts(values: list[str]) -> bool:
    return bool(values) and (
        "x" in values[0] or "--extract" in values or any(value.startswith("-x") for value in values)
    )


def environment_folder(install: Install) -> str | None:
    """Return the folder an installation fills, None where it is not certain."""
    command = install.command
    if install.manager == "npm":
        return None if install.arguments.has("-g", "--global", "--prefix") else "node_modules"
    if install.manager == "uv" and install.verb == "sync":
        return command.setting("UV_PROJECT_ENVIRONMENT") or ".venv"
    if install.manager == "conda":
        named = install.arguments.has("-n", "--name", "env")
        default = _CONDA_PREFIX if install.step.stage.root.family == "conda" and not named else None
        return install.arguments.get("-p", "--prefix") or default
    if install.manager not in ("pip", "uv"):
        return None
    given = install.arguments.get("-t", "--target", "--prefix")
    if given:
        return given
    program = command.program.value if command.program else ""
    for word in (program, *(word.value for word in command.simple.words[:1])):
        # /opt/venv/bin/pip, venv/bin/pip and /opt/venv/bin/python -m pip
        if "/bin/" in word and not word.startswith(("/usr/bin/", "/bin/", "$", "~")):
            return word.rpartition("/bin/")[0]
    return command.setting("VIRTUAL_ENV") or _PREFIXES.get(install.step.stage.root.family or "")


def project_environment(install: Install) -> str | None:
    """Return the folder of the environment a project manager makes beside the project, None for others."""
    if install.manager == "uv" and install.verb == "sync":
        return absolute(install.command.setting("UV_PROJECT_ENVIRONMENT") or ".venv", install.step.workdir)
    if install.manager == "poetry" and install.command.setting("POETRY_VIRTUALENVS_IN_PROJECT") in ("1", "true"):
        return absolute(".venv", install.step.workdir)
    if install.manager == "pdm":
        return absolute(".venv", install.step.workdir)
    if install.manager in ("npm", "yarn", "pnpm") and not install.arguments.has("-g", "--global"):
        return absolute("node_modules", install.step.workdir)
    return None
