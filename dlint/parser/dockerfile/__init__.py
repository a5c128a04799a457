"""Dockerfile text to a tree that loses nothing.

The reading is BuildKit's, instruction for instruction. :func:`parse` never raises: what
cannot be read becomes an ``Invalid`` instruction and a ``Problem``, and the rest of the file
is read as if nothing had happened.
"""

from dlint.parser.dockerfile.ast import Dockerfile, Instruction, Onbuild, Problem
from dlint.parser.dockerfile.expansion import ExpansionError
from dlint.parser.dockerfile.heredocs import announced, read_body
from dlint.parser.dockerfile.instructions import build
from dlint.parser.dockerfile.lines import LineReader, LogicalLine
from dlint.text import Source

__all__ = ["parse"]

_WITH_HEREDOCS = ("RUN", "COPY", "ADD")


def parse(source: Source) -> Dockerfile:
    """Return the tree of a Dockerfile; never raises."""
    dockerfile = Dockerfile(source)
    reader = LineReader(source)
    instructions: list[Instruction] = []
    blanks = []
    problems = reader.problems
    for logical in reader.read():
        instruction = build(logical, reader.escape)
        if "<<" in logical.text.text:
            _heredocs(instruction, logical, reader)
        instruction.first_line, instruction.last_line = logical.first_line + 1, reader.next
        _collect_problem(instruction, problems)
        instructions.append(instruction)
        if logical.blank_lines:
            blanks.append((instruction, logical.blank_lines))
    if not instructions and not problems:
        problems.append(Problem("the file has no instructions", 0, 0, "begin with FROM"))
    dockerfile.escape = reader.escape
    dockerfile.directives = tuple(reader.directives)
    dockerfile.comments = tuple(reader.comments)
    dockerfile.instructions = tuple(instructions)
    dockerfile.blank_continuations = tuple(blanks)
    dockerfile.problems = tuple(sorted(problems, key=lambda problem: problem.start))
    return dockerfile


def _collect_problem(instruction: Instruction, problems: list[Problem]) -> None:
    if instruction.problem:
        problems.append(instruction.problem)
    if isinstance(instruction, Onbuild) and instruction.trigger.problem:
        problems.append(instruction.trigger.problem)


def _heredocs(instruction: Instruction, logical: LogicalLine, reader: LineReader) -> None:
    inner = instruction.trigger if isinstance(instruction, Onbuild) else instruction
    if inner.keyword not in _WITH_HEREDOCS or inner.json is not None:
        return
    try:
        heredocs = announced(logical.text)
    except ExpansionError as error:
        instruction.problem = Problem(f"heredoc: {error}", instruction.start, instruction.end)
        return
    for heredoc in heredocs:
        if not read_body(reader, heredoc):
            advice = f"end it with a line that holds only {heredoc.name}"
            if heredoc.name.endswith(")"):
                advice = "BuildKit takes << in front of a word for a heredoc; write a shift without blanks: $((1<<2))"
            message = f"heredoc {heredoc.name} is never closed"
            inner.problem = Problem(message, heredoc.word.start, heredoc.word.end, advice)
        inner.end = instruction.end = max(instruction.end, heredoc.end)
    inner.heredocs = tuple(heredocs)
