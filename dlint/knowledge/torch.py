"""PyTorch releases: companions, CUDA builds and Python versions.

Wheels of torchvision and torchaudio ask for one exact release of torch, so patch releases have to match as well.

Sources: replicate/cog, torch_compatibility.json (2026-05), for the rows up to 2.12; the wheel list of
PyG for 2.12 and later; uv resolutions on linux/x86_64 (2026-11-22) for the default builds on PyPI, for what
torchvision and torchaudio pin, and for the newest Python of each release.
torchaudio is not released in step with torch since 2.12.
"""

NEWEST = "2.15"
"""The newest minor release at the date above."""


class Release:
    """What goes with one minor release of torch.

    *variants* are the builds on download.pytorch.org besides ``cpu``; *default_cuda* is the CUDA
    version of the wheel on PyPI for linux/x86_64; *python* is the newest Python it has wheels for.
    None and () stand for unknown.
    """

    __slots__ = ("default_cuda", "python", "torchaudio", "torchvision", "variants")

    def __init__(
        self,
        variants: str,
        torchvision: str | None,
        torchaudio: str | None,
        python: str | None,
        default_cuda: str | None,
    ) -> None:
        self.variants = frozenset(variants.split())
        self.torchvision = torchvision
        self.torchaudio = torchaudio
        self.python = python
        self.default_cuda = default_cuda


# Minor release of torch: builds, minor release of torchvision and torchaudio, newest Python, CUDA on PyPI.
RELEASES: dict[str, Release] = {
    "1.11": Release("cu102 cu113", "0.12", "0.11", "3.10", None),
    "1.12": Release("cu102 cu113 cu116", "0.13", "0.12", "3.10", None),
    "1.13": Release("cu116 cu117", "0.14", "0.13", "3.11", "11.7"),
    "2.0": Release("cu117 cu118", "0.15", "2.0", "3.11", "11.7"),
    "2.1": Release("cu118 cu121", "0.16", "2.1", "3.11", "12.1"),
    "2.2": Release("cu118 cu121", "0.17", "2.2", "3.12", "12.1"),
    "2.3": Release("cu118 cu121", "0.18", "2.3", "3.12", "12.1"),
    "2.4": Release("cu118 cu121 cu124", "0.19", "2.4", "3.12", "12.1"),
    "2.5": Release("cu118 cu121 cu124", "0.20", "2.5", "3.13", "12.4"),
    "2.6": Release("cu118 cu124 cu126", "0.21", "2.6", "3.13", "12.4"),
    "2.7": Release("cu118 cu126 cu128", "0.22", "2.7", "3.13", "12.6"),
    "2.8": Release("cu126 cu128 cu129", "0.23", "2.8", "3.13", "12.8"),
    "2.9": Release("cu126 cu128 cu130", "0.24", "2.9", "3.14", "12.8"),
    "2.10": Release("cu126 cu128 cu130", "0.25", "2.10", "3.14", "12.8"),
    "2.11": Release("cu126 cu128 cu129 cu130", "0.26", "2.11", "3.14", "13.0"),
    "2.12": Release("cu126 cu130 cu132", "0.27", None, "3.14", "13.0"),
    "2.13": Release("cu126 cu130 cu132", "0.28", None, None, "13.0"),
    "2.14": Release("", None, None, None, "13.0"),
    "2.15": Release("", None, None, None, "13.2"),
}

# Where the patch release of torch and that of its companion are not the same number: torch -> companion.
UNEVEN: dict[str, dict[tuple[int, ...], tuple[int, ...]]] = {
    "torchvision": {(2, 0, 0): (0, 15, 1), (2, 0, 1): (0, 15, 2)},
    "torchaudio": {(2, 0, 0): (2, 0, 1), (2, 0, 1): (2, 0, 2)},
}


def companion_of(name: str, torch: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the release of torchvision or torchaudio that goes with one of torch; None where it is unknown."""
    if len(torch) < 3:
        return None
    uneven = UNEVEN[name].get(torch)
    known = RELEASES.get(f"{torch[0]}.{torch[1]}")
    series = (known.torchvision if name == "torchvision" else known.torchaudio) if known else None
    if uneven or series is None:
        return uneven
    return (*map(int, series.split(".")), torch[2])
