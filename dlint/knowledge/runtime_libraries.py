"""Packages that are there to compile with, and the libraries that programs compiled with them load.

Source: ``apt-get -s install`` of each -dev package and each library on Debian 12 and 13, names that another package
provides included (2026-11-23). Ubuntu and Debian 11 have other names for some.
"""

# The releases of Debian they hold for.
RELEASES = frozenset({"12", "13"})
# Headers -> the packages with the libraries; only where the name is the same in both releases.
RUNTIME_LIBRARIES: dict[str, tuple[str, ...]] = {
    "libpq-dev": ("libpq5",), "default-libmysqlclient-dev": ("libmariadb3",), "libmariadb-dev": ("libmariadb3",),
    "libmariadb-dev-compat": ("libmariadb3",), "libopenblas-dev": ("libopenblas0",), "libblas-dev": ("libblas3",),
    "liblapack-dev": ("liblapack3",), "libatlas-base-dev": ("libatlas3-base",), "libsndfile1-dev": ("libsndfile1",),
    "portaudio19-dev": ("libportaudio2",), "libcairo2-dev": ("libcairo2",), "libxslt1-dev": ("libxslt1.1",),
    "libxml2-dev": ("libxml2",), "libfreetype6-dev": ("libfreetype6",), "libfreetype-dev": ("libfreetype6",),
    "zlib1g-dev": ("zlib1g",), "libbz2-dev": ("libbz2-1.0",), "liblzma-dev": ("liblzma5",),
    "libsqlite3-dev": ("libsqlite3-0",), "unixodbc-dev": ("unixodbc",), "libgl1-mesa-dev": ("libgl1",),
    "libsm-dev": ("libsm6",), "libxext-dev": ("libxext6",), "libxrender-dev": ("libxrender1",),
    "libzbar-dev": ("libzbar0",), "libusb-1.0-0-dev": ("libusb-1.0-0",), "libwebp-dev": ("libwebp7",),
    "libsasl2-dev": ("libsasl2-2",), "libgmp-dev": ("libgmp10",),
}  # fmt: skip

# Headers of libraries that every slim image of Python has, as Python itself loads them.
PYTHON_BRINGS = frozenset({
    "libffi-dev", "libssl-dev", "zlib1g-dev", "libbz2-dev", "liblzma-dev", "libsqlite3-dev", "libc6-dev", "libc-dev",
    "linux-libc-dev", "libexpat1-dev", "libreadline-dev", "libncurses-dev", "libncurses5-dev", "uuid-dev",
    "libgdbm-dev", "tk-dev",
})  # fmt: skip

# What nothing loads when it runs: it drives compilers.
BUILD_ONLY = frozenset({
    "pkg-config", "pkgconf", "python3-dev", "python-dev", "python3-distutils", "cython3", "swig", "patchelf",
    "libtool", "autotools-dev", "dpkg-dev", "protobuf-compiler", "gfortran", "patch", "m4", "cpp",
})  # fmt: skip

# Compilers that bring libgomp1, which code compiled with -fopenmp loads.
BRINGS_GOMP = frozenset({"build-essential", "gcc", "g++", "gfortran", "clang"})

# Programs that apt brings a certificate store along for, unless it is told not to install what is recommended.
RECOMMENDS_CERTIFICATES = frozenset({"curl", "wget", "git"})

# Commands of a RUN that compile nothing and start nothing that might.
PLAIN_COMMANDS = frozenset({
    "", "mkdir", "chmod", "chown", "chgrp", "ln", "touch", "rm", "cp", "mv", "useradd", "adduser", "groupadd",
    "addgroup", "usermod", "echo", "printf", "true", ":", "test", "[", "sed", "cat", "export", "set", "cd", "ls",
    "find", "install", "rmdir", "curl", "wget", "tar", "unzip", "gunzip", "sha256sum", "ldconfig", "id", "tee",
    "huggingface-cli", "hf", "apt-get", "apt", "apt-mark", "compileall", "nltk.downloader", "chsh",
    "update-ca-certificates", "date",
    "mktemp", "head", "grep", "which", "sleep", "exit", "locale-gen", "dpkg-reconfigure",
})  # fmt: skip

# What a Python text says that compiles when it runs.
COMPILING_TEXTS = (
    "torch.compile", "cpp_extension", "load_inline", "import triton", "from triton", "pyximport", "cython.inline",
    "cythonize", "setuptools", "distutils", "ffi.verify", "deepspeed", "_inductor", "cache_implementation",
    "tilelang", "flashinfer", '"gcc"', "'gcc'", '"g++"', "'g++'", '"make"', "'make'", '"cmake"', "'cmake'",
)  # fmt: skip

# What is known to bring its own OpenMP, or to need none: wheels for Linux, and nothing to compile.
WHEELS = frozenset({
    "fastapi", "uvicorn", "flask", "gunicorn", "requests", "httpx", "pydantic", "starlette", "django", "numpy",
    "pandas", "scipy", "scikit-learn", "pillow", "redis", "sqlalchemy", "psycopg2", "psycopg2-binary", "boto3",
    "jinja2", "pyyaml", "click", "tqdm", "torch", "transformers", "tokenizers", "safetensors", "huggingface-hub",
    "onnxruntime", "streamlit", "gradio", "mlflow", "pyarrow", "pip", "uv", "setuptools", "wheel", "joblib",
    "python-dotenv", "python-multipart", "aiohttp", "orjson", "prometheus-client", "celery", "xgboost", "mysqlclient",
    "asyncpg", "hypercorn", "websockets", "protobuf", "grpcio", "matplotlib", "tiktoken", "openai", "pytest", "ujson",
    "cryptography", "bcrypt", "lxml", "markupsafe", "cffi", "rapidfuzz", "polars", "duckdb", "pymongo", "faiss-cpu",
    "sentencepiece", "nltk", "spacy", "sentence-transformers", "accelerate", "datasets", "evaluate", "seaborn",
    "plotly",
})  # fmt: skip
