"""Words expanded as BuildKit does it."""

import time

import pytest
from expansions import REFUSED, VALUES, WORDS
from hypothesis import given, settings
from hypothesis import strategies as st

from dlint.parser.dockerfile.expansion import UNKNOWN, ExpansionError, Options, expand, split_words


@pytest.mark.parametrize("word", WORDS)
def test_value(word):
    assert expand(word, VALUES, Options()).result == WORDS[word]


@pytest.mark.parametrize("word", REFUSED)
def test_refused(word):
    with pytest.raises(ExpansionError):
        expand(word, VALUES, Options())


def test_names():
    """It says which variables it found, and which of the others nothing provides for."""
    found = expand("$A${UNSET:-x}$MISSING${GONE:+y}", VALUES, Options())
    assert found.matched == {"A"}
    assert found.unmatched == {"UNSET", "MISSING", "GONE"}
    assert found.missing == {"MISSING"}


def test_backtick_as_escape():
    options = Options("`")
    assert expand("a`$A\\b", VALUES, options).result == "a$A\\b"


def test_heredoc_bodies_keep_their_quotes():
    assert expand("'$A' \"$N\" \\$A", VALUES, Options(quotes=False)).result == "'a/b/c.tar.gz' \"1-2-3\" $A"


@pytest.mark.parametrize(
    ("word", "is_known"),
    [("$U", False), ("${U:-x}", False), ("${U:+x}", False), ("x$A", True), ("${U#x}", False), ("${A//$U/x}", False)],
)
def test_unknown_values_stay_unknown(word, is_known):
    assert expand(word, VALUES | {"U": UNKNOWN}, Options()).is_known == is_known


def test_words_with_their_places():
    text = "cat <<EOF 'a b'\\ c << two"
    found = split_words(text, Options(raw_quotes=True, raw_escapes=True, keep_unset=True))
    assert [word[0] for word in found] == ["cat", "<<EOF", "'a b'\\ c", "<< two"]
    assert [text[start:end] for _, start, end in found] == ["cat", "<<EOF", "'a b'\\ c", "<< two"]


def test_hostile_words_end_soon():
    """Values that double line after line, deep nesting and patterns with many wildcards."""
    started = time.process_time()
    values = {"A": "x" * 1000}
    for _ in range(60):
        values["A"] = expand("$A$A", values, Options()).result
    for word in (
        "${A:-" * 5000 + "x" + "}" * 5000,
        "${A//" + "*a" * 2000 + "/b}",
        "${A%%" + "?*" * 2000 + "}",
        "'" * 9999,
    ):
        try:
            expand(word, values | {"A": "a" * 5000}, Options())
        except ExpansionError:
            pass
    assert time.process_time() - started < 2


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("$A{}:-+?#%/'\"\\<` ab*"), max_size=30))
def test_never_raises_anything_else(word):
    try:
        expand(word, VALUES, Options())
        split_words(word, Options())
    except ExpansionError as error:
        assert str(error)
