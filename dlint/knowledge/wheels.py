"""Python distributions that are large, what they bring along, and lighter ones that do the same.

Source: uv lock on linux/x86_64, CPython 3.11, wheel sizes as recorded by PyPI, and the requirements in
their metadata (measured 2026-11-22).
"""

# One wheel, in bytes; what it depends on is not counted.
WHEEL_BYTES: dict[str, int] = {
    "torch": 539_000_000, "triton": 286_000_000, "tensorflow": 572_000_000, "tensorflow-cpu": 274_000_000,
    "xgboost": 132_000_000, "vllm": 327_000_000, "onnxruntime-gpu": 256_000_000, "catboost": 97_000_000,
    "ray": 79_000_000, "pyarrow": 55_000_000, "llvmlite": 60_000_000, "opencv-python": 74_000_000,
    "opencv-python-headless": 61_000_000, "cupy-cuda12x": 137_000_000, "nvidia-cudnn-cu13": 519_000_000,
    "nvidia-cublas": 405_000_000, "nvidia-nccl-cu12": 352_000_000,
}  # fmt: skip

# What installs torch from PyPI with all of CUDA, by name; those with an extra do so only with it.
NEEDS_TORCH = frozenset({
    "torch", "torchvision", "torchaudio", "sentence-transformers", "accelerate", "easyocr", "openai-whisper",
    "ultralytics", "lightning", "pytorch-lightning", "bertopic", "transformers[torch]",
})  # fmt: skip


NEEDS_TORCH_NAMES = (
    "torch", "sentence", "accelerate", "easyocr", "whisper", "ultralytics", "lightning", "bertopic",
)  # fmt: skip
"""One of these words is in each of the names above, however they are written."""


class Lighter:
    """A distribution that offers the same modules for CPUs alone.

    *since* is the first release it is known for, *saves* what its closure is smaller by, in bytes,
    *dependents* ask for the heavy one by name, so that both would be installed.
    """

    __slots__ = ("dependents", "name", "reason", "saves", "since")

    def __init__(self, name: str, since: tuple[int, ...], saves: int, reason: str, dependents: str) -> None:
        self.name = name
        self.since = since
        self.saves = saves
        self.reason = reason
        self.dependents = frozenset(dependents.split())


LIGHTER: dict[str, Lighter] = {
    "tensorflow": Lighter(
        "tensorflow-cpu", (2, 15), 295_000_000, "its wheel holds GPU kernels",
        "tf-keras tensorflow-text tensorflow-decision-forests tensorflow-recommenders tensorflow-ranking "
        "tensorflow-serving-api tensorflow-transform tensorflow-data-validation tensorflow-model-analysis tfx "
        "deepface tf-models-official tensorflow-io spleeter basic-pitch mtcnn retina-face autokeras",
    ),
    "xgboost": Lighter(
        "xgboost-cpu", (3, 0), 478_000_000, "it brings NCCL and GPU kernels",
        "autogluon autogluon-tabular evalml tpot xgboost-ray dask-xgboost pycaret mljar-supervised",
    ),
}  # fmt: skip

# What asks for an OpenCV with windows by name, so that the headless one would come on top.
NEEDS_OPENCV_GUI = {
    "opencv-python": frozenset({
        "ultralytics", "mmcv", "mmcv-full", "mmdet", "mmpose", "insightface", "facexlib", "gfpgan", "realesrgan",
        "basicsr", "deepface", "supervision", "imgaug", "retina-face", "mtcnn", "yolov5", "norfair", "sahi",
        "super-gradients", "segment-anything-hq", "gluoncv", "keras-cv", "paddleseg", "pixellib", "iopaint",
    }),
    "opencv-contrib-python": frozenset({"mediapipe", "paddleocr", "paddlex", "imutils"}),
}  # fmt: skip
