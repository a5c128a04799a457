"""What fixes owe: ``proof`` makes those of one file and says what is wrong with the result.

``meaning`` is what a build does, without that which the pages of the rules with safe fixes say may differ.
"""

import os
import re
import shutil
import subprocess
from collections import Counter

from dlint.checks.registry import RULES
from dlint.drafts import drafts
from dlint.engine.fixing import STDIN, Fixing
from dlint.engine.ignoring import add_ignores
from dlint.engine.run import check_source
from dlint.engine.settings import SettingsResolver
from dlint.model.build import Build
from dlint.model.invocation import Invocation
from dlint.parser.dockerfile import ast, parse
from dlint.parser.unreadable import UnreadableError
from dlint.parser.yaml import read_yaml
from dlint.text import Source

# What safe fixes add to commands or take out of them, each named in the page of its rule.
ADDED = re.compile(
    r" --no-cache(-dir)?(?=\s|$)| -nv(?=\s|$)"
    r"| && (?:(?:micro)?mamba|conda) clean [\w -]+\b| && (?:\S*dnf|yum|zypper) clean(?: all| -a| --all)?\b"
)


class Proof:
    """A file with its fixes made: the text, the rules that fixed it, the findings before and after, and what is wrong."""

    def __init__(self, source, fixing, before):
        self.before = source
        self.after = fixing.results[0].source
        self.rules = Counter(fixed.rule for fixed in fixing.fixed)
        self.findings_before = before
        self.findings_after = Counter(each.rule for each in fixing.results[0].diagnostics)
        self.problems = list(fixing.bugs)
        self.problems += [f"{crash.rule} crashed" for crash in fixing.results[0].crashes]


def fix(source, path, *, unsafe=False, select=("all",), **known):
    """Return the Proof of a file; nothing is written."""
    options = {"select": select, "isolated": True, "today": "2026-11-22", "shellcheck": "off"}
    settings = SettingsResolver(options).for_file(path)
    name = source.path

    def check(indices):
        return [check_source(Source.from_bytes(drafts[STDIN], name), path, settings, **known)]

    def wanted(_, diagnostic):
        return diagnostic.fix.applicability == "safe" or (unsafe and diagnostic.fix.applicability == "unsafe")

    drafts.clear()
    drafts[STDIN] = source.data
    try:
        fixing = Fixing(check([0]), check, wanted, stdin=name)
        before = Counter(each.rule for each in fixing.results[0].diagnostics)
        fixing.run()
        return Proof(source, fixing, before)
    finally:
        drafts.clear()


def ignored(source, path, reason, **known):
    """Return a file with comments that ignore all that is found, and the names of rules that are found all the same."""
    resolver = SettingsResolver(
        {
            "select": ("all",),
            "ignore": ("ignore-without-reason",),
            "isolated": True,
            "today": "2026-11-22",
            "shellcheck": "off",
        }
    )
    settings = resolver.for_file(path)
    name = source.path

    def check(indices):
        return [check_source(Source.from_bytes(drafts[STDIN], name), path, settings, **known)]

    drafts.clear()
    drafts[STDIN] = source.data
    try:
        fixing = Fixing(check([0]), check, lambda *_: False, stdin=name)
        add_ignores(fixing, resolver, reason)
        left = [each.rule for each in fixing.results[0].diagnostics]
        return fixing.results[0].source, [
            rule for rule in left if rule != "syntax-error" and RULES[rule].looks_at != "suppressions"
        ]
    finally:
        drafts.clear()


def proof(source, path, *, unsafe=False, **known):
    """Return the Proof of a file with all that is wrong about its fixes."""
    done = fix(source, path, unsafe=unsafe, **known)
    if not done.rules:
        return done
    again = fix(done.after, path, unsafe=unsafe, **known)
    if again.rules or again.after.data != done.after.data:
        done.problems.append(f"not idempotent: {dict(again.rules)}")
    for rule, count in done.findings_after.items():
        # Only what is fixed on purpose may come along with something else to say.
        if count > done.findings_before[rule]:
            done.problems.append(f"more of {rule}: {count}, were {done.findings_before[rule]}")
    is_compose = path.endswith((".yml", ".yaml"))
    if not unsafe and not is_compose:
        done.problems += difference(meaning(done.before), meaning(done.after))
    if not unsafe and is_compose:
        done.problems += difference(compose_meaning(done.before), compose_meaning(done.after))
    if not is_compose:
        done.problems += shell_problems(done)
    if b"\r\n" not in done.before.data and b"\r" in done.after.data:
        done.problems.append("a carriage return came")
    if b"\n" in done.before.data and done.before.data.count(b"\r\n") == done.before.data.count(b"\n"):
        if done.after.data.count(b"\r\n") != done.after.data.count(b"\n"):
            done.problems.append("line ends are mixed")
    if done.before.data.endswith(b"\n") != done.after.data.endswith(b"\n"):
        done.problems.append("the end of the last line changed")
    return done


