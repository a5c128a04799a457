"""Report users whose number makes the login logs as large as the number."""

from dlint.checks import WARNING, Fix, Report, Saving, fix, rule
from dlint.model.base_image import BaseImage
from dlint.model.build import Build
from dlint.model.commands import Arguments, Command
from dlint.text import Span

# struct lastlog and struct faillog of glibc on 64 bits; useradd clears one record of each.
_LASTLOG_RECORD = 292
_FAILLOG_RECORD = 32
_LARGE_UID = 100_000
_OPTIONS = frozenset(
    [
        "-u", "--uid", "-g", "--gid", "-G", "--groups", "-d", "--home", "--home-dir", "-s", "--shell", "-c",
        "--comment",
        "-e", "--expiredate", "-f", "--inactive", "-k", "--skel", "-K", "--key", "-p", "--password", "-R", "--root",
        "-b",
        "--base-dir", "--gecos", "--ingroup", "--home-dir",
    ]
)  # fmt: skip
# The last releases of which it is known that they keep both logs.
_LAST = {"debian": 12.0, "ubuntu": 24.04, "rhel": 9.0, "centos": 9.0, "rocky": 9.0, "alma": 9.0}


@rule("useradd-large-uid", severity=WARNING, aliases=("DL3046",), triggers=("useradd", "adduser"), fix="unsafe")
def check(build: Build, report: Report) -> None:
    chain = build.runtime_chain
    for command in build.commands("useradd", "adduser"):
        if command.step.stage not in chain or not _keeps_logs(command.step.stage.root):
            continue
        arguments = Arguments(command.arguments, _OPTIONS)
        given = arguments.words("-u", "--uid")
        if not given or arguments.has("-l", "--no-log-init"):
            continue
        text = command.resolve(given[-1][1]) or ""
        number = text.rpartition("=")[2].removeprefix("-u")
        if not number.isascii() or not number.isdigit() or not _LARGE_UID <= int(number[:12]) < 2**32:
            continue
        size = (int(number) + 1) * (_LASTLOG_RECORD + _FAILLOG_RECORD)
        report(
            given[-1][1].span,
            f"user {number} makes /var/log/lastlog and faillog {size / 1e6:,.0f} MB large, of zeros",
            advice="add --no-log-init" if command.name == "useradd" else "use useradd --no-log-init",
            saving=Saving(disk_bytes=size, basis="table", bound="at-least"),
            fix=_fix(command),
        )


def _keeps_logs(root: BaseImage) -> bool:
    """Whether the base image surely has the two logs; useradd makes no new ones."""
    try:
        return float(root.os_version or "") <= _LAST.get(root.os or "", 0)
    except ValueError:
        return False


def _fix(command: Command) -> Fix | None:
    if command.name != "useradd" or command.program is None or not command.can_be_edited(command.program):
        return None
    end = command.program.span.end
    return fix("unsafe", "add --no-log-init", (Span(end, end), " --no-log-init"))
