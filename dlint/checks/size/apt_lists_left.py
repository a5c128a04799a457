"""Report package lists that apt leaves in the layer."""

from dlint.checks import INFO, Report, Saving, rule
from dlint.knowledge.sizes import APT_LISTS_BYTES
from dlint.model.build import Build
from dlint.model.caches import has_mount_below, has_variable_mount, removes, runs_later, scripts_may_clean
from dlint.model.commands import Command

_LISTS = "/var/lib/apt/lists"
_SAVING = Saving(disk_bytes=APT_LISTS_BYTES, basis="table", bound="at-least")


@rule("apt-lists-left", severity=INFO, aliases=("DL3009",), triggers=("apt", "aptitude"))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    reported = set()
    for command in build.commands("apt-get", "apt", "aptitude"):
        step = command.step
        if not command.has("update") or step.stage not in chain or step in reported or command.is_conditional:
            continue
        if removes(step, command, _LISTS) or _cleans(step.commands, command):
            continue
        if has_variable_mount(step) or has_mount_below(step, _LISTS) or scripts_may_clean(step, command):
            continue
        reported.add(step)
        report(
            command.head(_verb_index(command)),
            "the package lists stay in this layer, and are outdated tomorrow",
            advice=f"end the RUN with && rm -rf {_LISTS}/*",
            saving=_SAVING,
        )


def _verb_index(command: Command) -> int:
    return next(index for index, word in enumerate(command.arguments, 1) if word.value == "update")


def _cleans(commands: tuple[Command, ...], after: Command) -> bool:
    """Whether apt's own clean-up of lists runs, which is new in Debian 13."""
    return any(runs_later(after.step, after, ("apt-get", "apt"), "dist-clean", "distclean") for _ in commands[:1])
