"""Images whose publishers gave them up, and what takes their place.

Sources, read 2026-11-22:

- jupyter/docker-stacks README: pushed to quay.io only since 2023-10-20;
- conda-forge.org/news/2024/07/29/sunsetting-mambaforge;
- docker-library/openjdk#505 and hub.docker.com/_/openjdk;
- hub.docker.com/_/centos: no updates since 2024-06-30;
- pytorch/serve README: no updates, bug fixes or security patches are planned;
- ray-project/ray#46378, #65388 and #39694;
- huggingface.co/docs/text-generation-inference: maintenance mode 2025-12-11, archived 2026-03-21;
- tiangolo/uvicorn-gunicorn-docker README; the others of its author build on that image;
- bitnami/containers#83267; minideb stays (kubeflow/pipelines#12170);
- rapidsai/docker#539; release notes of Triton Inference Server (TensorRT Inference Server until 20.02);
- nvidia/container-images/cuda, doc/README.md and doc/support-policy.md.
"""


class Retired:
    """What became of an image, what to do, and the name to write instead where only the name changed.

    A ``*`` at the end of *rename* stands for the old name without its first part.
    """

    __slots__ = ("advice", "rename", "state")

    def __init__(self, state: str, advice: str, rename: str | None = None) -> None:
        self.state = state
        self.advice = advice
        self.rename = rename


_TORCHSERVE = Retired("is no longer maintained, and gets no security patches", "move to another server")
_UVICORN = Retired(
    "is deprecated by its author: Uvicorn manages workers itself",
    "build on python:3.13-slim and start uvicorn with --workers",
)
_RAY_DEPS = Retired("is not built any more since 2023-09-22", "build on rayproject/ray")
_CUDA_NAME = Retired("is not supported by NVIDIA any more", "use nvidia/cuda")
_OLD_GL = Retired("is not built by NVIDIA any more", "use nvidia/cuda, and install the OpenGL libraries you need")

# By the name of the image, as ImageReference.name has it.
RETIRED: dict[str, Retired] = {
    "openjdk": Retired("gets no updates since July 2022", "use eclipse-temurin"),
    "centos": Retired("gets no updates since 2024-06-30", "use quay.io/centos/centos, rockylinux or almalinux"),
    "condaforge/mambaforge": Retired(
        "is not built any more: Miniforge is the same", "use condaforge/miniforge3", "condaforge/miniforge3"
    ),
    "pytorch/torchserve": _TORCHSERVE,
    "pytorch/torchserve-nightly": _TORCHSERVE,
    "rayproject/ray-ml": Retired(
        "is not published any more, and its latest tag stays at Ray 2.30",
        "build on rayproject/ray and install the packages you use",
    ),
    "rayproject/base-deps": _RAY_DEPS,
    "rayproject/ray-deps": _RAY_DEPS,
    "ghcr.io/huggingface/text-generation-inference": Retired(
        "is of a project that was archived on 2026-03-21", "move to vLLM or SGLang"
    ),
    "tiangolo/uvicorn-gunicorn": _UVICORN,
    "tiangolo/uvicorn-gunicorn-fastapi": _UVICORN,
    "tiangolo/uvicorn-gunicorn-starlette": _UVICORN,
    "nvcr.io/nvidia/tensorrtserver": Retired(
        "goes by another name since 20.03", "use nvcr.io/nvidia/tritonserver of a release that is still supported"
    ),
    "nvidia/cuda-arm64": _CUDA_NAME,
    "nvidia/cuda-ppc64le": _CUDA_NAME,
    "nvidia/cudagl": _OLD_GL,
    "nvcr.io/nvidia/cudagl": _OLD_GL,
}

# By how the name begins and ends.
RETIRED_GROUPS: tuple[tuple[str, str, Retired], ...] = (
    (
        "jupyter/",
        "-notebook",
        Retired("gets no updates on Docker Hub since 2023-10-20", "use the image on quay.io", "quay.io/jupyter/*"),
    ),
    (
        "bitnami/",
        "",
        Retired("was moved to bitnamilegacy in 2025, where it gets no updates", "use another image", "bitnamilegacy/*"),
    ),
    (
        "rapidsai/rapidsai",
        "",
        Retired("is not published any more since RAPIDS 23.08", "use rapidsai/base or rapidsai/notebooks"),
    ),
)


def retired(name: str) -> Retired | None:
    """Return what became of an image, None for images that are kept up or unknown."""
    found = RETIRED.get(name)
    if found is None:
        for start, end, group in RETIRED_GROUPS:
            if name.startswith(start) and name.endswith(end):
                return group
    return found
