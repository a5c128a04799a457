"""Report settings of one machine, or of one search for a bug, in images."""

from dlint.checks import INFO, WARNING, Fix, Report, fix, rule
from dlint.model.build import Build
from dlint.model.environment import in_stages
from dlint.model.pairs import removal
from dlint.model.role import Role
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.expansion import UNKNOWN
from dlint.regex import lazy

_DEVICES = lazy(r"(?:\d+(?:[.:]\d+)?|GPU-[\w-]+|MIG-[\w/-]+)(?:,(?:\d+(?:[.:]\d+)?|GPU-[\w-]+|MIG-[\w/-]+))*\Z")
_ON = lazy(r"(?:1|true|yes|on)\Z")
_LOGGING = lazy(r"(?i:info|trace|abort)\Z")
_INTERFACE = lazy(r"=?[a-z][\w.-]*(?:,[a-z][\w.-]*)*\Z")
_CHOICE = "which GPUs a container gets is decided where it starts"
_SLOW = "it is for finding bugs, and makes everything slower"
_NETWORK = "how GPUs talk to each other depends on the machine"
# Variable: values that are policy, and why.
_POLICIES = {
    "CUDA_VISIBLE_DEVICES": (_DEVICES, _CHOICE),
    "NVIDIA_VISIBLE_DEVICES": (_DEVICES, _CHOICE),
    "CUDA_LAUNCH_BLOCKING": (_ON, _SLOW),
    "TORCH_USE_CUDA_DSA": (_ON, _SLOW),
    "NCCL_DEBUG": (_LOGGING, "every process logs every connection"),
    "NCCL_P2P_DISABLE": (_ON, _NETWORK),
    "NCCL_IB_DISABLE": (_ON, _NETWORK),
    "NCCL_SHM_DISABLE": (_ON, _NETWORK),
    "NCCL_SOCKET_IFNAME": (_INTERFACE, "interfaces have other names on other machines"),
    "TF_FORCE_GPU_ALLOW_GROWTH": (_ON, "how much memory TensorFlow takes is decided where it runs"),
}
_CAPABILITIES = "NVIDIA_DRIVER_CAPABILITIES"
_VENDORS = lazy(
    r"\.dkr\.ecr\.|^public\.ecr\.aws/deep-learning|^gcr\.io/deeplearning|azureml|^us-docker\.pkg\.dev/deeplearning"
)
# Packages that compute on the GPU, and those that decode or encode video on it.
_CUDA_USERS = frozenset({"torch", "tensorflow", "jax", "cupy", "onnxruntime-gpu", "vllm"})
_VIDEO = ("nvidia-dali", "pynvvideocodec", "torchcodec-cuda")


@rule(
    "gpu-policy-baked",
    severity=WARNING,
    triggers=("visible_devices", "launch_blocking", "cuda_dsa", "nccl_", "allow_growth", "driver_capabilities"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    if build.role is Role.DEVELOPMENT:
        return
    for stage in build.runtime_chain:
        if _VENDORS.search(stage.chain[-1].image_text):
            continue
        for step in stage.instructions(ast.Env):
            assert isinstance(step.instruction, ast.Env)
            for index, pair in enumerate(step.instruction.pairs):
                if pair.value is None:
                    continue
                name, value = pair.key.value, build.variables.expand(pair.value, step.environment)
                if name == _CAPABILITIES:
                    _capabilities(build, pair, value, report)
                elif name in _POLICIES and "$" not in pair.value.value and _POLICIES[name][0].match(value):
                    report(
                        pair.span,
                        f"{name}={value} is baked into the image: {_POLICIES[name][1]}",
                        advice=f"set it when the container starts: -e {name}={value}",
                        severity=INFO if name.startswith("TF_") else WARNING,
                        fix=_removed(build, step.instruction, index),
                    )


def _removed(build: Build, instruction: ast.Env, index: int) -> Fix | None:
    span = removal(build.source, instruction, index)
    return fix("unsafe", f"remove {instruction.pairs[index].key.value}", (span, "")) if span else None


def _capabilities(build: Build, pair: ast.KeyValue, value: str, report: Report) -> None:
    """Report capabilities of the driver that the image needs and leaves out."""
    given = {word.strip().lower() for word in value.split(",")}
    if not value or UNKNOWN in value or "$" in value or given & {"all", "none"}:
        return
    assert pair.value is not None
    missing = [] if "compute" in given else ["compute"]
    packages = build.once(
        "packages that ship", lambda: {request.name for request in in_stages(build, build.runtime_chain)}
    )
    video = sorted(name for name in packages if name.startswith(_VIDEO))
    if video and "video" not in given:
        missing.append("video")
    if not missing or (missing == ["compute"] and not _uses_cuda(build, packages)):
        return
    wanted = ",".join(sorted({*given, *missing, "utility"}))
    why = "there is no CUDA without it" if "compute" in missing else f"{video[0]} needs it"
    written = build.source.text[pair.value.start : pair.value.end]
    report(
        pair.span,
        f"{_CAPABILITIES}={value} leaves out {' and '.join(missing)}: {why}",
        advice=f"write {_CAPABILITIES}={wanted}",
        fix=fix("unsafe", f"add {' and '.join(missing)}", (pair.value.span, wanted)) if written == value else None,
    )


def _uses_cuda(build: Build, packages: set[str]) -> bool:
    return bool(packages & _CUDA_USERS) or any(stage.root.accelerator == "cuda" for stage in build.runtime_chain)
