"""Report a CMD that names what the image's ENTRYPOINT starts anyway."""

from dlint.checks import ERROR, Fix, Report, fix, rule
from dlint.knowledge.entrypoints import program_of_image
from dlint.model.build import Build
from dlint.model.repetition import is_shell, repeated_words
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.text import Span

_TRIGGERS = (
    "from AND cmd AND ollama",
    "from AND cmd AND vllm",
    "from AND cmd AND huggingface",
    "from AND cmd AND litellm",
    "from AND cmd AND rasa",
    "from AND cmd AND prom",
    "from AND cmd AND cloudflared",
    "from AND cmd AND minio",
    "from AND cmd AND aws_cli",
    "from AND cmd AND alpine/git",
    "from AND cmd AND llama",
    "from AND cmd AND telemetry",
    "entrypoint AND cmd",
)


@rule("command-repeats-entrypoint", severity=ERROR, triggers=_TRIGGERS, fix="unsafe")
def check(build: Build, report: Report) -> None:
    if build.invocation.evidence.replaces_start:
        return
    cmd, entrypoint = build.final(ast.Cmd), build.final(ast.Entrypoint)
    if cmd is None:
        return
    if entrypoint is None:
        _of_image(build, cmd, report)
        return
    words = tuple(word.value for word in entrypoint.instruction.json or ())
    given = _given(cmd)
    count = repeated_words(words, given, is_image=False)
    if count:
        _report(cmd, " ".join(words), words, given, count, "the ENTRYPOINT has it already", report)


def _of_image(build: Build, cmd: Step, report: Report) -> None:
    reference = cmd.stage.root.reference
    if reference is None or any(True for stage in build.runtime_chain for _ in stage.instructions(ast.Entrypoint)):
        return
    words = program_of_image(reference.official or reference.name, reference.tag or "latest")
    given = _given(cmd)
    if not words or not given:
        return
    program = " ".join(words)
    count = repeated_words(words, given, is_image=True)
    if count:
        _report(cmd, program, words, given, count, f"the ENTRYPOINT of {reference.text} is {program}", report)
    elif is_shell(given[0]):
        instruction = cmd.instruction
        report(
            _span(cmd, 1),
            f"the ENTRYPOINT of {reference.text} is {program}: it gets {given[0]} as an argument, and no shell runs",
            advice=f"write ENTRYPOINT instead of {instruction.keyword}"
            if instruction.json is not None
            else 'write ENTRYPOINT ["/bin/sh", "-c", "…"] instead',
        )


def _given(cmd: Step) -> tuple[str, ...]:
    """Return the words a CMD hands over; in shell form, the shell is the first."""
    if cmd.instruction.json is not None:
        return tuple(word.value for word in cmd.instruction.json)
    return cmd.shell


def _span(cmd: Step, count: int) -> Span:
    words = cmd.instruction.json
    if not words:
        return cmd.instruction.name.span
    return Span(words[0].span.start, words[count - 1].span.end)


def _report(
    cmd: Step, program: str, words: tuple[str, ...], given: tuple[str, ...], count: int, why: str, report: Report
) -> None:
    rest = given[count:]
    runs = " ".join((*words, *given[: count + 1]))
    more = " …" if len(given) > count + 1 else ""
    listed = ", ".join(f'"{word}"' for word in rest[:1]) + (", …" if len(rest) > 1 else "")
    report(
        _span(cmd, count),
        f"{why}, so this runs {runs}{more}",
        advice=f"write {cmd.instruction.keyword} [{listed}]" if rest else f"delete it: {program} is started anyway",
        fix=_fix(cmd, count) if rest else None,
    )


def _fix(cmd: Step, count: int) -> Fix | None:
    words = cmd.instruction.json or ()
    if len(words) <= count:
        return None
    return fix("unsafe", "say what to start once", (Span(words[0].span.start, words[count].span.start), ""))
