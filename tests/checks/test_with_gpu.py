"""What rules about Dockerfiles say when a service has a GPU, has none, or nobody says."""

import pytest
from helpers import build_of

from dlint.checks import INFO, WARNING, Report
from dlint.checks.registry import RULES
from dlint.model.invocation import Evidence

CPU = "--index-url https://download.pytorch.org/whl/cpu"
CMD = 'CMD ["uvicorn", "app:app"]\n'
SLIM = "FROM python:3.13-slim\n"
WORKERS = 'CMD ["gunicorn", "app:app", "-w", "4"]\n'
TORCH = SLIM + "RUN pip install torch==2.9.1\n"


def found(rule, text, gpu, services=("api",)):
    """Return what one rule reports in a Dockerfile whose services say this of GPUs."""
    loaded = RULES[rule].load()
    build = build_of(text, evidence=Evidence(gpu=gpu, services=services))
    report = Report(loaded, build.source, "2026-11-22", {})
    loaded.check(build, report)
    return report.diagnostics


@pytest.mark.parametrize("gpu", [True, False, None])
@pytest.mark.parametrize(
    ("rule", "text", "reported"),
    [
        # CUDA's wheels are a waste without a GPU, and needed with one.
        ("cuda-wheels-on-cpu-image", TORCH + CMD, (None, False)),
        ("cuda-wheels-on-cpu-image", TORCH, (False,)),
        ("cuda-wheels-on-cpu-image", "FROM nvidia/cuda:12.8.1-runtime-ubuntu24.04\nRUN pip install torch\n" + CMD, ()),
        ("cuda-wheels-on-cpu-image", SLIM + f"RUN pip install torch {CPU}\n" + CMD, ()),
        ("lighter-distribution-available", SLIM + "RUN pip install tensorflow==2.20.0\n" + CMD, (None, False)),
        # Torch for CPUs beside a GPU.
        ("accelerator-mismatch", SLIM + f"RUN pip install torch {CPU}\n" + CMD, (True,)),
        ("accelerator-mismatch", SLIM + f"RUN pip install torch torchvision {CPU} && pip install fastapi\n" + CMD, (True,)),
        ("accelerator-mismatch", "FROM nvidia/cuda:12.8.1-runtime-ubuntu24.04\n" + f"RUN pip install torch {CPU}\n" + CMD, (True,)),
        ("accelerator-mismatch", SLIM + f"RUN pip install torch {CPU} && pip install faster-whisper\n" + CMD, ()),
        ("accelerator-mismatch", SLIM + f"RUN pip install torch {CPU} && pip install onnxruntime-gpu[cuda,cudnn]\n" + CMD, ()),
        ("accelerator-mismatch", "FROM corp/base:1\n" + f"RUN pip install torch {CPU}\n" + CMD, ()),
        ("accelerator-mismatch", SLIM[:-1] + f" AS test\nRUN pip install torch {CPU}\nFROM debian:13\n", ()),
        ("accelerator-mismatch", TORCH + CMD, ()),
        # Packages for GPUs without CUDA.
        ("gpu-package-without-cuda", SLIM + "RUN pip install tensorflow==2.20.0\n" + CMD, (True,)),
        ("gpu-package-without-cuda", SLIM + "RUN pip install tensorflow[and-cuda]==2.20.0\n" + CMD, ()),
        ("gpu-package-without-cuda", SLIM + "RUN pip install onnxruntime-gpu\n" + CMD, (True, False, None)),
        # Compilers that Triton calls.
        ("build-tools-in-final-image", TORCH + "RUN apt-get update && apt-get install -y gcc\n" + CMD, (False, None)),
        ("build-tools-in-final-image", SLIM + "RUN apt-get update && apt-get install -y gcc\n" + CMD, (True, False, None)),
        ("model-replicated-per-worker", TORCH + WORKERS, (True, False, None)),
    ],
)  # fmt: skip
def test_reported_where_it_is_true(rule, text, reported, gpu):
    assert bool(found(rule, text, gpu)) is (gpu in reported)


@pytest.mark.parametrize(
    ("services", "end"),
    [
        ((), "the service has no GPU"),
        (("api",), "the service api has no GPU"),
        (("api", "worker"), "the services api and worker have no GPU"),
        (("a", "b", "c"), "the services a, b and c have no GPU"),
    ],
)
@pytest.mark.parametrize(
    ("rule", "package"), [("cuda-wheels-on-cpu-image", "torch"), ("lighter-distribution-available", "tensorflow")]
)
def test_the_services_are_named(rule, package, services, end):
    (diagnostic,) = found(rule, SLIM + f"RUN pip install {package}\n" + CMD, False, services)
    assert diagnostic.message.endswith(end)
    assert not diagnostic.advice.startswith("if this image")
    assert diagnostic.severity is (WARNING if package == "torch" else INFO)


@pytest.mark.parametrize(
    ("base", "gpu", "where"),
    [
        ("python:3.13-slim", True, "in the GPU's memory"),
        ("python:3.13-slim", False, "in memory"),
        ("python:3.13-slim", None, "in memory"),
        ("pytorch/pytorch:2.9.1-cuda13.0-cudnn9-runtime", True, "in the GPU's memory"),
        ("pytorch/pytorch:2.9.1-cuda13.0-cudnn9-runtime", False, "in memory"),
        ("pytorch/pytorch:2.9.1-cuda13.0-cudnn9-runtime", None, "in the GPU's memory"),
    ],
)
def test_where_models_lie(base, gpu, where):
    (diagnostic,) = found("model-replicated-per-worker", f"FROM {base}\nRUN pip install torch gunicorn\n{WORKERS}", gpu)
    assert f" {where} (" in diagnostic.message
    assert ("--preload" in diagnostic.advice) is (where == "in memory")


@pytest.mark.parametrize(
    ("services", "message"),
    [
        (("api",), "this torch is built for CPUs, and the service api asks for a GPU"),
        (("api", "train"), "this torch is built for CPUs, and a service asks for a GPU"),
    ],
)
def test_torch_for_cpus_beside_a_gpu(services, message):
    (diagnostic,) = found("accelerator-mismatch", SLIM + f"RUN pip install torch {CPU}\n", True, services)
    assert (diagnostic.message, diagnostic.severity) == (message, WARNING)


@pytest.mark.parametrize("gpu", [True, False, None])
def test_onnxruntime_for_gpus_without_one(gpu):
    (diagnostic,) = found("gpu-package-without-cuda", SLIM + "RUN pip install onnxruntime-gpu\n", gpu)
    assert diagnostic.advice.startswith("install onnxruntime," if gpu is False else "write onnxruntime-gpu[cuda,cudnn]")
