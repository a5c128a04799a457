"""Report notebooks and development tools in images that serve or train."""

from dlint.checks import INFO, Report, rule
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.environment import in_stages
from dlint.model.role import Role, is_for_development

_NOTEBOOKS = frozenset({
    "jupyter", "jupyterlab", "notebook", "nbconvert", "ipykernel", "jupyter-server", "nbclassic", "jupyter-core",
    "jupyter-client", "jupyter-console", "qtconsole", "voila", "jupyterlab-git", "ipython",
})  # fmt: skip
_TOOLS = frozenset({
    "pytest", "pytest-cov", "pytest-mock", "pytest-asyncio", "pytest-xdist", "black", "mypy", "flake8", "pylint",
    "isort", "ruff", "pre-commit", "tox", "nox", "coverage", "bandit", "autopep8", "yapf",
})  # fmt: skip
_SHOWN = 3


@rule(
    "notebook-in-serving-image",
    severity=INFO,
    triggers=(*sorted(_NOTEBOOKS | _TOOLS),),
    context_triggers=PYTHON_TOOLS,
)
def check(build: Build, report: Report) -> None:
    if build.role not in (Role.SERVING, Role.TRAINING) or is_for_development(build):
        return
    unwanted = _NOTEBOOKS | _TOOLS if build.role is Role.SERVING else _NOTEBOOKS
    found = [
        request
        for request in in_stages(build, build.runtime_chain)
        if request.name in unwanted and not request.is_conditional
    ]
    if not found or {request.name for request in found} == {"ipython"}:
        return
    names = list(dict.fromkeys(request.name for request in found))
    listed = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    verb = "is" if len(names) == 1 else "are"
    purpose = "serves" if build.role is Role.SERVING else "trains"
    report(
        found[0].span,
        f"{listed} {verb} installed in an image that {purpose}",
        advice="install what only developers need in a stage of its own, or from a file of its own",
        labels=tuple((request.location, "this one") for request in found[:_SHOWN] if request.path),
    )
