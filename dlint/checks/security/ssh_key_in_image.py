"""Report private SSH keys that become part of the image."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.parser.dockerfile import ast
from dlint.regex import lazy
from dlint.text import Span

_OPTIONS = frozenset(
    ["-t", "-b", "-f", "-N", "-C", "-P", "-m", "-a", "-O", "-E", "-I", "-n", "-V", "-s", "-z", "-r", "-w", "-Z", "-F"]
)
# What makes ssh-keygen do something else than make a key: show, convert, search, sign.
_OTHER_TASKS = ("-y", "-l", "-i", "-e", "-p", "-c", "-B", "-D", "-H", "-L", "-M", "-Q", "-k", "-U", "-Y", "-R", "-F")
# More in one RUN are no file that people write.
_MOST = 20
_USER_KEY = lazy(r"(?:^|/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_\w+)?\Z|/\.ssh/[\w.-]*key\Z|\.ssh/[\w-]+\.pem\Z")


@rule(
    "ssh-key-in-image", severity=ERROR, triggers=("ssh-keygen", "id_rsa", "id_ed25519", "id_ecdsa", "id_dsa", ".ssh/")
)
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        if step.stage not in build.runtime_chain:
            continue
        keys = [(command, made) for command in step.commands if (made := _generated(command) or _written(command))]
        for command, made in keys[:_MOST]:
            if _is_undone(command, made[1]):
                continue
            span, _, is_host_key = made
            what = "the host keys are" if is_host_key else "this private key is"
            report(
                span,
                f"{what} part of the image: every container has the same, and who pulls it too",
                advice="make host keys when the container starts"
                if is_host_key
                else "make it when the container starts, or use --mount=type=ssh for a build",
                severity=WARNING if is_host_key or command.is_conditional else ERROR,
            )
            break


def _generated(command: Command) -> tuple[Span, str, bool] | None:
    """Return place and path of a key that ssh-keygen makes, and whether it is one of the host."""
    if command.name != "ssh-keygen" or command.is_partial:
        return None
    arguments = Arguments(command.arguments, _OPTIONS)
    names = {name for name, _, _, _ in arguments.options}
    if "-A" in names:
        return command.head(0), "ssh_host", True
    if not names.isdisjoint(_OTHER_TASKS):
        return None
    path = arguments.get("-f") or "/.ssh/id_"
    return command.head(0), path, "ssh_host" in path or path.startswith("/etc/ssh")


def _written(command: Command) -> tuple[Span, str, bool] | None:
    """Return place and path of a key that echo and the like write."""
    if command.name not in ("echo", "printf", "cat", "base64", "tee", "tr"):
        return None
    for item in command.redirections:
        if item.writes and item.target and _USER_KEY.search(item.target.value):
            return item.target.span, item.target.value, False
    return None


def _is_undone(command: Command, path: str) -> bool:
    """Whether the same RUN removes the key, or it lies on a mount."""
    name = path.rpartition("/")[2]
    folder = path.rpartition("/")[0].rpartition("/")[2]
    for other in command.step.named("rm", "shred"):
        if other.follows(command) and any(
            (name and name in value) or value.rstrip("/").endswith(folder or ".ssh") or value.endswith("id_*")
            for value in other.values()
            if not value.startswith("-")
        ):
            return True
    instruction = command.step.instruction
    assert isinstance(instruction, ast.Run)
    return any(
        mount.type in ("tmpfs", "secret", "cache") and mount.target and path.startswith(mount.target)
        for mount in instruction.mounts
    )
