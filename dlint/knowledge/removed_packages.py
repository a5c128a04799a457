"""Packages of Debian and Ubuntu that their newer releases do not have.

Source: apt-cache policy on Debian 12 (2026-11-23) for what is verified there; packages.debian.org and
packages.ubuntu.com, and the issues of projects that broke, for the rest.
"""


class Removed:
    """A package and the first releases that are without it.

    *certain* names the systems for which that was tried, or is known from broken builds.
    """

    __slots__ = ("certain", "debian", "instead", "ubuntu")

    def __init__(self, instead: str, debian: float, ubuntu: float, certain: tuple[str, ...] = ()) -> None:
        self.instead = instead
        self.debian = debian
        self.ubuntu = ubuntu
        self.certain = certain

    def first(self, system: str) -> float:
        """Return the first release of Debian or Ubuntu that is without it."""
        return self.debian if system == "debian" else self.ubuntu


REMOVED: dict[str, Removed] = {
    "libgl1-mesa-glx": Removed("libgl1", 13, 23.10, ("debian", "ubuntu")),
    "libegl1-mesa": Removed("libegl1", 13, 23.10),
    "python": Removed("python3", 12, 22.04, ("debian",)),
    "python-dev": Removed("python3-dev", 12, 22.04, ("debian",)),
    "python-pip": Removed("python3-pip", 12, 22.04, ("debian",)),
    "libpng12-0": Removed("libpng16-16", 12, 18.04, ("debian",)),
    "libpng12-dev": Removed("libpng-dev", 12, 18.04, ("debian",)),
    "python3-distutils": Removed("python3-setuptools", 13, 24.04),
}
