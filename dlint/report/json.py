"""The ``json`` format, version 1. Offsets and columns count code points."""

import json

from dlint import __version__
from dlint.diagnostic import Diagnostic, Severity
from dlint.engine.fingerprint import fingerprints
from dlint.report import Run, Style, rule_url
from dlint.text import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from dlint.model.amounts import Amount
    from dlint.model.weight import Estimate, Part


def render(run: Run, style: Style) -> str:
    """Return the whole run as one JSON object."""
    shown = run.shown
    document: dict[str, Any] = {
        "version": 1,
        "tool": {"name": "dlint", "version": __version__},
        "files": [file.path for file in run.files],
        "diagnostics": [
            _diagnostic(diagnostic, fingerprint)
            for diagnostic, fingerprint in zip(shown, fingerprints(shown), strict=True)
        ],
        "summary": {
            "files": len(run.files),
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "suppressed": run.silenced,
            "crashes": len(run.crashes),
            "unreadable": sum(file.error is not None for file in run.files),
        },
    }
    estimates = [_estimate(file.path, file.estimate) for file in run.files if file.estimate]
    if estimates:
        document["estimate"] = {"files": estimates}
    # Bytes that are no UTF-8 are carried as lone surrogates, which JSON writes as escapes.
    return json.dumps(document, indent=2) + "\n"


def _position(source: Source, offset: int) -> "dict[str, int]":
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}


def _range(source: Source, span: Span) -> "dict[str, Any]":
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _diagnostic(diagnostic: Diagnostic, fingerprint: str) -> "dict[str, Any]":
    location = diagnostic.location
    return {
        "rule": diagnostic.rule,
        "family": diagnostic.family,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "advice": diagnostic.advice,
        "path": location.path,
        **_range(location.source, location.span),
        "labels": [
            {
                "path": label.location.path,
                **_range(label.location.source, label.location.span),
                "message": label.message,
            }
            for label in diagnostic.labels
        ],
        "fix": _fix(diagnostic),
        "saving": _saving(diagnostic),
        "aliases": list(diagnostic.aliases),
        "fingerprint": fingerprint,
        "url": rule_url(diagnostic.family, diagnostic.rule),
    }


def _fix(diagnostic: Diagnostic) -> "dict[str, Any] | None":
    fix = diagnostic.shown_fix
    if fix is None:
        return None
    source = diagnostic.location.source
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [
            # An edit of another file says of which.
            {
                **({"path": edit.source.path} if edit.source else {}),
                **_range(edit.source or source, edit.span),
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }


def _saving(diagnostic: Diagnostic) -> "dict[str, Any] | None":
    saving = diagnostic.saving
    if saving is None:
        return None
    return {
        "disk_bytes": saving.disk_bytes,
        "pull_bytes": saving.pull_bytes,
        "seconds": saving.seconds,
        "basis": saving.basis,
        "bound": saving.bound,
    }


def _estimate(path: str, estimate: "Estimate") -> "dict[str, Any]":
    total = estimate.total
    return {
        "path": path,
        "stages": [
            {
                "stage": stage.stage.label,
                "parts": [_part(stage.stage.source, part) for part in stage.parts],
            }
            for stage in estimate.stages
        ],
        "disk": _amount(total.disk),
        "pull": _amount(total.pull),
    }


def _part(source: Source, part: "Part") -> "dict[str, Any]":
    return {
        **_range(source, part.span),
        "what": part.what,
        "disk": _amount(part.weight.disk),
        "pull": _amount(part.weight.pull),
        "unseen": list(part.unseen),
        "note": part.note,
    }


def _amount(amount: "Amount") -> "dict[str, Any]":
    return {"low": amount.low, "high": amount.high, "basis": amount.basis, "bound": amount.bound}
