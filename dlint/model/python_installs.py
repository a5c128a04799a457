"""Installations of Python packages: pip, uv, poetry, pdm, pipenv and the conda family.

Source for the option tables: the tools' own help and documentation (facts collected
2026-11-22: pip 26, uv 0.9, conda 25).
"""

from dlint import regex
from dlint.model.commands import Arguments, Command
from dlint.model.packages import Install, Package, verb_of
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def normalise(name: str) -> str:
    """Return a Python distribution name in its normal form (PEP 503)."""
    return regex.sub(r"[-_.]+", "-", name).lower()


_PIP_OPTIONS = frozenset(
    [
        "-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-i", "--index-url",
        "--extra-index-url", "-f", "--find-links", "-t", "--target", "--prefix", "--root", "--src",
        "--platform", "--python-version", "--implementation", "--abi", "--no-binary", "--only-binary",
        "--trusted-host", "--cert", "--client-cert", "--proxy", "--timeout", "--retries", "--exists-action",
        "--cache-dir", "--log", "--upgrade-strategy", "--progress-bar", "--config-settings", "-C",
        "--global-option", "--build-option", "--install-option", "--use-feature", "--use-deprecated",
        "--report", "--python", "--root-user-action", "--group", "--uploaded-prior-to", "-b", "--build",
    ]
)  # fmt: skip
_UV_PIP_OPTIONS = _PIP_OPTIONS | frozenset(
    [
        "-p", "--torch-backend", "--index", "--default-index", "--index-strategy", "--prerelease", "--override",
        "--overrides", "--build-constraint", "--build-constraints", "--constraints", "--requirements",
        "--resolution", "--exclude-newer", "--link-mode", "--keyring-provider", "--no-build-package",
        "--no-binary-package", "--extra", "--reinstall-package", "--upgrade-package", "-P", "--refresh-package",
        "--color", "--directory", "--project", "--config-file", "--allow-insecure-host",
        "--no-build-isolation-package", "--excludes",
    ]
)  # fmt: skip
_UV_PROJECT_OPTIONS = frozenset(
    [
        "--extra", "--no-extra", "--group", "--no-group", "--only-group", "--package", "--directory",
        "--project", "--python", "-p", "--no-install-package", "--index", "--default-index", "--index-strategy",
        "--link-mode", "--cache-dir", "--color", "--config-setting", "--upgrade-package", "-P",
        "--refresh-package", "--no-build-isolation-package", "--resolution", "--exclude-newer", "--prerelease",
        "--reinstall-package", "--keyring-provider", "--torch-backend",
    ]
)  # fmt: skip
_REQUIREMENT = lazy(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*((?:[<>=!~]=?=?|@).*)?\Z", regex.DOTALL)
_DIRECT = lazy(r"[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@")
_PIN = lazy(r"(?<![<>!~=])={2,3}\s*[^\s,;=*]+(?!\S*\*)|~=|@")
_URL = lazy(r"(?:git|hg|svn|bzr)\+|https?://|file:|s3://|gs://")


def read_requirement(text: str, word: Word) -> Package:
    """Return one requirement as pip reads it from its command line."""
    base, _, marker = text.partition(";")
    package = _read_specifier(base.strip(), word)
    package.marker = marker.strip()
    return package


def _read_specifier(base: str, word: Word) -> Package:
    if _URL.match(base):
        return Package(_name_of_url(base), base, word, is_pinned=_is_pinned_url(base), is_url=True)
    is_direct = _DIRECT.match(base) is not None
    if base.startswith((".", "/", "~", "-")) or (base.endswith((".whl", ".tar.gz", ".zip")) and not is_direct):
        return Package(base, "", word, is_pinned=True, is_local=True)
    match = _REQUIREMENT.match(base)
    if match:
        extras = tuple(normalise(extra.strip()) for extra in (match[2] or "").split(",") if extra.strip())
        version = (match[3] or "").strip()
        is_pinned = bool(_PIN.search(version))
        if version.startswith("@") and _URL.match(version[1:].strip()):
            is_pinned = _is_pinned_url(version[1:].strip())
            return Package(normalise(match[1]), version, word, is_pinned=is_pinned, is_url=True, extras=extras)
        return Package(normalise(match[1]), version, word, is_pinned=is_pinned, extras=extras)
    if "/" in base:
        return Package(base, "", word, is_pinned=True, is_local=True)
    name = regex.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", base)
    return Package(normalise(name[0]) if name else base, None, word, is_pinned=None)


def _name_of_url(url: str) -> str:
    egg = regex.search(r"[#&]egg=([A-Za-z0-9._-]+)", url)
    if egg:
        return normalise(egg[1])
    last = url.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    return normalise(regex.split(r"\.git\b|@|-\d", last)[0])


def _is_pinned_url(url: str) -> bool:
    if not regex.match(r"(?:git|hg|svn|bzr)\+", url):
        return True
    path = url.partition("://")[2].partition("#")[0]
    reference = path.partition("/")[2].rpartition("@")
    return bool(reference[0]) and bool(reference[2])


def _python_packages(command: Command, words: list[Word]) -> tuple[Package, ...]:
    packages: list[Package] = []
    for word in words:
        text = command.resolve(word)
        if text is not None:
            packages.extend(read_requirement(part, word) for part in (text.split() if not word.is_quoted else [text]))
            continue
        package = read_requirement(word.value, word)
        # What a variable hides may well be a pin.
        if "$" in package.name or not package.is_pinned:
            package.is_pinned = None
        package.version = None
        packages.append(package)
    return tuple(packages)


def _pip(command: Command) -> Install | None:
    verb, rest = verb_of(command.arguments)
    if verb not in ("install", "download", "wheel"):
        return None
    return _pip_install(command, "pip", verb, Arguments(rest, _PIP_OPTIONS))


def _pip_install(command: Command, manager: str, verb: str, arguments: Arguments) -> Install:
    editable = [word for _, word in arguments.words("-e", "--editable")]
    files = [word for _, word in arguments.words("-r", "--requirement", "--requirements")]
    constraints = [word for _, word in arguments.words("-c", "--constraint", "--constraints")]
    packages = _python_packages(command, arguments.operands)
    for word in editable:
        text = command.resolve(word) or word.value
        path = text.removeprefix("--editable=")
        package = read_requirement(path, word)
        if not (package.is_url or package.is_local):
            # A folder of that name.
            package.name, package.is_local = path, True
        packages = (*packages, package)
    return Install(manager, verb, command, arguments, packages, tuple(files), tuple(constraints))


def _uv(command: Command) -> Install | None:
    arguments = Arguments(command.arguments, _UV_PIP_OPTIONS)
    if not arguments.operands:
        return None
    first = arguments.operands[0]
    rest = command.arguments[command.arguments.index(first) + 1 :]
    if first.value == "pip":
        inner = Arguments(rest, _UV_PIP_OPTIONS)
        if not inner.operands or inner.operands[0].value not in ("install", "sync"):
            return None
        verb = inner.operands.pop(0).value
        install = _pip_install(command, "uv", f"pip {verb}", inner)
        if verb == "sync":
            install.files = (*install.files, *(package.word for package in install.packages))
            install.packages = ()
        return install
    if first.value in ("sync", "add", "install") or (first.value == "tool" and rest and rest[0].value == "install"):
        verb = first.value
        if verb == "tool":
            verb, rest = "tool install", rest[1:]
        inner = Arguments(rest, _UV_PROJECT_OPTIONS)
        packages = _python_packages(command, inner.operands) if verb != "sync" else ()
        return Install("uv", verb, command, inner, packages)
    return None


def _project(manager: str, verbs: tuple[str, ...], options: str) -> "Callable[[Command], Install | None]":
    value_options = frozenset(options.split())

    def read(command: Command) -> Install | None:
        verb, rest = verb_of(command.arguments, value_options)
        if verb not in verbs:
            return None
        arguments = Arguments(rest, value_options)
        packages = _python_packages(command, arguments.operands)
        files = tuple(word for _, word in arguments.words("-r", "--requirements"))
        return Install(manager, verb, command, arguments, packages, files)

    return read


_POETRY_OPTIONS = "--with --without --only -E --extras -P --project -C --directory"


# Conda ------------------------------------------------------------------------------------

_CONDA_OPTIONS = frozenset(
    [
        "-n", "--name", "-p", "--prefix", "-c", "--channel", "-f", "--file", "--solver", "--revision",
        "--repodata-fn", "--subdir", "--platform", "-r", "--root-prefix", "--clone", "--rc-file",
    ]
)  # fmt: skip


def _conda(command: Command) -> Install | None:
    verb, rest = verb_of(command.arguments, _CONDA_OPTIONS)
    if verb == "env":
        inner, rest = verb_of(rest, _CONDA_OPTIONS)
        if inner not in ("create", "update"):
            return None
        verb = f"env {inner}"
    elif verb not in ("install", "create", "update"):
        return None
    arguments = Arguments(rest, _CONDA_OPTIONS)
    files = tuple(word for _, word in arguments.words("-f", "--file"))
    packages = tuple(_conda_package(command, word) for word in arguments.operands)
    return Install("conda", verb, command, arguments, packages, files)


def _conda_package(command: Command, word: Word) -> Package:
    text = command.resolve(word)
    if text is None:
        name = regex.split(r"[=<>!~\s]", word.value, maxsplit=1)[0]
        has_version = "=" in word.value
        return Package(name.rpartition("::")[2].lower(), None, word, is_pinned=True if has_version else None)
    return conda_package(text, word)


def conda_package(text: str, word: Word) -> Package:
    """Return one specification as conda reads it: ``numpy``, ``numpy=1.26``, ``conda-forge::numpy >=1.26``."""
    match = regex.match(r"(?s)([^=<>!~\s\[]+)\s*(.*)\Z", text.strip())
    name, version = (match[1], match[2]) if match else (text, "")
    is_pinned = bool(regex.match(r"={0,3}\s*\d|~=", version)) and not regex.match(r"=?\d+\Z", version)
    return Package(name.rpartition("::")[2].lower(), version, word, is_pinned=is_pinned)


def _conda_lock(command: Command) -> Install | None:
    verb, rest = verb_of(command.arguments, _CONDA_OPTIONS)
    if verb != "install":
        return None
    arguments = Arguments(rest, _CONDA_OPTIONS)
    return Install("conda-lock", verb, command, arguments, (), tuple(arguments.operands))


PYTHON_READERS: "dict[str, Callable[[Command], Install | None]]" = {
    "pip": _pip,
    "uv": _uv,
    **dict.fromkeys(("conda", "mamba", "micromamba"), _conda),
    "conda-lock": _conda_lock,
    "poetry": _project("poetry", ("install", "sync", "add"), _POETRY_OPTIONS),
    "pdm": _project("pdm", ("install", "sync", "add"), "-G --group -p --project -L --lockfile"),
    "pipenv": _project("pipenv", ("install", "sync"), "--python --categories -r --requirements"),
}
