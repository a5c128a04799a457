"""Report services that have both ``build`` and ``image``."""

from dlint.checks import INFO, Report, rule
from dlint.model.compose.project import ComposeProject


@rule(
    "build-and-image", severity=INFO, looks_at="compose", default=False, aliases=("no-build-and-image",),
    triggers=("build AND image",), options={"allow-pull-policy": True},
)  # fmt: skip
def check(project: ComposeProject, report: Report) -> None:
    for service in project.services.values():
        build, image = service.key_at("build"), service.get("image")
        if build is None or image is None:
            continue
        if report.options["allow-pull-policy"] and service.get("pull_policy") is not None:
            continue
        report(
            build,
            f"service {service.name} has `build` beside `image: {image.text}`, so what runs depends on what is pulled",
            advice="delete one of them, or say with `pull_policy` which comes first: build, or missing",
            labels=((image, "the image"),),
        )
