"""Python packages and the CUDA libraries of the operating system.

Sources: PyPI metadata (2026-11-22): which wheels depend on nvidia-* wheels; the projects' installation pages;
microsoft/onnxruntime#21825; a PyTorch maintainer in allenai/allennlp#372.
"""

# Packages that look for CUDA, cuDNN or TensorRT outside of their wheels, or compile against them.
USES_SYSTEM_CUDA = frozenset({
    "onnxruntime-gpu", "tensorflow", "tensorflow-gpu", "tensorrt", "torch-tensorrt", "tensorrt-llm", "llama-cpp-python",
    "ctranslate2", "faster-whisper", "whisperx", "numba", "numba-cuda", "pycuda", "paddlepaddle-gpu", "paddleocr",
    "dgl", "mxnet", "jax", "jaxlib", "keras", "cudf", "cuml", "cugraph", "faiss-gpu", "nvidia-dali", "horovod",
    "bitsandbytes", "deepspeed", "apex", "transformer-engine", "k2", "kaldifeat", "spconv", "open3d", "cuda-python",
    "cuda-core", "pynvml", "nvidia-pyindex", "insightface", "rapidocr", "stable-diffusion-cpp-python", "chatglm-cpp",
    "mlc-llm", "exllamav2", "gptqmodel", "autoawq", "auto-gptq", "tritonclient", "catboost-gpu", "theano", "pyopencl",
})  # fmt: skip
SYSTEM_CUDA_PREFIXES = ("cupy", "nvidia-", "tensorrt", "paddle", "tensorflow", "cudf-", "cuml-", "jax-cuda", "dgl")

# Operating system packages that belong to CUDA.
CUDA_SYSTEM_PREFIXES = ("cuda", "libcu", "libnv", "libnccl", "libnpp", "tensorrt", "nsight", "nvidia", "libnvinfer")
