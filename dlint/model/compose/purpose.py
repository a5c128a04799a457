"""What a service is for: serving, training, one job; whether it serves models, and whether it needs a GPU."""

from dlint.knowledge.compose_services import ServiceImage, known_image
from dlint.knowledge.servers import DAEMONS, JOB_SUBCOMMANDS, SERVERS
from dlint.model.gpu import is_called_after_gpus
from dlint.model.role import Role, is_notebook, is_trainer
from dlint.model.role import find_role as find_role_of_build
from dlint.model.role import is_server as runs_server
from dlint.parser.yaml import Node
from dlint.regex import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command
    from dlint.model.compose.service import Service
    from dlint.parser.shell.ast import Word

_TEST_PATH = lazy(r"(^|[/._-])(tests?|testing|e2e|integration|ci|\.github|\.circleci|fixtures?)([/._-]|$)")
_DEVELOPMENT_PATH = lazy(r"(^|[/._-])(\.?devcontainer|dev|devel|develop|development|local|debug|override)([/._-]|$)")

_TRAINING = r"train|training|trainer|finetune|fine[-_]tune|finetuning|fine[-_]tuning|pretrain|sft"
_ONCE = (
    r"migrate|migrations?|download|downloader|export|exporter|preprocess|prepare[-_]data|seed|ingest|"
    r"convert|backfill|evaluate|eval|benchmark"
)
# exporters are long-lived, export jobs are not.
_NOT_ONCE = lazy(r"exporter|downloader")
_TRAINING_WORD = lazy(rf"(?i)(?:^|[/._=-])(?:{_TRAINING})(?:$|[/._-])")
_JOB_WORD = lazy(rf"(?i)(?:^|[/._=-])(?:{_TRAINING}|{_ONCE})(?:$|[/._-])")
_JOB_SCRIPT = lazy(rf"(?i)(?:^|[/._-])(?:{_TRAINING}|{_ONCE})[\w-]*\.(?:py|sh)$")
_JOB_MODULE = lazy(rf"(?i)(?:[\w-]+\.)*(?:\w+[_-])?(?:{_TRAINING}|{_ONCE})(?:[_-]\w+)?")
_OPTIONS_OF_JOBS = frozenset({"-m", "-u", "-c", "-lc", "-x", "--mode", "--task", "--stage", "--job", "-W", "--"})
_JOB_NAME = lazy(
    r"(?i)(?:^|[-_.])(?:init|migrate|migrations?|bootstrap|seed|create[-_]\w+)$|^(?:init|migrate|setup)[-_]"
)
_MODES = ("MODE", "RUN_MODE", "APP_MODE", "TASK", "JOB", "JOB_TYPE", "ROLE")
_GPU_OPTIONS = (
    "--tensor-parallel-size", "-tp", "--gpu-memory-utilization", "--tp", "--tp-size", "--num-shard", "--n-gpu-layers",
    "-ngl", "--gpus", "--num_gpus", "--num-gpus", "--pipeline-parallel-size", "--mem-fraction-static",
)  # fmt: skip
_GPU_SWITCHES = ("ENABLE_CUDA", "USE_CUDA")
_GPU_VARIABLES = (*_GPU_SWITCHES, "DEVICE", "TORCH_DEVICE", "ASR_DEVICE", "MODEL_DEVICE", "EMBEDDING_DEVICE")
_DEVICES = lazy(r"(?i)cuda(?::\d+)?\Z|gpu\Z")
_GPU_TAG = lazy(r"(?i)(?:^|[-_.])(?:gpu|cuda\d*|cu1[0-9]\d|rocm)(?:$|[-_.\d])")
_CPU_TAG = lazy(r"(?i)(?:^|[-_.])(?:cpu|intel|arm64|hpu|xpu|neuron|tpu)(?:$|[-_.\d])")
_GPU_SERVERS = (
    "vllm/vllm-openai",
    "lmsysorg/sglang",
    "ghcr.io/huggingface/text-generation-inference",
    "nvcr.io/nvidia/vllm",
)


