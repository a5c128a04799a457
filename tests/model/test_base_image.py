"""What a base image's name says."""

import pytest

from dlint.model.base_image import recognise
from dlint.model.image_reference import parse_reference


def facts(text):
    """Return what is known of an image, unknown things left out."""
    image = recognise(parse_reference(text))
    names = ("family", "os", "os_version", "python", "cuda", "flavour", "framework", "accelerator", "cudnn")
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
        ("nvidia/cuda:12.8.1-base-ubuntu24.04", {"cuda": "12.8.1", "flavour": "base", "cudnn": False}),
        ("nvcr.io/nvidia/cuda:13.0.0-cudnn-runtime-oraclelinux9", {"cuda": "13.0.0", "flavour": "runtime", "cudnn": True}),
        ("nvidia/cuda:9.0-cudnn7-runtime", {"cuda": "9.0", "flavour": "runtime", "cudnn": True}),
        ("nvidia/cuda:10.2", {"family": "cuda", "cuda": "10.2"}),
        ("nvidia/cuda", {"family": "cuda", "accelerator": "cuda"}),
        ("pytorch/torchserve:0.12.0-gpu", {"family": "torchserve", "framework": ("torch", None), "accelerator": "cuda"}),
        ("tensorflow/serving:2.19.0-devel-gpu", {"family": "tensorflow-serving", "flavour": "devel", "accelerator": "cuda"}),
        ("nvcr.io/nvidia/pytorch:25.06-py3", {"family": "ngc", "framework": ("torch", None), "accelerator": "cuda"}),
        ("nvcr.io/nvidia/l4t-cuda:12.6.11-runtime", {"family": "l4t", "cuda": "12.6.11", "flavour": "runtime"}),
        ("nvcr.io/nvidia/l4t-pytorch:r35.2.1-pth2.0-py3", {"family": "l4t", "framework": ("torch", None)}),
        (
            "rocm/pytorch:rocm7.2.4_ubuntu24.04_py3.12_pytorch_release_2.9.1",
            {"family": "rocm", "os": "ubuntu", "os_version": "24.04", "python": "3.12", "framework": ("torch", "2.9.1"), "accelerator": "rocm"},
        ),
        ("rocm/dev-ubuntu-24.04:7.0", {"family": "rocm", "os": "ubuntu", "os_version": "24.04"}),
        ("rocm/vllm:latest", {"family": "rocm", "framework": ("vllm", None)}),
        (
            "763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-training:2.5.1-gpu-py311-cu124-ubuntu22.04-sagemaker",
            {"family": "aws-dlc", "os": "ubuntu", "os_version": "22.04", "python": "3.11", "cuda": "12.4", "framework": ("torch", "2.5.1"), "accelerator": "cuda"},
        ),
        (
            "763104351884.dkr.ecr.eu-west-1.amazonaws.com/tensorflow-inference:2.19.0-cpu-py312-ubuntu22.04-ec2",
            {"family": "aws-dlc", "python": "3.12", "framework": ("tensorflow", "2.19.0")},
        ),
        (
            "public.ecr.aws/deep-learning-containers/base:devel-cu128-amzn2023",
            {"family": "aws-dlc", "os": "amazonlinux", "os_version": "2023", "cuda": "12.8", "flavour": "devel", "accelerator": "cuda"},
        ),
        ("vllm/vllm-openai:v0.27.1", {"family": "vllm", "framework": ("vllm", "0.27.1"), "accelerator": "cuda"}),
        ("lmsysorg/sglang:v0.5.4-cu129", {"family": "sglang", "framework": ("sglang", "0.5.4"), "cuda": "12.9", "accelerator": "cuda"}),
        ("lmsysorg/sglang:v0.5.4-rocm700-mi35x", {"accelerator": "rocm"}),
        ("ghcr.io/huggingface/text-generation-inference:3.3.4", {"accelerator": "cuda"}),
        ("ghcr.io/huggingface/text-generation-inference:3.3.4-rocm", {"accelerator": "rocm"}),
        ("ghcr.io/huggingface/text-embeddings-inference:hopper-1.8", {"accelerator": "cuda"}),
        ("huggingface/transformers-pytorch-gpu:4.41.2", {"framework": ("torch", None), "accelerator": "cuda"}),
        ("condaforge/miniforge3:25.3.0-1", {"family": "conda", "os": "ubuntu"}),
        ("continuumio/miniconda3", {"family": "conda", "os": "debian"}),
        (
            "mambaorg/micromamba:2.3.2-cuda12.6.3-ubuntu24.04",
            {"family": "conda", "os": "ubuntu", "os_version": "24.04", "cuda": "12.6.3", "accelerator": "cuda"},
        ),
        ("mambaorg/micromamba:1.5-jammy-cuda-12.4.1", {"os": "ubuntu", "os_version": "22.04", "cuda": "12.4.1"}),
        ("quay.io/jupyter/pytorch-notebook:cuda12-python-3.12", {"family": "jupyter", "python": "3.12", "accelerator": "cuda"}),
        ("ghcr.io/astral-sh/uv:0.8-python3.12-trixie-slim", {"family": "uv", "python": "3.12", "os": "debian", "os_version": "13"}),
        ("example.com/unknown/thing:1", {}),
        ("somebody/something", {}),
    ],
)  # fmt: skip
def test_facts(text, expected):
    found = facts(text)
    assert {name: found.get(name) for name in expected} == expected
    if not expected:
        assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "tensorflow/tensorflow:2.20.0", "ghcr.io/huggingface/text-embeddings-inference:cpu-1.8",
        "ghcr.io/huggingface/text-generation-inference:3.3.4-intel-cpu", "huggingface/transformers-pytorch-cpu:latest",
        "763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-inference:2.6.0-cpu-py312-ubuntu22.04-ec2",
    ],
)  # fmt: skip
def test_no_accelerator(text):
    """Builds for CPUs are known, and not for GPUs."""
    image = recognise(parse_reference(text))
    assert image.family
    assert image.accelerator is None


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
