"""Python distributions that are retired, wrong or placeholders, and those that exclude each other.

How they are known: ``pip download`` and ``pip install`` from PyPI on linux/x86_64 under Python 3.8, 3.11, 3.12 and
3.13 with pip 26.3, and the wheels' contents (2026-11-22).
"""


class Retired:
    """A distribution that people should not ask for.

    *message* says what is wrong, *advice* what to take. *fails* is the first release that stops the build (``()`` for
    any, None for none), *works* a version that is an exception, *fails_on* the first Python it cannot be installed on.
    *minor* makes it mere advice.
    """

    __slots__ = ("advice", "fails", "fails_on", "message", "minor", "replacement", "works")

    def __init__(
        self,
        message: str,
        replacement: str | None = None,
        *,
        advice: str | None = None,
        fails: tuple[int, ...] | None = None,
        fails_on: tuple[int, ...] | None = None,
        works: str = "",
        minor: bool = False,
    ) -> None:
        self.message = message
        self.replacement = replacement
        self.advice = advice or (f"ask for {replacement}" if replacement else "leave it out")
        self.fails = fails
        self.fails_on = fails_on
        self.works = works
        self.minor = minor


_BACKPORT = "is in Python itself, and the package of that name is an old copy of it"
_NOT_ON_PYPI = "is not on PyPI under this name, and the build stops"

RETIRED: dict[str, Retired] = {
    # Refuse to be installed.
    "sklearn": Retired(
        "refuses to be installed: the distribution is called scikit-learn", "scikit-learn", fails=(), works="0.0"
    ),
    "skimage": Retired("refuses to be installed: the distribution is called scikit-image", "scikit-image", fails=()),
    "fitz": Retired("refuses to be installed: the module fitz is in pymupdf", "pymupdf", fails=()),
    "pytorch": Retired("refuses to be installed: the distribution is called torch", "torch", fails=()),
    "beautifulsoup": Retired("is for Python 2, and refuses to be installed", "beautifulsoup4", fails_on=(3,)),
    "tensorflow-gpu": Retired(
        "is retired: its last release fails to install, and the older ones need Python 3.10 or older",
        "tensorflow[and-cuda]",
        fails=(2, 12),
        fails_on=(3, 11),
    ),
    "tf-nightly-gpu": Retired(
        "is retired, and its last release fails to install", "tf-nightly[and-cuda]", fails=(2, 12), fails_on=(3, 11)
    ),
    # Are not there.
    "cv2": Retired(_NOT_ON_PYPI, "opencv-python-headless", fails=()),
    "opencv": Retired(_NOT_ON_PYPI, "opencv-python-headless", fails=()),
    "pil": Retired(_NOT_ON_PYPI, "pillow", fails=()),
    "yaml": Retired(_NOT_ON_PYPI, "pyyaml", fails=()),
    "huggingface-cli": Retired(_NOT_ON_PYPI, "huggingface-hub", fails=()),
    "faiss": Retired("has no wheel for Python 3.8 or newer", "faiss-cpu", fails_on=(3, 8)),
    # Hold nothing, or something else.
    "nvidia-tensorrt": Retired("is an empty placeholder on PyPI", "tensorrt", fails=()),
    "pinecone-client": Retired("was renamed: since 6.0 importing it raises an error", "pinecone", fails=(6,)),
    "apex": Retired(
        "on PyPI is another project than NVIDIA Apex",
        advice="build NVIDIA Apex from github.com/NVIDIA/apex, or do without",
    ),
    # Stopped.
    "tensorflow-addons": Retired("was retired in 2024, and has no wheel for Python 3.12 or newer", fails_on=(3, 12)),
    "torchtext": Retired("was retired in 2024: its last release, 0.18, is for torch 2.3", "datasets"),
    "mxnet": Retired("was retired in 2023, and does not import with NumPy 1.24 or newer"),
    "auto-gptq": Retired("was archived in 2025, and has no wheel for Python 3.12 or newer", "gptqmodel"),
    "openvino-dev": Retired("ended with 2024.6", "openvino"),
    "nvidia-pyindex": Retired(
        "does not build where pip builds in isolation", advice="pass --extra-index-url https://pypi.nvidia.com"
    ),
    "pytorch-transformers": Retired("was renamed in 2019", "transformers"),
    "pytorch-pretrained-bert": Retired("was renamed in 2019", "transformers"),
    "pycrypto": Retired(
        "was abandoned in 2013, and does not compile for Python 3.11 or newer", "pycryptodome", fails_on=(3, 11)
    ),
    "gym": Retired("has had no release since 2022, and does not know NumPy 2", "gymnasium", minor=True),
    # Were for older Pythons.
    "typing": Retired(_BACKPORT, minor=True),
    "dataclasses": Retired(_BACKPORT, minor=True),
    "enum34": Retired(_BACKPORT, minor=True),
    "pathlib": Retired(_BACKPORT, minor=True),
    "argparse": Retired(_BACKPORT, minor=True),
    "futures": Retired(_BACKPORT, minor=True),
    "asyncio": Retired(_BACKPORT, minor=True),
    **dict.fromkeys(
        (f"bitsandbytes-cuda{version}" for version in (102, 110, 111, 112, 113, 114, 115, 116, 117)),
        Retired("stopped in 2022: bitsandbytes itself is for all versions of CUDA", "bitsandbytes"),
    ),
}


