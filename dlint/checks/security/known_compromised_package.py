"""Report pins of releases that are malware."""

from dlint.checks import ERROR, Report, rule
from dlint.knowledge.malware import COMPROMISED
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build


@rule("known-compromised-package", severity=ERROR, triggers=tuple(COMPROMISED), context_triggers=PYTHON_TOOLS)
def check(build: Build, report: Report) -> None:
    for request in build.requests:
        releases = COMPROMISED.get(request.name)
        version = (request.exact or "").partition("+")[0]
        if releases is None or version not in releases or request.install.manager == "conda":
            continue
        report(
            request.span,
            f"{request.name} {version}, published on {releases[version]}, is malware",
            advice="pin another release, and change every secret that machines with it could read",
            labels=((request.location, "pinned here"),) if request.path else (),
        )
