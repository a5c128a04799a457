"""A build with safe fixes gives the same image, and one with unsafe fixes still builds.

The base images are busybox with programs that do what counts here: ``pip`` installs a file and keeps a download.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile

import pytest
from fixes import fix
from helpers import source_of, write_file
from pages import blocks_of

from dlint.checks.registry import RULES
from dlint.pages import read_page

APPLETS = (
    "sh", "ash", "cat", "chmod", "chown", "cp", "echo", "env", "false", "find", "grep", "ln", "ls", "mkdir", "mv", "printf", "rm", "sed", "sleep",
    "tar", "test", "touch", "true", "tr", "head", "tee", "wc", "xargs", "id", "sort", "uname", "dirname", "basename", "cut", "awk", "test", "[",
)  # fmt: skip
# A program that leaves what it was told to install, and what it downloaded unless that was turned off.
_INSTALLER = """#!/bin/sh
mkdir -p /opt/installed {cache}
for word in "$@"; do
  case $word in {off}) off=1 ;; {clean}) cleaned=1 ;; -*) ;; *) echo "$word" >>/opt/installed/{name} ;; esac
done
if [ -n "$cleaned" ]; then sed -i '/^clean$/d;/^all$/d' /opt/installed/{name}; rm -rf {cache}; fi
if [ -z "$off$cleaned" ]; then echo "$@" >>{cache}/downloads; fi
"""
WORKING = {
    "pip": _INSTALLER.format(name="pip", cache="/root/.cache/pip", off="--no-cache-dir", clean="purge"),
    "conda": _INSTALLER.format(name="conda", cache="/opt/conda/pkgs", off="--none", clean="clean"),
    "apk": _INSTALLER.format(name="apk", cache="/var/cache/apk", off="--no-cache", clean="--purge"),
    "dnf": _INSTALLER.format(name="dnf", cache="/var/cache/dnf", off="--none", clean="clean"),
    "wget": '#!/bin/sh\nmkdir -p /opt\necho "progress" >&2\nfor word in "$@"; do\n  case $word in -nv | -O | --*) ;; *) echo "$word" >>/opt/wget ;; esac\ndone\n',
}
DEAD = ("root/.cache", "opt/conda/pkgs", "var/cache")
ANYTHING = "#!/bin/sh\nexit 0\n"
_FETCHER = """#!/bin/sh
for word in "$@"; do
  case $last in -o | -O) touch "$word"; done=1 ;; esac
  case $word in *://*) url=$word ;; esac
  last=$word
done
[ -n "$done" ] || touch "${url##*/}"
"""
_WILLING = (
    "apt-get", "apt", "pip", "pip3", "python", "python3", "uv", "conda", "mamba", "micromamba", "git", "tar", "poetry", "pdm", "pipenv", "npm",
    "useradd", "adduser", "groupadd", "dnf", "yum", "apk", "zypper", "make", "gcc", "cmake", "huggingface-cli", "hf", "unzip", "gunzip", "ldconfig",
    "dpkg", "nvcc", "rustup", "npx", "yarn", "pipx", "twine", "virtualenv", "timeout", "bzip2", "vllm", "torchrun", "gdebi", "add-apt-repository",
)  # fmt: skip
# busybox takes its own programs before others, but not before functions.
OWN = ("wget", "tar", "unzip", "gunzip", "bzip2", "dpkg", "timeout", "adduser")
_SHELL = """#!/bin/busybox sh
if [ "$1" = -c ]; then
  script=$2
  shift 2
  exec /bin/busybox sh -c "{functions} $script" "$@"
