"""What values of labels may look like."""

import pytest

from dlint.model.label_values import is_licence, problem_with


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("url", "https://example.org/a?b#c"),
        ("url", "mailto:team@example.org"),
        ("rfc3339", "2026-11-22T18:30:00Z"),
        ("rfc3339", "2026-11-22 18:30:00.123+01:00"),
        ("hash", "9dd78a0"),
        ("hash", "a" * 40),
        ("hash", "0" * 64),
        ("semver", "1.2.3"),
        ("semver", "1.2.3-rc.1+build.5"),
        ("email", "first.last+tag@example.org"),
        ("text", "anything"),
        ("rawtext", "anything"),
    ],
)
def test_right(kind, value):
    assert problem_with(value, kind) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("url", "example.org"),
        ("url", "https://example.org/a b"),
        ("rfc3339", "2026-11-22"),
        ("rfc3339", "2026-13-22T18:30:00Z"),
        ("rfc3339", "2026-11-22T18:30:00"),
        ("hash", "main"),
        ("hash", "A" * 40),
        ("semver", "v1.2.3"),
        ("semver", "1.2"),
        ("semver", "1.02.3"),
        ("email", "Team <team@example.org>"),
        ("spdx", "Apache 2"),
    ],
)
def test_wrong(kind, value):
    problem = problem_with(value, kind)
    assert problem is not None
    assert all(problem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT", True),
        ("mit", True),
        ("Apache-2.0 OR MIT", True),
        ("(MIT AND (BSD-3-Clause OR ISC))", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("GPL-2.0+", True),
        ("LicenseRef-Proprietary", True),
        ("DocumentRef-a:LicenseRef-b", True),
        ("", False),
        ("MIT OR", False),
        ("OR MIT", False),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT ISC", False),
        ("MIT WITH nothing", False),
        ("Proprietary", False),
    ],
)
def test_licences(text, expected):
    assert is_licence(text) is expected
