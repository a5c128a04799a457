"""Report services that need a GPU, of which nothing in the project gives them one."""

from dlint.checks import INFO, WARNING, Report, fix, rule
from dlint.checks.compose._edits import add_key
from dlint.model.compose.evidence import has_gpu_variant
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.service import Service
from dlint.model.role import Role
from dlint.regex import lazy

_CPU = lazy(r"(?i)(?:^|[-_./])cpu(?:$|[-_./])")
_VISIBLE = "NVIDIA_VISIBLE_DEVICES"
_TRIGGERS = (
    "image", "build", "cuda", "gpu", "runtime", "tensor-parallel", "num-shard", "-ngl", "gpu-layers", "mem-fraction",
)  # fmt: skip
# These images serve models on processors too, if they are not told otherwise.
# Images for the GPUs of Jetsons, which only the older way gives.
_JETSON = ("dustynv/", "nvcr.io/nvidia/l4t", "ultralytics/ultralytics:latest-jetson")
_JETSON_LINE = "runtime: nvidia"
_ALSO_ON_CPUS = ("nvcr.io/nvidia/tritonserver",)


@rule("gpu-not-requested", severity=WARNING, looks_at="compose", triggers=_TRIGGERS, fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        if service.gpus:
            _check_runtime(service, report)
        elif not (project.is_test or _is_for_cpus(service) or _may_get_one(service)):
            _check_need(service, report)


def _check_need(service: Service, report: Report) -> None:
    reason = service.needs_gpu
    image = service.image
    if reason is None or (image and image.name in _ALSO_ON_CPUS and reason.node is service.image_node):
        return
    if (service.job is not None and service.role is not Role.TRAINING) or has_gpu_variant(service.project):
        return
    kind = _accelerator(service)
    line = _JETSON_LINE if image is not None and image.name.startswith(_JETSON) else "gpus: all"
    edit = add_key(service, line) if kind != "rocm" else None
    report(
        service.key,
        f"{service.name} gets no GPU, and needs one: {reason.text}",
        advice=_advice(kind, line),
        labels=((reason.node, "needs a GPU"),) if reason.node is not service.key else (),
        fix=fix("unsafe", f"add {line}", edit) if edit else None,
        severity=INFO if service.project.is_development else None,
    )


def _advice(kind: str | None, line: str) -> str:
    if kind == "rocm":
        return "give it the devices of the host's GPUs: devices: [/dev/kfd, /dev/dri]"
    if line == _JETSON_LINE:
        return f"add {line}: a Jetson gives its GPU to containers of that runtime only"
    return "add gpus: all, or reserve devices below deploy.resources (Compose before 2.30)"


def _is_for_cpus(service: Service) -> bool:
    """Whether the service says that it does without a GPU: by its name, its command, or its variables."""
    visible = service.environment.get("CUDA_VISIBLE_DEVICES")
    if visible is not None and (visible.value or "").strip() in ("", "-1", "none", "void"):
        return True
    words = [word.value for word in service.command or ()]
    values = [variable.value or "" for variable in service.environment.values()]
    target = service.build.target if service.build else None
    names = [service.name, target.value or "" if target else "", service.build.name if service.build else ""]
    return any(text.lower() == "cpu" or text.lower().endswith("=cpu") for text in (*words, *values)) or any(
        _CPU.search(name) for name in names
    )


def _accelerator(service: Service) -> str | None:
    target = service.container.target
    return target.root.accelerator if target else None


def _may_get_one(service: Service) -> bool:
    """Whether something that is not read as a request for a GPU may give the service one."""
    if service.project.target == "swarm" or _VISIBLE in service.environment:
        # A daemon whose default runtime is NVIDIA's needs no more than the variable.
        return True
    if any(service.get(key) is not None for key in ("gpus", "runtime", "privileged", "extends", "device_cgroup_rules")):
        return True
    for name in ("devices", "generic_resources"):
        if service.get("deploy", "resources", "reservations", name) is not None:
            return True
    devices = service.get("devices")
    if devices is not None and not (devices.items and all(item.is_known for item in devices.items)):
        return True
    target = service.container.target
    # Jetson's software makes NVIDIA's runtime the default.
    return (target is not None and target.root.family == "l4t") or _has_variant(service)


def _has_variant(service: Service) -> bool:
    """Whether another service runs the same image, and gets a GPU; this one gets none."""
    project = service.project
    with_gpus = project.once(
        "images with gpus", lambda: {_identity(each) for each in project.services.values() if each.gpus}
    )
    return _identity(service) in with_gpus


def _identity(service: Service) -> object:
    build, image = service.build, service.image
    if build is not None and (build.dockerfile or build.context):
        return (build.context, build.dockerfile)
    return image.name if image else service.name


def _check_runtime(service: Service, report: Report) -> None:
    """Report NVIDIA's runtime where nothing says which GPUs it is to give."""
    request = service.gpus[0]
    if len(service.gpus) > 1 or request.how != "runtime" or request.driver != "nvidia":
        return
    target = service.container.target
    if _VISIBLE in service.environment or service.get("env_file") is not None or target is None:
        return
    names, is_complete = target.root.environment()
    if not is_complete or _VISIBLE in names or target.environment.set_value(_VISIBLE) is not None:
        return
    report(
        request.node,
        f"runtime: nvidia gives the GPUs that {_VISIBLE} names, and neither {service.name} nor its image sets it: "
        "the container gets none",
        advice=f"write gpus: all in place of runtime, or set {_VISIBLE}: all",
        severity=INFO,
    )
