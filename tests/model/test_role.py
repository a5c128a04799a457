"""What an image is for."""

import pytest
from helpers import build_of


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('FROM a\nCMD ["uvicorn", "app:app"]\n', "serving"),
        ("FROM a\nCMD uvicorn app:app --host 0.0.0.0\n", "serving"),
        ('FROM a\nCMD ["python", "-m", "vllm.entrypoints.openai.api_server"]\n', "serving"),
        ('FROM a\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["gunicorn", "app:app"]\n', "serving"),
        ('FROM a\nCMD ["python", "train.py"]\n', "training"),
        ('FROM a\nCMD ["torchrun", "--nproc_per_node=8", "main.py"]\n', "training"),
        ('FROM a\nCMD ["jupyter", "lab"]\n', "notebook"),
        ("FROM jupyter/scipy-notebook\n", "notebook"),
        ('FROM a\nCMD ["python", "app.py"]\n', "unknown"),
        ('FROM a\nCMD ["bash"]\n', "development"),
        ("FROM a\n", "unknown"),
        ("FROM a\nHEALTHCHECK CMD curl -f http://localhost/\nCMD x\n", "serving"),
        ("FROM a AS dev\n", "development"),
    ],
)
def test_role(text, role):
    assert build_of(text).role.value == role


@pytest.mark.parametrize(
    "path", [".devcontainer/Dockerfile", "ci/Dockerfile", "docker/Dockerfile.dev", "tests/Dockerfile"]
)
def test_paths_of_development(path):
    assert build_of("FROM a\n", project_path=path).role.value == "development"
