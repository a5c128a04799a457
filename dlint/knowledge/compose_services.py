"""Images that people run beside their own: what they are, what they keep, where they listen, who may come in.

Sources: the images' Dockerfiles and documentation on Docker Hub and GitHub (collected 2026-11-22). *login* is
what somebody meets who reaches the port while nothing is configured: ``none`` (everything is open),
``default`` (a user and password that everyone knows), ``required`` (nothing without a password that
was set), or None where that depends on more.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Reference(Protocol):
        """The name of an image, as the model has it (ImageReference)."""

        tag: str | None
        digest: str | None

        @property
        def name(self) -> str:
            """The name people use."""

        @property
        def official(self) -> str | None:
            """The name of an official image."""


class ServiceImage:
    """What is known of an image that runs a service.

    *kind* is ``database``, ``cache``, ``broker``, ``storage``, ``model-server``, ``tracking``, ``monitoring``,
    ``notebook``, ``compute``, ``proxy`` or ``interface``. *data* are the paths whose contents are lost with the
    container unless something is mounted there; *ports* TCP ports it listens on by default, the
    first one the main one; *opens* environment variables and *closes* variables and options of
    which one has to be set for another *login* than the one given.
    """

    __slots__ = ("closes", "data", "has_healthcheck", "kind", "label", "login", "opens", "ports")

    def __init__(
        self,
        kind: str,
        label: str,
        *,
        data: str = "",
        ports: tuple[int, ...] = (),
        login: str | None = None,
        closes: str = "",
        opens: str = "",
        has_healthcheck: bool | None = False,
    ) -> None:
        self.kind = kind
        self.label = label
        self.data = tuple(data.split())
        self.ports = ports
        self.login = login
        self.closes = tuple(closes.split())
        self.opens = tuple(opens.split())
        self.has_healthcheck = has_healthcheck


_POSTGRES = ServiceImage(
    "database", "PostgreSQL", data="/var/lib/postgresql/data", ports=(5432,), login="required",
    opens="POSTGRES_HOST_AUTH_METHOD",
)  # fmt: skip
_POSTGRES_18 = ServiceImage(
    "database", "PostgreSQL", data="/var/lib/postgresql", ports=(5432,), login="required",
    opens="POSTGRES_HOST_AUTH_METHOD",
)  # fmt: skip
_MYSQL = ServiceImage(
    "database", "MySQL", data="/var/lib/mysql", ports=(3306,), login="required", opens="MYSQL_ALLOW_EMPTY_PASSWORD"
)
_PERCONA = ServiceImage(
    "database", "Percona Server", data="/var/lib/mysql", ports=(3306,), login="required",
    opens="MYSQL_ALLOW_EMPTY_PASSWORD",
)  # fmt: skip
_MARIADB = ServiceImage(
    "database", "MariaDB", data="/var/lib/mysql", ports=(3306,), login="required",
    opens="MARIADB_ALLOW_EMPTY_ROOT_PASSWORD MYSQL_ALLOW_EMPTY_PASSWORD",
)  # fmt: skip
_MONGO = ServiceImage(
    "database", "MongoDB", data="/data/db", ports=(27017,), login="none",
    closes="MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_ROOT_USERNAME_FILE --auth --keyFile",
)  # fmt: skip
_REDIS = ServiceImage("cache", "Redis", data="/data", ports=(6379,), login="none", closes="--requirepass --aclfile")
_ELASTICSEARCH = ServiceImage(
    "database", "Elasticsearch", data="/usr/share/elasticsearch/data", ports=(9200, 9300), login="required",
    opens="xpack.security.enabled",
)  # fmt: skip
_QDRANT = ServiceImage(
    "database", "Qdrant", data="/qdrant/storage", ports=(6333, 6334), login="none",
    closes="QDRANT__SERVICE__API_KEY QDRANT__SERVICE__JWT_RBAC",
)  # fmt: skip
_CHROMA = ServiceImage("database", "Chroma", data="/data", ports=(8000,), login="none", has_healthcheck=None,
                       closes="CHROMA_SERVER_AUTHN_PROVIDER CHROMA_SERVER_AUTH_PROVIDER")  # fmt: skip
_MILVUS = ServiceImage("database", "Milvus", data="/var/lib/milvus", ports=(19530, 9091), login="none",
                       closes="COMMON_SECURITY_AUTHORIZATIONENABLED")  # fmt: skip
_WEAVIATE = ServiceImage("database", "Weaviate", data="/var/lib/weaviate", ports=(8080, 50051), login="none",
                         closes="AUTHENTICATION_APIKEY_ENABLED AUTHENTICATION_OIDC_ENABLED")  # fmt: skip
_MINIO = ServiceImage(
    "storage", "MinIO", data="/data", ports=(9000, 9001), login="default",
    closes="MINIO_ROOT_PASSWORD MINIO_ROOT_PASSWORD_FILE MINIO_SECRET_KEY MINIO_SECRET_KEY_FILE",
)  # fmt: skip
_RABBITMQ = ServiceImage("broker", "RabbitMQ", data="/var/lib/rabbitmq", ports=(5672, 15672), login="default",
                         closes="RABBITMQ_DEFAULT_PASS RABBITMQ_DEFAULT_PASS_FILE")  # fmt: skip
_KAFKA = ServiceImage("broker", "Kafka", data="/var/lib/kafka/data", ports=(9092,), login="none", has_healthcheck=None)
_VLLM = ServiceImage("model-server", "vLLM", data="/root/.cache/huggingface", ports=(8000,), login="none",
                     closes="VLLM_API_KEY --api-key")  # fmt: skip
_SGLANG = ServiceImage("model-server", "SGLang", data="/root/.cache/huggingface", ports=(30000,), login="none",
                       closes="--api-key")  # fmt: skip
_TGI = ServiceImage("model-server", "TGI", data="/data", ports=(80,), login="none", closes="API_KEY --api-key")
_TEI = ServiceImage("model-server", "TEI", data="/data", ports=(80,), login="none", closes="API_KEY --api-key")
_OLLAMA = ServiceImage("model-server", "Ollama", data="/root/.ollama", ports=(11434,), login="none")
_LOCALAI = ServiceImage("model-server", "LocalAI", data="/models", ports=(8080,), login="none",
                        closes="API_KEY LOCALAI_API_KEY --api-keys", has_healthcheck=True)  # fmt: skip
_LLAMA_CPP = ServiceImage("model-server", "llama.cpp", ports=(8080,), login="none",
                          closes="LLAMA_API_KEY --api-key --api-key-file", has_healthcheck=None)  # fmt: skip
_TRITON = ServiceImage("model-server", "Triton", ports=(8000, 8001, 8002), login="none")
_TORCHSERVE = ServiceImage("model-server", "TorchServe", ports=(8080, 8081, 8082), login=None)
_TF_SERVING = ServiceImage("model-server", "TensorFlow Serving", ports=(8501, 8500), login="none")
_MLFLOW = ServiceImage("tracking", "MLflow", ports=(5000,), login="none", closes="--app-name MLFLOW_AUTH_CONFIG_PATH")
_PROMETHEUS = ServiceImage("monitoring", "Prometheus", data="/prometheus", ports=(9090,), login="none",
                           closes="--web.config.file")  # fmt: skip
_GRAFANA = ServiceImage(
    "monitoring", "Grafana", data="/var/lib/grafana", ports=(3000,), login="default",
    closes="GF_SECURITY_ADMIN_PASSWORD GF_SECURITY_ADMIN_PASSWORD__FILE",
)  # fmt: skip
_JUPYTER = ServiceImage("notebook", "Jupyter", data="/home/jovyan/work", ports=(8888,), login="required",
                        has_healthcheck=True)  # fmt: skip
_RAY = ServiceImage("compute", "Ray", ports=(8265, 10001, 6379), login="none")
_SPARK = ServiceImage("compute", "Spark", ports=(8080, 7077), login="none")

SERVICE_IMAGES: dict[str, ServiceImage] = {
    "postgres": _POSTGRES, "pgvector/pgvector": _POSTGRES, "postgis/postgis": _POSTGRES, "ankane/pgvector": _POSTGRES,
    "tensorchord/pgvecto-rs": _POSTGRES,
    "timescale/timescaledb": _POSTGRES, "mysql": _MYSQL, "mariadb": _MARIADB, "mongo": _MONGO,
    "redis": _REDIS, "redis/redis-stack": _REDIS, "redis/redis-stack-server": _REDIS,
    "redislabs/redismod": _REDIS, "percona": _PERCONA, "percona/percona-server": _PERCONA,
    "valkey/valkey": ServiceImage("cache", "Valkey", data="/data", ports=(6379,), login="none",
                                  closes="--requirepass --aclfile"),
    "memcached": ServiceImage("cache", "memcached", ports=(11211,), login="none", closes="-S --enable-sasl"),
    "elasticsearch": _ELASTICSEARCH, "docker.elastic.co/elasticsearch/elasticsearch": _ELASTICSEARCH,
    "opensearchproject/opensearch": ServiceImage(
        "database", "OpenSearch", data="/usr/share/opensearch/data", ports=(9200, 9600), login="required",
        opens="DISABLE_SECURITY_PLUGIN plugins.security.disabled"),
    "qdrant/qdrant": _QDRANT, "ghcr.io/qdrant/qdrant/qdrant": _QDRANT,
    "chromadb/chroma": _CHROMA, "ghcr.io/chroma-core/chroma": _CHROMA,
    "milvusdb/milvus": _MILVUS,
    "semitechnologies/weaviate": _WEAVIATE, "cr.weaviate.io/semitechnologies/weaviate": _WEAVIATE,
    "neo4j": ServiceImage("database", "Neo4j", data="/data", ports=(7687, 7474), login="required", opens="NEO4J_AUTH"),
    "clickhouse/clickhouse-server": ServiceImage("database", "ClickHouse", data="/var/lib/clickhouse",
                                                 ports=(8123, 9000)),
    "influxdb": ServiceImage("database", "InfluxDB", data="/var/lib/influxdb2", ports=(8086,)),
    "cassandra": ServiceImage("database", "Cassandra", data="/var/lib/cassandra", ports=(9042,), login="none"),
    "couchdb": ServiceImage("database", "CouchDB", data="/opt/couchdb/data", ports=(5984,), login="required"),
    "quay.io/coreos/etcd": ServiceImage("database", "etcd", ports=(2379, 2380), login="none"),
    "minio/minio": _MINIO, "quay.io/minio/minio": _MINIO,
    "rabbitmq": _RABBITMQ, "apache/kafka": _KAFKA, "confluentinc/cp-kafka": _KAFKA,
    "zookeeper": ServiceImage("broker", "ZooKeeper", data="/data /datalog", ports=(2181,), login="none"),
    "nats": ServiceImage("broker", "NATS", ports=(4222, 8222), login="none", closes="--user --auth -c --config"),
    "eclipse-mosquitto": ServiceImage("broker", "Mosquitto", data="/mosquitto/data", ports=(1883,)),
    "vllm/vllm-openai": _VLLM, "vllm/vllm-openai-rocm": _VLLM, "lmsysorg/sglang": _SGLANG,
    "rocm/vllm": _VLLM, "nvcr.io/nvidia/vllm": _VLLM,
    "ghcr.io/huggingface/text-generation-inference": _TGI, "ghcr.io/huggingface/text-embeddings-inference": _TEI,
    "ollama/ollama": _OLLAMA, "localai/localai": _LOCALAI, "quay.io/go-skynet/local-ai": _LOCALAI,
    "ghcr.io/ggml-org/llama.cpp": _LLAMA_CPP, "ghcr.io/ggerganov/llama.cpp": _LLAMA_CPP,
    "nvcr.io/nvidia/tritonserver": _TRITON, "pytorch/torchserve": _TORCHSERVE,
    "tensorflow/serving": _TF_SERVING,
    "ghcr.io/mlflow/mlflow": _MLFLOW, "prom/prometheus": _PROMETHEUS, "quay.io/prometheus/prometheus": _PROMETHEUS,
    "prom/alertmanager": ServiceImage("monitoring", "Alertmanager", data="/alertmanager", ports=(9093,), login="none",
                                      closes="--web.config.file"),
    "prom/pushgateway": ServiceImage("monitoring", "Pushgateway", ports=(9091,), login="none"),
    "prom/node-exporter": ServiceImage("monitoring", "node-exporter", ports=(9100,), login="none"),
    "gcr.io/cadvisor/cadvisor": ServiceImage("monitoring", "cAdvisor", ports=(8080,), login="none",
                                             has_healthcheck=True),
    "nvcr.io/nvidia/k8s/dcgm-exporter": ServiceImage("monitoring", "dcgm-exporter", ports=(9400,), login="none",
                                                     has_healthcheck=None),
    "grafana/grafana": _GRAFANA, "grafana/grafana-oss": _GRAFANA, "grafana/grafana-enterprise": _GRAFANA,
    "grafana/loki": ServiceImage("monitoring", "Loki", data="/loki", ports=(3100,), login="none"),
    "jaegertracing/all-in-one": ServiceImage("monitoring", "Jaeger", ports=(16686, 4317, 4318), login="none"),
    "rayproject/ray": _RAY, "rayproject/ray-ml": _RAY, "apache/spark": _SPARK, "spark": _SPARK,
    "ghcr.io/dask/dask": ServiceImage("compute", "Dask", ports=(8786, 8787), login="none"),
    "daskdev/dask": ServiceImage("compute", "Dask", ports=(8786, 8787), login="none"),
    "tensorflow/tensorflow": ServiceImage("notebook", "TensorFlow", has_healthcheck=None),
    "traefik": ServiceImage("proxy", "Traefik", ports=(80, 443)),
    "nginx": ServiceImage("proxy", "nginx", ports=(80,)), "httpd": ServiceImage("proxy", "httpd", ports=(80,)),
    "caddy": ServiceImage("proxy", "Caddy", data="/data", ports=(80, 443)),
    "haproxy": ServiceImage("proxy", "HAProxy"),
    "adminer": ServiceImage("interface", "Adminer", ports=(8080,), login="required"),
    "registry": ServiceImage("storage", "registry", data="/var/lib/registry", ports=(5000,), login="none",
                             closes="REGISTRY_AUTH"),
    "ghcr.io/open-webui/open-webui": ServiceImage("interface", "Open WebUI", data="/app/backend/data", ports=(8080,),
                                                  login="required", opens="WEBUI_AUTH", has_healthcheck=True),
    "heartexlabs/label-studio": ServiceImage("interface", "Label Studio", data="/label-studio/data", ports=(8080,),
                                             login="required"),
    "n8nio/n8n": ServiceImage("interface", "n8n", data="/home/node/.n8n", ports=(5678,), login="required"),
    "docker.n8n.io/n8nio/n8n": ServiceImage("interface", "n8n", data="/home/node/.n8n", ports=(5678,),
                                            login="required"),
    "ghcr.io/berriai/litellm": ServiceImage("proxy", "LiteLLM", ports=(4000,), login="none",
                                            closes="LITELLM_MASTER_KEY", has_healthcheck=None),
}  # fmt: skip

# Images whose ENTRYPOINT takes the command as its arguments: what runs in the end. Those of the Dockerfile's
# side are in knowledge.servers.
_ENTRYPOINTS: dict[str, tuple[str, ...]] = {
    "prom/prometheus": ("prometheus",), "quay.io/prometheus/prometheus": ("prometheus",),
    "minio/minio": ("minio",), "quay.io/minio/minio": ("minio",), "ghcr.io/berriai/litellm": ("litellm",),
    "tensorflow/serving": ("tensorflow_model_server",), "vllm/vllm-openai-rocm": ("vllm", "serve"),
}  # fmt: skip
# Images whose entrypoint script puts a program before a command that begins with an option.
_PROGRAMS = {
    "postgres": "postgres", "pgvector/pgvector": "postgres", "postgis/postgis": "postgres",
    "timescale/timescaledb": "postgres", "mysql": "mysqld", "mariadb": "mariadbd", "mongo": "mongod",
    "redis": "redis-server", "valkey/valkey": "valkey-server", "memcached": "memcached", "traefik": "traefik",
    "haproxy": "haproxy", "grafana/loki": "loki", "prom/alertmanager": "alertmanager", "caddy": "caddy",
    "prom/node-exporter": "node_exporter", "gcr.io/cadvisor/cadvisor": "cadvisor", "localai/localai": "local-ai",
}  # fmt: skip
# Images of PostgreSQL whose tags name its release.
_POSTGRES_BASES = frozenset({"postgres", "pgvector/pgvector"})
_JUPYTER_IMAGES = ("jupyter/", "quay.io/jupyter/")


def known_image(reference: "Reference | None") -> ServiceImage | None:
    """Return what is known of an image; None for the others."""
    if reference is None:
        return None
    name = reference.official or reference.name
    if name.startswith(_JUPYTER_IMAGES) and name.endswith("-notebook"):
        return _JUPYTER
    image = SERVICE_IMAGES.get(name)
    if image is _POSTGRES and name in _POSTGRES_BASES:
        # postgres:18-alpine, pgvector:0.8.1-pg18; a tag without a number is the newest release.
        numbers = [part.removeprefix("pg").partition(".")[0] for part in (reference.tag or "").split("-")]
        major = next((int(number) for number in reversed(numbers) if number.isascii() and number.isdigit()), None)
        if name == "postgres":
            major = int(numbers[0]) if numbers[0].isascii() and numbers[0].isdigit() else None
        if (major is None and name == "postgres" and not reference.digest) or (major is not None and 18 <= major < 100):
            return _POSTGRES_18
    return image


def image_entrypoint(name: str, tag: str, first: str = "") -> tuple[str, ...]:
    """Return the words an image puts before the command it is given; empty where it runs the command itself.

    *first* is the first word of the command.
    """
    from dlint.knowledge.servers import SERVER_IMAGES

    if name.endswith("/llama.cpp"):
        return ("llama-server",) if tag.startswith("server") else ()
    if first.startswith("-") and name in _PROGRAMS:
        return (_PROGRAMS[name],)
    return SERVER_IMAGES[name][0] if name in SERVER_IMAGES else _ENTRYPOINTS.get(name, ())
