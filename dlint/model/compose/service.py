"""A service of a compose project: what will run, with what, and what it asks for.

Whatever is absent is None or empty, and so is what is malformed; a value that a variable hides has its
node and no value. Nothing here raises.
"""

from dlint.model.compose.settings import ServiceSettings
from dlint.model.compose.values import text_at
from dlint.parser.yaml import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dlint.model.base_image import BaseImage
    from dlint.model.build import Build
    from dlint.model.commands import Command
    from dlint.model.compose.build import ServiceBuild
    from dlint.model.compose.healthcheck import ServiceHealthcheck
    from dlint.model.compose.purpose import Reason
    from dlint.model.compose.start import Container
    from dlint.model.image_reference import ImageReference
    from dlint.model.invocation import Invocation
    from dlint.model.role import Role
    from dlint.model.server import Server, Setting
    from dlint.parser.shell.ast import Word


class Service(ServiceSettings):
    """One service. *key* is its name as a node, *node* the table behind it."""

    # What runs -------------------------------------------------------------------------

    @property
    def image_node(self) -> Node | None:
        """The value of ``image``."""
        text = text_at(self.get("image"))
        return text.node if text else None

    @property
    def image(self) -> "ImageReference | None":
        """The image that is named, whether it is pulled or built; None where there is none or a variable hides it."""
        from dlint.model.image_reference import parse_reference

        text = text_at(self.get("image"))
        return self.once("image", lambda: parse_reference(text.value) if text and text.value else None)

    @property
    def base(self) -> "BaseImage | None":
        """What is known of the image that is pulled; None for services that are built."""
        from dlint.model.base_image import recognise

        image = self.image
        return self.once("base", lambda: None if image is None or self.build is not None else recognise(image))

    @property
    def build(self) -> "ServiceBuild | None":
        """How its image is built; None for a service that pulls one."""
        from dlint.model.compose.build import read_build

        return self.once("build", lambda: read_build(self))

    @property
    def invocation(self) -> "Invocation | None":
        """How its Dockerfile is built and what the service says about it; None without a readable build."""
        from dlint.model.compose.build import invocation_of

        return self.once("invocation", lambda: invocation_of(self))

    @property
    def built(self) -> "Build | None":
        """The model of its image: its Dockerfile as it is built here, or ``FROM image``; None if unreadable."""
        from dlint.model.compose.build import read_built

        return self.once("built", lambda: read_built(self))

    @property
    def container(self) -> "Container":
        """The model of what runs: its image with the service's command, entrypoint and environment over it.

        A Build, so that whatever asks for ``started``, ``server`` or ``role`` of a Build works. Never None: an
        image that cannot be read is one of which nothing is known.
        """
        from dlint.model.compose.start import make_container

        return self.once("container", lambda: make_container(self))

    @property
    def command(self) -> "tuple[Word, ...] | None":
        """The words of ``command``; None where it is absent, empty where it is emptied."""
        from dlint.model.compose.words import words_of

        return self.once("command", lambda: words_of(self.get("command")))

    @property
    def entrypoint(self) -> "tuple[Word, ...] | None":
        """The words of ``entrypoint``; None where it is absent, empty where it takes back that of the image."""
        from dlint.model.compose.words import words_of

        return self.once("entrypoint", lambda: words_of(self.get("entrypoint")))

    @property
    def started(self) -> "tuple[Command, ...]":
        """Every command that starting the service runs: its entrypoint and command over those of its image."""
        return self.container.started

    @property
    def main_command(self) -> "Command | None":
        """The command it is there to run; scripts and preparations are looked through."""
        from dlint.model.start import main_command

        return self.once("main_command", lambda: main_command(self.container))

    @property
    def server(self) -> "Server | None":
        """The server it runs, None if it runs something else or nobody knows; its settings see ``environment``."""
        return self.container.server

    def place(self, what: "Word | Command | Setting") -> Node | None:
        """Return where a word, a command or a setting of this service is written, as a node to report at.

        It may stand in a compose file or in the Dockerfile; None for what is written nowhere (a default).
        """
        from dlint.model.compose.start import place_of

        return place_of(self, what)

    # What it is for --------------------------------------------------------------------

    @property
    def role(self) -> "Role":
        """What it is for, as far as its command, image, Dockerfile and name tell."""
        from dlint.model.compose.purpose import find_role

        return self.once("role", lambda: find_role(self))

    @property
    def job(self) -> "Reason | None":
        """What says that it runs to completion (trains, migrates, downloads) and serves nothing; see ``is_job``."""
        from dlint.model.compose.purpose import job_reason

        return self.once("job", lambda: job_reason(self))

    @property
    def is_job(self) -> bool | None:
        """Whether it runs to completion: False for a server, None where nothing tells."""
        from dlint.model.compose.purpose import is_server

        return True if self.job is not None else False if is_server(self) else None

    @property
    def is_model_server(self) -> bool:
        """Whether it loads a model and answers requests with it: vLLM, TGI, Triton, Ollama and the like."""
        from dlint.model.compose.purpose import is_model_server

        return self.once("is_model_server", lambda: is_model_server(self))

    @property
    def needs_gpu(self) -> "Reason | None":
        """What says that it cannot do its work without a GPU; None where nothing does."""
        from dlint.model.compose.purpose import gpu_need

        return self.once("needs_gpu", lambda: gpu_need(self))

    def can_run_with(self, other: "Service") -> bool:
        """Whether both can run at the same time: no profiles, or one in common, or neither excludes the other's.

        Services of different profiles are taken for alternatives.
        """
        mine, others = set(self.profile_names), set(other.profile_names)
        return not mine or not others or bool(mine & others)

    # Its health ------------------------------------------------------------------------

    @property
    def healthcheck(self) -> "ServiceHealthcheck | None":
        """The health check the service defines; None where it says nothing of one."""
        from dlint.model.compose.healthcheck import ServiceHealthcheck

        node = self.get("healthcheck")
        return ServiceHealthcheck(self, node) if node is not None and node.kind == "table" else None

    @property
    def is_checked(self) -> bool | None:
        """Whether Docker learns its health: by its own check or that of its image; None where nobody knows."""
        from dlint.model.compose.healthcheck import is_checked

        return self.once("is_checked", lambda: is_checked(self))

    def __repr__(self) -> str:
        return f"Service({self.name!r})"
