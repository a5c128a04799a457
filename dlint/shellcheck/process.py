"""Processes of ShellCheck: many documents each, as many at a time as there are cores."""

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time

from dlint.shellcheck.document import NEVER, Document, Remark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# A process gets this much work at most: enough that starting it (4 ms) does not count, little
# enough that the cores end together.
BATCH_DOCUMENTS = 48
BATCH_CHARACTERS = 24_000
# ShellCheck takes minutes and gigabytes for some texts that nobody writes by hand.
BATCH_SECONDS = 60.0
SINGLE_SECONDS = 20.0
RETRY_SECONDS = 120.0
MEMORY_BYTES = 1_500_000_000
MAX_CHARACTERS = 200_000


class Failure(Exception):
    """What a process did instead of checking its documents."""


class Processes:
    """Runs ShellCheck on documents; what one process cannot do is tried again one by one.

    After :meth:`finish`, *done* has the remarks of each document that was checked, and *failed* says why
    others were not.
    """

    def __init__(self, program: str) -> None:
        self.program = program
        self.cores = _cores()
        self.done: dict[Document, list[Remark]] = {}
        self.failed: dict[Document, str] = {}
        self._waiting: dict[str, list[Document]] = {}
        self._batches: queue.SimpleQueue[list[Document] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._folder = tempfile.mkdtemp(prefix="dlint-")
        self._retry_end: float | None = None
        # Options from outside would change what is cached; names and scripts are UTF-8 in any locale.
        kept = {name: value for name, value in os.environ.items() if name != "SHELLCHECK_OPTS"}
        self._environment = kept | {"LC_ALL": "C.UTF-8"}

    def add(self, document: Document) -> None:
        """Take a document; a process starts when there is enough work for it."""
        if len(document.text) > MAX_CHARACTERS:
            self.failed[document] = f"it has {len(document.text):,} characters"
            return
        waiting = self._waiting.setdefault(document.dialect, [])
        waiting.append(document)
        if len(waiting) >= BATCH_DOCUMENTS or sum(len(each.text) for each in waiting) > BATCH_CHARACTERS:
            self._start([waiting])
            self._waiting[document.dialect] = []

    def finish(self) -> None:
        """Run what is left and wait for everything."""
        try:
            self._start([share for waiting in self._waiting.values() for share in self._shares(waiting)])
            for _ in self._threads:
                self._batches.put(None)
            for thread in self._threads:
                thread.join()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _shares(self, waiting: list[Document]) -> list[list[Document]]:
        """Cut what is left so that all cores have something to do."""
        count = min(self.cores, 1 + sum(len(document.text) for document in waiting) // 1000)
        return [share for index in range(count) if (share := waiting[index::count])]

    def _start(self, batches: list[list[Document]]) -> None:
        for batch in batches:
            self._batches.put(batch)
            if len(self._threads) < self.cores:
                thread = threading.Thread(target=self._work, daemon=True)
                self._threads.append(thread)
                thread.start()

    def _work(self) -> None:
        """Run batches until there are no more; one thread per core does."""
        while (batch := self._batches.get()) is not None:
            try:
                self.done.update(zip(batch, self._check(batch, BATCH_SECONDS), strict=True))
            except Failure as failure:
                self._alone(batch, str(failure))

    def _alone(self, batch: list[Document], reason: str) -> None:
        """Run each document of a batch that went wrong in a process of its own."""
        if self._retry_end is None:
            self._retry_end = time.monotonic() + RETRY_SECONDS
        for document in batch:
            try:
                if len(batch) == 1:
                    raise Failure(reason)
                if time.monotonic() > self._retry_end:
                    raise Failure("those before it took too long")
                self.done[document] = self._check([document], SINGLE_SECONDS)[0]
            except Failure as failure:
                self.failed[document] = str(failure)

    def _check(self, documents: list[Document], seconds: float) -> list[list[Remark]]:
        """Return the remarks on each document. Raises Failure."""
        with tempfile.TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as folder:
            try:
                for index, document in enumerate(documents):
                    with open(os.path.join(folder, str(index)), "w", encoding="utf-8", newline="") as file:
                        file.write(document.text)
                output = self._output(documents[0].dialect, len(documents), folder, seconds)
            except OSError as error:
                raise Failure(f"{self.program} cannot be run: {error.strerror or error}") from None
        try:
            found: list[list[dict[str, Any]]] = [[] for _ in documents]
            for comment in json.loads(output)["comments"]:
                found[int(comment["file"])].append(comment)
            return [document.remarks(comments) for document, comments in zip(documents, found, strict=True)]
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            raise Failure("its output is not what ShellCheck prints") from None

    def _output(self, dialect: str, count: int, folder: str, seconds: float) -> bytes:
        """Return what one process prints about the files 0, 1, 2 … of a folder. Raises Failure and OSError."""
        command = [
            self.program, "--norc", "--format=json1", "--severity=style", f"--shell={dialect}",
            "--exclude=" + ",".join(f"SC{code}" for code in NEVER), *map(str, range(count)),
        ]  # fmt: skip
        with subprocess.Popen(
            command, cwd=folder, env=self._environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            _limit_memory(process.pid)
            try:
                output, errors = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Failure(f"it took more than {seconds:.0f} seconds") from None
        # 0: nothing found, 1: something. All else is trouble, with one file or with all.
        if process.returncode not in (0, 1) or not output:
            said = errors.decode("utf-8", "replace").strip().partition("\n")[0][:200]
            raise Failure(f"it ended with code {process.returncode}{f': {said}' if said else ''}")
        return output


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _limit_memory(pid: int) -> None:
    """Keep a process from taking all memory, where the system can (Linux)."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, AttributeError, OSError, ValueError):
        return
