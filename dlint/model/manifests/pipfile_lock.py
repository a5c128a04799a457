"""Pipfile.lock: locked packages with hashes and markers, without sizes."""

from dlint.model.manifests.common import MAIN, MalformedError, Places, locked, table, text_of
from dlint.model.python_installs import normalise
from dlint.model.requirements import Requirement, Requirements
from dlint.text import BYTE_ORDER_MARK, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_GROUPS: dict[str, str] = {"default": MAIN, "develop": "dev"}


def read(source: Source) -> Requirements:
    """Return the packages of a lock.

    Raises MalformedError, ValueError and RecursionError.
    """
    import json

    data = json.loads(source.text.lstrip(BYTE_ORDER_MARK))
    if not isinstance(data, dict) or "_meta" not in data:
        raise MalformedError("is no Pipfile.lock")
    indexes = _indexes(table(data["_meta"], "_meta"))
    found = Requirements(source, is_lock=True)
    places = Places(source)
    for section, listed in data.items():
        if section == "_meta":
            continue
        places.move(f'\n    "{section}"')
        for name, item in table(listed, section).items():
            item = table(item, name)
            version = text_of(item.get("version")).lstrip("=")
            span = places.quoted(name)
            package = locked(places, name, version, span)
            package.marker = text_of(item.get("markers"))
            package.is_url = any(key in item for key in ("git", "file"))
            package.is_local = "path" in item
            extras = item.get("extras")
            if isinstance(extras, list):
                package.extras = tuple(normalise(extra) for extra in extras if isinstance(extra, str))
            found.entries.append(
                Requirement(
                    package, source, span, has_hash=bool(item.get("hashes")), groups=(_GROUPS.get(section) or section,),
                    index=indexes.get(text_of(item.get("index"))),
                )
            )  # fmt: skip
    return found


def _indexes(meta: "dict[str, Any]") -> dict[str, str]:
    """Return the addresses of the indexes that are not PyPI."""
    listed = meta.get("sources")
    sources = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {
        text_of(item.get("name")): text_of(item.get("url"))
        for item in sources
        if "pypi.org" not in text_of(item.get("url"))
    }
