"""pylock.toml (PEP 751): locked packages with markers, and the sizes of their files where they are recorded."""

from dlint.model.manifests.common import MAIN, MalformedError, Places, locked, size_of, table, tables, text_of
from dlint.model.requirements import Requirement, Requirements
from dlint.model.wheels import File
from dlint.regex import lazy
from dlint.text import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HEADER = lazy(r"(?m)^\[\[packages\]\]")


def read(data: "dict[str, Any]", source: Source) -> Requirements:
    """Return the packages of a lock.

    Raises MalformedError.
    """
    if not text_of(data.get("lock-version")).startswith("1."):
        raise MalformedError("is no pylock.toml of version 1", "lock-version", is_limit=True)
    found = Requirements(source, is_lock=True)
    places = Places(source)
    headers = [match.end() for match in _HEADER.finditer(source.text)]
    for index, item in enumerate(tables(data.get("packages"), "packages")):
        name = item.get("name")
        if not isinstance(name, str):
            raise MalformedError("is malformed: a package has no name", "[[packages]]")
        if index < len(headers):
            places.position = headers[index]
        span = places.quoted(name)
        package = locked(places, name, text_of(item.get("version")), span)
        package.marker = text_of(item.get("marker"))
        package.is_local = "directory" in item
        package.is_url = "vcs" in item or "archive" in item
        files = [*tables(item.get("wheels"), "wheels")]
        files += [table(item[key], key) for key in ("sdist", "archive") if key in item]
        found.entries.append(
            Requirement(
                package, source, span, has_hash=any(file.get("hashes") for file in files), groups=(MAIN,),
                files=tuple(File(_file_name(file), size_of(file.get("size"))) for file in files),
                index=_index(text_of(item.get("index"))),
            )
        )  # fmt: skip
    return found


def _file_name(file: "dict[str, Any]") -> str:
    given = text_of(file.get("name")) or text_of(file.get("url")) or text_of(file.get("path"))
    return given.partition("#")[0].partition("?")[0].rpartition("/")[2].replace("%2B", "+")


def _index(address: str) -> str | None:
    return address if address and "pypi.org" not in address else None
