"""Report SSH servers in images that serve something else."""

from dlint.checks import WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.role import Role
from dlint.model.start import main_command
from dlint.parser.dockerfile import ast
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = frozenset({"openssh-server", "dropbear"})
_MANAGERS = ("apt", "apk", "dnf", "zypper")
_PORTS = ("22", "22/tcp")


@rule(
    "ssh-server-in-image",
    severity=WARNING,
    aliases=("DS-0004", "CKV_DOCKER_1"),
    triggers=("openssh", "dropbear", " 22", "\t22", "=22", '"22', "'22", "-22"),
)
def check(build: Build, report: Report) -> None:
    # Training over MPI, notebooks and development need one.
    if build.role is not Role.SERVING:
        return
    command = main_command(build)
    if command is None or command.name in ("sshd", "dropbear", "supervisord"):
        return
    advice = "leave it out: docker exec and kubectl exec give a shell in the container"
    for place, message, alias in (*_packages(build), *_ports(build)):
        report(place, f"{message} in an image that serves with {command.name}", advice=advice, alias=alias)


def _packages(build: Build) -> "Iterator[tuple[Span, str, tuple[str, ...]]]":
    for install in build.installs:
        if install.manager in _MANAGERS and install.step.stage in build.runtime_chain:
            for package in install.packages:
                if package.name in _PACKAGES or (package.name == "openssh" and install.manager == "apk"):
                    yield package.span, "an SSH server", ()


def _ports(build: Build) -> "Iterator[tuple[Span, str, tuple[str, ...]]]":
    for stage in build.runtime_chain:
        for step in stage.instructions(ast.Expose):
            assert isinstance(step.instruction, ast.Expose)
            for word in step.instruction.words:
                if build.variables.expand(word, step.environment).lower() in _PORTS:
                    yield word.span, "the port of SSH", ("DS-0004", "CKV_DOCKER_1")
