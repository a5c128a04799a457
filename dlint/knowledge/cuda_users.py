"""Python packages that need CUDA libraries and do not bring them.

Sources: onnxruntime.ai, "CUDA Execution Provider", requirements; docs.cupy.dev, installation;
www.tensorflow.org/install/pip; metadata on PyPI (2026-11).
"""

# onnxruntime-gpu on PyPI: (first minor release, major version of CUDA); 1.23 and later are not known.
ONNXRUNTIME_CUDA = (((1, 13), "11"), ((1, 19), "12"))
ONNXRUNTIME_UNKNOWN = (1, 23)

# Packages whose wheels bring CUDA's libraries into the environment.
BRINGS_CUDA = frozenset({"torch", "torchvision", "torchaudio", "vllm", "sentence-transformers", "xformers", "jax"})
