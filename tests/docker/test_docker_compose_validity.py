"""Docker Compose accepts and refuses what dlint says it does."""

import pytest
from compose_validity_cases import CASES, compose_error

# What the engine refuses when a container is made, and Compose does not see before.
ONLY_THE_ENGINE = ("reserves ", "the engine refuses the container name")


@pytest.mark.parametrize("name", CASES)
def test_verdict(engine, name, tmp_path):
    case = CASES[name]
    path = tmp_path / "compose.yaml"
    path.write_text(case.text, encoding="utf-8")
    error = compose_error(engine.program, str(path), engine.environment)
    marks = [mark for mark in case.marks if not mark[3].startswith(ONLY_THE_ENGINE)]
    assert (error is not None) == bool(marks), error
