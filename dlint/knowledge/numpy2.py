"""Python packages and NumPy 2.

Sources: uv resolutions of each name beside torch==2.1.2 for CPython 3.10 on linux/x86_64 (2026-11-22): all of
these, unpinned, came with numpy 2.2.6 or with none; "A module that was compiled using NumPy 1.x cannot be run in
NumPy 2" in TorchIO#1183, ai2cm/ace#378, opencv/opencv-python#995 and replicate/cog-svd#10.
"""

# Packages whose newest releases depend on numpy and take 2.
NEEDS_NUMPY = frozenset({
    "torchvision", "pandas", "scipy", "scikit-learn", "matplotlib", "seaborn", "transformers", "accelerate",
    "datasets", "evaluate", "sentence-transformers", "timm", "lightning", "pytorch-lightning", "torchmetrics",
    "xgboost", "lightgbm", "catboost", "spacy", "gensim", "gradio", "streamlit", "mlflow", "tensorboard", "onnx",
    "onnxruntime", "peft", "trl", "diffusers", "soundfile", "librosa", "ultralytics", "statsmodels", "albumentations",
    "faiss-cpu", "shap", "optuna", "scikit-image", "imageio", "h5py", "openai-whisper", "easyocr", "numba",
    "bertopic", "umap-learn", "pycocotools", "opencv-python", "opencv-python-headless",
})  # fmt: skip

# Packages without numpy among their dependencies.
WITHOUT_NUMPY = frozenset({
    "torch", "torchaudio", "einops", "wandb", "nltk", "pyarrow", "polars", "ray", "sentencepiece", "tokenizers",
    "kornia", "huggingface-hub", "safetensors", "fastapi", "uvicorn", "gunicorn", "flask", "starlette", "pydantic",
    "requests", "httpx", "aiohttp", "tqdm", "pyyaml", "pillow", "boto3", "redis", "click", "typer", "rich", "psutil",
    "joblib", "python-multipart", "python-dotenv", "prometheus-client", "protobuf", "grpcio", "jinja2", "sqlalchemy",
    "pytest", "pip", "setuptools", "wheel", "ninja", "packaging", "hydra-core", "omegaconf", "fsspec", "filelock",
    "loguru",
})  # fmt: skip
