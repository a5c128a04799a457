"""One small file of each format that lists packages, as its tool writes it."""

HASH = "sha256:" + "0" * 64


def wheel(name, version, tags, size, style="uv"):
    """Return one file of a lock."""
    file = f"{name.replace('-', '_')}-{version}-{tags}.whl"
    address = f"https://files.pythonhosted.org/packages/00/00/{'0' * 60}/{file}"
    if style == "uv":
        return (
            f'    {{ url = "{address}", hash = "{HASH}", size = {size}, upload-time = "2026-09-30T04:35:06.91Z" }},\n'
        )
    return f'    {{ name = "{file}", url = "{address}", size = {size}, hashes = {{ sha256 = "{"0" * 64}" }} }},\n'


PYPROJECT = """\
[project]
name = "demo-app"
version = "0.1.0"
requires-python = ">=3.11"
keywords = ["torch"]
dependencies = [
    "numpy>=2",
    "requests[socks]==2.32.3; sys_platform != 'win32'",
    "colorama; sys_platform == 'win32'",
    "torch @ https://example.org/torch-2.9.1-py3-none-any.whl",
]

[project.optional-dependencies]
plot = ["pyyaml >= 6"]

[dependency-groups]
dev = ["pytest>=8", {include-group = "lint"}]
lint = ["ruff"]

[tool.uv]
package = true

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
"""

POETRY_PROJECT = """\
[tool.poetry]
name = "demo-app"
version = "0.1.0"

[tool.poetry.dependencies]
python = "^3.11"
requests = {version = "^2.32", extras = ["socks"]}
MarkupSafe = "3.0.2"
pyyaml = {version = ">=6", optional = true}
trainer = {git = "https://example.org/trainer.git", rev = "v1"}
shared = {path = "../shared"}
numpy = [{version = "1.26.4", markers = "python_version < '3.12'"}, {version = "*", markers = "python_version >= '3.12'"}]

[tool.poetry.extras]
plot = ["pyyaml"]

[tool.poetry.group.dev.dependencies]
iniconfig = "^2"

[tool.poetry.group.docs]
optional = true

[tool.poetry.group.docs.dependencies]
sphinx = "*"

[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
"""

UV_LOCK = (
    """\
version = 1
revision = 3
requires-python = ">=3.11"
resolution-markers = [
    "python_full_version >= '3.12'",
    "python_full_version < '3.12'",
]

[[package]]
name = "colorama"
version = "0.4.6"
source = { registry = "https://pypi.org/simple" }
wheels = [
"""
    + wheel("colorama", "0.4.6", "py2.py3-none-any", 25_335)
    + """\
]

[[package]]
name = "demo-app"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "colorama", marker = "sys_platform == 'win32'" },
    { name = "numpy", version = "2.4.6", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.12'" },
    { name = "numpy", version = "2.5.5", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.12'" },
    { name = "requests", extra = ["socks"] },
]

[package.optional-dependencies]
plot = [
    { name = "pyyaml" },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]
lint = [
    { name = "ruff" },
]

[package.metadata]
requires-dist = [
    { name = "numpy", specifier = ">=2" },
    { name = "pyyaml", marker = "extra == 'plot'", specifier = ">=6" },
    { name = "requests", extras = ["socks"], specifier = "==2.32.3" },
]
provides-extras = ["plot"]

[[package]]
name = "idna"
version = "3.20"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/00/idna-3.20.tar.gz", hash = "sha256:00", size = 190000 }
wheels = [
"""
    + wheel("idna", "3.20", "py3-none-any", 69_583)
    + """\
]

[[package]]
name = "numpy"
version = "2.4.6"
source = { registry = "https://pypi.org/simple" }
resolution-markers = [
    "python_full_version < '3.12'",
]
wheels = [
"""
    + wheel("numpy", "2.4.6", "cp311-cp311-macosx_14_0_arm64", 5_000_000)
    + wheel("numpy", "2.4.6", "cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64", 16_900_000)
    + """\
]

[[package]]
name = "numpy"
version = "2.5.5"
source = { registry = "https://pypi.org/simple" }
resolution-markers = [
    "python_full_version >= '3.12'",
]
wheels = [
"""
    + "".join(
        wheel("numpy", "2.5.5", tags, size)
        for tags, size in [
            ("cp312-cp312-manylinux_2_27_aarch64.manylinux_2_28_aarch64", 14_500_000),
            ("cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64", 16_600_000),
            ("cp312-cp312-musllinux_1_2_x86_64", 18_100_000),
            ("cp313-cp313-manylinux_2_27_x86_64.manylinux_2_28_x86_64", 16_500_000),
            ("cp313-cp313t-manylinux_2_27_x86_64.manylinux_2_28_x86_64", 16_700_000),
            ("cp313-cp313-win_amd64", 12_300_000),
        ]
    )
    + """\
]

[[package]]
name = "pysocks"
version = "1.7.1"
source = { registry = "https://pypi.org/simple" }
wheels = [
"""
    + wheel("PySocks", "1.7.1", "py3-none-any", 16_725)
    + """\
]

[[package]]
name = "pytest"
version = "9.2.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
"""
    + wheel("pytest", "9.2.0", "py3-none-any", 411_776)
    + """\
]

[[package]]
name = "pyyaml"
version = "6.0.3"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/00/pyyaml-6.0.3.tar.gz", hash = "sha256:00", size = 130960 }

[[package]]
name = "requests"
version = "2.32.3"
source = { registry = "https://pypi.org/simple" }
dependencies = [
    { name = "idna" },
]
wheels = [
"""
    + wheel("requests", "2.32.3", "py3-none-any", 64_928)
    + """\
]

[package.optional-dependencies]
socks = [
    { name = "pysocks" },
]

[[package]]
name = "ruff"
version = "0.17.6"
source = { registry = "https://pypi.org/simple" }
wheels = [
"""
    + wheel("ruff", "0.17.6", "py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64", 10_645_279)
    + "]\n"
)

