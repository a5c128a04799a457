"""Report caches that npm and yarn leave in the layer; pnpm's store shares its bytes with node_modules."""

from dlint.checks import INFO, Report, rule
from dlint.model.build import Build
from dlint.model.caches import is_kept_out, last_of_kinds, runs_later
from dlint.model.packages import Install

_CACHES = {
    "npm": (".npm", "/npm"), "yarn": (".cache/yarn", ".yarn", "/yarn"),
}  # fmt: skip


@rule("npm-cache-in-layer", severity=INFO, aliases=("DL3060",), triggers=("npm", "yarn"))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    last = last_of_kinds(build.installs)
    for install in build.installs:
        if install.manager not in _CACHES or install.step.stage not in chain or install not in last:
            continue
        if _is_clean(install):
            continue
        clean = {"npm": "npm cache clean --force", "yarn": "yarn cache clean"}[install.manager]
        report(
            install.span,
            f"{install.manager} keeps its downloads in this layer",
            advice=f"end the RUN with && {clean}, or install in a build stage",
            alias="DL3060" if install.manager == "yarn" else (),
        )


def _is_clean(install: Install) -> bool:
    command, step = install.command, install.step
    caches = _CACHES[install.manager]
    return is_kept_out(step, command, *caches) or runs_later(step, command, (install.manager,), "clean", "prune")
