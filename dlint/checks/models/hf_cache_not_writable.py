"""Report users who cannot write where models are cached."""

from itertools import islice

from dlint.checks import ERROR, WARNING, Report, rule
from dlint.knowledge.huggingface import MODEL_LOADERS
from dlint.knowledge.packages import PYTHON_TOOLS
from dlint.model.build import Build
from dlint.model.caches import is_true
from dlint.model.environment import in_stages
from dlint.model.hub import hub_downloads
from dlint.model.server import runtime_variable
from dlint.model.stages import ROOT_USERS
from dlint.model.start import main_command
from dlint.model.users import find_home, is_made_writable, last_user
from dlint.parser.dockerfile import ast
from dlint.text import Span

# The folder models go to, by the variable that names it, the first that is set.
_CACHES = (("HF_HUB_CACHE", ""), ("HUGGINGFACE_HUB_CACHE", ""), ("HF_HOME", "/hub"), ("XDG_CACHE_HOME", "/huggingface"))
_OFFLINE = "HF_HUB_OFFLINE"
# Settings of one library each, with which it may leave the cache of all alone.
_OWN_CACHES = ("SENTENCE_TRANSFORMERS_HOME", "TRANSFORMERS_CACHE")
# What a program says that names another place itself, or downloads nothing.
_SAID = ("cache_folder", "cache_dir", "local_files_only", "download_root", "HF_HOME", "HF_HUB_CACHE", "HF_HUB_OFFLINE")
_MAX_PROGRAMS = 200


@rule(
    "hf-cache-not-writable", severity=WARNING,
    triggers=(*sorted(MODEL_LOADERS),), context_triggers=PYTHON_TOOLS,
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    step = last_user(build)
    command = main_command(build)
    user = build.target.user if build.target else None
    if step is None or command is None or not user or user.partition(":")[0] in ROOT_USERS or not _loads_models(build):
        return
    given = build.invocation.evidence.user
    if given is not None and given != user:
        return
    offline = runtime_variable(build, command, _OFFLINE)
    if offline is not None and (offline.value is None or is_true(offline.value)):
        return
    assert isinstance(step.instruction, ast.User)
    for name, _ in _CACHES:
        setting = runtime_variable(build, command, name)
        if setting is not None:
            if setting.value and setting.span:
                _named(build, report, setting.value, setting.span, user)
            return
    if any(runtime_variable(build, command, name) for name in _OWN_CACHES) or _is_said(build):
        return
    _default(build, report, step.instruction, user)


def _loads_models(build: Build) -> bool:
    return any(request.name in MODEL_LOADERS for request in in_stages(build, build.runtime_chain))


def _is_said(build: Build) -> bool:
    """Whether a program of the context, as far as it can be seen, names a folder for models itself."""
    programs = (entry.path for entry in build.context.walk() if entry.path.endswith(".py"))
    sources = (build.context.text(path) for path in islice(programs, _MAX_PROGRAMS))
    return any(word in source.text for source in sources if source is not None for word in _SAID)


def _named(build: Build, report: Report, path: str, span: Span, user: str) -> None:
    """Judge a folder that a variable names."""
    root = build.target.root if build.target else None
    if root is None or root.family is None or not path.startswith("/") or is_made_writable(build, path):
        return
    # Whose folder a mount is decides the host.
    if build.invocation.evidence.keeps(path):
        return
    home = find_home(build, user)
    if home is not None and not home.is_missing and f"{path}/".startswith(f"{home.path}/"):
        return
    is_of_root = f"{path}/".startswith("/root/")
    if not is_of_root and any(each.command.step.stage in build.runtime_chain for each in hub_downloads(build)):
        # The models are in the image already, and reading them is enough.
        return
    if not is_of_root and path.startswith(("/home/", "/mnt/", "/workspace")):
        # Its owner, or who mounts it, is not certain.
        return
    report(
        span,
        f"the user {user} cannot write to {path}"
        + (", as /root is root's alone" if is_of_root else ", which nobody here makes or gives away"),
        advice=f"name a folder that is the user's: RUN install -d -o {user.partition(':')[0]} /models/cache",
        severity=ERROR if is_of_root else WARNING,
    )


def _default(build: Build, report: Report, instruction: ast.User, user: str) -> None:
    """Judge the home of the user, where models go if no variable names a folder."""
    command = main_command(build)
    given = runtime_variable(build, command, "HOME") if command else None
    if given is not None:
        if given.value and given.span:
            _named(build, report, given.value, given.span, user)
        return
    home = find_home(build, user)
    if home is None or not home.is_missing or (home.path != "/" and is_made_writable(build, home.path)):
        return
    if build.invocation.evidence.keeps(f"{home.path.rstrip('/')}/.cache/huggingface/hub"):
        return
    report(
        instruction.value.span,
        f"the user {user} cannot write to {home.path.rstrip('/')}/.cache/huggingface: {home.why}",
        advice="make a folder for it and set HF_HOME: RUN install -d -o "
        f"{user.partition(':')[0]} /models, then ENV HF_HOME=/models",
    )
