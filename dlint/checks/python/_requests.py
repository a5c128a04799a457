"""What rules about names of distributions share."""

from dlint.model.environment import Request

_PUBLIC = ("pypi.org", "download.pytorch.org", "pypi.python.org")


def is_from_pypi(request: Request) -> bool:
    """Whether a name means what it means on PyPI: conda and other indexes may hold something else under it."""
    package, install = request.package, request.install
    if install.manager == "conda" or package.is_url or package.is_local:
        return False
    if install.arguments.has("--no-index") or install.command.setting("PIP_NO_INDEX"):
        return False
    return all(any(host in index for host in _PUBLIC) for index in request.addresses)
