"""Report secrets that stand in compose files."""

from dlint.checks import ERROR, INFO, WARNING, Location, Report, Severity, rule
from dlint.knowledge.compose_secrets import GUESSED_FIRST, SECRET_OPTIONS, SERVER_PASSWORDS
from dlint.knowledge.secrets import SECRET_TRIGGERS, SECRET_WORDS
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.secrets import WrittenSecret, written_secrets

_SHOWN = 4


@rule(
    "secret-literal-in-compose", severity=WARNING, looks_at="compose",
    triggers=(*sorted(SECRET_WORDS | SECRET_OPTIONS | {"pass", "pwd"}), "://", *SECRET_TRIGGERS),
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    # Each file tells its own: it may be checked without the others.
    groups: dict[tuple[str, str], list[WrittenSecret]] = {}
    for secret in written_secrets(project):
        groups.setdefault((secret.source.path, secret.value), []).append(secret)
    for group in groups.values():
        # What sets a password up says more about it than who uses it.
        first = min(group, key=lambda secret: (secret.kind != "token", secret.name not in SERVER_PASSWORDS))
        _report(project, report, first, [secret for secret in group if secret is not first])


def _report(project: ComposeProject, report: Report, secret: WrittenSecret, others: list[WrittenSecret]) -> None:
    report(
        Location(secret.source, secret.place),
        _message(secret),
        advice=_advice(secret),
        labels=tuple((Location(other.source, other.place), "here too") for other in others[:_SHOWN]),
        severity=_severity(project, secret),
        hidden=tuple(each.value_span for each in (secret, *others)),
    )


def _severity(project: ComposeProject, secret: WrittenSecret) -> Severity:
    if secret.kind == "token":
        return ERROR
    if project.is_test or project.is_development:
        return INFO
    return INFO if secret.variable is not None and not _is_reached(project, secret) else WARNING


def _is_reached(project: ComposeProject, secret: WrittenSecret) -> bool:
    """Whether the service whose password has a default can be reached from other machines."""
    service = secret.service
    return service is not None and any(port.is_public for port in service.ports)


def _message(secret: WrittenSecret) -> str:
    if secret.kind == "token":
        return f"{secret.name} stands here, for everyone who can read this file"
    what = {"setting": f"the value of {secret.name}", "option": f"the value of --{secret.name}"}.get(
        secret.kind, "the password of an address"
    )
    guessed = " and is one of the first that are tried" if secret.value.lower() in GUESSED_FIRST else ""
    if secret.variable is not None:
        return f"{what} stands here for whenever {secret.variable} is not set{guessed and ',' + guessed}"
    return f"{what} stands here, for everyone who can read this file{guessed and ',' + guessed}"


def _advice(secret: WrittenSecret) -> str:
    if secret.kind == "token":
        return "revoke it; put a new one into .env, keep that file out of git, and write ${NAME:?} here"
    if secret.variable is not None:
        return f"let Compose stop where it is not set: ${{{secret.variable}:?}}"
    if secret.kind != "setting":
        return "change it; put the new one into .env, keep that file out of git, and write ${PASSWORD:?} here"
    name = secret.name.upper() if secret.name.isidentifier() else "PASSWORD"
    written = f"{secret.name}{'=' if secret.is_item else ': '}${{{name}:?}}"
    file = SERVER_PASSWORDS.get(secret.name)
    return f"change it; put the new one into .env, keep that file out of git, and write {written}" + (
        f", or {file} and a secret" if file else ""
    )
