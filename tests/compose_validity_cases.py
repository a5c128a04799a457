"""Compose files with what Docker Compose refuses in them."""

import os
import subprocess

from cases import FIXTURES, read_cases

FOLDER = os.path.join(FIXTURES, "compose-validity")
CASES = {
    f"{file.removesuffix('.txt')}: {case.name}": case
    for file in sorted(os.listdir(FOLDER))
    for case in read_cases(os.path.join(FOLDER, file))
}


def faults(text, folder):
    """Return line, first and end column (None on another line), message and advice of what is refused."""
    from dlint.model.compose.refused.validity import faults_of
    from dlint.project.compose import read_project
    from dlint.text import Source

    path = os.path.join(str(folder), "compose.yaml")
    source = Source(text, path)
    project = read_project(source, path)
    found = [(problem.span, problem.message, problem.advice) for problem in project.problems]
    found += [(fault.node.span, fault.message, fault.advice) for fault in faults_of(project)]
    marks = []
    for span, message, advice in found:
        start, end = source.position(span.start), source.position(span.end)
        column = max(end.column, start.column + 1) if end.line == start.line else None
        marks.append((start.line, start.column, column, message, advice))
    return sorted(marks, key=lambda mark: mark[:2])


def compose_error(docker, path, environment):
    """Return why Docker Compose refuses a file, with no profile or with all; None if it takes it both ways."""
    held = {name: environment[name] for name in ("DOCKER_HOST", "DOCKER_CONFIG")}
    with open(path, encoding="utf-8", errors="replace") as file:
        ways = ((), ("--profile", "*")) if "profiles" in file.read() else ((),)
    for profiles in ways:
        command = [docker, "compose", "--env-file", os.devnull, *profiles, "-f", path, "config", "--quiet"]
        folder = os.path.dirname(path) or "."
        ran = subprocess.run(command, cwd=folder, env=held, capture_output=True, text=True, check=False, timeout=60)
        if ran.returncode:
            lines = [line for line in ran.stderr.splitlines() if line.strip() and "level=warning" not in line]
            return lines[-1].strip() if lines else "?"
    return None
