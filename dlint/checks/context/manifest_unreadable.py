"""Report files that list packages and cannot be read."""

from dlint.checks import INFO, WARNING, Location, Report, rule
from dlint.model.build import Build
from dlint.model.lockfiles import files_of
from dlint.model.manifests import format_of

# What writes a file again.
_REMEDIES = {
    "uv": "write it again: uv lock", "pylock": "write it again: uv export --format pylock.toml -o pylock.toml",
    "pipfile": "write it again: pipenv lock", "conda-lock": "write it again: conda-lock",
}  # fmt: skip


@rule(
    "manifest-unreadable", severity=WARNING, looks_at="context",
    triggers=("pip", "uv", "poetry", "pdm", "conda", "mamba"),
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    seen = set()
    for install in build.installs:
        for manifest in files_of(build, install).broken:
            problem = manifest.found.problem
            if problem is None or manifest.path in seen:
                continue
            seen.add(manifest.path)
            home = manifest.found.source
            # What cannot be shown is reported where it is named.
            source = home if home.text else build.source
            span = problem.span if home.text else manifest.span
            labels = ((Location(build.source, manifest.span), "read here"),) if home.text else ()
            report(
                span,
                f"{manifest.path} {problem.message}" + ("; dlint does not read it" if problem.is_limit else ""),
                advice="rules about packages know nothing of what it lists"
                if problem.is_limit
                else _remedy(manifest.path),
                labels=labels,
                source=source,
                severity=INFO if problem.is_limit else WARNING,
            )


def _remedy(path: str) -> str:
    name = path.rpartition("/")[2]
    if name in ("poetry.lock", "pdm.lock"):
        return f"write it again: {name.removesuffix('.lock')} lock"
    return _REMEDIES.get(format_of(path), "mend it: the command that reads it fails")
