"""Comments that silence findings: dlint's own, hadolint's and BuildKit's."""

import pytest
from helpers import findings, result_of, rules_found

BAD = "RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n"
RULE = "apt-recommends"


def lines(text, *select, **options):
    """Return the lines of the findings of apt-recommends."""
    return [line for rule, line, _ in findings(text, *(select or (RULE,)), **options) if rule == RULE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"FROM debian:12\n{BAD}", [2]),
        (f"FROM debian:12\n# dlint: ignore[apt-recommends] needed\n{BAD}{BAD}", [4]),
        (f"FROM debian:12\n# dlint: ignore[DL3015]\n{BAD}", []),
        (f"FROM debian:12\n# dlint: ignore[size]\n{BAD}", []),
        (f"FROM debian:12\n# dlint: ignore[apt-lists-left, apt-recommends]\n{BAD}", []),
        (f"FROM debian:12\n# dlint: ignore[apt-lists-left]\n{BAD}", [3]),
        (f"FROM debian:12\n# dlint: ignore[apt-recommends]\n\n# another comment\n{BAD}", []),
        (f"# dlint: file-ignore[apt-recommends]\nFROM debian:12\n{BAD}{BAD}", []),
        (f"FROM debian:12\n{BAD}# dlint: file-ignore[apt-recommends]\n", []),
        (f"FROM debian:12\n# dlint: disable[apt-recommends]\n{BAD}{BAD}# dlint: enable[apt-recommends]\n{BAD}", [6]),
        (f"FROM debian:12\n# dlint: disable[apt-recommends]\n{BAD}{BAD}", []),
        (f"FROM debian:12\n# dlint:ignore[apt-recommends]\n{BAD}", []),
        (f"FROM debian:12\n# dlint: ignore apt-recommends\n{BAD}", [3]),
        ("FROM debian:12\nRUN apt-get update && \\\n  # dlint: ignore[apt-recommends]\n  apt-get install -y git\n", []),
        ("FROM debian:12\nRUN \\\n  # dlint: ignore[apt-recommends]\n  apt-get update && \\\n  apt-get install -y git\n", [5]),
        (f"FROM debian:12\nRUN <<EOF\n# dlint: ignore[apt-recommends]\napt-get install -y git\nEOF\n{BAD}", [6]),
        (f"FROM debian:12\n# dlint: ignore[apt-recommends]\nONBUILD {BAD}", []),
    ],
)  # fmt: skip
def test_own(text, expected):
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"FROM debian:12\n# hadolint ignore=DL3015\n{BAD}", []),
        (f"FROM debian:12\n# hadolint ignore=DL3008,DL3015\n{BAD}", []),
        (f"FROM debian:12\n# hadolint ignore = DL3008 , DL3015\n{BAD}", []),
        (f"FROM debian:12\n#   hadolint   ignore=DL3015 # why\n{BAD}", []),
        (f"FROM debian:12\n# hadolint ignore=DL3015 because\n{BAD}", [3]),
        (f"FROM debian:12\n# hadolint ignore=DL3015\n\n{BAD}", [4]),
        (f"FROM debian:12\n# hadolint ignore=DL3015\n# other\n{BAD}", [4]),
        (f"FROM debian:12\n# hadolint ignore=DL3015\n# hadolint ignore=DL3008\n{BAD}", [4]),
        (f"FROM debian:12\n{BAD}# hadolint global ignore=DL3015\n", []),
        (f"# hadolint stage ignore=DL3015\nFROM debian:12\n{BAD}FROM debian:12\n{BAD}", [5]),
        (f"FROM debian:12\n# hadolint stage ignore=DL3015\n{BAD}", [3]),
        (f"FROM debian:12\n# hadolint ignore=apt-recommends\n{BAD}", [3]),
        (f"FROM debian:12\n# hadolint ignore=all\n{BAD}", [3]),
        ("FROM debian:12\nRUN true && \\\n  # hadolint ignore=DL3015\n  apt-get install -y git\n", [4]),
    ],
)  # fmt: skip
def test_hadolint(text, expected):
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM scratch\nMAINTAINER me\n", ["maintainer-instruction"]),
        ("# check=skip=MaintainerDeprecated\nFROM scratch\nMAINTAINER me\n", []),
        ("# check=skip=MaintainerDeprecated,StageNameCasing;error=true\nFROM scratch\nMAINTAINER me\n", []),
        ("# check=error=true;skip=all\nFROM scratch\nMAINTAINER me\n", []),
        ("# syntax=docker/dockerfile:1\n# check=skip=all\nFROM scratch\nMAINTAINER me\n", []),
        ("# comment\n# check=skip=all\nFROM scratch\nMAINTAINER me\n", ["maintainer-instruction"]),
        ("# check=skip=maintainerdeprecated\nFROM scratch\nMAINTAINER me\n", ["maintainer-instruction"]),
        ("FROM scratch\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n", []),
        ("FROM scratch\n# why\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n", []),
        ("FROM scratch\n# check=skip=MaintainerDeprecated\n#\nMAINTAINER me\n", ["maintainer-instruction"]),
        ("FROM scratch\n# check=skip=StageNameCasing\nMAINTAINER me\n", ["maintainer-instruction"]),
    ],
)
def test_buildkit(text, expected):
    assert rules_found(text, "maintainer-instruction") == expected


