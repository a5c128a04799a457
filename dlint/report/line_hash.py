"""GitHub's hash of the text around a line, which code scanning tracks alerts by.

Source: github/codeql-action, src/fingerprints.ts: a rolling hash (base 37, modulo 2^64) over
the 100 UTF-16 units that follow the start of a line, blanks skipped, line ends as LF.
"""

BLOCK = 100
BASE = 37
MASK = (1 << 64) - 1
END = 65535
_FIRST = pow(BASE, BLOCK, 1 << 64)


def line_hashes(text: str) -> list[str]:
    """Return the hash of every line as ``primaryLocationLineHash`` wants it, ``hex:count``."""
    hashes: list[str] = []
    counts: dict[str, int] = {}
    window = [0] * BLOCK
    waiting = [False] * BLOCK
    value = index = 0
    at_line_start = True
    after_return = False

    def finish() -> None:
        name = f"{value:x}"
        counts[name] = counts.get(name, 0) + 1
        hashes.append(f"{name}:{counts[name]}")
        waiting[index] = False

    data = text.encode("utf-16-le", "surrogatepass")
    units = [data[place] | data[place + 1] << 8 for place in range(0, len(data), 2)]
    for unit in [*units, END]:
        if unit in (32, 9) or (after_return and unit == 10):
            after_return = False
            continue
        after_return = unit == 13
        if after_return:
            unit = 10
        if waiting[index]:
            finish()
        if at_line_start:
            at_line_start = False
            waiting[index] = True
        if unit == 10:
            at_line_start = True
        value = (BASE * value + unit - _FIRST * window[index]) & MASK
        window[index] = unit
        index = (index + 1) % BLOCK
    for _ in range(BLOCK):
        if waiting[index]:
            finish()
        value = (BASE * value - _FIRST * window[index]) & MASK
        window[index] = 0
        index = (index + 1) % BLOCK
    return hashes
