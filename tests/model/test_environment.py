"""The Python packages a build asks for, and in which builds."""

import pytest
from helpers import build_of, write

from dlint.model.environment import is_into_image, together
from dlint.model.gpu import brings_cuda, cuda_of_torch, gpu_evidence
from dlint.model.versions import admits, exact, minor, release


def requests(text, **known):
    return build_of("FROM python:3.13-slim\n" + text, **known).requests


@pytest.mark.parametrize(
    ("command", "accelerator", "cuda"),
    [
        ("pip install torch==2.5.1", None, "12.4"),
        ("pip install torch==2.5.1+cu121", "cu121", "12.1"),
        ("pip install torch --index-url https://download.pytorch.org/whl/cpu", "cpu", "none"),
        ("pip install torch -i https://download.pytorch.org/whl/cu126", "cu126", "12.6"),
        ("pip install --index-url=https://download.pytorch.org/whl/nightly/cu130 torch", "cu130", "13.0"),
        ("pip install torch --extra-index-url https://download.pytorch.org/whl/cu118", None, None),
        ("PIP_INDEX_URL=https://download.pytorch.org/whl/cu118 pip install torch", "cu118", "11.8"),
        ("uv pip install --torch-backend=cpu torch", "cpu", "none"),
        ("uv pip install --torch-backend auto torch", None, None),
        ("pip install torch --index-url https://download.pytorch.org/whl/rocm6.2", "rocm6.2", None),
        ("pip install -i https://pypi.org/simple torch==2.8.0", None, "12.8"),
        ("pip install -i https://mirror.corp/simple torch==2.8.0", None, None),
        ("pip install torch", None, "13.2"),
        ("pip install 'torch>=2'", None, None),
        ("pip install torch==$V", None, None),
    ],
)
def test_torch(command, accelerator, cuda):
    (request,) = requests(f"ARG V\nRUN {command}\n")
    assert (request.accelerator, cuda_of_torch(request)) == (accelerator, cuda)


def test_index_from_an_argument():
    (request,) = requests("ARG CUDA=cu128\nRUN pip install torch -i https://download.pytorch.org/whl/${CUDA}\n")
    assert request.accelerator == "cu128"


def test_files(tmp_path):
    """Entries of requirement files stand beside those of the command line, each at its place."""
    listed = "--extra-index-url https://download.pytorch.org/whl/cu126\ntorch==2.7.1\n-r more.txt\n"
    write(
        tmp_path,
        **{"requirements.txt": listed, "more.txt": "numpy<2 ; platform_release>'6'\nscipy; python_version<'3.12'\n"},
    )
    found = requests("COPY *.txt ./\nRUN pip install scipy -r requirements.txt\n", context=str(tmp_path))
    assert [(r.name, r.path, r.location.start.line) for r in found] == [
        ("scipy", None, 3), ("torch", "requirements.txt", 2), ("numpy", "requirements.txt", 1),
    ]  # fmt: skip
    assert found[1].extra_accelerators == {"cu126"}
    assert cuda_of_torch(found[1]) is None
    assert found[2].is_conditional


def test_together():
    """A stage's environment holds what its bases asked for; other tools' environments are others."""
    build = build_of(
        "FROM python:3.13 AS a\nRUN pip install torch==2.5.1\n"
        "FROM a AS b\nRUN pip install numpy && /opt/venv/bin/pip install scipy && uv tool install ruff\n"
        "FROM a\nRUN pip install pandas\n"
    )
    names = {r.name: {other.name for other in together(build, r)} for r in build.requests}
    assert names == {
        "torch": {"torch"}, "numpy": {"torch", "numpy"}, "scipy": {"scipy"}, "ruff": {"ruff"},
        "pandas": {"torch", "pandas"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pip install torch", True),
        ("/usr/local/bin/pip install torch", True),
        ("uv pip install --system torch", True),
        ("UV_SYSTEM_PYTHON=1 uv pip install torch", True),
        ("uv pip install torch", False),
        ("uv add torch", False),
        ("/venv/bin/pip install torch", False),
        ("pip install --target /x torch", False),
        ("pip install --user torch", False),
        ("pip download torch", False),
        ("python -m venv /v && pip install torch", False),
        ("conda create -n x && pip install torch", False),
        ("conda install torch", False),
    ],
)
def test_into_image(command, expected):
    text = f"FROM pytorch/pytorch\nRUN {command}\n"
    build = build_of(text)
    assert is_into_image(build, build.requests[-1]) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pip install torch==2.8.0", True),
        ("pip install 'torch>=2'", True),
        ("pip install torch -i https://download.pytorch.org/whl/cu128", True),
        ("pip install torch -i https://download.pytorch.org/whl/cpu", False),
        ("pip install torch==2.8.0+cpu", False),
        ("pip install torch -i https://mirror.corp/simple", False),
        ("pip install 'jax[cuda13]'", True),
        ("pip install 'tensorflow[and-cuda]'", True),
        ("pip install tensorflow", False),
    ],
)
def test_brings_cuda(command, expected):
    (request,) = requests(f"RUN {command}\n")
    assert brings_cuda(request) == expected


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("FROM nvidia/cuda:12.8.1-base-ubuntu24.04\n", "nvidia/cuda:12.8.1-base-ubuntu24.04 is an image for GPUs"),
        ("FROM python:3.13\nENV NVIDIA_VISIBLE_DEVICES=all\n", "NVIDIA_VISIBLE_DEVICES is set"),
        ("FROM python:3.13 AS gpu\n", "gpu is called after GPUs"),
        ("FROM python:3.13\nRUN pip install vllm\n", "vllm is installed"),
        ("FROM python:3.13\nRUN pip install torch==2.5.1+cu121\n", "torch is installed in a build for GPUs"),
        ("FROM python:3.13\nRUN pip install torch==2.5.1+cpu focus-gpup\n", None),
        ("FROM python:3.13\nRUN apt-get install -y cuda-toolkit-12-8\n", "cuda-toolkit-12-8 is installed"),
        ("FROM python:3.13\nENV MAX_CPUS=2 FOCUS=1\n", None),
    ],
)
def test_gpu_evidence(text, evidence):
    assert gpu_evidence(build_of(text)) == evidence


def test_versions():
    assert [release(text) for text in ("2.5.1+cu121", "v3", "x", None, "2.5rc1")] == [
        (2, 5, 1),
        (3,),
        None,
        None,
        (2, 5),
    ]
    assert [minor(text) for text in ("2.5.1", "3", None)] == ["2.5", None, None]
    assert [exact(text) for text in ("==2.5.1", "===2.5", "==2.5.*", ">=2", "", None)] == [
        "2.5.1",
        "2.5",
        None,
        None,
        None,
        None,
    ]
    assert [admits(text, "2.0.0") for text in ("<2", ">=1.26", "", "~=1.26", "!!", None)] == [
        False,
        True,
        True,
        False,
        None,
        None,
    ]