fi
exec /bin/busybox sh "$@"
"""
WILLING = dict.fromkeys(_WILLING, ANYTHING) | {"curl": _FETCHER, "wget": _FETCHER, "uv": "#!/bin/sh\nmkdir -p .venv\n"}


@pytest.fixture(scope="module")
def busybox():
    """The path of a busybox that needs no libraries."""
    path = os.environ.get("DLINT_BUSYBOX") or shutil.which("busybox")
    if path is None or b"not a dynamic" not in subprocess.run(["ldd", path], capture_output=True, check=False).stderr:
        pytest.skip("no static busybox: install busybox-static")
    return path


@pytest.fixture(scope="module")
def base(engine, busybox):
    """A function that makes images of these names, with some programs."""
    made = {}

    def make(names, programs):
        names = [name for name in names if made.get(name) is not programs]
        if not names:
            return
        archive = _root(busybox, programs)
        for name in names:
            arguments = [
                engine.program,
                "import",
                "--change",
                "ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin",
                "-",
                name,
            ]
            subprocess.run(arguments, env=engine.environment, input=archive, capture_output=True, check=True)
            made[name] = programs

    yield make
    # Other tests need the names that every engine here has.
    engine.run("image", "rm", "--force", *sorted(made.keys() - set(engine.stubs)))


def _root(busybox, programs):
    """Return a root file system as an archive."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        archive.add(busybox, "bin/busybox")
        for name in set(APPLETS) - {"sh", *programs}:
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
        texts = {f"usr/bin/{name}": text for name, text in programs.items()}
        texts |= {"uv": ANYTHING, "uvx": ANYTHING}
        texts["bin/sh"] = _SHELL.format(
            functions=" ".join(f'{name}() {{ /usr/bin/{name} \\"\\$@\\"; }};' for name in OWN if name in programs)
        )
        texts["bin/bash"] = '#!/bin/sh\nexec /bin/sh "$@"\n'
        texts["etc/passwd"] = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"
        texts["etc/group"] = "root:x:0:\n"
        texts["tmp/.keep"] = ""
        for path, text in texts.items():
            file = tarfile.TarInfo(path)
            file.size, file.mode = len(text.encode()), 0o755
            archive.addfile(file, io.BytesIO(text.encode()))
    return data.getvalue()


def build(engine, folder, text, tag):
    """Build a Dockerfile in a folder; return what went wrong, None if nothing did."""
    # Another frontend would have to be pulled.
    text = re.sub(r"(?im)^# *syntax *=.*$", "# no syntax", text)
    write_file(folder, "Dockerfile.under-test", text)
    ran = engine.run(
        "buildx", "build", "--network", "none", "--load", "--no-cache", "-f", os.path.join(str(folder), "Dockerfile.under-test"), "-t", tag, str(folder),
    )  # fmt: skip
    return ran.stderr if ran.returncode else None


def image(engine, tag):
    """Return the files of an image and its configuration."""
    created = engine.run("create", tag, "sh").stdout.strip()
    exported = subprocess.run(
        [engine.program, "export", created], env=engine.environment, capture_output=True, check=True
    ).stdout
    engine.run("rm", created)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(exported)) as archive:
        for member in archive:
            if not member.name.startswith(DEAD):
                content = archive.extractfile(member) if member.isfile() else None
                digest = hashlib.sha256(content.read()).hexdigest() if content else ""
                files[member.name] = (member.type, member.mode, member.uid, member.gid, member.linkname, digest)
    config = json.loads(engine.run("image", "inspect", tag, "--format", "{{json .Config}}").stdout)
    config.pop("Image", None)
    return files, config


SAFE = {
    "legacy-key-value": 'ENV A one "two"   three\nENV P $PATH:/x y\nLABEL b  c d\nRUN printf \'%s\' "$A" >/a\n',
    "as-keyword-casing": "FROM python:3.13-slim as last\nRUN touch /x\n",
    "inconsistent-instruction-casing": "RUN touch /x\nWORKDIR /w\ncopy a /a\nENV A=1\n",
    "expose-host-mapping": "EXPOSE 80:8080 127.0.0.1:9000:9001/udp\n",
    "expose-protocol-uppercase": "EXPOSE 80/TCP 53/UDP\n",
    "redundant-target-platform": "FROM --platform=$TARGETPLATFORM python:3.13-slim\nRUN touch /x\n",
    "stage-name-uppercase": "FROM python:3.13-slim AS Base\nRUN echo x >/x\nFROM base AS next\nFROM scratch\nCOPY --from=Base /x /x\nCOPY --from=next /x /y\n",
    "empty-continuation-line": "RUN touch /x \\\n\n  && touch /y \\\n\n\n  && touch /z\nENV A=1 \\\n\n  B=2\n",
    "add-for-local-file": "ADD a b folder/ /d/\nADD --chown=1:2 --chmod=600 a /e\nADD folder /f\n",
    "unused-ignore": "# dlint: ignore[apt-recommends] x\nRUN touch /x\nRUN touch /y \\\n  # dlint: ignore[apt-recommends]\n  && touch /z\n",
    "wget-progress-in-log": "RUN wget https://example.org/a && wget -O /b https://example.org/b\n",
    "pip-cache-in-layer": "RUN pip install torch && pip install \\\n   numpy\nRUN <<E\npip install -r x\nE\n",
    "conda-cache-in-layer": "FROM condaforge/miniforge3:25.9.1-0\nRUN conda install -y numpy\n",
    "os-cache-left": "FROM alpine:3.22\nRUN apk add git && apk update\n",
}


