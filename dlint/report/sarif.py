"""The ``sarif`` format, 2.1.0, as GitHub code scanning wants it.

Sources: OASIS SARIF 2.1.0; docs.github.com, "SARIF support for code scanning".
"""

import json
import os

from dlint import __version__
from dlint.diagnostic import Diagnostic, Fix, Severity, masked
from dlint.engine.fingerprint import fingerprints
from dlint.pages import Page, read_page
from dlint.project.repository import repository_root
from dlint.report import DOCUMENTATION, Run, Style, rule_url
from dlint.report.line_hash import line_hashes
from dlint.text import Source, Span, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dlint.checks.registry import Entry

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEM_SEVERITIES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation",
}  # fmt: skip
MAX_TEXT = 1024


def render(run: Run, style: Style) -> str:
    """Return the run as one SARIF log."""
    entries = sorted(run.entries, key=lambda entry: entry.name)
    indices = {entry.name: index for index, entry in enumerate(entries)}
    shown = run.shown
    hashes: dict[str, list[str]] = {}
    results = [
        _result(diagnostic, fingerprint, indices, hashes)
        for diagnostic, fingerprint in zip(shown, fingerprints(shown), strict=True)
    ]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(entries)},
                "columnKind": "unicodeCodePoints",
                "automationDetails": {"id": "dlint/"},
                "originalUriBaseIds": {"%SRCROOT%": {"uri": f"file://{_quote(_root())}/"}},
                "invocations": [{"executionSuccessful": not run.crashes and not any(file.error for file in run.files)}],
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=2) + "\n"


def _driver(entries: "list[Entry]") -> "dict[str, Any]":
    return {
        "name": "dlint",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": DOCUMENTATION,
        "rules": [_rule(entry) for entry in entries],
    }


def _rule(entry: "Entry") -> "dict[str, Any]":
    page = read_page(entry.name) or Page(entry.name, entry.summary or entry.name)
    return {
        "id": entry.name,
        "name": "".join(part.capitalize() for part in entry.name.split("-")),
        "shortDescription": {"text": (entry.summary or entry.name)[:MAX_TEXT]},
        "fullDescription": {"text": (page.why or entry.summary or entry.name)[:MAX_TEXT]},
        "help": {"text": page.plain, "markdown": page.text},
        "helpUri": rule_url(entry.family, entry.name),
        "defaultConfiguration": {"level": LEVELS[entry.severity]},
        "properties": {
            "tags": [entry.family],
            "precision": "very-high" if entry.default else "medium",
            "problem.severity": PROBLEM_SEVERITIES[entry.severity],
        },
    }


def _result(
    diagnostic: Diagnostic, fingerprint: str, indices: dict[str, int], hashes: dict[str, list[str]]
) -> "dict[str, Any]":
    location = diagnostic.location
    hidden = diagnostic.hidden_in(location.source)
    message = printable(diagnostic.message)
    text = message if message.endswith((".", "!", "?")) else f"{message}."
    if diagnostic.advice:
        advice = printable(diagnostic.advice)
        text += f" {advice[0].upper()}{advice[1:]}."
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "level": LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(location.source, location.span, hidden, snippet=True)}],
        "partialFingerprints": {
            "primaryLocationLineHash": _line_hash(location.source, location.span, hashes),
            "dlint/v1": fingerprint,
        },
    }
    if diagnostic.rule in indices:
        result["ruleIndex"] = indices[diagnostic.rule]
    if diagnostic.labels:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": printable(label.message)},
                "physicalLocation": _physical(label.location.source, label.location.span),
            }
            for number, label in enumerate(diagnostic.labels, 1)
        ]
    fix = diagnostic.shown_fix
    if fix and fix.applicability != "display-only":
        result["fixes"] = [_fix(diagnostic, fix)]
    return result


def _line_hash(source: Source, span: Span, hashes: dict[str, list[str]]) -> str:
    if source.path not in hashes:
        hashes[source.path] = line_hashes(source.text)
    line = source.line_number(span.start)
    found = hashes[source.path]
    return found[min(line, len(found)) - 1]


def _quote(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace(os.sep, "/"), safe="/", errors="surrogateescape")


def _root() -> str:
    return repository_root(os.getcwd()) or os.getcwd()


def _uri(path: str) -> "dict[str, str]":
    """Return a path as SARIF has it: relative to the root of the repository where it can be."""
    relative = os.path.relpath(path, _root())
    if relative.startswith(".."):
        return {"uri": f"file://{_quote(os.path.abspath(path))}"}
    return {"uri": _quote(relative), "uriBaseId": "%SRCROOT%"}


def _region(source: Source, span: Span) -> "dict[str, Any]":
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _physical(source: Source, span: Span, hidden: tuple[Span, ...] = (), *, snippet: bool = False) -> "dict[str, Any]":
    region = _region(source, span)
    text = printable(masked(source.text[span.start : span.end], span.start, hidden))
    if snippet and text:
        region["snippet"] = {"text": text}
    return {"artifactLocation": _uri(source.path), "region": region}


def _fix(diagnostic: Diagnostic, fix: Fix) -> "dict[str, Any]":
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        source = edit.source or diagnostic.location.source
        replacement = {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(source.path, []).append(replacement)
    return {
        "description": {"text": fix.message},
        "artifactChanges": [
            {"artifactLocation": _uri(path), "replacements": replacements} for path, replacements in changes.items()
        ],
    }
