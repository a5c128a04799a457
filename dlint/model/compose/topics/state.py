"""What a service stores inside its container, where nothing keeps it."""

import posixpath

from dlint.knowledge.compose_services import ServiceImage
from dlint.model.compose.purpose import known_service_image
from dlint.model.compose.topics.waiting import NO_VERSION, major_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.mounts import Mount
    from dlint.model.compose.service import Service

_KINDS = frozenset({"database", "storage", "tracking", "monitoring", "notebook", "interface"})
# What these store is of use for hours, or belongs to others.
_PASSING = ("Alertmanager",)
# Variables that put what an image stores elsewhere: in a database of another service.
_ELSEWHERE = {
    "Grafana": ("GF_DATABASE_URL", "GF_DATABASE_TYPE", "GF_DATABASE_HOST"), "Open WebUI": ("DATABASE_URL",),
    "n8n": ("DB_TYPE",), "Label Studio": ("DJANGO_DB", "DATABASE_URL", "POSTGRE_HOST"),
    "registry": ("REGISTRY_STORAGE_S3_BUCKET", "REGISTRY_STORAGE", "REGISTRY_PROXY_REMOTEURL"),
    "Milvus": ("MINIO_ADDRESS", "ETCD_ENDPOINTS"),
}  # fmt: skip
# Variables and options that name the path.
_NAMED_BY = {
    "PostgreSQL": ("PGDATA",), "MongoDB": ("--dbpath",), "MySQL": ("--datadir",), "MariaDB": ("--datadir",),
    "Prometheus": ("--storage.tsdb.path",), "Grafana": ("GF_PATHS_DATA",), "Qdrant": ("QDRANT__STORAGE__STORAGE_PATH",),
    "Chroma": ("PERSIST_DIRECTORY", "CHROMA_PERSIST_PATH"), "Weaviate": ("PERSISTENCE_DATA_PATH",),
    "Loki": ("-config.file", "--config.file"), "Open WebUI": ("DATA_DIR",),
    "Label Studio": ("LABEL_STUDIO_BASE_DATA_DIR",),
    "n8n": ("N8N_USER_FOLDER",), "Elasticsearch": ("path.data",),
}  # fmt: skip
# Older releases of these keep it elsewhere.
_OLDER = {"Chroma": ("/chroma",), "InfluxDB": ("/var/lib/influxdb",)}
# What is mounted below the path and is no state.
_NO_STATE = frozenset({"dashboards", "plugins", "provisioning", "initdb"})
_POSTGRES_OLD = "/var/lib/postgresql/data"
_POSTGRES_NEW = "/var/lib/postgresql"


class State:
    """What a service stores at a *path* of the container, called by *label*; *what* is a word for it."""

    __slots__ = ("is_rebuilt", "label", "path", "what")

    def __init__(self, label: str, path: str, what: str, *, is_rebuilt: bool = False) -> None:
        self.label = label
        self.path = path
        self.what = what
        self.is_rebuilt = is_rebuilt
        """Whether files that are mounted make most of it anew at each start."""


def lost_state(service: "Service") -> State | None:
    """Return what a service loses with its container; None where it is kept, stored elsewhere, or unknown."""
    if service.has_hidden_mounts or service.job is not None:
        return None
    server = service.server
    if server is not None and server.name == "mlflow":
        return _mlflow(service)
    image = known_service_image(service)
    if image is None or (service.build is not None and server is not None):
        return None
    path = _path(service, image)
    if path is None or _is_kept(service, image, path):
        return None
    is_rebuilt = image.label == "Grafana" and any("provisioning" in mount.target for mount in service.mounts)
    return State(image.label, path, _WHAT.get(image.label, "data"), is_rebuilt=is_rebuilt)


_WHAT = {"Prometheus": "history", "Loki": "logs", "Jupyter": "notebooks", "MinIO": "objects", "registry": "images"}


def _path(service: "Service", image: ServiceImage) -> str | None:
    """Return where an image stores what should be kept, None where nothing or nobody knows."""
    if image.label in _PASSING or any(name in service.environment for name in _ELSEWHERE.get(image.label, ())):
        return None
    if image.label == "InfluxDB" and not (service.image and (service.image.tag or "").startswith("2")):
        return None
    if image.kind == "cache":
        return image.data[0] if image.data and _appends(service) else None
    if image.label == "MinIO":
        return _minio(service)
    if image.kind not in _KINDS or not image.data:
        return None
    named = _named(service, _NAMED_BY.get(image.label, ()))
    if named is not None:
        return named if named.startswith("/") and image.label != "Loki" else None
    return image.data[0]


