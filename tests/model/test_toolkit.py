"""The CUDA compiler of a stage, and the extensions that are compiled with it."""

import pytest
from helpers import build_of

from dlint.model.toolkit import toolkit_of
from dlint.model.torch_extensions import extension_builds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM nvidia/cuda:12.8.1-cudnn-devel-ubuntu24.04\n", ("nvidia/cuda:12.8.1-cudnn-devel-ubuntu24.04", "12.8")),
        ("FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-devel\n", ("pytorch/pytorch:2.9.1-cuda12.8-cudnn9-devel", "12.8")),
        ("FROM nvidia/cuda:12.8.1-devel-ubuntu24.04 AS a\nFROM a\n", ("nvidia/cuda:12.8.1-devel-ubuntu24.04", "12.8")),
        ("FROM ubuntu:24.04\nRUN apt-get install -y cuda-nvcc-12-6 cuda-cudart-12-6\n", ("cuda-nvcc-12-6", "12.6")),
        ("FROM ubuntu:24.04\nRUN apt-get install -y cuda-13-0\n", ("cuda-13-0", "13.0")),
        ("FROM ubuntu:24.04\nRUN apt-get install -y nvidia-cuda-toolkit\n", ("nvidia-cuda-toolkit", None)),
        ("FROM ubuntu:24.04\nRUN apt-get install -y cuda-nvcc-12-6 cuda-toolkit-13-0\n", ("cuda-nvcc-12-6", None)),
        ("FROM nvidia/cuda:12.8.1-devel-ubuntu24.04\nENV CUDA_HOME=/opt/cuda\n", ("nvidia/cuda:12.8.1-devel-ubuntu24.04", None)),
        ("FROM ubuntu:24.04\nENV CUDA_HOME=/usr/local/cuda-12.6\nRUN apt-get install -y cuda-nvcc-12-6\n", ("cuda-nvcc-12-6", "12.6")),
        ("FROM opensuse/leap:15\nRUN zypper --gpg-auto-import-keys install -y cuda-nvcc-12-6\n", ("cuda-nvcc-12-6", "12.6")),
        ("FROM nvidia/cuda:12.8.1-runtime-ubuntu24.04\nRUN apt-get install -y cuda-libraries-12-8\n", None),
        ("FROM corp/devel\n", None),
    ],
)  # fmt: skip
def test_toolkit(text, expected):
    build = build_of(text)
    found = toolkit_of(build, build.stages[-1])
    assert (found and (found.name, found.version)) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pip install --no-build-isolation flash-attn", [("flash-attn", False)]),
        ("pip install mamba-ssm", [("mamba-ssm", True)]),
        ("PIP_NO_BUILD_ISOLATION=0 pip install mamba-ssm", [("mamba-ssm", False)]),
        ("pip install gsplat detectron2 xformers", []),
        ("pip install git+https://github.com/nerfstudio-project/gsplat.git@v1", [("gsplat", False)]),
        ("pip install https://h/flash_attn-2.8.3-cp312-cp312-linux_x86_64.whl", []),
        ("pip install ./flash_attn-2.8.3-cp312-cp312-linux_x86_64.whl", []),
        ("pip install mmcv --no-index", []),
        ("pip download flash-attn", []),
        ("conda install flash-attn", []),
        ("git clone https://h/NVIDIA/apex && cd apex && python setup.py install", [("apex", False)]),
        ("git clone https://h/NVIDIA/apex && python apex/setup.py --version", []),
        ("git clone https://h/x/y && cd y && python setup.py install", []),
        ("python setup.py", []),
        ("FORCE_CUDA=0 pip install git+https://h/facebookresearch/pytorch3d", []),
    ],
)
def test_extensions(command, expected):
    build = build_of(f"FROM python:3.13\nRUN {command}\n")
    assert [(found.name, found.has_own_torch) for found in extension_builds(build)] == expected
