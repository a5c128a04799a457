"""Report servers that nothing asks whether they answer."""

from dlint.checks import INFO, Fix, Report, fix, rule
from dlint.knowledge.servers import SERVER_IMAGES, SERVER_TRIGGERS
from dlint.model.build import Build
from dlint.model.role import Role, is_for_development
from dlint.model.server import Server, has_lambda_adapter
from dlint.parser.dockerfile import ast
from dlint.text import Span

# What lies beside a Dockerfile that runs on Kubernetes or a platform, whose probes stand elsewhere.
_MANIFESTS = frozenset({
    "k8s", "kubernetes", "helm", "chart", "charts", "kustomize", "manifests", "kustomization.yaml", "skaffold.yaml",
    "deployment.yaml", "deployment.yml", "chart.yaml", "serverless.yml", "template.yaml", "fly.toml", "tiltfile",
    "k8s.yaml", "k8s.yml", "app.yaml", "argocd", "knative", "kserve",
    "cloudbuild.yaml", "cloudbuild.yml", "render.yaml", "railway.json", "railway.toml", "procfile",
})  # fmt: skip
# Families whose images have the program python.
_HAS_PYTHON = ("python", "conda", "pytorch")


@rule(
    "healthcheck-missing", severity=INFO, aliases=("DL3057", "CKV_DOCKER_2", "DS-0026"), triggers=SERVER_TRIGGERS,
    fix="unsafe",
)  # fmt: skip
def check(build: Build, report: Report) -> None:
    server = build.server
    if server is None or build.role is not Role.SERVING or server.command.program is None:
        return
    if is_for_development(build) or has_lambda_adapter(build) or _is_space(build):
        return
    evidence = build.invocation.evidence
    if evidence.healthcheck is not None or evidence.replaces_start:
        return
    if build.final(ast.Healthcheck) or not _is_known_base(build):
        return
    if any(entry.name.lower() in _MANIFESTS for entry in build.context.children()):
        return
    health, port = server.health, server.port.number
    report(
        server.command.program.span,
        f"nothing asks whether {server.label} still answers",
        advice=f"add a HEALTHCHECK that asks {_address(health, port)}",
        fix=_fix(build, server, health, port) if health and port else None,
    )


def _is_space(build: Build) -> bool:
    """Whether it is a Space of Hugging Face, which asks by itself."""
    readme = build.context.text("README.md")
    return readme is not None and readme.text.startswith("---") and "\nsdk: docker" in readme.text[:2000]


def _is_known_base(build: Build) -> bool:
    """Whether the base image is known to have no HEALTHCHECK of its own."""
    root = build.target.root if build.target else None
    if root is None or root.family in ("lambda", "jupyter"):
        return False
    return root.family is not None or (root.reference is not None and root.reference.name in SERVER_IMAGES)


def _address(health: str | None, port: int | None) -> str:
    if health is None:
        return "an endpoint of the app which answers once it is ready"
    return f"http://127.0.0.1:{port}{health}" if port else f"its {health}"


def _fix(build: Build, server: Server, health: str, port: int) -> Fix | None:
    target = build.target
    step = build.final(ast.Entrypoint) or build.final(ast.Cmd)
    if target is None or step is None or target.root.family not in _HAS_PYTHON or server.is_loopback is None:
        return None
    period = "10m" if server.facts.is_slow else "60s"
    probe = f"import urllib.request as u; u.urlopen('http://127.0.0.1:{port}{health}', timeout=3)"
    line = f'HEALTHCHECK --start-period={period} CMD ["python", "-c", "{probe}"]\n'
    start = step.instruction.start
    return fix("unsafe", "ask the server whether it answers", (Span(start, start), line))
