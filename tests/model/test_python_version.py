"""Which Python a package is installed for."""

import pytest
from helpers import build_of

from dlint.model.python_version import python_for


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("FROM python:3.12-slim\nRUN pip install torch\n", "3.12"),
        ("FROM python:3\nRUN pip install torch\n", None),
        ("FROM debian:12\nRUN pip install torch\n", None),
        ("FROM public.ecr.aws/lambda/python:3.11\nRUN pip install torch\n", "3.11"),
        ("FROM python:3.12-slim\nRUN python3.11 -m pip install torch\n", "3.11"),
        ("FROM python:3.12-slim\nRUN /usr/local/bin/pip3.12 install torch\n", "3.12"),
        ("FROM python:3.12-slim\nRUN uv pip install --python 3.10 torch\n", "3.10"),
        ("FROM python:3.12-slim\nRUN uv pip install --python=/venv torch\n", None),
        ("FROM python:3.12-slim\nENV UV_PYTHON=3.11\nRUN uv pip install torch\n", "3.11"),
        ("FROM python:3.12-slim\nRUN uv venv -p 3.12 && uv pip install torch\n", "3.12"),
        ("FROM python:3.12-slim\nRUN uv venv -p 3.11 && uv pip install torch\n", None),
        ("FROM debian:12\nRUN uv venv --python=3.11.4 && uv pip install torch\n", "3.11"),
        ("FROM debian:12\nRUN uv python install 3.11 3.12 && uv pip install torch\n", None),
        ("FROM debian:12\nRUN uv python install && uv pip install torch\n", None),
        ("FROM debian:12\nRUN pyenv install 3.10.9 && pip install torch\n", "3.10"),
        ("FROM debian:12\nRUN apt-get install -y python3-pip && pip3 install torch\n", "3.11"),
        ("FROM debian:12\nRUN apt-get install -y python3-pip && uv pip install --system torch\n", None),
        ("FROM debian:12\nRUN apt-get install -y python3-pip && ./setup.sh && pip3 install torch\n", None),
        ("FROM debian:sid\nRUN apt-get install -y python3-pip && pip3 install torch\n", None),
        ("FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get install -y python3-pip && pip install torch\n", "3.10"),
        ("FROM ubuntu:22.04\nRUN apt-get install -y python3.11-dev && pip install torch\n", "3.11"),
        ("FROM ubuntu:22.04\nRUN apt-get install -y python3.11 python3.12 && pip install torch\n", None),
        ("FROM continuumio/miniconda3\nRUN conda install python=3.11 && pip install torch\n", "3.11"),
        ("FROM continuumio/miniconda3\nRUN conda env create -f e.yml && pip install torch\n", None),
        (
            "FROM continuumio/miniconda3\nRUN conda create -n a python=3.9\nRUN conda run -n a pip install torch\n",
            "3.9",
        ),
        ("FROM continuumio/miniconda3\nRUN conda create -n a python=3.9\nRUN pip install torch\n", None),
        (
            'FROM continuumio/miniconda3\nRUN conda create -n a python=3.9\nSHELL ["conda", "run", "-n", "a", "sh", "-c"]\nRUN pip install torch\n',
            "3.9",
        ),
    ],
)
def test_python(text, python):
    build = build_of(text)
    request = next(request for request in build.requests if request.name == "torch")
    assert python_for(build, request) == python
