"""Health checks that are advised: they are lines of YAML, for images that are known."""

import pytest
import yaml

from dlint.knowledge.compose_services import SERVICE_IMAGES
from dlint.knowledge.service_probes import ABSENT, OLD_MONGO, PROBES

LABELS = {image.label for image in SERVICE_IMAGES.values()}


@pytest.mark.parametrize("label", list(PROBES))
def test_probe(label):
    assert label in LABELS
    for line in (PROBES[label], OLD_MONGO):
        healthcheck = yaml.safe_load(f"healthcheck: {{test: {line}, start_period: 10m}}")["healthcheck"]
        words = healthcheck["test"]
        assert words[0] in ("CMD", "CMD-SHELL")
        assert all(isinstance(word, str) and word for word in words)
        assert words[0] == "CMD" or len(words) == 2
    # What is advised is not what is missing.
    if label in ABSENT:
        assert words[1] not in ABSENT[label][0] or ABSENT[label][1] > 0


def test_absent():
    assert set(ABSENT) <= LABELS
