"""Every rule page is true: bad blocks are reported exactly as marked, good ones are not."""

import os
import re

import pytest
from helpers import write_file
from pages import blocks_of, found_marks

from dlint.checks.registry import FAMILIES, RULES
from dlint.engine.result import read_source
from dlint.engine.run import check_source
from dlint.engine.settings import SettingsResolver
from dlint.pages import page_path, read_page

HEADINGS = [
    "Why", "Example", "Use instead", "Not reported", "Fix safety", "Options", "References",
]  # fmt: skip
FAMILY_NAMES = frozenset(
    [
        "syntax", "pinning", "base-images", "stages", "caching", "size", "context", "security", "packages",
        "python", "gpu", "models", "runtime", "shell", "compose", "image", "style",
    ]
)  # fmt: skip


def run_block(block, folder, rule):
    """Return the findings of one rule in a block."""
    path = block.write(str(folder))
    # Rules about suppressions judge only rules that are on: "with=" turns more of them on.
    others = tuple(filter(None, block.options.get("with", "").split(",")))
    options = {"select": (rule, *others), "isolated": True, "today": block.options.get("today", "2026-11-22")}
    if RULES[rule].looks_at == "shellcheck":
        options["shellcheck"] = "on"
    if block.configuration is not None:
        options |= {
            "config": (write_file(f"{folder}.configuration", "dlint.toml", block.configuration),),
            "isolated": False,
        }
    settings = SettingsResolver(options).for_file(path)
    source = read_source(path, path)
    context = str(folder) if block.companions else None
    if block.language == "yaml":
        result = check_source(source, path, settings)
    else:
        known = {name: block.options.get(name) for name in ("target", "platform")}
        result = check_source(source, path if context else "<unknown>", settings, context=context, **known)
    assert not result.crashes, result.crashes[0].traceback
    return [diagnostic for diagnostic in result.diagnostics if diagnostic.rule == rule]


CASES = [
    pytest.param(name, index, id=f"{name}-{block.kind}-{block.line}")
    for name in RULES
    for index, block in enumerate(blocks_of((read_page(name) or type("", (), {"text": ""})).text))
]


@pytest.mark.parametrize(("name", "index"), CASES)
def test_block(name, index, tmp_path):
    """A block is reported exactly where its carets are."""
    blocks = blocks_of(read_page(name).text)
    block = blocks[index]
    if block.kind == "fixed":
        before = next(earlier for earlier in reversed(blocks[:index]) if earlier.kind == "bad")
        found = run_block(before, tmp_path, name)
        text = before.text
        for diagnostic in sorted(found, key=lambda diagnostic: -diagnostic.location.span.start):
            assert diagnostic.fix, "a finding in front of a fixed block has no fix"
            text = diagnostic.fix.apply(text)
        assert text == block.text
        assert run_block(block, tmp_path / "after", name) == []
        return
    found = run_block(block, tmp_path, name)
    expected = block.expected() if block.kind == "bad" else []
    assert found_marks(found, str(tmp_path)) == expected
    assert bool(expected) == (block.kind == "bad"), "a bad block needs carets"


@pytest.mark.parametrize("name", list(RULES))
def test_page_is_complete(name):
    """A page has the fixed headings in their order, an example and a counterexample."""
    page = read_page(name)
    assert page is not None, f"rules/{RULES[name].family}/{name}.md is missing"
    assert page.text.startswith(f"# {name}\n\n")
    headings = re.findall(r"(?m)^## (.*)$", page.text)
    assert headings == [heading for heading in HEADINGS if heading in headings]
    assert {"Why", "Example"} <= set(headings)
    assert RULES[name].summary.endswith(".")
    kinds = {block.kind for block in blocks_of(page.text)}
    assert "bad" in kinds
    assert kinds & {"good", "fixed"}
    assert ("Fix safety" in headings) == (RULES[name].fix is not None)
    assert ("Options" in headings) == bool(RULES[name].options)
    assert RULES[name].family in FAMILY_NAMES


def test_every_page_has_a_rule():
    """No page is left over."""
    root = os.path.dirname(os.path.dirname(page_path(next(iter(RULES)))))
    pages = {
        (family, name[:-3])
        for family in os.listdir(root)
        if os.path.isdir(os.path.join(root, family))
        for name in os.listdir(os.path.join(root, family))
    }
    assert pages == {(entry.family, name) for name, entry in RULES.items()}


def test_names_are_unambiguous():
    """A name is a rule, a family or an alias, and an alias belongs to one rule."""
    aliases = [alias for entry in RULES.values() for alias in entry.aliases]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & set(RULES)
    assert not FAMILIES & set(RULES)
    assert all(not name.startswith("no-") for name in RULES)
