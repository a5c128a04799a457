"""Listings: effective settings and statistics."""

from dlint.diagnostic import Severity
from dlint.engine.options import OPTIONS
from dlint.engine.settings import SettingsResolver
from dlint.report import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def show_settings(resolver: SettingsResolver, files: list[str]) -> str:
    """Return the settings of each distinct configuration, as TOML, with where they come from."""
    lines: list[str] = []
    seen: dict[int, list[str]] = {}
    for file in files or ["Dockerfile"]:
        settings = resolver.for_file(file)
        if id(settings) in seen:
            seen[id(settings)].append(file)
            continue
        seen[id(settings)] = [file]
    for file_list in seen.values():
        settings = resolver.for_file(file_list[0])
        origin = settings.configuration.path if settings.configuration else None
        lines.append(f"# {', '.join(file_list)}")
        lines.append(f"# configuration: {origin or 'none; these are the defaults'}")
        for option in OPTIONS:
            if option.key:
                value = settings.value(option.name)
                if value is not None:
                    lines.append(f"{option.key} = {_toml(value)}")
        for rule, options in settings.rules.items():
            lines += [f"rules.{rule}.{key} = {_toml(value)}" for key, value in options.items()]
        lines.append("")
    return "\n".join(lines)


def _toml(value: "Any") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(item)}' for key, item in value.items()) + "}"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def statistics(run: Run) -> str:
    """Return how often each rule was hit, most often first."""
    counts: dict[tuple[str, Severity], list[str]] = {}
    for diagnostic in run.diagnostics:
        counts.setdefault((diagnostic.rule, diagnostic.severity), []).append(diagnostic.location.path)
    rows = sorted(counts.items(), key=lambda item: (-len(item[1]), item[0]))
    if not rows:
        return ""
    width = max(len(str(len(paths))) for _, paths in rows)
    name_width = max(len(rule) for (rule, _), _ in rows)
    return "".join(
        f"{len(paths):>{width}}  {rule:<{name_width}}  {severity.label:<7}  "
        f"in {len(set(paths))} file{'s' * (len(set(paths)) != 1)}\n"
        for (rule, severity), paths in rows
    )
