"""Base images made on this machine that builds take in the place of real ones, for engines that can pull nothing.

They are Debian with the same programs at the same places: python and pip, or node and npm, and uv. What differs is
their size: the real ones are smaller or larger by some megabytes, before and after alike.
"""

import os
import shutil
import subprocess
import sys
import tempfile

MIRROR = "http://deb.debian.org/debian"
CERTIFICATES = "/usr/local/share/stub-ca.pem"
UV = "0.9.2"
_UV_IMAGE = f"ghcr.io/astral-sh/uv:{UV}"
_APT = 'Acquire::Check-Valid-Until "false";\nAcquire::Check-Date "false";\n'
_DEBIAN = {
    "python:3.11-slim": "ca-certificates,python3,python3-venv,python3-pip,python3.11-dev",
    "node:18-slim": "ca-certificates,nodejs",
}


def local(name: str) -> str:
    """Return what the engine calls the image that stands for a real one."""
    return f"dlint-stub/{name.replace('ghcr.io/', '')}"


def options() -> list[str]:
    """Return the options of ``docker build`` that put them in the place of the real ones."""
    names = (*_DEBIAN, _UV_IMAGE)
    return [word for name in names for word in ("--build-context", f"{name}=docker-image://{local(name)}")]


def ensure(docker: list[str]) -> None:
    """Make the images that are not there."""
    for name, packages in _DEBIAN.items():
        if not _is_there(docker, name):
            with tempfile.TemporaryDirectory() as folder:
                _debian(folder, packages)
                _prepare(name, folder)
                _import(docker, name, folder)
    if not _is_there(docker, _UV_IMAGE):
        with tempfile.TemporaryDirectory() as folder:
            _uv(folder)
            _import(docker, _UV_IMAGE, folder)


def _is_there(docker: list[str], name: str) -> bool:
    command = [*docker, "image", "inspect", "--format", "{{.Comment}}", local(name)]
    return "stub" in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _debian(folder: str, packages: str) -> None:
    kept = os.environ.get("DLINT_STUB_ROOTS")
    made = os.path.join(kept, "python" if "python3" in packages else "node") if kept else ""
    if made and os.path.isdir(made):
        subprocess.run(["cp", "-a", f"{made}/.", folder], check=True)
    else:
        command = ["debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", folder, MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(f"{folder}/var/lib/apt/lists")
    os.makedirs(f"{folder}/var/lib/apt/lists/partial")
    for package in os.listdir(f"{folder}/var/cache/apt/archives"):
        if package.endswith(".deb"):
            os.remove(f"{folder}/var/cache/apt/archives/{package}")
    _write(f"{folder}/etc/apt/apt.conf.d/99mirror", _APT)
    _write(f"{folder}/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", mode=0o755)
    shutil.copyfile("/etc/ssl/certs/ca-certificates.crt", folder + CERTIFICATES)


def _prepare(name: str, folder: str) -> None:
    """Put the programs where the real image has them."""
    if name.startswith("python"):
        managed = f"{folder}/usr/lib/python3.11/EXTERNALLY-MANAGED"
        if os.path.exists(managed):
            os.remove(managed)
        for link in ("python", "python3"):
            os.symlink("/usr/bin/python3.11", f"{folder}/usr/local/bin/{link}")
    else:
        subprocess.run(["npm", "pack", "--silent", "npm@9.9.4"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        place = f"{folder}/usr/local/lib/node_modules"
        os.makedirs(place)
        subprocess.run(["tar", "-xzf", f"{folder}/npm-9.9.4.tgz", "-C", place], check=True)
        os.remove(f"{folder}/npm-9.9.4.tgz")
        os.rename(f"{place}/package", f"{place}/npm")
        for program in ("npm", "npx"):
            os.chmod(f"{place}/npm/bin/{program}-cli.js", 0o755)
            os.symlink(f"../lib/node_modules/npm/bin/{program}-cli.js", f"{folder}/usr/local/bin/{program}")


def _uv(folder: str) -> None:
    with tempfile.TemporaryDirectory() as wheels:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", wheels, f"uv=={UV}"]
        subprocess.run(command, check=True)
        for program in ("uv", "uvx"):
            shutil.copy(f"{wheels}/bin/{program}", f"{folder}/{program}")


def _import(docker: list[str], name: str, folder: str) -> None:
    changes = [
        "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        *(
            f"ENV {variable}={CERTIFICATES}"
            for variable in ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
        ),
    ]
    settings = [option for change in changes for option in ("--change", change)]
    with subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE) as packing:
        command = [*docker, "import", "--message", "stub", *settings, "-", local(name)]
        subprocess.run(command, stdin=packing.stdout, check=True, stdout=subprocess.DEVNULL)


def _write(path: str, text: str, mode: int = 0o644) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)
