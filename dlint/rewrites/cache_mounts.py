"""Cache mounts in place of what empties and refuses caches.

Sources: docs.docker.com/build/cache/optimize and reference/dockerfile (RUN --mount); apt.conf(5) (2026-11-23).
Images of Debian and Ubuntu empty apt's cache after every installation (/etc/apt/apt.conf.d/docker-clean), so that
file goes first; apt-get then keeps what it downloads.
"""

from dlint.diagnostic import Edit
from dlint.model.amounts import saving, total
from dlint.model.caches import has_mount_below
from dlint.model.install_weight import wheels
from dlint.model.installs import read_install
from dlint.model.pip_cache import keeps_downloads
from dlint.parser.dockerfile import ast
from dlint.rewrites.commands_away import Away, take_away
from dlint.rewrites.mountable import APT, Cache, Unfit, cache_of, uses_of
from dlint.rewrites.proposal import Declined, Proposal
from dlint.rewrites.writing import escape_of, indent_of, text_of
from dlint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.diagnostic import Saving
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.packages import Install
    from dlint.model.stages import Stage, Step

NAME = "cache-mounts"
_APT_IMAGES = ("debian", "ubuntu", "python", "cuda", "node")
_DOCKER_CLEAN = "rm -f /etc/apt/apt.conf.d/docker-clean"


def propose(build: "Build") -> Proposal | Declined | tuple[Declined, ...] | None:
    """Mount caches for the RUNs that install packages."""
    old = _too_old(build)
    if old is not None:
        return Declined(NAME, old)
    edits: list[Edit] = []
    declined: list[Declined] = []
    done: list[Command] = []
    for stage in build.stages:
        if stage in build.reachable:
            is_apt = _apt_for(build, stage, declined)
            for step in stage.instructions(ast.Run):
                mine, changes = _step(build, step, is_apt, declined)
                done += mine
                edits += changes
    if not edits:
        return tuple(declined) or None
    tools = list(dict.fromkeys(command.name for command in done))
    return Proposal(
        NAME,
        "keep downloads between builds in cache mounts",
        f"Whenever one of these layers is built anew, {_listed(tools)} download{'s' * (len(tools) == 1)} everything "
        "again; what lies in a cache mount is there the next time, and is no part of the image.",
        tuple(edits),
        saving=_saving(build, done),
        caution="whether everything that builds this file is BuildKit (docker build since 23, buildah since 1.24)",
        rules=("cache-mount-missing",),
        declined=tuple(declined),
    )


def _saving(build: "Build", commands: "list[Command]") -> "Saving | None":
    """Return the downloads that no longer stay in layers of the image."""
    kept = [
        wheels(build, install)
        for install in build.installs
        if install.command in commands and install.step.stage in build.runtime_chain and keeps_downloads(build, install)
    ]
    found = total(kept)
    return saving(found, found)


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _too_old(build: "Build") -> str | None:
    """Return why the frontend that the file names knows no cache mounts."""
    directive = build.dockerfile.directive("syntax")
    if directive is None:
        return None
    from dlint import regex

    match = regex.search(r"docker/dockerfile(?:-upstream)?:(\d+)(?:\.(\d+))?", directive.value)
    if match is None:
        return f"nobody knows what the frontend {directive.value} can do"
    is_old = match[1] == "0" or (match[1] == "1" and match[2] is not None and int(match[2]) < 2)
    return f"{directive.value} knows no cache mounts" if is_old else None


# One RUN --------------------------------------------------------------------------------------


def _step(build: "Build", step: "Step", is_apt: bool, declined: list[Declined]) -> "tuple[list[Command], list[Edit]]":
    """Return the commands of a RUN that get a cache, and the edits for it."""
    caches: dict[str, Cache] = {}
    uses = uses_of(build, step)
    for manager, commands in uses.items():
        if manager == "apt" and not is_apt:
            continue
        try:
            cache = cache_of(build, step, manager, commands)
        except Unfit as error:
            declined.append(Declined(NAME, f"{commands[0].name} gets none: {error}", commands[0].head(1)))
            continue
        if cache is not None:
            caches[manager] = cache
    if not caches:
        return [], []
    away = _away(step, caches)
    if away is None:
        reason = "what empties the cache in this RUN cannot be taken away"
        declined.append(Declined(NAME, reason, step.instruction.header))
        return [], []
    edits = [*away, *_mounts(build, step, caches)]
    return [command for manager in caches for command in uses[manager]], edits


def _apt_for(build: "Build", stage: "Stage", declined: list[Declined]) -> bool:
    """Whether apt gets its mounts in a stage: in all RUNs or in none, as it keeps its downloads everywhere then."""
    installs = [install for install in build.installs if install.manager == "apt" and install.step.stage is stage]
    if not installs:
        return False
    reason = _why_no_apt(build, stage, installs)
    if reason is not None:
        declined.append(Declined(NAME, f"apt gets none: {reason}", installs[0].span))
    return reason is None


