"""How bad findings about base images and pins are."""

import pytest
from helpers import result_of

PIP = "RUN pip install"
TORCH_BASE = "FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\n"
SERVER = 'CMD ["uvicorn", "app:app"]\n'


@pytest.mark.parametrize(
    ("rule", "text", "severity"),
    [
        ("cuda-image-unsupported", "FROM nvidia/cuda:10.2-base\n", "error"),
        ("cuda-image-unsupported", "ARG C=10.2\nFROM nvidia/cuda:${C}-base\n", "warning"),
        ("cuda-image-unsupported", "FROM nvidia/cuda:11.3.1-base-ubuntu20.04\n", "warning"),
        ("cuda-image-unsupported", "FROM nvidia/cuda:12.1.0-base-ubuntu22.04\n", "warning"),
        ("cuda-image-unsupported", "FROM nvidia/cuda:12.9.1-base-ubuntu22.04\n", "info"),
        ("cuda-image-unsupported", "FROM nvidia/cuda:11.8.0-base-ubuntu22.04\n", "info"),
        ("base-eol", "FROM python:3.9\n", "warning"),
        ("base-eol", "FROM python:3.9 AS b\nFROM debian:13\nCOPY --from=b /x /x\n", "info"),
        ("base-eol", "FROM fedora:43\n", "info"),
        ("redundant-cuda-base", f"FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\n{PIP} torch\n{SERVER}", "info"),
        ("redundant-cuda-base", f"FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04\n{PIP} torch\n{SERVER}", "warning"),
        ("alpine-for-ml", f"FROM python:3.12-alpine\n{PIP} torch\n", "error"),
        ("alpine-for-ml", "FROM python:3.12-alpine\nRUN [ -z $A ] || pip install torch\n", "warning"),
        ("alpine-for-ml", f"FROM python:3.12-alpine\n{PIP} xgboost\n", "warning"),
        ("alpine-for-ml", "FROM python:3.12-alpine\nRUN [ -z $A ] || pip install xgboost\n", "info"),
        ("framework-reinstalled-over-base", TORCH_BASE + f"{PIP} torch==2.6.0\n", "warning"),
        ("framework-reinstalled-over-base", TORCH_BASE + "RUN [ -z $A ] || pip install torch==2.6.0\n", "info"),
        ("framework-python-mismatch", f"FROM python:3.13\n{PIP} torch==2.4.0\n", "error"),
        ("framework-python-mismatch", "FROM python:3.13\nRUN [ -z $A ] || pip install torch==2.4.0\n", "warning"),
        ("torch-family-mismatch", f"FROM python:3.12\n{PIP} torch==2.5.1 torchvision==0.19.1\n", "error"),
        ("torch-family-mismatch", f"FROM python:3.12\n{PIP} torch==2.5.1\n{PIP} torchvision==0.19.1\n", "warning"),
        (
            "torch-family-mismatch",
            f"FROM python:3.12\n{PIP} torch==2.5.1 torchvision==0.19.1 -i https://download.pytorch.org/whl/rocm6.2\n",
            "warning",
        ),
        ("prerelease-index", f"FROM python:3.13\n{PIP} --pre torch\n", "warning"),
        ("prerelease-index", "FROM python:3.13\nRUN [ -z $A ] || pip install --pre torch\n", "info"),
    ],
)
def test_severity(rule, text, severity):
    (found,) = result_of(text, rule).diagnostics
    assert found.severity.label == severity


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("FROM jupyter/base-notebook\n", "FROM quay.io/jupyter/base-notebook\n"),
        ("FROM docker.io/jupyter/base-notebook\n", None),
        ("FROM jupyter/base-notebook:2023-05-01\n", None),
        ("FROM bitnami/spark:3.5.1 AS s\n", "FROM bitnamilegacy/spark:3.5.1 AS s\n"),
        ("ARG N=jupyter/base-notebook\nFROM $N\n", None),
        ("FROM condaforge/mambaforge:latest\n", "FROM condaforge/miniforge3:latest\n"),
        ("FROM openjdk:17\n", None),
    ],
)
def test_rename(text, fixed):
    """A new name is written where the tag surely exists there too."""
    (found,) = result_of(text, "deprecated-base-image").diagnostics
    assert (found.fix.apply(text) if found.fix else None) == fixed


@pytest.mark.parametrize(
    ("today", "found"), [("2023-06-30", 0), ("2023-07-02", 1)]
)  # fmt: skip
def test_the_date_decides(today, found):
    """What ends later than a pinned today is not over."""
    text = "FROM nvidia/cuda:11.3.1-base-ubuntu20.04\n"
    assert len(result_of(text, "cuda-image-unsupported", today=today).diagnostics) == found
