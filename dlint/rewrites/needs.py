"""What an installation needs of the build context: its manifests, so far as they are certain.

Sources: the documentation of pip 26, uv 0.13, Poetry 2, PDM 2.26, conda 25 and npm 11.
"""

import posixpath

from dlint.model.container_paths import in_context
from dlint.model.manifests import read_manifest, read_uv_lock, toml_data
from dlint.model.projects import project_path
from dlint.model.requirements import read_requirements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install

_SYSTEM = ("apt", "apk", "dnf", "zypper")
_WITHOUT_PROJECT = {
    "uv": "--no-install-project", "poetry": "--no-root", "pdm": "--no-self",
}  # fmt: skip
_LOCKS = {"uv": "uv.lock", "poetry": "poetry.lock", "pdm": "pdm.lock"}
# Files that change what a tool does, copied along where they are there.
_SETTINGS = {
    "uv": ("uv.toml", ".python-version"), "poetry": ("poetry.toml",), "pdm": ("pdm.toml", ".pdm-python"),
    "npm": (".npmrc",),
}  # fmt: skip
_HOOKS = ("preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare")


# Variables that name files of settings, constraints or packages.
_VARIABLES = (
    "PIP_CONFIG_FILE", "PIP_CONSTRAINT", "PIP_REQUIREMENT", "PIP_FIND_LINKS", "PIP_BUILD_CONSTRAINT", "UV_CONSTRAINT",
    "UV_OVERRIDE", "UV_FIND_LINKS", "UV_CONFIG_FILE", "UV_BUILD_CONSTRAINT", "CONDARC", "NPM_CONFIG_USERCONFIG",
)  # fmt: skip
_FILE_OPTIONS = ("-r", "--requirement", "-c", "--constraint", "-f", "--file", "--prefix")


class Unclear(Exception):
    """Why nobody can tell what an installation needs: a sentence without a full stop."""


class Needs:
    """Paths of the context that an installation reads.

    *option* leaves out the project itself, which is installed again once the source is there; None where the
    command as it stands is enough.
    """

    __slots__ = ("option", "paths")

    def __init__(self, paths: "list[str]", option: str | None = None) -> None:
        self.paths = paths
        self.option = option


def needs_of(build: "Build", install: "Install") -> Needs:
    """Return what an installation needs. Raises Unclear."""
    if install.command.is_partial or install.is_conditional:
        raise Unclear(f"{install.tool} gets arguments that are not written here")
    if any(package.is_local for package in install.packages):
        raise Unclear(f"{install.tool} {install.verb} installs from a folder of the project")
    _require_own_files(build, install)
    if install.manager in _SYSTEM or install.verb in ("tool install",):
        if install.files or not install.packages:
            raise Unclear(f"{install.tool} {install.verb} takes its packages from elsewhere")
        return Needs([])
    if not build.context.is_known:
        if install.packages and not install.files and install.manager in ("pip", "conda"):
            return Needs([])
        raise Unclear("the build context is unknown (--context names it), and with it what the installation reads")
    if install.manager == "conda":
        return Needs(_conda(build, install))
    if install.manager == "npm":
        return Needs(_npm(build, install))
    if install.manager == "pip" or (install.manager == "uv" and install.verb.startswith("pip ")):
        return Needs(_pip(build, install))
    if install.manager in _LOCKS and install.verb in ("sync", "install"):
        return _project(build, install)
    raise Unclear(f"what {install.tool} {install.verb} reads is not known")


