"""Files beside a compose file that are read with it."""

import os

from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.project.compose.loading import Loader

MAX_NAMED = 20
_SECTIONS = ("volumes", "networks", "secrets", "configs")

# In the order in which Compose takes them.
MAIN_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDE_NAMES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)


def first_present(names: tuple[str, ...], folder: str) -> str | None:
    """Return the first of some names that is a file in a folder."""
    return next((name for name in names if os.path.isfile(os.path.join(folder, name))), None)


def override_of(name: str, folder: str) -> str | None:
    """Return the name of the file that Compose merges over the one of this name when neither is named."""
    if name not in MAIN_NAMES:
        return None
    if first_present(MAIN_NAMES, folder) not in (name, None):
        # Compose takes the other one, and this one only by name, and then alone.
        return None
    return first_present(OVERRIDE_NAMES, folder)


def files_of_environment(loader: "Loader") -> tuple[list[str], list[str]] | None:
    """Return the files that COMPOSE_FILE names before the checked one, and those behind it.

    None where the .env file names none, or not this one.
    """
    names = loader.variables.get("COMPOSE_FILE")
    if names is None or not names.is_known:
        return None
    separator = loader.variables.get("COMPOSE_PATH_SEPARATOR")
    parts = names.text.split((separator.text if separator is not None else "") or ":")
    paths = [os.path.normpath(os.path.join(loader.folder, part)) for part in parts[:MAX_NAMED] if part]
    own = os.path.abspath(loader.path)
    return (paths[: paths.index(own)], paths[paths.index(own) + 1 :]) if own in paths else None


def base_of(name: str, folder: str) -> str | None:
    """Return the name of the file over which the one of this name may be meant to be merged."""
    if name in MAIN_NAMES:
        return None
    stem = name.split(".", maxsplit=1)[0]
    own = tuple(main for main in MAIN_NAMES if main.startswith(f"{stem}."))
    base = first_present(own, folder) or first_present(MAIN_NAMES, folder)
    return base if base != name else None


def lacking(root: Node, name: str) -> set[str]:
    """Return the services without which a file cannot stand alone; ``*`` where it is meant for another one anyway."""
    if name in OVERRIDE_NAMES:
        return {"*"}
    services = root.get("services")
    if services is None or services.kind != "table" or not services.pairs:
        # Volumes, networks and the like are of no use without services.
        return {"*"} if any(root.get(section) is not None for section in _SECTIONS) else set()
    names = {key.text for key, _ in services.pairs}
    missing = set()
    for key, service in services.pairs:
        if service.kind != "table":
            missing.add(key.text)
            continue
        if not any(service.get(source) is not None for source in ("image", "build", "provider", "extends")):
            missing.add(key.text)
        needed = service.get("depends_on")
        if needed is not None:
            wanted = {item.text for item in needed.items} | {key.text for key, _ in needed.pairs}
            missing |= wanted - names
    return missing
