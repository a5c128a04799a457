"""Report conda installations that leave packages in the layer."""

from dlint.checks import WARNING, Report, fix, rule
from dlint.model.build import Build
from dlint.model.caches import is_kept_out, last_of_kinds, runs_later
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.shell.ast import AndOr, Pipeline
from dlint.text import Span

_TOOLS = ("conda", "mamba", "micromamba")


@rule("conda-cache-in-layer", severity=WARNING, triggers=_TOOLS, fix="safe")
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    last = last_of_kinds(build.installs)
    for install in build.installs:
        if install.manager != "conda" or install.step.stage not in chain or install not in last:
            continue
        command, step = install.command, install.step
        if is_kept_out(step, command, "/pkgs") or runs_later(step, command, _TOOLS, "clean"):
            continue
        clean = "micromamba clean -ay" if command.name == "micromamba" else f"{command.name} clean -afy"
        report(
            install.span,
            f"{command.name} keeps the packages it unpacked in this layer",
            advice=f"end the RUN with && {clean}; a later RUN cannot free the bytes",
            fix=fix("safe", f"add {clean}", (Span(command.simple.span.end, command.simple.span.end), f" && {clean}"))
            if _stands_alone(install)
            else None,
        )


def _stands_alone(install: Install) -> bool:
    """Whether "&& clean" can simply follow the command."""
    simple = install.command.simple
    if not simple.words or not install.command.can_be_edited(simple.words[-1]):
        return False
    pipeline = simple.pipeline
    return (
        pipeline is not None and len(pipeline.elements) == 1 and not simple.is_conditional
        and simple.and_or is not None and not simple.and_or.is_background and not install.command.wrappers
        and not any("||" in operator for operator in simple.and_or.operators)
        and not pipeline.is_negated and _fails_alike(install.step, simple.and_or, pipeline)
    )  # fmt: skip


def _fails_alike(step: Step, list_: AndOr, pipeline: Pipeline) -> bool:
    """Whether "&&" behind a pipeline does not hide its failure, as it does under set -e where more follows."""
    items = step.script.sequence.items if step.script else ()
    return bool(items and items[-1] is list_) or list_.pipelines[-1] is not pipeline
