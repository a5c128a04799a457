"""Shell patterns and what they may stand for."""

import pytest

from dlint.model.patterns import is_pattern, may_match


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a.zip", "*.zip"), ("a.zip", "*"), ("a.zip", "a.zip"), ("a.zip", "?.z*p"), ("a.zip", "[ab].zip"),
        ("/a/b/c", "/a/*"), ("aXbXc", "a*b*c"), ("", "*"), ("", ""), ("aab", "*ab"), ("a", "a***"),
    ],
)  # fmt: skip
def test_may_match(text, pattern):
    assert may_match(text, pattern)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [("a.zip", "*.tar"), ("a.zip", "b*"), ("a", "??"), ("a", ""), ("ab", "a"), ("aXc", "a*b*c"), ("", "?")],
)
def test_does_not_match(text, pattern):
    assert not may_match(text, pattern)


def test_patterns_are_known():
    assert is_pattern("*.zip")
    assert is_pattern("a?")
    assert is_pattern("[ab]")
    assert not is_pattern("a.zip")


def test_many_stars_take_no_time():
    assert not may_match("a" * 2000, "*a" * 500 + "b")
