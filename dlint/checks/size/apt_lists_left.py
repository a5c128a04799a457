"""Report package lists that apt leaves in the layer."""

from dlint.checks import INFO, Report, Saving, rule
from dlint.knowledge.sizes import APT_LISTS_BYTES
from dlint.model.build import Build
from dlint.model.caches import is_kept_out, runs_later
from dlint.model.commands import Command

_LISTS = "/var/lib/apt/lists"
_SAVING = Saving(disk_bytes=APT_LISTS_BYTES, basis="table", bound="at-least")
_APT = ("apt-get", "apt")


@rule("apt-lists-left", severity=INFO, aliases=("DL3009",), triggers=("apt", "aptitude"))
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    reported = set()
    for command in build.commands("apt-get", "apt", "aptitude"):
        step = command.step
        if not command.has("update") or step.stage not in chain or step in reported or command.is_conditional:
            continue
        # apt's own clean-up of lists is new in Debian 13.
        if is_kept_out(step, command, _LISTS) or runs_later(step, command, _APT, "dist-clean", "distclean"):
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