def _why_no_apt(build: "Build", stage: "Stage", installs: "list[Install]") -> str | None:
    if stage.root.family not in _APT_IMAGES or stage.root.os not in ("debian", "ubuntu"):
        return "nobody knows how the base image treats its cache"
    steps = {install.step for install in installs}
    others = [command for command in build.commands("apt-get", "apt", "aptitude") if command.step.stage is stage]
    for command in others:
        if command.name != "apt-get":
            return f"{command.name} keeps no downloads unless it is told to"
        if command.has("autoremove", "purge", "remove"):
            return f"apt-get {command.arguments[0].value} reads what would be in the mount"
        if command.step not in steps:
            return "apt-get update stands in a RUN of its own"
        if command.is_conditional:
            return "apt-get may not run"
    if any(command.step.stage is stage for command in build.commands("apt-mark")):
        return "apt-mark reads what would be in the mount"
    if any(other.base is stage for other in build.stages) and any(
        install.manager == "apt" and stage in install.step.stage.chain[1:] for install in build.installs
    ):
        return "another stage built on this one installs with apt too"
    for step in steps:
        try:
            if (
                cache_of(build, step, "apt", list(step.named("apt-get"))) is not None
                and _away(step, {"apt": APT}) is None
            ):
                return "what empties its cache cannot be taken away"
        except Unfit as error:
            return str(error)
        if not any(command.has("update") for command in step.named("apt-get")):
            return "apt-get update stands in another RUN, whose lists the mount would hide"
    return None


# The edits ------------------------------------------------------------------------------------


def _away(step: "Step", caches: "dict[str, Cache]") -> list[Edit] | None:
    """Return the edits that take away what refuses or empties the caches; None where that cannot be done."""
    away = Away()
    for manager, cache in caches.items():
        for command in step.commands:
            if not _refuse(command, manager, cache, away) or not _empty(command, cache, away):
                return None
    return take_away(step, away)


def _refuse(command: "Command", manager: str, cache: Cache, away: Away) -> bool:
    """Note what keeps a command from using its cache; return whether that can be edited."""
    install = read_install(command)
    if install is None or install.manager != manager:
        return True
    refusals = [word for word in command.arguments if word.value in cache.refusals]
    for word in refusals:
        if cache.swap:
            away.replaced.append((word, cache.swap))
        else:
            away.words.append(word)
    if cache.added and not any("keepcache" in value for value in command.values()):
        verbs = [word for word in command.arguments if word.value == install.verb][:1]
        if not verbs:
            return False
        away.replaced.append((verbs[0], f"{install.verb} {cache.added}"))
        refusals += verbs
    if cache.swap and not refusals and not command.has(cache.swap, "-U", "--update"):
        # apk add needs an index; apk update in the same RUN gives one.
        return any(other.name == "apk" and other.has("update") for other in command.step.commands)
    return all(command.can_be_edited(word) for word in refusals)


def _empty(command: "Command", cache: Cache, away: Away) -> bool:
    if any(
        command.values()[: len(words) - 1] == list(words[1:]) and command.name == words[0] for words in cache.cleans
    ):
        away.commands.append(command)
        return True
    if command.name == "find" and any(value.startswith(cache.emptied) for value in command.values()):
        return False
    if command.name != "rm":
        return True
    words = [word for word in command.arguments if not word.value.startswith("-")]
    hit = [word for word in words if _is_emptied(word.value, cache.emptied)]
    if not hit:
        return True
    if len(hit) == len(words):
        away.commands.append(command)
    else:
        away.words += hit
    return all(command.can_be_edited(word) for word in hit)


def _is_emptied(value: str, emptied: tuple[str, ...]) -> bool:
    place = value.replace("~", "/root").replace("${HOME}", "/root").replace("$HOME", "/root").rstrip("*").rstrip("/")
    return any(f"{place}/".startswith(f"{each}/") or f"{each}/".startswith(f"{place}/") for each in emptied if place)


def _mounts(build: "Build", step: "Step", caches: "dict[str, Cache]") -> list[Edit]:
    """Return the edits that add the mounts, each in a line of its own."""
    instruction = step.instruction
    flags = [f"--mount=type=cache,target={target}" for cache in caches.values() for target in cache.targets]
    first = instruction.flags[0].start if instruction.flags else instruction.arguments.offset(0)
    clean = "apt" in caches and not _is_kept(build, step)
    if instruction.heredocs:
        return _mounts_of_heredoc(build, step, flags, clean=clean)
    indent, escape = indent_of(build, instruction), escape_of(build)
    text = f" {escape}\n{indent}".join(flags) + f" {escape}\n{indent}"
    edits = [Edit(Span(instruction.name.end, first), f" {text}")]
    if not clean:
        return edits
    start = instruction.arguments.offset(0)
    command = f"{_DOCKER_CLEAN} {escape}\n{indent}&& "
    if instruction.flags:
        return [*edits, Edit(Span(start, start), command)]
    return [Edit(Span(instruction.name.end, first), f" {text}{command}")]


def _mounts_of_heredoc(build: "Build", step: "Step", flags: list[str], *, clean: bool) -> list[Edit]:
    instruction = step.instruction
    end = instruction.name.end
    edits = [Edit(Span(end, end), f" {' '.join(flags)}")]
    if clean:
        first = next(command for command in step.commands if command.name == "apt-get")
        start = build.source.line_starts[build.source.line_number(first.place) - 1]
        indent = text_of(build, Span(start, first.place))
        edits.append(Edit(Span(start, start), f"{indent}{_DOCKER_CLEAN}\n"))
    return edits


def _is_kept(build: "Build", step: "Step") -> bool:
    """Whether an earlier RUN of the stage, or this one, makes the image keep what apt downloads."""
    for stage in step.stage.chain:
        for other in stage.steps:
            if stage is step.stage and other.index > step.index:
                break
            if "docker-clean" in text_of(build, other.instruction.span):
                return True
            if stage is step.stage and other.index < step.index and _gets_apt_mount(build, other):
                return True
    return False


def _gets_apt_mount(build: "Build", step: "Step") -> bool:
    """Whether an earlier RUN is one that this rewrite puts the removal into."""
    return any(install.manager == "apt" and install.step is step for install in build.installs) and not has_mount_below(
        step, *APT.fragments
    )
