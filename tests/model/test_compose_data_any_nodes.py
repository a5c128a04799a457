"""Whatever stands in a service, what it stores, opens and hides is told or not, and nothing is raised."""

import random

import pytest
from test_compose_any_nodes import KEYS, make, project_of

from dlint.model.compose.readers import only_read
from dlint.model.compose.topics.exposure import find_exposure
from dlint.model.compose.topics.hidden_files import hidden_files
from dlint.model.compose.topics.host_access import host_access
from dlint.model.compose.topics.model_cache import lost_cache
from dlint.model.compose.topics.secrets import written_secrets
from dlint.model.compose.topics.state import lost_state, mount_of_older_layout


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_raised(seed):
    chance = random.Random(seed)
    images = ("postgres", "redis:8", "ollama/ollama", "vllm/vllm-openai:v0.11.0", "minio/minio", "prom/prometheus")
    project = project_of(
        "".join(f"{'services:' if not i else ''}\n  s{i}:\n    image: {name}" for i, name in enumerate(images))
    )
    for service in project.services.values():
        table = make(chance, 0)
        table.kind = "table"
        table.pairs = [(key, value) for key, value in service.node.pairs]
        for name in chance.sample(KEYS, 12):
            key = make(chance, 0)
            key.kind, key.text = "text", name
            table.pairs.append((key, make(chance, 3)))
        service.node.pairs = table.pairs
        for read in (
            find_exposure,
            hidden_files,
            host_access,
            lost_cache,
            lost_state,
            mount_of_older_layout,
            only_read,
        ):
            read(service)
    written_secrets(project)
