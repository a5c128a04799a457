"""Operating system packages of NVIDIA that belong to the machine, not to an image.

Sources: NVIDIA CUDA installation guide for Linux, "Meta Packages" (cuda and cuda-X-Y bring the driver,
cuda-toolkit-X-Y does not); packages.ubuntu.com and packages.debian.org; installation guide of the NVIDIA
Container Toolkit (2026-11).
"""

from dlint.regex import lazy

# The driver and its libraries: the container runtime mounts those of the machine at start.
DRIVER = lazy(
    r"(?:nvidia-(?:driver|utils|headless|compute-utils|dkms|kernel|firmware|open)(?:-[\w.-]+)?"
    r"|nvidia-smi|nvidia-\d{3}|libcuda1(?:-\d+)?|libnvidia-(?:compute|encode|decode|gl|ml|cfg1|common|extra)(?:-?\d+)?"
    r"(?:-server|-open)?|cuda-drivers?(?:-\d+)?|libnvidia-ml1|nvidia-current)\Z"
)
# Packages that bring the driver along.
WITH_DRIVER = lazy(r"cuda(?:-runtime)?(?:-\d+-\d+)?\Z")
# What starts containers with GPUs.
CONTAINER_RUNTIME = lazy(
    r"(?:nvidia-container-(?:toolkit(?:-base)?|runtime(?:-hook)?)|nvidia-docker2?|libnvidia-container\d*(?:-tools)?)\Z"
)
# What an image has that starts containers itself.
CONTAINER_ENGINES = frozenset({
    "docker-ce", "docker.io", "docker-engine", "moby-engine", "containerd", "containerd.io", "podman", "cri-o",
    "docker",
})  # fmt: skip
