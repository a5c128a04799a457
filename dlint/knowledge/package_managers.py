"""How package managers ask before they change something, and what answers them.

conda, mamba and micromamba are not here: they take the end of their input for the default, which is yes.

Sources: apt-get(8), apt.conf(5), dnf(8), dnf5.conf(5), yum(8), zypper(8), pacman(8) (2026-11-22).
"""


class Asking:
    """A package manager that asks: for which verbs, and what keeps it from asking.

    *settings* are lower-case texts of its configuration that, anywhere in a file, may do so.
    """

    __slots__ = (
        "aliases", "letters", "option", "quiet", "settings", "value_options", "verbs", "yes", "yes_with_value",
    )  # fmt: skip

    def __init__(
        self,
        verbs: str,
        yes: str,
        settings: tuple[str, ...],
        *,
        option: str = "-y",
        value_options: str = "",
        yes_with_value: tuple[str, ...] = ("\0",),
        aliases: tuple[str, ...] = (),
        quiet: tuple[str, ...] = (),
        letters: tuple[str, ...] = (),
    ) -> None:
        self.verbs = frozenset(verbs.split())
        self.yes = tuple(yes.split())
        self.settings = settings
        self.option = option
        self.value_options = frozenset(value_options.split())
        self.yes_with_value = yes_with_value
        self.aliases = aliases
        self.quiet = quiet
        self.letters = letters


_APT_VERBS = "install upgrade dist-upgrade full-upgrade remove purge build-dep reinstall satisfy"
_APT_YES = "-y --yes --assume-yes --assume-no -s --simulate --just-print --dry-run --recon --no-act --print-uris --help"
_APT_OPTIONS = "-o --option -t --target-release --default-release -c --config-file -a --solver"
_DNF_VERBS = "install update upgrade remove erase groupinstall localinstall reinstall swap distro-sync"
_DNF_YES = "-y --assumeyes --assumeno --downloadonly --help"
_DNF_OPTIONS = "--setopt --enablerepo --disablerepo --repo --repoid -x --exclude --releasever --installroot -c --config"


def _apt(*aliases: str) -> Asking:
    return Asking(
        _APT_VERBS, _APT_YES, ("assume-yes", "assumeyes", "apt_config"), value_options=_APT_OPTIONS, quiet=("-q",),
        aliases=aliases, yes_with_value=("-q=2", "--quiet=2", "-oAPT::Get::Assume-Yes", "-oapt::get::assume-yes"),
    )  # fmt: skip


def _dnf(*aliases: str) -> Asking:
    return Asking(_DNF_VERBS, _DNF_YES, ("assumeyes",), value_options=_DNF_OPTIONS, aliases=aliases)


ASKING: dict[str, Asking] = {
    "apt-get": _apt("DL3014", "DS-0021"), "apt": _apt(), "aptitude": _apt(),
    "yum": _dnf("DL3030"), "dnf": _dnf("DL3038"), "dnf5": _dnf("DL3038"), "microdnf": _dnf("DL3038"), "tdnf": _dnf(),
    "zypper": Asking(
        "install in remove rm source-install si patch update up dist-upgrade dup",
        "-n --non-interactive -y --no-confirm -D --dry-run --help", ("zypp.conf",), aliases=("DL3034",),
        value_options="-r --repo --from -t --type --root -R",
    ),
    "pacman": Asking(
        "", "--noconfirm -p --print -h --help", ("noconfirm",), option="--noconfirm", letters=("-S", "-U", "-R")
    ),
}  # fmt: skip
