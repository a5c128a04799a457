"""Report cache mounts that the command beside them does not use."""

from dlint.checks import INFO, WARNING, Report, rule
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.packages import Install
from dlint.model.stages import Step
from dlint.parser.dockerfile import ast
from dlint.parser.dockerfile.mounts import Mount

_APT_CACHE = "/var/cache/apt"
_DISABLED = {
    "pip": (("--no-cache-dir",), "PIP_NO_CACHE_DIR", ".cache/pip"),
    "uv": (("--no-cache", "-n", "--no-cache-dir"), "UV_NO_CACHE", ".cache/uv"),
}  # fmt: skip


@rule("cache-mount-ineffective", severity=WARNING, triggers=("mount",))
def check(build: Build, report: Report) -> None:
    for step in build.steps(ast.Run):
        instruction = step.instruction
        assert isinstance(instruction, ast.Run)
        if not instruction.flags:
            continue
        mounts = [mount for mount in instruction.mounts if mount.type == "cache" and mount.target]
        for mount in mounts:
            if (mount.target or "").startswith("~"):
                report(
                    mount.flag.span,
                    f"Docker does not know ~: this mounts /{mount.target}, and nothing uses it",
                    advice="write the whole path: /root/.cache/…",
                )
                continue
            _disabled(build, step, mount, report)
            _of_another_tool(build, step, mount, report)
            _removed(step, mount, report)
            _apt(build, step, mount, report)


def _disabled(build: Build, step: Step, mount: Mount, report: Report) -> None:
    """The command refuses the very cache that is mounted."""
    target = mount.target or ""
    for install in _installs(build, step):
        options = _DISABLED.get(install.manager)
        if options is None or not target.rstrip("/").endswith(options[2]):
            continue
        flags, variable, _ = options
        word = next((word for word in install.command.arguments if word.value in flags), None)
        setting = install.command.setting(variable)
        if word is not None:
            report(
                word.span,
                f"{word.value} keeps {install.manager} from using the cache that is mounted",
                advice="leave it out: a cache mount is not part of the layer",
                labels=((mount.flag.span, "mounted, but not used"),),
            )
            return
        if is_true(setting):
            report(
                mount.flag.span,
                f"{variable} keeps {install.manager} from using this cache",
                advice=f"write {variable}= in front of the command, or drop the mount",
            )
            return


def _of_another_tool(build: Build, step: Step, mount: Mount, report: Report) -> None:
    """The mount is where pip keeps its cache, and it is uv that installs; or the other way round."""
    managers = {install.manager for install in _installs(build, step)} & {"pip", "uv"}
    target = (mount.target or "").rstrip("/")
    for manager, other in (("uv", "pip"), ("pip", "uv")):
        if managers == {manager} and target.endswith(f".cache/{other}") and not _is_moved(step, manager):
            report(
                mount.flag.span,
                f"{manager} does not use {other}'s cache",
                advice=f"mount {target[: -len(other)]}{manager}",
            )


def _is_moved(step: Step, manager: str) -> bool:
    """Whether a setting may put the cache of a tool elsewhere."""
    name = "UV_CACHE_DIR" if manager == "uv" else "PIP_CACHE_DIR"
    return step.environment.set_value(name) is not None or any(
        command.setting(name) or command.has("--cache-dir") for command in step.commands
    )


def _removed(step: Step, mount: Mount, report: Report) -> None:
    """The command empties the cache that is mounted."""
    target = (mount.target or "").rstrip("/")
    if "$" in target or len(target) < 2:
        return
    for command in step.commands:
        if (
            command.name != "rm"
            or command.is_conditional
            or not any(value.startswith("-") and "r" in value for value in command.values())
        ):
            continue
        for word in command.arguments:
            value = word.value.replace("~", "/root").rstrip("/*")
            if value == target or (target.startswith(f"{value}/") and value not in ("", "/")):
                report(
                    word.span,
                    "this empties the cache mount, so the next build starts without it",
                    advice="leave it out: a cache mount is not part of the layer",
                    labels=((mount.flag.span, "the cache"),),
                )
                return


def _apt(build: Build, step: Step, mount: Mount, report: Report) -> None:
    """Debian's and Ubuntu's images delete what apt downloads, also from a mount."""
    if (mount.target or "").rstrip("/") != _APT_CACHE or step.stage.root.family not in (
        "debian",
        "ubuntu",
        "python",
        "cuda",
        "node",
    ):
        return
    if not any(install.manager == "apt" for install in _installs(build, step)):
        return
    text = build.source.text[: step.instruction.end]
    if "docker-clean" in text or "keep-cache" in text or "Keep-Downloaded" in text:
        return
    report(
        mount.flag.span,
        "this image's /etc/apt/apt.conf.d/docker-clean empties the cache after every installation",
        advice="remove that file first: RUN rm -f /etc/apt/apt.conf.d/docker-clean",
        severity=INFO,
    )


def _installs(build: Build, step: Step) -> list[Install]:
    return [install for install in build.installs if install.step is step]
