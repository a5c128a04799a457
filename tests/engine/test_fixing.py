"""Fixes: made together where they go together, again until nothing is left, and never so that something breaks."""

import os

import pytest
from fixes import fix, ignored, meaning, proof
from helpers import source_of, write_file
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import blocks_of
from samples import HARD, samples

from dlint.checks.registry import RULES
from dlint.diagnostic import Edit
from dlint.engine.edits import Edits
from dlint.engine.harm import harm
from dlint.engine.result import read_source
from dlint.pages import read_page
from dlint.text import Source, Span

SAMPLES = dict(samples())
FIXABLE = [name for name, entry in RULES.items() if entry.fix]


def source(text):
    return source_of(text, "Dockerfile")


def fixed(text, *select, unsafe=False):
    """Return the text with the fixes of some rules made, and their names."""
    done = fix(source(text), "<unknown>", unsafe=unsafe, select=select or ("all",), context="")
    assert done.problems == []
    return done.after.text


# What fixes owe ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "unsafe"),
    [
        ("as it is", False), ("as it is", True), ("crlf", False), ("crlf", True), ("mark", False),
        ("no final newline", False),
    ],
)  # fmt: skip
def test_of_all_samples(change, unsafe):
    """Twice is as once, what is found only shrinks, the build means the same, and shells still read it."""
    problems = []
    for name, text in SAMPLES.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        if change == "crlf":
            data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        if change == "mark":
            data = b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf")
        if change == "no final newline":
            data = data.rstrip(b"\r\n")
        done = proof(source(data), "<unknown>", unsafe=unsafe, context="")
        problems += [
            f"{name}: {problem}" for problem in done.problems if not (unsafe and problem.startswith("more of"))
        ]
    assert problems == []


@pytest.mark.parametrize("name", FIXABLE)
def test_of_all_pages(name, tmp_path):
    """The blocks of a page, with the files beside them."""
    blocks = blocks_of(read_page(name).text)
    for number, block in enumerate(blocks):
        folder = tmp_path / str(number)
        path = block.write(str(folder))
        known = {} if block.language == "yaml" else {"context": str(folder) if block.companions else ""}
        for unsafe in (False, True):
            done = proof(read_source(path, path), path, unsafe=unsafe, **known)
            assert [problem for problem in done.problems if not (unsafe and problem.startswith("more of"))] == []
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind == "bad" and following is not None and following.kind == "fixed":
            if RULES[name].looks_at != "shellcheck" and block.configuration is None:
                with_rules = (name, *filter(None, block.options.get("with", "").split(",")))
                done = fix(read_source(path, path), path, unsafe=True, select=with_rules, **known)
                assert done.after.text == following.text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(SAMPLES)), min_size=2, max_size=4), st.booleans(), st.data())
def test_of_mixed_files(names, unsafe, data):
    """Files put together from pieces of all others."""
    lines = []
    for name in names:
        text = SAMPLES[name]
        text = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
        part = text.split("\n")
        start = data.draw(st.integers(0, len(part) - 1))
        lines += part[start : start + data.draw(st.integers(1, 12))]
    done = proof(source("\n".join(lines)), "<unknown>", unsafe=unsafe, context="")
    assert [problem for problem in done.problems if not (unsafe and problem.startswith("more of"))] == []


@pytest.mark.parametrize("change", ["as it is", "crlf"])
def test_comments_that_ignore_change_nothing(change):
    """--add-ignore silences what is found, and the file means what it meant."""
    problems = []
    for name, text in SAMPLES.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        if change == "crlf":
            data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        if change == "mark":
            data = b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf")
        before = source(data)
        after, left = ignored(before, "<unknown>", "known", context="")
        if meaning(before) != meaning(after):
            problems.append(f"{name}: means something else")
        if left:
            problems.append(f"{name}: {left} left")
    assert problems == []


# How ---------------------------------------------------------------------------------------


def test_fixes_of_one_file_are_made_together():
    text = "FROM python:3.13-slim as base\nENV A 1\nRUN pip install torch\nEXPOSE 80:8080\n"
    assert fixed(text) == "FROM python:3.13-slim AS base\nENV A=1\nRUN pip install --no-cache-dir torch\nEXPOSE 8080\n"


def test_one_instruction_for_one_change_of_the_build():
    """A cache mount makes --no-cache-dir pointless, whichever comes first."""
    text = "FROM python:3.13-slim\nRUN pip install torch\n"
    rules = ("cache-mount-missing", "pip-cache-in-layer")
    assert fixed(text, *rules, unsafe=True).count("--mount=type=cache") == 1
    assert "--no-cache-dir" not in fixed(text, *rules, unsafe=True)
    assert "--mount" not in fixed(text, *rules)


def test_unfixed_bytes_stay():
    text = b"\xef\xbb\xbf# a\xff comment\t\r\nfrom scratch \r\nENV\tA  1\t\r\n\r\nRUN x\xff \\\r\n\r\n  y"
    after = fix(source(text), "<unknown>", context="").after.data
    assert after.startswith(b"\xef\xbb\xbf# a\xff comment\t\r\n")
    assert after.endswith(b"RUN x\xff \\\r\n  y")


def edits(*items):
    return Edits(Edit(Span(start, end), text) for start, end, text in items)


