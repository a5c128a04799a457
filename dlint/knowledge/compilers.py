"""Packages and commands that compile, and Python packages that do so when they are installed or run.

Source: packages.debian.org, pkgs.alpinelinux.org and the projects' installation pages (2026-11).
"""

# Operating system packages that are there to compile other things.
COMPILER_PACKAGES = frozenset({
    "build-essential", "gcc", "g++", "gfortran", "clang", "llvm", "make", "cmake", "ninja-build", "rustc", "cargo",
    "build-base", "gcc-c++", "musl-dev", "libc-dev", "libc6-dev", "alpine-sdk", "meson", "autoconf", "automake",
    "bison",
    "flex", "nasm", "yasm", "cuda-nvcc", "cuda-toolkit", "ninja", "samurai", "ccache", "bazel",
})  # fmt: skip

# Commands that compile something.
COMPILER_COMMANDS = frozenset({
    "nvcc", "cmake", "make", "ninja", "gcc", "g++", "cc", "c++", "clang", "clang++", "bazel", "bazelisk", "cargo",
    "rustc",
    "meson", "configure", "autoreconf", "ld", "gfortran", "go", "mvn", "gradle", "cythonize", "hipcc", "build.sh",
    "install.sh", "setup.sh", "mim",
})  # fmt: skip

# Python packages that compile CUDA code when they are installed.
COMPILED_PACKAGES = frozenset({
    "flash-attn", "apex", "deepspeed", "xformers", "detectron2", "mmcv", "mmcv-full", "mmdet3d", "pytorch3d",
    "torch-scatter",
    "torch-sparse", "torch-cluster", "torch-spline-conv", "gsplat", "nerfacc", "tinycudann", "grouped-gemm",
    "causal-conv1d",
    "mamba-ssm", "bitsandbytes", "auto-gptq", "autoawq", "llama-cpp-python", "pycuda", "dgl", "spconv", "horovod",
    "transformer-engine", "exllamav2", "sageattention", "natten", "nvdiffrast",
})  # fmt: skip

# Python packages that compile GPU code while they run.
RUNTIME_COMPILERS = frozenset({
    "deepspeed", "cupy", "cupy-cuda11x", "cupy-cuda12x", "cupy-cuda13x", "numba", "tilelang", "flashinfer",
    "flashinfer-python", "sgl-kernel", "sglang", "vllm", "triton", "cuda-core", "pycuda", "tensorrt-llm",
})  # fmt: skip
