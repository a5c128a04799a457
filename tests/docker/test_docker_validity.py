"""Docker accepts and refuses what dlint says it does."""

import os

import pytest
from cases import FIXTURES, read_cases, validity_cases
from helpers import parse

CASES = validity_cases()
CHECKS = {case.name: case for case in read_cases(os.path.join(FIXTURES, "buildkit-checks.txt"))}
FILES = ("a", "b", "a.tar.gz")
# BuildKit refuses these for want of a build argument; with one they build, so dlint keeps quiet.
NEEDS_BUILD_ARGUMENT = {
    "stages: an image from a variable without a value, which the build command may give",
    "stages: an argument that is its own default, which the build command has to give",
}


@pytest.mark.parametrize("name", CASES)
def test_verdict(engine, name):
    case = CASES[name]
    error, _ = engine.check(case.text, FILES)
    assert (error is not None) == (bool(case.marks) or name in NEEDS_BUILD_ARGUMENT), error


@pytest.mark.parametrize("name", CHECKS)
def test_checks(engine, name):
    """The same checks fire, on the same instructions."""
    case = CHECKS[name]
    error, warnings = engine.check(case.text, FILES)
    # An image name that only a build argument completes is both a warning and an error.
    assert error is None or name == "InvalidDefaultArgInFrom"
    instructions = parse(case.text).instructions

    def places(found):
        """Return each check with the number of the instruction it is about."""
        return sorted((name, sum(instruction.last_line < line for instruction in instructions)) for name, line in found)

    assert places(warnings) == places((mark[3], mark[0]) for mark in case.marks)


# What dlint judges otherwise on purpose: docs/decisions/buildkit-checks.md has the reasons.
DIFFERENCES = {
    "a default is given": ("FROM scratch\nLABEL version=${VERSION:-1}\n", "UndefinedVar"),
    "the path to a secret": ("FROM scratch\nENV TOKEN_FILE=/run/secrets/token\n", "SecretsUsedInArgOrEnv"),
    "a switch": ("FROM scratch\nENV AUTH=false\n", "SecretsUsedInArgOrEnv"),
    "a placeholder": ("FROM scratch\nENV OPENAI_API_KEY=EMPTY\n", "SecretsUsedInArgOrEnv"),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_difference(engine, name):
    from helpers import result_of

    text, check = DIFFERENCES[name]
    assert check in [found[0] for found in engine.check(text, FILES)[1]]
    assert check not in [alias for found in result_of(text, "all").diagnostics for alias in found.aliases]
