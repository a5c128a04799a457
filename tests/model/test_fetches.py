"""What is fetched while an image is built: weights or data, and where to."""

import pytest
from helpers import build_of

from dlint.model.fetches import read_fetch


def fetched(line):
    """Return kind, name and folder of the first thing a RUN fetches."""
    found = (read_fetch(command) for command in build_of(f"FROM python:3.13\nRUN {line}\n").commands())
    return next(((fetch.kind, fetch.name, fetch.folder) for fetch in found if fetch), None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("hf download a/b", ("model", "a/b", None)),
        ("hf download a/b --revision 1 --local-dir /m", ("model", "a/b", "/m")),
        ("huggingface-cli download --repo-type dataset a/b", ("data", "a/b", None)),
        ("hf download a/b model.safetensors", ("model", "a/b", None)),
        ("hf download a/b config.json", None),
        ("hf download", None),
        ("hf auth login", None),
        ("kaggle datasets download -d a/b", ("data", "a/b", ".")),
        ("kaggle competitions download titanic -p /d", ("data", "titanic", "/d")),
        ("kaggle kernels pull a/b", None),
        ("aws s3 sync s3://b/data /d", ("data", "s3://b/data", "/d")),
        ("aws s3 cp --recursive s3://b/models /m", ("model", "s3://b/models", "/m")),
        ("aws s3 cp s3://b/data/x.csv /d", None),
        ("aws s3 sync /d s3://b/data", None),
        ("gsutil -m cp -r gs://b/data/models /m", None),
        ("gcloud storage cp -r gs://b/raw /raw", ("data", "gs://b/raw", "/raw")),
        ("dvc pull", None),
        ("dvc pull models/a.dvc", ("model", "models/a.dvc", None)),
        ("dvc add data/a", None),
        ("ollama pull llama3.2", ("model", "llama3.2", None)),
        ("python -c 'load_dataset(\"imdb\")'", ("data", "a data set", None)),
        ("python -c 'import torch; torch.hub.load(1, 2)'", ("model", "a model", None)),
        ("python -c 'print(1)'", None),
        ("python fetch.py", None),
        ("wget -P /m https://e.org/a.gguf", ("model", "a.gguf", "/m/a.gguf")),
        ("wget -qO- https://e.org/a.gguf", None),
        ("wget https://e.org/a.bin", None),
    ],
)
def test_fetch(line, expected):
    assert fetched(line) == expected
