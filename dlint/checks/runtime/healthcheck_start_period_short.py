"""Report health checks that do not wait for a model to be loaded."""

from dlint.checks import WARNING, Report, fix, rule
from dlint.model.build import Build
from dlint.model.healthcheck import find_healthcheck

# What a model of some gigabytes needs at the very least, in seconds.
_ENOUGH = 120


@rule(
    "healthcheck-start-period-short",
    severity=WARNING,
    triggers=("vllm", "sglang", "text-generation", "local-ai", "llama-server"),
    fix="unsafe",
)
def check(build: Build, report: Report) -> None:
    server, probe = build.server, find_healthcheck(build)
    evidence = build.invocation.evidence
    if server is None or probe is None or not server.facts.is_slow:
        return
    if evidence.healthcheck is not None or evidence.replaces_start:
        return
    start_period, interval, retries = probe.start_period, probe.interval, probe.retries
    if start_period is None or interval is None or retries is None or start_period >= 60:
        return
    patience = start_period + interval * retries
    if patience >= _ENOUGH:
        return
    flag = probe.instruction.flag("start-period")
    name = probe.instruction.name
    report(
        flag.span if flag else name.span,
        f"{server.label} counts as unhealthy after {patience:.0f} seconds, and may still be loading its model",
        advice="give it time to load: --start-period=10m",
        fix=fix("unsafe", "wait ten minutes for the model", (flag.value_span, "10m"))
        if flag
        else fix("unsafe", "wait ten minutes for the model", (name.span, f"{name.value} --start-period=10m")),
    )
