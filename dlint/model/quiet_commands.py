"""Commands that add next to nothing to an image."""

from dlint.model.installs import read_install

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command

# Their files are small, or they only take away.
_QUIET = frozenset({
    "", ":", ".", "[", "[[", "test", "true", "false", "set", "cd", "pushd", "popd", "export", "unset", "alias",
    "source", "echo", "printf", "cat", "head", "tail", "grep", "egrep", "sed", "awk", "tr", "cut", "sort", "wc", "tee",
    "xargs",
    "mkdir", "rmdir", "rm", "find", "ls", "ln", "touch", "mktemp", "pwd", "which", "command", "type", "date", "sleep",
    "dirname", "basename", "readlink", "realpath", "uname", "arch", "nproc", "id", "whoami", "hostname", "env", "exit",
    "return", "eval", "exec", "sh", "bash", "ash", "dash", "if", "trap", "ulimit", "wait", "kill", "umask", "diff",
    "cmp", "useradd", "adduser", "groupadd", "addgroup", "usermod", "groupmod", "passwd", "chpasswd", "chsh", "gpasswd",
    "ldconfig", "update-alternatives", "update-ca-certificates", "dpkg-reconfigure", "apt-mark", "apt-key",
    "add-apt-repository", "sha256sum", "sha512sum", "md5sum", "sha1sum", "gpg", "crontab", "venv", "virtualenv",
})  # fmt: skip
# Programs of which only some verbs are quiet.
_QUIET_VERBS = {
    "apt-get": frozenset({"update", "clean", "autoclean", "autoremove", "remove", "purge", "dist-clean"}),
    "apt": frozenset({"update", "clean", "autoclean", "autoremove", "remove", "purge"}),
    "apk": frozenset({"update", "del", "cache"}),
    "dnf": frozenset({"clean", "remove", "autoremove", "config-manager"}),
    "yum": frozenset({"clean", "remove", "autoremove"}),
    "microdnf": frozenset({"clean", "remove"}),
    "pip": frozenset({"config", "uninstall", "cache", "check", "list", "freeze", "show", "debug", "--version"}),
    "uv": frozenset({"venv", "cache", "--version", "version", "lock", "export"}),
    "conda": frozenset({"clean", "config", "init", "info", "list", "activate", "remove", "--version"}),
    "mamba": frozenset({"clean", "config", "init", "info", "list", "--version"}),
    "micromamba": frozenset({"clean", "config", "info", "list", "shell", "--version"}),
    "poetry": frozenset({"config", "check", "lock", "export", "--version", "env", "cache"}),
    "npm": frozenset({"cache", "config", "prune", "--version"}),
    "git": frozenset({"config", "--version"}),
    "python": frozenset({"--version", "-V"}),
    "hf": frozenset({"auth"}),
}  # fmt: skip


def is_quiet(command: "Command") -> bool:
    """Whether a command adds next to nothing, or what it adds is weighed as an installation."""
    if command.name in _QUIET or read_install(command) is not None:
        return True
    verbs = _QUIET_VERBS.get(command.name)
    if verbs is None:
        # A wrapper stands for what it starts.
        return False
    return any(word.value in verbs for word in command.arguments[:3])
