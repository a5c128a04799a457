"""What well-known installations weigh, in bytes.

Source: uv lock on linux/x86_64, CPython 3.11, sums of the wheel sizes recorded by PyPI, and du of
the installed environment (measured 2026-11-22).
"""

# Downloads of a requirement with everything it depends on.
CLOSURE_BYTES: dict[str, int] = {
    "torch": 3_000_000_000, "sentence-transformers": 3_090_000_000, "lightning": 3_020_000_000,
    "openai-whisper": 3_080_000_000, "ultralytics": 3_180_000_000, "vllm": 3_950_000_000, "tensorflow": 630_000_000,
    "tensorflow-cpu": 335_000_000, "jax": 141_000_000, "xgboost": 536_000_000, "xgboost-cpu": 58_000_000,
    "onnxruntime": 28_000_000, "onnxruntime-gpu": 256_000_000, "mlflow": 191_000_000, "scikit-learn": 62_000_000,
    "spacy": 80_000_000, "gensim": 80_000_000, "opencv-python": 74_000_000, "opencv-python-headless": 61_000_000,
    "catboost": 97_000_000, "ray": 79_000_000, "pyarrow": 55_000_000, "bitsandbytes": 43_000_000, "scipy": 35_000_000,
    "faster-whisper": 135_000_000,
}  # fmt: skip

# torch by its minor release; the default CUDA libraries differ.
TORCH_BYTES: dict[str, int] = {
    "2.14": 3_020_000_000, "2.13": 2_740_000_000, "2.12": 2_740_000_000, "2.11": 2_720_000_000, "2.10": 4_130_000_000,
    "2.9": 4_070_000_000, "2.8": 3_920_000_000, "2.7": 3_000_000_000, "2.6": 3_060_000_000, "2.5": 3_010_000_000,
    "2.4": 2_840_000_000, "2.3": 2_850_000_000, "2.2": 2_820_000_000, "2.1": 2_700_000_000, "2.0": 2_310_000_000,
    "1.13": 1_790_000_000,
}  # fmt: skip

# Debian's package lists after apt-get update (bookworm main, amd64), and Ubuntu's.
APT_LISTS_BYTES = 20_000_000


def closure_bytes(name: str, version: str | None) -> int | None:
    """Return what a package and its dependencies download, None if the tables do not know."""
    if name == "torch" and version:
        parts = version.lstrip("=~<> ").split("+")[0].split(".")
        if "+cpu" in version:
            return 200_000_000
        return TORCH_BYTES.get(".".join(parts[:2]), CLOSURE_BYTES["torch"])
    return CLOSURE_BYTES.get(name)
