"""metrics-target-unknown, with the configuration of Prometheus beside the compose file."""

import os

import pytest
from helpers import write_file

import dlint

PROMETHEUS = """\
services:
  prometheus:
    image: prom/prometheus:v3.5.0
    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
"""
API = "  api:\n    image: registry.example.com/api:1\n    ports: ['9000:8000']\n"


def check(folder, compose, *targets, config=None, name="prometheus.yml"):
    """Return the messages about targets."""
    static = "".join(f"      - targets: ['{target}']\n" for target in targets)
    text = config or f"scrape_configs:\n  - job_name: j\n    static_configs:\n{static}"
    write_file(folder, name, text)
    path = write_file(folder, "compose.yaml", compose)
    found = dlint.check([path], select="metrics-target-unknown", isolated=True, today="2026-11-22")
    assert all(each.location.path == path for each in found)
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("more", "target", "why"),
    [
        ("", "api:8000", "no service is called api"),
        (API, "apl:8000", "no service is called apl"),
        (API, "api:9000", "9000 is a port of the host; in the network api listens on 8000"),
        (API, "localhost:8000", "localhost is the container of prometheus itself, where nothing listens on 8000"),
        (API + "    networks: [other]\nnetworks: {other: {}}\n", "api:8000", "api and prometheus share no network"),
    ],
)
def test_reported(more, target, why, tmp_path):
    assert check(tmp_path, PROMETHEUS + more, target) == [f"prometheus.yml scrapes {target} (job j): {why}"]


@pytest.mark.parametrize(
    ("more", "target"),
    [
        (API, "api:8000"),
        (API, "API:8000"),
        (API, "api:9464"),
        (API, "tasks.api:8000"),
        (API, "shop-api-1:8000"),
        (API, "localhost:9090"),
        (API, "prometheus:9090"),
        (API, "example.com:80"),
        (API, "host.docker.internal:8000"),
        (API + "    expose: [9000]\n", "api:9000"),
        (API + "    container_name: web\n", "web:8000"),
        (API + "    hostname: web\n", "web:8000"),
        (API + "    container_name: ${NAME}\n", "web:8000"),
        (API + "    networks: {default: {aliases: [web]}}\n", "web:8000"),
        (API + "    network_mode: host\n", "api:9000"),
        (API + "networks: {default: {external: true}}\n", "web:8000"),
        (API + "networks: {default: {name: shared}}\n", "web:8000"),
        ("include: [not-there.yaml]\n", "web:8000"),
    ],
)
def test_silent(more, target, tmp_path):
    compose = more + PROMETHEUS if more.startswith("include") else PROMETHEUS + more
    assert check(tmp_path, compose, target) == []


def test_profiles_that_exclude_each_other(tmp_path):
    compose = PROMETHEUS + "    profiles: [a]\n" + API + "    profiles: [b]\n"
    assert check(tmp_path, compose, "api:9000") == []


def test_files_that_are_started_together(tmp_path):
    compose = PROMETHEUS + "networks: {other: {}}\n"
    assert len(check(tmp_path, compose, "web:1")) == 1
    write_file(tmp_path, "docker-compose.web.yml", "services:\n  web:\n    image: registry.example.com/api:1\n")
    os.mkfifo(tmp_path / "compose.fifo.yml")
    assert check(tmp_path, compose, "web:1") == []


def test_a_config_of_compose(tmp_path):
    compose = (
        "services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    configs:\n"
        "      - source: scraping\n        target: /etc/prometheus/prometheus.yml\n"
        "configs:\n  scraping:\n    file: ./own.yml\n"
    )
    assert check(tmp_path, compose, "nobody:1", name="own.yml") == [
        "own.yml scrapes nobody:1 (job j): no service is called nobody"
    ]


def test_servers_without_a_target(tmp_path):
    compose = PROMETHEUS + "  triton:\n    image: nvcr.io/nvidia/tritonserver:25.08-py3\n    command: tritonserver\n"
    (message,) = check(tmp_path, compose, "localhost:9090")
    assert message == "Triton has metrics at triton:8002/metrics, and prometheus.yml does not scrape them"
    assert check(tmp_path, compose, "triton:8002") == []
    discovered = "scrape_configs:\n  - job_name: j\n    dns_sd_configs: []\n"
    assert check(tmp_path, compose, config=discovered) == []


@pytest.mark.parametrize(
    "config",
    [
        "", "[", "- a", "scrape_configs: 1", "scrape_configs: [1, {static_configs: [1, {targets: {a: b}}]}]",
        "scrape_configs: [{static_configs: [{targets: [[], {}, null, '']}]}]", "scrape_configs: {a: b}", "\0", "a: *b",
        "scrape_configs: [{relabel_configs: [{}], static_configs: [{targets: ['web:1']}]}]",
    ],
)  # fmt: skip
def test_any_configuration(config, tmp_path):
    assert check(tmp_path, PROMETHEUS, config=config or "\n") == []


def test_what_is_no_file_of_the_repository(tmp_path):
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    write_file(tmp_path, "outside.yml", "scrape_configs: [{static_configs: [{targets: ['web:1']}]}]")
    os.symlink(tmp_path / "outside.yml", tmp_path / "repo" / "prometheus.yml")
    path = write_file(tmp_path / "repo", "compose.yaml", PROMETHEUS)
    assert dlint.check([path], select="metrics-target-unknown", isolated=True) == []
    os.remove(tmp_path / "repo" / "prometheus.yml")
    os.mkfifo(tmp_path / "repo" / "prometheus.yml")
    assert dlint.check([path], select="metrics-target-unknown", isolated=True) == []
