"""The bytecode of dlint's modules in one file, so that a short run opens one file and not a hundred.

With it are the programs of regular expressions, which take a fifth of such a run to compile.

A run imports some hundred small modules; finding, opening and reading their ``.pyc`` files takes
longer than the checks themselves. The command keeps what it imported in one file beside them, in
``dlint/__pycache__``, and the next run takes it from there. A module whose source has changed since
is imported as usual, and so is everything where the file cannot be written, or is damaged.
"""

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    # Name -> path below the package, modification time (ns) and size of the source, whether it is a
    # package, and the marshalled code.
    Modules = dict[str, tuple[str, int, int, bool, bytes | memoryview]]
    Programs = dict[tuple[str, int], bytes]

ROOT = os.path.dirname(os.path.abspath(__file__))
PREFIX = f"{__package__}."


# Both are good for the interpreter that wrote them only.
_INTERPRETER = sys.version


def bundle_path() -> str:
    """Return where this interpreter keeps the bundle."""
    return os.path.join(ROOT, "__pycache__", f"{__package__}.{sys.implementation.cache_tag}.bundle")


class Bundle:
    """A finder of modules (PEP 451) that takes their code from one file."""

    def __init__(self, modules: "Modules") -> None:
        self.modules = modules
        self.served: set[str] = set()
        self.before = frozenset(sys.modules)
        """What was imported before there was a bundle to take it from."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        """Return the spec of a module that is held and has not changed; None for all others."""
        held = self.modules.get(name)
        if held is None:
            return None
        relative, modified, size, is_package, code = held
        file = f"{ROOT}{os.sep}{relative}"
        try:
            now = os.stat(file)
        except OSError:
            return None
        if now.st_mtime_ns != modified or now.st_size != size:
            return None
        self.served.add(name)
        spec = type(__spec__)(name, _Loader(file, code), origin=file, is_package=is_package)  # type: ignore[arg-type]
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(file)]
        return spec


class _Loader:
    """Runs the code of one module."""

    def __init__(self, file: str, code: "bytes | memoryview") -> None:
        self.file = file
        self.code = code

    def create_module(self, spec: object) -> None:
        """Leave the making of the module to the import system."""

    def exec_module(self, module: "ModuleType") -> None:
        """Run the code in the module."""
        module.__file__ = self.file
        exec(marshal.loads(self.code), module.__dict__)


def install() -> Bundle:
    """Serve the modules of this package from the bundle, if there is one; return it."""
    modules, programs = _read()
    bundle = Bundle(modules)
    sys.meta_path.insert(0, bundle)  # type: ignore[arg-type]
    from dlint import regex

    regex.programs.update(programs)
    return bundle


# The file: the length of its head, the head, and the code of all modules one after the other, so that
# a run takes out what it imports and leaves the rest alone. The head: the interpreter, the modules with
# the length of their code in place of the code, and the programs.
_LENGTH = 8


def _read() -> "tuple[Modules, Programs]":
    try:
        with open(bundle_path(), "rb") as file:
            data = memoryview(file.read())
        end = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
        interpreter, held, programs = marshal.loads(data[_LENGTH:end])
        if interpreter != _INTERPRETER:
            return {}, {}
        modules: Modules = {}
        for name, (relative, modified, size, is_package, length) in held.items():
            modules[name] = (relative, modified, size, is_package, data[end : end + length])
            end += length
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        return {}, {}
    return (modules, programs) if end == len(data) and isinstance(programs, dict) else ({}, {})


def save(bundle: Bundle) -> None:
    """Write what was imported or compiled past the bundle into it, for the next run."""
    from dlint import regex

    known = bundle.served | bundle.before
    missing = [name for name in sys.modules if name.startswith(PREFIX) and name not in known]
    if not (missing or regex.fresh) or sys.dont_write_bytecode:
        return
    modules = dict(bundle.modules)
    for name in missing:
        module = sys.modules[name]
        file = module.__file__ or ""
        try:
            stat = os.stat(file)
            code = module.__loader__.get_code(name)  # type: ignore[union-attr]
        except (OSError, ImportError, AttributeError):
            continue
        is_package = hasattr(module, "__path__")
        modules[name] = (os.path.relpath(file, ROOT), stat.st_mtime_ns, stat.st_size, is_package, marshal.dumps(code))
    programs = dict(regex.programs)
    for key in regex.fresh:
        try:
            programs[key] = regex.program_of(key)
        except Exception:
            # It is compiled again next time.
            continue
    if missing or programs.keys() != regex.programs.keys():
        _write(modules, programs)


def _write(modules: "Modules", programs: "Programs") -> None:
    held = {name: (*rest, len(code)) for name, (*rest, code) in modules.items()}
    head = marshal.dumps((_INTERPRETER, held, programs))
    data = b"".join([len(head).to_bytes(_LENGTH, "little"), head, *(code for *_, code in modules.values())])
    path = bundle_path()
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "xb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return
