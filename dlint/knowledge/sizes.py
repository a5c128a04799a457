"""What well-known installations weigh, in bytes.

Source: uv lock on linux/x86_64, CPython 3.11, sums of the wheel sizes recorded by PyPI, and du of
the installed environment (measured 2026-11-22). Where another source is used, it stands beside the table.
"""

# Downloads of a requirement with everything it depends on.
CLOSURE_BYTES: dict[str, int] = {
    "torch": 3_000_000_000, "sentence-transformers": 3_090_000_000, "lightning": 3_020_000_000,
    "openai-whisper": 3_080_000_000, "ultralytics": 3_180_000_000, "vllm": 3_950_000_000, "tensorflow": 630_000_000,
    "tensorflow-cpu": 335_000_000, "jax": 141_000_000, "xgboost": 536_000_000, "xgboost-cpu": 58_000_000,
    "onnxruntime": 28_000_000, "onnxruntime-gpu": 256_000_000, "mlflow": 191_000_000, "scikit-learn": 62_000_000,
    "spacy": 80_000_000, "gensim": 80_000_000, "opencv-python": 74_000_000, "opencv-python-headless": 61_000_000,
    "catboost": 97_000_000, "ray": 79_000_000, "pyarrow": 55_000_000, "bitsandbytes": 43_000_000, "scipy": 35_000_000,
    "faster-whisper": 135_000_000, "accelerate": 3_025_000_000, "transformers": 46_800_000, "datasets": 93_300_000,
    "numpy": 16_900_000, "pandas": 29_700_000, "matplotlib": 41_700_000, "fastapi": 3_330_000, "flask": 641_000,
    "requests": 682_000, "uvicorn": 251_000, "gunicorn": 264_000, "streamlit": 118_000_000, "gradio": 82_900_000,
    "jupyterlab": 47_400_000, "pip": 1_950_000, "setuptools": 876_000, "wheel": 163_000, "uv": 17_600_000,
    "poetry": 20_500_000,
}  # fmt: skip

# torch by its minor release; the default CUDA libraries differ.
TORCH_BYTES: dict[str, int] = {
    "2.14": 3_020_000_000, "2.13": 2_740_000_000, "2.12": 2_740_000_000, "2.11": 2_720_000_000, "2.10": 4_130_000_000,
    "2.9": 4_070_000_000, "2.8": 3_920_000_000, "2.7": 3_000_000_000, "2.6": 3_060_000_000, "2.5": 3_010_000_000,
    "2.4": 2_840_000_000, "2.3": 2_850_000_000, "2.2": 2_820_000_000, "2.1": 2_700_000_000, "2.0": 2_310_000_000,
    "1.13": 1_790_000_000,
}  # fmt: skip

# Debian's package lists after apt-get update (bookworm main, amd64), and Ubuntu's.
APT_LISTS_BYTES = 20_000_000


def closure_bytes(name: str, version: str | None) -> int | None:
    """Return what a package and its dependencies download, None if the tables do not know."""
    if name == "torch" and version:
        parts = version.lstrip("=~<> ").split("+")[0].split(".")
        if "+cpu" in version:
            return 200_000_000
        return TORCH_BYTES.get(".".join(parts[:2]), CLOSURE_BYTES["torch"])
    return CLOSURE_BYTES.get(name)


# What is installed -----------------------------------------------------------------------------


class Unpacked:
    """What one byte of wheels becomes: *least* and *most* bytes on disk, and how many times as many bytecode makes.

    *compiled* counts on disk, *compiled_pull* in a compressed layer.
    """

    __slots__ = ("compiled", "compiled_pull", "least", "most")

    def __init__(self, least: float, most: float, compiled: float, compiled_pull: float) -> None:
        self.least = least
        self.most = most
        self.compiled = compiled
        self.compiled_pull = compiled_pull


# Measured with uv sync on CPython 3.11 and du (2026-11-22): fastapi 3.1, flask 3.7, numpy with pandas and
# scikit-learn 3.4, transformers 3.4, xgboost-cpu 3.3, opencv-python-headless 2.8; of torch 2.15 the
# nvidia wheels 1.5, torch itself 2.2, triton 3.7, all of it 1.9. A layer of any of them compresses to
# 0.88 to 1.0 times the wheels. With bytecode they take 1.1 (opencv) to 1.6 times as much (fastapi; of
# torch, 142 MB of 5.7 GB), flask 2.2 times, and compress to 1.05 to 1.63 times the wheels.
UNPACKED = Unpacked(2.5, 3.9, 1.65, 1.7)
UNPACKED_NVIDIA = Unpacked(1.4, 1.8, 1.0, 1.0)
UNPACKED_TORCH = Unpacked(2.0, 2.5, 1.2, 1.2)
UNPACKED_CLOSURE_WITH_CUDA = Unpacked(1.7, 2.1, 1.05, 1.1)
# What bytecode adds to small packages beyond that.
BYTECODE_BYTES = 3_000_000

