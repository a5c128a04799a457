"""What a base image's name says."""

import pytest

from dlint.model.base_image import recognise
from dlint.model.image_reference import parse_reference


def facts(text):
    """Return what is known of an image, unknown things left out."""
    image = recognise(parse_reference(text))
    names = ("family", "os", "os_version", "python", "cuda", "flavour", "framework", "accelerator")
    return {name: getattr(image, name) for name in names if getattr(image, name) is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("debian:bookworm-slim", {"family": "debian", "os": "debian", "os_version": "12", "flavour": "slim"}),
        ("debian:12", {"family": "debian", "os": "debian", "os_version": "12"}),
        ("ubuntu:24.04", {"family": "ubuntu", "os": "ubuntu", "os_version": "24.04"}),
        ("ubuntu:jammy", {"family": "ubuntu", "os": "ubuntu", "os_version": "22.04"}),
        ("alpine:3.20", {"family": "alpine", "os": "alpine", "os_version": "3.20"}),
        (
            "python:3.12-slim-bookworm",
            {"family": "python", "os": "debian", "os_version": "12", "python": "3.12", "flavour": "slim"},
        ),
        ("python:3.11.4-alpine3.18", {"family": "python", "os": "alpine", "os_version": "3.18", "python": "3.11", "flavour": "alpine"}),
        (
            "nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04",
            {"family": "cuda", "os": "ubuntu", "os_version": "22.04", "cuda": "12.4.1", "flavour": "devel", "accelerator": "cuda"},
        ),
        (
            "pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime",
            {"family": "pytorch", "os": "ubuntu", "cuda": "12.4", "flavour": "runtime", "framework": ("torch", "2.5.1"), "accelerator": "cuda"},
        ),
        ("example.com/unknown/thing:1", {}),
        ("somebody/something", {}),
    ],
)  # fmt: skip
def test_facts(text, expected):
    found = facts(text)
    assert {name: found.get(name) for name in expected} == expected
    if not expected:
        assert found == {}


def test_what_the_tag_does_not_say_is_unknown():
    assert recognise(parse_reference("python")).python is None
    assert recognise(parse_reference("ubuntu:latest")).os_version is None
    assert recognise(parse_reference("python:3")).python is None


@pytest.mark.parametrize(
    ("text", "libc"),
    [("python:3.12-alpine", "musl"), ("python:3.12-slim", "glibc"), ("fedora:41", "glibc"), ("x/y", None)],
)
def test_consequences(text, libc):
    assert recognise(parse_reference(text)).libc == libc
