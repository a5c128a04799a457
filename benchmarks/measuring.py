"""CPU seconds and memory of commands, by the operating system's count."""

import json
import os
import subprocess
import sys

# As users have it: bytecode is written once and used afterwards.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Runs in the child's place, so that its own memory is counted and not that of this process.
_MEASURE = """
import json, os, resource, sys
pid = os.fork()
if not pid:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in 0, 1, 2:
        os.dup2(null, stream)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(pid, 0)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


def measure(command: list[str], cwd: str) -> tuple[float, float]:
    """Return CPU seconds and peak memory in megabytes of one run."""
    ran = subprocess.run(
        [sys.executable, "-S", "-E", "-c", _MEASURE, *command], cwd=cwd, capture_output=True, text=True, check=True
    )
    seconds, kilobytes, code = json.loads(ran.stdout)
    if code not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {code}; try it by hand in {cwd}")
    return seconds, kilobytes / 1024


def best(commands: dict[str, list[str]], cwd: str, runs: int) -> dict[str, tuple[float, float]]:
    """Return the lowest CPU seconds and the highest memory of several runs that take turns."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seen[name].append(measure(command, cwd))
    return {name: (min(s for s, _ in found), max(m for _, m in found)) for name, found in seen.items()}
