"""Python distributions of machine learning: names, and what they pull in.

Source: PyPI metadata, resolved 2026-11-22.
"""

# Frameworks whose next release changes results, CUDA versions or gigabytes.
ML_FRAMEWORKS = frozenset({
    "torch", "torchvision", "torchaudio", "tensorflow", "tensorflow-cpu", "tensorflow-gpu", "keras", "jax", "jaxlib",
    "transformers", "accelerate", "diffusers", "peft", "trl", "vllm", "sglang", "sentence-transformers", "onnxruntime",
    "onnxruntime-gpu", "xgboost", "xgboost-cpu", "lightgbm", "catboost", "scikit-learn", "numpy", "pandas",
    "ultralytics", "deepspeed", "flash-attn", "bitsandbytes", "mlflow", "ray", "lightning", "pytorch-lightning",
    "xformers", "triton", "datasets", "scipy",
})  # fmt: skip

# The same frameworks under the names conda channels give them.
CONDA_FRAMEWORKS = ML_FRAMEWORKS | frozenset({"pytorch", "pytorch-gpu", "pytorch-cpu"})

# Branches that move.
MOVING_REFERENCES = frozenset({"main", "master", "dev", "develop", "devel", "head", "trunk", "nightly", "latest"})

# A pinned release of the first asks for one exact release of the others (their metadata on PyPI, 2026-11).
PINNED_ALONG = {
    "vllm": frozenset({"torch", "torchvision", "torchaudio", "triton", "xformers"}),
    "xformers": frozenset({"torch", "torchvision", "torchaudio", "triton"}),
    "torch": frozenset({"torchvision", "torchaudio", "triton"}),
    "pytorch": frozenset({"torchvision", "torchaudio", "triton"}),
}
# What images of a framework (BaseImage.framework) hold.
FRAMEWORK_PACKAGES = {
    "torch": ("torch", "torchvision", "torchaudio", "triton", "numpy"),
    "tensorflow": ("tensorflow", "keras", "numpy"),
    "jax": ("jax", "jaxlib", "numpy"),
    "vllm": ("vllm", "torch", "torchvision", "torchaudio", "triton", "transformers", "numpy"),
    "sglang": ("sglang", "torch", "torchvision", "torchaudio", "triton", "transformers", "numpy"),
}

# Of these one is named in every file that installs Python packages from a list of them.
PYTHON_TOOLS = ("pip", "uv", "conda", "mamba", "poetry", "pdm", "pixi")

# What begins like this computes on GPUs without torch.
GPU_WITHOUT_TORCH = (
    "onnxruntime-gpu", "tensorflow", "jax", "cupy", "ctranslate2", "faster-whisper", "llama-cpp-python", "paddle",
    "faiss-gpu", "xgboost", "lightgbm", "catboost", "cuml", "cudf", "cugraph", "nvidia-", "tensorrt", "pycuda", "numba",
    "openvino", "vllm", "sglang", "warp-lang", "mxnet", "open3d", "taichi", "rapidsai",
)  # fmt: skip
# Packages that are of no use without a GPU.
GPU_PACKAGES = frozenset({
    "vllm", "sglang", "deepspeed", "flash-attn", "bitsandbytes", "xformers", "tensorrt", "onnxruntime-gpu",
    "tensorflow-gpu", "paddlepaddle-gpu", "faiss-gpu", "apex", "transformer-engine", "triton", "autoawq", "auto-gptq",
    "exllamav2", "unsloth", "cuml", "cudf", "pycuda", "pynvml", "nvidia-ml-py", "torch-tensorrt", "tensorrt-llm",
    "nvidia-dali", "sageattention", "flashinfer-python", "liger-kernel",
})  # fmt: skip