def test_what_goes_together():
    taken = edits((5, 8, "x"), (20, 20, "y"))
    assert taken.fits([Edit(Span(0, 4), "")])
    assert taken.fits([Edit(Span(9, 19), "")])
    for start, end in ((0, 5), (6, 7), (8, 9), (0, 30), (20, 20), (19, 20)):
        assert not taken.fits([Edit(Span(start, end), "")])


HARMFUL = {
    "an instruction Docker does not know": ("FROM a\nRUN b\n", (7, 10, "RAN"), "makes Docker refuse the file"),
    "the next instruction becomes a part of it": (
        "FROM a\nRUN b\nRUN c\n",
        (12, 12, " \\"),
        "changes the RUN in line 3",
    ),
    "a heredoc swallows what follows": ("FROM a\nRUN b\nRUN c\n", (11, 12, "<<E"), "makes Docker refuse the file"),
    "a directive is no longer one": ("# escape=`\nFROM a\n", (0, 0, "# c\n"), "changes the directive escape"),
    "a quote is never closed": ("FROM a\nRUN b\n", (11, 12, "'b"), "makes Docker refuse the file"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harm(name):
    text, edit, problem = HARMFUL[name]
    before = source(text)
    found = harm(before, Source(edits(edit).apply(text), "Dockerfile"), edits(edit))
    assert found is not None
    assert found.startswith(problem)


COMPOSE = "services:\n  a: &a\n    image: x\n    ports: ['1']\n  b: *a\n"
HARMFUL_TO_COMPOSE = {
    "it cannot be read": ("image: x", "image: [x", "makes the file unreadable"),
    "another entry changes": ("\n    ports", "\n   ports", "makes the file unreadable"),
    "what follows goes elsewhere": ("  b: *a", "b: *a", None),
}


@pytest.mark.parametrize("name", HARMFUL_TO_COMPOSE)
def test_harm_to_compose_files(name):
    old, new, problem = HARMFUL_TO_COMPOSE[name]
    start = COMPOSE.index(old)
    edit = (start, start + len(old), new)
    found = harm(Source(COMPOSE, "compose.yaml"), Source(edits(edit).apply(COMPOSE), "compose.yaml"), edits(edit))
    assert (found or "None").startswith(str(problem))


def test_a_fix_that_breaks_the_file_is_left_out(monkeypatch):
    """The others are made, and it is told once."""
    import dlint.checks.size.pip_cache_in_layer as check

    original = check.fix
    monkeypatch.setattr(check, "fix", lambda kind, message, edit: original(kind, message, (edit[0], " 'x")))
    text = "FROM python:3.13-slim\nENV A 1\nRUN pip install torch\nRUN pip install numpy\n"
    done = fix(source(text), "<unknown>", context="")
    assert done.after.text == "FROM python:3.13-slim\nENV A=1\nRUN pip install torch\nRUN pip install numpy\n"
    assert len(done.problems) == 2
    assert done.problems[0].startswith("the fix of pip-cache-in-layer at Dockerfile:3 is not made: it makes Docker")


def test_fixes_without_end_are_told(monkeypatch):
    import dlint.checks.syntax.legacy_key_value as check

    original = check.fix if hasattr(check, "fix") else None
    assert original
    monkeypatch.setattr(check, "_fix", lambda pair, build: original("safe", "m", (Span(0, 0), "# x\n")))
    done = fix(source("FROM a\nENV A 1\n"), "<unknown>", context="")
    assert done.problems == ["the fixes of legacy-key-value come to no end"]


def test_samples_have_something_to_fix():
    """The proofs above prove something."""
    rules = set()
    for text in [*SAMPLES.values(), *HARD.values()]:
        rules |= set(fix(source(text), "<unknown>", unsafe=True, context="").rules)
    safe = {name for name in FIXABLE if RULES[name].fix == "safe" and RULES[name].looks_at == "dockerfile"}
    assert safe <= rules
    assert len(rules) > 40


def test_a_fix_in_another_file(tmp_path, monkeypatch):
    """An edit says in which file it is, and all edits of a fix are made or none."""
    import dlint.checks.compose.compose_version_key as check

    path = write_file(tmp_path, "compose.yaml", "version: '3'\nservices:\n  a:\n    image: x:1\n    env_file: .env\n")
    other = read_source(write_file(tmp_path, ".env", "A=1\nB=2\n"), str(tmp_path / ".env"))
    original = check.fix

    def with_more(kind, message, *given):
        return original(kind, message, *given, Edit(Span(0, 4), "", other))

    monkeypatch.setattr(check, "fix", with_more)
    from dlint.drafts import drafts
    from dlint.engine.fixing import Fixing
    from dlint.engine.run import check_source
    from dlint.engine.settings import SettingsResolver

    chosen = SettingsResolver({"select": ("compose-version-key",), "isolated": True}).for_file(path)

    def again(_):
        return [check_source(read_source(path, path), path, chosen)]

    fixing = Fixing(again([0]), again, lambda result, diagnostic: True)
    try:
        fixing.run()
        assert {os.path.basename(draft.path): draft.after for draft in fixing.changed.values()} == {
            "compose.yaml": b"services:\n  a:\n    image: x:1\n    env_file: .env\n",
            ".env": b"B=2\n",
        }
    finally:
        drafts.clear()
