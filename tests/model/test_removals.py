"""What a RUN removes again: the worst case counts, for files that lie somewhere certain."""

import pytest
from helpers import build_of

from dlint.model.removals import Removals


@pytest.mark.parametrize(
    ("line", "path", "expected"),
    [
        ("save /a/x && rm /a/x", "/a/x", True),
        ("save /a/x && rm /a/y", "/a/x", False),
        ("rm /a/x && save /a/x", "/a/x", False),
        ("save /a/x && rm -rf /a", "/a/x", True),
        ("save /a/x && rm -rf /a*", "/a/x", True),
        ("save /a/x && rm -rf /a/b", "/a/x", False),
        ("save /ab/x && rm -rf /a", "/ab/x", False),
        ("save x && rm x", "x", True),
        ("cd /a && save x && cd / && rm a/x", "x", True),
        ("cd /a && save x && cd / && rm x", "x", False),
        ("cd /a && save x && cd .. && rm -r a", "x", True),
        ("pushd /a && save x && popd && rm -r /a", "x", True),
        ("cd $D && save x && cd / && rm -r /a", "x", False),
        ("cd $D && save x && rm x", "x", True),
        ("save x && rm -f *", "x", True),
        ("save x && rm -f {x,y}", "x", True),
        ("save $F && rm $F", "$F", True),
        ("save x && rm $F", "x", True),
        ("save x && rm $F/y", "x", False),
        ("save /a/x && find /a -delete", "/a/x", True),
        ("save /a/x && find /b -delete", "/a/x", False),
        ("save /a/x && find /a -name x", "/a/x", False),
        ("save /a/x && mv /a/x /b", "/a/x", True),
        ("save /a/x && mv /b/x /a", "/a/x", False),
        ("save x && ls | xargs rm", "x", True),
        ("save x && ./clean-up.sh", "x", True),
        ("--mount=type=cache,target=/a save /a/x", "/a/x", True),
        ("--mount=type=cache,target=/a save /ab/x", "/ab/x", False),
        ("save /dev/shm/x", "/dev/shm/x", True),
    ],
)
def test_may_take(line, path, expected):
    for head in ("FROM debian:13\n", "FROM corp/unknown:1\n"):
        step = build_of(f"{head}RUN {line}\n").stages[0].steps[-1]
        (command,) = step.named("save")
        assert Removals(step).may_take(command, path) is expected


def test_a_run_that_removes_very_much_may_remove_anything():
    line = "save x && " + " && ".join(f"rm y{number}" for number in range(600))
    step = build_of(f"FROM debian:13\nRUN {line}\n").stages[0].steps[-1]
    assert Removals(step).may_take(step.named("save")[0], "x")
