"""The health check a service defines, over that of its image."""

from dlint.knowledge.base_images import OFFICIAL_IMAGES
from dlint.knowledge.compose_services import known_image
from dlint.model.compose.amounts import seconds_at
from dlint.model.compose.values import Number, flag_at, is_null, number_at, texts_of
from dlint.model.scripts import commands_in, commands_of_words
from dlint.parser import shell
from dlint.parser.dockerfile import ast
from dlint.parser.placed import placed
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.commands import Command
    from dlint.model.compose.service import Service

# Families of base images (BaseImage.family) that are known to have no HEALTHCHECK.
_FAMILIES_WITHOUT = frozenset({
    "cuda", "pytorch", "ngc", "rocm", "conda", "distroless", "ubi", "ubi-python", "uv", "vllm", "sglang",
    "text-generation-inference", "text-embeddings-inference", "tensorflow",
})  # fmt: skip


class ServiceHealthcheck:
    """The ``healthcheck`` of a service; times are in seconds, None where they are not said."""

    __slots__ = ("node", "service")

    def __init__(self, service: "Service", node: Node) -> None:
        self.service = service
        self.node = node

    @property
    def is_disabled(self) -> bool:
        """Whether it switches off the check of the image: ``disable: true``, or a test of ``NONE``."""
        flag = flag_at(self.node.get("disable"))
        if flag is not None and flag.value:
            return True
        test = self.test
        return bool(test is not None and test.kind == "list" and test.items and test.items[0].text == "NONE")

    @property
    def test(self) -> Node | None:
        """The node of the test, None where there is none and that of the image stays."""
        node = self.node.get("test")
        return None if is_null(node) else node

    @property
    def words(self) -> tuple[Node, ...] | None:
        """The words that run without a shell (behind ``CMD``), None for a shell's text or no test."""
        test = self.test
        if test is None or test.kind != "list" or not test.items or test.items[0].text != "CMD":
            return None
        return tuple(test.items[1:])

    @property
    def shell_text(self) -> Node | None:
        """The node of the text that a shell runs: a text, or what follows ``CMD-SHELL``."""
        test = self.test
        if test is None or test.kind == "text":
            return test
        texts = texts_of(test)
        return texts[1].node if len(texts) > 1 and texts[0].value == "CMD-SHELL" else None

    @property
    def commands(self) -> "tuple[Command, ...]":
        """The commands of the test, those of a shell's text among them; for places see Service.place."""
        from dlint.model.compose.start import service_step
        from dlint.model.compose.words import word_of

        step = service_step(self.service.container)
        words, text = self.words, self.shell_text
        if words:
            return commands_of_words(step, tuple(word_of(node) for node in words if node.kind == "text"))
        return commands_in(step, shell.parse(placed(text))) if text is not None else ()

    @property
    def interval(self) -> Number | None:
        """The time between two tests."""
        return seconds_at(self.node.get("interval"))

    @property
    def timeout(self) -> Number | None:
        """The time after which a test has failed."""
        return seconds_at(self.node.get("timeout"))

    @property
    def start_period(self) -> Number | None:
        """The time in which failing tests do not count."""
        return seconds_at(self.node.get("start_period"))

    @property
    def start_interval(self) -> Number | None:
        """The time between two tests in the start period."""
        return seconds_at(self.node.get("start_interval"))

    @property
    def retries(self) -> Number | None:
        """How many tests in a row have to fail."""
        return number_at(self.node.get("retries"))


def is_checked(service: "Service") -> bool | None:
    """Return whether Docker learns the health of a service; None where nobody knows its image."""
    healthcheck = service.healthcheck
    if healthcheck is not None and healthcheck.is_disabled:
        return False
    if healthcheck is not None and healthcheck.test is not None:
        return True
    built = service.built
    if built is None or built.target is None:
        return None
    step = built.final(ast.Healthcheck)
    if step is not None and isinstance(step.instruction, ast.Healthcheck):
        return step.instruction.kind.value.upper() == "CMD"
    root = built.target.root
    image = known_image(root.reference)
    if image is not None:
        return image.has_healthcheck
    if built.target.is_scratch or (root.reference is not None and root.reference.official in OFFICIAL_IMAGES):
        return False
    return False if root.family in _FAMILIES_WITHOUT else None
