"""What a service says about GPUs decides how sure rules about CPU images are."""

import pytest
from helpers import build_of

from dlint.checks import INFO, WARNING, Report
from dlint.checks.registry import RULES
from dlint.checks.size._shipping import runs_without_gpu
from dlint.model.invocation import Evidence

SERVER = 'CMD ["uvicorn", "app:app"]\n'
TORCH = "FROM python:3.13-slim\nRUN pip install torch==2.9.1\n"
EVERYWHERE = "FROM ubuntu:24.04\nRUN pip install torch==2.9.1\n"


@pytest.mark.parametrize(
    ("text", "gpu", "expected"),
    [
        (TORCH + SERVER, None, None),
        (TORCH + SERVER, False, True),
        (TORCH + SERVER, True, False),
        (TORCH, None, False),
        (TORCH, False, True),
        (TORCH + 'CMD ["python", "train.py"]\n', None, False),
        (TORCH + 'CMD ["python", "train.py"]\n', False, True),
        (EVERYWHERE + SERVER, None, False),
        (EVERYWHERE + SERVER, False, True),
        ("# no GPU needed\n" + TORCH + SERVER, None, False),
        ("# no GPU needed\n" + TORCH + SERVER, False, True),
        ("FROM nvidia/cuda:13.0.1-base-ubuntu24.04\n" + SERVER, False, False),
        ("FROM corp/base:1\n" + SERVER, False, False),
        ("FROM --platform=linux/arm64 python:3.13\n" + SERVER, False, False),
    ],
)
def test_runs_without_gpu(text, gpu, expected):
    assert runs_without_gpu(build_of(text, evidence=Evidence(gpu=gpu))) is expected


@pytest.mark.parametrize(("gpu", "severity"), [(None, INFO), (False, WARNING)])
def test_a_service_without_a_gpu_makes_it_a_warning(gpu, severity):
    rule = RULES["cuda-wheels-on-cpu-image"].load()
    build = build_of(TORCH + SERVER, evidence=Evidence(gpu=gpu))
    report = Report(rule, build.source, "2026-11-22", {})
    rule.check(build, report)
    (found,) = report.diagnostics
    assert found.severity is severity
    assert found.message.endswith("the service has no GPU" if gpu is False else "nothing here speaks of a GPU")
