"""Report apt installations with recommended packages."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.packages import Install
from dlint.text import Span


@rule("apt-recommends", severity=INFO, aliases=("DL3015", "DS-0029"), triggers=("apt", "aptitude"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    if _is_configured(build):
        return
    for install in build.installs:
        if install.manager != "apt" or install.verb != "install" or install.step.stage not in chain:
            continue
        if _declines(install) or not install.packages or all(package.is_local for package in install.packages):
            continue
        report(
            install.span,
            "this also installs packages that are only recommended",
            advice=f"add {'-R' if install.tool == 'aptitude' else '--no-install-recommends'}, and name those you need",
            fix=_fix(install),
        )


def _declines(install: Install) -> bool:
    values = [value.replace(" ", "").lower() for value in install.command.values()]
    return (
        install.arguments.has("--no-install-recommends")
        or (install.tool == "aptitude" and install.arguments.has("-R", "--without-recommends"))
        or any(
            "install-recommends=false" in value or "install-recommends=0" in value or value == "--no-install-recommends"
            for value in values
        )
        or any(
            "$" in word.value and not word.is_literal and word.value.startswith("$")
            for word in install.command.arguments[:2]
        )
    )


def _is_configured(build: Build) -> bool:
    """Whether apt's configuration declines them for the whole image."""
    return "install-recommends" in build.source.text.lower().replace("--no-install-recommends", "")


def _fix(install: Install) -> Fix | None:
    verb = next((word for word in install.command.arguments if word.value == "install"), None)
    if verb is None or not install.command.can_be_edited(verb) or install.tool == "aptitude":
        return None
    return fix(
        "unsafe", "add --no-install-recommends", (Span(verb.span.end, verb.span.end), " --no-install-recommends")
    )
