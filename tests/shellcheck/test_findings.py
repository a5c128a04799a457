"""What ShellCheck says, at its exact place in the Dockerfile."""

import os
import re

import pytest
from cases import FIXTURES
from helpers import build_of, result_of

from dlint.knowledge.shellcheck import MISTAKES
from dlint.model.shell_scripts import shell_scripts

SHELL = ("shell-mistake", "shell-remark")
BASH = 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\n'


def found(text, *select, **options):
    """Return code and marked text of each finding, in order."""
    result = result_of(text, *(select or SHELL), **options)
    assert not result.crashes, result.crashes[0].traceback
    assert not result.problems
    return [
        (each.aliases[0], result.source.text[each.location.span.start : each.location.span.end])
        for each in result.diagnostics
    ]


def scripts(text):
    """Return dialect and text of each script."""
    return [(script.dialect, script.text.text.strip()) for script in shell_scripts(build_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RUN true && \\\n    # x\n\n  echo ok && \\\n  echo $x\n", [("SC2154", "$x"), ("SC2086", "$x")]),
        ('RUN echo "ä€" \\\n\t&& echo \t$x # $y\n', [("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN --mount=type=cache,target=/a echo $x\n", [("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN <<EOF\ntrue\n  echo $x\nEOF\n", [("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN <<-EOF\n\ttrue\n\t\techo $x\n\tEOF\n", [("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN <<'EOF'\n#!/bin/bash\n# why\nlocal x=1\necho \"$x\"\nEOF\n", [("SC2168", "local")]),
        ("RUN cat <<EOF > /a && \\\n  echo $x\n$HOME\nEOF\n", [("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN <<A cat > /a && cat <<B > /b\na\nA\n$y\nB\nRUN echo $x\n",
         [("SC2154", "$y"), ("SC2154", "$x"), ("SC2086", "$x")]),
        ("RUN set -x; [ -n $x ]\\\n  && make\n", [("SC2070", "$x"), ("SC2086", "$x")]),
        ("ONBUILD RUN local a; make\n", [("SC2168", "local")]),
        ("CMD su app; make\n", [("SC2117", "su app")]),
        ("ENTRYPOINT local a; make\n", [("SC2168", "local")]),
        ("HEALTHCHECK --interval=5s CMD exec curl -f http://x/?a=1&b=2\n", [("SC1132", "&")]),
        ('CMD ["bash", "-lc", "echo \\"$x\\" && local a && make"]\n', [("SC2168", "local")]),
        ('RUN ["/bin/sh", "-c", "[[ -f \\u0061 ]] && make"]\n', [("SC3010", "[[ -f \\u0061 ]]")]),
        ("RUN bash -c 'true && \\\n  local a' && make\n", [("SC2168", "local")]),
        ("RUN env A=1 bash -euc 'local a; make'\n", [("SC2168", "local")]),
        ('RUN bash -c "local a; make"\n', [("SC2168", "local")]),
        ("RUN bash <<'EOF'\nlocal a; make\nEOF\n", [("SC2168", "local")]),
        ("RUN cat <<EOF | bash\nlocal a; make\nEOF\n", [("SC2168", "local")]),
        ("RUN if true; echo a; fi\n", [("SC1049", "if")]),
        ('RUN echo "a\n', [("SC1073", '"')]),
    ],
)  # fmt: skip
def test_places(text, expected):
    assert [each for each in found(f"FROM debian:13\n{text}") if each[0] != "SC2034"] == expected


def test_places_with_windows_line_ends():
    assert found("FROM debian:13\r\nRUN true && \\\r\n  local a && \\\r\n  make\r\n", "shell-mistake") == [
        ("SC2168", "local")
    ]


def test_places_with_another_escape():
    assert found("# escape=`\nFROM debian:13\nRUN true && `\n  local a && `\n  make\n", "shell-mistake") == [
        ("SC2168", "local")
    ]


def test_bytes_that_are_no_text():
    text = b"FROM debian:13\nRUN echo '\xff\xfe' && local a && make\n"
    assert found(text, "shell-mistake") == [("SC2168", "local")]


@pytest.mark.parametrize(
    "text",
    [
        "ARG x=1\nRUN cd /a && pip install $x\n", "ARG x\nRUN pip install $x\n", "ENV x=1\nRUN pip install $x\n",
        "ENV x=1\nCMD exec app $x\n", "RUN pip install --proxy $http_proxy numpy\n", "ENV x=1\nRUN bash -c 'pip install $x'\n",
        "RUN export x=1 && bash -c 'pip install \"$x\"'\n", 'ENV x=1 y=2\nRUN y=3 && pip install "$y" $((x + 1))\n',
        # What else may set it.
        'CMD exec app "$x"\n', 'ONBUILD RUN echo "$x"\n', 'RUN . ./settings && echo "$x"\n',
        "RUN buildDeps='gcc' set -x && apt-get install \"$buildDeps\"\n",
        # Joined lines, and a cd that is the last to fail.
        "RUN echo a \\\n     b\n", "RUN make && cd /x\n",
        # What the shell can do.
        "RUN /bin/echo -e 'a\\nb' > /a\n", 'SHELL ["/bin/bash", "-c"]\nRUN [[ -f a ]] && source b\n',
        'SHELL ["/bin/bash", "-ec"]\nRUN cd /a; make\n', "RUN <<EOF\n#!/bin/bash -e\ncd /a\nmake\nEOF\n",
        "# hadolint shell=/bin/bash\nRUN [[ -f a ]] && source b\n",
        "RUN ln -sf /bin/bash /bin/sh\nRUN [[ -f a ]] && source b\n",
        'RUN rm -rf "${x:?}"/*\n', 'ARG x=/a\nRUN rm -rf "$x"/*\n',
        # Another rule's matter.
        "RUN pip install numpy>=2 pandas>=2\n",
        # Not for ShellCheck.
        'SHELL ["/bin/zsh", "-c"]\nRUN local a\n', 'SHELL ["pwsh", "-c"]\nRUN local a\n',
        "RUN <<EOF\n#!/usr/bin/env python3\nlocal a\nEOF\n", "RUN python3 <<EOF\nlocal a\nEOF\n", 'CMD ["local", "a"]\n',
        "HEALTHCHECK NONE\n",
    ],
)  # fmt: skip
def test_silent(text):
    head = "" if text.startswith("#") else "FROM debian:13\n"
    text = text if head else text.replace("\n", "\nFROM debian:13\n", 1)
    assert found(f"{head}{text}", *SHELL) == []


@pytest.mark.parametrize(
    "base",
    ["registry.example.org/x:1", "${BASE}", "mambaorg/micromamba:2", "nvcr.io/nvidia/pytorch:25.10-py3",
     "quay.io/jupyter/base-notebook:2025", "fedora:43", "almalinux:9", "registry.access.redhat.com/ubi9/ubi"],
)  # fmt: skip
def test_bash_where_sh_may_be_bash(base):
    assert found(f"FROM {base}\nRUN [[ -f /a ]] && source /a && echo -e a\n", "shell-mistake") == []


@pytest.mark.parametrize(
    ("base", "codes"),
    [
        ("debian:13", ["SC3010", "SC3046", "SC3036"]), ("nvidia/cuda:12.8.1-base-ubuntu24.04", ["SC3010", "SC3046", "SC3036"]),
        ("python:3.13-slim", ["SC3010", "SC3046", "SC3036"]), ("python:3.13-alpine", []), ("busybox:1", []),
    ],
)  # fmt: skip
def test_bash_where_sh_is_not(base, codes):
    text = f"FROM {base}\nRUN [[ -f /a ]] && source /a && echo -e a\n"
    assert [code for code, _ in found(text, "shell-mistake")] == codes


def test_busybox_is_called_so():
    (finding,) = result_of("FROM alpine:3.22\nRUN mkdir /a/{b,c}\n", "shell-mistake").diagnostics
    assert finding.message == "in BusyBox sh, brace expansion is not supported (SC3009)"


def test_windows_paths_are_no_scripts_of_sh():
    assert scripts("FROM $BASE\nRUN mkdir C:\\data && icacls C:\\data /grant x:(OI)F\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM debian:13\nRUN a\nCMD b\n", [("dash", "a"), ("dash", "b")]),
        ("FROM alpine\nRUN a\n", [("busybox", "a")]),
        ("FROM x/y\nRUN a\n", [("sh", "a")]),
        ('FROM x/y\nSHELL ["conda", "run", "-n", "e", "/bin/bash", "-c"]\nRUN a\n', [("bash", "a")]),
        ('FROM x/y\nSHELL ["/bin/ksh", "-c"]\nRUN a\n', [("ksh", "a")]),
        ("FROM debian:13\nRUN <<EOF bash\na\nEOF\n", [("dash", "<<EOF bash\na\nEOF"), ("bash", "a")]),
        ("FROM debian:13\nRUN dash -c 'bash -c a'\n", [("dash", "dash -c 'bash -c a'"), ("dash", "bash -c a"), ("bash", "a")]),
        ("FROM debian:13\nRUN eval 'a b' && sh x.sh\n", [("dash", "eval 'a b' && sh x.sh")]),
    ],
)  # fmt: skip
def test_scripts(text, expected):
    assert scripts(text) == expected


# Comments and selectors ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "# hadolint ignore=SC2168\nRUN local a && make\n", "# hadolint ignore=DL3008,SC2168 # why\nRUN true && \\\n local a && make\n",
        "# hadolint global ignore=SC2168\n\nRUN local a && make\n", "# dlint: ignore[SC2168] why\nRUN local a && make\n",
        "# dlint: ignore[shell-mistake]\nRUN local a && make\n", "# dlint: ignore[shell]\nRUN local a && make\n",
        "RUN true && \\\n  # dlint: ignore[SC2168]\n  local a && make\n", "RUN <<EOF\n# dlint: ignore[SC2168]\nlocal a; make\nEOF\n",
        "RUN <<EOF\n# shellcheck disable=SC2168\nlocal a; make\nEOF\n", "RUN <<EOF\n# shellcheck disable=SC2168\n\ntrue\nlocal a; make\nEOF\n",
        "# shellcheck disable=SC2168\nRUN local a && make\n", "RUN true && \\\n  # shellcheck disable=SC1000,2168\n  local a && make\n",
        "# shellcheck disable=all\nRUN local a && make\n", "# dlint: file-ignore[SC2168]\nRUN local a && make\n",
        "# hadolint ignore=SC1073\nRUN if true; echo a; fi\n",
    ],
)  # fmt: skip
def test_suppressed(text):
    result = result_of(f"FROM debian:13\n{text}", "shell-mistake", "unused-ignore")
    assert result.diagnostics == []


@pytest.mark.parametrize("form", ["stage ignore", "stage  ignore"])
def test_suppressed_in_a_stage(form):
    text = f"# hadolint {form}=SC2168\nFROM debian:13\nRUN local a; make\nFROM debian:13\nRUN local b; make\n"
    assert found(text, "shell-mistake") == [("SC2168", "local")]


@pytest.mark.parametrize(
    "text",
    ["# hadolint ignore=SC2046\nRUN local a && make\n", "# shellcheck disable=SC2046\nRUN local a && make\n",
     "# hadolint ignore=SC2168 why\nRUN local a && make\n", "# shellcheck source=/dev/null\nRUN local a && make\n"],
)  # fmt: skip
def test_not_suppressed(text):
    assert found(f"FROM debian:13\n{text}", "shell-mistake") == [("SC2168", "local")]


def test_unused_ignores_of_codes():
    text = "FROM debian:13\n# dlint: ignore[SC2105, SC2046] why\nRUN break && make\n"
    result = result_of(text, *SHELL, "unused-ignore")
    assert [each.message for each in result.diagnostics] == ["SC2046 reports nothing here"]
    assert result_of(text, *SHELL, "unused-ignore", "unknown-rule-in-ignore", shellcheck="off").diagnostics == []


TEXT = "FROM debian:13\nRUN x=$(ls) && break && make $x\n"


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"select": ("recommended",)}, ["SC2105"]), ({"select": ("shell",)}, ["SC2105", "SC2086"]),
        ({"select": ("SC2086",)}, ["SC2086"]), ({"select": ("SC2105",)}, ["SC2105"]), ({"select": ("SC9999",)}, []),
        ({"select": ("shell",), "ignore": ("SC2086",)}, ["SC2105"]), ({"select": ("all",), "ignore": ("SC2105",)}, ["SC2086"]),
        ({"select": ("recommended",), "extend_select": ("SC2086",)}, ["SC2105", "SC2086"]),
        ({"select": ("shell",), "per_file_ignores": {"**": ["SC2105"]}}, ["SC2086"]), ({"select": ("style",)}, []),
    ],
)  # fmt: skip
def test_selectors(options, codes):
    result = result_of(TEXT, *options.pop("select"), path="/x/Dockerfile", **options)
    assert [each.aliases[0] for each in result.diagnostics if each.family == "shell"] == codes


def test_severity():
    result = result_of(TEXT, "shell", severity={"SC2086": "error", "shell-mistake": "info"})
    assert [each.severity.label for each in result.diagnostics] == ["info", "error"]
    assert [each.severity.label for each in result_of(TEXT, "shell").diagnostics] == ["error", "info"]


def test_off():
    assert result_of(TEXT, "shell", shellcheck="off").diagnostics == []


# Fixes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("RUN x=$(ls) && \\\n  make $x\n", 'RUN x=$(ls) && \\\n  make "$x"\n'),
        ("RUN <<-EOF\n\tx=$(ls)\n\tmake $x\n\tEOF\n", 'RUN <<-EOF\n\tx=$(ls)\n\tmake "$x"\n\tEOF\n'),
        ("RUN bash <<'EOF'\nx=$(ls)\nmake $x\nEOF\n", 'RUN bash <<\'EOF\'\nx=$(ls)\nmake "$x"\nEOF\n'),
        ("RUN bash -c 'x=$(ls); make $x'\n", None), ('CMD ["sh", "-c", "x=$(ls); make $x"]\n', None),
        ("RUN x=$(ls) && make $\\\nx\n", 'RUN x=$(ls) && make "$\\\nx"\n'),
    ],
)  # fmt: skip
def test_fixes(text, fixed):
    text = f"FROM debian:13\n{text}"
    (finding,) = result_of(text, "SC2086").diagnostics
    assert (finding.fix.apply(text) if finding.fix else None) == (f"FROM debian:13\n{fixed}" if fixed else None)
    assert finding.fix is None or finding.fix.applicability == "unsafe"


