"""Report tools that are told not to check certificates or signatures."""

from dlint.checks import INFO, WARNING, Report, Severity, rule
from dlint.knowledge.verification import CERTIFICATES, OFF, OPTIONS, SETTINGS, SIGNATURES, VARIABLES
from dlint.model.build import Build
from dlint.model.commands import Command
from dlint.model.downloads import is_verified
from dlint.model.installs import read_install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.shell.ast import Word
from dlint.regex import lazy
from dlint.text import Span

_TRUSTED = lazy(r"\btrusted=yes\b")
# So far from it the brackets of a source are looked for.
_NEAR = 300
_LOCAL_REPOSITORIES = ("file:", "copy:", "cdrom:")
_HOSTS = {
    "pip": ("--trusted-host", "global.trusted-host", "install.trusted-host"), "uv": ("--allow-insecure-host",
    "--trusted-host"),
}  # fmt: skip
_HOST_VARIABLES = {"PIP_TRUSTED_HOST": "CKV2_DOCKER_16", "UV_INSECURE_HOST": ""}
_PRIVATE = lazy(
    r"(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[|[^.]*$|.*\.(?:local|internal|lan|corp|intra|home|svc)$)"
)
_HOST = lazy(r"[a-z]+://(?:[^/@\s]*@)?([^/:\s\"']+)")
_PLAIN = "plain HTTP"
_ADVICE = {
    _PLAIN: "write https:// in its address, and leave this out",
    CERTIFICATES: "leave it out; where a certificate is your own, add it: COPY ca.crt, then update-ca-certificates",
    SIGNATURES: "leave it out, and add the key of the repository",
}


