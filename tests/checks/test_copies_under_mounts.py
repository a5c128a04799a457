"""Data and weights that are copied into an image, where a service mounts something over them."""

import pytest
from helpers import write_file

from dlint.checks.registry import RULES
from dlint.engine.result import FileResult, run_rule
from dlint.engine.settings import SettingsResolver
from dlint.model.build import Build
from dlint.model.invocation import Evidence, Invocation
from dlint.parser.dockerfile import parse
from dlint.text import Source

DATA = "FROM python:3.13-slim\nWORKDIR /app\nCOPY data data\nCMD python train.py\n"
WEIGHTS = "FROM python:3.13-slim\nWORKDIR /app\nCOPY model.safetensors ./\nCMD python main.py\n"


@pytest.mark.parametrize(
    ("rule", "text", "mounts", "message"),
    [
        ("dataset-in-image", DATA, (), "new data means a new image"),
        ("dataset-in-image", DATA, ("/app/logs",), "new data means a new image"),
        ("dataset-in-image", DATA, ("/app/data/raw",), "new data means a new image"),
        ("dataset-in-image", DATA, ("/app/data",), "api mounts something over it"),
        ("dataset-in-image", DATA, ("/app",), "api mounts something over it"),
        ("model-weights-in-image", WEIGHTS, (), "pulled by every new node"),
        ("model-weights-in-image", WEIGHTS, ("/models",), "pulled by every new node"),
        ("model-weights-in-image", WEIGHTS, ("/app",), "api mounts something over them"),
    ],
)
def test_message(rule, text, mounts, message, tmp_path):
    for name in ("data/train.csv", "model.safetensors"):
        with open(write_file(tmp_path, name, "x"), "r+b") as file:
            file.truncate(60_000_000)
    source = Source(text, "Dockerfile")
    invocation = Invocation("Dockerfile", context=str(tmp_path), evidence=Evidence(mounts=mounts, services=("api",)))
    settings = SettingsResolver({"select": (rule,), "isolated": True}).for_file("Dockerfile")
    (found,) = run_rule(
        RULES[rule], Build(parse(source), invocation), source, settings, FileResult("Dockerfile", source)
    )
    assert message in found.message
