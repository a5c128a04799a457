"""What Docker Compose refuses is told once, at its place; what it takes is not."""

import os

import pytest
from cases import FIXTURES, read_cases
from compose_validity_cases import CASES, faults

from dlint.parser.yaml import Node


@pytest.mark.parametrize("name", CASES)
def test_place_and_message(name, tmp_path):
    case = CASES[name]
    found = faults(case.text, tmp_path)
    assert [mark[:2] for mark in found] == [mark[:2] for mark in case.marks]
    for mark, (_, _, end, part) in zip(found, case.marks, strict=True):
        assert mark[2] in (end, None)
        assert part == mark[3]


def test_there_are_enough_cases():
    refused = sum(bool(case.marks) for case in CASES.values())
    assert len(CASES) >= 480
    assert refused >= 250
    assert len(CASES) == sum(
        len(read_cases(os.path.join(FIXTURES, "compose-validity", file)))
        for file in os.listdir(os.path.join(FIXTURES, "compose-validity"))
    )


@pytest.mark.parametrize(
    "text",
    [
        "services: {api: {image: x, ports: '${PORTS}', mem_limit: '${A}', privileged: '${B}', scale: '${C}'}}",
        "services: {api: {image: '${IMAGE}', gpus: '${GPUS}', depends_on: ['${D}'], volumes: ['${V}:/x', '${W}']}}",
        (
            "services: {api: {image: x, networks: ['${N}'], secrets: ['${S}'], network_mode: '${M}', cpus: '${C}',"
            " deploy: {replicas: '${R}', resources: {limits: {cpus: '${L}', memory: 1g}}}, container_name: '${N}'}}"
        ),
    ],
)
def test_what_variables_hide_is_right(text, tmp_path):
    """Only what no value can make right is told: a list never comes from a variable."""
    assert [mark[3] for mark in faults(text, tmp_path) if "`ports`" not in mark[3]] == []


def test_values_that_may_be_secrets_are_never_quoted(tmp_path):
    text = (
        "services:\n  a:\n    image: b\n    environment: TOKEN=hunter2\n  c:\n    image: b\n    environment: [hunter2: x]\n"
        "  d:\n    image: b\n    build: {args: hunter2}\n  e: {image: b, environment: {A: [hunter2]}}\n"
    )
    found = faults(text, tmp_path)
    assert len(found) == 4
    assert all("hunter2" not in f"{mark[3]} {mark[4]}" for mark in found)


def test_aliases_do_not_multiply_the_work(tmp_path):
    """Lists of aliases to lists of aliases are a billion entries, and each list is one."""
    levels = [f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 11)]
    text = "x-a:\n  l0: &l0 [1]\n" + "\n".join(levels) + "\nservices: {a: {image: b, ports: *l10}}\n"
    assert faults(text, tmp_path)


WRONG = ["null", "3", "x", "[]", "{}", "[null]", "[[a]]", "{a: null}", "{a: {b: [c]}}", "true", '""', "${X}", "-"]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize(
    "section", ["services", "networks", "volumes", "secrets", "configs", "models", "include", "x-a"]
)
def test_wrong_kinds_everywhere(section, value, tmp_path):
    for text in (f"{section}: {value}", f"{section}: {{a: {value}}}", f"{section}: [{value}]"):
        faults(text, tmp_path)


SERVICE_KEYS = [
    "build",
    "image",
    "deploy",
    "depends_on",
    "networks",
    "volumes",
    "ports",
    "secrets",
    "configs",
    "links",
    "volumes_from",
    "healthcheck",
    "develop",
    "gpus",
    "devices",
    "scale",
    "container_name",
    "network_mode",
    "platform",
    "profiles",
    "extends",
    "provider",
    "models",
    "ulimits",
    "environment",
    "command",
]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("key", SERVICE_KEYS)
def test_wrong_kinds_in_services(key, value, tmp_path):
    inner = ["additional_contexts", "secrets", "platforms", "resources", "test", "watch", "replicas"]
    for text in (value, *(f"{{{name}: {value}}}" for name in inner), f"[{value}]"):
        faults(f"services: {{a: {{image: b, {key}: {text}}}, b: {{{key}: {text}}}}}", tmp_path)


def test_an_empty_file(tmp_path):
    from dlint.model.compose.refused.validity import faults_of
    from dlint.project.compose import read_project
    from dlint.text import Source

    project = read_project(Source("", "compose.yaml"), str(tmp_path / "compose.yaml"))
    assert isinstance(project.root, Node)
    assert faults_of(project) == []
