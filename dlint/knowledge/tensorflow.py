"""TensorFlow releases: CUDA, cuDNN and Python versions.

Sources: replicate/cog, tf_compatibility.json (2026-05); the newest Python of each was tried with uv on
linux/x86_64 against PyPI (2026-11-22).
"""


class Release:
    """What goes with one minor release of TensorFlow: the CUDA and cuDNN it was built with, the newest Python."""

    __slots__ = ("cuda", "cudnn", "python")

    def __init__(self, cuda: str, cudnn: str, python: str) -> None:
        self.cuda = cuda
        self.cudnn = cudnn
        self.python = python


RELEASES: dict[str, Release] = {
    "2.4": Release("11.0", "8.0", "3.8"),
    "2.5": Release("11.2", "8.1", "3.9"),
    "2.6": Release("11.2", "8.1", "3.9"),
    "2.7": Release("11.2", "8.1", "3.9"),
    "2.8": Release("11.2", "8.1", "3.10"),
    "2.9": Release("11.2", "8.1", "3.10"),
    "2.10": Release("11.2", "8.1", "3.10"),
    "2.11": Release("11.2", "8.1", "3.10"),
    "2.12": Release("11.8", "8.6", "3.11"),
    "2.13": Release("11.8", "8.6", "3.11"),
    "2.14": Release("11.8", "8.7", "3.11"),
    "2.15": Release("12.2", "8.9", "3.11"),
    "2.16": Release("12.3", "8.9", "3.12"),
    "2.17": Release("12.3", "8.9", "3.12"),
    "2.18": Release("12.5", "9.3", "3.12"),
    "2.19": Release("12.5", "9.3", "3.12"),
    "2.20": Release("12.5", "9.3", "3.13"),
    "2.21": Release("12.5", "9.3", "3.13"),
}
