"""Shared libraries that Python wheels need and do not bring.

Source: NEEDED entries of the wheels for linux/x86_64 (readelf: opencv-python 4.10 and 5.0, lightgbm
4.7; 2026-11), and the metadata of ultralytics, which asks for opencv-python.
"""


class Library:
    """A library that wheels look for when they are imported.

    *file* is its name, *package* what brings it on Debian and Ubuntu; *providers* are beginnings
    of names of packages that bring it along, or may.
    """

    __slots__ = ("file", "package", "providers")

    def __init__(self, file: str, package: str, providers: tuple[str, ...]) -> None:
        self.file = file
        self.package = package
        self.providers = providers


_GL = Library(
    "libGL.so.1",
    "libgl1",
    ("libgl", "libopengl", "libegl", "libopencv", "python3-opencv", "ffmpeg", "libsm6", "libxext6", "libxrender",
     "libx11", "x11", "xvfb", "xorg", "qt", "libqt", "python3-pyqt", "mesa", "libgtk", "ubuntu-desktop", "ros-",
     "blender", "freeglut", "libavcodec", "vlc", "imagemagick", "chromium", "firefox", "default-jre", "openjdk",
     "libreoffice"),
)  # fmt: skip
_GOMP = Library(
    "libgomp.so.1",
    "libgomp1",
    ("libgomp", "gcc", "g++", "build-essential", "gfortran", "r-base", "libopenblas", "ffmpeg", "imagemagick",
     "libmagick", "cmake", "clang", "libopencv", "python3-numpy", "python3-scipy", "libsox", "sox", "ghostscript"),
)  # fmt: skip

NEEDED: dict[str, Library] = {
    "opencv-python": _GL, "opencv-contrib-python": _GL, "ultralytics": _GL, "lightgbm": _GOMP,
}  # fmt: skip
