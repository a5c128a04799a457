"""Packages of Debian and Ubuntu that their newer releases do not have.

Source: apt-cache policy on Debian 12 (2026-11-23) for what is verified there; packages.debian.org and
packages.ubuntu.com, and the issues of projects that broke, for the rest (streamlit/docs#1493,
ibis#11715, NLnetLabs/unbound#912, Debian bug 1088045).
"""


class Removed:
    """A package and the first releases that are without it.

    *instead* is what took its place, empty where nothing did. *certain* names the systems for which
    that was tried, or is known from broken builds.
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


# Releases of Ubuntu that still have it, all so far.
_NEVER = 99.0


def _java(version: int, debian: float, instead: int) -> dict[str, Removed]:
    kinds = ("jdk", "jdk-headless", "jre", "jre-headless")
    return {
        f"openjdk-{version}-{kind}": Removed(f"openjdk-{instead}-{kind}", debian, _NEVER, ("debian",)) for kind in kinds
    }


REMOVED: dict[str, Removed] = {
    "libgl1-mesa-glx": Removed("libgl1", 13, 23.10, ("debian", "ubuntu")),
    "libegl1-mesa": Removed("libegl1", 13, 23.10),
    "python": Removed("python3", 12, 22.04, ("debian",)),
    "python-dev": Removed("python3-dev", 12, 22.04, ("debian",)),
    "python-pip": Removed("python3-pip", 12, 22.04, ("debian",)),
    "libpng12-0": Removed("libpng16-16", 12, 18.04, ("debian",)),
    "libpng12-dev": Removed("libpng-dev", 12, 18.04, ("debian",)),
    "python3-distutils": Removed("python3-setuptools", 13, 24.04),
    "software-properties-common": Removed("", 13, _NEVER, ("debian",)),
    "netcat": Removed("netcat-openbsd", 12, 24.04, ("debian", "ubuntu")),
    "libatlas-base-dev": Removed("libopenblas-dev", 13, _NEVER, ("debian",)),
    **_java(11, 12, 17),
    **_java(17, 13, 21),
}