def _require_own_files(build: "Build", install: "Install") -> None:
    """Raise Unclear where options, variables or settings may name more files of the project."""
    for name in _VARIABLES:
        if install.command.setting(name) or install.command.step.environment.set_value(name) is not None:
            raise Unclear(f"{name} names files that it reads")
    for name, value, _, _ in install.arguments.options:
        if value is None or (name in _FILE_OPTIONS and not (name == "-f" and install.manager != "conda")):
            continue
        if (
            value.startswith(("./", "../", "file:"))
            or value == "."
            or ("://" not in value and "/" in value and build.context.exists(value))
        ):
            raise Unclear(f"{name} names {value}")
    if install.manager == "uv" and install.verb.startswith("pip ") and build.context.is_known:
        for name in ("uv.toml", "pyproject.toml"):
            path = in_context(build, install.command, name)
            if path and build.context.exists(path) and not build.context.ignores(path):
                data = toml_data(build, path)
                if name == "uv.toml" or not data or "uv" in _table(data, "tool"):
                    raise Unclear(f"uv reads its settings in {path}")


def _place(build: "Build", install: "Install", path: str) -> str:
    """Return the path in the context of a file the command finds. Raises Unclear."""
    found = in_context(build, install.command, path)
    if found is None:
        raise Unclear(f"where {path} comes from is not certain")
    if not build.context.exists(found):
        raise Unclear(f"{found} is not in the build context")
    if build.context.ignores(found):
        raise Unclear(f"{found} is left out of the build context")
    return found


def _pip(build: "Build", install: "Install") -> list[str]:
    paths: list[str] = []
    for word in (*install.files, *install.constraints):
        value = install.command.resolve(word)
        if value is None or "://" in value:
            raise Unclear(f"which file {word.value} is, is not certain")
        paths += _requirements(build, _place(build, install, value.partition("=")[2] if value[:1] == "-" else value))
    if not paths and not install.packages:
        raise Unclear(f"{install.tool} {install.verb} names neither packages nor files")
    return list(dict.fromkeys(paths))


def _requirements(build: "Build", path: str) -> list[str]:
    if path.endswith(".toml"):
        raise Unclear(f"{path} is a project, which pip may build")
    found = read_requirements(build.context, path)
    if found is None:
        raise Unclear(f"{path} cannot be read")
    if found.missing:
        raise Unclear(f"{path} includes {found.missing[0]}, which is not there")
    local = next((entry for entry in found.entries if entry.package.is_local), None)
    if local is not None:
        raise Unclear(f"{path} asks for {local.package.name}, a folder of the project")
    if any("://" not in address for address in found.indexes):
        raise Unclear(f"{path} names a folder to take packages from")
    return [path, *found.included]


def _conda(build: "Build", install: "Install") -> list[str]:
    if install.packages and not install.files:
        return []
    if install.verb.startswith("env ") and not install.files:
        raise Unclear("conda looks for an environment file by itself")
    paths = []
    for word in install.files:
        value = install.command.resolve(word)
        path = _place(build, install, value or "$")
        found = read_manifest(build, path)
        source = build.context.text(path)
        if found is None or found.problem or source is None:
            raise Unclear(f"{path} cannot be read")
        if found.missing or any(entry.package.is_local or entry.source is not found.source for entry in found.entries):
            raise Unclear(f"{path} takes packages from other files of the project")
        if any(option in source.text for option in ("-r ", "--requirement", "-c ", "--constraint", "-e ", "file:")):
            raise Unclear(f"{path} takes packages from other files of the project")
        paths.append(path)
    return paths


# Projects ---------------------------------------------------------------------------------


def _project(build: "Build", install: "Install") -> Needs:
    manager = install.manager
    folder = project_path(install, "")
    if folder is None or install.arguments.has("--script", "--all-packages", "--package", "--only-root"):
        raise Unclear(f"which project {install.tool} {install.verb} works on is not certain")
    manifest = _place(build, install, posixpath.join(folder, "pyproject.toml"))
    lock = posixpath.join(posixpath.dirname(manifest), _LOCKS[manager])
    if not build.context.exists(lock) or build.context.ignores(lock):
        raise Unclear(f"there is no {lock} to install from")
    data = toml_data(build, manifest)
    if not data:
        raise Unclear(f"{manifest} cannot be read")
    _require_plain(build, install, data, lock)
    beside = [posixpath.join(posixpath.dirname(manifest), name) for name in _SETTINGS[manager]]
    settings = [path for path in beside if build.context.exists(path) and not build.context.ignores(path)]
    option = _WITHOUT_PROJECT[manager]
    is_without = install.arguments.has(option) or not _is_package(manager, data)
    return Needs([manifest, lock, *settings], None if is_without else option)


