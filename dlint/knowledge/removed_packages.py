"""Packages that newer releases of Debian and Ubuntu do not have.

Debian: ``apt-get -s install`` against main, contrib and non-free of 11, 12 and 13, on 2026-11-22; a package
counts as gone where apt says that it cannot locate it, or that it has no candidate. Ubuntu: apt's own words in
pyvista/setup-headless-display-action#20 and 89luca89/distrobox#1053 (libgl1-mesa-glx), AlexxIT/Dataplicity#40
(python3-distutils), cypress-io/cypress-documentation#5816 (libasound2), rusefi/rusefi#7826 (libncurses5),
akhilnarang/scripts#209 (libtinfo5, python2.7), catthehacker/docker_images#147 (netcat) and
apache/openwhisk#5188 (python-pip).
"""


class Removed:
    """The first release without a package, for each distribution, and what takes its place there.

    *replacement* is a package of the same use that all these releases have; *advice* says what to do where
    there is none.
    """

    __slots__ = ("advice", "replacement", "since")

    def __init__(
        self,
        debian: tuple[int, ...] | None,
        ubuntu: tuple[int, ...] | None = None,
        replacement: str | None = None,
        advice: str | None = None,
    ) -> None:
        self.since = {"debian": debian, "ubuntu": ubuntu}
        self.replacement = replacement
        self.advice = advice


_OLD_PYTHON = "Python 2 is gone: install python3 packages"
_JAVA = "this release has newer ones: default-jre-headless takes its own"

REMOVED: dict[str, Removed] = {
    "libgl1-mesa-glx": Removed((13,), (23, 10), "libgl1"),
    "libegl1-mesa": Removed((13,), None, "libegl1"),
    "libgles2-mesa": Removed((13,), None, "libgles2"),
    "libwayland-egl1-mesa": Removed((13,), None, "libwayland-egl1"),
    "python": Removed((12,), None, "python3"),
    "python-dev": Removed((12,), None, "python3-dev"),
    "python-pip": Removed((11,), (20, 4), "python3-pip"),
    "python-setuptools": Removed((12,), None, "python3-setuptools"),
    "python-numpy": Removed((11,), None, "python3-numpy"),
    "python-opencv": Removed((11,), None, "python3-opencv"),
    "python-tk": Removed((12,), None, "python3-tk"),
    "python-virtualenv": Removed((11,), None, "python3-virtualenv"),
    "python-wheel": Removed((11,), None, "python3-wheel"),
    "python-yaml": Removed((11,), None, "python3-yaml"),
    "python-minimal": Removed((12,), None, None, _OLD_PYTHON),
    "python2": Removed((12,), None, None, _OLD_PYTHON),
    "python2.7": Removed((12,), (24, 4), None, _OLD_PYTHON),
    "python2-dev": Removed((12,), None, None, _OLD_PYTHON),
    "python3-distutils": Removed((13,), (24, 4), "python3-setuptools"),
    "python3-lib2to3": Removed((13,), None, None, "lib2to3 is gone from Python 3.13: leave it out"),
    "libpng12-dev": Removed((11,), None, "libpng-dev"),
    "libpng12-0": Removed((11,), None, "libpng16-16"),
    "libjasper-dev": Removed((11,), None, None, "OpenCV builds without it: leave it out"),
    "libdc1394-22-dev": Removed((12,), None, "libdc1394-dev"),
    "libavresample-dev": Removed((12,), None, "libswresample-dev"),
    "libav-tools": Removed((11,), None, "ffmpeg"),
    "libtiff5": Removed((12,), None, "libtiff6"),
    "libwebp6": Removed((12,), None, "libwebp7"),
    "libssl1.1": Removed((12,), None, "libssl3"),
    "libtbb2": Removed((12,), None, "libtbb12"),
    "libffi7": Removed((12,), None, "libffi8"),
    "libcurl3": Removed((11,), None, "libcurl4"),
    "libatlas-base-dev": Removed((13,), None, "libopenblas-dev"),
    "libopenblas-base": Removed((12,), None, "libopenblas0"),
    "libgdk-pixbuf2.0-0": Removed((13,), None, "libgdk-pixbuf-2.0-0"),
    "libtinfo5": Removed((13,), (24, 4), "libtinfo6"),
    "libncurses5": Removed((13,), (24, 4), "libncurses6"),
    "libasound2": Removed(None, (24, 4), "libasound2t64"),
    "libappindicator1": Removed((13,), None, None, "libayatana-appindicator3-1 took its place"),
    "libgconf-2-4": Removed((13,), None, None, "nothing current needs GConf: leave it out"),
    "gconf-service": Removed((13,), None, None, "nothing current needs GConf: leave it out"),
    "libaio1": Removed((13,), None, "libaio1t64"),
    "libpcre3-dev": Removed((13,), None, "libpcre2-dev"),
    "netcat": Removed((12,), (24, 4), "netcat-openbsd"),
    "mysql-client": Removed((11,), None, "default-mysql-client"),
    "libmysqlclient-dev": Removed((11,), None, "default-libmysqlclient-dev"),
    "qt5-default": Removed((11,), None, "qtbase5-dev"),
    "chromium-browser": Removed((11,), None, "chromium"),
    "ttf-dejavu": Removed((11,), None, "fonts-dejavu"),
    "ttf-freefont": Removed((11,), None, "fonts-freefont-ttf"),
    "cython": Removed((11,), None, "cython3"),
    "iproute": Removed((11,), None, "iproute2"),
    "software-properties-common": Removed((13,), None, None, "write a file in /etc/apt/sources.list.d instead"),
    "policykit-1": Removed((13,), None, "polkitd"),
    "youtube-dl": Removed((13,), None, "yt-dlp"),
    "exa": Removed((13,), None, None, "eza goes on where exa stopped"),
    "neofetch": Removed((13,), None, None, "fastfetch does the same"),
    "openjdk-8-jdk": Removed((11,), None, None, _JAVA),
    "openjdk-8-jre": Removed((11,), None, None, _JAVA),
    "openjdk-11-jdk": Removed((12,), None, None, _JAVA),
    "openjdk-11-jre": Removed((12,), None, None, _JAVA),
    "openjdk-11-jre-headless": Removed((12,), None, None, _JAVA),
    "openjdk-17-jdk": Removed((13,), None, None, _JAVA),
    "openjdk-17-jre": Removed((13,), None, None, _JAVA),
    "openjdk-17-jre-headless": Removed((13,), None, None, _JAVA),
    "gcc-8": Removed((11,), None, "gcc"),
    "gcc-9": Removed((12,), None, "gcc"),
    "g++-9": Removed((12,), None, "g++"),
    "gcc-10": Removed((12,), None, "gcc"),
    "g++-10": Removed((12,), None, "g++"),
    "gcc-11": Removed((13,), None, "gcc"),
    "python3.8": Removed((11,), None, None, "take a python:3.8 image, or uv python install"),
    "python3.9": Removed((12,), None, None, "take a python:3.9 image, or uv python install"),
    "python3.11": Removed((13,), None, None, "take a python:3.11 image, or uv python install"),
    "python3.12": Removed((12,), None, None, "take a python:3.12 image, or uv python install"),
}
