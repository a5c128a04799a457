"""Image names by the grammar of github.com/distribution/reference."""

import pytest

from dlint.model.image_reference import parse_reference

SHA = "a" * 64


@pytest.mark.parametrize(
    ("text", "registry", "repository", "tag", "digest", "name"),
    [
        ("python", "docker.io", "library/python", None, None, "python"),
        ("python:3.12-slim", "docker.io", "library/python", "3.12-slim", None, "python"),
        ("docker.io/python", "docker.io", "library/python", None, None, "python"),
        ("index.docker.io/library/python", "docker.io", "library/python", None, None, "python"),
        ("pytorch/pytorch:2.9.1", "docker.io", "pytorch/pytorch", "2.9.1", None, "pytorch/pytorch"),
        ("localhost:5000/x", "localhost:5000", "x", None, None, "localhost:5000/x"),
        ("localhost/x:1", "localhost", "x", "1", None, "localhost/x"),
        ("x:5000/y", "x:5000", "y", None, None, "x:5000/y"),
        ("x:5000/y:1", "x:5000", "y", "1", None, "x:5000/y"),
        ("nvcr.io/nvidia/pytorch:25.10-py3", "nvcr.io", "nvidia/pytorch", "25.10-py3", None, "nvcr.io/nvidia/pytorch"),
        ("[::1]:5000/a/b", "[::1]:5000", "a/b", None, None, "[::1]:5000/a/b"),
        (f"python@sha256:{SHA}", "docker.io", "library/python", None, f"sha256:{SHA}", "python"),
        (f"python:3@sha256:{SHA}", "docker.io", "library/python", "3", f"sha256:{SHA}", "python"),
        ("a__b/c--d.e_f:T_1", "docker.io", "a__b/c--d.e_f", "T_1", None, "a__b/c--d.e_f"),
        ("REGISTRY/x", "REGISTRY", "x", None, None, "REGISTRY/x"),
    ],
)  # fmt: skip
def test_valid(text, registry, repository, tag, digest, name):
    found = parse_reference(text)
    assert (found.registry, found.repository, found.tag, found.digest, found.name) == (
        registry, repository, tag, digest, name,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", ":", "a:", ":1", "a:b:c", "Python", "a/B", "a//b", "/a", "a/", "a b", "-a", "a-", "a___b", "a..b", "a@", "a@sha256:1",
        "a@md5", f"a@sha256:{'g' * 64}", "a:" + "x" * 129, "a:-x", SHA, "-x.io/a", "a:b/c@d", "ü", "a:1 ",
    ],
)  # fmt: skip
def test_invalid(text):
    assert parse_reference(text) is None


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("python:3", "python"),
        ("public.ecr.aws/docker/library/python:3", "python"),
        ("bitnami/python", None),
        ("ghcr.io/python", None),
    ],
)
def test_official(text, official):
    assert parse_reference(text).official == official
