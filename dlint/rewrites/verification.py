"""What every application of a rewrite must keep."""

from dlint.engine.harm import harm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from dlint.diagnostic import Diagnostic
    from dlint.engine.edits import Edits
    from dlint.model.build import Build
    from dlint.rewrites.proposal import Declined, Proposal
    from dlint.text import Source

    Propose = Callable[[Build], Proposal | Declined | tuple[Declined, ...] | None]


def harm_of(before: "Source", after: "Source", edits: "Edits") -> str | None:
    """Return what is broken in a Dockerfile or that it changes what it does not name, as the end of a sentence."""
    return harm(before, after, edits, is_dockerfile=True)


def new_finding(
    before: "list[Diagnostic]", after: "list[Diagnostic]", answered: tuple[str, ...] = ()
) -> "Diagnostic | None":
    """Return a finding of a rule that has more of them than before.

    The rules in *answered* count as one: what one of them says of less may be another one's word.
    """
    counts: dict[str, int] = {}

    def name(diagnostic: "Diagnostic") -> str:
        return answered[0] if diagnostic.rule in answered else diagnostic.rule

    for diagnostic in before:
        counts[name(diagnostic)] = counts.get(name(diagnostic), 0) + 1
    for diagnostic in after:
        counts[name(diagnostic)] = counts.get(name(diagnostic), 0) - 1
    return next((diagnostic for diagnostic in after if counts[name(diagnostic)] < 0), None)


def is_done(propose: "Propose", build: "Build") -> bool:
    """Whether a rewrite that was applied has nothing more to propose."""
    from dlint.rewrites.proposal import Proposal

    return not isinstance(propose(build), Proposal)
