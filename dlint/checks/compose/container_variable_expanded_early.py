"""Report variables that a service sets and uses, where Compose puts in those of the host before it starts."""

from dlint.checks import WARNING, Report, rule
from dlint.model.compose.environment import EnvironmentVariable
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHELLS = ("sh", "bash", "/bin/sh", "/bin/bash", "ash", "zsh")


@rule("container-variable-expanded-early", severity=WARNING, looks_at="compose", triggers=("$",))
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        own = {name: variable for name, variable in service.environment.items() if _is_own(variable)}
        seen = set()
        for key, node, has_shell in _texts(service) if own else ():
            for variable in node.variables:
                name = variable.name
                if variable.value is not None or variable.operator or name not in own or (id(node), name) in seen:
                    continue
                seen.add((id(node), name))
                report(
                    node,
                    f"${name} in {key} of service {service.name} is that of the host, put in before the container "
                    "starts: without one it is empty, whatever the environment of the service says",
                    advice=f"write $${name}, which the shell in the container puts in"
                    if has_shell
                    else f"write the value, or set {name} in a .env file and use ${{{name}}} in both places",
                    labels=((own[name].node, f"the container's {name}"),),
                )


def _is_own(variable: EnvironmentVariable) -> bool:
    """Whether the service gives a variable a value of its own, and does not hand on the host's.

    The file of ``env_file`` may well be the one that is given to Compose with ``--env-file``.
    """
    return bool(variable.value) and variable.source == "environment" and not variable.value_node.variables


def _texts(service: Service) -> "Iterator[tuple[str, Node, bool]]":
    """Yield the texts that are read in the container: the key, the text, and whether a shell reads it."""
    healthcheck = service.healthcheck
    test = healthcheck.test if healthcheck is not None else None
    if test is not None:
        first = test.items[0].text if test.items else "CMD-SHELL"
        words = [item.text for item in test.items[1:]]
        for node in test.items or [test]:
            yield "the health check", node, first == "CMD-SHELL" or words[:1] == ["sh"]
    for key in ("entrypoint", "command"):
        value = service.get(key)
        if value is None:
            continue
        words = [item.text for item in value.items] or value.text.split()
        for node in value.items or [value]:
            yield f"the {key}", node, words[:1] != [] and words[0] in _SHELLS
    environment = service.get("environment")
    for _, node in environment.pairs if environment is not None else ():
        yield "the environment", node, False
    for node in environment.items if environment is not None else ():
        yield "the environment", node, False
