"""Each rewrite does with each of its cases what stands there, and nothing when asked again."""

import importlib

import pytest
from rewrites.rewrite_cases import build_of, read_cases, write

from dlint.engine.edits import Edits
from dlint.engine.harm import harm
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Source

CASES = read_cases("multi_stage", "non_root", "exec_form")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case, tmp_path):
    write(tmp_path, case)
    propose = importlib.import_module(f"dlint.rewrites.{case.rewrite}").propose
    text = case.files["Dockerfile"]
    answer = propose(build_of(tmp_path, text))
    if "nothing" in case.files:
        assert answer is None, getattr(answer, "reason", answer)
    elif "declined" in case.files:
        assert isinstance(answer, Declined)
        assert case.files["declined"].strip() in answer.reason
    else:
        assert isinstance(answer, Proposal), getattr(answer, "reason", answer)
        edits = Edits(answer.edits)
        after = edits.apply(text)
        assert after == case.files["after"]
        assert harm(Source(text, "Dockerfile"), Source(after, "Dockerfile"), edits) is None
        assert not isinstance(propose(build_of(tmp_path, after)), Proposal)
