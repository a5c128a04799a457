"""Many files: a process per core, forked from this one; each takes the next few files until none are left.

Starting and reading another process costs about as much as checking ten files; for fewer than
a hundred it is not worth it.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    Result = TypeVar("Result")

FILES_A_PROCESS = 64
MAX_PROCESSES = 8
# Small enough that all end together, large enough that neighbours, which are much alike, stay so.
BLOCKS_A_PROCESS = 64


def processes_for(count: int) -> int:
    """Return how many processes are worth it for so many files."""
    if count < 2 * FILES_A_PROCESS or not hasattr(os, "fork"):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, count // FILES_A_PROCESS, MAX_PROCESSES))


def run_shared(
    files: "Sequence[str]", count: int, work: "Callable[[Iterable[str]], Result]"
) -> "list[tuple[list[int], Result]]":
    """Return what *work* made in each of *count* processes, with the numbers of the files it was given.

    This process is one of them. What another one could not tell is done again here, so that whatever
    is wrong is raised here.
    """
    queue = _Queue(files, count * BLOCKS_A_PROCESS)
    started = [_start(queue, work) for _ in range(count - 1)]
    try:
        results = [(queue.taken, work(queue.take()))]
    except BaseException:
        import signal

        for pid, pipe in started:
            os.close(pipe)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        raise
    for pid, pipe in started:
        with os.fdopen(pipe, "rb") as file:
            data = file.read()
        os.waitpid(pid, 0)
        results += _read(data)
    done = {number for numbers, _ in results for number in numbers}
    left = [number for number in range(len(files)) if number not in done]
    if left:
        results.append((left, work(files[number] for number in left)))
    return results


class _Queue:
    """The files in blocks. A pipe holds the numbers of those nobody has taken; reading one takes it."""

    def __init__(self, files: "Sequence[str]", blocks: int) -> None:
        self.files = files
        self.size = -(-len(files) // min(blocks, 255))
        self.taken: list[int] = []
        """The numbers of the files this process took."""
        self._pipe, writing = os.pipe()
        os.write(writing, bytes(range(-(-len(files) // self.size))))
        os.close(writing)

    def take(self) -> "Iterator[str]":
        """Yield files until none are left."""
        while block := os.read(self._pipe, 1):
            first = block[0] * self.size
            for number in range(first, min(first + self.size, len(self.files))):
                self.taken.append(number)
                yield self.files[number]
        os.close(self._pipe)


def _start(queue: _Queue, work: "Callable[[Iterable[str]], Result]") -> tuple[int, int]:
    """Start a process; return its id and where its result can be read."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        import pickle

        os.close(reading)
        result = work(queue.take())
        with os.fdopen(writing, "wb") as file:
            pickle.dump((queue.taken, result), file, pickle.HIGHEST_PROTOCOL)
    finally:
        # Whatever happened: the rest of the program is for the other process.
        os._exit(0)


def _read(data: bytes) -> "list[tuple[list[int], Result]]":
    """Return what a process told, nothing if it did not get that far."""
    import pickle

    try:
        return [pickle.loads(data)]
    except (EOFError, pickle.UnpicklingError):
        return []