class Reason:
    """What says something about a service: *text* as a part of a sentence (``it runs train.py``), and its place.

    *is_training* says that the job trains a model.
    """

    __slots__ = ("is_training", "node", "text")

    def __init__(self, text: str, node: Node, *, is_training: bool = False) -> None:
        self.text = text
        self.node = node
        self.is_training = is_training

    def __repr__(self) -> str:
        return f"Reason({self.text!r})"


def known_service_image(service: "Service") -> ServiceImage | None:
    """Return what is known of the image a service pulls, or of the one at the bottom of its Dockerfile's stages."""
    if service.build is None:
        return known_image(service.image)
    target = service.built.target if service.built else None
    return known_image(target.root.reference) if target else None


def find_role(service: "Service") -> Role:
    """Return what a service is for, UNKNOWN unless its files say it."""
    reason = service.job
    if reason is not None:
        return Role.TRAINING if reason.is_training else Role.UNKNOWN
    image = known_service_image(service)
    if image is not None and image.kind == "notebook" and service.command is None:
        return Role.NOTEBOOK
    role = find_role_of_build(service.container)
    if role is Role.UNKNOWN and (
        service.ports or service.server is not None or (service.build is None and image is not None)
    ):
        return Role.SERVING
    return role


# Jobs ------------------------------------------------------------------------------------


def job_reason(service: "Service") -> Reason | None:
    """Return what says that a service runs to completion, None for servers and where nothing does."""
    command = service.main_command
    if command is not None and _is_job_of_program(command) and not service.ports:
        return Reason(f"it runs {command.name} {command.values()[0]}", service.place(command) or service.key)
    if command is not None and (runs_server(command) or is_notebook(command) or command.name in SERVERS):
        return None
    if service.ports or service.expose or service.server is not None or known_runs_on(service):
        return None
    if command is not None and is_trainer(command):
        return Reason(f"it runs {_shown(command)}", service.place(command) or service.key, is_training=True)
    words = (command.program, *command.arguments) if command is not None and command.program is not None else ()
    return job_by_words(service) or _job_in(service, words)


def _is_job_of_program(command: "Command") -> bool:
    """Whether a command is one that prepares something and ends: ``ollama pull``, ``airflow db migrate``."""
    verbs = JOB_SUBCOMMANDS.get(command.name)
    return verbs is not None and command.values()[:1] != [] and command.values()[0] in verbs


def _shown(command: "Command") -> str:
    """Return how to name what a command runs: its program, or the script an interpreter is given."""
    script = next((word.value for word in command.arguments if word.value.endswith((".py", ".sh"))), "")
    return script.rpartition("/")[2] if command.name.startswith(("python", "sh", "bash")) and script else command.name


def known_runs_on(service: "Service") -> bool:
    """Whether its image is one of a server, started as the image starts it, or with options of its own."""
    image = known_service_image(service)
    if image is None or service.entrypoint is not None or service.command == ():
        return False
    if service.build is not None and service.command:
        return False
    first = service.command[0].value.rpartition("/")[2] if service.command else "-"
    return first.startswith("-") or first in DAEMONS


def job_by_words(service: "Service") -> Reason | None:
    """Return what the service's own words say: its command, its environment, its Dockerfile's name, its restart."""
    reason = _job_in(service, (*(service.entrypoint or ()), *(service.command or ())))
    if reason is not None:
        return reason
    for name in _MODES:
        variable = service.environment.get(name)
        if variable is not None and variable.value and _JOB_WORD.search(variable.value):
            is_training = _TRAINING_WORD.search(variable.value) is not None
            return Reason(f"it runs with {name}={variable.value}", variable.node, is_training=is_training)
    build = service.build
    path = build.dockerfile if build else None
    if build is not None and path is not None:
        file = path.replace("\\", "/").rpartition("/")[2]
        if _JOB_WORD.search(file):
            node = build.dockerfile_node or build.node
            return Reason(f"it is built from {file}", node, is_training=_TRAINING_WORD.search(file) is not None)
    return _job_by_restart(service)


def _job_in(service: "Service", words: "tuple[Word | None, ...]") -> Reason | None:
    """Return the first word that says what is done once; values of options say it only of a mode."""
    previous = ""
    for word in words:
        value = word.value if word is not None else ""
        is_value = previous.startswith("-") and "=" not in previous and previous not in _OPTIONS_OF_JOBS
        if word is not None and not is_value and _is_job(value):
            place = service.place(word) or service.key
            return Reason(f"it runs {value}", place, is_training=_TRAINING_WORD.search(value) is not None)
        previous = value
    return None


