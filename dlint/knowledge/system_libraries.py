"""System libraries and programs that Python distributions need and do not bring.

How they are known: ``readelf -d`` on the current wheels from PyPI (opencv-python and opencv-contrib-python 5.0,
lightgbm 4.7, pyodbc 5.5); ``pip install`` without a compiler (psycopg2, mysqlclient, pyaudio, dlib, fasttext,
python-ldap, pycairo: no wheel for Linux, and the build stops); ``apt-get -s install`` on Debian 12 and 13, with what
apt recommends, for what brings which library (all 2026-11-22). Rows that are not *is_certain* are from the
distributions' own documentation.
"""


class Need:
    """What a distribution needs of the system.

    *what* is the library or program, *packages* are the Debian packages to install, *given_by* names packages that
    bring it, among others. *at_build* says that the installation needs it, not the container that runs.
    *members* of the needs of one distribution are separate rows. *since* is the first release without a wheel.
    """

    __slots__ = ("at_build", "given_by", "is_certain", "packages", "since", "what")

    def __init__(
        self,
        what: str,
        packages: str,
        given_by: str = "",
        *,
        at_build: bool = False,
        is_certain: bool = True,
        since: tuple[int, ...] = (),
    ) -> None:
        self.what = what
        self.packages = packages
        self.given_by = frozenset(given_by.split()) | frozenset(packages.split())
        self.at_build = at_build
        self.is_certain = is_certain
        self.since = since


_COMPILERS = "build-essential gcc g++ clang python3-pip gfortran"
_GL = Need(
    "libGL.so.1", "libgl1 libglib2.0-0", "libgl1-mesa-glx libgl-dev libgl1-mesa-dev ffmpeg libopencv-dev python3-opencv"
)
_GOMP = Need("libgomp.so.1", "libgomp1", f"{_COMPILERS} cmake ffmpeg sox tesseract-ocr libopenmpi-dev")

NEEDS: dict[str, tuple[Need, ...]] = {
    **dict.fromkeys(("opencv-python", "opencv-contrib-python"), (_GL,)),
    "lightgbm": (_GOMP,),
    "pyodbc": (Need("libodbc.so.2", "unixodbc", "unixodbc-dev libodbc1 libodbc2 msodbcsql17 msodbcsql18"),),
    "psycopg2": (Need("pg_config", "libpq-dev gcc", "postgresql-server-dev-all", at_build=True, since=(2, 8)),),
    "mysqlclient": (
        Need("the headers of MySQL", "default-libmysqlclient-dev gcc pkg-config", "libmariadb-dev", at_build=True),
    ),
    "pyaudio": (Need("the headers of PortAudio", "portaudio19-dev gcc", at_build=True),),
    "python-ldap": (Need("the headers of OpenLDAP", "libldap2-dev libsasl2-dev gcc", "libldap-dev", at_build=True),),
    "pycairo": (Need("the headers of cairo", "libcairo2-dev gcc pkg-config", at_build=True),),
    "dlib": (Need("a C++ compiler", "cmake g++", _COMPILERS, at_build=True),),
    "fasttext": (Need("a C++ compiler", "g++", _COMPILERS, at_build=True),),
    "pytesseract": (Need("the program tesseract", "tesseract-ocr", is_certain=False),),
    "pdf2image": (Need("the programs of poppler", "poppler-utils", is_certain=False),),
    "openai-whisper": (Need("the program ffmpeg", "ffmpeg", is_certain=False),),
    "python-magic": (Need("libmagic.so.1", "libmagic1", "libmagic1t64 libmagic-dev file sox", is_certain=False),),
    "pyzbar": (Need("libzbar.so.0", "libzbar0", "libzbar0t64 libzbar-dev zbar-tools", is_certain=False),),
    "weasyprint": (
        Need(
            "libpango",
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            "libpango1.0-dev ffmpeg tesseract-ocr",
            is_certain=False,
        ),
    ),
}

# What brings one of them along, in every release in use (the metadata on PyPI; insightface does so only since 1.0).
THROUGH: dict[str, str] = {
    **dict.fromkeys(
        ("ultralytics", "imgaug", "rapidocr-onnxruntime", "python-doctr", "sahi", "yolov5",
         "layoutparser",
         "unstructured-inference"), "opencv-python",
    ),
    **dict.fromkeys(("mediapipe", "img2table"), "opencv-contrib-python"),
    "face-recognition": "dlib",
}  # fmt: skip

# Packages that bring none of these libraries, but for the rows that name them.
BRINGS_NOTHING = frozenset({
    "apt-transport-https", "apt-utils", "aria2", "bash", "build-essential", "bzip2", "ca-certificates", "clang",
    "cmake",
    "coreutils", "curl", "default-libmysqlclient-dev", "dumb-init", "file", "findutils", "fonts-dejavu", "g++", "gcc",
    "gfortran", "git", "git-lfs", "gnupg", "gosu", "gzip", "htop", "iputils-ping", "jq", "less", "libaio-dev",
    "libffi-dev",
    "libglib2.0-0", "libgomp1", "libhdf5-dev", "libjpeg-dev", "libmagic1", "libopenblas-dev", "libpng-dev", "libpq-dev",
    "libsndfile1", "libssl-dev", "libxml2-dev", "libxslt1-dev", "locales", "lsb-release", "make", "nano", "net-tools",
    "netcat-openbsd", "nginx", "ninja-build", "openssh-client", "pkg-config", "poppler-utils", "postgresql-client",
    "procps",
    "python-is-python3", "python3", "python3-dev", "python3-pip", "python3-setuptools", "python3-venv", "python3-wheel",
    "rsync", "sox", "sudo", "supervisor", "swig", "tar", "telnet", "tesseract-ocr", "tini", "tzdata", "unzip", "vim",
    "wget",
    "xz-utils", "zip", "zlib1g-dev",
})  # fmt: skip
