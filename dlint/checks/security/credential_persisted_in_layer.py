"""Report logins that write a credential file into a layer."""

from dlint import regex
from dlint.checks import ERROR, Report, rule
from dlint.knowledge.secrets import is_secret_name
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import Word
from dlint.regex import lazy
from dlint.text import Span

_URL_CREDENTIALS = lazy(r"[a-z+]+://(?:[^/\s:@]+:)?(\$\{?\w+\}?|[^/\s@:$]{6,})@")
_SECRET_FILES = lazy(
    r"(?:^|/)(?:\.netrc|_netrc|\.pypirc|\.npmrc|kaggle\.json|\.git-credentials|\.dockercfg|credentials|\.docker/config\.json)$"
)
# What has to be removed with a file in it, or instead of it.
_FOLDERS = {"token": ("huggingface",), "config.json": (".docker",)}
_HARMLESS_USERS = ("git@", "hg@", "ssh://git@")


@rule(
    "credential-persisted-in-layer", severity=ERROR,
    triggers=("login", "auth", "configure", "token", "password", "netrc", "pypirc", "npmrc", "kaggle", "remote",
    ":// AND @", "oauth", "credentials", "dockercfg", ".docker"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        # What another stage keeps does not ship, unless it is copied; that much is not known here.
        if step.stage not in build.runtime_chain:
            continue
        for command in step.commands:
            found = _login(command) or _written_file(command) or _url(command)
            if found and not _is_undone(step, command, found[2]):
                span, what, _ = found
                report(
                    span,
                    f"{what} stays in the layer",
                    advice="use a secret mount for the one command that needs it, and store nothing",
                    hidden=_passwords(command),
                )


def _passwords(command: Command) -> tuple[Span, ...]:
    """Return the places of the passwords in a command's addresses."""
    text = command.step.stage.source.text
    return tuple(
        Span(match.start(1), match.end(1))
        for word in command.arguments
        for match in _URL_CREDENTIALS.finditer(text, word.span.start, word.span.end)
    )


def _login(command: Command) -> tuple[Span, str, str] | None:
    """Return place, description and file of a login that is stored."""
    values = command.values()
    first, second = (*values, "", "")[:2]
    if command.name in ("huggingface-cli", "hf") and "login" in (first, second) and not command.has("--help"):
        return command.head(1 + (first == "auth")), "the Hugging Face token (in $HF_HOME/token)", "token"
    if command.name == "wandb" and first == "login" and len(values) > 1:
        return command.head(1), "the Weights & Biases key (in ~/.netrc)", ".netrc"
    if command.name in ("docker", "podman", "skopeo", "buildah", "crane", "helm") and "login" in (first, second):
        return command.head(1), "the registry password (in ~/.docker/config.json)", "config.json"
    if (
        command.name == "aws"
        and first == "configure"
        and second == "set"
        and any("secret" in v or "session_token" in v for v in values)
    ):
        return command.head(2), "the AWS key (in ~/.aws/credentials)", ".aws"
    if command.name == "gcloud" and first == "auth" and second == "activate-service-account":
        return command.head(2), "the Google Cloud key (in ~/.config/gcloud)", "gcloud"
    if command.name == "dvc" and first == "remote" and second == "modify":
        if any(
            word in value
            for value in values[2:]
            for word in ("password", "secret_access_key", "access_key_id", "connection_string")
        ):
            if command.has("--local", "--global") or len(values) > 4:
                return command.head(2), "the DVC remote's secret (in .dvc/config)", ".dvc"
    if command.name == "git" and first == "config" and any("insteadof" in value.lower() for value in values):
        match = next((m for value in values if (m := _URL_CREDENTIALS.search(value))), None)
        if match and "git@" not in match[0]:
            return command.head(1), "the token (in the git configuration)", "gitconfig"
    return None


def _written_file(command: Command) -> tuple[Span, str, str] | None:
    if command.name not in ("echo", "printf", "cat"):
        return None
    for item in command.redirections:
        if (
            item.writes
            and item.target
            and _SECRET_FILES.search(item.target.value)
            and not item.target.value.startswith("/run/")
        ):
            if any(_holds_secret(word) for word in command.arguments):
                return item.target.span, f"what is written to {item.target.value}", item.target.value.rpartition("/")[2]
    return None


def _holds_secret(word: Word) -> bool:
    """Whether what is written is a secret, or says that it is one."""
    if "$" in word.value:
        # Single quotes keep ${NPM_TOKEN} as it is, for npm to put in.
        return not word.text.startswith("'")
    return "token" in word.value.lower() or "password" in word.value.lower()


def _url(command: Command) -> tuple[Span, str, str] | None:
    """Return an address with a password that the tool stores: a clone's remote, or a configured index."""
    values = command.values()
    is_stored = (
        (command.name == "git" and values[:1] == ["clone"])
        or (command.name == "pip" and values[:2] == ["config", "set"])
        or (command.name == "git" and values[:2] == ["remote", "add"])
        or (command.name in ("pip", "uv") and any("index-url" in value or value == "--index" for value in values))
    )
    if not is_stored:
        return None
    for word in command.arguments:
        match = _URL_CREDENTIALS.search(word.value)
        if match and not word.value.startswith(_HARMLESS_USERS) and _is_password(match):
            stored = "in the clone's .git/config" if values[0] == "clone" else "in the configuration"
            if command.name in ("pip", "uv") and values[0] != "config":
                stored = "in the image's history"
            return word.span, f"the password in this address ({stored})", "clone" if values[0] == "clone" else "pip"
    return None


def _is_password(match: "regex.Match[str]") -> bool:
    """Whether what stands before the @ is a password; alone, it is mostly the name of a user."""
    name = match[1]
    if ":" in match[0].partition("://")[2]:
        return True
    if name.startswith("$"):
        return is_secret_name(name.strip("${}"))
    return name.startswith(("ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "hf_", "pypi-", "npm_"))


def _is_undone(step: Step, command: Command, file: str) -> bool:
    """Whether the same RUN removes the file, logs out, or writes to a mount."""
    for other in step.commands:
        if not other.follows(command):
            continue
        values = other.values()
        if other.name == "rm" and any(place in value for value in values for place in _places(command, file)):
            return True
        if "logout" in values or "unset" in values or any(value.startswith("--unset") for value in values):
            return True
    instruction = step.instruction
    assert isinstance(instruction, ast.Run)
    return any(
        mount.type in ("tmpfs", "secret") and any(place in (mount.target or "") for place in _places(command, file))
        for mount in instruction.mounts
    )


def _places(command: Command, file: str) -> tuple[str, ...]:
    """Return parts of the paths of which one has to be removed, or mounted over."""
    if file != "clone":
        return (file, *_FOLDERS.get(file, ()))
    operands = [value for value in command.values()[1:] if not value.startswith("-")]
    folder = operands[-1].rstrip("/").removesuffix(".git")
    return (".git", folder.rpartition("/")[2] if "://" in folder else folder)
