"""Markers, and which wheel is taken."""

import pytest
from helpers import build_of

from dlint.model.markers import evaluate
from dlint.model.wheels import File, Target, bytes_taken, target_of

NUMPY = [
    File("numpy-2.3.5-cp311-cp311-macosx_14_0_arm64.whl", 1),
    File("numpy-2.3.5-cp311-cp311-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl", 2),
    File("numpy-2.3.5-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", 3),
    File("numpy-2.3.5-cp311-cp311-musllinux_1_2_x86_64.whl", 4),
    File("numpy-2.3.5-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", 5),
    File("numpy-2.3.5-cp313-cp313t-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", 6),
    File("numpy-2.3.5-pp311-pypy311_pp73-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", 7),
    File("numpy-2.3.5.tar.gz", 8),
]


@pytest.mark.parametrize(
    ("files", "target", "expected"),
    [
        (NUMPY, Target("3.11"), (3, 3)),
        (NUMPY, Target("3.12"), (5, 5)),
        (NUMPY, Target("3.13"), None),
        (NUMPY, Target(None), (3, 5)),
        (NUMPY, Target("3.11", "aarch64"), (2, 2)),
        (NUMPY, Target("3.11", libc="musl"), (4, 4)),
        (NUMPY, Target("3.11", glibc=(2, 26)), None),
        (NUMPY, Target("3.11", glibc=(2, 28)), (3, 3)),
        ([File("a-1-py3-none-any.whl", 1), File("a-1-cp312-cp312-manylinux1_x86_64.whl", 2)], Target("3.12"), (2, 2)),
        ([File("a-1-py3-none-any.whl", 1), File("a-1-cp312-cp312-manylinux1_x86_64.whl", 2)], Target("3.13"), (1, 1)),
        ([File("a-1-cp39-abi3-manylinux_2_28_x86_64.whl", 1), File("a-1-cp311-abi3-manylinux_2_34_x86_64.whl", 2)], Target("3.13"), (2, 2)),
        ([File("a-1-cp39-abi3-manylinux_2_28_x86_64.whl", 1), File("a-1-cp311-abi3-manylinux_2_34_x86_64.whl", 2)], Target("3.13", glibc=(2, 31)), (1, 1)),
        ([File("a-1-py2-none-any.whl", 1)], Target("3.13"), None),
        ([File("a-1-py2.py3-none-any.whl", 1)], Target("3.13"), (1, 1)),
        ([File("a-1-py3-none-manylinux2014_x86_64.whl", None)], Target("3.13"), None),
        ([File("a.whl", 1), File("-.whl", 1), File("a-1-cp3x-cp3x-any.whl", 1), File("a-1-py3-none-any.whl", 4)], Target("x"), None),
        ([], Target("3.13"), None),
    ],
)  # fmt: skip
def test_the_wheel_that_is_taken(files, target, expected):
    assert bytes_taken(files, target) == expected


@pytest.mark.parametrize(
    ("text", "platform", "expected"),
    [
        ("FROM python:3.12-slim-bookworm\n", None, ("3.12", "x86_64", "glibc", (2, 36))),
        ("FROM python:3.12-alpine\n", "linux/arm64", ("3.12", "aarch64", "musl", None)),
        ("FROM --platform=linux/arm64/v8 ubuntu:22.04\n", None, (None, "aarch64", "glibc", (2, 35))),
        ("FROM x\n", "windows/amd64", (None, "x86_64", None, None)),
        ("FROM x\n", "odd", (None, "x86_64", None, None)),
    ],
)
def test_target(text, platform, expected):
    target = target_of(build_of(text).stages[0], platform)
    assert (target.python, target.machine, target.libc, target.glibc) == expected


ENVIRONMENT = {**Target("3.12").environment(), "extra": frozenset({"gpu"}), "dependency_groups": frozenset({"dev"})}


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", True),
        ("python_version >= '3.10'", True),
        ("python_version < '3.10'", False),
        ("'3.10' <= python_version", True),
        ("python_full_version < '3.12'", False),
        ("python_full_version >= '3.12'", True),
        ("python_full_version >= '3.12.4'", None),
        ("python_full_version == '3.12.4'", None),
        ("python_full_version != '3.12.4'", None),
        ("python_full_version == '3.12.*'", True),
        ("python_version == '3.*'", True),
        ("python_version ~= '3.10'", True),
        ("python_version in '3.11 3.12'", True),
        ("python_version not in '3.11, 3.12'", False),
        ("sys_platform == 'linux' and (platform_machine == 'x86_64' or extra == 'x')", True),
        ("sys_platform == 'win32' or sys_platform == 'darwin'", False),
        ("sys.platform == 'linux'", True),
        ("platform_machine != 'aarch64'", True),
        ("'linux' in sys_platform", True),
        ("platform_python_implementation != 'PyPy'", True),
        ("extra == 'gpu'", True),
        ("extra != 'gpu'", False),
        ("'gpu' == extra", True),
        ("'dev' in dependency_groups", True),
        ("'x' not in dependency_groups", True),
        ("platform_release == '6'", None),
        ("platform_release == '6' and sys_platform == 'win32'", False),
        ("platform_release == '6' or sys_platform == 'linux'", True),
        ("not a marker", None),
        ("python_version", None),
        ("python_version >=", None),
        ("python_version >= '3' and", None),
        ("(python_version >= '3'", None),
        ("python_version >= '3')", None),
        ("python_version >= 'x'", None),
        ("sys_platform < 'a'", None),
        ("(" * 100 + "os_name == 'a'" + ")" * 100, None),
        ("os_name == 'posix' and " * 500 + "os_name == 'posix'", None),
        ("é", None),
    ],
)
def test_markers(marker, expected):
    assert evaluate(marker, ENVIRONMENT) is expected


@pytest.mark.parametrize("python", ["3.9", "3.12"])
@pytest.mark.parametrize(
    "marker",
    [
        "python_version < '3.10' and sys_platform == 'linux'",
        "python_version >= '3.10' or sys_platform == 'win32'",
        "os_name == 'posix' and (python_version == '3.9' or platform_machine == 'arm64')",
        "python_version ~= '3.11' and implementation_name == 'cpython'",
        "python_version not in '3.8 3.9'",
    ],
)
def test_markers_agree_with_packaging(marker, python):
    from packaging.markers import Marker

    environment = Target(python).environment()
    environment["python_full_version"] = environment["implementation_version"] = f"{python}.1"
    assert evaluate(marker, environment) is Marker(marker).evaluate(environment)
