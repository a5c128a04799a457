"""BLAKE2 from where hashlib has it: hashlib itself also loads OpenSSL, which takes three milliseconds."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

__all__ = ["blake2b"]
