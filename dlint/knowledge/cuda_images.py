"""Images of nvidia/cuda: which there are, and until when NVIDIA keeps them.

Sources, read 2026-11-22:

- https://gitlab.com/nvidia/container-images/cuda/-/blob/master/doc/support-policy.md: images end with the last
  driver branch of their toolkit, only the newest point release is kept up, tags are deleted six months later,
  and CUDA 11 ends with the release of CUDA 13;
- doc/supported-tags.md and doc/unsupported-tags.md of the same project (a copy of 2026): the tags there are;
  replicate/cog, cuda_base_images.json (2026-05), has the same ones;
- endoflife.date/nvidia: R450 ended 2023-07-01, R470 2024-07-20;
- developer.nvidia.com/cuda-toolkit-archive: the months of point releases.
"""

# Before CUDA 12 nothing else is left: all tags of CUDA 10.2 and older were deleted
# (NVIDIA/nvidia-docker#1768), and so were 11.0-base and the like (#1735), 11.2.1 (iterative/cml#1405),
# 11.7.0 (deepmodeling/abacus-develop#2698) and the others (list in NVIDIA/cudf-spark-examples#311).
REMAINING_BEFORE_12 = frozenset({
    "11.0.3", "11.1.1", "11.2.2", "11.3.1", "11.4.3", "11.5.2", "11.6.1", "11.6.2", "11.7.1", "11.8.0",
})  # fmt: skip

# Toolkit -> the day its last driver branch ended, and that branch.
END_OF_DRIVER: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("11.0", "11.1", "11.2", "11.3"), ("2023-07-01", "R450")),
    **dict.fromkeys(("11.4", "11.5", "11.6", "11.7"), ("2024-07-20", "R470")),
}

# The last of CUDA 11; the policy ends it with the release of CUDA 13.
LAST_OF_CUDA_11 = "11.8"
CUDA_13_RELEASED = "2025-08-04"

# Toolkit -> its point releases and the month each came out, None where it is unknown.
POINT_RELEASES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "11.6": (("11.6.1", None), ("11.6.2", "2022-03")),
    "12.0": (("12.0.0", "2022-12"), ("12.0.1", "2023-01")),
    "12.1": (("12.1.0", "2023-02"), ("12.1.1", "2023-04")),
    "12.2": (("12.2.0", "2023-06"), ("12.2.1", "2023-07"), ("12.2.2", "2023-08")),
    "12.3": (("12.3.0", "2023-10"), ("12.3.1", "2023-11"), ("12.3.2", "2024-01")),
    "12.4": (("12.4.0", "2024-03"), ("12.4.1", "2024-04")),
    "12.5": (("12.5.0", "2024-05"), ("12.5.1", "2024-07")),
    "12.6": (("12.6.0", "2024-08"), ("12.6.1", "2024-08"), ("12.6.2", "2024-10"), ("12.6.3", "2024-11")),
    "12.8": (("12.8.0", "2025-01"), ("12.8.1", "2025-03"), ("12.8.2", None)),
    "12.9": (("12.9.0", "2025-05"), ("12.9.1", "2025-06"), ("12.9.2", "2026-06")),
    "13.0": (("13.0.0", "2025-08"), ("13.0.1", "2025-09"), ("13.0.2", "2025-10"), ("13.0.3", None)),
    "13.1": (("13.1.0", "2025-12"), ("13.1.1", None), ("13.1.2", None)),
    "13.2": (("13.2.0", None), ("13.2.1", None)),
}

# Point releases without cuDNN images.
WITHOUT_CUDNN = frozenset({"12.8.2", "13.1.0"})

# Ubuntu release -> the first and the last toolkit with images on it; None: still made.
UBUNTU: dict[str, tuple[tuple[int, ...], tuple[int, ...] | None]] = {
    "18.04": ((9, 0), (12, 1)),
    "20.04": ((11, 0), (12, 9)),
    "22.04": ((11, 7), None),
    "24.04": ((12, 5, 1), None),
}
