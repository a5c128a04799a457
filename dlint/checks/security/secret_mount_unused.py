"""Report secrets that are mounted for a command which does not read them."""

from dlint.checks import WARNING, Report, rule
from dlint.knowledge.secrets import is_secret_name
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.mounts import Mount
from dlint.regex import lazy

_FOLDER = "/run/secrets"
# More in one RUN are no file that people write.
_MOST = 20
_VARIABLE = lazy(r"\$\{?([A-Za-z_]\w*)")
# Programs that read a secret's file only where their command line or a variable names it.
_READ_NOTHING = frozenset({
    "", "pip", "uv", "hf", "huggingface-cli", "git", "curl", "wget", "aria2c", "apt-get", "apt", "apk", "dnf", "yum",
    "microdnf", "conda", "mamba", "micromamba", "npm", "yarn", "pnpm", "poetry", "wandb", "kaggle", "aws", "gsutil",
    "dvc", "echo", "printf", "mkdir", "cd", "rm", "cp", "mv", "ls", "chmod", "chown", "tar", "unzip", "ln", "touch",
    "set", "export", "true", "test", "[", "sed", "find", "update-ca-certificates", "gdown", "exit", "cat",
})  # fmt: skip


@rule("secret-mount-unused", severity=WARNING, triggers=("secret",))
def check(build: Build, report: Report) -> None:
    if any(_FOLDER in pair.value.value for pair in _pairs(build) if pair.value):
        return
    for step in build.steps(ast.Run):
        assert isinstance(step.instruction, ast.Run)
        mounts = (
            [mount for mount in step.instruction.mounts if mount.type == "secret"] if step.instruction.flags else []
        )
        if mounts and step.commands and all(_reads_nothing(command) for command in step.commands):
            text = _text(step.instruction)
            for mount in mounts[:_MOST] if _FOLDER not in text else ():
                _mount(mount, text, report)


def _pairs(build: Build) -> list[ast.KeyValue]:
    found = [pair for argument in build.global_args for pair in argument.pairs]
    for step in build.steps(ast.Env, ast.Arg):
        found += step.instruction.pairs  # type: ignore[attr-defined]
    return found


def _reads_nothing(command: Command) -> bool:
    return command.name in _READ_NOTHING and not command.is_partial


def _text(instruction: ast.Run) -> str:
    return instruction.arguments.text + "".join(heredoc.content for heredoc in instruction.heredocs)


def _mount(mount: Mount, text: str, report: Report) -> None:
    name = mount.get("id") or mount.source
    if not name or "$" in name or mount.target or "env" in mount.options or f"/{name}" in text:
        return
    used = next((match[1] for match in _VARIABLE.finditer(text) if is_secret_name(match[1])), None)
    report(
        mount.flag.span,
        f"the secret is in {_FOLDER}/{name}, and this command does not read it"
        + (f": it takes ${used}, which is another value" if used else ""),
        advice=f"put it into the variable that the command reads: --mount=type=secret,id={name},env={used or 'NAME'}",
    )
