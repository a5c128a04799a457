"""Keys that fixes add to compose files, and where there is no certain edit."""

import pytest
from helpers import source_of

from dlint.checks.compose._edits import add_entry, add_key
from dlint.project.compose import read_project


def service_of(text, name="api"):
    """Return a service of a compose file."""
    return read_project(source_of(text, "compose.yaml"), "compose.yaml").services[name]


def applied(text, edit):
    """Return the text with an edit, None without one."""
    if edit is None:
        return None
    (start, end), added = edit
    return text[:start] + added + text[end:]


def with_gpus(text):
    """Return a compose file in which the service ``api`` got ``gpus: all``."""
    return applied(text, add_key(service_of(text), "gpus: all"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services:\n  api:\n    image: x\n", "services:\n  api:\n    image: x\n    gpus: all\n"),
        ("services:\n  api:\n    image: x", "services:\n  api:\n    image: x\n    gpus: all"),
        ("services:\r\n  api:\r\n    image: x\r\n", "services:\r\n  api:\r\n    image: x\r\n    gpus: all\r\n"),
        ("services:\r\n  api:\r\n    image: x", "services:\r\n  api:\r\n    image: x\r\n    gpus: all"),
        (
            "services:\n  api:\n    image: x  # why\n\n  # The other one.\n  db:\n    image: y\n",
            "services:\n  api:\n    image: x  # why\n    gpus: all\n\n  # The other one.\n  db:\n    image: y\n",
        ),
        # As deep as the other keys.
        (
            "services:\n    api:\n          image: x\n          ports:\n          - 80:80\nvolumes:\n    v:\n",
            ("services:\n    api:\n          image: x\n          ports:\n          - 80:80\n          gpus: all\n"
            "volumes:\n    v:\n"),
        ),
        # Texts over several lines, lists in brackets, aliases.
        (
            "services:\n  api:\n    image: x\n    command: |\n      # not a comment\n      a\n\n  db:\n    image: y\n",
            ("services:\n  api:\n    image: x\n    command: |\n      # not a comment\n      a\n    gpus: all\n\n"
            "  db:\n    image: y\n"),
        ),
        (
            "services:\n  api:\n    ports: [80,\n      81]  # two\n",
            "services:\n  api:\n    ports: [80,\n      81]  # two\n    gpus: all\n",
        ),
        (
            "x-e: &e\n  A: b\nservices:\n  api:\n    image: x\n    environment: *e\n",
            "x-e: &e\n  A: b\nservices:\n  api:\n    image: x\n    environment: *e\n    gpus: all\n",
        ),
        (
            "x-a: &a\n  image: x\nservices:\n  api:\n    <<: *a\n",
            "x-a: &a\n  image: x\nservices:\n  api:\n    <<: *a\n    gpus: all\n",
        ),
        # An anchor that nobody else uses.
        ("services:\n  api: &api\n    image: x\n", "services:\n  api: &api\n    image: x\n    gpus: all\n"),
        # A comment at the margin is inside of nothing.
        (
            "services:\n  api:\n    image: x\n# ports:\n    tty: true\n    # end\n  db: {}\n",
            "services:\n  api:\n    image: x\n# ports:\n    tty: true\n    gpus: all\n    # end\n  db: {}\n",
        ),
        ("\ufeffservices:\n  api:\n    image: é\n", "\ufeffservices:\n  api:\n    image: é\n    gpus: all\n"),
    ],
)  # fmt: skip
def test_add_key(text, expected):
    assert with_gpus(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "services: {api: {image: x}}\n",
        "services:\n  api: {image: x}\n",
        "services:\n  api: {\n    image: x\n    }\n",
        '{"services": {\n  "api":\n    {"image": "x"}}}\n',
        # Others would get it too.
        "services:\n  api: &api\n    image: x\n  db:\n    <<: *api\n",
        "x-a: &a\n  image: x\nservices:\n  api: *a\n",
        "services:\n  api:\n    image: x\n  db:\n    extends: api\n",
        "services:\n  api:\n    image: x\n  db:\n    extends:\n      service: api\n",
        # Blank lines that count.
        "services:\n  api:\n    command: |+\n      a\n\n\n  db:\n    image: y\n",
        # It has one.
        "services:\n  api:\n    image: x\n    gpus:\n",
        "services:\n  api:\n    image: x\n    command: |\n      a\n      # b\n\n      c\n    gpus: 2\n",
    ],
)
def test_no_edit_that_is_not_certain(text):
    assert with_gpus(text) is None


def test_several_lines():
    text = "services:\n  api:\n    image: x\n  db:\n    image: y\n"
    edit = add_key(service_of(text), "logging:", "  options:", "    max-size: 10m")
    assert applied(text, edit) == (
        "services:\n  api:\n    image: x\n    logging:\n      options:\n        max-size: 10m\n  db:\n    image: y\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("    image: x\n", '    image: x\n    environment:\n      N: "4"\n'),
        ("    environment:\n      A: b\n", '    environment:\n      A: b\n      N: "4"\n'),
        ("    environment:\n      - A=b  # c\n    tty: true\n", "    environment:\n      - A=b  # c\n      - N=4\n    tty: true\n"),
        ("    environment:\n    - A=b\n    tty: true\n", "    environment:\n    - A=b\n    - N=4\n    tty: true\n"),
        ("    environment: [A=b]\n", None),
        ("    environment: {A: b}\n", None),
        ("    environment:\n", None),
        ("    environment: nonsense\n", None),
    ],
)  # fmt: skip
def test_add_entry(text, expected):
    text = "services:\n  api:\n" + text
    whole = None if expected is None else "services:\n  api:\n" + expected
    assert applied(text, add_entry(service_of(text), "environment", "N", "4")) == whole
