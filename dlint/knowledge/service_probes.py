"""Health checks for known images: tests with programs that are in them, and which usual programs are not.

Sources: the images' Dockerfiles, their documentation and their own health checks (collected 2026-11-22). A database
that sets itself up first answers on its socket only, so the tests ask 127.0.0.1. ``$$`` is a dollar
sign that Compose leaves to the container.
"""

# Label of the image (knowledge.compose_services) -> the value of ``test``, as it stands in a file.
PROBES: dict[str, str] = {
    "PostgreSQL": '["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $${POSTGRES_USER:-postgres}"]',
    "MySQL": '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]',
    "MariaDB": '["CMD", "mariadb-admin", "ping", "-h", "127.0.0.1"]',
    "MongoDB": '["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand(\'ping\')"]',
    "Redis": '["CMD", "redis-cli", "ping"]',
    "Valkey": '["CMD", "valkey-cli", "ping"]',
    "RabbitMQ": '["CMD", "rabbitmq-diagnostics", "-q", "ping"]',
    "Qdrant": '["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/6333"]',
    "Milvus": '["CMD", "curl", "-f", "http://localhost:9091/healthz"]',
    "Weaviate": '["CMD", "wget", "-q", "--spider", "http://localhost:8080/v1/.well-known/ready"]',
    "MinIO": '["CMD", "mc", "ready", "local"]',
    "etcd": '["CMD", "etcdctl", "endpoint", "health"]',
    "Neo4j": '["CMD", "wget", "-q", "--spider", "http://localhost:7474"]',
    "ClickHouse": '["CMD", "wget", "-q", "--spider", "http://localhost:8123/ping"]',
    "InfluxDB": '["CMD", "influx", "ping"]',
    "Cassandra": '["CMD", "cqlsh", "-e", "DESCRIBE CLUSTER"]',
    "ZooKeeper": '["CMD", "zkServer.sh", "status"]',
    "vLLM": '["CMD", "curl", "-f", "http://localhost:8000/health"]',
    "TGI": '["CMD", "curl", "-f", "http://localhost:80/health"]',
    "SGLang": '["CMD", "curl", "-f", "http://localhost:30000/health"]',
    "Triton": '["CMD", "curl", "-f", "http://localhost:8000/v2/health/ready"]',
    "Ollama": '["CMD", "ollama", "list"]',
    "MLflow": '["CMD", "python", "-c", "import urllib.request as u; u.urlopen(\'http://localhost:5000/health\')"]',
    "Prometheus": '["CMD", "wget", "-q", "--spider", "http://localhost:9090/-/ready"]',
    "Grafana": '["CMD", "wget", "-q", "--spider", "http://localhost:3000/api/health"]',
}  # fmt: skip

# MongoDB's shell had another name before version 6.
OLD_MONGO = '["CMD", "mongo", "--quiet", "--eval", "db.adminCommand(\'ping\')"]'

# Label of the image -> programs that people call in health checks and that are not in it, and since which major
# version (0: never were).
ABSENT: dict[str, tuple[frozenset[str], int]] = {
    "Ollama": (frozenset({"curl", "wget"}), 0),
    "Qdrant": (frozenset({"curl", "wget"}), 0),
    "Prometheus": (frozenset({"curl"}), 0),
    "MongoDB": (frozenset({"mongo"}), 6),
    "MariaDB": (frozenset({"mysqladmin", "mysql"}), 11),
}