class Family:
    """Distributions that bring the same modules: the one that is installed last decides which are there.

    *modules* is what they share; *needed_by* are packages that ask for one of the members by name (their metadata on
    PyPI, 2026-11-22), ``name: member``.
    """

    __slots__ = ("advice", "members", "modules", "needed_by")

    def __init__(self, modules: str, members: str, advice: str, needed_by: dict[str, str] | None = None) -> None:
        self.modules = modules
        self.members = frozenset(members.split())
        self.advice = advice
        self.needed_by = needed_by or {}


EXCLUSIVE: tuple[Family, ...] = (
    Family(
        "cv2",
        "opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless",
        "keep one: opencv-python-headless where no window is opened",
        {
            **dict.fromkeys(
                (
                    "ultralytics",
                    "imgaug",
                    "rapidocr-onnxruntime",
                    "python-doctr",
                    "unstructured-inference",
                    "sahi",
                    "yolov5",
                    "layoutparser",
                ),
                "opencv-python",
            ),
            **dict.fromkeys(("albumentations", "easyocr", "rapidocr", "roboflow"), "opencv-python-headless"),
            **dict.fromkeys(("mediapipe", "img2table"), "opencv-contrib-python"),
        },
    ),
    Family(
        "onnxruntime",
        "onnxruntime onnxruntime-gpu onnxruntime-openvino onnxruntime-training onnxruntime-rocm",
        "keep one, and uninstall the other in the same RUN: onnxruntime-gpu runs on CPUs, too",
        dict.fromkeys(
            (
                "faster-whisper",
                "chromadb",
                "fastembed",
                "rapidocr-onnxruntime",
                "unstructured-inference",
            ),
            "onnxruntime",
        ),
    ),
    Family(
        "tensorflow",
        "tensorflow tensorflow-cpu tensorflow-gpu tensorflow-rocm intel-tensorflow tf-nightly tf-nightly-gpu "
        "tf-nightly-cpu",
        "keep one: tensorflow runs on CPUs and, with the extra and-cuda, on GPUs",
    ),
    Family(
        "faiss", "faiss-cpu faiss-gpu faiss-gpu-cu11 faiss-gpu-cu12", "keep one: the builds for GPUs run on CPUs, too"
    ),
    Family("xgboost", "xgboost xgboost-cpu", "keep one: xgboost runs on CPUs, too"),
    Family("paddle", "paddlepaddle paddlepaddle-gpu", "keep one: paddlepaddle-gpu runs on CPUs, too"),
    Family("mmcv", "mmcv mmcv-full mmcv-lite", "keep one: OpenMMLab supports no two of them side by side"),
    Family("haystack", "haystack-ai farm-haystack", "keep one: Haystack supports no two of them side by side"),
    Family("tensorboard", "tensorboard tb-nightly", "keep one"),
    Family("psycopg2", "psycopg2 psycopg2-binary", "keep one: psycopg2-binary needs no compiler"),
    Family("PIL", "pillow pillow-simd", "keep one"),
    Family("Crypto", "pycrypto pycryptodome", "keep pycryptodome"),
    Family("jwt", "jwt pyjwt", "keep one: pyjwt is the one most code means"),
    Family("pinecone", "pinecone pinecone-client", "keep pinecone"),
)
