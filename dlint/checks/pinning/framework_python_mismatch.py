"""Report releases of torch and TensorFlow that have no wheels for the Python they are installed for."""

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.environment import Request
from dlint.model.versions import minor, release

_TENSORFLOW = ("tensorflow", "tensorflow-cpu")


@rule(
    "framework-python-mismatch",
    severity=ERROR,
    triggers=("torch", "tensorflow", "requirement", ".txt"),
)
def check(build: Build, report: Report) -> None:
    for request in build.requests:
        newest = _newest_python(request)
        if newest is None or request.package.marker or not _is_known_source(request):
            continue
        from dlint.model.python_version import python_for

        python = python_for(build, request)
        if python is None or (release(python) or ()) <= (release(newest) or ()):
            continue
        stage = request.step.stage
        where = f" (in {request.path})" if request.path else ""
        report(
            request.span,
            f"{request.name} {request.exact} has no wheels for Python {python}{where}: "
            f"the newest Python it supports is {newest}",
            advice=f"use Python {newest}, or a release of {request.name} for Python {python}",
            labels=((stage.chain[-1].instruction.image.span, "the Python comes from here"),)
            if stage.root.python == python
            else (),
            severity=WARNING if request.is_conditional else ERROR,
        )


def _newest_python(request: Request) -> str | None:
    """Return the newest Python a pinned framework has wheels for."""
    if request.name not in ("torch", *_TENSORFLOW) or request.install.manager not in ("pip", "uv"):
        return None
    series = minor(request.exact) or ""
    # Only here: most files name neither.
    if request.name == "torch":
        from dlint.knowledge.torch import RELEASES

        known = RELEASES.get(series)
        return known.python if known else None
    from dlint.knowledge import tensorflow

    row = tensorflow.RELEASES.get(series)
    return row.python if row else None


def _is_known_source(request: Request) -> bool:
    """Whether it comes from PyPI or an index of PyTorch; others may have wheels of their own."""
    builds = {request.accelerator, *request.extra_accelerators} - {None}
    if not builds:
        return request.is_from_default_index
    return all(build == "cpu" or (build or "").startswith("cu") for build in builds)
