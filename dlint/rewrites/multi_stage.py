"""Compile in a stage of its own: a single stage with build tools becomes a builder and what ships."""

from dlint.diagnostic import Edit, Saving
from dlint.knowledge.sizes import COMPILER_BYTES
from dlint.model.build_tools import SMALL_TOOLS, are_removed, is_build_tool
from dlint.model.role import Role, has_command
from dlint.rewrites.proposal import Declined, Proposal
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.build import Build
    from dlint.model.packages import Install
    from dlint.rewrites.stage_split import Split

NAME = "multi-stage"
_RULES = ("build-tools-in-final-image",)
_LARGE = frozenset({"build-essential", "gcc", "g++", "clang", "llvm", "rustc", "cargo"})
_QUIET_ROLES = (Role.DEVELOPMENT, Role.NOTEBOOK, Role.TRAINING)


def propose(build: "Build") -> Proposal | Declined | None:
    """Propose to leave the build tools of the last stage in a builder."""
    target = build.target
    if target is None or not has_command(build):
        return None
    if target.root.flavour == "devel":
        from dlint.rewrites.devel_image import propose_runtime

        return propose_runtime(build, target)
    installs = [install for install in build.installs if install.step.stage in target.chain and _brings_tools(install)]
    if not installs:
        return None
    if build.role in _QUIET_ROLES:
        return Declined(NAME, f"images for {build.role.value} may compile while they run", installs[0].span)
    from dlint.rewrites.leaving import Left
    from dlint.rewrites.stage_split import split

    try:
        return _proposal(build, split(build, target, installs))
    except Left as reason:
        return Declined(NAME, reason.text, reason.span or installs[0].span)


def _brings_tools(install: "Install") -> bool:
    """Whether it brings compilers that stay."""
    if install.manager not in ("apt", "apk", "dnf", "zypper"):
        return False
    tools = [package for package in install.packages if is_build_tool(package.name)]
    return any(tool.name not in SMALL_TOOLS for tool in tools) and not are_removed(install, tools)


def _proposal(build: "Build", found: "Split") -> Proposal:
    text = build.source.text
    start = found.stage.instruction
    first = found.base_name if found.has_base else found.builder_name
    inserts = {
        **(_begin_builder(found, text) if found.has_base else {}),
        found.builder_end: _begin_runtime(found, text),
    }
    if found.venv_start is not None:
        venv = f"RUN python -m venv {found.place.path}\n"
        inserts[found.venv_start] = inserts.get(found.venv_start, "") + venv
    end = start.alias.end if start.alias is not None else start.image.end
    edits = [Edit(Span(start.image.end, end), f" AS {first}")]
    edits += [Edit(Span(place, place), new) for place, new in inserts.items()]
    packages = found.packages
    tools, libraries = ", ".join(packages.tools), ", ".join(packages.libraries)
    why = f"{tools} {_stay(packages.tools)} in the image that ships, and only installing needs {_them(packages.tools)}"
    is_large = not _LARGE.isdisjoint(packages.tools)
    return Proposal(
        NAME,
        "Compile in a stage of its own",
        f"{why}; {libraries} {_stay(packages.libraries)}" if libraries else why,
        tuple(edits),
        saving=Saving(disk_bytes=COMPILER_BYTES, basis="table") if is_large else None,
        caution=packages.caution,
        rules=_RULES,
    )


def _stay(names: "list[str]") -> str:
    return "stays" if len(names) == 1 else "stay"


def _them(names: "list[str]") -> str:
    return "it" if len(names) == 1 else "them"


def _begin_builder(found: "Split", text: str) -> dict[int, str]:
    """Return what ends the base and begins the builder, by place; a blank line that is there stays between them."""
    begin = f"FROM {found.base_name} AS {found.builder_name}\n"
    head = f'ENV PATH="{found.place.path}/bin:$PATH"\n' if found.place.is_new else ""
    above = len(text[: found.builder_start].rstrip()) + 1
    if above >= found.builder_start:
        return {found.builder_start: f"{head}\n{begin}"}
    return {above: head, found.builder_start: begin} if head else {found.builder_start: begin}


def _begin_runtime(found: "Split", text: str) -> str:
    alias = f" AS {found.alias}" if found.alias else ""
    start = found.stage.instruction
    base = f"FROM {found.base_name}" if found.has_base else text[start.start : start.image.end]
    return "\n" + "".join(f"{line}\n" for line in (f"{base}{alias}", *found.repeated))