def _named(service: "Service", names: tuple[str, ...]) -> str | None:
    """Return what an option or a variable says; an empty text where it is hidden."""
    words = [word.value for word in service.command or ()]
    for name in names:
        if not name.startswith("-"):
            variable = service.environment.get(name)
            if variable is not None:
                return variable.value or ""
            continue
        for place, word in enumerate(words):
            if word == name:
                return words[place + 1] if place + 1 < len(words) else ""
            if word.startswith(name + "="):
                return word[len(name) + 1 :]
    return None


def _appends(service: "Service") -> bool:
    """Whether Redis is told to keep what it holds."""
    words = [word.value.lower() for word in service.command or ()]
    return "--appendonly" in words[:-1] and words[words.index("--appendonly") + 1] == "yes"


def _minio(service: "Service") -> str | None:
    words = [word.value for word in service.command or ()]
    if "server" not in words:
        return None
    operands = [word for word in words[words.index("server") + 1 :] if not word.startswith("-")]
    return operands[0] if operands and operands[0].startswith("/") and "{" not in operands[0] else None


def _is_kept(service: "Service", image: ServiceImage, path: str) -> bool:
    """Whether something is mounted over the path, or over the part of it that counts."""
    older = _OLDER.get(image.label, ())
    if image.label == "Chroma" and 1 <= major_of(service) < NO_VERSION:
        older = ()
    roots = (path, *older)
    if image.kind == "notebook" and any(mount.is_persistent for mount in service.mounts):
        return True
    return any(_keeps(mount, root) for mount in service.mounts for root in roots)


def _keeps(mount: "Mount", path: str) -> bool:
    if mount.covers(path):
        return True
    target = posixpath.normpath(mount.target)
    # Some keep a part below it: /data/db, /var/lib/postgresql/data/pgdata, one file of a database.
    return target.startswith(path.rstrip("/") + "/") and posixpath.basename(target) not in _NO_STATE


# MLflow ----------------------------------------------------------------------------------

_STORES = ("--backend-store-uri", "MLFLOW_BACKEND_STORE_URI", "MLFLOW_TRACKING_URI")


def _mlflow(service: "Service") -> State | None:
    server = service.server
    if server is None or not any(word.value in ("server", "ui") for word in server.command.arguments[:2]):
        return None
    uri = _option(service, _STORES[0])
    for name in _STORES[1:]:
        variable = service.environment.get(name)
        if uri is None and variable is not None:
            uri = variable.value or ""
    target = service.container.target
    if uri is None and target is not None and any(target.environment.set_value(name) for name in _STORES[1:]):
        return None
    scheme, sign, rest = (uri or "").partition("://")
    if uri == "" or (sign and scheme not in ("sqlite", "file")):
        return None
    path = "mlruns" if uri is None else rest.removeprefix("/") if scheme == "sqlite" else rest if sign else uri
    mounts = [mount for mount in service.mounts if mount.is_persistent]
    if not path.startswith("/"):
        workdir = _workdir(service)
        if workdir is None:
            return None if mounts else State("MLflow", path, "runs")
        path = posixpath.normpath(posixpath.join(workdir, path))
    folder = posixpath.dirname(path) if scheme == "sqlite" else path
    if any(mount.covers(path) or _keeps(mount, folder) for mount in mounts):
        return None
    return State("MLflow", folder if folder != "/" else path, "runs")


def _option(service: "Service", name: str) -> str | None:
    server = service.server
    words = server.command.arguments if server else ()
    for place, word in enumerate(words):
        if word.value == name:
            following = words[place + 1] if place + 1 < len(words) else None
            return following.value if following is not None and following.is_literal else ""
        if word.value.startswith(name + "="):
            return word.value[len(name) + 1 :] if word.is_literal else ""
    return None


def _workdir(service: "Service") -> str | None:
    own = service.text("working_dir")
    if own is not None:
        return own.value
    target = service.container.target
    return target.workdir if target is not None and service.build is not None else None


# PostgreSQL 18 ---------------------------------------------------------------------------


def mount_of_older_layout(service: "Service") -> "Mount | None":
    """Return the mount with which PostgreSQL 18 does not start: that of the folder older releases used."""
    image = known_service_image(service)
    reference = service.image
    if service.build is not None or image is None or reference is None or reference.official != "postgres":
        return None
    if image.data != (_POSTGRES_NEW,) or "PGDATA" in service.environment or service.has_hidden_mounts:
        return None
    found = service.mount_at(_POSTGRES_OLD)
    return found if found is not None and posixpath.normpath(found.target) == _POSTGRES_OLD else None