# A closure of this size has CUDA in it.
CUDA_CLOSURE_BYTES = 1_500_000_000

# The share of its size that a file of text takes in a compressed layer, at the least.
TEXT_PULL = 0.1


# Base images -----------------------------------------------------------------------------------


class ImageSize:
    """An image: bytes on disk and to pull, least and most; *is_measured* for figures of a registry."""

    __slots__ = ("disk", "is_measured", "pull")

    def __init__(self, disk: tuple[int, int], pull: tuple[int, int], *, is_measured: bool = False) -> None:
        self.disk = disk
        self.pull = pull
        self.is_measured = is_measured


_MB, _GB = 10**6, 10**9

# Family and flavour (BaseImage). Python, Debian slim and Ubuntu on linux/amd64: docker-library/repo-info
# (2026-07 to 2026-09): python:3.12-slim 43.2 MB to pull and 119.2 MB on disk, python:3.12 410.9 MB and
# 1.11 GB, python:3.12-alpine 48.8 MB on disk, ubuntu:24.04 78.2 MB, debian:bookworm-slim 74.8 MB.
# Ranges cover the releases in use. CUDA, PyTorch and NGC are what people report (llm-d/llm-d#606:
# 4.17 and 1.3 GB to pull; rocker/cuda: 9.5 GB on disk); nobody measured them here, so the ranges are wide.
BASE_IMAGES: dict[tuple[str, str], ImageSize] = {
    ("python", "slim"): ImageSize((115 * _MB, 160 * _MB), (40 * _MB, 58 * _MB), is_measured=True),
    ("python", "alpine"): ImageSize((45 * _MB, 60 * _MB), (15 * _MB, 22 * _MB), is_measured=True),
    ("python", ""): ImageSize((900 * _MB, 1150 * _MB), (330 * _MB, 420 * _MB), is_measured=True),
    ("debian", "slim"): ImageSize((70 * _MB, 85 * _MB), (26 * _MB, 32 * _MB), is_measured=True),
    ("debian", ""): ImageSize((110 * _MB, 130 * _MB), (47 * _MB, 56 * _MB)),
    ("ubuntu", ""): ImageSize((63 * _MB, 110 * _MB), (25 * _MB, 42 * _MB), is_measured=True),
    ("alpine", ""): ImageSize((5 * _MB, 9 * _MB), (2 * _MB, 4 * _MB)),
    ("cuda", "base"): ImageSize((180 * _MB, 450 * _MB), (70 * _MB, 200 * _MB)),
    ("cuda", "runtime"): ImageSize((1500 * _MB, 5 * _GB), (700 * _MB, 2500 * _MB)),
    ("cuda", "devel"): ImageSize((4 * _GB, 11 * _GB), (1800 * _MB, 5500 * _MB)),
    ("pytorch", "runtime"): ImageSize((5 * _GB, 10 * _GB), (2500 * _MB, 4500 * _MB)),
    ("pytorch", "devel"): ImageSize((11 * _GB, 20 * _GB), (5 * _GB, 9 * _GB)),
    ("ngc", ""): ImageSize((15 * _GB, 30 * _GB), (7 * _GB, 13 * _GB)),
}

# What the flavour of nvidia/cuda and pytorch/pytorch with the compiler has more than the runtime one:
# "saves ~2.3 GB" (SIRF-SuperBuild#918); 2.58 and 1.15 GB, 4.17 and 1.3 GB to pull (kubeflow#1783, llm-d#606).
CUDA_DEVEL_BYTES = 2_300_000_000
CUDA_DEVEL_PULL_BYTES = 1_400_000_000

# The uv binary alone, 0.13.9 for linux/x86_64 (measured 2026-11-22); uvx beside it is 0.4 MB.
UV_BINARY: ImageSize = ImageSize((33 * _MB, 65 * _MB), (13 * _MB, 25 * _MB), is_measured=True)


# Packages of the operating system --------------------------------------------------------------

# Installed with everything they depend on, on Debian and Ubuntu, least and most: a slim image lacks
# more than a full one. build-essential takes about 240 MB on Debian 12, gcc alone 150 MB.
APT_BYTES: dict[str, tuple[int, int]] = {
    "build-essential": (150 * _MB, 350 * _MB), "gcc": (100 * _MB, 220 * _MB), "g++": (120 * _MB, 260 * _MB),
}  # fmt: skip
# Of these, what stays in images at the least.
COMPILER_BYTES = 150_000_000
# A package compresses to a fifth to a half of what it takes.
APT_PULL: tuple[float, float] = (0.2, 0.5)
