"""Which rules a file concerns, by the texts in it: the generated table finds what the rules ask for."""

import pytest

from dlint.checks.registry import RULES, concerned

LOADED = [entry.load() for entry in RULES.values()]
TRIGGERS = [
    (rule.name, trigger, kind)
    for rule in LOADED
    for kind in ("triggers", "context_triggers")
    for trigger in getattr(rule, kind)
]


def test_each_trigger_finds_its_rule():
    """In any case, with ``_`` for ``-`` and the other way round."""
    for name, trigger, kind in TRIGGERS:
        text = " ".join(trigger.split(" AND "))
        for form in (text, text.upper(), text.replace("_", "-"), text.replace("-", "_")):
            assert name in concerned(f"x{form}x", has_context=True), (name, trigger)
            if kind == "triggers":
                assert name in concerned(form, has_context=False), (name, trigger)


def test_all_texts_of_a_trigger_must_be_there():
    assert "env-command-substitution" in concerned("ENV A=$(b)", has_context=False)
    assert "env-command-substitution" not in concerned("RUN a=$(b)", has_context=False)
    assert "env-command-substitution" not in concerned("ENV A=b", has_context=False)


def test_what_stands_in_other_files_counts_where_they_are_known():
    assert "hf-revision-unpinned" in concerned("COPY a.py b", has_context=True)
    assert "hf-revision-unpinned" not in concerned("COPY a.py b", has_context=False)


@pytest.mark.parametrize("text", ["", "#", "é"])
def test_an_empty_file_concerns_what_always_is(text):
    always = {rule.name for rule in LOADED if not (rule.triggers or rule.context_triggers)}
    assert concerned(text, has_context=True) == always