def _is_job(value: str) -> bool:
    if len(value) > 300 or value.startswith("-") or any(sign.isspace() for sign in value) or _NOT_ONCE.search(value):
        return False
    return bool(_JOB_SCRIPT.search(value) or _JOB_MODULE.fullmatch(value))


def _job_by_restart(service: "Service") -> Reason | None:
    restart = service.text("restart")
    is_named = _JOB_NAME.search(service.name) is not None
    if restart is not None and restart.value in ("no", "false") and (is_named or service.command):
        return Reason('it is not started again (restart: "no")', restart.node)
    if is_named and (restart is None or (restart.value or "").startswith("on-failure")):
        return Reason(f"it is called {service.name}", service.key)
    return None


def is_server(service: "Service") -> bool:
    """Whether a service runs until it is stopped: a known server, an image of one, or published ports."""
    command = service.main_command
    if service.ports or service.server is not None or known_runs_on(service):
        return True
    return command is not None and (runs_server(command) or is_notebook(command) or command.name in SERVERS)


# Models and GPUs -------------------------------------------------------------------------


def is_model_server(service: "Service") -> bool:
    """Whether a service loads a model and answers requests with it."""
    server = service.server
    if server is not None and (server.facts.is_slow or server.facts.models or server.name in _MODEL_SERVERS):
        return True
    image = known_service_image(service)
    return image is not None and image.kind == "model-server" and service.job is None


_MODEL_SERVERS = frozenset({
    "tritonserver", "torchserve", "tensorflow_model_server", "ollama", "mlserver", "bentoml", "text-embeddings-router",
})  # fmt: skip


def gpu_need(service: "Service") -> Reason | None:
    """Return what says that a service cannot do its work without a GPU."""
    reason = gpu_need_by_words(service)
    if reason is not None:
        return reason
    build = service.built if service.build is not None else None
    target = build.target if build else None
    if target is not None and target.root.accelerator == "cuda":
        place = service.build.dockerfile_node or service.build.node if service.build else service.key
        return Reason(f"its image is built on {target.chain[-1].image_text}", place)
    return None


def gpu_need_by_words(service: "Service") -> Reason | None:
    """Return what the service's image and own command say about a need for a GPU."""
    image, node = service.image, service.image_node
    if image is not None and node is not None and service.build is None:
        tag = image.tag or ""
        base = service.base
        is_for_gpus = image.name in _GPU_SERVERS or (base is not None and base.accelerator is not None)
        if (is_for_gpus and not _CPU_TAG.search(tag)) or _GPU_TAG.search(tag):
            return Reason(f"{image.text} is an image for GPUs", node)
    for name in _GPU_VARIABLES:
        variable = service.environment.get(name)
        value = (variable.value or "").lower() if variable is not None else ""
        if variable is not None and (_DEVICES.match(value) or (name in _GPU_SWITCHES and value in ("1", "true"))):
            return Reason(f"it runs with {name}={variable.value}", variable.node)
    words = service.command or ()
    for place, word in enumerate(words):
        name, equals, value = word.value.partition("=")
        following = value if equals else words[place + 1].value if place + 1 < len(words) else ""
        if name in ("--device", "--device-type", "-d", "--accelerator") and _DEVICES.match(following):
            return Reason(f"it runs with {name} {following}", service.place(word) or service.key)
        if name in _GPU_OPTIONS and following != "0" and name != "--gpus":
            return Reason(f"it runs with {name}", service.place(word) or service.key)
    return None


# Projects --------------------------------------------------------------------------------


def is_called_after_tests(path: str) -> bool:
    """Whether a path says that a project is for tests or CI."""
    return _TEST_PATH.search(path.lower()) is not None


def is_called_after_development(path: str) -> bool:
    """Whether a path says that a project is for work on the code."""
    return _DEVELOPMENT_PATH.search(path.lower()) is not None


def is_gpu_name(name: str) -> bool:
    """Whether a name says that something is for GPUs."""
    return is_called_after_gpus(name)
