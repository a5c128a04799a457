"""Python distributions that cannot be installed on Linux, and traces of the machine a requirements file was made on.

How they are known: ``pip download`` and ``pip install`` from PyPI on linux/x86_64 under Python 3.10, 3.11 and 3.13
(2026-11-22); the folders are those of conda's build machines, as ``pip freeze`` prints them.
"""

from dlint.regex import lazy

WINDOWS, MACOS = "Windows", "macOS"

# What stops the build: no distribution for Linux, or one that does not compile there.
ONLY_ON: dict[str, str] = {
    **dict.fromkeys(
        ("pywin32", "pypiwin32", "pywinpty", "windows-curses", "twisted-iocpsupport", "wmi", "onnxruntime-directml",
         "triton-windows"), WINDOWS,
    ),
    **dict.fromkeys(
        ("tensorflow-macos", "tensorflow-metal", "pyobjc", "pyobjc-core", "onnxruntime-silicon", "jax-metal",
         "mlx-metal"), MACOS,
    ),
}  # fmt: skip
# Releases that are only there for Windows, though the name has an empty one for all.
TENSORFLOW_INTEL_EMPTY = "0.0.1"

# Packages of conda that only its channels for Windows and macOS have.
CONDA_ONLY_ON: dict[str, str] = {
    **dict.fromkeys(
        ("vc", "vs2015_runtime", "vc14_runtime", "wincertstore", "win_inet_pton", "pywin32", "pywinpty", "ucrt",
         "msys2-conda-epoch", "m2w64-gcc-libs", "m2w64-gmp", "m2w64-libwinpthread-git", "m2w64-gcc-libgfortran",
         "m2w64-gcc-libs-core"), WINDOWS,
    ),
    **dict.fromkeys(("appnope", "python.app", "pyobjc-core", "pyobjc-framework-cocoa"), MACOS),
}  # fmt: skip

# Versions that are printed by "pip freeze" on Debian and Ubuntu, and are not on PyPI.
NOT_PUBLISHED = {"pkg-resources": "0.0.0"}

FOREIGN_FOLDER = lazy(
    r"(?i)\A/*(?:[a-z]:|Users/|private/(?:var|tmp)/|croot/|opt/concourse/|tmp/(?:build/\d|abs_|croot|pip-)|home/conda/"
    r"|home/ktietz/|home/builder/|feedstock_root|work/(?:ci_py|perseverance)|b/abs_|D_/bld|home/task_\d|\w/feedstock"
    r"|[^ ]*/(?:feedstock_root|conda-bld|croot)/)"
)
