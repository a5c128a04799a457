"""Commands and options that newer releases of Python tools do not have.

How they are known: the tools themselves, run or unpacked on 2026-11-22: Poetry 2.0.0 and 2.5.1, gdown 5.2.0, 6.0.0
and 6.5.1, huggingface_hub 1.0.0 and 2.4.0, transformers 4.57.1, 5.0.0 and 5.23.0, notebook 7.0.0 and 7.6.5, Pipenv
2026.10.3, pip 22.3.1 to 26.3, setuptools 79.0.1, 80.0.0 and 84.2.1, apt 2.6.1 (Debian 12) and 3.0.3 (Debian 13).
The installers of Mambaforge: cbg-ethz/V-pipe#170 (404 since 24.11.3, 2025-01).
"""

NEWEST = (1_000_000,)
"""Stands for the release that is taken where nothing holds it back."""


class Gone:
    """A command or some options that a tool lost.

    *distribution* is what brings the tool, *since* the first release without them; *subcommands* and *options* are
    where they stand (none: the whole program is gone). *instead* is what to write; *becomes* is what an option is
    replaced by, where that is all there is to do.
    """

    __slots__ = ("becomes", "distribution", "instead", "options", "since", "subcommands")

    def __init__(
        self,
        distribution: str,
        since: tuple[int, ...],
        instead: str,
        *,
        subcommands: tuple[str, ...] = (),
        options: tuple[str, ...] = (),
        becomes: str | None = None,
    ) -> None:
        self.distribution = distribution
        self.since = since
        self.subcommands = subcommands
        self.options = options
        self.instead = instead
        self.becomes = becomes


GONE: dict[str, tuple[Gone, ...]] = {
    "poetry": (
        Gone("poetry", (2,), "--only main", subcommands=("install",), options=("--no-dev",), becomes="--only main"),
        Gone("poetry", (2,), "poetry sync", subcommands=("install",), options=("--remove-untracked",)),
        Gone("poetry", (2,), "poetry lock alone, which updates nothing", subcommands=("lock",),
             options=("--no-update",)),
        Gone("poetry", (2,), "poetry check --lock", subcommands=("lock",), options=("--check",)),
        Gone("poetry", (2,), "pip install poetry-plugin-export first", subcommands=("export",)),
    ),
    "gdown": (
        Gone("gdown", (6,), "the ID alone: gdown ID", options=("--id",)),
        Gone("gdown", (6,), "the address alone", options=("--fuzzy",)),
    ),
    "huggingface-cli": (Gone("huggingface-hub", (1,), "hf"),),
    "transformers-cli": (Gone("transformers", (5,), "transformers"),),
    "jupyter": (
        Gone("notebook", (7,), "jupyter labextension, or pip install notebook==6.5.7", subcommands=("nbextension",)),
        Gone("notebook", (7,), "jupyter server extension", subcommands=("serverextension",)),
    ),
    "pipenv": (
        Gone("pipenv", (2026, 10), "pipenv requirements", subcommands=("lock",), options=("-r", "--requirements")),
        Gone("pipenv", (2026, 10), "nothing in its place",
             options=("--keep-outdated", "--selective-upgrade", "--three", "--sequential")),
    ),
    "pip": (
        Gone("pip", (22, 3), "nothing in its place: this is the default", subcommands=("install",),
             options=("--use-feature=2020-resolver", "--use-feature=in-tree-build")),
        Gone("pip", (22, 3), "--config-settings", subcommands=("install",), options=("--build-option",)),
        Gone("pip", (22, 3), "nothing in its place", subcommands=("install",),
             options=("--process-dependency-links", "--use-wheel", "--no-use-wheel", "--egg")),
        Gone("pip", (24,), "--config-settings", subcommands=("install",), options=("--install-option",)),
        Gone("pip", (25, 3), "--config-settings", subcommands=("install",), options=("--global-option",)),
        Gone("pip", (25, 3), "--no-build-isolation", subcommands=("install",), options=("--no-use-pep517",)),
    ),
}  # fmt: skip

# Packages that may ask for an older huggingface_hub when they are pinned themselves.
HOLDS_BACK: dict[str, tuple[str, ...]] = {
    "huggingface-hub": (
        "transformers", "diffusers", "datasets", "tokenizers", "accelerate", "peft", "gradio", "sentence-transformers",
        "vllm", "optimum", "evaluate", "timm", "setfit", "trl", "huggingface-hub",
    ),
    "notebook": (
        "jupyter", "jupyterlab", "nbclassic", "jupyter-contrib-nbextensions", "jupyter-nbextensions-configurator",
    ),
    "transformers": (
        "vllm", "sentence-transformers", "trl", "sglang", "tokenizers", "huggingface-hub", "peft", "optimum",
    ),
}  # fmt: skip

NO_APT_KEY_SINCE = {"debian": (13,)}
"""The first releases without apt-key."""

NO_DEPENDENCIES_SINCE = (80,)
"""The first setuptools whose ``setup.py install`` leaves the dependencies of the project out."""

MAMBAFORGE = "/miniforge/releases/latest/download/Mambaforge"
"""A part of the address that is gone."""
