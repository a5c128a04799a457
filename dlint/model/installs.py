"""Package installations: which manager installs what, from where, and how it is pinned.

Source for the option tables: the tools' own help and documentation (facts collected
2026-11-22: apt 3.0, apk 2.14, dnf 5, zypper 1.14, npm 11).
"""

from dlint import regex
from dlint.model.commands import Arguments, Command
from dlint.model.packages import Install, Package, verb_of
from dlint.model.python_installs import PYTHON_READERS
from dlint.parser.shell.ast import Word
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def _system(
    manager: str, verbs: tuple[str, ...], options: str, package: "Callable[[str, Word], Package]"
) -> "Callable[[Command], Install | None]":
    value_options = frozenset(options.split())

    def read(command: Command) -> Install | None:
        verb, rest = verb_of(command.arguments, value_options)
        if verb == "module" and rest and rest[0].value == "install":
            verb, rest = "module install", rest[1:]
        if verb not in verbs:
            return None
        # Options may stand in front of the verb: apt-get -y install.
        before = command.arguments[: len(command.arguments) - len(rest) - 1]
        arguments = Arguments((*before, *rest), value_options)
        if manager == "apt" and arguments.has("-s"):
            return None
        packages: list[Package] = []
        for word in arguments.operands:
            text = command.resolve(word)
            if text is None:
                packages.append(Package(word.value, None, word, is_pinned=None))
            else:
                # A variable may hold options too.
                packages.extend(package(part, word) for part in text.split() if not part.startswith("-"))
        return Install(manager, verb, command, arguments, tuple(packages))

    return read


def _without_sign(name: str) -> str:
    """Return a package name without the + or - that asks apt to install or remove it; g++ keeps its own."""
    return name[:-1] if name.endswith(("+", "-")) and not name.endswith("++") else name


def _apt_package(text: str, word: Word) -> Package:
    if text.endswith(".deb") or text.startswith((".", "/")):
        return Package(text, "", word, is_pinned=True, is_local=True)
    name, equals, version = text.partition("=")
    if not equals:
        name, _, version = text.partition("/")
    return Package(
        _without_sign(name.partition(":")[0]) if not equals else name, version, word, is_pinned=bool(version)
    )


def _apk_package(text: str, word: Word) -> Package:
    match = regex.match(r"([^=<>~]+)(.*)", text)
    name, version = (match[1], match[2]) if match else (text, "")
    return Package(
        name, version, word, is_pinned=bool(version) or text.endswith(".apk"), is_local=text.endswith(".apk")
    )


_RPM_VERSION = lazy(r"-\d[\w.+~^*:]*(?:-[\w.+~^*]+)?(?:\.\w+)?\Z")


def _rpm_package(text: str, word: Word) -> Package:
    if text.endswith(".rpm") or "/" in text:
        return Package(text, "", word, is_pinned=True, is_local=True)
    if text.startswith("@"):
        return Package(text, "", word, is_pinned=":" in text)
    match = _RPM_VERSION.search(text)
    name = text[: match.start()] if match else text
    return Package(name, match[0][1:] if match else "", word, is_pinned=match is not None)


def _zypper_package(text: str, word: Word) -> Package:
    if text.endswith(".rpm"):
        return Package(text, "", word, is_pinned=True, is_local=True)
    match = regex.match(r"([^=<>]+)(.*)", text)
    name, version = (match[1], match[2]) if match else (text, "")
    return Package(name, version, word, is_pinned=bool(version))


# JavaScript and others --------------------------------------------------------------------


def _npm_package(text: str, word: Word) -> Package:
    if text.startswith((".", "/", "~/")) or regex.search(r"\.t(?:ar|gz|ar\.gz)\Z", text):
        return Package(text, "", word, is_pinned=True, is_local=True)
    if regex.match(r"git\+|git:|https?:|github:|\w[\w-]*/\w", text):
        return Package(text, text, word, is_pinned="#" in text, is_url=True)
    name, at, version = text[1:].rpartition("@") if text.startswith("@") else text.rpartition("@")
    name = text[:1] * text.startswith("@") + name if at else text
    return Package(name, version if at else "", word, is_pinned=bool(at) and version not in ("latest", "next"))


def _gem_package(text: str, word: Word) -> Package:
    name, colon, version = text.partition(":")
    return Package(name, version, word, is_pinned=bool(colon))


def _go_package(text: str, word: Word) -> Package:
    name, at, version = text.partition("@")
    # Names without a domain are packages of Go itself or of the module at hand.
    is_local = "." not in text.partition("/")[0].strip(".") and not at
    is_pinned = is_local or (bool(at) and version not in ("latest", "none", "master", "main", "upgrade", "patch"))
    return Package(name, version, word, is_pinned=is_pinned, is_local=is_local)


_APT_OPTIONS = "-o --option -t --target-release --default-release -c --config-file -a --solver"
_APK_OPTIONS = "-t --virtual -X --repository -p --root --keys-dir --cache-dir --repositories-file --wait --arch"
_RPM_OPTIONS = (
    "--setopt --enablerepo --disablerepo --repo --repoid -x --exclude --releasever --installroot -c "
    "--config --enableplugin --disableplugin --advisory"
)
_ZYPPER_OPTIONS = "-r --repo --from -t --type --root -R"
_NPM_OPTIONS = (
    "--prefix --registry --cache --omit --include -w --workspace --loglevel --cwd --modules-folder "
    "--network-timeout -C --dir --filter --fetch-timeout --fetch-retries"
)
_GEM_OPTIONS = "-v --version -i --install-dir -n --bindir -s --source --platform"

_READERS: "dict[str, Callable[[Command], Install | None]]" = {
    **PYTHON_READERS,
    **dict.fromkeys(
        ("apt-get", "apt", "aptitude"),
        _system("apt", ("install", "build-dep"), _APT_OPTIONS, _apt_package),
    ),
    "apk": _system("apk", ("add",), _APK_OPTIONS, _apk_package),
    **dict.fromkeys(
        ("dnf", "yum", "microdnf", "tdnf", "dnf5"),
        _system("dnf", ("install", "groupinstall", "localinstall", "reinstall", "in"), _RPM_OPTIONS, _rpm_package),
    ),
    "zypper": _system("zypper", ("install", "in"), _ZYPPER_OPTIONS, _zypper_package),
    "npm": _system("npm", ("install", "i", "ci", "add"), _NPM_OPTIONS, _npm_package),
    "yarn": _system("yarn", ("install", "add"), _NPM_OPTIONS, _npm_package),
    "pnpm": _system("pnpm", ("install", "i", "add"), _NPM_OPTIONS, _npm_package),
    "gem": _system("gem", ("install", "i"), _GEM_OPTIONS, _gem_package),
    "go": _system("go", ("install", "get"), "-ldflags -tags -o -p -mod -gcflags -asmflags -C", _go_package),
}  # fmt: skip


def read_install(command: Command) -> Install | None:
    """Return the installation a command makes, None for other commands."""
    reader = _READERS.get(command.name)
    if reader is None or command.has("--dry-run", "--download-only", "--simulate", "--help"):
        return None
    return reader(command)
