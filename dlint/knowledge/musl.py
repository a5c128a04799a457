"""Python packages and Alpine: which have wheels for musl.

Source: uv resolutions for CPython 3.12 on x86_64-unknown-linux-musl against PyPI, with and without --no-build
(2026-11-22). numpy, pandas, scipy, pyarrow, matplotlib, polars, spacy, faiss-cpu, tokenizers, safetensors, grpcio,
h5py and tiktoken have wheels.
"""

# Neither wheels for musl nor sources on PyPI: the installation fails.
WITHOUT_ANY = frozenset({
    "torch", "torchvision", "torchaudio", "tensorflow", "tensorflow-cpu", "jaxlib", "onnxruntime", "onnxruntime-gpu",
    "ctranslate2", "triton", "ray", "cupy-cuda11x", "cupy-cuda12x", "cupy-cuda13x",
})  # fmt: skip

# Packages that depend on one of those: name -> on which.
DEPENDS_ON = {
    "sentence-transformers": "torch", "accelerate": "torch", "openai-whisper": "torch", "ultralytics": "torch",
    "easyocr": "torch", "lightning": "torch", "pytorch-lightning": "torch", "timm": "torch", "peft": "torch",
    "trl": "torch", "bertopic": "torch", "faster-whisper": "ctranslate2", "jax": "jaxlib",
}  # fmt: skip

# No wheels for musl, but sources: they are compiled, if a compiler and the libraries are there.
FROM_SOURCE = frozenset({
    "xgboost", "lightgbm", "catboost", "opencv-python", "opencv-python-headless", "opencv-contrib-python",
    "opencv-contrib-python-headless", "scikit-learn", "sentencepiece", "llvmlite", "numba",
})  # fmt: skip
