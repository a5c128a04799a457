"""A name for each finding that survives moving it: for baselines, SARIF and GitLab."""

from dlint.diagnostic import Diagnostic
from dlint.digest import blake2b


def fingerprints(diagnostics: list[Diagnostic]) -> list[str]:
    """Return one fingerprint a finding, unique in the list.

    It is made of the rule, the path and the text of the spanned lines without blanks; equal
    ones are counted.
    """
    seen: dict[tuple[str, str, str], int] = {}
    result = []
    for diagnostic in diagnostics:
        source, span = diagnostic.location.source, diagnostic.location.span
        first = source.line_number(span.start)
        last = source.line_number(max(span.start, span.end - 1))
        text = "".join("".join(source.line(number).split()) for number in range(first, last + 1))
        key = (diagnostic.rule, diagnostic.location.path, text)
        count = seen[key] = seen.get(key, 0) + 1
        data = "\0".join((*key, str(count))).encode("utf-8", "surrogateescape")
        result.append(blake2b(data, digest_size=16).hexdigest())
    return result
