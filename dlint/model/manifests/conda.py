"""What conda installs from: environment.yml, lists of specifications, and lock files.

Sources: conda's documentation ("Managing environments"), lock files of conda-lock 3.0 (version 1).
"""

import posixpath

from dlint import regex
from dlint.knowledge.platforms import CONDA_PLATFORMS
from dlint.model.manifests.common import MAIN, MAX_ENTRIES, MalformedError, Places, locked
from dlint.model.python_installs import conda_package, read_requirement
from dlint.model.requirements import Requirement, Requirements, read_requirements
from dlint.parser.shell.ast import Word
from dlint.parser.yaml import Node, read_yaml
from dlint.regex import lazy
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.context import BuildContext

_EXPLICIT = lazy(r"(?m)^@EXPLICIT\s*$")
_COMMENT = lazy(r"(?:^|\s)#")
_ARCHIVE = lazy(r"([\w.+-]+?)-([\w.+!]+)-([\w.+]+)\.(?:conda|tar\.bz2)\Z")


def read_environment(source: Source, context: "BuildContext | None" = None, path: str = "") -> Requirements:
    """Return the packages of an environment.yml, those for pip and the files it names included.

    Raises MalformedError and UnreadableError.
    """
    root = read_yaml(source)
    if root is None or root.kind != "table":
        raise MalformedError("is no conda environment")
    found = Requirements(source)
    listed = root.get("dependencies")
    if listed is None or (listed.kind == "text" and not listed.text):
        return found
    if listed.kind != "list":
        raise MalformedError("is malformed: dependencies is no list", "dependencies")
    places = Places(source)
    for node in listed.items:
        if node.kind == "text":
            _add_conda(found, places, node)
        elif node.kind == "table":
            for item in (node.get("pip") or node).items:
                _add_pip(found, places, item, context, path)
        else:
            raise MalformedError("is malformed: dependencies holds a list", "dependencies")
    return found


def _add_conda(found: Requirements, places: Places, node: Node) -> None:
    span = _inside(node)
    package = conda_package(node.text, Word(places.whole, span.start, span.end, node.text))
    if package.name:
        found.entries.append(Requirement(package, found.source, span, manager="conda", groups=(MAIN,)))


def _add_pip(found: Requirements, places: Places, node: Node, context: "BuildContext | None", path: str) -> None:
    """Read one line of the list for pip; it may be an option of requirement files."""
    if node.kind != "text":
        raise MalformedError("is malformed: the list for pip holds what is no text", "pip")
    span = _inside(node)
    match = regex.match(r"(?:-r|--requirement|-c|--constraint)[\s=]*(\S+)", node.text)
    if match:
        inner = posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1]))
        read = read_requirements(context, inner) if context else None
        if read is None or node.text.startswith(("-c", "--constraint")):
            found.missing.append(inner)
        else:
            found.entries += read.entries
            found.missing += read.missing
            found.indexes += read.indexes
        return
    index = regex.match(r"(?:-i|--index-url|--extra-index-url|-f|--find-links)[\s=]+(\S+)", node.text)
    if index:
        found.indexes.append(index[1])
        return
    text = regex.sub(r"\A(?:-e|--editable)[\s=]+", "", node.text)
    if text.startswith("-") or not text:
        return
    package = read_requirement(text.split(" --", 1)[0], Word(places.whole, span.start, span.end, text))
    package.is_local = package.is_local or (text != node.text and not package.is_url)
    found.entries.append(Requirement(package, found.source, span, groups=(MAIN,), has_hash=" --hash" in text))


def _inside(node: Node) -> Span:
    """Return the place of a text without its quotes."""
    if node.is_plain or node.span.end - node.span.start < 2:
        return node.span
    return Span(node.span.start + 1, node.span.end - 1)


# Locks ------------------------------------------------------------------------------------


def read_lock(source: Source, machine: str) -> Requirements:
    """Return the packages that a conda-lock.yml has for a machine.

    Raises MalformedError and UnreadableError.
    """
    root = read_yaml(source)
    listed = root.get("package") if root else None
    if listed is None or listed.kind != "list":
        raise MalformedError("is no lock file of conda-lock")
    platform = CONDA_PLATFORMS.get(machine)
    found = Requirements(source, is_lock=True)
    places = Places(source)
    for node in listed.items:
        name, version = _text(node, "name"), _text(node, "version")
        if node.kind != "table" or not name:
            raise MalformedError("is malformed: a package has no name", "package")
        if _text(node, "platform") not in ("", platform):
            continue
        span = _inside(node.get("name") or node)
        package = locked(places, name, version, span)
        manager = "pip" if _text(node, "manager") == "pip" else "conda"
        if manager == "conda":
            package.name, package.version = name.lower(), f"=={version}"
        category = _text(node, "category") or MAIN
        found.entries.append(
            Requirement(
                package, source, span, has_hash=node.get("hash") is not None, manager=manager, groups=(category,)
            )
        )
    return found


def _text(node: Node, name: str) -> str:
    found = node.get(name)
    return found.text if found is not None else ""


def is_explicit(source: Source) -> bool:
    """Whether a file is a list of addresses of packages, as ``conda list --explicit`` prints it."""
    return _EXPLICIT.search(source.text) is not None


def read_list(source: Source) -> Requirements:
    """Return the packages of a text file: addresses behind @EXPLICIT, else one specification a line."""
    explicit = is_explicit(source)
    found = Requirements(source, is_lock=explicit)
    places = Places(source)
    for line, start in zip(source.text.split("\n"), source.line_starts, strict=False):
        text = line.strip("\ufeff \t\r")
        if not explicit or text.startswith("#"):
            # An address may hold a digest behind its #.
            text = _COMMENT.split(text, maxsplit=1)[0].strip()
        if not text or text.startswith("@"):
            continue
        if len(found.entries) >= MAX_ENTRIES:
            raise MalformedError(f"has more than {MAX_ENTRIES:,} entries", is_limit=True)
        begin = start + line.find(text)
        span = Span(begin, begin + len(text))
        word = Word(places.whole, span.start, span.end, text)
        if not explicit:
            package = conda_package(text, word)
            found.entries.append(Requirement(package, source, span, manager="conda", groups=(MAIN,)))
            continue
        address, _, digest = text.partition("#")
        match = _ARCHIVE.match(address.rpartition("/")[2])
        if match:
            package = locked(places, match[1], match[2], span)
            package.name = match[1].lower()
            found.entries.append(
                Requirement(package, source, span, has_hash=bool(digest), manager="conda", groups=(MAIN,))
            )
    return found