PYLOCK = (
    """\
# This file was autogenerated by uv via the following command:
#    uv export --format pylock.toml
lock-version = "1.0"
created-by = "uv"
requires-python = ">=3.11"

[[packages]]
name = "demo-app"
directory = { path = ".", editable = true }

[[packages]]
name = "idna"
version = "3.20"
index = "https://pypi.org/simple"
sdist = { url = "https://files.pythonhosted.org/idna-3.20.tar.gz", upload-time = 2026-10-18T16:21:07Z, size = 190000, hashes = { sha256 = "00" } }
wheels = [
"""
    + wheel("idna", "3.20", "py3-none-any", 69_583, "pylock")
    + """\
]

[[packages]]
name = "pywin32"
version = "311"
marker = "sys_platform == 'win32'"
wheels = [
"""
    + wheel("pywin32", "311", "cp312-cp312-win_amd64", 9_000_000, "pylock")
    + """\
]

[[packages]]
name = "pytest"
version = "9.2.0"
marker = "'dev' in dependency_groups"
wheels = [
"""
    + wheel("pytest", "9.2.0", "py3-none-any", 411_776, "pylock")
    + """\
]

[[packages]]
name = "trainer"
vcs = { type = "git", url = "https://example.org/trainer.git", commit-id = "00" }
"""
)

POETRY_LOCK = """\
# This file is automatically @generated by Poetry 2.1.3 and should not be changed by hand.

[[package]]
name = "iniconfig"
version = "2.3.0"
description = "brain-dead simple config-ini parsing"
optional = false
python-versions = ">=3.10"
groups = ["dev"]
files = [
    {file = "iniconfig-2.3.0-py3-none-any.whl", hash = "sha256:00"},
]

[[package]]
name = "markupsafe"
version = "3.0.2"
description = "Safely add untrusted strings to HTML/XML markup."
optional = false
python-versions = ">=3.9"
groups = ["main", "dev"]
files = [
    {file = "MarkupSafe-3.0.2-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", hash = "sha256:00"},
    {file = "markupsafe-3.0.2.tar.gz", hash = "sha256:00"},
]

[[package]]
name = "pyyaml"
version = "6.0.3"
description = "YAML parser and emitter for Python"
optional = true
python-versions = ">=3.8"
groups = ["main", "dev"]
files = [
    {file = "pyyaml-6.0.3.tar.gz", hash = "sha256:00"},
]
markers = {main = "extra == \\"plot\\"", dev = "python_version < \\"3.12\\""}

[[package]]
name = "requests"
version = "2.32.3"
description = "Python HTTP for Humans."
optional = false
python-versions = ">=3.9"
groups = ["main"]
files = []

[package.dependencies]
markupsafe = {version = ">=3", optional = true}

[[package]]
name = "sphinx"
version = "8.2.0"
description = "Python documentation generator"
optional = false
python-versions = ">=3.11"
groups = ["docs"]
files = []

[[package]]
name = "trainer"
version = "1.0.0"
description = ""
optional = false
python-versions = ">=3.11"
groups = ["main"]
files = []
develop = false

[package.source]
type = "git"
url = "https://example.org/trainer.git"
reference = "v1"
resolved_reference = "0000000000000000000000000000000000000000"

[extras]
plot = ["pyyaml"]

[metadata]
lock-version = "2.1"
python-versions = "^3.11"
content-hash = "00"
"""

# Before Poetry 2 a lock did not say what belongs to which group.
OLD_POETRY_LOCK = """\
[[package]]
name = "iniconfig"
version = "2.0.0"
optional = false
files = []

[[package]]
name = "requests"
version = "2.31.0"
optional = false
files = []

[package.dependencies]
urllib3 = ">=1.21.1,<3"
PySocks = {version = ">=1.5.6", optional = true}

[[package]]
name = "urllib3"
version = "2.2.0"
optional = false
files = []

[metadata]
lock-version = "2.0"
"""

