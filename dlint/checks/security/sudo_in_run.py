"""Report sudo in RUN, and sudo without a password."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.role import Role
from dlint.model.stages import ROOT_USERS, Step
from dlint.parser.dockerfile import ast

_SYSTEM = ("apt", "apk", "dnf", "zypper")


@rule("sudo-in-run", severity=WARNING, aliases=("DL3004", "DS-0010", "CKV2_DOCKER_1"), triggers=("sudo", "nopasswd"))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        seen = set()
        for command in step.commands:
            if "sudo" not in command.wrappers or id(command.simple) in seen:
                continue
            seen.add(id(command.simple))
            word = next((word for word in command.simple.words if word.value.rpartition("/")[2] == "sudo"), None)
            # sudo -u somebody is about another user, not about root.
            if word is None or any(other.value.startswith(("-u", "--user")) for other in command.simple.words[:4]):
                continue
            if _is_root(build, step):
                report(word.span, "this RUN is root already", advice="leave sudo out", severity=INFO)
            else:
                report(
                    word.span,
                    "sudo in a build hides which steps need root",
                    advice="write USER root before them and switch back after",
                )
    if build.role in (Role.SERVING, Role.UNKNOWN):
        _without_password(build, report)


def _is_root(build: Build, step: Step) -> bool:
    if step.user is not None:
        return step.user.partition(":")[0] in ROOT_USERS
    # Nobody else installs packages of the system without sudo.
    return any(
        install.step.stage is step.stage and install.manager in _SYSTEM and "sudo" not in install.command.wrappers
        for install in build.installs
    )


def _without_password(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        if step.stage not in build.runtime_chain or step.script is None:
            continue
        for simple in step.script.commands:
            if not simple.words or simple.words[0].value not in ("echo", "printf", "tee", "cat", "sudo"):
                continue
            for word in simple.words[1:]:
                place = word.text.find("NOPASSWD")
                if place >= 0:
                    span = word.map.span(word.start + place, word.start + place + len("NOPASSWD"))
                    report(
                        span,
                        "whoever gets this user gets root without a password",
                        advice="give the user no sudo",
                        alias=(),
                    )
