"""Other parsers, to compare with.

``dockerfile`` on PyPI is BuildKit's own parser (v0.12.5) in Python's hands. It is two years
older than the one inside Docker 28: it does not know ``<< WORD`` with a blank, and takes
``["a"] b`` for JSON. tree-sitter-bash reads shell scripts.
"""

import dockerfile
import tree_sitter
import tree_sitter_bash

from dlint.parser import shell
from dlint.parser.dockerfile import ast, parse
from dlint.parser.mapped import MappedText

_BASH = tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def differences(source):
    """Return how dlint's reading of a source differs from BuildKit's, as texts; ValueError if that refuses it."""
    try:
        commands = dockerfile.parse_string(source.data.decode("utf-8", "replace"))
    except (dockerfile.GoParseError, dockerfile.GoIOError) as error:
        raise ValueError(str(error)) from None
    instructions = parse(source).instructions
    if len(commands) != len(instructions):
        return [f"{len(commands)} instructions for BuildKit, {len(instructions)} for dlint"]
    found = []
    for command, instruction in zip(commands, instructions, strict=True):
        theirs, ours = _theirs(command), _ours(instruction)
        found += [
            f"line {command.start_line}: {name} is {theirs[name]!r} for BuildKit, {ours[name]!r} for dlint"
            for name in theirs
            if ours.get(name, theirs[name]) != theirs[name]
        ]
    return found


def _theirs(command):
    return {
        "keyword": command.cmd.upper(),
        "JSON": command.json,
        "flags": command.flags,
        "values": command.value,
        "first line": command.start_line,
        "last line": command.end_line,
        "heredocs": tuple((heredoc.name, heredoc.content) for heredoc in command.heredocs),
    }


def _ours(instruction):
    inner = instruction.trigger if isinstance(instruction, ast.Onbuild) else instruction
    known = {
        "keyword": instruction.keyword,
        "JSON": inner.json is not None,
        "first line": instruction.first_line,
        "last line": instruction.last_line,
    }
    if isinstance(instruction, ast.Invalid) or isinstance(inner, ast.Invalid):
        # BuildKit's parser takes almost anything; its arguments are then not worth comparing.
        return known
    known["values"] = tuple(_replaced(value) for value in _values(inner))
    if inner is instruction:
        known["flags"] = tuple(
            f"--{flag.name}" if flag.value is None else f"--{flag.name}={flag.value}" for flag in inner.flags
        )
        known["heredocs"] = tuple((heredoc.name, heredoc.content) for heredoc in inner.heredocs)
    return known


def _replaced(value):
    """Return a text the way it comes out of the oracle, which gets no invalid bytes."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _values(instruction):
    """Return the arguments the way the oracle lists them."""
    if isinstance(instruction, ast.Arg):
        return tuple(pair.key.value + (f"={pair.value.value}" if pair.value else "") for pair in instruction.pairs)
    if isinstance(instruction, ast.Pairs):
        return tuple(
            text for pair in instruction.pairs for text in (pair.key.value, pair.value.value if pair.value else "")
        )
    if isinstance(instruction, ast.From):
        words = [instruction.image, instruction.as_keyword, instruction.alias]
        return tuple(word.value for word in words if word)
    if isinstance(instruction, ast.Transfer):
        return tuple(word.value for word in (*instruction.sources, instruction.destination))
    if isinstance(instruction, ast.WordList):
        return tuple(word.value for word in instruction.words)
    if isinstance(instruction, ast.Single):
        return (instruction.value.value,)
    first = (instruction.kind.value,) if isinstance(instruction, ast.Healthcheck) else ()
    if instruction.json is not None:
        return (*first, *(word.value for word in instruction.json))
    text = instruction.command_text.text
    return (*first, text) if text else first


def shell_scripts(tree):
    """Return the texts of a tree's RUN commands: the command line, or the heredoc that stands for it."""
    runs = [found for found in tree.walk() if isinstance(found, ast.Run) and found.json is None]
    scripts = [run.arguments.text for run in runs if not run.heredocs]
    return scripts + [run.heredocs[0].body.text for run in runs if run.arguments.text.startswith("<<")]


def command_names(text):
    """Return offset and text of each command's name as dlint reads a script."""
    commands = shell.parse(MappedText.whole(text, 0)).commands
    return sorted((command.words[0].start, command.words[0].text) for command in commands if command.words)


def tree_sitter_names(text):
    """Return the same of tree-sitter-bash; None where it cannot read the script."""
    data = text.encode("utf-8", "replace")
    root = _BASH.parse(data).root_node
    if root.has_error:
        return None
    found = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        name = _name_in(node)
        if name is not None:
            start = len(data[: name.start_byte].decode("utf-8", "replace"))
            found.append((start, name.text.decode("utf-8", "replace")))
    return sorted(found)


def _name_in(node):
    if node.type == "command_name":
        return node
    if node.type in ("declaration_command", "unset_command", "test_command"):
        return node.children[0]
    return None
