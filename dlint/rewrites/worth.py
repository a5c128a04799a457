"""What changes are worth in seconds: estimates from bytes.

Source: 3 GB of wheels for torch take about a minute from PyPI on a fast line, a third of it to unpack
(measured 2026-11-22 with pip 26 on CPython 3.11).
"""

_DOWNLOAD_BYTES_A_SECOND = 75_000_000
_UNPACK_BYTES_A_SECOND = 150_000_000
# pip and its like resolve and start for a while, whatever they install.
_LEAST_SECONDS = 2.0


def seconds_to_install(wheel_bytes: int) -> float:
    """Return how long it takes to download and unpack wheels of so many bytes."""
    return _LEAST_SECONDS + seconds_to_download(wheel_bytes) + wheel_bytes / _UNPACK_BYTES_A_SECOND


def seconds_to_download(wheel_bytes: int) -> float:
    """Return how long it takes to download so many bytes."""
    return wheel_bytes / _DOWNLOAD_BYTES_A_SECOND
