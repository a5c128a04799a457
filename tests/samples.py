"""Every Dockerfile the project has: fixtures, cases, and the examples on rule pages."""

import os

from cases import FIXTURES, read_cases, validity_cases
from pages import blocks_of

from dlint.checks.registry import RULES
from dlint.pages import read_page
from dlint.project.discovery import is_dockerfile_name

# Readings that are easy to get wrong, and cannot be written in a case file.
HARD = {
    "crlf": "FROM scratch\r\nRUN a \\\r\n  && b\r\n# c\r\nENV A=1 \\\r\n    B=2\r\n",
    "no final newline": "FROM scratch\nRUN a \\\n && b",
    "byte order mark": "\ufeffFROM scratch\nRUN a\n",
    "byte order mark and directive": "\ufeff# escape=`\nFROM scratch\nRUN a `\n && b\n",
    "shebang": "#!/usr/bin/env docker\n# syntax=docker/dockerfile:1\nFROM scratch\n",
    "escape directive": "# escape=`\nFROM scratch\nRUN a `\n  b\nRUN c \\\nENV A=b` c\n",
    "vertical tabs": "FROM\x0bscratch\n\x0cRUN\x0ba\n",
    "no-break space": "FROM scratch\nRUN a\xa0b\nENV A=1\xa0B=2\n",
    "comment inside": "FROM scratch\nRUN a && \\\n# c\n   # d\n   b\n",
    "blank lines inside": "FROM scratch\nRUN a && \\\n\n  \n   b\n",
    "comment at the end of a continuation": "FROM scratch\nRUN a \\\n# c\n",
    "continued keyword": "FR\\\nOM scratch\nRU\\\nN a\n",
    "escaped escape": "FROM scratch\nRUN a \\\\\nRUN b\n",
    "trailing blanks": "FROM scratch   \nRUN a   \t\nENV A=1  \n",
    "blanks after the escape": "FROM scratch\nRUN a \\ \t\n b\n",
    "quotes over lines": "FROM scratch\nENV A=\"one \\\n  two\" B='x \\\n y'\n",
    "escaped blanks": "FROM scratch\nENV A=one\\ two B=three\nLABEL a\\=b=c\n",
    "legacy pairs": "FROM scratch\nENV A one two  three\nLABEL a  b = c\n",
    "json over lines": 'FROM scratch\nCMD ["a", \\\n  "b"]\nENTRYPOINT [ "x" , "\\u0041\\n" ]\n',
    "almost json": "FROM scratch\nCMD ['a']\nCMD [a]\nRUN [ -d /x ] || exit 1\nVOLUME [/a]\n",
    "onbuild": 'FROM scratch\nONBUILD COPY --chown=1 a b\nONBUILD RUN ["a"]\nonbuild env A=1\n',
    "several heredocs": "FROM scratch\nCOPY <<one <<'two' /d/\n1\none\n$2\ntwo\nRUN <<a cat <<-b\nx\na\n\ty\n\tb\n",
    "heredoc with comments": "FROM scratch\nRUN <<EOF\n# comment\n\nFROM nothing\nEOF\nRUN a\n",
    "heredoc of another descriptor": "FROM scratch\nRUN 3<<EOF cat <&3\nx\nEOF\n",
    "heredoc in json": 'FROM scratch\nRUN ["cat", "<<EOF"]\nCMD cat <<EOF\n',
    "heredoc in onbuild": "FROM scratch\nONBUILD RUN <<EOF\nx\nEOF\n",
    "empty heredoc": "FROM scratch\nRUN <<EOF\nEOF\nCOPY <<'' /a\nx\n\n",
    "heredoc after a continuation": "FROM scratch\nRUN a \\\n  && cat <<EOF\nx\nEOF\n",
    "healthcheck": 'FROM scratch\nHEALTHCHECK --interval=5s CMD ["a", "b"]\nHEALTHCHECK cmd a  b\nHEALTHCHECK NONE\n',
    "flags": 'FROM scratch\nRUN --mount=type=cache,target="/a b" --network=none a --mount=x\nCOPY --chown="a b":c d e\n',
    "flag over lines": "FROM scratch\nRUN --mount=type=cache,\\\ntarget=/c \\\n  --network=none true\n",
    "lone dashes": "FROM scratch\nRUN -- --mount=x\nCOPY -- a b\n",
    "unknown": "FROM scratch\nFOO bar\nRUN\nUSER\n",
    "args": "ARG A\nARG B=1 C D='x y'\nFROM scratch\nARG E=a=b\n",
    "invalid bytes": b"FROM scratch\nRUN echo \xff\xfe\nENV A=\xe9\n",
    "control characters": "FROM scratch\nRUN a\x01b\x1b\x7f\x1c\x1d c\n",
    "unicode": "FROM scratch\nRUN echo 'žluťoučký 🐳'\nENV Ü=ß\nLABEL 日本=語\n",
}


def _files():
    for top, _, names in os.walk(FIXTURES):
        for name in sorted(names):
            path = os.path.join(top, name)
            if is_dockerfile_name(path):
                with open(path, encoding="utf-8") as file:
                    yield os.path.relpath(path, FIXTURES), file.read()


def _pages():
    for rule in RULES:
        page = read_page(rule)
        for index, block in enumerate(blocks_of(page.text) if page else ()):
            if block.language == "dockerfile":
                yield f"{rule} {index}", block.text


def samples():
    """Return all texts by name."""
    checks = read_cases(os.path.join(FIXTURES, "buildkit-checks.txt"))
    return {
        **HARD,
        **dict(_files()),
        **{name: case.text for name, case in validity_cases().items()},
        **{case.name: case.text for case in checks},
        **dict(_pages()),
    }