PDM_LOCK = """\
# This file is @generated by PDM.
# It is not intended for manual editing.

[metadata]
groups = ["default", "lint", "dev"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
content_hash = "sha256:00"

[[package]]
name = "colorama"
version = "0.4.6"
summary = "Cross-platform colored terminal text."
groups = ["dev"]
marker = "sys_platform == \\"win32\\""
files = [
    {file = "colorama-0.4.6-py2.py3-none-any.whl", hash = "sha256:00"},
]

[[package]]
name = "numpy"
version = "2.3.5"
requires_python = ">=3.11"
summary = "Fundamental package for array computing in Python"
groups = ["default"]
files = [
    {file = "numpy-2.3.5-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", hash = "sha256:00"},
]

[[package]]
name = "pytest"
version = "9.2.0"
summary = "pytest: simple powerful testing with Python"
groups = ["dev"]
dependencies = [
    "colorama>=0.4; sys_platform == \\"win32\\"",
]
files = []
"""

PIPFILE_LOCK = """\
{
    "_meta": {
        "hash": {
            "sha256": "00"
        },
        "pipfile-spec": 6,
        "requires": {},
        "sources": [
            {
                "name": "pypi",
                "url": "https://pypi.org/simple",
                "verify_ssl": true
            },
            {
                "name": "pytorch",
                "url": "https://download.pytorch.org/whl/cpu",
                "verify_ssl": true
            }
        ]
    },
    "default": {
        "idna": {
            "hashes": [
                "sha256:00"
            ],
            "markers": "python_version >= '3.7'",
            "version": "==3.20"
        },
        "torch": {
            "hashes": [
                "sha256:00"
            ],
            "index": "pytorch",
            "version": "==2.9.1+cpu"
        }
    },
    "develop": {
        "iniconfig": {
            "hashes": [
                "sha256:00"
            ],
            "index": "pypi",
            "version": "==2.3.1"
        }
    }
}
"""

ENVIRONMENT = """\
name: demo
channels:
  - pytorch
  - conda-forge
dependencies:
  - python=3.11
  - pytorch::pytorch=2.5.1
  - numpy >=1.26   # any
  - "scipy"
  - pip
  - pip:
      - transformers==4.57.1
      - -r requirements.txt
      - --extra-index-url https://download.pytorch.org/whl/cu126
      - 'datasets>=3'
      - -e .
prefix: /opt/conda/envs/demo
"""

CONDA_LOCK = """\
version: 1
metadata:
  content_hash:
    linux-64: '00'
    osx-arm64: '00'
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  - osx-arm64
  sources:
  - environment.yml
package:
- name: numpy
  version: 1.26.4
  manager: conda
  platform: linux-64
  dependencies:
    python: '>=3.11,<3.12.0a0'
  url: https://conda.anaconda.org/conda-forge/linux-64/numpy-1.26.4-py311h64a7726_0.conda
  hash:
    md5: '00'
    sha256: '00'
  category: main
  optional: false
- name: numpy
  version: 1.26.4
  manager: conda
  platform: osx-arm64
  dependencies: {}
  url: https://conda.anaconda.org/conda-forge/osx-arm64/numpy-1.26.4-py311h7125741_0.conda
  hash:
    md5: '00'
  category: main
  optional: false
- name: pytest
  version: 8.4.2
  manager: conda
  platform: linux-64
  dependencies: {}
  url: https://conda.anaconda.org/conda-forge/noarch/pytest-8.4.2-pyhd8ed1ab_0.conda
  hash:
    md5: '00'
  category: dev
  optional: true
- name: transformers
  version: 4.57.1
  manager: pip
  platform: linux-64
  dependencies: {}
  url: https://files.pythonhosted.org/packages/00/transformers-4.57.1-py3-none-any.whl
  hash:
    sha256: '00'
  category: main
  optional: false
"""

EXPLICIT = """\
# This file may be used to create an environment using:
# $ conda create --name <env> --file <this file>
# platform: linux-64
@EXPLICIT
https://conda.anaconda.org/conda-forge/linux-64/_openmp_mutex-4.5-20_gnu.conda#a9f577daf3de00bca7c3c76c0ecbd1de
https://conda.anaconda.org/conda-forge/linux-64/numpy-1.26.4-py311h64a7726_0.conda
https://conda.anaconda.org/conda-forge/noarch/tzdata-2025b-h78e105d_0.tar.bz2#00
"""

CONDA_LIST = """\
# platform: linux-64
numpy=1.26.4=py311h64a7726_0
scipy >=1.11  # not pinned
"""

REQUIREMENTS = "torch==2.9.1\nnumpy>=2 ; python_version >= '3.12'\n"

SAMPLES = {
    "pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK, "pylock.toml": PYLOCK, "poetry.lock": POETRY_LOCK,
    "pdm.lock": PDM_LOCK, "Pipfile.lock": PIPFILE_LOCK, "environment.yml": ENVIRONMENT, "conda-lock.yml": CONDA_LOCK,
    "linux-64.txt": EXPLICIT, "requirements.txt": REQUIREMENTS,
}  # fmt: skip