def difference(old, new):
    """Return what is not in both, in order."""
    if old == new:
        return []
    for index, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return [f"means something else at {index}: {one!r:.300} became {other!r:.300}"]
    return [f"means something else: {len(old)} steps became {len(new)}: {(old + new)[-1]!r:.300}"]


# Meaning -----------------------------------------------------------------------------------


def meaning(source):
    """Return what a Dockerfile does, step by step."""
    build = Build(parse(source), Invocation(source.path))
    told = [(directive.name, directive.value) for directive in build.dockerfile.directives]
    for stage in build.stages:
        flags = [
            (flag.name, flag.value)
            for flag in stage.instruction.flags
            if not (flag.name == "platform" and "TARGETPLATFORM" in (flag.value or ""))
        ]
        told.append(("FROM", flags, str(stage.image_text).lower(), (stage.name or "").lower()))
        told += [_step(step) for step in stage.steps]
    return told


def _step(step):
    instruction = step.instruction
    keyword = "COPY" if instruction.keyword == "ADD" else instruction.keyword
    around = (step.user, step.workdir, step.shell, sorted((name, str(value)) for name, value in _variables(step)))
    flags = [
        (flag.name, flag.value.lower() if flag.name == "from" and flag.value else flag.value)
        for flag in instruction.flags
    ]
    heredocs = [] if step.script else [heredoc.content for heredoc in instruction.heredocs]
    return (keyword, flags, _said(step), heredocs, around)


def _variables(step):
    try:
        return list(step.environment.items())
    except AttributeError:
        return []


def _said(step):
    instruction = step.instruction
    if isinstance(instruction, ast.Env | ast.Label):
        return [(pair.key.value.strip("\"'"), unquoted(pair.value.value)) for pair in instruction.pairs]
    if isinstance(instruction, ast.Expose):
        return [word.value.rpartition(":")[2].lower() for word in instruction.words]
    if instruction.json is not None:
        return [word.value for word in instruction.json]
    if step.script is not None:
        return " ".join(ADDED.sub("", step.script.map.text).split())
    return " ".join(instruction.arguments.text.split())


def unquoted(text):
    """Return a value as Docker reads it, near enough to compare two."""
    for quote in ('"', "'"):
        if len(text) > 1 and text[0] == text[-1] == quote:
            return text[1:-1].replace("\\\\", "\\").replace(f"\\{quote}", quote)
    return text.replace("\\ ", " ")


def compose_meaning(source):
    """Return what a compose file says, but for its version."""
    try:
        root = read_yaml(source)
    except UnreadableError as error:
        return [str(error)]
    return [(key.text, _value(value)) for key, value in root.pairs if key.text != "version"] if root else []


def _value(node):
    if node.kind == "text":
        return node.text
    if node.kind == "list":
        return [_value(item) for item in node.items]
    return [(key.text, _value(value)) for key, value in node.pairs]


# Shells ------------------------------------------------------------------------------------


def scripts(source):
    """Return the shell scripts of a Dockerfile, those of RUN only."""
    build = Build(parse(source), Invocation(source.path))
    found = []
    for step in build.steps(ast.Run):
        script = step.script
        if script is not None:
            name = os.path.basename(step.shell[0]) if step.shell else "sh"
            found.append((name, script.map.text))
    return found


def shell_problems(done):
    """Return what ``bash -n`` refuses that it did not refuse before."""
    before = scripts(done.before)
    new = [script for script in scripts(done.after) if script not in before]
    if not new or any(_refused(*script) for script in before):
        return []
    return [f"bash -n: {problem}" for script in new for problem in [_refused(*script)] if problem]


def _refused(shell, text):
    if shell not in ("sh", "bash", "ash", "dash") or not shutil.which("bash"):
        return None
    # Without the names that come from outside it is bash's own reading that counts.
    ran = subprocess.run(
        ["bash", "-n"], input=text.encode("utf-8", "surrogateescape"), capture_output=True, check=False, env={}
    )
    return ran.stderr.decode(errors="replace").strip() or f"exit {ran.returncode}" if ran.returncode else None