def _require_plain(build: "Build", install: "Install", data: "dict[str, object]", lock: str) -> None:
    """Raise Unclear where more of the project than manifest and lock is needed before it is installed."""
    tool = _table(data, "tool")
    dynamic = _table(data, "project").get("dynamic")
    if isinstance(dynamic, list) and {"dependencies", "optional-dependencies"} & {str(name) for name in dynamic}:
        raise Unclear("the project computes its dependencies when it is built")
    uv = _table(tool, "uv")
    if "workspace" in uv or any(_is_local(source) for source in _table(uv, "sources").values()):
        raise Unclear("the project takes packages from its own folders")
    if install.manager == "uv":
        found = read_uv_lock(build, lock)
        packages = getattr(found, "packages", None)
        if packages is None:
            raise Unclear(f"{lock} cannot be read")
        if any({"directory", "path"} & set(package.source) for package in packages) or (
            sum(package.is_member for package in packages) > 1
        ):
            raise Unclear(f"{lock} takes packages from folders of the project")
        return
    source = build.context.text(lock)
    if source is None:
        raise Unclear(f"{lock} cannot be read")
    if 'type = "directory"' in source.text or 'type = "file"' in source.text or 'path = "./' in source.text:
        raise Unclear(f"{lock} takes packages from folders of the project")


def _table(data: "dict[str, object]", name: str) -> "dict[str, object]":
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _is_local(source: object) -> bool:
    return isinstance(source, dict) and bool({"path", "workspace"} & set(source))


def _is_package(manager: str, data: "dict[str, object]") -> bool:
    """Whether the tool installs the project itself."""
    tool = _table(data, "tool")
    if manager == "uv":
        return bool(_table(tool, "uv").get("package", "build-system" in data))
    if manager == "poetry":
        return _table(tool, "poetry").get("package-mode") is not False
    return _table(tool, "pdm").get("distribution") is not False and "name" in _table(data, "project")


# npm --------------------------------------------------------------------------------------


def _npm(build: "Build", install: "Install") -> list[str]:
    if install.tool != "npm":
        raise Unclear(f"what {install.tool} {install.verb} reads is not known")
    if install.packages:
        if install.arguments.has("-g", "--global"):
            return []
        raise Unclear(f"npm {install.verb} adds packages to the project")
    folder = project_path(install, "")
    if folder is None:
        raise Unclear("which project npm works on is not certain")
    manifest = _place(build, install, posixpath.join(folder, "package.json"))
    source = build.context.text(manifest)
    data = _json(source.text) if source else None
    if data is None:
        raise Unclear(f"{manifest} cannot be read")
    if "workspaces" in data:
        raise Unclear(f"{manifest} has workspaces, whose manifests lie in other folders")
    hook = next((name for name in _HOOKS if name in _table(data, "scripts")), None)
    if hook is not None:
        raise Unclear(f"{manifest} runs a script of its own on {hook}")
    for kind in ("dependencies", "devDependencies", "optionalDependencies"):
        if any(str(version).startswith(("file:", "link:", ".", "/")) for version in _table(data, kind).values()):
            raise Unclear(f"{manifest} takes packages from folders of the project")
    names = ("package-lock.json", "npm-shrinkwrap.json", *_SETTINGS["npm"])
    beside = [posixpath.join(posixpath.dirname(manifest), name) for name in names]
    found = [path for path in beside if build.context.exists(path) and not build.context.ignores(path)]
    if install.verb == "ci" and not any(path.endswith((names[0], names[1])) for path in found):
        raise Unclear("npm ci needs a lock, which is not there")
    return [manifest, *found]


def _json(text: str) -> "dict[str, object] | None":
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
