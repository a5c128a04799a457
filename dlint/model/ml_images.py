"""Images of machine learning: CUDA, frameworks, servers, notebooks; what their names say.

Sources: the tag grammars in the projects' Dockerfiles and release pages (read 2026-08): NVIDIA container
wiki, pytorch/pytorch, AWS deep learning containers, ROCm, Hugging Face, vLLM, SGLang, jupyter/docker-stacks.
"""

from dlint import regex
from dlint.model.base_image import (
    DISTRIBUTIONS,
    cuda_of,
    named,
    python_of,
    read_distribution,
    repository,
    version_of,
)
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.base_image import BaseImage, Family

_CUDA_TAG = lazy(
    r"(\d+\.\d+(?:\.\d+)?)-(?:(?:cudnn\d*|tensorrt)-)?(base|runtime|devel)(?:-cudnn\d*)?"
    r"-(ubuntu|ubi|rockylinux|amzn|cm|azl|opensuse|suse|oraclelinux|centos|debian)(\d+(?:\.\d+)?)"
)
_CUDA_WITHOUT_OS = lazy(r"(\d+\.\d+(?:\.\d+)?)(?:-(?:cudnn\d*-)?(base|runtime|devel))?\b")
_PYTORCH_TAG = lazy(r"(\d+\.\d+(?:\.\d+)?)-cuda(\d+\.\d+)-cudnn\d+-(runtime|devel)\Z")
_AWS_TAG = lazy(r"(\d+\.\d+(?:\.\d+)?)-.*\b(cpu|gpu)\b")
_AWS_BASE = lazy(r"(runtime|devel)-cu\d+")
_ROCM_FRAMEWORK = lazy(r"(?:pytorch_(?:release_)?|tf)(\d+\.\d+(?:\.\d+)?)")
_L4T_CUDA = lazy(r"(\d+\.\d+(?:\.\d+)?)-(base|runtime|devel)\b")
_CPU_WORD = lazy(r"(^|-)cpu($|-)")

# Framework images of NGC, and the distribution they bring.
_NGC_FRAMEWORKS = {"pytorch": "torch", "tensorflow": "tensorflow", "jax": "jax", "nemo": "torch"}


def _last(image: "BaseImage") -> str:
    """Return the last part of the repository."""
    assert image.reference is not None
    return image.reference.repository.rpartition("/")[2]


def _framework_in(name: str) -> str | None:
    """Return the framework an image is called after."""
    if "pytorch" in name or name.endswith("-ml"):
        return "torch"
    return "tensorflow" if "tensorflow" in name else None


def _read_cuda(image: "BaseImage", tag: str) -> None:
    image.family, image.accelerator, image.user = "cuda", "cuda", "root"
    match = _CUDA_TAG.match(tag)
    if match:
        image.cuda, image.flavour = match[1], match[2]
        image.os, image.os_version = DISTRIBUTIONS.get(match[3]), match[4]
    else:
        loose = _CUDA_WITHOUT_OS.match(tag)
        if loose:
            image.cuda, image.flavour = loose[1], loose[2]
        read_distribution(image, tag)
    if image.flavour:
        image.cudnn = "cudnn" in tag


def _read_pytorch(image: "BaseImage", tag: str) -> None:
    image.family, image.accelerator, image.os = "pytorch", "cuda", "ubuntu"
    match = _PYTORCH_TAG.match(tag)
    if match:
        image.cuda, image.flavour, image.cudnn = match[2], match[3], True
    image.framework = ("torch", match[1] if match else None)


def _read_torchserve(image: "BaseImage", tag: str) -> None:
    image.family, image.os, image.framework = "torchserve", "ubuntu", ("torch", None)
    image.accelerator = "cuda" if "gpu" in tag.split("-") else None


def _read_ngc(image: "BaseImage", tag: str) -> None:
    image.family, image.accelerator, image.os = "ngc", "cuda", "ubuntu"
    framework = _NGC_FRAMEWORKS.get(_last(image))
    if framework:
        # NVIDIA builds its own, so the version is none of the ones on PyPI.
        image.framework = (framework, None)


def _read_l4t(image: "BaseImage", tag: str) -> None:
    image.family, image.accelerator, image.os = "l4t", "cuda", "ubuntu"
    match = _L4T_CUDA.match(tag) if _last(image) == "l4t-cuda" else None
    if match:
        image.cuda, image.flavour = match[1], match[2]
    framework = _framework_in(_last(image))
    if framework:
        image.framework = (framework, None)


def _read_rocm(image: "BaseImage", tag: str) -> None:
    assert image.reference is not None
    image.family, image.accelerator, image.os = "rocm", "rocm", None
    match = regex.search(r"ubuntu[-_]?(\d\d\.\d\d)", f"{image.reference.repository}:{tag}")
    if match:
        image.os, image.os_version = "ubuntu", match[1]
    image.python = python_of(tag)
    name = _last(image)
    framework = "vllm" if name == "vllm" else _framework_in(name)
    if framework:
        version = _ROCM_FRAMEWORK.search(tag)
        image.framework = (framework, version[1] if version else None)


