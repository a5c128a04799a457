"""Report passwords of users that are set in a RUN."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.model.role import Role
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import SimpleCommand, Word
from dlint.text import Span

_PASSWORD_OPTIONS = frozenset(
    [
        "-p", "--password", "-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home", "--home-dir", "-s",
        "--shell", "-c",
        "--comment", "-l", "--login", "-k", "--skel",
    ]
)  # fmt: skip


@rule(
    "password-set-in-build", severity=WARNING, aliases=("CKV2_DOCKER_17",),
    triggers=("chpasswd", "passwd", "usermod", "useradd"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        assert isinstance(step.instruction, ast.Run)
        if step.stage not in build.runtime_chain or any(mount.type == "secret" for mount in step.instruction.mounts):
            continue
        for command in step.named("chpasswd", "passwd", "usermod", "useradd"):
            found = _setting(command)
            if found is None:
                continue
            what, secrets = found
            report(
                command.head(0),
                what,
                advice="set none: docker exec needs no password, and ssh takes keys",
                severity=INFO if command.is_conditional or build.role is Role.DEVELOPMENT else WARNING,
                alias="CKV2_DOCKER_17" if command.name == "chpasswd" else (),
                hidden=secrets,
            )


def _setting(command: Command) -> tuple[str, tuple[Span, ...]] | None:
    """Return what is set, and where the passwords stand."""
    if command.name in ("usermod", "useradd"):
        given = Arguments(command.arguments, _PASSWORD_OPTIONS).words("-p", "--password")
        # "!" and "*" are no passwords: they lock the account.
        if not given or given[-1][0].strip("'\"") in ("", "!", "*", "!!", "x"):
            return None
        return f"{_whose(command)} is in the image, as a hash", (given[-1][1].span,)
    fed = _fed(command)
    if command.name == "chpasswd":
        user = next((word.value.partition(":")[0] for word in fed if ":" in word.value), "")
        whose = f"the password of {user}" if user and "$" not in user else "a password"
        secrets = tuple(span for word in fed for span in _after_colon(word))
        return f"{whose} is in the image's history, and as a hash in /etc/shadow", secrets
    if command.has("-d", "--delete"):
        return "an account without a password is open to everybody", ()
    if not fed or command.has("-l", "-u", "-e", "-S", "--lock", "--unlock", "--expire", "--status"):
        return None
    secrets = tuple(word.span for word in fed if word.is_literal and not word.value.startswith("-"))
    return f"{_whose(command)} is in the image's history, and as a hash in /etc/shadow", secrets


def _whose(command: Command) -> str:
    name = command.arguments[-1].value if command.arguments else ""
    return f"the password of {name}" if name and not name.startswith(("-", "$")) else "a password"


def _fed(command: Command) -> list[Word]:
    """Return the words that are written into a command: those of echo or printf before it, or ``<<< word``."""
    words = [item.target for item in command.redirections if item.operator.endswith("<<<") and item.target]
    pipeline = command.simple.pipeline
    for element in pipeline.elements if pipeline else ():
        if element is command.simple:
            break
        if isinstance(element, SimpleCommand) and element.words and element.words[0].value in ("echo", "printf"):
            words += element.words[1:]
    return words


def _after_colon(word: Word) -> tuple[Span, ...]:
    text = word.text
    place = text.find(":")
    if place < 0 or "$" in text[place:]:
        return ()
    end = len(text) - (text[-1] in "\"'" and len(text) > place + 1)
    return (word.map.span(word.start + place + 1, word.start + end),)
