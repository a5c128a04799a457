"""Many files: a process per core, forked from this one, each for a part of the list.

Starting and reading another process costs about as much as checking ten files; for fewer than
a hundred it is not worth it.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    Result = TypeVar("Result")

FILES_A_PROCESS = 64
MAX_PROCESSES = 8


def processes_for(count: int) -> int:
    """Return how many processes are worth it for so many files."""
    if count < 2 * FILES_A_PROCESS or not hasattr(os, "fork"):
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, count // FILES_A_PROCESS, MAX_PROCESSES))


def run_parts(files: "Sequence[str]", count: int, work: "Callable[[Sequence[str]], Result]") -> "list[Result]":
    """Return what *work* makes of each of *count* parts of the list, in order.

    The last part is done here. Where a process ends badly its part is done again here, so that
    whatever is wrong is raised here.
    """
    *others, own = _parts(files, count)
    started = [(part, *_start(part, work)) for part in others]
    try:
        last = work(own)
    except BaseException:
        import signal

        for _, pid, pipe in started:
            os.close(pipe)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        raise
    results = []
    for part, pid, pipe in started:
        with os.fdopen(pipe, "rb") as file:
            data = file.read()
        os.waitpid(pid, 0)
        results.append(_read(data, part, work))
    return [*results, last]


def _parts(files: "Sequence[str]", count: int) -> "list[Sequence[str]]":
    """Cut the list in parts of about the same number of bytes; neighbours stay together."""
    sizes = [_size(path) for path in files]
    share = sum(sizes) / count
    parts: list[Sequence[str]] = []
    begin = total = 0
    for index, size in enumerate(sizes):
        total += size
        if total >= share * (len(parts) + 1) and len(parts) < count - 1:
            parts.append(files[begin : index + 1])
            begin = index + 1
    return [*parts, files[begin:]]


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size + 1
    except OSError:
        return 1


def _start(part: "Sequence[str]", work: "Callable[[Sequence[str]], Result]") -> tuple[int, int]:
    """Start a process for a part; return its id and where its result can be read."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        import pickle

        os.close(reading)
        with os.fdopen(writing, "wb") as file:
            pickle.dump(work(part), file, pickle.HIGHEST_PROTOCOL)
    finally:
        # Whatever happened: the rest of the program is for the other process.
        os._exit(0)


def _read(data: bytes, part: "Sequence[str]", work: "Callable[[Sequence[str]], Result]") -> "Result":
    import pickle

    try:
        result: Result = pickle.loads(data)
    except (EOFError, pickle.UnpicklingError):
        return work(part)
    return result