def test_all_of_buildkit_leaves_the_rest():
    """skip=all speaks of BuildKit's checks only."""
    text = f"# check=skip=all\nFROM debian:12\n{BAD}MAINTAINER me\n"
    assert rules_found(text, RULE, "maintainer-instruction") == [RULE]


def test_silenced_findings_are_kept_for_the_summary():
    result = result_of(f"FROM debian:12\n# dlint: ignore[apt-recommends]\n{BAD}", RULE)
    assert [found.rule for found in result.silenced] == [RULE]


def test_no_ignores():
    text = f"# check=skip=all\n# hadolint global ignore=DL3015\n# dlint: file-ignore[apt-recommends]\nFROM debian:12\n{BAD}"
    assert lines(text) == []
    assert lines(text, no_ignores=True) == [5]


def test_unused_and_unknown():
    text = (
        "FROM debian:12\n"
        "# dlint: ignore[apt-recommends, no-such-rule]\n"
        "RUN true\n"
        "# dlint: ignore\n"
        "RUN true\n"
        "# dlint: ignore[]\n"
        "RUN true\n"
        "# dlint makes this comment, and it is none of its business\n"
        "# hadolint ignore=DL3015\n"
        "RUN true\n"
    )
    assert findings(text, RULE, "unused-ignore", "unknown-rule-in-ignore") == [
        ("unused-ignore", 2, 17),
        ("unknown-rule-in-ignore", 2, 33),
        ("unknown-rule-in-ignore", 4, 1),
        ("unknown-rule-in-ignore", 6, 1),
    ]


def test_unused_is_judged_only_where_the_rule_ran():
    text = "FROM debian:12\n# dlint: ignore[apt-recommends]\nRUN true\n"
    assert rules_found(text, "unused-ignore") == []
    assert rules_found(text, "unused-ignore", RULE) == ["unused-ignore"]


def test_reasons_can_be_required():
    text = f"FROM debian:12\n# dlint: ignore[apt-recommends]\n{BAD}# dlint: ignore[apt-recommends] small\n{BAD}"
    assert findings(text, RULE) == []
    assert findings(text, RULE, require_reason=True) == [("ignore-without-reason", 2, 17)]


def test_many_comments_are_no_problem():
    import time

    started = time.process_time()
    findings("FROM debian:12\n" + "# dlint: ignore[apt-recommends]\nRUN true\n" * 5000, RULE, "unused-ignore")
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("directive", "severities"),
    [
        ("# check=error=true\n", ["warning", "error"]),
        ("# check=skip=StageNameCasing;error=true\n", ["warning", "error"]),
        ("# check=error=false\n", ["warning", "info"]),
        ("", ["warning", "info"]),
    ],
)
def test_check_error_raises_what_buildkit_reports(directive, severities):
    """BuildKit fails the build for its own checks then; other rules keep their severity."""
    result = result_of(directive + "FROM python\nENV a b\n")
    assert [found.severity.label for found in result.diagnostics] == severities


def test_every_name_of_buildkit_is_one():
    """Also those that begin with an abbreviation."""
    text = "# check=skip=all\nFROM debian:13\nCMD echo\n"
    assert findings(text, "shell-form-command") == []
