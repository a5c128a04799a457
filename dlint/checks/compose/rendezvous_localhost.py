"""Report services of one distributed job that look for each other where nobody is."""

from dlint.checks import ERROR, Fix, Report, Span, fix, rule
from dlint.model.compose.project import ComposeProject
from dlint.model.compose.topics.rendezvous import Member, read_member
from dlint.parser.yaml import Node

_TRIGGERS = ("master", "rdzv", "nnodes", "ray", "dask", "main-process-ip", "num-machines")


@rule("rendezvous-localhost", severity=ERROR, looks_at="compose", triggers=_TRIGGERS, fix="unsafe")
def check(project: ComposeProject, report: Report) -> None:
    every = [member for service in project.services.values() if (member := read_member(service)) is not None]
    for kind in ("torch", "ray", "dask"):
        members = [member for member in every if member.kind == kind and not _shares_a_network(member)]
        heads = [member for member in members if member.is_head]
        head = heads[0] if len(heads) == 1 else None
        for member in members:
            others = [other for other in members if other is not member and _can_meet(member, other)]
            if _is_lost(member, others):
                _report(member, head, others, report)
            elif head is not None and head is not member and _is_apart(member, head):
                _report_networks(member, head, report)
            elif kind == "torch" and head is not None and head is not member and _differs(member, head):
                report(
                    member.node or member.service.key,
                    f"{member.service.name} looks for {head.service.name} at port {member.port}, and that one "
                    f"listens at {head.port}",
                    advice="give all of them the same port",
                    labels=((head.node or head.service.key, f"port {head.port}"),),
                )


def _shares_a_network(member: Member) -> bool:
    """Whether a container's localhost is also that of others, or its network is not known."""
    mode = member.service.network_mode
    return mode is not None and mode.value not in ("bridge", "default")


def _can_meet(one: Member, other: Member) -> bool:
    return one.service.can_run_with(other.service)


def _is_lost(member: Member, others: list[Member]) -> bool:
    """Whether a member that is not the head looks for it in its own container."""
    if not member.is_loopback or member.node is None:
        return False
    if member.kind != "torch":
        return any(other.is_head for other in others)
    if member.is_repeated:
        return True
    if member.is_head is not None:
        return not member.is_head and bool(others)
    # Of several without a rank, or with a hidden one, all but one are lost.
    return any(other.is_head or other.is_loopback for other in others)


def _report(member: Member, head: Member | None, others: list[Member], report: Report) -> None:
    node = member.node
    assert node is not None
    service = member.service
    names = ", ".join(other.service.name for other in others)
    if head is not None and head is not member:
        names = head.service.name
    where = f"{names} cannot be reached there" if names else "its other containers cannot be reached there"
    target = head.service if head is not None and head is not member else None
    report(
        node,
        f"{service.name} looks for the others of its job at {member.host} ({member.setting}), which is its own "
        f"container: {where}",
        advice=f"use the name of the service: {target.name}"
        if target
        else "use the name of the service that has rank 0, one service for each rank",
        labels=((target.key, "the one it looks for"),) if target else (),
        fix=_fix(node, member.host or "", target.name) if target else None,
    )


def _fix(node: Node, host: str, name: str) -> Fix | None:
    written = node.source.text[node.span.start : node.span.end]
    if not host or written.count(host) != 1:
        return None
    start = node.span.start + written.index(host)
    return fix("unsafe", f"use {name}", (Span(start, start + len(host)), name))


def _networks(member: Member) -> set[str] | None:
    networks = set(member.service.networks)
    if not networks:
        return {"default"} if member.service.get("networks") is None else None
    return networks


def _is_apart(member: Member, head: Member) -> bool:
    """Whether a member names the head, and has no network in common with it."""
    if member.host != head.service.name:
        return False
    mine, theirs = _networks(member), _networks(head)
    return mine is not None and theirs is not None and not mine & theirs


def _report_networks(member: Member, head: Member, report: Report) -> None:
    mine, theirs = _networks(member) or set(), _networks(head) or set()
    report(
        member.node or member.service.key,
        f"{member.service.name} is in the network {', '.join(sorted(mine))} and {head.service.name} in "
        f"{', '.join(sorted(theirs))}: they cannot reach each other",
        advice="give both a network in common",
        labels=((head.service.key, "the one it looks for"),),
    )


def _differs(member: Member, head: Member) -> bool:
    return member.port is not None and head.port is not None and member.port != head.port
