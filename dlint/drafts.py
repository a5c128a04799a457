"""Reading files as they will be: what fixes make of one before it is written, else what is on the disk."""

import os

drafts: dict[str, bytes] = {}
"""The texts that are not written yet, by real path."""


def read_bytes(path: str, limit: int = -1) -> bytes:
    """Return the bytes of a file, at most *limit* of them where it is not negative. Raises OSError."""
    if drafts:
        draft = drafts.get(os.path.realpath(path))
        if draft is not None:
            return draft if limit < 0 else draft[:limit]
    with open(path, "rb") as file:
        return file.read(limit)


def is_draft(path: str) -> bool:
    """Whether a file will be written, or written anew."""
    return bool(drafts) and os.path.realpath(path) in drafts
