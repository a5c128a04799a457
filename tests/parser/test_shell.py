"""Shell scripts: which commands there are, where, and under which condition."""

import pytest
from helpers import parse
from oracles import command_names, shell_scripts, tree_sitter_names
from samples import samples

from dlint.parser import shell
from dlint.parser.mapped import MappedText

SCRIPTS = [
    "apt-get update && apt-get install -y git || exit 1; echo done",
    "a | b |& c",
    "! a && b &",
    "(a; b) | { c; d; }",
    "if a; then b; elif c; then d; else e; fi",
    "if ! a -v x > /dev/null 2>&1; then b; fi",
    "while a; do b; done; until c; do d; done",
    "for i in 1 2 $(a); do b $i; done",
    "for ((i = 0; i < 3; i++)); do a; done",
    "case $(a) in x|y) b ;; *) c; d ;; esac",
    "f() { a; }; function g { b; }; f",
    "A=1 B=$(a) c --d=$(b)",
    'x=`a`; echo "$(b "$(c)")" ${X:-$(d)}',
    "echo $(( $(a) + 1 )) $((1 << 2))",
    "a <(b) >(c) < d > e 2>&1",
    'a &> f; b <<< "$(g)"',
    "cat <<EOF > x\n$(a)\nnot a command\nEOF\nb",
    "cat <<'EOF'\n$(no)\nEOF\n",
    "cat <<-EOF | b\n\tx\n\tEOF\nc",
    "[ -f x ] && [[ -d $(a) ]] && test y",
    "'quoted' \"command\" \\escaped",
    "a 'b; c && d' \"e | f\"",
    "export A=1; declare -x B; local C; readonly D; unset E",
    "a # b && c\nd",
    "a &&\n  b |\n  c",
    "set -eux; \\\n  a; \\\n  b",
    "python -c 'import x; x.y(\"z\")'",
    "echo ok;",
    "a > >(tee b) 2> >(c >&2)",
    "select x in a b; do c; done",
    "((i++)); a",
    "a {b,c} d*.[ch] ~/x",
    '$A b; ${A} c; "$A" d',
    "a\tb\t&&\tc",
    'if [ "$A" = x ] ; then a ; fi && b',
]  # fmt: skip
READABLE = [script for text in samples().values() for script in shell_scripts(parse(text)) if script[:2] != "--"]


def commands(text):
    """Return the commands of a script as lists of their words' values."""
    return [[word.value for word in command.words] for command in script_of(text).commands if command.words]


def script_of(text):
    """Return the tree of a script."""
    return shell.parse(MappedText.whole(text, 0))


@pytest.mark.parametrize("text", SCRIPTS)
def test_same_commands_as_tree_sitter(text):
    theirs = tree_sitter_names(text)
    assert theirs is not None
    assert command_names(text) == theirs
    assert script_of(text).problems == ()


def test_samples_have_the_same_commands():
    """The scripts of all our Dockerfiles, as far as tree-sitter-bash can read them."""
    compared = 0
    for script in READABLE:
        theirs = tree_sitter_names(script)
        if theirs is not None:
            assert command_names(script) == theirs, script
            compared += 1
    assert compared > 150


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("pip install 'torch>=2'", ["pip", "install", "torch>=2"]),
        ('pip install "torch>=2" a\\ b', ["pip", "install", "torch>=2", "a b"]),
        ("echo a'b'\"c\"\\d", ["echo", "abcd"]),
        ("echo $'a\\tb\\x41'", ["echo", "a\tbA"]),
        ('echo "a\\nb\\"c\\$"', ["echo", 'a\\nb"c$']),
        ("echo $A ${B:-c} $(d)", ["echo", "$A", "${B:-c}", "$(d)"]),
        ("a \\\n  b", ["a", "b"]),
        ("a ''", ["a", ""]),
    ],
)  # fmt: skip
def test_words(text, values):
    assert commands(text)[0] == values


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("a && b", []),
        ("a || b", ["b"]),
        ("a || b && c", ["b"]),
        ("if a; then b; else c; fi; d", ["b", "c"]),
        ("while a; do b; done", ["b"]),
        ("for i in x; do b; done", ["b"]),
        ("case x in y) a ;; esac", ["a"]),
        ("f() { a; }; b", ["a"]),
        ("[ -f x ] && a", ["a"]),
        ("test -f x && a && b", ["a", "b"]),
        ("command -v x && a", ["a"]),
        ("(a; b) | { c; }", []),
        ("a; b & c", []),
    ],
)
def test_conditions(text, conditional):
    found = [command.words[0].value for command in script_of(text).commands if command.is_conditional]
    assert found == conditional


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a 'b", "single quote"),
        ('a "b', "double quote"),
        ("a $(b", "')'"),
        ("a ${b", "'}'"),
        ("a `b", "backquote"),
        ("if a; then b", "fi"),
        ("a; done", "unexpected"),
        ("cat <<X\nb", "never closed"),
        ("(a", "')'"),
        ("case x in", "esac"),
        ("(" * 200, "nested too deeply"),
        ("a " + "$(" * 200, "nested too deeply"),
    ],
)
def test_problems(text, part):
    """What cannot be read is said, and what comes before is there."""
    script = script_of(text)
    assert any(part in problem.message for problem in script.problems), [p.message for p in script.problems]


def test_what_cannot_be_read_is_stepped_over():
    assert ["b"] in commands("a ) ; b")
    assert ["c"] in commands("fi; then; c")


def test_places_in_the_file():
    """Spans go through continuations and comments to the file."""
    text = "FROM scratch\nRUN apt-get update && \\\n    # comment\n    apt-get \\\n      install git\n"
    tree = parse(text)
    script = shell.parse(tree.instructions[1].arguments)
    update, install = script.commands
    assert [text[word.span.start : word.span.end] for word in install.words] == ["apt-get", "install", "git"]
    assert text[update.span.start : update.span.end] == "apt-get update"
    assert text[install.span.start : install.span.end] == "apt-get \\\n      install git"


def test_heredoc_documents():
    script = script_of("cat <<-'A' > x\n\tone\n\t\ttwo\n\tA\n")
    document = script.commands[0].redirections[0].document
    assert document.is_quoted
    assert document.body().text == "one\ntwo\n"
    assert document.text == "\tone\n\t\ttwo\n"