def test_every_safe_kind_is_here():
    kinds = {name for name, entry in RULES.items() if entry.fix == "safe" and entry.looks_at != "compose"}
    assert kinds == set(SAFE)


@pytest.mark.parametrize("name", SAFE)
def test_safe_fixes_give_the_same_image(engine, base, tmp_path, name):
    names = ("python:3.13-slim", "condaforge/miniforge3:25.9.1-0", "alpine:3.22", "fedora:43")
    base(names, WORKING)
    for path, text in {"a": "1\n", "b": "2\n", "folder/c": "3\n", "folder/d/e": "4\n"}.items():
        write_file(tmp_path, path, text)
    os.chmod(tmp_path / "b", 0o751)
    text = SAFE[name] if SAFE[name].startswith("FROM") else f"FROM python:3.13-slim\n{SAFE[name]}"
    done = fix(source_of(text), "<unknown>", select=(name, "apt-recommends"), context=str(tmp_path))
    assert set(done.rules) == {name}
    assert done.problems == []
    assert done.findings_after[name] == done.findings_before[name] - done.rules[name]
    images = []
    for tag, version in (("dlint-before", text), ("dlint-after", done.after.text)):
        assert build(engine, tmp_path, version, tag) is None
        images.append(image(engine, tag))
    (old_files, old_config), (new_files, new_config) = images
    assert new_config == old_config
    assert new_files == old_files


UNSAFE = [name for name, entry in RULES.items() if entry.fix == "unsafe" and entry.looks_at == "dockerfile"]


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_fixes_build(engine, base, tmp_path, name):
    """What builds before builds after, with programs that do nothing."""
    built = 0
    for number, block in enumerate(blocks_of(read_page(name).text)):
        if block.kind != "bad":
            continue
        folder = tmp_path / str(number)
        block.write(str(folder))
        done = fix(
            source_of(block.text),
            "<unknown>",
            unsafe=True,
            select=(name,),
            context=str(folder) if block.companions else "",
        )
        if not done.rules:
            continue
        for text in (block.text, done.after.text):
            base(_images(text), WILLING)
        for sources in re.findall(r"(?m)^(?:COPY|ADD) (?!--from)(?:--\S+ )*(.*) \S+$", block.text):
            for source in sources.split():
                if "://" not in source and not os.path.exists(folder / source):
                    write_file(folder, f"{source}x" if source.endswith("/") else source, "x\n")
        assert build(engine, folder, block.text, "dlint-before") is None or name in BROKEN
        assert build(engine, folder, done.after.text, "dlint-after") is None
        built += 1
    assert built


# What does not build, or not as it was meant, is what these report.
BROKEN = {"invalid-json-form", "unquoted-version-specifier"}


def _images(text):
    """Return the names of the images a Dockerfile builds on."""
    stages = {name.lower() for name in re.findall(r"(?im)^FROM .* AS (\S+)", text)}
    found = set(re.findall(r"(?im)^FROM (?:--\S+ )?(\S+)", text)) | set(re.findall(r"--from=([^\s,]+)", text))
    return sorted(
        each for each in found if each.lower() not in {*stages, "scratch"} and "$" not in each and not each.isdigit()
    )


def test_compose_files_stay_the_same_project(engine, tmp_path):
    text = "# ours\nversion: '3.8'\n\nservices:\n  a:\n    image: x:1  # c\n    environment: {A: 1}\n"
    path = write_file(tmp_path, "compose.yaml", text)
    done = fix(source_of(text, path), path)
    assert set(done.rules) == {"compose-version-key"}
    before = engine.run("compose", "-f", path, "config", "--format", "json").stdout
    write_file(tmp_path, "compose.yaml", done.after.text)
    after = engine.run("compose", "-f", path, "config", "--format", "json")
    assert (after.returncode, after.stderr, after.stdout) == (0, "", before)
