"""Docker Compose and dlint read the same projects, and refuse the same."""

import os

import pytest
from compose_cases import cases, project_of, write_project
from compose_oracle import ask_compose, compare, of_compose, of_dlint

GOOD = list(cases("merging.txt"))
BAD = list(cases("refused.txt"))


@pytest.mark.parametrize(("name", "said", "files"), GOOD, ids=[case[0] for case in GOOD])
def test_same_values(engine, tmp_path, name, said, files):
    write_project(tmp_path, files)
    project = project_of(tmp_path, next(path for path in files if "compose" in path))
    assert project.problems == ()
    answer = ask_compose(engine.program, tmp_path, [], engine.environment)
    assert isinstance(answer, dict), answer
    assert list(compare(of_dlint(project), of_compose(answer))) == []


@pytest.mark.parametrize(("name", "said", "files"), BAD, ids=[case[0] for case in BAD])
def test_both_refuse(engine, tmp_path, name, said, files):
    write_project(tmp_path, files)
    assert project_of(tmp_path).problems
    answer = ask_compose(engine.program, tmp_path, [], engine.environment)
    assert isinstance(answer, str), os.listdir(tmp_path)
