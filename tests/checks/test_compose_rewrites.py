"""Edits that replace something in compose files: what they keep, and where they are not made."""

import pytest
from helpers import result_of

DB = 'services:\n  db:\n    image: postgres:17\n    healthcheck: {test: ["CMD", "true"]}\n  api:\n    image: x.example.com/a:1\n'


def fixed(text, rule="dependency-not-awaited"):
    """Return the text with the one fix a rule has for it, None if it has none."""
    (found,) = result_of(text, rule).diagnostics
    return found.fix.apply(text) if found.fix else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "    depends_on:\n    - 'db'\n    # why\n    - cache # too\n",
            ("    depends_on:\n      'db':\n        condition: service_healthy\n    # why\n"
            "      cache: # too\n        condition: service_started\n"),
        ),
        (
            "    depends_on:\n        -   db\n    restart: 'no'\n",
            "    depends_on:\n        db:\n          condition: service_healthy\n    restart: 'no'\n",
        ),
        (
            '    depends_on: [ cache, "db" ]\n',
            ("    depends_on:\n      cache:\n        condition: service_started\n"
            '      "db":\n        condition: service_healthy\n'),
        ),
        ("    depends_on:\n      - db", "    depends_on:\n      db:\n        condition: service_healthy"),
    ],
)  # fmt: skip
def test_short_form_becomes_long(before, after):
    assert fixed(DB + before) == DB + after
    windows = (DB + before).replace("\n", "\r\n")
    assert fixed(windows) == (DB + after).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        # Shared, in a table on one line, over several lines, or of a variable.
        "    depends_on: &all [db]\n  other:\n    image: x.example.com/b:1\n    depends_on: *all\n    restart: always\n",
        "    depends_on: [\n      db\n    ]\n",
        "    depends_on:\n      - ${DB:-db}\n",
        "    depends_on:\n      - db\n  other:\n    extends: api\n    depends_on: !reset []\n",
    ],
)
def test_not_certain(text):
    found = result_of(DB + text, "dependency-not-awaited").diagnostics
    assert found
    assert [each.fix for each in found] == [None] * len(found)


def test_not_in_a_service_on_one_line():
    text = "services:\n  db: {image: postgres:17, healthcheck: {test: x}}\n  api: {image: x, depends_on: [db]}\n"
    assert fixed(text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"8000:8000"', '"8000-8001:8000"'), ("'8000:8000/tcp' # x", "'8000-8001:8000/tcp' # x"),
        ("8000:8000", "8000-8001:8000"), ('"[::1]:8000:8000"', '"[::1]:8000-8001:8000"'),
        ('{target: 8000, published: "8000"}', '{target: 8000, published: "8000-8001"}'),
        ("{target: 8000, published: 8000}", None), ('"${PORT:-8000}:8000"', None), ('"8000:\\x38000"', None),
    ],
)  # fmt: skip
def test_ports_become_ranges(before, after):
    text = "services:\n  a:\n    image: x.example.com/a:1\n    scale: 2\n    ports:\n      - {}\n"
    expected = None if after is None else text.replace("{}", after)
    assert fixed(text.replace("{}", before), "replicas-with-fixed-host-port") == expected
