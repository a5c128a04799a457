"""Downloads by curl, wget and the like: from where, to where, and what becomes of them."""

from dlint.model.commands import Arguments, Command
from dlint.model.scripts import SH_LIKE
from dlint.model.stages import Step
from dlint.parser.shell.ast import SimpleCommand, Word
from dlint.regex import lazy

_CURL_OPTIONS = frozenset(
    [
        "-o", "--output", "-H", "--header", "-d", "--data", "--data-binary", "--data-raw", "-u", "--user", "-A",
        "--user-agent", "-e", "--referer", "-x", "--proxy", "-X", "--request", "-b", "--cookie", "-c",
        "--cookie-jar", "-F", "--form", "-T", "--upload-file", "-w", "--write-out", "-m", "--max-time",
        "--retry", "--retry-delay", "--retry-max-time", "--connect-timeout", "--cacert", "--capath", "--cert",
        "--key", "-K", "--config", "--limit-rate", "-r", "--range", "-C", "--continue-at", "--output-dir",
        "--ciphers", "--resolve", "--create-file-mode", "--proto",
    ]
)  # fmt: skip
_WGET_OPTIONS = frozenset(
    [
        "-O", "--output-document", "-o", "--output-file", "-a", "--append-output", "-P", "--directory-prefix",
        "-t", "--tries", "-T", "--timeout", "-w", "--wait", "--header", "--user", "--password", "-U",
        "--user-agent", "-e", "--execute", "--post-data", "--post-file", "-Q", "--quota", "--limit-rate",
        "--waitretry", "--read-timeout", "--connect-timeout", "--dns-timeout", "--ca-certificate", "--progress",
        "-i", "--input-file",
    ]
)  # fmt: skip
_ARIA_OPTIONS = frozenset(
    ["-o", "--out", "-d", "--dir", "-x", "-s", "-j", "-k", "--max-connection-per-server", "--split"]
)
_FOLDER_OPTIONS = {
    "curl": ("--output-dir",), "wget": ("-P", "--directory-prefix"), "aria2c": ("-d", "--dir"),
}  # fmt: skip
_READERS = {"curl": _CURL_OPTIONS, "wget": _WGET_OPTIONS, "aria2c": _ARIA_OPTIONS}
_URL = lazy(r"(?:https?|ftp)://|\$\{?\w*(?:URL|MIRROR|url)\w*\}?")
_VERIFIERS = frozenset({
    "sha256sum", "sha512sum", "sha384sum", "sha1sum", "md5sum", "shasum", "b2sum", "cosign", "minisign", "gpgv",
    "openssl", "rhash", "slsa-verifier", "cksum",
})  # fmt: skip
_INTERPRETERS = SH_LIKE | {"python", "perl", "ruby", "node", "fish"}


class Download:
    """One download command.

    *urls* are the words that hold addresses, *output* the path it is saved under (None for
    standard output and for names taken from the address), *folder* the one it is saved below.
    """

    __slots__ = ("command", "folder", "output", "to_stdout", "urls")

    def __init__(
        self, command: Command, urls: list[Word], output: str | None, *, to_stdout: bool, folder: str | None = None
    ) -> None:
        self.command = command
        self.urls = urls
        self.output = output
        self.to_stdout = to_stdout
        self.folder = folder

    @property
    def filename(self) -> str:
        """The name of the file, as saved or as in the first address."""
        if self.output:
            return self.output.rpartition("/")[2]
        text = self.urls[0].value.partition("?")[0].partition("#")[0].rstrip("/")
        return text.rpartition("/")[2]

    @property
    def path(self) -> str:
        """The path the command saves the file under."""
        name = self.output or self.filename
        # wget -O takes no notice of the folder.
        is_below = self.folder and not (self.output and self.command.name == "wget")
        return f"{(self.folder or '').rstrip('/')}/{name}" if is_below else name

    @property
    def piped_into(self) -> Command | None:
        """The command that reads the download through a pipe or a substitution."""
        pipeline = self.command.simple.pipeline
        if pipeline and len(pipeline.elements) > 1:
            elements = list(pipeline.elements)
            if self.command.simple in elements:
                following = elements[elements.index(self.command.simple) + 1 :]
                for element in following:
                    if isinstance(element, SimpleCommand) and element.words:
                        found = _command_of(self.command, element)
                        if found is not None and found.name not in ("tee", "cat"):
                            return found
        return _outer_command(self.command)

    @property
    def is_run(self) -> bool:
        """Whether what is downloaded is fed to an interpreter unseen."""
        reader = self.piped_into
        return reader is not None and reader.name in _INTERPRETERS and _reads_program(reader, self.command)


def _reads_program(reader: Command, download: Command) -> bool:
    """Whether an interpreter takes its program from the download, and not from its arguments."""
    if any(download.simple in script.commands for word in reader.arguments for script in word.scripts):
        return True
    for value in reader.values():
        if value in ("-", "-s", "--"):
            return True
        if not value.startswith("-") or value.startswith(("-c", "-e", "-n", "-p", "-m", "-E")):
            return False
    return True


def _command_of(command: Command, simple: SimpleCommand) -> Command | None:
    found = [other for other in command.step.commands if other.simple is simple]
    return found[-1] if found else None


def _outer_command(command: Command) -> Command | None:
    """Return the interpreter whose argument is a substitution around the download: bash -c "$(curl …)"."""
    for other in command.step.commands:
        if other.name in _INTERPRETERS or other.name in ("source", ".", "eval"):
            for word in other.arguments:
                if any(command.simple in script.commands for script in word.scripts):
                    return other
    return None


def read_download(command: Command) -> Download | None:
    """Return the download a command makes, None for other commands and for local addresses."""
    options = _READERS.get(command.name)
    if options is None:
        return None
    arguments = Arguments(command.arguments, options)
    urls = [word for word in arguments.operands if _URL.match(word.value)]
    urls += [word for value, word in arguments.words("--url") if _URL.match(value)]
    if not urls or _is_local(urls[0].value):
        return None
    if command.name == "curl":
        output = arguments.get("-o", "--output")
        named = arguments.has("-O", "--remote-name", "--remote-name-all", "-J")
        to_stdout = output in (None, "-") and not named
    else:
        output = arguments.get("-O", "--output-document", "-o" if command.name == "aria2c" else "-O", "--out")
        to_stdout = output == "-" or (output is None and arguments.has("-O-", "-qO-"))
    folder = arguments.get(*_FOLDER_OPTIONS[command.name])
    redirected = [
        item for item in command.redirections if item.writes and item.target and not item.operator.startswith("2")
    ]
    if to_stdout and redirected:
        target = redirected[-1].target
        output, to_stdout = (target.value if target else None), False
    return Download(command, urls, None if output == "-" else output, to_stdout=to_stdout, folder=folder)


def is_verified(step: Step) -> bool:
    """Whether this or a later RUN of the stage checks a checksum or a signature."""
    places = step.stage.steps[0].last_places
    if "verified" not in places:
        places["verified"] = max((other.index for other in step.stage.steps if _verifies(other)), default=-1)
    return places["verified"] >= step.index


def _verifies(step: Step) -> bool:
    return any(
        command.name in _VERIFIERS or (command.name == "gpg" and command.has("--verify", "--verify-files"))
        for command in step.commands
    )


def _is_local(url: str) -> bool:
    host = url.partition("://")[2].partition("/")[0].partition(":")[0]
    return host in ("localhost", "127.0.0.1", "0.0.0.0", "[") or host.endswith(".local")
