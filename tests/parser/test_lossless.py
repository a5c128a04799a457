"""Nothing is lost, nothing is raised, and every place is right: for our files and for broken ones."""

import random

import pytest
from helpers import parse, source_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from samples import samples

from dlint.parser import shell
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile import parse as parse_source
from dlint.parser.dockerfile.tokens import KINDS
from dlint.parser.mapped import MappedText
from dlint.text import Position

SAMPLES = samples()
TEXTS = [text if isinstance(text, bytes) else text.encode() for text in SAMPLES.values()]
# Pieces from which interesting Dockerfiles are put together.
PIECES = [
    "FROM ", "RUN ", "COPY ", "ENV ", "ONBUILD ", "HEALTHCHECK CMD ", "scratch", " AS ", "a", "b=", "\n", "\r\n", "\\\n",
    "\\", "`", "#", "# escape=`\n", "# syntax=x\n", "<<EOF", "<<-'E O'", "EOF\n", "E O\n", "\t", " ", '"', "'", "$", "${",
    "}", "${a:-", "[", "]", ",", '["a"]', "--mount=type=cache,", "--from=", "&&", "||", "|", ";", "(", ")", "if ", "then ",
    "fi", "$(", "`", "\ufeff", "\x00", "\udcff", "é", "🐳", "\u2028", "\x0b", "\x85", "\xa0", "1", "<<", ">", "2>&1", "!",
]  # fmt: skip


def check(source):
    """Assert everything that holds for every tree."""
    tree = parse_source(source)
    text = source.text
    tokens = list(tree.tokens())
    assert "".join(token.text for token in tokens) == text
    position = 0
    for token in tokens:
        assert token.start == position
        assert token.kind in KINDS
        assert token.text or token.kind == "heredoc-body"
        position = token.end
    for span in spans(tree):
        assert 0 <= span.start <= span.end <= len(text)
    for instruction in tree.walk():
        assert 1 <= instruction.first_line <= instruction.last_line <= max(1, source.line_count) or instruction.onbuild
        for word in words(instruction):
            # Where a word is not joined from several lines, it is what stands in the file.
            written = text[word.start : word.end]
            assert written == word.value or "\n" in written or instruction.json is not None or '"' in written
    return tree


def spans(tree):
    """Yield every span a tree holds."""
    for node in (*tree.directives, *tree.comments, *tree.problems):
        yield node.span
    for instruction in tree.walk():
        yield instruction.span
        yield instruction.header
        yield instruction.name.span
        for flag in instruction.flags:
            yield flag.span
            yield flag.value_span
        for heredoc in instruction.heredocs:
            yield heredoc.word
            yield heredoc.body_span
        for word in (*words(instruction), *(instruction.json or ())):
            yield word.span
        if isinstance(instruction, ast.Run):
            for mount in instruction.mounts:
                for value in mount.options.values():
                    if value:
                        yield value.span


def words(instruction):
    """Return the words of an instruction that are kept as written."""
    if isinstance(instruction, ast.From):
        return [word for word in (instruction.image, instruction.as_keyword, instruction.alias) if word]
    if isinstance(instruction, ast.Pairs):
        return [word for pair in instruction.pairs for word in (pair.key, pair.value) if word and not pair.legacy]
    if isinstance(instruction, ast.Transfer):
        return [*instruction.sources, instruction.destination]
    if isinstance(instruction, ast.WordList):
        return list(instruction.words)
    if isinstance(instruction, ast.Single):
        return [instruction.value]
    return []


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name):
    check(source_of(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_bytes_come_back(name):
    data = SAMPLES[name] if isinstance(SAMPLES[name], bytes) else SAMPLES[name].encode()
    assert source_of(data).data == data


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("FROM a\nRUN <<E\n")
@example("FROM a\nENV A=${b:-\n")
def test_composed(text):
    check(source_of(text))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data):
    source = source_of(data)
    assert source.data == data
    check(source)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_mutated(data, chance):
    check(source_of(mutated(data, chance)))


def mutated(data, chance: random.Random):
    """Return bytes with a few of them changed, doubled, dropped or replaced by pieces of syntax."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            changed[place:place] = bytes([chance.randrange(256)])
        elif kind == 1:
            del changed[place : place + chance.randint(1, 30)]
        elif kind == 2:
            changed[place:place] = changed[place : place + chance.randint(1, 60)]
        elif kind == 3:
            changed[place:place] = chance.choice(PIECES).encode("utf-8", "surrogateescape")
        else:
            del changed[place:]
    return bytes(changed)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab\n\r\t🐳é\u2028\x0b\x1c"), max_size=60))
def test_positions_and_offsets_agree(text):
    source = source_of(text)
    for offset in range(len(source.text) + 1):
        position = source.position(offset)
        assert source.offset(position) == offset
        assert position == Position(source.text.count("\n", 0, offset) + 1, offset - source.text.rfind("\n", 0, offset))
        before = source.text[:offset].rpartition("\n")[2]
        assert source.utf16_column(offset) == len(before.encode("utf-16-le")) // 2 + 1
        assert source.utf8_column(offset) == len(before.encode()) + 1


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_shell_text(text):
    """The shell parser takes anything, and its nodes lie inside the text."""
    script = shell.parse(MappedText.whole(text, 0))
    for command in script.commands:
        for word in (*command.words, *command.assignments):
            assert 0 <= word.start <= word.end <= len(text)
        assert 0 <= command.start <= command.end <= len(text)
    for problem in script.problems:
        assert 0 <= problem.start <= problem.end <= len(text)


def test_linted_without_a_crash():
    """No rule stumbles over a broken file."""
    from helpers import result_of

    chance = random.Random(7)
    for data in TEXTS:
        for _ in range(2):
            broken = mutated(data, chance)
            result = result_of(broken, "all")
            assert not result.crashes, (broken, result.crashes[0].traceback)


def test_tree_of_nothing():
    tree = parse("")
    assert tree.instructions == ()
    assert [problem.message for problem in tree.problems] == ["the file has no instructions"]
