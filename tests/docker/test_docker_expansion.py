"""Docker expands words to the same values."""

import json

import pytest
from expansions import REFUSED, VALUES, WORDS
from helpers import write_file


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def _head():
    pairs = " ".join(f"{name}={_quoted(value)}" for name, value in VALUES.items())
    return f"FROM scratch\nENV {pairs}\n"


def _cut_at_blanks(word):
    """Whether a LABEL cannot hold the word: an unquoted blank, in which LABEL ends it."""
    return " " in word and not (word.startswith(("'", '"')) or "\\ " in word)


def test_values(engine, tmp_path):
    words = [word for word in WORDS if not _cut_at_blanks(word)]
    labels = "".join(f"LABEL w{index}={word}\n" for index, word in enumerate(words))
    write_file(tmp_path, "Dockerfile", _head() + labels)
    ran = engine.run("buildx", "build", "--load", "-t", "dlint-expansions", str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    answer = engine.run("image", "inspect", "dlint-expansions", "--format", "{{json .Config.Labels}}")
    found = json.loads(answer.stdout)
    assert {word: found[f"w{index}"] for index, word in enumerate(words)} == {word: WORDS[word] for word in words}


@pytest.mark.parametrize("word", REFUSED)
def test_refused(engine, word):
    assert engine.check(f"{_head()}LABEL w={word}\n")[0]
