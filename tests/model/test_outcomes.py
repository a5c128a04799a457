"""Commands whose failure somebody thought of, and programs inside commands."""

import pytest
from helpers import build_of

from dlint.model.inline_programs import inline_program
from dlint.model.outcomes import is_expected_to_fail, stops_the_build


def command_x(script):
    """Return the command called x of a RUN."""
    (found,) = build_of(f"FROM python:3.13\nRUN {script}\n").commands("x")
    return found


@pytest.mark.parametrize(
    ("script", "expected", "stops"),
    [
        ("x", False, True),
        ("a && x && b", False, True),
        ("x || true", True, False),
        ("x && a || true", True, False),
        ("a || x", False, False),
        ("x | a", True, False),
        ("a | x", False, True),
        ("! x", True, False),
        ("if x; then a; fi", True, False),
        ("if a; then x; fi", False, False),
        ("while a && x; do b; done", True, False),
        ("{ a; x; } || b", True, False),
        ("( x ) | b", True, False),
        ("x; a", False, False),
        ("a; x", False, True),
        ("bash -c 'x || a'", True, False),
        ("bash -c 'x'", False, False),
        ('["x"]', False, True),
    ],
)
def test_outcomes(script, expected, stops):
    command = command_x(script)
    assert (is_expected_to_fail(command), stops_the_build(command)) == (expected, stops)


@pytest.mark.parametrize(
    ("script", "program"),
    [
        ("python -c 'import a'", "import a"),
        ("python -u -c 'import a' b", "import a"),
        ('["python", "-c", "import a"]', "import a"),
        ("python - <<EOF\nimport a\nEOF", "import a\n"),
        ("python <<'EOF' > /out\nimport a\nEOF", "import a\n"),
        ("python -c", None),
        ("python a.py", None),
        ("python", None),
    ],
)
def test_programs(script, program):
    (command,) = build_of(f"FROM python:3.13\nRUN {script}\n").commands("python")
    assert inline_program(command) == program
