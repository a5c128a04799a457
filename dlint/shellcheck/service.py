"""ShellCheck for a whole run: each distinct script is looked at once, and what is cached not at all."""

from dlint.model.shell_scripts import ShellScript
from dlint.shellcheck.cache import Cache, cached_version
from dlint.shellcheck.document import Document, Remark
from dlint.shellcheck.program import ProgramError, require, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.shellcheck.process import Processes

    _Key = tuple[str, int, str, str]


class ShellCheck:
    """The program, the cache, and the answers of one run.

    Make one, :meth:`add` all scripts, :meth:`finish`, and ask for the :meth:`remarks`.
    """

    def __init__(self, program: str, cache_folder: str | None) -> None:
        self._program = program
        self._cache_folder = cache_folder
        self._cache: Cache | None = None
        self._seen: set[_Key] = set()
        self._remarks: dict[_Key, list[Remark]] = {}
        self._processes: Processes | None = None
        self._failed: dict[_Key, str] = {}
        self._unusable: str | None = None
        """Why nothing can be asked."""
        self._is_open = False

    def add(self, script: ShellScript) -> Document:
        """Take a script; what the cache does not know goes to a process as soon as there is enough for one."""
        if not self._is_open:
            self._open()
        document = Document(script)
        key = document.key
        if self._unusable or key in self._seen:
            return document
        self._seen.add(key)
        known = self._cache.get(document) if self._cache else None
        if known is not None:
            self._remarks[key] = known
            return document
        if self._processes is None:
            from dlint.shellcheck.process import Processes

            self._processes = Processes(self._program)
        self._processes.add(document)
        return document

    def finish(self) -> None:
        """Wait for the processes, and keep what they found for the next run."""
        processes, self._processes = self._processes, None
        if processes is None:
            return
        processes.finish()
        for document, remarks in processes.done.items():
            self._remarks[document.key] = remarks
            if self._cache:
                self._cache.put(document, remarks)
        if self._cache:
            self._cache.save()
        self._failed = {document.key: reason for document, reason in processes.failed.items()}

    def remarks(self, document: Document) -> list[Remark] | None:
        """Return what ShellCheck says about a script, None if it could not be asked."""
        return self._remarks.get(document.key)

    def reason(self, document: Document) -> str:
        """Return why there are no remarks."""
        return self._unusable or self._failed.get(document.key, "it gave no answer")

    def _open(self) -> None:
        """Find out the version: it is a part of what is cached, and may be too old."""
        self._is_open = True
        try:
            if self._cache_folder:
                found = cached_version(self._cache_folder, self._program, version)
                self._cache = Cache(self._cache_folder, found)
            else:
                found = version(self._program)
            require(found)
        except ProgramError as error:
            self._unusable = str(error)
        except OSError as error:
            self._unusable = f"{self._program} cannot be run: {error.strerror}"
