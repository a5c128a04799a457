"""Report services that name an image beside the one they build."""

from dlint.checks import INFO, Report, rule
from dlint.model.compose.project import ComposeProject


@rule(
    "image-and-build", severity=INFO, default=False, looks_at="compose", aliases=("no-build-and-image",),
    triggers=("build",), options={"allow-pull-policy": True},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        node, key = service.image_node, service.key_at("build")
        if node is None or key is None or service.build is None:
            continue
        policy = service.text("pull_policy")
        if policy is not None and report.options["allow-pull-policy"]:
            continue
        image = node.text if node.is_known else "the image"
        report(
            key,
            f"service {service.name} is built, and names {image}: 'up' pulls that if it can, and builds only if not",
            advice="say which counts with pull_policy: build or missing, or leave one of the two out",
            labels=((node, "pulled first"),),
        )
