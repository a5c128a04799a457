"""What a service's processes pass to each other through /dev/shm, and how much of it they have."""

from dlint.model.compose.purpose import Reason
from dlint.model.compose.topics.parallel import parallelism_of, reserved_gpus
from dlint.model.role import Role

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.compose.service import Service

_WORKERS = ("--num_workers", "--num-workers", "--workers", "--dataloader_num_workers", "--dataloader-num-workers", "-j")
# Packages whose data loaders and process groups are PyTorch's.
_TORCH = frozenset({
    "torch", "torchvision", "lightning", "pytorch-lightning", "transformers", "accelerate", "deepspeed", "timm",
    "ultralytics", "sentence-transformers", "diffusers", "peft", "trl", "fastai", "detectron2", "mmengine", "axolotl",
    "unsloth", "llamafactory", "monai", "pytorch-ignite", "composer", "mosaicml",
})  # fmt: skip
_SHARDING = "text-generation-launcher"


def needs_shared_memory(service: "Service") -> Reason | None:
    """Return what says that processes of a service pass tensors through /dev/shm; None where nothing surely does.

    Data loaders of PyTorch do it with more than one process, NCCL among the GPUs of one machine, and Ray with
    whatever tasks return.
    """
    ray = _starts_ray(service)
    if ray is not None:
        return ray
    if not service.gpus:
        return None
    split = parallelism_of(service)
    if split is not None and split.number >= 2:
        options = " and ".join(f"{name} {number}" for name, number in split.parts)
        return Reason(f"{split.program} runs with {options}", split.place)
    server = service.server
    if server is not None:
        reserved = reserved_gpus(service)
        if server.name == _SHARDING and split is None and reserved is not None and reserved[0] >= 2:
            return Reason(f"it divides the model among {reserved[0]} GPUs", reserved[1].node)
        return None
    if service.role is Role.TRAINING and not _loads_in_one_process(service) and _may_use_torch(service):
        job = service.job
        return Reason(job.text, job.node) if job is not None else Reason("it trains a model", service.key)
    return _by_image(service)


def _starts_ray(service: "Service") -> Reason | None:
    """Return that a service is a node of Ray: it keeps objects in /dev/shm, or slowly in /tmp if that is small."""
    for command in service.started:
        if command.name == "ray" and command.values()[:1] == ["start"]:
            return Reason("Ray keeps its objects there", service.place(command) or service.key)
    return None


def _by_image(service: "Service") -> Reason | None:
    """Return that the image is NVIDIA's for training with PyTorch, which warns of 64 MB itself when it starts."""
    target = service.container.target
    root = target.root if target else None
    if root is None or root.family != "ngc" or root.framework is None or root.framework[0] != "torch":
        return None
    if service.ports or service.role is Role.SERVING or _loads_in_one_process(service):
        return None
    node = service.image_node if service.build is None else service.build.dockerfile_node or service.build.node
    return Reason(
        f"it runs in {root.reference.text}" if root.reference else "it runs in an image of NGC", node or service.key
    )


def _loads_in_one_process(service: "Service") -> bool:
    words = [word.value for word in service.command or ()]
    for name, following in zip(words, [*words[1:], ""], strict=False):
        option, equals, value = name.partition("=")
        if option in _WORKERS and (value if equals else following) == "0":
            return True
    return False


def _may_use_torch(service: "Service") -> bool:
    """Whether PyTorch may do the training: it is asked for, or what is installed cannot be seen."""
    built = service.built
    target = built.target if built else None
    if built is None or target is None or target.root.framework is not None:
        return target is None or target.root.framework is None or target.root.framework[0] == "torch"
    names = {request.name for request in built.requests}
    return not names or bool(names & _TORCH)


def has_shared_memory(service: "Service") -> bool:
    """Whether a service says something of /dev/shm, in whatever form, or may get it from elsewhere."""
    if service.get("shm_size") is not None or service.get("ipc") is not None or service.get("extends") is not None:
        return True
    return service.has_hidden_mounts or service.mount_at("/dev/shm") is not None
