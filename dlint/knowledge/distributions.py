"""Names on PyPI that are dead, wrong, or exclude each other.

Source: what PyPI gives pip on linux/x86_64 with Python 3.11 (tried 2026-11-23), the projects' own
pages, and the metadata of the wheels.
"""


class Dead:
    """A name that should not be installed.

    *instead* is what to install, ``""`` for nothing; *why* completes "NAME …"; *fails* says that
    installing it from PyPI fails for every release and Python that is not long out of support.
    """

    __slots__ = ("fails", "instead", "why")

    def __init__(self, instead: str, why: str, *, fails: bool = False) -> None:
        self.instead = instead
        self.why = why
        self.fails = fails


DEAD: dict[str, Dead] = {
    "sklearn": Dead("scikit-learn", "is a placeholder that refuses to be installed", fails=True),
    "pytorch": Dead("torch", "is a placeholder that refuses to be installed", fails=True),
    "cv2": Dead("opencv-python-headless", "does not exist on PyPI", fails=True),
    "opencv": Dead("opencv-python-headless", "does not exist on PyPI", fails=True),
    "tensorflow-gpu": Dead(
        "tensorflow[and-cuda]", "ended with 2.12, whose only file refuses to be installed", fails=True
    ),
    "tf-nightly-gpu": Dead("tf-nightly[and-cuda]", "ended with 2.12"),
    "nvidia-tensorrt": Dead("tensorrt", "is an empty placeholder"),
    "pinecone-client": Dead("pinecone", "has been renamed and gets no releases"),
    "pytorch-transformers": Dead("transformers", "has been renamed and gets no releases"),
    "pytorch-pretrained-bert": Dead("transformers", "has been renamed and gets no releases"),
    "nvidia-pyindex": Dead("", "is not needed any more, as NVIDIA's wheels are on PyPI"),
    "tensorflow-addons": Dead("", "is no longer developed, and works with TensorFlow up to 2.15 only"),
    "auto-gptq": Dead("gptqmodel", "is no longer developed"),
    "enum34": Dead("", "is a backport for Python 2 that can hide the standard library's enum"),
    "typing": Dead("", "is a backport for Python 2 that the standard library has"),
    "pathlib": Dead("", "is a backport for Python 2 that can hide the standard library's pathlib"),
    "dataclasses": Dead("", "is a backport for Python 3.6 that the standard library has"),
}
# The last release of tensorflow-gpu that is more than a placeholder is older than this.
TENSORFLOW_GPU_ENDED = (2, 12)

# No files for Linux on PyPI, whatever the release.
NOT_FOR_LINUX: dict[str, str] = {
    "pywin32": "Windows", "pypiwin32": "Windows", "pywinpty": "Windows", "wmi": "Windows",
    "tensorflow-macos": "macOS", "tensorflow-metal": "macOS", "pyobjc": "macOS", "pyobjc-core": "macOS",
}  # fmt: skip

# Distributions with the same import package: the one that is installed last wins, in parts.
EXCLUSIVE: tuple[frozenset[str], ...] = (
    frozenset({"opencv-python", "opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless"}),
    frozenset({"onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino"}),
    frozenset({"tensorflow", "tensorflow-cpu", "tensorflow-gpu", "intel-tensorflow"}),
    frozenset({"faiss-cpu", "faiss-gpu"}),
    frozenset({"xgboost", "xgboost-cpu"}),
    frozenset({"paddlepaddle", "paddlepaddle-gpu"}),
    frozenset({"psycopg2", "psycopg2-binary"}),
    frozenset({"pillow", "pillow-simd"}),
)
