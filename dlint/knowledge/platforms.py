"""What decides which wheel an image takes: the C library of distributions, names of machines.

Sources: glibc packages of the releases (packages.debian.org, packages.ubuntu.com, Red Hat and Amazon
release notes, read 2026-11); PEP 425, 600 and 656 for the tags of wheels.
"""

# Distribution and release (BaseImage.os, os_version) -> version of glibc.
GLIBC: dict[tuple[str, str], tuple[int, int]] = {
    ("debian", "10"): (2, 28), ("debian", "11"): (2, 31), ("debian", "12"): (2, 36), ("debian", "13"): (2, 41),
    ("ubuntu", "18.04"): (2, 27), ("ubuntu", "20.04"): (2, 31), ("ubuntu", "22.04"): (2, 35),
    ("ubuntu", "24.04"): (2, 39), ("rhel", "8"): (2, 28), ("rhel", "9"): (2, 34), ("rocky", "8"): (2, 28),
    ("rocky", "9"): (2, 34), ("alma", "8"): (2, 28), ("alma", "9"): (2, 34), ("amazonlinux", "2"): (2, 26),
    ("amazonlinux", "2023"): (2, 34),
}  # fmt: skip

# What platforms of Docker call a machine -> what wheels and markers call it.
MACHINES = {
    "amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64", "386": "i686",
    "ppc64le": "ppc64le", "s390x": "s390x", "riscv64": "riscv64", "arm": "armv7l",
}  # fmt: skip

# ... -> the folder of conda channels.
CONDA_PLATFORMS = {"x86_64": "linux-64", "aarch64": "linux-aarch64", "ppc64le": "linux-ppc64le", "s390x": "linux-s390x"}

# Older names of manylinux -> the glibc they stand for (PEP 600).
MANYLINUX = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
