"""Start the program itself: CMD and ENTRYPOINT in JSON form, where no shell is needed."""

import json

from dlint.diagnostic import Edit
from dlint.model.programs import entry_script
from dlint.model.stages import DEFAULT_SHELL
from dlint.parser.dockerfile import ast
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.stages import Step

NAME = "exec-form"
_RULES = ("signals-not-forwarded", "shell-form-command")
# What only a shell knows, and programs that are one.
_BUILTINS = frozenset({
    "", ".", ":", "source", "cd", "export", "set", "exit", "ulimit", "umask", "trap", "wait", "eval", "read", "type",
    "alias", "unset", "shift", "command", "times", "break", "return", "hash", "sh", "bash", "dash", "ash",
})  # fmt: skip


def propose(build: "Build") -> Proposal | Declined | None:
    """Propose the JSON form for what the target starts."""
    entrypoint, cmd = build.final(ast.Entrypoint), build.final(ast.Cmd)
    step = entrypoint if entrypoint is not None and entrypoint.instruction.json is None else cmd
    if step is None or step.instruction.json is not None or step.stage is not build.target:
        return None
    span = step.instruction.span
    if step.stage.root.is_windows or step.shell != DEFAULT_SHELL:
        return Declined(NAME, "a SHELL above says which shell is wanted", span)
    if step is entrypoint and cmd is not None:
        return Declined(NAME, "ENTRYPOINT in JSON form would be handed what CMD says, and now nothing of it is", span)
    if step is cmd and (entrypoint is not None or step.stage.root.family not in _WITHOUT_ENTRYPOINT):
        return Declined(NAME, "ENTRYPOINT is handed what CMD says, and may expect a shell", span)
    words = _words(step)
    if words is None:
        return Declined(NAME, f"{step.instruction.keyword} says something that only a shell understands", span)
    reason = _not_a_program(build, words[0])
    if reason:
        return Declined(NAME, reason, span)
    place = step.instruction.whole_argument()
    return Proposal(
        NAME,
        f"Start {words[0]} without a shell",
        f"/bin/sh is process 1 and does not pass SIGTERM on to {words[0]}, which is killed after ten seconds",
        (Edit(Span(place.start, step.instruction.end), json.dumps(words, ensure_ascii=False)),),
        rules=_RULES,
    )


# Whose images have no ENTRYPOINT, or one that only looks for options.
_WITHOUT_ENTRYPOINT = ("python", "debian", "ubuntu", "cuda", "node", "conda", "pytorch", "alpine")


def _not_a_program(build: "Build", program: str) -> str | None:
    """Return why a program may not be one that the kernel starts: a script without ``#!`` needs its shell."""
    if "/" not in program and not program.endswith((".sh", ".py")):
        return None
    if program.startswith(("/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/")) and "." not in program:
        return None
    script = entry_script(build)
    is_script = script is not None and script.source.text.startswith("#!")
    return None if is_script else f"whether {program} can be started without a shell cannot be seen"


def _words(step: "Step") -> list[str] | None:
    """Return the words of the one command there is, None where a shell has something to do."""
    script = step.script
    if script is None or script.problems or step.instruction.heredocs or len(step.commands) != 1:
        return None
    command = step.commands[0]
    simple = command.simple
    if simple.assignments or simple.redirections or len(script.commands) != 1 or len(script.sequence.items) != 1:
        return None
    item = script.sequence.items[0]
    if item.is_background or len(item.pipelines) != 1 or len(item.pipelines[0].elements) != 1:
        return None
    if item.pipelines[0].elements[0] is not simple or simple.is_conditional:
        return None
    if any(not word.is_literal or _is_expanded(word.text) for word in simple.words):
        return None
    words = [word.value for word in simple.words]
    if words[0] == "exec" and len(words) > 1 and not words[1].startswith("-"):
        words = words[1:]
    return None if words[0].rpartition("/")[2] in _BUILTINS or words[0] == "exec" else words


def _is_expanded(text: str) -> bool:
    """Whether a shell makes something else of a word as it is written."""
    if text[:1] in ("'", '"') and text[-1:] == text[:1] and text.count(text[:1]) == 2:
        return False
    return any(sign in text for sign in "*?~[{!\\#")
