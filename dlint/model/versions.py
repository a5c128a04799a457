"""Versions and version specifiers of Python distributions (PEP 440)."""

from dlint.regex import lazy

_RELEASE = lazy(r"v?(\d+(?:\.\d+)*)")
_EXACT = lazy(r"\s*={2,3}\s*v?(\d[^\s,;*]*)\s*(?:;.*)?\Z")


def release(version: str | None) -> tuple[int, ...] | None:
    """Return the release numbers of a version, ``(2, 5, 1)`` of ``2.5.1+cu121``; None if there are none."""
    match = _RELEASE.match(version.strip()) if version else None
    return tuple(int(part[:9]) for part in match[1].split(".")) if match else None


def minor(version: str | None) -> str | None:
    """Return the first two numbers of a version, ``2.5`` of ``2.5.1``; None where there are fewer."""
    numbers = release(version)
    return f"{numbers[0]}.{numbers[1]}" if numbers and len(numbers) > 1 else None


def exact(specifier: str | None) -> str | None:
    """Return the one version that a specifier admits: ``2.5.1`` of ``==2.5.1``, None of all others."""
    match = _EXACT.match(specifier) if specifier else None
    return match[1] if match else None


def admits(specifier: str | None, version: str) -> bool | None:
    """Whether a specifier admits a version; None where the specifier is unknown or malformed.

    No specifier admits every version. Pre-releases count like any other version.
    """
    if specifier is None:
        return None
    # Only here: packaging takes longer to import than most files to check.
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion

    try:
        return SpecifierSet(specifier.partition(";")[0].strip()).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return None
