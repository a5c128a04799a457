"""Projects whose CUDA code is compiled through torch.utils.cpp_extension when they are installed from source.

Sources: the setup.py of each project and torch 2.15's cpp_extension.py (read 2026-11). Where no GPU is
seen, as in every build, torch takes the architectures from TORCH_CUDA_ARCH_LIST and fails with an
IndexError if it is not set; several projects look for a GPU first and leave their CUDA code out.
"""


class Extension:
    """How one project is compiled.

    *architectures* is the variable that names the GPUs to compile for, ``""`` where the project
    chooses them itself. *forced* are the variables that have CUDA code compiled where no GPU is
    seen; none means that it always is. *disabled* is a setting that leaves it out.
    *wheels* says where ready ones come from: ``pypi``, ``own`` (its setup downloads them),
    ``""`` (PyPI has the source only), or ``none`` (it is not on PyPI).
    *is_isolated* says that it names torch as needed for its build, so that pip takes the newest
    unless told not to. *stops* says that a build that lacks *architectures* fails.
    """

    __slots__ = ("architectures", "disabled", "forced", "is_isolated", "stops", "wheels")

    def __init__(
        self,
        architectures: str = "TORCH_CUDA_ARCH_LIST",
        *,
        forced: tuple[str, ...] = (),
        disabled: tuple[str, str] | None = None,
        wheels: str = "none",
        is_isolated: bool = False,
        stops: bool = True,
    ) -> None:
        self.architectures = architectures
        self.forced = forced
        self.disabled = disabled
        self.wheels = wheels
        self.is_isolated = is_isolated
        self.stops = stops


_FORCED = Extension(forced=("FORCE_CUDA",))
_FORCED_FROM_PYPI = Extension(forced=("FORCE_CUDA",), wheels="")
_SAM2 = Extension(disabled=("SAM2_BUILD_CUDA", "0"), is_isolated=True, stops=False)
_TINY_CUDA_NN = Extension("TCNN_CUDA_ARCHITECTURES")
_OWN_ARCHITECTURES = Extension("", wheels="own")

# Distribution or repository, normalised: how it is compiled.
EXTENSIONS: dict[str, Extension] = {
    **dict.fromkeys(("detectron2", "pytorch3d"), _FORCED),
    **dict.fromkeys(("mmcv", "mmcv-full"), _FORCED_FROM_PYPI),
    **dict.fromkeys(("torch-scatter", "torch-sparse", "torch-cluster", "torch-spline-conv"), _FORCED_FROM_PYPI),
    **dict.fromkeys(("pytorch-scatter", "pytorch-sparse", "pytorch-cluster", "pytorch-spline-conv"), _FORCED),
    **dict.fromkeys(("sam2", "sam-2", "segment-anything-2"), _SAM2),
    **dict.fromkeys(("tiny-cuda-nn", "tinycudann"), _TINY_CUDA_NN),
    **dict.fromkeys(("gsplat", "nerfacc"), Extension(disabled=("BUILD_NO_CUDA", "1"), wheels="pypi")),
    "diff-gaussian-rasterization": Extension(),
    "groundingdino": Extension(forced=("TORCH_CUDA_ARCH_LIST",)),
    "sageattention": Extension(disabled=("SAGEATTN_SKIP_CUDA_BUILD", "1"), wheels="pypi", is_isolated=True),
    "xformers": Extension(forced=("FORCE_CUDA", "TORCH_CUDA_ARCH_LIST"), wheels="pypi", is_isolated=True),
    "apex": Extension(""),
    "deepspeed": Extension("", forced=("DS_BUILD_OPS",), disabled=("DS_SKIP_CUDA_CHECK", "1"), wheels=""),
    **dict.fromkeys(("flash-attn", "flash-attention"), _OWN_ARCHITECTURES),
    **dict.fromkeys(("mamba-ssm", "mamba", "causal-conv1d"), Extension("", wheels="own", is_isolated=True)),
}  # fmt: skip

# Settings that keep a project from downloading a wheel of its own.
FORCED_BUILDS = {
    "flash-attn": "FLASH_ATTENTION_FORCE_BUILD", "flash-attention": "FLASH_ATTENTION_FORCE_BUILD",
    "mamba-ssm": "MAMBA_FORCE_BUILD", "mamba": "MAMBA_FORCE_BUILD", "causal-conv1d": "CAUSAL_CONV1D_FORCE_BUILD",
}  # fmt: skip
