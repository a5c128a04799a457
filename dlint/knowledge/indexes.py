"""Package indexes of Python: whose they are.

Source: the installation pages of the projects (read 2026-11-22).
"""

from dlint.knowledge.torch import RELEASES
from dlint.regex import lazy

# Copies of PyPI, which hold the same packages.
_MIRROR = lazy(
    r"(?:^|\.)(?:pypi\.org|pypi\.python\.org|pythonhosted\.org)$"
    r"|mirror|tuna\.tsinghua|aliyun|douban|ustc\.edu|tencent|huaweicloud|bfsu\.edu|sjtu\.edu|(?:^|\.)163\.com$"
)
# Public indexes of projects and vendors, who hold their names on PyPI too.
_VENDOR = lazy(
    r"(?:^|\.)(?:pytorch\.org|nvidia\.com|intel\.com|amd\.com|radeon\.com|piwheels\.org|jetson-ai-lab\.\w+|vllm\.ai"
    r"|flashinfer\.ai|pyg\.org|github\.io|googleapis\.com|fbaipublicfiles\.com|anaconda\.org|aiinfra\.pkgs\.visualstudio\.com|openmmlab\.com|paddlepaddle"
    r"\.org\.cn|baidubce\.com|mlcommons\.org|dgl\.ai|huggingface\.co|alpa-projects\.\w+|graphcore\.ai|ampere\w*\.com)$"
)
# Anybody may upload anything there.
OPEN_TO_ALL = frozenset({"test.pypi.org"})


def is_public(host: str) -> bool:
    """Whether an index is a copy of PyPI, or one whose names nobody else can take on PyPI."""
    return host not in OPEN_TO_ALL and bool(_MIRROR.search(host) or _VENDOR.search(host))


def is_left_behind(build: str) -> bool:
    """Whether torch releases newer than the last one of a build (``cu118``) are known."""
    known = [release.variants for release in RELEASES.values() if release.variants]
    return any(build in variants for variants in known) and build not in known[-1]