@rule(
    "tls-verification-disabled", severity=WARNING,
    aliases=tuple(f"CKV2_DOCKER_{number}" for number in range(2, 17)),
    triggers=("curl", "insecure", "no-check-certificate", "check-certificate", "sslverify", "ssl_verify", "ssl-verify",
    "strict-ssl", "strict_ssl", "trusted", "httpsverify", "reject_unauthorized", "ssl_no_verify", "unauthenticated",
    "force-yes", "gpgcheck", "gpg-check", "nosignature", "nodigest", "noverify", "tls-verify", "ca_bundle",
    "verify-peer", "verify-host"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    for step in build.steps():
        instruction = step.instruction
        if isinstance(instruction, ast.Env | ast.Arg):
            for pair in instruction.pairs:
                if pair.value is not None:
                    value = build.variables.expand(pair.value, step.environment)
                    _variable(report, pair.key.value, value, pair.span)
        elif isinstance(instruction, ast.Run):
            for command in step.commands:
                _command(report, command)
        if isinstance(instruction, ast.Run | ast.Transfer):
            _sources(report, step)


def _variable(report: Report, name: str, value: str, span: Span) -> None:
    if name in _HOST_VARIABLES and _is_public(value):
        _report(
            report, span, f"{name} turns off the check of certificates for {value}", CERTIFICATES, _HOST_VARIABLES[name]
        )
    wanted, code = VARIABLES.get(name, (frozenset(), ""))
    if wanted is None or value.lower() in wanted:
        shown = value or "empty"
        _report(report, span, f"{name} is {shown}: certificates are not checked", CERTIFICATES, code)


def _command(report: Report, command: Command) -> None:
    # What the last command exports, no command sees.
    exported = command.arguments if command.name == "export" and command is not command.step.commands[-1] else ()
    for word in (*command.assignments, *exported):
        name, equals, value = word.value.partition("=")
        if equals:
            _variable(report, name, value, word.span)
    found = _option(command) or _setting(command) or _host(command)
    if found is None:
        return
    word, what, kind, code = found
    if _is_harmless(command, kind) or (
        kind == CERTIFICATES and command.name in ("curl", "wget", "aria2c") and is_verified(command.step)
    ):
        return
    hosts = [match[1] for value in command.values() if (match := _HOST.match(value))]
    is_far = not hosts or any(_is_public(host) for host in hosts)
    _report(report, word.span, what, kind, code, severity=WARNING if is_far and not command.is_conditional else INFO)


def _option(command: Command) -> tuple[Word, str, str, str] | None:
    for word in command.arguments:
        value = "-k" if command.name == "curl" and _has_letter_k(word.value) else word.value
        kind, code = OPTIONS.get((command.name, value), ("", ""))
        if kind:
            return word, f"{command.name} does not check the {kind} of what it gets", kind, code
    return None


def _has_letter_k(value: str) -> bool:
    """Whether a bundle of curl's letters holds k, before a letter that takes the rest as its value."""
    if not value.startswith("-") or value.startswith("--"):
        return False
    for letter in value[1:]:
        if letter == "k":
            return True
        if letter in "oHduAexXbcFTwmKrCyYzQEtUP":
            return False
    return False


def _setting(command: Command) -> tuple[Word, str, str, str] | None:
    """Return a setting that is switched off: ``name value`` or ``name=value``."""
    words = command.arguments
    for part, code in SETTINGS.get(command.name, ()):
        for index, word in enumerate(words):
            name, equals, value = word.value.rpartition("=") if "=" in word.value else (word.value, "", "")
            if not name.lower().endswith(part):
                continue
            if not equals:
                value = words[index + 1].value if index + 1 < len(words) else ""
            if value.lower() in OFF:
                return word, f"{command.name} is told to check no certificates", CERTIFICATES, code
    return None


def _host(command: Command) -> tuple[Word, str, str, str] | None:
    words = command.arguments
    for index, word in enumerate(words if command.name in _HOSTS else ()):
        name, equals, value = word.value.partition("=")
        if name in _HOSTS[command.name]:
            host = value if equals else words[index + 1].value if index + 1 < len(words) else ""
            if _is_public(host):
                code = "CKV2_DOCKER_4" if command.name == "pip" else ""
                what = f"{command.name} takes packages from {host}"
                if any(f"http://{host}" in value for value in command.values()):
                    return word, f"{what} over plain HTTP", _PLAIN, code
                return word, f"{what} without checking its certificate", CERTIFICATES, code
    return None


def _is_public(host: str) -> bool:
    name = host.rpartition("://")[2].partition("/")[0].partition(":")[0].strip("\"'")
    return bool(name) and "$" not in name and "\0" not in name and not _PRIVATE.match(name)


def _is_harmless(command: Command, kind: str) -> bool:
    """Whether what is installed without a signature is a local file, or an address that TLS protects."""
    if kind != SIGNATURES:
        return False
    if command.name == "rpm":
        return any(value.startswith(("-q", "--query", "-V", "--import")) for value in command.values())
    install = read_install(command)
    names = [package.name for package in install.packages] if install else []
    return bool(names) and all(
        name.startswith(("./", "/", "https://")) or name.endswith((".apk", ".deb")) for name in names
    )


def _sources(report: Report, step: Step) -> None:
    """Report repositories that are declared trusted in the text of an instruction."""
    text, instruction = step.stage.source.text, step.instruction
    for match in _TRUSTED.finditer(text, instruction.start, instruction.end):
        before = text[max(0, match.start() - _NEAR) : match.start()].rpartition("[")
        after = text[match.end() : match.end() + _NEAR].partition("]")
        if not before[1] or not after[1] or set("]\n[") & {*before[2], *after[0]}:
            continue
        if not after[2].lstrip().startswith(_LOCAL_REPOSITORIES):
            _report(report, Span(*match.span()), "apt takes unsigned packages from this repository", SIGNATURES, "")


def _report(report: Report, span: Span, message: str, kind: str, code: str, severity: Severity = WARNING) -> None:
    report(
        span,
        message,
        advice=_ADVICE[kind],
        alias=code or (),
        severity=severity,
    )