def _read_tensorflow(image: "BaseImage", tag: str) -> None:
    image.family, image.os = "tensorflow", "ubuntu"
    image.accelerator = "cuda" if "gpu" in tag.split("-") else None
    image.framework = ("tensorflow", version_of(tag))


def _read_tensorflow_serving(image: "BaseImage", tag: str) -> None:
    image.family, image.os = "tensorflow-serving", "ubuntu"
    words = tag.split("-")
    image.accelerator = "cuda" if "gpu" in words else None
    image.flavour = "devel" if "devel" in words else None


def _read_aws(image: "BaseImage", tag: str) -> None:
    """AWS deep learning containers: ``pytorch-training:2.5.1-gpu-py311-cu124-ubuntu22.04-ec2``."""
    image.family = "aws-dlc"
    read_distribution(image, tag)
    image.cuda, image.python = cuda_of(tag), python_of(tag)
    image.accelerator = "cuda" if image.cuda else None
    name = _last(image)
    base = _AWS_BASE.match(tag) if name == "base" else None
    if base:
        image.flavour = base[1]
    match = _AWS_TAG.match(tag)
    framework = _framework_in(name)
    if match and framework:
        image.framework = (framework, match[1])


def _read_vllm(image: "BaseImage", tag: str) -> None:
    image.family, image.accelerator, image.os = "vllm", "cuda", "ubuntu"
    image.framework = ("vllm", version_of(tag))


def _read_sglang(image: "BaseImage", tag: str) -> None:
    image.family, image.os, image.cuda = "sglang", "ubuntu", cuda_of(tag)
    words = tag.split("-")
    image.accelerator = "rocm" if any(word.startswith("rocm") for word in words) else "cuda"
    image.framework = ("sglang", version_of(tag))


def _read_text_generation(image: "BaseImage", tag: str) -> None:
    """Text Generation Inference: the plain tags are for CUDA."""
    image.family, image.os = "text-generation-inference", "ubuntu"
    _, _, variant = tag.partition("-")
    image.accelerator = "rocm" if variant == "rocm" else "cuda" if variant in ("", "trtllm") else None


def _read_text_embeddings(image: "BaseImage", tag: str) -> None:
    """Text Embeddings Inference: ``cpu-1.8`` is for CPUs, all else for one generation of GPUs."""
    is_for_cpus = _CPU_WORD.search(tag) is not None
    image.family, image.os = "text-embeddings-inference", "debian" if is_for_cpus else "ubuntu"
    image.accelerator = None if is_for_cpus else "cuda"


def _read_transformers(image: "BaseImage", tag: str) -> None:
    name = _last(image)
    image.family = "transformers"
    image.accelerator = "cuda" if name.endswith("-gpu") else None
    framework = _framework_in(name)
    if framework:
        image.framework = (framework, None)


def _read_conda(image: "BaseImage", tag: str) -> None:
    assert image.reference is not None
    image.family = "conda"
    read_distribution(image, tag)
    if "cuda" in tag:
        image.accelerator, image.cuda = "cuda", cuda_of(tag)
    elif image.os is None and "ubuntu" not in tag:
        image.os = "ubuntu" if image.reference.name.startswith("condaforge/") else "debian"


def _read_jupyter(image: "BaseImage", tag: str) -> None:
    image.family, image.os, image.user = "jupyter", "ubuntu", "jovyan"
    image.accelerator = "cuda" if "cuda" in tag else None
    image.python = python_of(tag.replace("python-", "python"))


ML_FAMILIES: "tuple[Family, ...]" = (
    (repository(r"(^|/)nvidia/cuda$"), _read_cuda),
    (named("pytorch/pytorch"), _read_pytorch),
    (repository(r"^pytorch/torchserve"), _read_torchserve),
    (named("tensorflow/tensorflow"), _read_tensorflow),
    (named("tensorflow/serving"), _read_tensorflow_serving),
    (repository(r"^nvcr\.io/nvidia/l4t-"), _read_l4t),
    (repository(r"^nvcr\.io/nvidia/(?:pytorch|tensorflow|jax|tritonserver|nemo|paddlepaddle|tensorrt)$"), _read_ngc),
    (repository(r"^rocm/"), _read_rocm),
    (repository(r"^(?:763104351884\.dkr\.ecr\.|public\.ecr\.aws/deep-learning-containers/)"), _read_aws),
    (named("vllm/vllm-openai"), _read_vllm),
    (named("lmsysorg/sglang"), _read_sglang),
    (named("ghcr.io/huggingface/text-generation-inference"), _read_text_generation),
    (named("ghcr.io/huggingface/text-embeddings-inference"), _read_text_embeddings),
    (repository(r"^huggingface/transformers-"), _read_transformers),
    (repository(r"^(?:condaforge|continuumio|mambaorg)/"), _read_conda),
    (repository(r"^(?:quay\.io/)?jupyter/[\w-]+-notebook$"), _read_jupyter),
)
