"""Fixes of ports and mounts: what they change, and where there is none."""

import pytest
from helpers import result_of, source_of

from dlint.parser.yaml import read_yaml

REDIS = "services:\n  a:\n    image: redis:8\n    ports:"
MODELS = (
    "services:\n  t:\n    image: x\n    command: python train.py\n    volumes: ['./models:/models']\n"
    "  api:\n    image: y\n    command: uvicorn a:app\n    ports: ['80:8000']\n    volumes:"
)
MYSQL = "services:\n  a:\n    image: mysql:8.4\n"


def fixed(text, rule):
    """Return the text with the fix of the one finding; None where there is none."""
    (found,) = result_of(text, rule).diagnostics
    if found.fix is None:
        return None
    assert found.fix.applicability == "unsafe"
    return found.fix.apply(text)


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        (" [6379:6379]", " [127.0.0.1:6379:6379]"),
        (" ['6379:6379']", " ['127.0.0.1:6379:6379']"),
        ('\n      - "6379:6379/tcp" # why', '\n      - "127.0.0.1:6379:6379/tcp" # why'),
        ("\r\n      - 6379:6379\r\n", "\r\n      - 127.0.0.1:6379:6379\r\n"),
        (" ['0.0.0.0:6379:6379']", " ['127.0.0.1:6379:6379']"),
        (" ['[::]:6379:6379']", " ['127.0.0.1:6379:6379']"),
        (" ['6379-6380:6379-6380']", " ['127.0.0.1:6379-6380:6379-6380']"),
        (" [&p '6379:6379']", " [&p '127.0.0.1:6379:6379']"),
        # A variable may hold an address.
        (" ['${PORT:-6379}:6379']", None),
        ("\n      - target: 6379\n        published: 6379", None),
        (' ["\\x36379:6379"]', None),
    ],
)
def test_ports(ports, expected):
    assert fixed(REDIS + ports, "sensitive-port-published") == (None if expected is None else REDIS + expected)


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        (" ['./models:/models']", " ['./models:/models:ro']"),
        (" [./models:/models]", " [./models:/models:ro]"),
        ("\n      - ./models:/models  # why\n", "\n      - ./models:/models:ro  # why\n"),
        (" ['./models:/models:z']", None),
        ("\n      - {type: bind, source: ./models, target: /models}", None),
        ("\n      - >-\n        ./models:/models", None),
    ],
)
def test_mounts(mounts, expected):
    assert fixed(MODELS + mounts, "compose-data-mount-writable") == (None if expected is None else MODELS + expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MYSQL, MYSQL + "    volumes:\n      - a-data:/var/lib/mysql\nvolumes:\n  a-data:\n"),
        (MYSQL[:-1], MYSQL + "    volumes:\n      - a-data:/var/lib/mysql\nvolumes:\n  a-data:"),
        (MYSQL.replace("\n", "\r\n"),
         (MYSQL + "    volumes:\n      - a-data:/var/lib/mysql\nvolumes:\n  a-data:\n").replace("\n", "\r\n")),
        (MYSQL + "volumes:\n  x:\n", MYSQL + "    volumes:\n      - a-data:/var/lib/mysql\nvolumes:\n  x:\n  a-data:\n"),
        (MYSQL + "volumes:\n  a-data: {}\n", MYSQL + "    volumes:\n      - a-data:/var/lib/mysql\nvolumes:\n  a-data: {}\n"),
        (MYSQL + "    volumes:\n    - ./x:/x\n\n# Others.\nnetworks:\n  n:\n",
         MYSQL + "    volumes:\n    - ./x:/x\n    - a-data:/var/lib/mysql\n\n# Others.\nnetworks:\n  n:\nvolumes:\n  a-data:\n"),
        # Flow style, anchors of others, a file whose end is not that of its tables.
        ("services: {a: {image: mysql:8.4}}\n", None),
        (MYSQL + "    volumes: ['./x:/x']\n", None),
        (MYSQL + "volumes: {x: }\n", None),
        ("x-v: &v\n  volumes:\n    - ./x:/x\nservices:\n  a:\n    <<: *v\n    image: mysql:8.4\n", None),
        (MYSQL + "...\n", None),
        (MYSQL + "volumes:\n", None),
    ],
)  # fmt: skip
def test_volumes(text, expected):
    found = fixed(text, "state-not-persisted")
    assert found == expected
    if found is not None:
        assert "a-data" in [key.text for key, _ in read_yaml(source_of(found)).get("volumes").pairs]


def test_only_one_fix_adds_the_section():
    """Two sections of the same name are an error."""
    text = MYSQL + "  b:\n    image: postgres:17\n"
    first, second = result_of(text, "state-not-persisted").diagnostics
    assert (first.fix is None, second.fix is None) == (False, True)
