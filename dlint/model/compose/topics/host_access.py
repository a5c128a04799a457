"""What a service can do to the host it runs on."""

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.mounts import Mount
    from dlint.model.compose.service import Service

_SOCKETS = ("docker.sock", "containerd.sock", "podman.sock", "crio.sock")
# Tools that are there to look after the host or its containers.
_TOOLS = (
    "portainer/", "containrrr/watchtower", "nickfedor/watchtower", "amir20/dozzle", "traefik", "nginxproxy/",
    "jwilder/nginx-proxy", "tecnativa/docker-socket-proxy", "lscr.io/linuxserver/socket-proxy", "google/cadvisor",
    "gcr.io/cadvisor/", "ghcr.io/google/cadvisor", "prom/node-exporter", "quay.io/prometheus/node-exporter",
    "datadog/agent", "gcr.io/datadoghq/agent", "grafana/promtail", "grafana/alloy", "grafana/agent", "netdata/netdata",
    "nvcr.io/nvidia/k8s/dcgm-exporter", "nvidia/dcgm-exporter", "docker.elastic.co/beats/", "elastic/filebeat",
    "timberio/vector", "fluent/fluent-bit", "telegraf", "docker:", "moby/buildkit", "gitlab/gitlab-runner",
    "gitea/act_runner", "drone/", "woodpeckerci/", "louislam/", "localstack/localstack", "homeassistant/",
    "ghcr.io/home-assistant/", "crazymax/diun", "otel/opentelemetry-collector", "offen/docker-volume-backup",
    "mcuadros/ofelia", "willfarrell/autoheal", "kindest/node", "rancher/", "tonistiigi/binfmt",
    "multiarch/qemu-user-static", "aquasec/trivy",
)  # fmt: skip
_ALL_CAPABILITIES = frozenset({"ALL", "SYS_ADMIN", "CAP_SYS_ADMIN"})


class Access:
    """One thing a service can do: *text* goes on from its name, *label* names the place.

    *is_grave* says that it is enough to take the host over.
    """

    __slots__ = ("advice", "is_grave", "label", "node", "text")

    def __init__(self, node: Node, text: str, label: str, advice: str, *, is_grave: bool = True) -> None:
        self.node = node
        self.text = text
        self.label = label
        self.advice = advice
        self.is_grave = is_grave


def host_access(service: "Service") -> list[Access]:
    """Return what a service can do to its host beyond what containers can, the worst first.

    Empty for tools that are there for that.
    """
    image = service.image
    if image is not None and f"{image.name}:".startswith(_TOOLS):
        return []
    found = [*_privileged(service), *_sockets(service), *_root(service), *_capabilities(service), *_namespaces(service)]
    return sorted(found, key=lambda access: not access.is_grave)


def _privileged(service: "Service") -> list[Access]:
    flag = service.privileged
    if flag is None or not flag.value:
        return []
    node = service.key_at("privileged") or flag.node
    advice = "leave it out; name what it needs: gpus for GPUs, devices: for a device, cap_add: for one capability"
    return [Access(node, "is privileged: root in it is root of the host", "privileged, too", advice)]


def _sockets(service: "Service") -> list[Access]:
    found = []
    for mount in service.mounts:
        name = _socket(mount)
        if name is not None:
            advice = (
                "leave it out, or let it talk to a proxy of the socket that passes on only what it needs "
                "(tecnativa/docker-socket-proxy); :ro does not hold anyone off"
            )
            text = f"has {name} of the host, with which it can start any container as root"
            found.append(Access(mount.node, text, "the socket", advice))
    return found


def _socket(mount: "Mount") -> str | None:
    source = (mount.source or "").replace("\\", "/")
    return source.rpartition("/")[2] if mount.type == "bind" and source.endswith(_SOCKETS) else None


def _root(service: "Service") -> list[Access]:
    return [
        Access(
            mount.node,
            "may change every file of the host, which is mounted as a whole",
            "all files of the host",
            "mount the folder it needs, and :ro where it only reads",
        )
        for mount in service.mounts
        if mount.type == "bind" and mount.source == "/" and not mount.is_read_only
    ]


def _capabilities(service: "Service") -> list[Access]:
    node = service.get("cap_add")
    found = []
    for item in node.items if node is not None else []:
        if item.kind == "text" and item.text.upper() in _ALL_CAPABILITIES:
            advice = "add the one capability it needs; for GPUs and profilers of CUDA that is none, or SYS_PTRACE"
            text = f"has the capability {item.text}, with which it can take over the host"
            found.append(Access(item, text, "this capability, too", advice))
    return found


def _namespaces(service: "Service") -> list[Access]:
    found = []
    if service.pid is not None and service.pid.value == "host":
        advice = "leave pid: host out"
        text = "sees and may stop every process of the host"
        found.append(Access(service.key_at("pid") or service.pid.node, text, "the processes of the host", advice))
    mode = service.network_mode
    if mode is not None and mode.value == "host":
        advice = "leave network_mode: host out and publish the ports it serves; other services are reached by name"
        without = ", where `ports` has no effect" if service.ports else ""
        text = f"is in the network of the host{without}: all its ports are open there, "
        text += "and nothing keeps it off the host's own"
        node = service.key_at("network_mode") or mode.node
        found.append(Access(node, text, "the network of the host", advice, is_grave=False))
    ipc = service.ipc
    if ipc is not None and ipc.value == "host":
        advice = "set shm_size instead, such as shm_size: 8gb, if it is for shared memory"
        text = "shares the memory segments of the host"
        found.append(Access(service.key_at("ipc") or ipc.node, text, "the memory of the host", advice, is_grave=False))
    return found