# Codes -----------------------------------------------------------------------------------


def examples():
    """Return the example script of each code: code -> dialect, script."""
    with open(os.path.join(FIXTURES, "shellcheck-codes.txt"), encoding="utf-8") as file:
        cases = re.findall(r"(?ms)^== (\d+) (\w+)\n(.*?)(?=^== |\Z)", file.read())
    return {int(code): (dialect, script) for code, dialect, script in cases}


def test_every_code_has_an_example():
    assert set(examples()) == MISTAKES


def test_codes():
    """Each code is what ShellCheck says about its example, and a mistake."""
    parts, lines = [], {}
    for dialect, script in examples().values():
        base = {"bash": BASH, "dash": "FROM debian:13\n", "busybox": "FROM alpine:3.22\n"}[dialect]
        parts.append(f"{base}RUN <<'END OF SCRIPT'\n{script}END OF SCRIPT\n")
    first = 1
    for code, part in zip(examples(), parts, strict=True):
        lines[code] = range(first, first + part.count("\n"))
        first += part.count("\n")
    result = result_of("".join(parts), "shell-mistake")
    reported = {
        code: {alias for each in result.diagnostics if each.location.start.line in places for alias in each.aliases}
        for code, places in lines.items()
    }
    assert [code for code, aliases in reported.items() if f"SC{code}" not in aliases] == []
    syntax = [each for each in result.diagnostics if "SC1072" in each.aliases]
    assert len({each.location.start.line for each in syntax}) == len(syntax)
